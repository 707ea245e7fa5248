"""Reads entries of lore from a card's `character_book`, version 2 or 3.

Cards come from strangers: what is wrong in an entry is left out, and said in a line.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from anima.errors import ConfigError
from persona.lore_decorators import decorated, undecorated
from persona.lore_entry import DEEPEST, FOREVER, SCAN, Condition, Entry, Logic
from persona.lore_keys import key
from persona.lore_pattern import pattern, shaped

_LOGICS: Final[tuple[Logic, ...]] = ("any", "not all", "not any", "all")
"""By the number that cards write: AND_ANY, NOT_ALL, NOT_ANY, AND_ALL."""

_MEANT: Final = re.compile(r"[\\^$*+?()\[\]{}|]")
"""What a key without slashes holds only where it is meant as a pattern."""

_MESSAGES_A_TURN: Final = 2

Raw = Mapping[str, object]
Told = Callable[[str], None]


def entries(raw: Sequence[Raw], wrong: Told, book: Raw = MappingProxyType({})) -> tuple[Entry, ...]:
    """What the *raw* entries mean; *wrong* is told, a line each, what is left out and why.

    Their *book* says how deep they are scanned, and whether their texts call up each other.
    """
    names: Counter[str] = Counter()
    found: list[Entry | None] = []
    for one in raw:
        name = _name(one)
        names[name] += 1
        called = name if names[name] == 1 else f"{name} {names[name]}"
        found.append(_Entry(called, one, _table(one.get("extensions")), wrong).read(book))
    return tuple(filter(None, found))


@dataclass(frozen=True, slots=True)
class _Entry:
    """One *raw* entry; *more* is what its extensions say."""

    name: str
    raw: Raw
    more: Raw
    wrong: Told

    def read(self, book: Raw) -> Entry | None:
        """What it means, or None: it is off, empty, or has no key that can be said."""
        said, text = undecorated(_text(self.raw.get("content")))
        if self.raw.get("enabled") is False or not text:
            return None
        always = self.raw.get("constant") is True
        entry = Entry(
            self.name,
            text,
            self._keys("keys"),
            self._conditions(),
            always=always,
            cased=self._cased(),
            loose=self.more.get("match_whole_words") is False,
            depth=self._depth(book),
            sticky=_turns(self.more.get("sticky")),
            cooldown=_turns(self.more.get("cooldown")),
            after=_turns(self.more.get("delay")),
            recursion=self._recursion(book),
            called=self.more.get("exclude_recursion") is not True,
            priority=_number(self.raw.get("priority"), self._order()),
            order=self._order(),
        )
        wanted = decorated(entry, said)
        if wanted is None or not (wanted.keys or wanted.always):
            return None
        return replace(wanted, conditions=self._readable(wanted.conditions))

    def _readable(self, conditions: Sequence[Condition]) -> tuple[Condition, ...]:
        """*conditions* without the keys that we do not take."""
        kept = (Condition(one.logic, self._taken(one.keys)) for one in conditions)
        return tuple(one for one in kept if one.keys)

    def _cased(self) -> bool:
        return (self.raw.get("case_sensitive") or self.more.get("case_sensitive")) is True

    def _order(self) -> int:
        return _number(self.raw.get("insertion_order"), 100)

    def _depth(self, book: Raw) -> int:
        usual = _number(book.get("scan_depth"), SCAN)
        return max(1, min(_number(self.more.get("scan_depth"), usual), FOREVER))

    def _recursion(self, book: Raw) -> int:
        calls = book.get("recursive_scanning") is True
        return DEEPEST if calls and self.more.get("prevent_recursion") is not True else 0

    def _conditions(self) -> tuple[Condition, ...]:
        keys = self._keys("secondary_keys") if self.raw.get("selective") is True else ()
        number = _number(self.more.get("selectiveLogic"), 0)
        logic = _LOGICS[number] if 0 <= number < len(_LOGICS) else "any"
        return (Condition(logic, keys),) if keys else ()

    def _keys(self, field: str) -> tuple[str, ...]:
        return self._taken(_texts(self.raw.get(field)))

    def _taken(self, written: Iterable[str]) -> tuple[str, ...]:
        keys = (self._key(" ".join(one.split())) for one in written)
        return tuple(dict.fromkeys(filter(None, keys)))

    def _key(self, written: str) -> str:
        """The key as we read it, or nothing where it is a pattern that we do not take."""
        bare = self.raw.get("use_regex") is True and not shaped(written) and _MEANT.search(written)
        try:
            if bare:
                return _slashed(written, cased=self._cased())
            key(written)
        except ConfigError as error:
            self.wrong(f"lore {self.name!r}: {error}; the key is left out")
            return ""
        return written


def _slashed(written: str, *, cased: bool) -> str:
    """The pattern *written* without slashes, with them; as a word where it is none, such as C++."""
    escaped = written.replace("/", "\\/")
    slashed = f"/{escaped}/{'' if cased else 'i'}"
    try:
        pattern(slashed)
    except ConfigError:
        if written.rstrip("+?*").isalnum():
            return written
        raise
    return slashed


def _name(raw: Raw) -> str:
    named = (raw.get("name"), raw.get("comment"), *_texts(raw.get("keys")))
    words = (" ".join(_text(one).split()) for one in named)
    return next(filter(None, words), "entry")


def _turns(messages: object) -> int:
    """Cards count messages; a turn is a person's and ours."""
    return -(-_number(messages, 0) // _MESSAGES_A_TURN)


def _number(value: object, usual: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:  # noqa: PLR0124 - NaN
        return usual
    return int(max(-FOREVER, min(value, FOREVER)))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: object) -> Iterable[str]:
    return (one for one in value if isinstance(one, str)) if isinstance(value, list | tuple) else ()


def _table(value: object) -> Raw:
    return value if isinstance(value, Mapping) else {}
