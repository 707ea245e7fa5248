"""The versions of character cards: a card of the one as a card of the other, nothing lost."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from persona.charcard import SPECS, version
from persona.jsonspans import Spot, changed, read

NEWEST: Final = 3
BLANK: Final = '{"spec":"chara_card_v3","spec_version":"3.0","data":{}}'

_REQUIRED: Final[Mapping[str, object]] = MappingProxyType(
    {
        "name": "",
        "description": "",
        "personality": "",
        "scenario": "",
        "first_mes": "",
        "mes_example": "",
        "creator_notes": "",
        "system_prompt": "",
        "post_history_instructions": "",
        "alternate_greetings": [],
        "tags": [],
        "creator": "",
        "character_version": "",
        "extensions": {},
    }
)
_NEW: Final[Mapping[str, object]] = MappingProxyType({"group_only_greetings": []})
_OF_ENTRIES: Final[Mapping[str, object]] = MappingProxyType({"use_regex": False, "constant": False})


def as_version(text: str, wanted: int) -> str:
    """The card *text* as one of version *wanted*: untouched if it is that already.

    What only the other version knows stays where it is; readers pass over what they do not know.
    """
    card = read(text)
    if version(card) == wanted:
        return text
    spec = next(spec for spec, number in SPECS.items() if number == wanted)
    changes: dict[Spot, object] = {("spec",): spec, ("spec_version",): f"{wanted}.0"}
    return changed(text, changes | dict(_missing(card["data"], wanted)))


def whole(text: str) -> str:
    """The card *text* of the newest version with all that the standard wants to be there."""
    return changed(text, dict(_missing(read(text)["data"], NEWEST)))


def differences(before: Any, after: Any, spot: Spot = ()) -> dict[Spot, object]:
    """What to change to make *after* of *before*, in as small pieces as can be.

    Nothing is taken away: lists that get shorter are replaced.
    """
    if isinstance(before, dict) and isinstance(after, dict):
        pairs = ((key, before.get(key), after[key], key in before) for key in after)
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        pairs = ((at, before[at], after[at], True) for at in range(len(after)))
    else:
        return {} if _same(before, after) else {spot: after}
    changes: dict[Spot, object] = {}
    for part, old, new, known in pairs:
        changes |= differences(old, new, (*spot, part)) if known else {(*spot, part): new}
    return changes


def _same(before: object, after: object) -> bool:
    return before == after and type(before) is type(after)


def _missing(data: Mapping[str, Any], wanted: int) -> Iterator[tuple[Spot, object]]:
    required = {**_REQUIRED, **(_NEW if wanted == NEWEST else {})}
    yield from ((("data", key), value) for key, value in required.items() if key not in data)
    book = data.get("character_book")
    entries = (book.get("entries") if isinstance(book, dict) else None) or []
    for at, entry in enumerate(entries if wanted == NEWEST else []):
        for key, value in _OF_ENTRIES.items():
            if key not in entry:
                yield ("data", "character_book", "entries", at, key), value
