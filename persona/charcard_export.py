"""Makes a character card of a persona's folder, and touches nothing that nobody changed."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from persona import charcard_lore, charcard_names
from persona.charcard import CharCard, Sheet, parse
from persona.charcard_folder import CARD, OURS, extension, said, unfolded
from persona.charcard_spec import BLANK, differences, whole
from persona.jsonspans import Spot, changed, read, without

_DATA: Final = ("data",)
_BOOK: Final = ("data", "character_book")
_ENTRIES: Final = ("data", "character_book", "entries")
_EXTENSIONS: Final = ("data", "extensions")


def folded(
    texts: Mapping[str, str], picture: bytes = b"", files: Mapping[str, bytes] | None = None
) -> CharCard:
    """The card that the *texts* of a folder make, with its *picture* and other *files*.

    It is the one that the folder was made of, word for word, but for what was changed since. What
    cards have no words for goes among the extensions. Raises `ConfigError`.
    """
    text = texts[CARD] if CARD in texts else whole(BLANK)
    sheet = parse(text.encode())[1] if CARD in texts else None
    text = changed(text, dict(_fields(text, sheet, texts)))
    text = _with_lore(text, sheet, texts)
    text = _with_ours(text, texts)
    return CharCard(*parse(text.encode()), picture, files or {})


def _fields(
    text: str, sheet: Sheet | None, texts: Mapping[str, str]
) -> Iterator[tuple[Spot, object]]:
    """The fields that say something else than before."""
    before = said(unfolded(CharCard(text, sheet))) if sheet else None
    after, data = said(texts), read(text)["data"]
    for field, value in after.fields.items():
        old = before.fields[field] if before else data.get(field, "")
        if value != old:
            yield (*_DATA, field), value
    alternates = sheet.alternate_greetings if sheet else []
    wanted = charcard_names.others(alternates, before.file if before else None, after.file)
    if wanted != alternates:
        yield (*_DATA, "alternate_greetings"), list(wanted)


def _with_lore(text: str, sheet: Sheet | None, texts: Mapping[str, str]) -> str:
    entries = sheet.character_book.entries if sheet else []
    wanted = charcard_lore.edited(entries, texts)
    if wanted == entries:
        return text
    old = read(text)["data"].get("character_book")
    if not isinstance(old, dict) or not isinstance(old.get("entries"), list):
        known = old if isinstance(old, dict) else {"extensions": {}}
        book: dict[str, object] = {**known, "entries": wanted}
        return changed(text, {_BOOK: book})
    changes: dict[Spot, object] = {}
    for at, entry in enumerate(wanted):
        before: Any = entries[at] if at < len(entries) else None
        changes |= differences(before, entry, (*_ENTRIES, at)) if entry is not None else {}
    gone = [at for at, entry in enumerate(wanted) if entry is None]
    return without(changed(text, changes), _ENTRIES, gone) if gone else changed(text, changes)


def _with_ours(text: str, texts: Mapping[str, str]) -> str:
    """*text* with what cards have no words for."""
    sheet = parse(text.encode())[1]
    ours = extension(sheet, texts) or ({} if OURS in sheet.extensions else None)
    if ours is None or ours == sheet.extensions.get(OURS):
        return text
    if isinstance(read(text)["data"].get("extensions"), dict):
        return changed(text, {(*_EXTENSIONS, OURS): ours})
    return changed(text, {_EXTENSIONS: {OURS: ours}})
