"""`anima persona import` and `export`: character cards to folders that one can edit, and back."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, TextIO

from anima.errors import ConfigError
from persona.card import load
from persona.charcard import CharCard, version
from persona.charcard_entry import called
from persona.charcard_file import is_card, opened, written
from persona.charcard_folder import OURS
from persona.charcard_spec import NEWEST
from persona.jsonspans import read
from service.persona_files import AVATAR, card_of, contents, put_file, put_folder
from service.shipped import found

_SILENT: Final = ("creator_notes", "creator", "tags", "character_version")
"""What makers of cards tell each other. It is kept, and no model is ever told it."""

_PLACES: Final = (
    ("name", "persona.toml"),
    ("nickname", "persona.toml, first among its names"),
    ("first_mes", "persona.toml, [greeting]"),
    ("alternate_greetings", "card.json; of each further language the first: persona.toml"),
    ("description", "profile.md"),
    ("personality", "profile.md, ## Personality"),
    ("scenario", "profile.md, ## Scenario"),
    ("system_prompt", "profile.md, ## Instructions"),
    ("post_history_instructions", "note.md"),
    ("mes_example", "examples.md"),
)


def imported(card: Path, to: Path | None, write: TextIO, *, force: bool) -> int:
    """Make a folder *to* of the character *card*, and say what went where. Raises `ConfigError`."""
    load(card)  # whatever is wrong with it is said before anything is written
    read_card = opened(card)
    folder = to or Path("personas") / called({"name": read_card.sheet.name}).replace(" ", "-")
    files = contents(read_card)
    before = put_folder(folder, files, force=force)
    write.writelines(f"{line}\n" for line in _told(read_card, files))
    if before:
        write.write(f"what was there is now in {before}\n")
    setting = json.dumps(str(folder), ensure_ascii=False)
    write.write(f"{folder} is written. Use it: persona = {setting} in anima.toml\n")
    write.write(f"What would make it deeper: anima persona check {folder}\n")
    return 0


def exported(persona: Path, file: Path, write: TextIO, *, old: bool, force: bool) -> int:
    """Write the *persona* as the character card *file*, an *old* one in version 2.

    Raises `ConfigError`.
    """
    if not is_card(file):
        raise ConfigError(f"{file} is no character card; name it .json, .png or .charx")
    place = found(persona)
    load(place)
    card = card_of(place)
    number = 2 if old else NEWEST
    put_file(file, written(card, file, number), force=force)
    write.write(f"{file} is written: {card.sheet.name}, character card version {number}\n")
    write.writelines(f"{line}\n" for line in _left(card, file))
    return 0


def _told(card: CharCard, files: dict[str, bytes]) -> Iterator[str]:
    """A line for each thing in *card*: what it is, and where it went."""
    value: dict[str, Any] = read(card.text)
    data = value["data"]
    yield f"{card.sheet.name}, character card version {version(value)}"
    known = {field for field, _ in _PLACES} | {*_SILENT, "character_book", "extensions"}
    yield from (_row(field, place) for field, place in _PLACES if data.get(field))
    if entries := card.sheet.character_book.entries:
        shown = sum(path.startswith("lore/") for path in files)
        yield _row("character_book", f"lore/, {shown} files for {len(entries)} entries")
    if AVATAR in files:
        yield _row("the picture", AVATAR)
    if card.files:
        yield _row("other files", f"charx/, {len(card.files)} of them")
    silent = [field for field in _SILENT if data.get(field)]
    if silent:
        yield _row(", ".join(silent), "card.json; never in a prompt")
    if names := [name for name in card.sheet.extensions if name != OURS]:
        yield _row("extensions", f"card.json, as they are: {_listed(names)}")
    if rest := [field for field in data if field not in known and data[field]]:
        yield _row("the rest", f"card.json, as it is: {_listed(rest)}")


def _left(card: CharCard, file: Path) -> Iterator[str]:
    """What *file* has no room for."""
    kind = file.suffix.lower()
    if card.files and kind != ".charx":
        yield f"{len(card.files)} files that belong to it stay behind; only a .charx takes them"
    if card.picture and kind == ".json":
        yield "the picture stays behind; a .png or a .charx takes it"


def _row(what: str, where: str) -> str:
    return f"  {what:<26} {where}"


def _listed(names: list[str], most: int = 8) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(repr(name)[1:-1][:40] for name in names[:most]) + more
