r"""A pattern among the keys of an entry of lore, such as `/\bcats?\b|猫/i`: bounded and compiled.

Cards come from strangers, so none of their patterns may keep us busy. We read a pattern ourselves:
`*`, `+` and `{2,}` reach 40 characters, what can match in several ways is not repeated, and what
it costs to try it at one place is reckoned beforehand and has an end.
"""

import re
from dataclasses import dataclass, replace
from typing import Final

from anima.errors import ConfigError

REACH: Final = 40
"""So many times `*` and `+` repeat at most."""

DEAREST: Final = 20_000
"""Steps that one place in a text may cost a pattern; two `.*` are some five thousand."""

_LONGEST: Final = 200
_DEEPEST: Final = 12
_MOST_TIMES: Final = 100

SPACED: Final = (
    "0-9A-Za-z_ªµºÀ-ÖØ-öø-ʯ\u0300-\u036f\u0370-\u03ff\u0400-\u052f\u0531-\u0587"
    "\u10a0-\u10ff\u1e00-\u1fff"
)
"""Letters of the scripts that part their words by spaces. Han, kana, Hangul and Thai do not."""

_SHAPE = re.compile(r"/((?:[^/\\]|\\.)+)/([dgimsuvy]*)", re.DOTALL)
_TIMES = re.compile(r"\{(\d{1,4})(?:(,)(\d{1,4})?)?\}")
_GROUP = re.compile(r"\(\?(?::|<(?![=!])[A-Za-z_]\w*>)|\((?!\?)|(?P<look>\(\?<?[=!])")
_CODE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|u\{([0-9A-Fa-f]{1,6})\})")
_FLAGS: Final = (("i", re.IGNORECASE), ("m", re.MULTILINE), ("s", re.DOTALL))
_CLASSES: Final = frozenset({r"\d", r"\D", r"\w", r"\W", r"\s", r"\S"})
_EDGE: Final = (
    f"(?:(?<=[{SPACED}])(?![{SPACED}])|(?<![{SPACED}])(?=[{SPACED}]))",
    f"(?:(?<=[{SPACED}])(?=[{SPACED}])|(?<![{SPACED}])(?![{SPACED}]))",
)
"""What `\\b` and `\\B` mean beside scripts without spaces: `猫cat猫` holds the word `cat`."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A *compiled* pattern and the steps that one place in a text may *cost* it."""

    compiled: re.Pattern[str]
    cost: int


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a pattern, as Python's *source*.

    It matches in so many *ways* at one place, which takes so many *steps* to try, and begins with
    the letter *first* where only one can begin it.
    """

    source: str
    ways: int = 1
    steps: int = 1
    first: str = ""


def shaped(key: str) -> bool:
    """Whether *key* is written as a pattern: between slashes, and flags behind."""
    return _SHAPE.fullmatch(key) is not None


def pattern(key: str, *, cased: bool = True) -> Pattern:
    """The pattern that *key* is, with its slashes or without. Raises `ConfigError` with the reason.

    Without *cased* it ignores case, whatever its flags say.
    """
    if len(key) > _LONGEST:
        raise ConfigError(f"the pattern {key[:20]!r}… has over {_LONGEST} characters; cut it")
    shape = _SHAPE.fullmatch(key)
    body, letters = (shape[1], shape[2]) if shape else (key, "")
    flags = re.IGNORECASE if not cased else re.NOFLAG
    for letter, flag in _FLAGS:
        flags |= flag if letter in letters else re.NOFLAG
    piece = _Reader(body, key).whole()
    if piece.steps > DEAREST:
        raise ConfigError(f"the pattern {key!r} would take too long; use fewer * and +")
    try:
        return Pattern(re.compile(piece.source, flags), piece.steps)
    except re.error as error:
        raise ConfigError(f"the pattern {key!r} is broken: {error.msg}") from error


class _Reader:
    """Reads the *body* of a pattern; *key* is what mistakes name."""

    def __init__(self, body: str, key: str) -> None:
        self._body = body
        self._key = key
        self._at = 0
        self._depth = 0

    def whole(self) -> _Piece:
        """All of it."""
        piece = self._alternatives()
        if self._at < len(self._body):
            raise self._wrong("a ) too many")
        return piece

    def _alternatives(self) -> _Piece:
        branches = [self._sequence()]
        while self._took("|"):
            branches.append(self._sequence())
        if len(branches) == 1:
            return branches[0]
        firsts = {branch.first for branch in branches} - {""}
        ways = [branch.ways for branch in branches]
        return _Piece(
            "|".join(branch.source for branch in branches),
            max(ways) if len(firsts) == len(branches) else sum(ways),
            sum(branch.steps for branch in branches),
        )

    def _sequence(self) -> _Piece:
        pieces: list[_Piece] = []
        while self._at < len(self._body) and self._body[self._at] not in "|)":
            pieces.append(self._repeated(self._atom()))
        whole = _Piece("")
        for piece in reversed(pieces):
            steps = min(piece.steps + piece.ways * whole.steps, 10 * DEAREST)
            ways = min(piece.ways * whole.ways, 10 * DEAREST)
            whole = _Piece(piece.source + whole.source, ways, steps, piece.first)
        return whole

    def _repeated(self, atom: _Piece) -> _Piece:
        least, most = self._times()
        if (least, most) == (1, 1):
            return atom
        if most > 1 and atom.ways > 1:
            raise self._wrong("a repeat of what already matches in several ways")
        if most > _MOST_TIMES or most < least:
            raise self._wrong(f"a repeat of {least} to {most} times; {_MOST_TIMES} are the most")
        lazy = "?" if self._took("?") else ""
        return _Piece(
            f"{atom.source}{{{least},{most}}}{lazy}",
            atom.ways + 1 if most == 1 else most - least + 1,
            min(atom.steps * most + 1, 10 * DEAREST),
            atom.first if least else "",
        )

    def _times(self) -> tuple[int, int]:
        for mark, times in (("*", (0, REACH)), ("+", (1, REACH)), ("?", (0, 1))):
            if self._took(mark):
                return times
        times_in_braces = _TIMES.match(self._body, self._at)
        if times_in_braces is None:
            return 1, 1
        self._at = times_in_braces.end()
        least = int(times_in_braces[1])
        if times_in_braces[3]:
            return least, int(times_in_braces[3])
        return least, max(least, REACH) if times_in_braces[2] else least

    def _atom(self) -> _Piece:
        char = self._body[self._at]
        if char == "(":
            return self._group()
        if char == "[":
            return _Piece(self._set())
        if char == "\\":
            return self._escaped()
        if char in "*+?":
            raise self._wrong(f"nothing before {char!r} to repeat")
        self._at += 1
        if char in ".^$":
            return _Piece(char)
        return _Piece(re.escape(char), first=char.casefold())

    def _group(self) -> _Piece:
        begun = _GROUP.match(self._body, self._at)
        self._depth += 1
        if begun is None or self._depth > _DEEPEST:
            raise self._wrong("a kind of group that we do not know, or too many inside each other")
        self._at = begun.end()
        inner = self._alternatives()
        if not self._took(")"):
            raise self._wrong("a ( without its )")
        self._depth -= 1
        if look := begun["look"]:
            return _Piece(f"{look}{inner.source})", steps=inner.steps)
        return replace(inner, source=f"(?:{inner.source})")

    def _escaped(self) -> _Piece:
        if code := self._coded():
            return _Piece(re.escape(code), first=code.casefold())
        char = self._body[self._at + 1 : self._at + 2]
        self._at += 2
        if char in {"b", "B"}:
            return _Piece(_EDGE[char == "B"])
        return _Piece(self._plain(char))

    def _set(self) -> str:
        """The set of characters that begins here, with all that Python may mistake escaped."""
        self._at += 1
        made = ["[^" if self._took("^") else "["]
        while not self._took("]"):
            if self._at >= len(self._body):
                raise self._wrong("a [ without its ]")
            made.append(self._member())
        if len(made) == 1:
            raise self._wrong("an empty []")
        return "".join([*made, "]"])

    def _member(self) -> str:
        """One character of a set, or a range of them. Beside a class of them a dash is a dash."""
        left = self._one_of_set()
        if not self._body.startswith("-", self._at) or self._body.startswith("-]", self._at):
            return left
        self._at += 1
        right = self._one_of_set() if self._at < len(self._body) else ""
        dash = r"\-" if {left, right} & _CLASSES else "-"
        return f"{left}{dash}{right}"

    def _one_of_set(self) -> str:
        char = self._body[self._at]
        if char != "\\":
            self._at += 1
            return re.escape(char)
        if code := self._coded():
            return re.escape(code)
        char = self._body[self._at + 1 : self._at + 2]
        self._at += 2
        return self._plain(char)

    def _coded(self) -> str:
        code = _CODE.match(self._body, self._at)
        if code is None:
            return ""
        self._at = code.end()
        number = int(code[1] or code[2] or code[3], 16)
        try:
            return chr(number)
        except ValueError:
            raise self._wrong(f"no character {code[0]}") from None

    def _plain(self, char: str) -> str:
        if char and char in "dDwWsSntrfv":
            return f"\\{char}"
        if not char or char.isalnum():
            raise self._wrong(f"a \\{char} that we do not know")
        return re.escape(char)

    def _took(self, mark: str) -> bool:
        taken = self._body.startswith(mark, self._at)
        self._at += taken
        return taken

    def _wrong(self, why: str) -> ConfigError:
        return ConfigError(f"the pattern {self._key!r} has {why}")
