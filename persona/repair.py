"""Reads JSON as models write it: with lost quotes, stray commas, wide colons, and no end.

What is sound JSON is read as such. Of everything else as much as can be made sense of: a quote ends
a string only where an end makes sense, and what is no member of an object any more is speech again.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

_DEEPEST: Final = 8
_WRAPPERS: Final = frozenset({"arguments", "parameters", "args", "input", "kwargs", "properties"})
_BRACES, _BRACKETS, _ENDS = "{｛", "[［", "}]｝］)"
_CLOSERS: Final[Mapping[str, str]] = MappingProxyType(
    {'"': '"”＂', "'": "'’", "“": '”“"', "”": '”“"', "‘": "’'", "’": "’'", "＂": '＂"', "「": "」"}
)
_LITERALS: Final[Mapping[str, object]] = MappingProxyType(
    {"true": True, "false": False, "null": None, "none": None, "undefined": None, "nil": None}
)
_Q = "[\"'“”‘’＂「」]"
_SKIPPED = re.compile(r"(?:\s+|//[^\n]*|/\*.*?(?:\*/|\Z)|#[^\n]*)+", re.DOTALL)
_WORD = re.compile(r"\w+")
_COMMAS = re.compile(r"[,，、;；]")
_KEY = re.compile(
    rf"(?:{_Q}{{1,2}}\s*(?P<opened>[\w .$-]{{1,40}}?)\s*{_Q}{{0,2}}|(?P<closed>[\w.$-]{{1,40}}){_Q}"
    r"|(?P<bare>[A-Za-z_]\w{0,40}))(?:\s*[:：=])+"
    rf"|{_Q}(?P<alone>[\w$-]{{1,40}}){_Q}(?=\s*(?:{_Q}|[{{\[｛［]))",
)
_KEY_BEGUN = re.compile(rf"(?:{_Q}{{1,2}}[\w .$-]{{0,40}}{_Q}?\s*|[A-Za-z_]?\w{{0,40}})\Z")
_NEXT = rf"(?:{_Q}[\w .$-]{{1,40}}{_Q}?|[A-Za-z_]\w{{0,40}}{_Q}?)\s*[:：=]"
_AFTER = (
    rf"(?=\s*(?:[}}\]｝］)]"
    rf"|[,，、;；]\s*(?:{_NEXT}|[}}\]｝］)]|//|/\*|\#|{_Q}?[\w .$-]{{0,40}}{_Q}?\Z)"
    rf"|{_Q}[\w .$-]{{1,40}}{_Q}\s*[:：=]|//|/\*|\Z)|[ \t]*\n)"
)
_LISTED = rf"(?=\s*(?:[}}\]｝］)]|[,，、;；]\s*(?:{_Q}|[{{\[\]]|\w+\s*[,\]}}]|\Z)|\Z)|[ \t]*\n)"
_LOST = rf"(?P<lost>(?=\s*[,，]\s*{_Q}\w{{1,20}}{_Q}\s*[:：]))"
_TORN = r"(?P<torn>[ \t]*[}\]]+[ \t]*(?=\n)|(?=\n[ \t]*\n))"
_BARE = re.compile(rf"[^\n}}\]｝］]*?(?={_Q}?{_AFTER}|[\n}}\]｝］])")
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_ESCAPED: Final[Mapping[str, str]] = MappingProxyType(
    {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
)
_STRICT = json.JSONDecoder(strict=False)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read and where it ended. Not *whole*: the text was over before it was.

    *sound*: it is JSON as it stands.
    """

    value: object
    end: int
    whole: bool
    sound: bool = False


def read(text: str, at: int = 0) -> Reading | None:
    """The value that begins at *at*; None when it is no use."""
    try:
        value, end = _STRICT.raw_decode(text, at)
    except (ValueError, RecursionError):
        return _repaired(text, at)
    return Reading(value, end, whole=True, sound=True)


def read_call(text: str, at: int) -> Reading | None:
    """The arguments of a call as Python writes it, from behind its `(`: an object; "" unnamed."""
    return _repaired(text, at, called=True)


def arguments(text: str) -> Mapping[str, str] | None:
    """The flat arguments that *text* means, whatever stands around them; None when hopeless."""
    start = _start(text)
    reading = None if start is None else read(text, start)
    if reading is None and _KEY.match(text.strip()):
        reading = _repaired("{" + text.strip(), 0)
    value = reading and reading.value
    return flat(value) if isinstance(value, dict) else None


def flat(value: Mapping[str, object]) -> Mapping[str, str]:
    """*value* with texts for values; what wraps all of it is taken off."""
    if len(value) == 1:
        ((key, inner),) = value.items()
        inner = unpacked(inner)
        if key.lower() in _WRAPPERS and isinstance(inner, dict):
            value = inner
    return {key.strip(): _text(each) for key, each in value.items() if each is not None}


