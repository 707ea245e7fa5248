"""A room whose people follow a script, and a persona that decides after each of their lines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from anima.model import Decision, Heard, Line, Scene, Speaker
from persona.room import weigh
from persona.topics import Topics
from tests.persona_fakes import NOW, scene

SCRIPT = Path(__file__).parent / "golden" / "room.txt"
TOPICS = Topics(["Kokoro", "心心", "こころ", "红茶", "umbrella", "京都", "猫"])
_REMEMBERED = 40


@dataclass(frozen=True, slots=True)
class Spoken:
    """A line of the script; *ours* is what the persona says to it, should it speak."""

    after_s: int
    who: str
    text: str
    addressed: bool = False
    replies: bool = False
    ours: str = "Mm."


def script(text: str) -> Iterator[Spoken]:
    """The lines of a script, as `tests/golden/room.txt` describes them."""
    spoken: Spoken | None = None
    for line in text.splitlines():
        if line.startswith("="):
            assert spoken
            spoken = replace(spoken, ours=line.removeprefix("= "))
        elif not line.startswith("#"):
            if spoken:
                yield spoken
            spoken = _spoken(line)
    if spoken:
        yield spoken


def _spoken(line: str) -> Spoken:
    head, _, text = line.partition(": ")
    seconds, _, who = head.partition(" ")
    name = who.rstrip("@>")
    return Spoken(int(seconds), name, text, who.endswith("@"), who.endswith(">"))


@dataclass(slots=True)
class Room:
    """What was said until now; our lines among them."""

    dial: int
    lines: list[Line] = field(default_factory=list)
    at: datetime = NOW

    def hears(self, spoken: Spoken) -> Decision:
        """What the persona decides on that line; it says its own when it speaks."""
        self.at += timedelta(seconds=spoken.after_s)
        heard = message(spoken, self.at)
        decision = weigh(self.scene(heard), self.dial, TOPICS)
        self.lines.append(Line(heard.speaker, heard.text, heard.at, heard.addressed))
        if decision.speaks:
            self.lines.append(Line(None, spoken.ours, self.at + timedelta(seconds=1)))
        return decision

    def scene(self, *heard: Heard) -> Scene:
        """The room as the persona sees it."""
        known = scene(*heard, lines=self.lines[-_REMEMBERED:], title="Friends")
        return replace(known, now=self.at, unasked=not any(one.addressed for one in heard))


def message(spoken: Spoken, at: datetime) -> Heard:
    """That line as the ledger would hand it over."""
    speaker = Speaker("telegram", spoken.who, spoken.who)
    return Heard(
        id=1,
        speaker=speaker,
        text=spoken.text,
        at=at,
        heard_at=at,
        message="1",
        addressed=spoken.addressed,
        reply_to="7" if spoken.replies else "",
    )


def played(dial: int, lines: Sequence[Spoken]) -> tuple[Room, list[tuple[Spoken, Decision]]]:
    """The room after *lines*, and what was decided on each."""
    room = Room(dial)
    return room, [(spoken, room.hears(spoken)) for spoken in lines]


def page(dial: int, lines: Sequence[Spoken]) -> str:
    """Every line with the decision on it, for people to read."""
    _, decisions = played(dial, lines)
    shown: list[str] = []
    for spoken, decision in decisions:
        verb = "speaks" if decision.speaks else "silent"
        shown.append(f"{spoken.who}: {spoken.text}\n    {verb}: {decision.reason}")
        if decision.speaks:
            shown.append(f"Kokoro: {spoken.ours}")
    return "\n".join(shown) + "\n"
