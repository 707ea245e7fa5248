"""One entry of a card's book of lore, as JSON and as a file of `lore/`: a header and a text."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

Entry = Mapping[str, Any]

_LOGICS: Final[Mapping[int, str]] = MappingProxyType({0: "and", 1: "not-all", 2: "not", 3: "all"})
"""What cards write as a number: how many of the further keys must have been said."""

_FLAGS: Final = MappingProxyType({"always": "constant", "case": "case_sensitive"})
_COUNTS: Final = MappingProxyType({"priority": "priority", "order": "insertion_order"})
_MORE: Final = MappingProxyType({"sticky": "sticky", "cooldown": "cooldown", "depth": "scan_depth"})
"""Words of a header, and the fields that they stand for; the last ones are extensions."""

_YES: Final = frozenset({"true", "yes", "on"})
_LONGEST_NAME: Final = 60
_UNFIT: Final = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|]+")  # in a file's name, here or elsewhere
_LINE: Final = re.compile(r"([A-Za-z-]+)\s*[:：]\s*(.*)")
_KEY: Final = re.compile(r"\s*(?:(/(?:[^/\\]|\\.)+/[a-z]*)(?=\s*(?:[,，、]|$))|([^,，、]+))")
_NUMBER: Final = re.compile(r"[+-]?\d{1,9}")
_USUAL_ORDER: Final = 100
_EMPTY: Final[Entry] = MappingProxyType(
    {
        "keys": [],
        "content": "",
        "extensions": {},
        "enabled": True,
        "insertion_order": _USUAL_ORDER,
        "case_sensitive": False,
        "use_regex": False,
        "constant": False,
    }
)


def empty(name: str) -> Entry:
    """An entry called *name* that says nothing yet."""
    return {**_EMPTY, "name": name}


def called(entry: Entry) -> str:
    """What the file of *entry* is called, in letters that every disk takes."""
    keys = entry.get("keys")
    words = (entry.get("name"), entry.get("comment"), *(keys if isinstance(keys, list) else ()))
    named = (_UNFIT.sub(" ", word) for word in words if isinstance(word, str))
    fit = (" ".join(name.split())[:_LONGEST_NAME].strip(" .") for name in named)
    return next(filter(None, fit), "entry")


def written(entry: Entry) -> str:
    """The file that shows *entry*: when it comes to mind, and its text."""
    extensions = entry.get("extensions")
    more = extensions if isinstance(extensions, dict) else {}
    second = _joined(entry, "secondary_keys") if entry.get("selective") else ""
    header = {
        "keys": _joined(entry, "keys"),
        _logic(more.get("selectiveLogic")): second,
        "always": "true" if entry.get("constant") is True else "",
        "case": "true" if entry.get("case_sensitive") is True else "",
        "priority": _counted(entry.get("priority")),
        "order": _counted(entry.get("insertion_order"), _USUAL_ORDER),
        **{word: _counted(more.get(field)) for word, field in _MORE.items()},
    }
    lines = [f"{word}: {said}" for word, said in header.items() if said or word == "keys"]
    return "\n".join((*lines, "", str(entry.get("content", "")).strip(), ""))


def changed(entry: Entry, before: str, after: str) -> Entry:
    """*entry* with what differs between two forms of its file."""
    old, new = _read(before), _read(after)
    differs = {word for word in {**old, **new} if old.get(word, "") != new.get(word, "")}
    wanted = dict(entry)
    wanted |= {_FLAGS[word]: new.get(word, "") in _YES for word in _FLAGS if word in differs}
    for word in differs & set(_COUNTS):
        usual = _USUAL_ORDER if word == "order" else 0
        wanted[_COUNTS[word]] = _number(new.get(word, str(usual)))
    more = {_MORE[word]: _number(new.get(word, "")) for word in _MORE if word in differs}
    if "content" in differs:
        wanted["content"] = new["content"]
    if "keys" in differs:
        wanted["keys"] = _listed(new.get("keys", ""))
    if differs & set(_LOGICS.values()):
        number, second = _second(new)
        wanted |= {"secondary_keys": second, "selective": bool(second)}
        more["selectiveLogic"] = number
    return wanted | ({"extensions": {**(entry.get("extensions") or {}), **more}} if more else {})


def _logic(said: object) -> str:
    return next((word for number, word in _LOGICS.items() if number == said), "and")


def _second(said: Mapping[str, str]) -> tuple[int, list[str]]:
    """The number of the logic of the further keys, and these; a card has room for one kind."""
    kinds = ((number, said[word]) for number, word in _LOGICS.items() if said.get(word))
    number, keys = next(kinds, (0, ""))
    return number, _listed(keys)


def _read(text: str) -> dict[str, str]:
    """What a file says, by the words of its header and `content`."""
    header, _, content = text.strip().partition("\n\n")
    lines = [_LINE.fullmatch(line.strip()) for line in header.split("\n")]
    if not all(lines):
        return {"content": text.strip()}
    return {line[1].lower(): line[2] for line in lines if line} | {"content": content.strip()}


def _joined(entry: Entry, field: str) -> str:
    """The keys in *field*, a pattern between slashes."""
    said = entry.get(field)
    listed = said if isinstance(said, list) else []
    keys = [" ".join(key.split()) for key in listed if isinstance(key, str)]
    patterns = entry.get("use_regex") is True
    return ", ".join(f"/{key}/" if patterns and key[:1] != "/" else key for key in keys if key)


def _listed(keys: str) -> list[str]:
    return list(filter(None, ((key[1] or key[2] or "").strip() for key in _KEY.finditer(keys))))


def _counted(value: object, usual: int = 0) -> str:
    """*value* where it is a number that says anything else than the *usual* one."""
    return str(value) if type(value) is int and value != usual else ""


def _number(text: str) -> int:
    return int(text) if _NUMBER.fullmatch(text.strip()) else 0
