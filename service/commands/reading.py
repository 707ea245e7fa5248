"""Understands a command that was written as text, or says in one line what is wrong with it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from anima.spelling import quoted
from service.commands import mistakes
from service.commands.language import meant_language
from service.commands.parts import Rest, head, narrow, short
from service.commands.table import Argument, Command, Table, form
from service.commands.words import Language, Words, listed
from service.souls import folded, meant, nearest

_PERCENT: Final = re.compile(r"(?P<number>\d{1,3}(?:\.\d{1,6})?)\s*%?", re.ASCII)
_OFF: Final = frozenset({"off", "none", "关", "關", "オフ"})
_MOST_NAMES: Final = 8
"""A line with more of them is not read."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """One line for the one who wrote it."""

    text: str


@dataclass(frozen=True, slots=True)
class Meant:
    """A command that does something, under its whole *path*, and what is still to be read."""

    path: str
    command: Command
    rest: Rest


def find(table: Table, text: str) -> Meant | None:
    """The command with which *text* begins; None if it is talk."""
    begun = head(text)
    if begun is None:
        return None
    name, rest = begun
    command = next((one for one in table if one.name == name), None)
    return Meant(command.name, command, rest) if command else None


def narrowed(asked: Meant, language: Language) -> Meant | Wrong:
    """The subcommand, where the command has some."""
    command = asked.command
    if not command.subcommands:
        return asked
    word, rest = asked.rest.word()
    known = {one.name: one for one in command.subcommands}
    if sub := known.get(narrow(word)):
        return Meant(f"{asked.path} {sub.name}", sub, rest)
    near = nearest(word, tuple(known))
    line = mistakes.UNKNOWN_SUBCOMMAND if word else mistakes.NO_SUBCOMMAND
    names, example = listed(known, language), form(f"{asked.path} {near[0]}", known[near[0]])
    return Wrong(line.to(language, command=asked.path, word=short(word), known=names, form=example))


def arguments(
    asked: Meant, language: Language, versions: tuple[str, ...]
) -> Mapping[str, str] | Wrong:
    """The values of the command's arguments, as far as they are given, each in its one true form.

    When there are fewer words than arguments, it is the optional ones that are missing.
    """
    reader = _Reader(form(asked.path, asked.command), language, versions)
    wanted = asked.command.arguments
    spare = asked.rest.words() - sum(one.required for one in wanted)
    given: dict[str, str] = {}
    rest = asked.rest
    for argument in wanted:
        if not argument.required and spare <= 0:
            continue
        spare -= not argument.required
        if not rest:
            return reader.wrong(mistakes.MISSING, argument=argument.shown)
        word, rest = (rest.text.strip(), Rest("")) if argument.kind == "text" else rest.word()
        value = reader.value(argument, word)
        if isinstance(value, Wrong):
            return value
        given[argument.name] = value
    if rest and not asked.command.open_ended:
        return reader.wrong(mistakes.TOO_MUCH, word=short(rest.text))
    return given


def no_such_version(word: str, versions: tuple[str, ...], right: str, language: Language) -> Wrong:
    """There is no version *word*, but there are others."""
    near = [quoted(name) for name in nearest(word, versions)]
    more = ["…"] if len(near) > _MOST_NAMES else []
    known = listed([*near[:_MOST_NAMES], *more], language)
    line = mistakes.NO_SUCH_VERSION
    return Wrong(line.to(language, word=short(word) or '""', known=known, form=right))


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the arguments of the command that is written in this *form*."""

    form: str
    language: Language
    versions: tuple[str, ...]

    def wrong(self, line: Words, **facts: str) -> Wrong:
        return Wrong(line.to(self.language, form=self.form, **facts))

    def value(self, argument: Argument, word: str) -> str | Wrong:
        match argument.kind:
            case "version":
                return self._version(word, retired=argument.retired)
            case "choice":
                return self._option(argument, narrow(word), word)
            case "language":
                return self._option(argument, meant_language(folded(word)) or "", word)
            case "share":
                return self._share(word)
            case "turn":
                return folded(word).strip("#()[]…")
        return word

    def _version(self, word: str, *, retired: bool) -> str | Wrong:
        name = meant(word, self.versions) or (word if retired else None)
        return name or no_such_version(word, self.versions, self.form, self.language)

    def _option(self, argument: Argument, option: str, word: str) -> str | Wrong:
        if option in argument.options:
            return option
        known = listed(argument.options, self.language)
        return self.wrong(mistakes.NO_SUCH_OPTION, word=short(word), known=known)

    def _share(self, word: str) -> str | Wrong:
        narrowed = folded(word)
        if narrowed in _OFF:
            return "0"
        percent = _PERCENT.fullmatch(narrowed)
        if percent is None or float(percent["number"]) > 100:  # noqa: PLR2004 - all of them
            return self.wrong(mistakes.NO_SHARE, word=short(word))
        return percent["number"]
