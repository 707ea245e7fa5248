"""What forbids to speak up in a group, however much speaks for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from anima.model import Heard, Line, Scene
from persona.dial import Manners
from persona.glance import matters, names_one
from persona.machine import is_machine

_SHARED = timedelta(hours=2)
"""Of what was said before that nobody thinks when somebody says too much."""
_REACTION = timedelta(minutes=3)
_REACTIONS: Final = 5
"""What is said after so many more lines is said of something else."""


@dataclass(frozen=True, slots=True)
class Room:
    """The *talk* until now, the newest words *last*, all by one person."""

    talk: Sequence[Line]
    last: Sequence[Line]
    scene: Scene

    @property
    def newest(self) -> Line:
        return self.last[-1]


def against(room: Room, step: Manners) -> str:
    """What forbids to speak, or nothing."""
    if is_machine(room.newest, room.talk):
        return "machine"
    if _is_for_another(room.scene.heard):
        return "other"
    return _has_spoken(room, step) or _is_ignored(room, step) or _has_just_spoken(room, step)


def _is_for_another(heard: Sequence[Heard]) -> bool:
    """A reply is for whom it answers, and so is what begins with a handle."""
    newest = heard[-1]
    return bool(newest.reply_to) or names_one(newest.text)


def _has_spoken(room: Room, step: Manners) -> str:
    """Others have to say enough after each line of ours, so that our share stays small."""
    talk = [line for line in room.talk if room.newest.at - line.at <= _SHARED]
    ours, since = _utterance(talk)
    if since + len(room.last) >= (step.one_in - 1) * ours:
        return ""
    shown = [*talk, *room.last][-step.one_in * ours :]
    return f"share {sum(line.speaker is None for line in shown)} {len(shown)}"


def _utterance(talk: Sequence[Line]) -> tuple[int, int]:
    """How many lines we said when we spoke last, and how many others have said since."""
    place = _our_last(talk)
    if place is None:
        return 0, len(talk)
    first = place
    while first and talk[first - 1].speaker is None:
        first -= 1
    return place - first + 1, len(talk) - place - 1


def _our_last(talk: Sequence[Line]) -> int | None:
    places = (place for place in reversed(range(len(talk))) if talk[place].speaker is None)
    return next(places, None)


def _is_ignored(room: Room, step: Manners) -> str:
    """After words that nobody wanted and nobody took up, we cool down."""
    place = _our_last(room.talk)
    if place is None or not _was_unasked(room.talk, place) or _was_taken_up(room, place):
        return ""
    waited = (room.newest.at - room.talk[place].at).total_seconds()
    left = step.cool_s - waited
    return f"ignored {_minutes(left)}" if left > 0 else ""


def _was_unasked(talk: Sequence[Line], place: int) -> bool:
    """Whether nobody had spoken to us since the words before those at *place*."""
    first = place
    while first and talk[first - 1].speaker is None:
        first -= 1
    before = _our_last(talk[:first])
    asked = talk[0 if before is None else before + 1 : first]
    return bool(asked) and not any(line.addressed for line in asked)


def _was_taken_up(room: Room, place: int) -> bool:
    """Whether somebody spoke to us after it, or said something of it while it was fresh."""
    after = [*room.talk[place + 1 :], *room.last]
    if any(line.addressed for line in after):
        return True
    ours = matters(room.talk[place].text)
    soon = room.talk[place].at + _REACTION
    return any(line.at <= soon and ours & matters(line.text) for line in after[:_REACTIONS])


def _has_just_spoken(room: Room, step: Manners) -> str:
    place = _our_last(room.talk)
    if place is None:
        return ""
    left = step.gap_s - (room.newest.at - room.talk[place].at).total_seconds()
    return f"soon {max(1, round(left))}" if left > 0 else ""


def _minutes(seconds: float) -> int:
    return max(1, round(seconds / 60))
