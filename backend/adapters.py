"""The adapters of one vLLM server: each is loaded before its first use, once."""

import asyncio
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Final

from anima.errors import BackendUnavailable
from anima.model import Soul
from anima.ports import Clock, Witness
from backend.loading import Loading
from backend.signs import AdapterRefused

REFUSED_S: Final = 60.0
"""A server that refused an adapter is not asked again for so long: the fallback answers at once."""


@dataclass(frozen=True, slots=True)
class _No:
    """A refusal, and the time until which it is not questioned."""

    reason: str
    until: float


class Adapters:
    """Has a soul's adapter ready under the soul's own name, which is never loaded in place.

    Names are versions: what was loaded under one stays what it is. *limit_s* is the longest that
    loading may take.
    """

    def __init__(self, loading: Loading, *, clock: Clock, witness: Witness, limit_s: float) -> None:
        self._loading = loading
        self._clock = clock
        self._witness = witness
        self._limit_s = limit_s
        self._loaded = 0
        self._here: dict[str, int] = {}
        self._refused: dict[str, _No] = {}
        self._told: set[tuple[str, str]] = set()
        self._one: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._failures: Counter[str] = Counter()
        self._last: dict[str, BackendUnavailable] = {}

    async def ready(self, soul: Soul) -> int:
        """Have the adapter at the server; the number of this loading, to `lose` it by.

        Raises `AdapterRefused`, and `BackendUnavailable` when the server does not answer.
        """
        here = self._here.get(soul.model)
        return await self._share(soul) if here is None else here

    def lose(self, soul: Soul, loading: int) -> None:
        """The server did not know the adapter of that *loading* any more."""
        if self._here.get(soul.model) == loading:
            del self._here[soul.model]

    def forget(self) -> None:
        """It may be another server by now: what it has, and what it refuses, is not known."""
        self._here.clear()
        self._refused.clear()

    async def aclose(self) -> None:
        """Hang up."""
        await self._loading.aclose()

    async def _share(self, soul: Soul) -> int:
        """One loads, and all who came meanwhile share what came of it."""
        name, failures = soul.model, self._failures[soul.model]
        async with self._one[name]:
            if name in self._here:
                return self._here[name]
            self._check(soul)
            if self._failures[name] != failures:
                raise self._last[name]
            try:
                await self._bring(soul)
            except BackendUnavailable as error:
                self._failures[name] += 1
                self._last[name] = error
                raise
            self._loaded += 1
            self._here[name] = self._loaded
            return self._loaded

    def _check(self, soul: Soul) -> None:
        refused = self._refused.get(soul.model)
        if refused is not None and self._clock.elapsed() < refused.until:
            raise AdapterRefused(refused.reason)

    async def _bring(self, soul: Soul) -> None:
        try:
            async with asyncio.timeout(self._limit_s):
                await self._find_or_load(soul)
        except TimeoutError as error:
            reason = f"no adapter in {self._limit_s:g} s"
            raise BackendUnavailable(reason, connection=True) from error
        except AdapterRefused as error:
            reason = str(error)
            self._refused[soul.model] = _No(reason, self._clock.elapsed() + REFUSED_S)
            self._tell("adapter refused", soul, reason)
            raise

    async def _find_or_load(self, soul: Soul) -> None:
        path = await self._loading.found(soul)
        if path is None:
            await self._loading.load(soul)
        elif path not in {"", soul.adapter}:
            reason = f"it was loaded from {path}, and not from {soul.adapter}"
            self._tell("adapter from elsewhere", soul, reason)

    def _tell(self, event: str, soul: Soul, reason: str) -> None:
        """Note it once."""
        if (soul.model, reason) not in self._told:
            self._told.add((soul.model, reason))
            backend = self._loading.name
            self._witness.note(event, soul=soul.name, backend=backend, reason=reason)