def unpacked(value: object) -> object:
    """*value*, and what it holds when it is a text that is itself an object."""
    if isinstance(value, str) and value.lstrip()[:1] in tuple(_BRACES):
        reading = read(value, len(value) - len(value.lstrip()))
        return reading.value if reading else value
    return value


def _start(text: str) -> int | None:
    found = [at for brace in _BRACES if (at := text.find(brace)) >= 0]
    return min(found, default=None)


def _text(value: object) -> str:
    if isinstance(value, str):
        # halves of a pair become one character, or a mark that every database takes
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list) and all(isinstance(each, (str, int, float)) for each in value):
        return ", ".join(map(_text, value))
    return json.dumps(value, ensure_ascii=False)


class _HopelessError(ValueError):
    """Nested deeper than any arguments are."""


def _repaired(text: str, at: int, *, called: bool = False) -> Reading | None:
    reader = _Reader(text, at)
    try:
        value = reader.members(0, called=True) if called else reader.value(0)
    except _HopelessError:
        return None
    return Reading(value, reader.at, reader.whole)


class _Reader:
    def __init__(self, text: str, at: int) -> None:
        self.text = text
        self.at = at
        self.whole = True
        self._fresh = False  # a line has just begun
        self._over = False  # an end was lost, and we are behind it

    def value(self, depth: int, *, listed: bool = False) -> object:
        if depth > _DEEPEST:
            raise _HopelessError
        char = self._next()
        if char in _CLOSERS:
            return self._string(char, listed=listed)
        if not char or char not in _BRACES + _BRACKETS:
            return self._bare()
        self.at += 1
        return self.members(depth) if char in _BRACES else self._items(depth)

    def members(self, depth: int, *, called: bool = False) -> dict[str, object]:
        """The rest of an object, or of what a call has in its brackets."""
        found: dict[str, object] = {}
        while self._goes_on():
            if key := _KEY.match(self.text, self.at):
                self.at = key.end()
                found[key[key.lastgroup or 0].strip()] = self.value(depth + 1)
            elif called and self._next() in _CLOSERS:
                found[""] = self.value(depth + 1)
            elif _KEY_BEGUN.match(self.text, self.at):
                self._breaks_off()
            else:
                self._passes_over()
        return found

    def _passes_over(self) -> None:
        """Skip what is no member; on a line of its own it is speech, or the end of a dress."""
        word = _WORD.match(self.text, self.at)
        self._over = self._next() in "<`" or bool(word and self._fresh)
        if not self._over:
            self.at = word.end() if word else self.at + 1

    def _items(self, depth: int) -> list[object]:
        found = []
        while self._goes_on():
            before = self.at
            found.append(self.value(depth + 1, listed=True))
            self.at += self.at == before
        return found

    def _goes_on(self) -> bool:
        """Whether another member comes; what closes is taken."""
        while not self._over and _COMMAS.match(self._next()):
            self.at += 1
        char = "" if self._over else self._next()
        if char and char not in _ENDS:
            return True
        self.whole = self.whole and (bool(char) or self._over)
        self.at += bool(char)
        return False

    def _next(self) -> str:
        if skipped := _SKIPPED.match(self.text, self.at):
            self.at, self._fresh = skipped.end(), "\n" in skipped[0]
        return self.text[self.at : self.at + 1]

    def _breaks_off(self) -> None:
        self.at, self.whole = len(self.text), False

    def _string(self, opener: str, *, listed: bool) -> str:
        start = self.at = self.at + 1
        after = _LISTED if listed else _AFTER
        ends = rf"\\.|(?P<closed>[{_CLOSERS[opener]}]{after})|{_LOST}|{_TORN}"
        for end in re.finditer(ends, self.text[start:], re.DOTALL):
            if end.lastgroup:
                self.at = start + end.end()
                self._over = end.lastgroup == "torn"
                return _unescaped(self.text[start : start + end.start()])
        self._breaks_off()
        return _unescaped(self.text[start:]).rstrip("}]｝］)'\"”` \n")

    def _bare(self) -> object:
        found = _BARE.match(self.text, self.at)
        raw = found[0] if found else ""  # it always is: all text has an end
        self.at += len(raw)
        if self.text[self.at : self.at + 1] in _CLOSERS:
            self.at += 1
        said = raw.strip()
        return _LITERALS.get(said.lower(), said)


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(_meant, text) if "\\" in text else text


def _meant(escape: re.Match[str]) -> str:
    code = escape[1]
    return chr(int(code[1:], 16)) if len(code) > 1 else _ESCAPED.get(code, code)
