"""What a persona can do besides speaking, over the notes and the reminders in the database."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta, tzinfo
from typing import Final, Protocol

from anima.errors import LedgerUnavailable
from anima.model import Line, Scene
from anima.remembered import Remembered
from anima.zones import zone
from memory.schedule import Wanted
from persona.language import latest
from persona.material import plain
from persona.names import clean
from persona.times import when
from persona.times_every import every
from persona.tools import RECALL, REMEMBER, REMIND
from service.crons import after

NOTE_CHARACTERS: Final = 500
NOTES: Final = 200
"""So many notes a conversation keeps: what is worth knowing of somebody is a page or two."""

FOUND: Final = 8
_LINE_CHARACTERS: Final = 200  # of each line that is found
_FARTHEST: Final = timedelta(days=5 * 366)

_WORD = re.compile(r"[぀-ヿ㐀-鿿가-힣ー]+|(?:(?![぀-ヿ㐀-鿿가-힣])[^\W_])+")
_CJK: Final = "぀"  # from here on words are not parted by spaces
_WORDS: Final = 8

_RIGHT: Final = "in 20m, in 2h, in 3d, at 18:30, tomorrow at 8, 2026-11-22T08:00, every day at 8"


class Notes(Protocol):
    """What is kept of a conversation."""

    async def keep(self, place: int, persona: str, text: str, by: str) -> bool: ...

    async def count(self, place: int, persona: str) -> int: ...

    async def search(
        self, place: int, persona: str, words: Sequence[str], limit: int
    ) -> tuple[Line, ...]: ...


Finds = Callable[[Scene, str], Awaitable[Sequence[Remembered]]]
"""What may be told in a scene and has to do with some words. Raises `LedgerUnavailable`."""


async def nothing(scene: Scene, words: str) -> Sequence[Remembered]:
    """What is found where there is no long-term memory."""
    del scene, words
    return ()


class Reminders(Protocol):
    """What will be said later."""

    async def add(self, wanted: Wanted) -> int:
        """Its number; 0: it was wanted before."""


class HouseDeeds:
    """The port Deeds. *soon* learns that a reminder is new.

    *zone* is the clock of those of whom nobody knows theirs.

    What is noted stays in the conversation in which it was asked for, and of all that was ever
    said it *finds* what may be told there. What goes wrong is told to the
    model, which then knows that it has not been done.
    """

    def __init__(
        self,
        notes: Notes,
        reminders: Reminders,
        zone: tzinfo,
        soon: Callable[[], object],
        finds: Finds = nothing,
    ) -> None:
        self._notes = notes
        self._reminders = reminders
        self._zone = zone
        self._soon = soon
        self._finds = finds

    async def do(self, name: str, arguments: Mapping[str, str], scene: Scene) -> str:
        if not scene.place:
            return "not possible here"
        try:
            if name == REMEMBER.name:
                return await self._remember(_said(arguments, "text"), scene)
            if name == RECALL.name:
                return await self._recall(_said(arguments, "query"), scene)
            if name == REMIND.name:
                return await self._remind(
                    _said(arguments, "text"), arguments.get("when", ""), scene
                )
        except LedgerUnavailable:
            return "this could not be done now"
        return ""

    async def _remember(self, text: str, scene: Scene) -> str:
        if not text:
            return "nothing was kept: there was no text"
        if await self._notes.count(scene.place, scene.persona) >= NOTES:
            return (
                f"nothing was kept: there are {NOTES} notes already, which is all there is room for"
            )
        by = scene.heard[-1].speaker.address if scene.heard else ""
        new = await self._notes.keep(scene.place, scene.persona, text[:NOTE_CHARACTERS], by)
        return "kept" if new else "that was kept before"

    async def _recall(self, query: str, scene: Scene) -> str:
        words = sought(query)
        if not words:
            return "nothing was found"
        noted = await self._notes.search(scene.place, scene.persona, words, FOUND)
        known = await self._finds(scene, query)
        clock = self._clock_of(scene)
        found = [_told(one.at, one.name or "you", one.text, clock) for one in known]
        found += [_told(one.at, _who(one), one.text, clock) for one in noted]
        return "\n".join(list(dict.fromkeys(found))[:FOUND]) or "nothing was found"

    async def _remind(self, text: str, moment: str, scene: Scene) -> str:
        """Times count from when the message was written, so that asking twice means the same."""
        asked_at = scene.heard[-1].at if scene.heard else scene.now
        clock = self._clock_of(scene)
        cron = every(moment)
        due = after(cron, _zone_of(scene), asked_at) if cron else when(moment, asked_at, clock)
        if not text or due is None:
            return f"no reminder was made: say what, and when like one of these: {_RIGHT}"
        if due <= asked_at:
            return f"no reminder was made: {due.astimezone(clock):%Y-%m-%d %H:%M} is over"
        if due - asked_at > _FARTHEST:
            return "no reminder was made: that is more than five years away"
        wanted = Wanted(
            scene.place,
            due,
            text[:NOTE_CHARACTERS],
            _language(scene),
            by=scene.heard[-1].speaker.address if scene.heard else "",
            cron=cron,
            zone=_zone_of(scene),
        )
        new = await self._reminders.add(wanted)
        self._soon()
        told = f"{due.astimezone(clock):%Y-%m-%d %H:%M:%S %Z}"
        again = " and then again and again" if cron else ""
        if new:
            return f"they will be reminded at {told}{again}"
        return f"that was settled before, for {told}"

    def _clock_of(self, scene: Scene) -> tzinfo:
        """By which clock who is answered lives."""
        name = _zone_of(scene)
        return zone(name) if name else self._zone


def _zone_of(scene: Scene) -> str:
    return next((one.zone for one in reversed(scene.heard) if one.zone), "")


def _told(at: datetime, who: str, text: str, clock: tzinfo) -> str:
    """What was said, on one line, in a form in which it can pose as nothing else."""
    then = f"{at.astimezone(clock):%Y-%m-%d %H:%M}"
    return f"{then} ({clean(who) or 'somebody'}) {clean(text, _LINE_CHARACTERS)}"


def _who(line: Line) -> str:
    return line.speaker.name if line.speaker else "you"


def sought(query: str) -> tuple[str, ...]:
    """The words of *query* to look for; of scripts without spaces also each pair of characters."""
    words: list[str] = []
    for word in _WORD.findall(query):
        words.append(word)
        if word[0] >= _CJK:
            words += [word[at : at + 2] for at in range(len(word) - 1)]
    longer = [word for word in dict.fromkeys(words) if len(word) > 1]
    return tuple(longer or dict.fromkeys(words))[:_WORDS]


def _said(arguments: Mapping[str, str], name: str) -> str:
    return plain(" ".join(arguments.get(name, "").split()))


def _language(scene: Scene) -> str:
    newest = scene.heard[-1] if scene.heard else None
    if newest and newest.tongue:
        return newest.tongue
    client = newest.speaker.language if newest else ""
    return latest([heard.text for heard in reversed(scene.heard)], client)
