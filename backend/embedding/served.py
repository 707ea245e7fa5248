"""Any server that speaks OpenAI's embeddings: vLLM, llama.cpp, Ollama, OpenAI itself."""

import asyncio
import hashlib
import random
from collections.abc import Callable, Sequence
from functools import partial
from itertools import accumulate, pairwise
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

from anima.errors import BackendUnavailable, EmbeddingUnavailable, Refused
from anima.ports import Clock, Vector, Witness
from backend.embedding.answers import MOST
from backend.embedding.texts import windows
from backend.embedding.vectors import middle
from backend.headers import check_carried
from backend.reasons import Passing
from backend.signs import status

if TYPE_CHECKING:
    from backend.embedding.line import Line  # loaded when it is needed

WINDOW: Final = 400
"""Many models take 512 tokens, which is no more than 400 characters of some languages."""

MOST_WINDOWS: Final = 12
MOST_ASKED: Final = 2

RETRIES: Final = 2
PAUSE_S: Final = 0.5
LONGEST_PAUSE_S: Final = 30.0
"""Who asks for more patience than this is left alone; what waits is asked for again later."""

REST_S: Final = 30.0
"""So long no question goes to a server that did not answer: somebody would wait for nothing."""

OF_THE_TEXT: Final = frozenset({400, 413, 422})
"""How a server refuses one text, and is well."""

LONGEST_NAME: Final = 64


class Served:
    """The port Embedder over the *model* of the server at *base_url*.

    Texts that are not asked are tried again where that may help; a question is not, for somebody
    waits. The witness hears when the server goes away, and when it is back. To be entered before
    the first text; the line opens when it is first needed.
    """

    def __init__(
        self,
        base_url: str,
        model: str,
        *,
        clock: Clock,
        witness: Witness,
        api_key: str = "",
        timeout_s: float = 10,
        chance: Callable[[], float] = random.random,
    ) -> None:
        check_carried({"api_key": api_key})
        self.name: Final = _named(model)
        self._dim = 0
        self._at_once = MOST
        self._dial = partial(_line, base_url, model, api_key, clock, timeout_s)
        self._clock = clock
        self._witness = witness
        self._chance = chance
        self._line: Line | None = None
        self._opening = asyncio.Lock()
        self._turn = asyncio.Lock()
        self._away_until: float | None = None

    @property
    def dim(self) -> int:
        """How many numbers it answers with; 0 before the first answer."""
        return self._dim

    @property
    def now(self) -> None:
        """A far side is asked without standing still."""

    async def prepare(self) -> None:
        await self._open()

    async def embed(self, texts: Sequence[str], *, asked: bool = False) -> Sequence[Vector]:
        most = MOST_ASKED if asked else MOST_WINDOWS
        parts = [windows(text, WINDOW, most) for text in texts]
        flat = [window for windows_of_one in parts for window in windows_of_one]
        found: list[Vector] = []
        while len(found) < len(flat):
            found += await self._some(flat[len(found) :][: self._at_once], asked=asked)
        ends = pairwise(accumulate(map(len, parts), initial=0))
        return [middle(found[begin:end]) for begin, end in ends]

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        line, self._line = self._line, None
        if line is not None:
            await line.aclose()

    async def _some(self, texts: Sequence[str], *, asked: bool) -> Sequence[Vector]:
        try:
            if asked:
                self._check()
                return await self._answered(texts)
            async with self._turn:
                return await self._persist(texts)
        except (BackendUnavailable, Refused) as error:
            raise EmbeddingUnavailable(str(error)) from error

    async def _persist(self, texts: Sequence[str]) -> Sequence[Vector]:
        for attempt in range(RETRIES):
            try:
                return await self._answered(texts)
            except Passing as trouble:
                pause_s = trouble.after_s
                if pause_s is None:
                    pause_s = PAUSE_S * 2**attempt * (0.75 + self._chance() / 2)
                if pause_s > LONGEST_PAUSE_S:
                    raise
            await self._clock.sleep(pause_s)
        return await self._answered(texts)

    async def _answered(self, texts: Sequence[str]) -> Sequence[Vector]:
        line = await self._open()
        try:
            found = await line.ask(texts)
            self._measure(found)
        except BackendUnavailable as error:
            if not self._is_of_the_text(error):
                self._leave(error)
            raise
        self._at_once = line.at_once
        if self._away_until is not None:
            self._away_until = None
            self._witness.note("embeddings back", embedder=self.name)
        return found

    def _measure(self, found: Sequence[Vector]) -> None:
        """Take the first vector's length for that of all."""
        self._dim = self._dim or len(found[0]) // 4
        other = next((len(one) // 4 for one in found if len(one) // 4 != self._dim), 0)
        if other:
            raise BackendUnavailable(
                f"{self.name} answers with {other} numbers and had {self._dim}; who serves another"
                " model by that name gives it another name"
            )

    def _is_of_the_text(self, trouble: BackendUnavailable) -> bool:
        """Whether another text may fare better; one that never took any refuses us."""
        passing = isinstance(trouble, Passing)
        return bool(self._dim) and not passing and status(trouble) in OF_THE_TEXT

    def _check(self) -> None:
        if self._away_until is not None and self._clock.elapsed() < self._away_until:
            raise EmbeddingUnavailable(f"{self.name} did not answer lately")

    def _leave(self, trouble: BackendUnavailable) -> None:
        if self._away_until is None:
            reason = str(trouble)
            self._witness.note("embeddings away", embedder=self.name, reason=reason)
        self._away_until = self._clock.elapsed() + REST_S

    async def _open(self) -> "Line":
        async with self._opening:
            if self._line is None:
                self._line = await asyncio.to_thread(self._dial)
            return self._line


def _line(base_url: str, model: str, api_key: str, clock: Clock, timeout_s: float) -> "Line":
    # the client takes half a second to load, for which nobody without such a server shall wait
    from backend.embedding.line import Line  # noqa: PLC0415

    return Line(base_url, model, api_key, clock, timeout_s)


def _named(model: str) -> str:
    """*model*, or of a longer name as much as fits beside a vector, told apart by its hash."""
    if len(model) <= LONGEST_NAME:
        return model
    told_apart = hashlib.sha256(model.encode()).hexdigest()[:16]
    return f"{model[: LONGEST_NAME - 17]}#{told_apart}"
