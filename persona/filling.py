"""Puts a persona's names where its texts have placeholders."""

from collections.abc import Mapping
from typing import Any

from persona.cardfile import CardFile
from persona.language import guess
from persona.macros import anybody, named

_SEEN = ("keys", "secondary_keys", "content")
"""What of an entry of lore is ever looked at as words."""

TELLING = 1000
"""So many characters of a text tell its language; a card may have a million."""


class Filling:
    """The names in *file*, as they stand on a page that is the same for everybody.

    `{{char}}` is its usual name in its first language, `{{user}}` what it calls those it talks
    with, else just the person it talks with.
    """

    def __init__(self, file: CardFile) -> None:
        self._first = file.languages[0]
        self._address = file.address
        self.char = next(iter(file.names.get(self._first, ())), file.name)

    def text(self, text: str, code: str = "") -> str:
        """*text* with the names, in the language *code* or its own."""
        if "{{" not in text and "<" not in text:
            return text.strip()
        code = code or guess(text[:TELLING], self._first)
        return named(text, self.char, self._address.get(code) or anybody(code)).strip()

    def welcome(self, greetings: Mapping[str, str]) -> dict[str, str]:
        """*greetings* with its own name, and `{{user}}` where the other one's belongs."""
        told = {code: self._address.get(code, "{{user}}") for code in greetings}
        return {code: named(text, self.char, told[code]) for code, text in greetings.items()}

    def texts(self, texts: Mapping[str, str]) -> dict[str, str]:
        """*texts*, which are by language, with the names."""
        return {code: self.text(text, code) for code, text in texts.items()}

    def pages(self, texts: Mapping[str, str]) -> dict[str, str]:
        """*texts*, which are by path, with the names."""
        return {path: self.text(text) for path, text in texts.items()}

    def entry(self, entry: Mapping[str, Any]) -> dict[str, Any]:
        """An *entry* of lore with the names."""
        return {key: self._filled(said) if key in _SEEN else said for key, said in entry.items()}

    def _filled(self, said: Any) -> Any:
        if isinstance(said, list):
            return [self._filled(one) for one in said]
        return self.text(said) if isinstance(said, str) else said
