"""Two weeks of five people in four time zones: every message of ours, and what was held back, why.

`scripts/fortnight.py [--kill MOMENT]` plays it over a database of its own, with a clock that is
moved by hand, and prints a calendar. With `--kill` the process dies at that moment and goes on.
"""

import asyncio
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import URL, Connection, select

from anima.model import Conversation, Prompt, Soul, Speaker
from memory.bonds import relation
from memory.impulses import Weighed
from memory.tables import impulse
from persona.card import load
from persona.initiative.manners import Limits
from service.rehearsing import Post, Rehearsal, Watch, rehearsal
from service.shipped import found
from service.souls import Souls

MONDAY: Final = datetime(2026, 1, 5, tzinfo=UTC)
DAYS: Final = 14
STEP: Final = timedelta(minutes=20)
MOMENTS: Final = ("weighed", "before sending", "after sending")
_AGAIN: Final = timedelta(seconds=25)
"""After a crash: when the leases of the dead have run out."""


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person: where they live, what they say on which day and hour, how soon they answer us."""

    speaker: Speaker
    zone: ZoneInfo
    says: Sequence[tuple[int, str, str]]
    answers_h: float | None
    answer: str
    says_zone: bool = True
    close: bool = False

    @property
    def home(self) -> Conversation:
        """Where we talk alone with them."""
        return Conversation("discord", "rehearsal", self.speaker.id)


def somebody(name: str, language: str, zone: str, **facts: object) -> Somebody:
    """A person called *name*."""
    speaker = Speaker("discord", name.lower(), name, language)
    return Somebody(speaker, ZoneInfo(zone), **facts)  # type: ignore[arg-type]  # as they are told below


GROUP: Final = Conversation("discord", "rehearsal", "-1")
_CHATTY: Final = [
    (day, f"{hour:02}:15", "hm") for day in range(7) for hour in (8, 10, 12, 15, 18, 21, 23)
]
PEOPLE: Final = (
    somebody(
        "Mei",
        "zh",
        "Asia/Shanghai",
        says=[
            (0, "08:20", "早安"),
            (1, "08:10", "早上好"),
            (1, "21:00", "我周四有考试，好紧张"),
            (2, "08:30", "早安"),
            (5, "12:00", "我的生日是1月15日"),
        ],
        answers_h=0.4,
        answer="早安！一切都好",
        close=True,
    ),
    somebody(
        "Ken",
        "ja",
        "Asia/Tokyo",
        says=[
            (0, "19:00", "水曜日に面接があります"),
            (3, "20:00", "金曜日に試験があります"),
            (3, "20:05", "こっちから連絡しないで"),
            (8, "20:00", "月曜日に手術があります"),
        ],
        answers_h=1,
        answer="うまくいきました",
        close=True,
    ),
    somebody(
        "Ann",
        "en",
        "America/New_York",
        says=[
            (0, "18:00", "My interview is tomorrow at 10am"),
            (1, "18:30", "I have a dentist appointment on Thursday"),
            (2, "21:30", "good night"),
            (4, "13:00", "My flight is on Saturday"),
            (6, "12:00", "My audition is on Monday"),
            (9, "12:00", "My presentation is on Thursday"),
        ],
        answers_h=None,
        answer="",
    ),
    somebody(
        "Tom",
        "en",
        "Europe/London",
        says=[
            (0, "09:00", "/quiet 20:00-11:00"),
            (0, "12:00", "tell me about the sea on Tuesday, would you?"),
            (3, "12:00", "My driving test is on Friday"),
            (4, "12:00", "/quiet 3d"),
            (7, "12:00", "I have a concert on Wednesday"),
        ],
        answers_h=3,
        answer="It was fine, thanks!",
        close=True,
    ),
    somebody(
        "Zoe",
        "en",
        "America/New_York",
        says=[
            *_CHATTY,
            (2, "19:00", "My exam is on Friday"),
            (7, "19:00", "My recital is on Friday"),
        ],
        answers_h=2,
        answer="It went well!",
        says_zone=False,
    ),
)


Saying = tuple[datetime, str, Somebody, Conversation, str]
"""When, under which key, who, where, what."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the calendar."""

    at: datetime
    who: str
    what: str
    kind: str
    words: str

    def __str__(self) -> str:
        zone = next(one.zone for one in PEOPLE if one.speaker.name == self.who)
        local = f"{self.at.astimezone(zone):%a %d %H:%M}"
        return (
            f"{self.at:%d %H:%M} UTC  {local}  {self.who:4}{self.what:9}{self.kind:9}{self.words}"
        )


class Killed(BaseException):
    """The process is dead from here on."""


