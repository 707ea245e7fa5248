"""When to speak: the room's last lines decide, by rules and quickly.

Who is asked answers, unless a machine asks again and again. Where nobody asked, what forbids it is
looked at first, then what speaks for it is weighed. Each step up of the dial forbids less and asks
for less, so who speaks at one speaks at the next as well.
"""

from datetime import timedelta
from typing import Final

from anima.model import Decision, Line, Scene
from persona.dial import Manners, manners
from persona.glance import asks, asks_all, matters
from persona.machine import is_loop
from persona.restraint import Room, against
from persona.topics import Topics

_LINES: Final = 40
_FRESH = timedelta(minutes=15)
"""A question that is older has been answered elsewhere, or forgotten."""
_MONOLOGUE: Final = 6
_READ: Final = 1000
"""Letters of what was said last, in which we look for what we know."""
_LULL = timedelta(minutes=10)
_LONG_AGO = timedelta(days=1)
_TOOK_PART: Final = 12
"""So many lines back we were a part of the talk."""
_RECENT_WORDS: Final = 3
_REASON: Final = 80

_TO_ALL, _QUESTION, _TOPIC, _LATELY, _RETURN = 3, 2, 2, 1, 1


def weigh(scene: Scene, dial: int, topics: Topics) -> Decision:
    """Whether to say something to *scene*, in a group that has set its *dial*."""
    if scene.private:
        return Decision(speaks=True, reason="private")
    if not scene.unasked:
        return _answer(_seen(scene))
    step = manners(dial)
    if step is None:
        return _no("unasked")
    room = _seen(scene)
    forbidden = against(room, step)
    return _no(forbidden) if forbidden else _for(room, step, topics)


def _answer(room: Room) -> Decision:
    """Who is asked answers; but a talk with a machine has to end some time."""
    if is_loop(room.newest, room.talk):
        return _no("machine")
    return Decision(speaks=True, reason="addressed")


def _seen(scene: Scene) -> Room:
    last = [Line(one.speaker, one.text, one.at, one.addressed) for one in scene.heard]
    return Room(scene.lines[-_LINES:], last, scene)


def _for(room: Room, step: Manners, topics: Topics) -> Decision:
    """What speaks for it, the weightiest first, and whether that is enough here."""
    signs = sorted(
        (*_question(room), *_topic(room, topics), *_return(room)), key=lambda sign: -sign[0]
    )
    weight = sum(worth for worth, _ in signs)
    if weight >= step.least:
        return Decision(speaks=True, reason=signs[0][1])
    if weight == step.least - 1 and signs:
        return Decision(speaks=False, reason=f"unsure {signs[0][1]}", sure=False)
    return _no("nothing")


_Sign = tuple[int, str]


def _question(room: Room) -> tuple[_Sign, ...]:
    """A question that is open: whoever asked it has had the last word since."""
    asked = [line.text for line in _monologue(room) if asks(line.text)]
    if not asked:
        return ()
    return ((_TO_ALL if any(map(asks_all, asked)) else _QUESTION, "question"),)


def _monologue(room: Room) -> list[Line]:
    """The lines that the newest speaker has said with nobody between, as far as they are fresh."""
    whose, since = room.newest.speaker, room.newest.at - _FRESH
    lines = list(room.last[-_MONOLOGUE:])
    for line in reversed(room.talk[-_MONOLOGUE:]):
        same = line.speaker and whose and line.speaker.address == whose.address
        if not same or line.at < since:
            break
        lines.append(line)
    return lines


def _topic(room: Room, topics: Topics) -> tuple[_Sign, ...]:
    """Something that we know of; or something of which we just said something ourselves."""
    text = " ".join(line.text for line in room.last)[-_READ:]
    if word := topics.in_(text):
        return ((_TOPIC, f"topic {word[:_REASON]}"),)
    ours = [line for line in room.talk if line.speaker is None][-_RECENT_WORDS:]
    lately = frozenset[str]().union(*(matters(line.text) for line in ours))
    same = sorted(lately & matters(text))
    return ((_LATELY, f"lately {same[0][:_REASON]}"),) if same else ()


def _return(room: Room) -> tuple[_Sign, ...]:
    """After a lull in a talk of which we were a part, somebody takes it up again."""
    if not room.talk:
        return ()
    lull = room.last[0].at - room.talk[-1].at
    took_part = any(line.speaker is None for line in room.talk[-_TOOK_PART:])
    return ((_RETURN, "return"),) if took_part and _LULL <= lull < _LONG_AGO else ()


def _no(reason: str) -> Decision:
    return Decision(speaks=False, reason=reason)
