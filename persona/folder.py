"""The texts of a persona, out of its folder or out of a character card."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeVar

from anima.errors import ConfigError
from persona.charcard import LARGEST_BYTES as LARGEST_CARD_BYTES
from persona.charcard_file import is_card, opened
from persona.charcard_folder import CARD, TOML, unfolded
from persona.stickers import stickers_in

LARGEST_BYTES: Final = 256 * 1024
"""A profile is a page or some, and it is sent with every prompt."""

PROFILE: Final = "profile.md"
_T = TypeVar("_T")


@dataclass(slots=True)
class Folder:
    """What is at *path*: texts by their path inside, stickers, and a line for each *mistake*."""

    path: Path
    texts: dict[str, str] = field(default_factory=dict)
    stickers: Mapping[str, Path] = field(default_factory=dict)
    mistakes: list[str] = field(default_factory=list)

    def place(self, name: str) -> Path:
        """Where the text *name* stands, as its reader knows it."""
        return self.path / name

    def tried(self, name: str, parse: Callable[[str, Path], _T]) -> _T | None:
        """What *parse* makes of the text *name*; what it raises is kept among the mistakes."""
        try:
            return parse(self.texts[name], self.place(name)) if name in self.texts else None
        except ConfigError as error:
            place = f"{self.place(name)}"
            lines = str(error).splitlines()
            told = (line if line.startswith(place) else f"{place}: {line}" for line in lines)
            self.mistakes.extend(told)
            return None


def read(path: Path) -> Folder:
    """All texts of the persona at *path*. Raises `ConfigError` where there is none at all."""
    if path.is_dir():
        return _folder(path)
    if not is_card(path):
        raise ConfigError(
            f"persona {str(path)!r} is no folder; it should hold {TOML}, or be a card:"
            " .json, .png or .charx"
        )
    folder = Folder(path, unfolded(opened(path)))
    for name, text in folder.texts.items():
        if name != CARD and len(text.encode()) > LARGEST_BYTES:
            folder.mistakes.append(f"{path}: {_too_large(name)}")
    return folder


def _folder(path: Path) -> Folder:
    folder = Folder(path)
    folder.stickers, folder.mistakes = stickers_in(path)
    for name in _names(path):
        try:
            folder.texts[name] = _text(path / name, _most(name))
        except ConfigError as error:
            folder.mistakes.append(str(error))
    return folder


def _names(path: Path) -> Iterator[str]:
    yield from (TOML, PROFILE)
    yield from (name for name in ("examples.md", "note.md", CARD) if (path / name).exists())
    yield from sorted(file.name for file in path.glob("brief*.md"))
    yield from sorted(file.relative_to(path).as_posix() for file in path.glob("lore/*.md"))


def _most(name: str) -> int:
    return LARGEST_CARD_BYTES if name == CARD else LARGEST_BYTES


def _text(file: Path, most: int) -> str:
    try:
        with file.open("rb") as stream:
            content = stream.read(most + 1)
    except FileNotFoundError:
        raise ConfigError(f"{file} is missing; a persona has {TOML} and {PROFILE}") from None
    except OSError as error:
        raise ConfigError(f"{file} cannot be read: {error.strerror}") from error
    if len(content) > most:
        raise ConfigError(_too_large(str(file), most))
    try:
        text = content.decode("utf-8-sig")
        return text if file.name == CARD else text.replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise ConfigError(f"{file}, line {line}: not UTF-8; save the file as UTF-8") from error


def _too_large(name: str, most: int = LARGEST_BYTES) -> str:
    return f"{name} is larger than {most // 1024} KiB; keep to the person"
