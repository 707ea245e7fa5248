"""How much of what was said is found again: recall@10 by words, by meaning, and by both.

Call it from the root: `.venv/bin/python -m scripts.recall_score [corpus.jsonl…]`. A corpus has a
line of JSON for each line of a talk, and one for each question with the ids of the lines that
answer it; a question whose qid begins with x is asked in another language than the talk.
"""

import asyncio
import json
import sys
import tempfile
from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from statistics import fmean
from typing import Any, Final

from sqlalchemy import Connection, insert

from anima.clock import SystemClock
from anima.ports import Embedder
from backend.embedding.builtin import USE
from backend.embedding.hashed import Hashed
from backend.embedding.packaged import Packaged
from memory import schema
from memory.address import to_url
from memory.database import Database
from memory.longterm import vectors
from memory.longterm.bearings import Compass
from memory.longterm.facts import found_in, learn
from memory.longterm.held import Held, brought_up, states
from memory.longterm.inking import Inker
from memory.longterm.keeping import keep
from memory.longterm.kept import Saying
from memory.longterm.recall import Asked, LongTerm
from memory.longterm.scope import Origin, Viewer, visible
from memory.tables import conversation
from service.finding import Finding

FOLDER: Final = Path(__file__).parent.parent / "tests" / "corpora"
CORPORA: Final = sorted(FOLDER.glob("recall_*.jsonl"))
FRIENDS: Final = sorted(FOLDER.glob("friends_*.jsonl"))
"""Talk of two friends over months, asked for by somebody else in other words: far harder."""

AT: Final = 10
PERSONA: Final = "kokoro"


@dataclass(frozen=True, slots=True)
class Score:
    """The part of the gold lines that is among the first ten, on average over questions."""

    own: float
    across: float | None


@dataclass(frozen=True, slots=True)
class Corpus:
    """A talk, and questions about it."""

    lines: Sequence[dict[str, Any]]
    questions: Sequence[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Kept:
    """A corpus in a database, with vectors."""

    corpus: Corpus
    database: Database
    names: Mapping[int, str]

    @property
    def asked_at(self) -> datetime:
        """The day after."""
        return datetime.fromisoformat(self.corpus.lines[-1]["time"]) + timedelta(days=1)

    async def recall(self, embedders: Sequence[Embedder]) -> Score:
        """How well it is recalled with the help of *embedders*."""
        compass = Compass()
        for one in embedders:
            await compass.take(one)
        longterm = LongTerm(self.database, embedders, embed_s=5, compass=compass)

        async def find(question: str) -> Iterable[int]:
            hits = (
                await longterm.recall(VIEWER, Asked(question, at=self.asked_at, anyway=True))
            ).hits
            return [line for hit in hits for line in hit.lines]

        return await self._score(find)

    async def meaning(self, embedder: Embedder) -> Score:
        """How well it is found by what *embedder* makes of it alone."""

        def read(connection: Connection) -> tuple[Held, vectors.Leg]:
            (state,) = states(connection, visible(VIEWER))
            held = brought_up(connection, state, None)
            return held, vectors.legged(connection, held, embedder.name, None)

        held, leg = await self.database.read(read)

        async def find(question: str) -> Iterable[int]:
            (cells,) = await embedder.embed([question], asked=True)
            near = leg.likeness(vectors.as_vector(cells)).tolist()
            return [held.ids[place] for place in sorted(range(len(near)), key=lambda p: -near[p])]

        return await self._score(find)

    async def _score(self, find: Callable[[str], Awaitable[Iterable[int]]]) -> Score:
        parts: dict[bool, list[float]] = {False: [], True: []}
        for row in self.corpus.questions:
            lines = dict.fromkeys(await find(row["question"]))
            found = [self.names[one] for one in lines if one in self.names][:AT]
            part = len(set(found) & set(row["gold"])) / len(row["gold"])
            parts[row["qid"].startswith("x")].append(part)
        return Score(fmean(parts[False]), fmean(parts[True]) if parts[True] else None)


def read(path: Path) -> Corpus:
    """The corpus at *path*."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return Corpus([r for r in rows if "id" in r], [r for r in rows if "qid" in r])


@asynccontextmanager
async def kept(corpus: Corpus, embedder: Embedder) -> AsyncIterator[Kept]:
    """*corpus* in a database, kept the way talk is kept."""
    with tempfile.TemporaryDirectory() as folder:
        async with Database(to_url(f"sqlite:///{folder}/anima.db")) as database:
            await schema.upgrade(database)
            await database.write(lambda found: found.execute(insert(conversation), PLACE))
            sayings = [saying(row) for row in corpus.lines]
            ids = await database.write(lambda found: learnt(found, sayings))
            inker = Inker(database, [embedder], SystemClock())
            while await inker.ink():
                pass
            names = {one or 0: row["id"] for one, row in zip(ids, corpus.lines, strict=True)}
            yield Kept(corpus, database, names)


def learnt(connection: Connection, sayings: Sequence[Saying]) -> Sequence[int | None]:
    """The ids of *sayings*, which are kept with what they tell."""
    ids = keep(connection, sayings)
    learn(connection, sayings, ids, found_in(sayings, Finding()))
    return ids


PLACE: Final = {
    "id": 1,
    "platform": "web",
    "bot": "anima",
    "connection": "",
    "chat": "1",
    "thread": "",
    "private": True,
    "title": "",
    "epoch": 0,
    "unfinished": False,
}
VIEWER: Final = Viewer(PERSONA, 1, private=True, speakers=("web:1",))


def saying(row: dict[str, Any]) -> Saying:
    """A line of a corpus as it is kept."""
    origin = Origin(PERSONA, 1, private=True, speaker=f"web:{row['speaker']}")
    caption = row.get("caption")
    text = f"{row['text']} [{caption}]" if caption else row["text"]
    return Saying(origin, row["speaker"], text, datetime.fromisoformat(row["time"]))


class Silent:
    """A witness of nothing."""

    def note(self, event: str, **facts: object) -> None:
        """Whatever happens is in the table."""

    def broke(self, event: str, **facts: object) -> None:
        """Nor what goes wrong."""

    @contextmanager
    def about(self, **facts: object) -> Iterator[None]:
        """What is done inside is about nothing in particular."""
        del facts
        yield


@asynccontextmanager
async def builtin() -> AsyncIterator[Embedder]:
    """The embedder that comes with the core, or the one of letters where it is not installed."""
    async with AsyncExitStack() as stack:
        embedder: Embedder = Hashed()
        if not USE.missing():
            embedder = await stack.enter_async_context(Packaged(USE, Silent()))
        await embedder.prepare()
        yield embedder


async def main(paths: Sequence[Path]) -> None:
    """Print a table; a cell has the part found, and what of it is asked across languages."""
    async with builtin() as embedder:
        print(f"recall@{AT} in one language, and asked across languages, with {embedder.name}")
        print(f"{'corpus':12} {'lines':>6} {'words':>14} {'meaning':>14} {'both':>14}")
        for path in paths:
            async with kept(read(path), embedder) as one:
                scores = (
                    await one.recall([]),
                    await one.meaning(embedder),
                    await one.recall([embedder]),
                )
            cells = " ".join(f"{each.own:7.1%}{_shown(each.across)}" for each in scores)
            print(f"{path.stem:12} {len(one.corpus.lines):6} {cells}")


def _shown(part: float | None) -> str:
    return "      -" if part is None else f"{part:7.1%}"


if __name__ == "__main__":
    asyncio.run(main([Path(one) for one in sys.argv[1:]] or [*CORPORA, *FRIENDS]))
