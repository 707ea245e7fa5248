"""A model that comes inside a package: pinned by its hash, and loaded when it is first needed."""

import asyncio
import hashlib
import importlib.util
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Final, Self

from anima.errors import EmbeddingUnavailable
from anima.ports import Vector, Witness
from backend.embedding.texts import windows
from backend.embedding.threads import Threads
from backend.embedding.vectors import middle

Encode = Callable[[str, bool], Vector]
"""What a loaded model does with a text, and whether that is a question; for one thread or two."""

MOST_ASKED: Final = 2
"""For a question somebody waits."""

BROKEN: Final = (
    ArithmeticError,
    AttributeError,
    ImportError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What a package raises that is not as it was when we got to know it."""


@dataclass(frozen=True, slots=True)
class Package:
    """What is in a *package* of that name: a *module* with files of known SHA-256, by their paths.

    *load* gets the module's folder, in a thread. So many characters are encoded at once as a
    *window* has, and of a long text so many *windows*: its beginning tells enough.
    """

    name: str
    dim: int
    package: str
    brings: str
    module: str
    hashes: Mapping[str, str]
    load: Callable[[Path], Encode]
    window: int
    windows: int

    def folder(self) -> Path | None:
        """Where it is installed, if it is."""
        found = importlib.util.find_spec(self.module)
        places = found.submodule_search_locations if found else None
        return Path(places[0]) if places else None

    def missing(self) -> str:
        """What to do where it is not installed; nothing where it is."""
        return "" if self.folder() else f"{self.package} is not installed; {self.brings} brings it"


class Packaged:
    """The port Embedder over the model in *package*.

    It is loaded once, in a thread; a question that comes before fails. What cannot be loaded stays
    away until the next start, which the witness hears once. To be entered before the first text.
    """

    def __init__(self, package: Package, witness: Witness) -> None:
        self.name: Final = package.name
        self.dim: Final = package.dim
        self._package = package
        self._witness = witness
        self._threads = Threads(package.module)
        self._beginning = Lock()
        self._loading: Future[Encode | str] | None = None
        self._told = False

    async def prepare(self) -> None:
        self._have(await _come(self._begun()))

    async def embed(self, texts: Sequence[str], *, asked: bool = False) -> Sequence[Vector]:
        begun = self._ready() if asked else self._begun()
        encode = self._have(await _come(begun))
        return [await self._embedded(encode, text, asked=asked) for text in texts]

    @property
    def now(self) -> Callable[[str], Vector]:
        return self._now

    async def __aenter__(self) -> Self:
        await self._threads.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._threads.__aexit__(kind, error, trace)

    async def _embedded(self, encode: Encode, text: str, *, asked: bool) -> Vector:
        do = self._threads.question if asked else self._threads.piece
        with self._readable():
            parts = self._parts(text, asked=asked)
            return middle([await do(partial(encode, part, asked)) for part in parts])

    def _now(self, text: str) -> Vector:
        encode = self._ready().result()
        if isinstance(encode, str):  # which is told on the loop, by whoever waits there
            raise EmbeddingUnavailable(encode)
        with self._readable(), self._threads.asked():
            return middle([encode(part, True) for part in self._parts(text, asked=True)])  # noqa: FBT003 # as `Encode` has it

    def _parts(self, text: str, *, asked: bool) -> Sequence[str]:
        most = MOST_ASKED if asked else self._package.windows
        return windows(text, self._package.window, most)

    @contextmanager
    def _readable(self) -> Iterator[None]:
        try:
            yield
        except BROKEN as error:
            raise EmbeddingUnavailable(
                f"{self.name} cannot read a text: {type(error).__name__}"
            ) from error

    def _ready(self) -> Future[Encode | str]:
        """The model for a question, which waits for no loading."""
        begun = self._begun()
        if not begun.done():
            raise EmbeddingUnavailable(f"{self.name} is still being loaded")
        return begun

    def _begun(self) -> Future[Encode | str]:
        with self._beginning:  # any thread may ask first
            if self._loading is None:
                self._loading = self._threads.begin(self._load)
            return self._loading

    def _have(self, loaded: Encode | str) -> Encode:
        if not isinstance(loaded, str):
            return loaded
        if not self._told:
            self._told = True
            self._witness.note("embeddings away", embedder=self.name, reason=loaded)
        raise EmbeddingUnavailable(loaded)

    def _load(self) -> Encode | str:
        """The model, or why there is none."""
        package = self._package
        folder = package.folder()
        if folder is None:
            return package.missing()
        try:
            wrong = [path for path in package.hashes if not self._is_pinned(folder, path)]
            if wrong:
                return f"{package.package} is not the one we know: {wrong[0]} has another SHA-256"
            return package.load(folder)
        except BROKEN as error:
            return f"{package.package} cannot be loaded: {error}"

    def _is_pinned(self, folder: Path, path: str) -> bool:
        with (folder / path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == self._package.hashes[path]


async def _come(loading: Future[Encode | str]) -> Encode | str:
    """What *loading* brings; it goes on for the others when one does not wait for it any more."""
    if loading.done():  # as a rule, and then nobody waits for another turn of the loop
        return loading.result()
    return await asyncio.shield(asyncio.wrap_future(loading))
