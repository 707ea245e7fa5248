"""The pictures that a persona sends in place of words: files in `stickers/`, by their name.

`stickers/抱抱.webp` is sent by a message that is `[抱抱]` and nothing else. In the midst of words a
code stays a code.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from anima.model import Sticker
from persona.emotes import shown

FOLDER: Final = "stickers"
MOST: Final = 60
"""More names than that would be a page of their own in each prompt."""

_BYTES: Final[Mapping[str, int]] = MappingProxyType(
    {".webp": 512 * 1024, ".png": 512 * 1024, ".webm": 256 * 1024, ".tgs": 64 * 1024}
)
"""What Telegram takes: pictures, films, and animations, each up to so many bytes."""
_CODE: Final = re.compile(r"\s*\[([^\[\]\n]{1,40})\]\s*")


def stickers_in(folder: Path) -> tuple[Mapping[str, Path], list[str]]:
    """The files in the persona's *folder* by their code, and a line for each that is none."""
    found: dict[str, Path] = {}
    wrong: list[str] = []
    for file in sorted((folder / FOLDER).glob("[!.]*")):
        mistake = _mistake(file) or _twice(file, found)
        if mistake:
            wrong.append(f"{file}: {mistake}")
        else:
            found[file.stem] = file
    if len(found) > MOST:
        wrong.append(f"{folder / FOLDER}: {len(found)} stickers; {MOST} is what a prompt can name")
    return MappingProxyType(found), wrong


def sticker(known: Mapping[str, Path], text: str) -> Sticker | None:
    """The one of *known* that *text* is, if it is nothing else."""
    code = _CODE.fullmatch(text) if known else None
    file = known.get(code[1]) if code else None
    if code is None or file is None:
        return None
    face = shown(f"[{code[1]}]")
    return Sticker(code[1], file, "" if face.startswith("[") else face)


def offered(known: Mapping[str, Path]) -> str:
    """The line that tells a model which there are; empty where there are none."""
    if not known:
        return ""
    codes = " ".join(f"[{code}]" for code in known)
    return f"You have stickers: {codes}. One alone in a message of its own is sent; rarely do so."


def _mistake(file: Path) -> str:
    most = _BYTES.get(file.suffix.lower())
    if most is None:
        return f"no sticker; its name should end in one of {', '.join(_BYTES)}"
    if not _CODE.fullmatch(f"[{file.stem}]"):
        return "its name is its code; give it 1 to 40 letters without brackets"
    size = file.stat().st_size
    if not size or size > most:
        return f"it has {size} bytes; a {file.suffix} may have 1 to {most}"
    return ""


def _twice(file: Path, found: Mapping[str, Path]) -> str:
    other = found.get(file.stem)
    return f"{other.name} has that name already; a code means one picture" if other else ""
