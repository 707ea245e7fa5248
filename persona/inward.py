"""What a persona carries into a turn: its mood, how it stands to who speaks, what awaits them."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from anima.bonds import Bond
from anima.cause import cause
from anima.model import Heard, Scene
from persona.card import Card
from persona.closeness import Stage, faded, stage, stands
from persona.late import Aside
from persona.mood import drifted
from persona.mood_words import felt
from persona.names import clean
from persona.threads import hanging

IN_COMPANY: Final[Mapping[Stage, str]] = MappingProxyType(
    {
        "stranger": "a stranger",
        "acquaintance": "an acquaintance",
        "friend": "a friend",
        "close": "close to you",
    }
)
_PEOPLE = 3
"""Of a crowd that speaks at once the last ones are told of."""


def inward(card: Card, scene: Scene) -> tuple[Aside, ...]:
    """The lines on it for the late block; none where there is nothing to tell."""
    return tuple(_told(card, scene)) if scene.place else ()


def _told(card: Card, scene: Scene) -> Iterator[Aside]:
    if scene.mood and (mood := felt(drifted(scene.mood, scene.now, card.nature), card.nature)):
        yield Aside("mood", mood)
    bonds = {bond.address: bond for bond in scene.bonds}
    heard_of = (cause(scene.impulse),) if scene.impulse else scene.heard
    people = {one.speaker.address: one for one in heard_of}
    for address, heard in [*people.items()][-_PEOPLE:]:
        who = "" if scene.private else f"{clean(heard.speaker.name)}: "
        bond = bonds.get(address)
        if near := _near(scene, heard, bond):
            yield Aside("bond", f"{who}{near}")
        if bond and (ahead := hanging(bond.threads, scene.now)):
            yield Aside("ahead", f"{who}{ahead}")


def _near(scene: Scene, heard: Heard, bond: Bond | None) -> str:
    """Where they stand. In a group nothing is told of when they met: that may have been alone."""
    address = heard.speaker.address
    owner = address in scene.owners
    known = (line.speaker.address for line in scene.lines if line.speaker)
    if bond is None and address in known:
        return ""
    if scene.private:
        return stands(bond.relation if bond else None, scene.now, owner=owner)
    if owner:
        return "the one you belong to"
    return IN_COMPANY[stage(faded(bond.relation, scene.now)) if bond else "stranger"]
