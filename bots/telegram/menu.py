"""What Telegram shows when somebody types a slash: the commands, by place and by language."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from aiogram.types import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
    BotCommandScopeUnion,
)

from anima.offers import Language, Offer, Offers, on

MOST: Final = 100
LONGEST: Final = 256
_PLATFORM: Final = "telegram"
_LANGUAGES: Final[Sequence[Language]] = ("en", "zh", "ja")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The *commands* that clients in one *language* show in one *scope*; English is for the rest.

    *place* is what a log calls the scope.
    """

    place: str
    scope: BotCommandScopeUnion
    language: str
    commands: tuple[tuple[str, str], ...]

    def telegrams(self) -> list[BotCommand]:
        """The commands as Telegram takes them."""
        return [BotCommand(command=name, description=about) for name, about in self.commands]


def sheets(offers: Offers, admins: Sequence[str]) -> Iterator[Sheet]:
    """Every sheet of the menu; *admins* are addresses, and those on Telegram get one of their own.

    A private command is not shown in groups, where it would only be refused.
    """
    known = [one for one in on(_PLATFORM, offers) if not one.speech]
    everyone = [one for one in known if one.who == "everyone"]
    together = [one for one in everyone if not one.alone]
    yield from _sheets("default", BotCommandScopeDefault(), together)
    yield from _sheets("private chats", BotCommandScopeAllPrivateChats(), everyone)
    yield from _sheets("group chats", BotCommandScopeAllGroupChats(), together)
    for admin in admins:
        platform, _, number = admin.partition(":")
        if platform == _PLATFORM:
            yield from _sheets(admin, BotCommandScopeChat(chat_id=int(number)), known)


def _sheets(place: str, scope: BotCommandScopeUnion, offers: Sequence[Offer]) -> Iterator[Sheet]:
    for language in _LANGUAGES:
        commands = tuple((one.name, described(one, language)) for one in offers[:MOST])
        yield Sheet(place, scope, "" if language == "en" else language, commands)


def described(one: Offer, language: Language) -> str:
    """What *one* is good for, and what can be asked of it, as far as there is room."""
    subs = " · ".join(sub.name for sub in one.subcommands)
    told = f"{one.help[language]} ({subs})" if subs else one.help[language]
    return told if len(told) <= LONGEST else f"{told[: LONGEST - 1]}…"
