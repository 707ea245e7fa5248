"""Who the page shows: a name, a greeting and a picture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final

_LARGEST_BYTES: Final = 4 * 1024 * 1024
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_INITIAL: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96">'
    '<rect width="96" height="96" fill="#4b5bb5"/>'
    '<text x="48" y="50" fill="#fff" font-family="system-ui,sans-serif" font-size="46" '
    'text-anchor="middle" dominant-baseline="central">{letter}</text></svg>'
)


@dataclass(frozen=True, slots=True)
class Face:
    """A persona as the page needs it. *languages*: the first one is spoken when none is asked."""

    name: str
    names: Mapping[str, Sequence[str]]
    greeting: Mapping[str, str]
    languages: Sequence[str]
    picture: bytes | None = None

    def called(self, language: str) -> str:
        """Its usual name in *language*."""
        return next(iter(self.names.get(language, ())), self.name)

    def greets(self, wishes: Sequence[str]) -> tuple[str, str]:
        """Its greeting in the first of the languages wished for that it knows, and which it is."""
        for language in (*wishes, *self.languages, *self.greeting):
            if language in self.greeting:
                return language, self.greeting[language]
        return "", ""

    @property
    def portrait(self) -> str:
        """Where its picture is."""
        return "/avatar.png" if self.picture else "/avatar.svg"

    @property
    def initial(self) -> str:
        """A picture with the first letter of its name."""
        return _INITIAL.format(letter=escape(self.name[:1].upper()))


def picture_of(folder: Path) -> bytes | None:
    """The PNG that a persona brought along, or none that we could show."""
    file = folder / "avatar.png"
    try:
        if not file.is_file() or file.stat().st_size > _LARGEST_BYTES:
            return None
        picture = file.read_bytes()
    except OSError:
        return None
    return picture if picture.startswith(_PNG) else None