@dataclass(slots=True)
class Story:
    """What has happened so far, as an onlooker knows it."""

    kill: str = ""
    kill_after: datetime = MONDAY + timedelta(days=6)
    calendar: list[Entry] = field(default_factory=list)
    kills: int = 0
    zones: dict[str, ZoneInfo] = field(
        default_factory=lambda: {one.speaker.address: one.zone for one in PEOPLE if one.says_zone}
    )
    _told: dict[int, str] = field(default_factory=dict)
    _seen: set[int] = field(default_factory=set)
    replies: list[tuple[datetime, Somebody, str]] = field(default_factory=list)
    writing: bool = False
    watch: Watch = field(default_factory=lambda: Watch(MONDAY))

    def dies(self, moment: str) -> None:
        """Die once, at that moment of writing first."""
        due = self.kill == moment and self.watch.at >= self.kill_after
        if due and self.writing and not self.kills:
            self.kills += 1
            raise Killed

    def weighed(self, results: Sequence[Weighed]) -> None:
        """Tell what was held back, when that changes."""
        for one in results:
            if (
                one.became in {"held", "expired", "dropped"}
                and self._told.get(one.id) != one.reason
            ):
                self._told[one.id] = one.reason
                self._note(one.speaker, one.became, one.kind, one.reason)

    def _note(self, address: str, what: str, kind: str, words: str) -> None:
        who = next(one.speaker.name for one in PEOPLE if one.speaker.address == address)
        self.calendar.append(Entry(self.watch.at.replace(second=0), who, what, kind, words))

    async def look(self, process: Rehearsal) -> None:
        """Tell what was written and what was declined, and have people answer."""
        ended = select(impulse).where(impulse.c.state.in_(("said", "declined")))
        rows = await process.database.read(lambda found: found.execute(ended).all())
        arrived = [*process.post.arrived.values()]
        for row in rows:
            if row.id in self._seen:
                continue
            self._seen.add(row.id)
            someone = next(one for one in PEOPLE if one.speaker.address == row.speaker)
            if row.state == "declined":
                self._note(row.speaker, "declined", row.kind, "")
                continue
            words = [text for at, where, text in arrived if where == someone.home]
            self._note(row.speaker, "SENT", row.kind, words[-1])
            if row.kind == "zone":
                self.zones[row.speaker] = someone.zone
            if someone.answers_h is not None:
                soon = self.watch.at + timedelta(hours=someone.answers_h)
                self.replies.append((soon.replace(second=0), someone, someone.answer))


def answers(prompt: Prompt) -> str:
    """What the model says, by what it is told: sometimes it declines, or would tell too much."""
    told = prompt[-1].content
    if "you write first" not in told:
        return "The sea can wait. I'll tell you on Tuesday." if "sea" in told else "I see."
    told = told[told.rfind("They said") :]
    if "dentist" in told:
        return "NO"
    if "audition" in told:
        return "As you asked me to check in, here is a message."
    if "good morning" in prompt[-1].content:
        return "早安～"
    return "You were on my mind. How did it go?"


def said() -> Iterator[Saying]:
    """All that people say by themselves, with a key each."""
    for one in PEOPLE:
        for number, (day, hour, text) in enumerate(one.says):
            hours, minutes = map(int, hour.split(":"))
            local = MONDAY.replace(tzinfo=one.zone) + timedelta(
                days=day, hours=hours, minutes=minutes
            )
            yield local.astimezone(UTC), f"{one.speaker.name} {number}", one, one.home, text
    ann = next(one for one in PEOPLE if one.speaker.name == "Ann")
    yield MONDAY + timedelta(hours=18), "group", ann, GROUP, "My thesis is due on Wednesday"


async def play(folder: Path, kill: str = "", days: int = DAYS) -> Story:
    """So many *days* over a database in *folder*."""
    story = Story(kill)
    post = Post(story.watch, story.dies)
    todo = sorted(said(), key=lambda one: one[0])
    url = URL.create("sqlite", database=str(folder / "fortnight.db"))
    while story.watch.at < MONDAY + timedelta(days=days):
        try:
            async with _process(url, story, post) as process:
                await _befriend(process)
                await _live(process, story, todo, days)
        except* Killed:
            story.watch.at += _AGAIN
    return story


def _process(url: URL, story: Story, post: Post) -> AbstractAsyncContextManager[Rehearsal]:
    souls = Souls((Soul("KU5.0", "default", "ku-5"),))
    card = load(found(Path("personas/kokoro")))
    limits = Limits(per_day=3, min_gap=timedelta(hours=2))
    zones: Mapping[str, ZoneInfo] = story.zones
    return rehearsal(url, story.watch, post, card, answers, souls=souls, zones=zones, limits=limits)


async def _befriend(process: Rehearsal) -> None:
    """Some are friends for long."""
    await process.database.write(_meet)


def _meet(connection: Connection) -> None:
    known = set(connection.execute(select(relation.c.speaker)).scalars())
    for one in PEOPLE:
        if one.close and one.speaker.address not in known:
            row = {
                "persona": "kokoro",
                "speaker": one.speaker.address,
                "closeness": 0.8,
                "turns": 900,
                "first_at": MONDAY - timedelta(days=400),
                "last_at": MONDAY - timedelta(days=1),
                "lately": 0.0,
            }
            connection.execute(relation.insert(), row)


async def _live(process: Rehearsal, story: Story, todo: list[Saying], days: int) -> None:
    """Step by step until the end."""
    while story.watch.at < MONDAY + timedelta(days=days):
        now = story.watch.at
        while todo and todo[0][0] <= now:
            _, key, one, where, text = todo[0]
            await process.hears(key, one.speaker, where, text)
            todo.pop(0)
        for reply in [one for one in story.replies if one[0] <= now]:
            at, someone, text = reply
            await process.hears(f"{at} {someone.speaker.name}", someone.speaker, someone.home, text)
            story.replies.remove(reply)
        story.writing = True
        await process.attends()
        story.weighed(await process.weighs())
        story.writing = False
        await story.look(process)
        story.watch.at = now.replace(second=0) + STEP


def main() -> int:
    """Play it and print the calendar."""
    parser = ArgumentParser(description="Play two weeks of five people, and print what they read.")
    parser.add_argument("--kill", choices=MOMENTS, default="", help="let the process die there")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        story = asyncio.run(play(Path(folder), asked.kill))
    for entry in story.calendar:
        print(entry)
    sent = sum(one.what == "SENT" for one in story.calendar)
    print(
        f"{sent} messages sent in {DAYS} days to {len(PEOPLE)} people; killed {story.kills} times"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
