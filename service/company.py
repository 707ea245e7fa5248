"""Every persona of the house: who they are, where each is at home, and how they are read anew."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from anima.errors import ConfigError
from anima.model import Claim
from anima.ports import Persona, Witness
from anima.roles import Role
from persona.aloud import speaks
from persona.card import Card, load
from persona.emotes import shown
from persona.impression import Impression
from persona.lore_shelf import shelf
from persona.reactions import reaction
from persona.stickers import sticker
from service.commands.casting import Known
from service.paces import pace_of
from service.settings import Settings
from service.settings_checks import main_persona
from service.shipped import found
from service.voices import manner_of

Alive = Callable[[Card], Persona]
"""Makes the persona that a card tells of."""

Cards = Mapping[str, Card]
PLACES = ("telegram", "discord", "web")


@dataclass(frozen=True, slots=True)
class Member:
    """One persona: its *card* out of *path*, its *role*, and the versions it may speak with."""

    card: Card
    role: Role
    path: Path
    souls: tuple[str, ...] = ()


class Company:
    """The port `Cast`, over all personas that *settings* name; *alive* makes each of its card."""

    def __init__(self, settings: Settings, cards: Cards, alive: Alive, witness: Witness) -> None:
        self._settings = settings
        self._alive = alive
        self._witness = witness
        self.main = main_persona(settings)
        self._homes = {place: getattr(settings, place).persona or self.main for place in PLACES}
        self._paths = paths_of(settings)
        self._members: dict[str, Member] = {}
        self._take(cards)

    def of(self, claim: Claim) -> Role:
        return self._member(claim).role

    def souls(self, claim: Claim) -> Sequence[str]:
        """The versions that whoever plays there may speak with; none: all."""
        return self._member(claim).souls

    def at(self, place: str) -> Member:
        """Who is at home on a platform."""
        return self._members[self._homes.get(place, self.main)]

    def member(self, name: str) -> Member | None:
        """The persona of this name, if there is one."""
        return self._members.get(name)

    def known(self) -> Sequence[Known]:
        return [
            Known(name, member.card.name, self._homes_of(name))
            for name, member in self._members.items()
        ]

    def called(self, place: str) -> Mapping[str, Sequence[str]]:
        """By persona, all it is called; `""` is whoever is at home in *place*."""
        names = {name: member.card.called for name, member in self._members.items()}
        return {"": self.at(place).card.called, **names}

    def title(self, name: str) -> str:
        """What the persona *name* is called by people; one that is gone keeps its name."""
        member = self._members.get(name)
        return member.card.name if member else name

    def impression(self, name: str) -> Impression | None:
        """How the persona of this name takes what is said."""
        member = self._members.get(name)
        return Impression(member.card.nature) if member else None

    async def reload(self) -> Sequence[str]:
        """Read all again; who cannot be read goes on as it was, with a line that says why."""
        return self._take(await asyncio.to_thread(_read, self._paths))

    def _member(self, claim: Claim) -> Member:
        return self._members.get(claim.role) or self.at(claim.conversation.platform)

    def _homes_of(self, name: str) -> tuple[str, ...]:
        return tuple(place for place, home in self._homes.items() if home == name)

    def _take(self, read: Mapping[str, Card | ConfigError]) -> list[str]:
        wrong: list[str] = []
        for name, card in read.items():
            if isinstance(card, ConfigError):
                wrong += str(card).splitlines()
            elif self._is_new(name, card):
                self._members[name] = self._member_of(name, card)
        return wrong

    def _is_new(self, name: str, card: Card) -> bool:
        before = self._members.get(name)
        return before is None or before.card.revision != card.revision

    def _member_of(self, name: str, card: Card) -> Member:
        for line in shelf(card).mistakes:
            self._witness.note("lore left out", reason=line)
        if name in self._members:
            self._witness.note("persona read again", persona=name, revision=card.revision)
        pace = pace_of(self._settings, card.nature.rhythm)
        player = self._settings.personas.get(name)
        drawn, reacts = partial(sticker, card.stickers), partial(reaction, card.reactions)
        role = Role(
            name,
            self._alive(card),
            pace,
            shown,
            drawn,
            reacts,
            manner=manner_of(self._settings.voice, card.voice, ""),
            chooses=speaks,
        )
        return Member(card, role, self._paths[name], player.souls if player else ())


def paths_of(settings: Settings) -> Mapping[str, Path]:
    """Where each persona is, the main one first."""
    players = {name: player.path for name, player in settings.personas.items()}
    paths = {main_persona(settings): settings.persona, **players}
    return {name: found(path) for name, path in paths.items()}


def cards_of(settings: Settings) -> Cards:
    """The card of each persona. Raises `ConfigError`, a line for each mistake."""
    read = _read(paths_of(settings))
    wrong = [str(card) for card in read.values() if isinstance(card, ConfigError)]
    if wrong:
        raise ConfigError("\n".join(wrong))
    return {name: card for name, card in read.items() if isinstance(card, Card)}


def _read(paths: Mapping[str, Path]) -> Mapping[str, Card | ConfigError]:
    """What is on the disk by now."""
    return {name: _tried(path) for name, path in paths.items()}


def _tried(path: Path) -> Card | ConfigError:
    try:
        return load(path)
    except ConfigError as error:
        return error
