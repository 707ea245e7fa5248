"""The chat page as it runs: a house, its pages on a real socket, and browsers without a screen."""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, Self, TypeVar

import httpx2

from anima.model import NOTHING, Beside
from anima.ports import Backend
from anima.steps import Began, Delivered, Ended, Released, Say
from backend.scripted import Scripted
from bots.web.guests import NAME
from bots.web.mind import Mind as Shown
from bots.web.talk import Talk
from service import minds
from service.chat_page import chat_page
from service.compose import House, composed
from service.settings import Settings
from service.web import app, serve
from tests.migrated import sqlite_at

T = TypeVar("T")

START: Final = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
OURS: Final = {"x-anima": "1"}
PATIENCE_S: Final = 10
"""How long a test waits for what must come at once."""


@dataclass
class TurnedClock:
    """Time that stands still until a test lets some of it pass."""

    seconds: float = 0.0
    _sleepers: list[tuple[float, asyncio.Event]] = field(default_factory=list)

    def now(self) -> datetime:
        return START + timedelta(seconds=self.seconds)

    def elapsed(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        over = asyncio.Event()
        self._sleepers.append((self.seconds + seconds, over))
        await over.wait()

    def pass_by(self, seconds: float) -> None:
        """Let *seconds* pass; who has slept long enough wakes up."""
        self.seconds += seconds
        for until, over in self._sleepers:
            if until <= self.seconds:
                over.set()
        self._sleepers = [one for one in self._sleepers if not one[1].is_set()]


@dataclass(frozen=True)
class Event:
    """One server-sent event, or a comment, which has no name."""

    name: str
    id: str
    facts: Any


class Reader:
    """An open stream, read event by event."""

    def __init__(self, answer: httpx2.Response) -> None:
        self.answer = answer
        self._lines = answer.aiter_lines()

    async def next(self) -> Event | None:
        """The next event, or None when the stream is over."""
        found: dict[str, str] = {}
        async with asyncio.timeout(PATIENCE_S):
            async for line in self._lines:
                if not line and found:
                    facts = json.loads(found.get("data", "null"))
                    return Event(found.get("event", ""), found.get("id", ""), facts)
                name, _, value = line.partition(": ")
                found[name] = value
        return None

    async def until(self, name: str, wanted: Callable[[Any], bool] = lambda _: True) -> Event:
        """The next event called *name* whose facts are *wanted*."""
        while event := await self.next():
            if event.name == name and wanted(event.facts):
                return event
        raise AssertionError(f"the stream ended without {name!r}")

    async def lines(self, count: int) -> list[str]:
        """The words of the next *count* lines."""
        return [(await self.until("line")).facts["text"] for _ in range(count)]

    async def rest(self) -> list[Event]:
        """All until the end."""
        events = []
        while event := await self.next():
            events.append(event)
        return events


class Browser:
    """Somebody with cookies of their own."""

    def __init__(self, url: str, **headers: str) -> None:
        self.client = httpx2.AsyncClient(
            base_url=url, headers=headers, trust_env=False, timeout=PATIENCE_S
        )

    async def __aenter__(self) -> Self:
        await self.client.__aenter__()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.client.aclose()

    async def get(self, path: str = "/", **headers: str) -> httpx2.Response:
        """What is at *path*."""
        return await self.client.get(path, headers=headers)

    async def says(self, text: str, key: str = "", **headers: str) -> httpx2.Response:
        """Send *text* as the page does."""
        words = {"key": key or f"key-of-{sha256(text.encode()).hexdigest()[:16]}", "text": text}
        return await self.client.post("/say", json=words, headers=OURS | headers)

    async def rates(self, said: str, verdict: str, **headers: str) -> httpx2.Response:
        """Press a button under the answer *said* as the page does."""
        words = {"said": said, "verdict": verdict}
        return await self.client.post("/rate", json=words, headers=OURS | headers)

    async def history(self, before: str = "") -> list[str]:
        """The words of the last lines."""
        past = (await self.client.get("/history", params={"before": before})).json()
        return [line["text"] for line in past["lines"]]

    @asynccontextmanager
    async def listens(self, after: str = "", **headers: str) -> AsyncIterator[Reader]:
        """An open page, which has the lines up to *after*."""
        asked = {"after": after} if after else {}
        async with self.client.stream("GET", "/events", params=asked, headers=headers) as answer:
            reader = Reader(answer)
            assert (await reader.next()) is not None  # when to come back
            yield reader

    def door(self, password: str, **headers: str) -> Any:
        """Say the password."""
        return self.client.post("/door", data={"password": password}, headers=headers)


@dataclass
class Site:
    """A house with its page, served at *url*."""

    house: House
    url: str
    clock: TurnedClock
    close: Callable[[], None]

    @property
    def talk(self) -> Talk:
        """Our side of the page."""
        talk = self.house.channels[NAME]
        assert isinstance(talk, Talk)
        return talk

    def browser(self, **headers: str) -> Browser:
        """A browser that has never been here."""
        return Browser(self.url, **headers)

    async def answers(self, said: int, text: str, beside: Beside = NOTHING) -> None:
        """Answer whoever waits with one bubble, where nobody else does."""
        (claim,) = await self.house.ledger.claim(1, [NAME])
        say = Say(said, said, text, START, state="sending", beside=beside)
        await self.house.ledger.write(claim, Began(said, START), say)
        where = claim.conversation
        message = await self.talk.send(where, text, key=said, reply_to="", beside=beside)
        heard = tuple(one.id for one in claim.waiting)
        ended = Ended(said, heard, "command", START)
        delivered = Delivered(said, message, START)
        await self.house.ledger.write(claim, delivered, ended, Released())

    async def rests(self) -> None:
        """Wait until all is answered."""
        await self.house.attendant.rested()


def chosen(folder: Path, **tables: object) -> Settings:
    """Settings for a quick page with a database of its own."""
    tree: dict[str, Any] = {
        "data": str(folder),
        "database": {"url": f"sqlite:///{folder / 'anima.db'}"},
        "web": {"port": 0},
        "memory": {"embeddings": "off"},
        "pace": {"linger_s": 0, "typing": False},
    }
    for name, table in tables.items():
        tree[name] = tree.get(name, {}) | table if isinstance(table, Mapping) else table
    return Settings.model_validate(tree)


@asynccontextmanager
async def site(
    folder: Path,
    *,
    backend: Backend | None = None,
    works: bool = True,
    mind: Callable[[], Shown] | None = None,
    clock: TurnedClock | None = None,
    ledger: Any = None,
    transcript: Any = None,
    **tables: Any,
) -> AsyncIterator[Site]:
    """The page of a house in *folder*; *works*: somebody answers."""
    settings, clock = chosen(folder, **tables), clock or TurnedClock()
    if not (folder / "anima.db").exists():
        sqlite_at(folder / "anima.db")
    answers = backend or Scripted(["Hi there!"])
    probed = minds.Mind(answers, well)
    async with (
        composed(settings, clock=clock, mind=probed) as house,
        chat_page(settings, _with(house, ledger, transcript), mind=mind) as page,
        serve(
            app(house.health(), house.registry, page.routes, page.guarded), "127.0.0.1", 0
        ) as url,
        asyncio.TaskGroup() as group,
    ):
        working = group.create_task(house.attendant.run()) if works else None
        try:
            yield Site(house, url, clock, page.close)
        finally:
            page.close()
            if working:
                working.cancel()
                with suppress(asyncio.CancelledError):
                    await working


def asking(folder: Path) -> str:
    """A persona in *folder* who likes to know how people like its answers."""
    home = folder / "mei"
    home.mkdir()
    (home / "persona.toml").write_text(
        'name = "Mei"\nlanguages = ["en"]\nfeedback = true\n[greeting]\nen = "Tea?"\n'
    )
    (home / "profile.md").write_text("Mei keeps a tea house.")
    return str(home)


def verdicts(folder: Path) -> list[tuple[str, str]]:
    """Who thinks what of the answers given in *folder*, in the order of the answers."""
    with closing(sqlite3.connect(folder / "anima.db")) as ledger:
        return ledger.execute(
            "SELECT speaker, verdict FROM feedback ORDER BY said_id, speaker"
        ).fetchall()


def _with(house: House, ledger: Any, transcript: Any) -> House:
    """*house*, whose page finds other parts where there are some."""
    return replace(house, ledger=ledger or house.ledger, transcript=transcript or house.transcript)


async def well() -> None:
    """A backend that is there."""
