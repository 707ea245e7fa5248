"""The house's offers as Discord's application commands."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from anima.offers import Help, Language, Offer, OfferedArgument, Offers, on
from bots.discord.incoming import PLATFORM

Form = Mapping[str, Any]

MOST_CHOICES: Final = 25
LONGEST: Final = 100
_LONGEST_TEXT: Final = 2000
"""What a person can write in a message they can write in a form, and no more."""
_COMMAND: Final = 1
_SUBCOMMAND: Final = 1
_GROUP: Final = 2
_TEXT: Final = 3
_ANYWHERE: Final = (0, 1, 2)
"""In a server, with us alone, and where somebody brought us along."""
_WITH_US: Final = (1,)
_INSTALLED: Final = (0, 1)
"""By a server, or by a person who takes us along."""
_MANAGES: Final = str(1 << 5)
"""Who manages a server is shown what is for admins; whether they are, our house decides."""
_LOCALES: Final[Sequence[tuple[str, Language]]] = (("zh-CN", "zh"), ("zh-TW", "zh"), ("ja", "ja"))
_COMPLETED: Final = frozenset({"version", "persona", "turn"})
"""Kinds of arguments of which there are too many, or too changing ones, to be in a form."""


def forms(offers: Offers) -> list[Form]:
    """All that Discord is told of *offers*."""
    return [_command(one) for one in on(PLATFORM, offers)]


def _command(one: Offer) -> Form:
    return {
        "type": _COMMAND,
        **_told(one.name, one.called, one.help),
        "options": _options(one),
        "integration_types": list(_INSTALLED),
        "contexts": list(_WITH_US if one.alone else _ANYWHERE),
        "default_member_permissions": _MANAGES if one.who == "admins" else None,
    }


def _options(one: Offer) -> list[Form]:
    """Discord wants what must be given first, whatever the order in which people write it."""
    if one.subcommands:
        return [_subcommand(sub) for sub in one.subcommands]
    return [_option(each) for each in sorted(one.arguments, key=lambda each: not each.required)]


def _subcommand(one: Offer) -> Form:
    kind = _GROUP if one.subcommands else _SUBCOMMAND
    return {"type": kind, **_told(one.name, one.called, one.help), "options": _options(one)}


def _option(one: OfferedArgument) -> Form:
    told = {"type": _TEXT, **_told(one.name, one.called, one.help), "required": one.required}
    if one.kind in _COMPLETED:
        return {**told, "autocomplete": True}
    if one.options and len(one.options) <= MOST_CHOICES:
        return {**told, "choices": [{"name": each, "value": each} for each in one.options]}
    return {**told, "max_length": _LONGEST_TEXT}


def _told(name: str, called: Help, help_: Help) -> Form:
    """A name and what it is for, in each language of Discord's that we speak."""
    about = {locale: cut(help_[language]) for locale, language in _LOCALES}
    told: dict[str, Any] = {"name": name, "description": cut(help_["en"])}
    if called:
        told["name_localizations"] = {locale: called[language] for locale, language in _LOCALES}
    return {**told, "description_localizations": about}


def cut(text: str, most: int = LONGEST) -> str:
    """*text* in at most so many characters, at the end of a word where it has some."""
    if len(text) <= most:
        return text
    beginning = text[: most - 1]
    words, space, _ = beginning.rpartition(" ")
    return f"{(words if space else beginning).rstrip()}…"
