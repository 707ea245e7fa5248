"""A character card as the files of a folder, and what the files say in the words of a card."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from persona import charcard_lore, charcard_names, charcard_talk, charcard_words
from persona.cardfile import CardFile, parse
from persona.charcard import CharCard, Sheet

CARD: Final = "card.json"
TOML: Final = "persona.toml"
OURS: Final = "anima"
"""Our place among a card's `extensions`: what a folder says that cards have no words for."""

_HELD: Final = re.compile(
    r"persona\.toml|(?:profile|examples|note|brief(?:\.[a-z]{2,3})?)\.md|lore/[^/\\:.][^/\\:]*\.md"
)


@dataclass(frozen=True, slots=True)
class Said:
    """What a folder says in the words of a card. *file* is its `persona.toml`."""

    fields: Mapping[str, str]
    file: CardFile


def unfolded(card: CharCard) -> dict[str, str]:
    """By path, the texts of the folder for *card*. Placeholders stay as they are written."""
    return {**plain(card.sheet), **_ours(card.sheet), CARD: card.text}


def plain(sheet: Sheet) -> dict[str, str]:
    """The texts that *sheet* makes, without what we said ourselves in its extensions."""
    fields = sheet.model_dump(include=set(charcard_words.HEADINGS) | {"description"})
    texts = {
        TOML: charcard_names.to_toml(sheet),
        "profile.md": charcard_words.to_profile(fields),
        "examples.md": charcard_talk.to_examples(sheet.mes_example, sheet.name),
        "note.md": sheet.post_history_instructions.strip(),
    }
    lore = dict(charcard_lore.files(sheet.character_book.entries).values())
    kept = {path: f"{text.strip()}\n" for path, text in texts.items() if text.strip()}
    return kept | lore


def said(texts: Mapping[str, str]) -> Said:
    """What the *texts* of a folder say. Raises `ConfigError` for its `persona.toml`."""
    file = parse(texts[TOML], Path(TOML))
    fields = {
        **charcard_words.to_fields(texts["profile.md"]),
        **charcard_names.named(file),
        "mes_example": charcard_talk.to_told(texts.get("examples.md", "")),
        "post_history_instructions": texts.get("note.md", "").strip(),
    }
    return Said(fields, file)


def extension(sheet: Sheet, texts: Mapping[str, str]) -> dict[str, Any] | None:
    """Our extension for *sheet*: those of *texts* that it cannot make, with what they belong to."""
    made = plain(sheet)
    more = {
        path: text for path, text in texts.items() if text.strip() != made.get(path, "").strip()
    }
    more.pop(CARD, None)
    return {"for": _mark(sheet), "files": more} if more else None


def _ours(sheet: Sheet) -> dict[str, str]:
    """What our extension says, as long as nobody has changed the card around it."""
    ours = sheet.extensions.get(OURS)
    files = (
        ours.get("files") if isinstance(ours, dict) and ours.get("for") == _mark(sheet) else None
    )
    if not isinstance(files, dict):
        return {}
    return {path: text for path, text in files.items() if isinstance(text, str) and _fits(path)}


def _fits(path: str) -> bool:
    """Whether a text at *path* is one that folders hold; cards come from strangers."""
    return bool(_HELD.fullmatch(path)) and path.isprintable()


def _mark(sheet: Sheet) -> str:
    told = sheet.model_dump_json(exclude={"extensions", "assets"})
    return sha256(told.encode()).hexdigest()[:12]
