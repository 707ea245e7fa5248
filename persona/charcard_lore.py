"""The book of lore in a card, and the files in `lore/` that show its entries for editing."""

from collections.abc import Mapping, Sequence
from typing import Final

from persona.charcard_entry import Entry, called, changed, empty, written

LORE: Final = "lore/"


def files(entries: Sequence[Entry]) -> dict[int, tuple[str, str]]:
    """By index, the path and the text of each of *entries* that is on and says anything."""
    shown: dict[int, tuple[str, str]] = {}
    taken: dict[str, int] = {}
    for index, entry in enumerate(entries):
        if entry.get("enabled", True) is not False and str(entry.get("content", "")).strip():
            shown[index] = (f"{LORE}{_free(called(entry), taken)}.md", written(entry))
    return shown


def kept(entries: Sequence[Entry], texts: Mapping[str, str]) -> tuple[Entry, ...]:
    """Those of *entries* whose files nobody has changed or taken out of the *texts*."""
    shown = files(entries)
    return tuple(
        entry
        for index, entry in enumerate(entries)
        if index not in shown or _unchanged(*shown[index], texts)
    )


def own(entries: Sequence[Entry], texts: Mapping[str, str]) -> dict[str, str]:
    """Those of the *texts* in `lore/` that say something else than *entries* do."""
    shown = [pair for pair in files(entries).values() if _unchanged(*pair, texts)]
    known = {path for path, _ in shown}
    mine = {path: text for path, text in texts.items() if path.startswith(LORE)}
    return {path: text for path, text in mine.items() if path not in known}


def edited(entries: Sequence[Entry], texts: Mapping[str, str]) -> list[Entry | None]:
    """*entries* as the *texts* of the folder want them, changed or gone; then the new ones."""
    shown = files(entries)
    known = {path for path, _ in shown.values()}
    wanted = [
        _wanted(entry, *shown[index], texts) if index in shown else entry
        for index, entry in enumerate(entries)
    ]
    fresh = [path for path in texts if path.startswith(LORE) and path not in known]
    return [*wanted, *(_added(path, texts[path]) for path in fresh)]


def _wanted(entry: Entry, path: str, before: str, texts: Mapping[str, str]) -> Entry | None:
    if path not in texts:
        return None
    return entry if _unchanged(path, before, texts) else changed(entry, before, texts[path])


def _unchanged(path: str, before: str, texts: Mapping[str, str]) -> bool:
    return texts.get(path, "").strip() == before.strip()


def _added(path: str, text: str) -> Entry:
    return changed(empty(path.removeprefix(LORE).removesuffix(".md")), "", text)


def _free(name: str, taken: dict[str, int]) -> str:
    """*name*, or with a number behind it; files that differ in case alone are one on some disks."""
    free = name
    while free.casefold() in taken:
        taken[name.casefold()] += 1
        free = f"{name} {taken[name.casefold()]}"
    taken[free.casefold()] = 1
    return free
