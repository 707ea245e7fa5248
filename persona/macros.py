"""The placeholders of character cards: `{{char}}`, `{{user}}` and those that stand for nothing."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_ANYBODY: Final[Mapping[str, str]] = MappingProxyType(
    {"en": "the person you talk with", "zh": "对方", "ja": "相手"}
)
"""A page is the same for everybody, so it names nobody; in a group there are several."""

_YOU: Final[Mapping[str, str]] = MappingProxyType({"en": "you", "zh": "你", "ja": "あなた"})
_NAMES: Final = re.compile(r"\{\{\s*(char|user)\s*\}\}|<(BOT|CHAR|USER)>", re.IGNORECASE)
_USER: Final = re.compile(r"\{\{\s*user\s*\}\}|<USER>", re.IGNORECASE)
_CALLED: Final = re.compile(rf"[,，、]\s*(?:{_USER.pattern})(?=\s*(?:[^\w\s]|$))", re.IGNORECASE)
_CHAR: Final = re.compile(r"\{\{\s*char\s*\}\}|<(?:BOT|CHAR)>", re.IGNORECASE)
_ORIGINAL: Final = re.compile(r"\{\{\s*original\s*\}\}[ \t]*", re.IGNORECASE)
_REMARK: Final = re.compile(r"\{\{\s*(?://|comment:|hidden_key:)[^{}]*\}\}", re.IGNORECASE)
_CHOICE: Final = re.compile(r"\{\{\s*(?:random|pick)\s*:+([^{},]*)[^{}]*\}\}", re.IGNORECASE)


def named(text: str, char: str, user: str) -> str:
    """*text* with the names in their places: *char* for the persona, *user* for the other one.

    Our own page always stands, so `{{original}}` adds nothing. What cards leave to chance is always
    the first choice, because the page stays the same.
    """
    plain = _CHOICE.sub(lambda choice: choice[1].strip(), _REMARK.sub("", _ORIGINAL.sub("", text)))
    return _NAMES.sub(lambda name: _who(name[1] or name[2], char, user), plain)


def greeted(text: str, called: str, code: str) -> str:
    """*text*, in the language *code*, to somebody whom it calls *called*, or else just you."""
    if not called:
        text = _CALLED.sub("", text)
    return _USER.sub(lambda _: called or _YOU.get(code, _YOU["en"]), text)


def anybody(code: str) -> str:
    """Whoever the persona talks with, in the language *code*."""
    return _ANYBODY.get(code, _ANYBODY["en"])


def speaker(line: str, name: str) -> tuple[str, str]:
    """Who says *line* of an example, `char` or `user` or nobody, and what; *name* is the char's."""
    head, colon, said = line.partition(":")
    head = head.strip()
    if colon and (_CHAR.fullmatch(head) or head == name):
        return "char", said.strip()
    if colon and _USER.fullmatch(head):
        return "user", said.strip()
    return "", line


def _who(word: str, char: str, user: str) -> str:
    return user if word.lower() == "user" else char
