"""Character cards in files: JSON, PNG with the card inside, and CHARX."""

import base64
import binascii
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from anima.errors import ConfigError
from persona import charcard_icon, charx, png
from persona.charcard import CharCard, parse
from persona.charcard_spec import NEWEST, as_version

LARGEST_BYTES: Final = 64 * 1024 * 1024
_OLD: Final = "chara"
_NEW: Final = "ccv3"
_BOTH: Final = frozenset({_OLD, _NEW})


def opened(path: Path) -> CharCard:
    """The card in the file *path*. Raises `ConfigError`, a line for each mistake."""
    kind = _kind(path)
    try:
        return _READERS[kind](_content(path))
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {(error.strerror or '').lower()}") from error
    except ConfigError as error:
        told = (f"{path}: {line}" for line in str(error).splitlines())
        raise ConfigError("\n".join(told)) from error


def written(card: CharCard, path: Path, version: int) -> bytes:
    """The file for *card* in *version* 2 or 3, of the kind that *path* ends in."""
    return _WRITERS[_kind(path)](card, version)


def is_card(path: Path) -> bool:
    """Whether *path* ends as character cards do."""
    return path.suffix.lower() in _READERS


def _kind(path: Path) -> str:
    if not is_card(path):
        raise ConfigError(f"{path} is no character card; known are {', '.join(_READERS)}")
    return path.suffix.lower()


def _content(path: Path) -> bytes:
    with path.open("rb") as file:
        content = file.read(LARGEST_BYTES + 1)
    if len(content) > LARGEST_BYTES:
        raise ConfigError(f"larger than {LARGEST_BYTES >> 20} MiB; no card needs that")
    return content


def _from_json(content: bytes) -> CharCard:
    return CharCard(*parse(content))


def _from_png(content: bytes) -> CharCard:
    texts = png.texts(content, _BOTH)
    if not texts:
        raise ConfigError("no character card: a picture without a text 'chara' or 'ccv3'")
    keyword = _NEW if _NEW in texts else _OLD
    encoded = b"".join(texts[keyword].split()).rstrip(b"=")
    try:
        decoded = base64.b64decode(encoded + b"=" * (-len(encoded) % 4), validate=True)
    except binascii.Error as error:
        raise ConfigError(f"its text {keyword!r} is not base64; export the card again") from error
    return CharCard(*parse(decoded), picture=png.with_texts(content, {}, _BOTH))


def _from_charx(content: bytes) -> CharCard:
    files = charx.unpacked(content)
    text, sheet = parse(files.pop(charx.CARD))
    picture = files.get(charcard_icon.place(sheet), b"")
    return CharCard(text, sheet, picture if picture.startswith(png.SIGNATURE) else b"", files)


def _to_json(card: CharCard, version: int) -> bytes:
    return as_version(card.text, version).encode()


def _to_png(card: CharCard, version: int) -> bytes:
    texts = {_OLD: base64.b64encode(_to_json(card, 2))}
    if version == NEWEST:  # old readers know the first alone, new ones prefer this
        texts[_NEW] = base64.b64encode(_to_json(card, NEWEST))
    return png.with_texts(card.picture or png.blank(), texts, _BOTH)


def _to_charx(card: CharCard, version: int) -> bytes:
    text, files = charcard_icon.embedded(card)
    return charx.packed({charx.CARD: as_version(text, version).encode(), **files})


_READERS: Final[Mapping[str, Callable[[bytes], CharCard]]] = MappingProxyType(
    {".json": _from_json, ".png": _from_png, ".charx": _from_charx}
)
_WRITERS: Final[Mapping[str, Callable[[CharCard, int], bytes]]] = MappingProxyType(
    {".json": _to_json, ".png": _to_png, ".charx": _to_charx}
)
