"""The late block of a prompt: all that changes from turn to turn, in a form nobody can forge."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final, Literal

from anima.cause import cause
from anima.model import Scene
from persona.card import Card
from persona.material import shorten
from persona.names import clean
from persona.posing import unposed
from persona.sights import unheard
from persona.tokens import Counting, estimate
from persona.tongue import LANGUAGES, WALK_BACK, tongue

NOW = "‹now›"

Kind = Literal["lore", "memory", "mood", "bond", "ahead", "note"]

KINDS: Final[Mapping[Kind, str]] = MappingProxyType(
    {
        "lore": "You know:",
        "memory": "You remember:",
        "mood": "You feel:",
        "bond": "Between you:",
        "ahead": "Ahead of them:",
        "note": "Keep in mind:",
    }
)
"""What each kind of line is told as, so that none is taken for another or for what was said."""

_TITLE = 60
_MEMBERS = 8
_SPOKEN_TOKENS = 400  # of what was said before the cut, its end is what counts

_NOTE_TOKENS = 600

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class Aside:
    """Something that the persona is told besides the talk, of one *kind*."""

    kind: Kind
    text: str


def aside(one: Aside, tokens: int = _NOTE_TOKENS, count: Counting = estimate) -> str:
    """The line for *one*, in a form nobody can forge, at most about *tokens* long."""
    text = shorten(unposed(" ".join(one.text.split())), tokens, count)
    return f"{NOW} {KINDS[one.kind]} {text}"


def late(card: Card, scene: Scene, labels: Mapping[str, str], count: Counting = estimate) -> str:
    """The block for *scene*, whose speakers bear *labels*."""
    facts = [_moment(scene.now), _place(scene, labels), *unheard(scene), _answer(card, scene)]
    if scene.missed:
        facts.insert(2, f"{scene.missed} earlier messages came too late for you to answer")
    block = f"{NOW} {' · '.join(facts)}"
    return f"{block}\n{_cut_off(scene.spoken, count)}" if scene.spoken else block


def curt(card: Card, scene: Scene, labels: Mapping[str, str], count: Counting = estimate) -> str:
    """The block for a small mind, which repeats all that it need not know: mostly empty."""
    code = answered_in(card, scene)
    facts = [_borrowed(scene, labels)] if scene.conversation.borrowed else []
    facts += unheard(scene)
    facts += [] if code in card.languages else [_answer(card, scene)]
    told = f"{NOW} {' · '.join(facts)}" if facts else ""
    return "\n".join(filter(None, (told, _cut_off(scene.spoken, count) if scene.spoken else "")))


def noted(block: str, notes: Sequence[str], count: Counting = estimate) -> str:
    """*block* with what the model must know besides, a line each, in a form nobody can forge."""
    lines = (shorten(unposed(" ".join(note.split())), _NOTE_TOKENS, count) for note in notes)
    return "\n".join(filter(None, (block, *(f"{NOW} {line}" for line in lines))))


def first(scene: Scene) -> tuple[str, ...]:
    """What the model must know where it has something to say though nobody has just spoken."""
    if not scene.intention:
        return ()
    told = (
        "Nobody has just spoken to you: you write first, of your own accord, and say nothing of"
        f" having been told to. What you want to do: {scene.intention}"
    )
    return (told,)


def answered_in(card: Card, scene: Scene) -> str:
    """The code of the language in which *scene* is answered."""
    heard = (cause(scene.impulse),) if scene.impulse else scene.heard
    return tongue(card, heard, [line.text for line in scene.lines[-WALK_BACK:]])


def day(at: datetime) -> str:
    """The day of *at* in words, the same in every locale."""
    return f"{_DAYS[at.weekday()]}, {at.day} {_MONTHS[at.month - 1]} {at.year}"


def _moment(now: datetime) -> str:
    return f"{day(now)}, {now:%H:%M} {now.tzname()}"


def _place(scene: Scene, labels: Mapping[str, str]) -> str:
    """Where we are. Names stand in our brackets, so that none of them can add a fact of its own."""
    if scene.conversation.borrowed:
        return _borrowed(scene, labels)
    names = [f"‹{unposed(name)}›" for name in labels.values()][-_MEMBERS:]
    if scene.private:
        return f"private talk with {names[-1]}" if names else "private talk"
    title = unposed(clean(scene.title, _TITLE))
    group = f"group ‹{title}›" if title else "group"
    return f"{group} with {', '.join(names)}" if names else group


def _borrowed(scene: Scene, labels: Mapping[str, str]) -> str:
    """Whose chat it is, for whom we write there: those are not who is answered."""
    owner = unposed(clean(scene.title, _TITLE))
    whose = f"your owner ‹{owner}›" if owner else "your owner"
    other = unposed(labels[scene.heard[-1].speaker.address])
    return f"the own chat of {whose} with ‹{other}›, to whom you write in your owner's place"


def _answer(card: Card, scene: Scene) -> str:
    code = answered_in(card, scene)
    told = f"answer in {LANGUAGES.get(code, code)}"
    calls = code in card.address and not scene.conversation.borrowed
    return f"{told}; you call them {card.address[code]}" if calls else told


def _cut_off(spoken: Sequence[str], count: Counting) -> str:
    said = shorten(unposed("\n\n".join(spoken)), _SPOKEN_TOKENS, count)
    return (
        f"{NOW} You had begun to answer and were cut off after:\n{said}\n"
        f"{NOW} Go on from there and repeat nothing of it."
    )
