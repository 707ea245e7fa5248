"""PNG pictures, as far as a character card needs them: the texts that travel in one."""

import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import repeat
from typing import Final

from anima.errors import ConfigError

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
LARGEST_TEXT_BYTES: Final = 12 * 1024 * 1024
"""A text may be packed a thousandfold; base64 of the largest card that we read fits in."""

_AROUND: Final = 12  # length, kind and checksum of a chunk
_TEXTS: Final = frozenset({b"tEXt", b"zTXt", b"iTXt"})
_BLANK: Final = 256  # pixels a side


@dataclass(frozen=True, slots=True)
class Chunk:
    """One piece of a picture."""

    kind: bytes
    content: bytes

    def __bytes__(self) -> bytes:
        checksum = zlib.crc32(self.kind + self.content)
        return (
            struct.pack(">I4s", len(self.content), self.kind)
            + self.content
            + struct.pack(">I", checksum)
        )

    @property
    def keyword(self) -> str:
        """What the text in it is called; empty for what is no text."""
        return self.content.split(b"\0")[0].decode("latin-1") if self.kind in _TEXTS else ""


def texts(picture: bytes, keywords: frozenset[str]) -> dict[str, bytes]:
    """By keyword, the first text of each of *keywords* in *picture*. Raises `ConfigError`."""
    found = [chunk for chunk in _chunks(picture) if chunk.keyword in keywords]
    return {chunk.keyword: _text(chunk) for chunk in reversed(found)}


def with_texts(picture: bytes, new: Mapping[str, bytes], old: frozenset[str]) -> bytes:
    """*picture* with the texts in *new* before its end, and without those called as in *old*."""
    kept = [chunk for chunk in _chunks(picture) if chunk.keyword not in old]
    added = [Chunk(b"tEXt", key.encode("latin-1") + b"\0" + text) for key, text in new.items()]
    return SIGNATURE + b"".join(map(bytes, (*kept[:-1], *added, kept[-1])))


def blank() -> bytes:
    """A plain picture, for a card that has none."""
    header = struct.pack(">IIBBBBB", _BLANK, _BLANK, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(repeat(b"\0" + b"\xdd" * _BLANK, _BLANK)))
    chunks = (Chunk(b"IHDR", header), Chunk(b"IDAT", rows), Chunk(b"IEND", b""))
    return SIGNATURE + b"".join(map(bytes, chunks))


def _chunks(picture: bytes) -> Iterator[Chunk]:
    if not picture.startswith(SIGNATURE):
        raise ConfigError("no PNG: it does not begin as one")
    at, kind = len(SIGNATURE), b""
    while kind != b"IEND":
        if at + _AROUND > len(picture):
            raise ConfigError("broken PNG: it ends before its IEND; fetch it again")
        length, kind = struct.unpack_from(">I4s", picture, at)
        if at + _AROUND + length > len(picture):
            raise ConfigError(f"broken PNG: it ends inside of a {_name(kind)}; fetch it again")
        chunk = Chunk(kind, picture[at + 8 : at + 8 + length])
        if picture[at : at + _AROUND + length] != bytes(chunk):
            raise ConfigError(f"broken PNG: the checksum of a {_name(kind)} is wrong")
        at += _AROUND + length
        yield chunk


def _name(kind: bytes) -> str:
    return repr(kind.decode("latin-1"))


def _text(chunk: Chunk) -> bytes:
    _, _, rest = chunk.content.partition(b"\0")
    if chunk.kind == b"tEXt":
        return rest
    if chunk.kind == b"zTXt":
        return _unpacked(rest[1:], chunk.keyword)
    packed, (_, _, text) = rest[:1] == b"\1", _international(rest[2:])
    return _unpacked(text, chunk.keyword) if packed else text


def _international(rest: bytes) -> tuple[bytes, bytes, bytes]:
    """Language, translated keyword and text of an iTXt."""
    language, _, rest = rest.partition(b"\0")
    keyword, _, text = rest.partition(b"\0")
    return language, keyword, text


def _unpacked(packed: bytes, keyword: str) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        text = unpacking.decompress(packed, LARGEST_TEXT_BYTES)
    except zlib.error as error:
        raise ConfigError(f"broken PNG: its text {keyword!r} cannot be unpacked") from error
    if unpacking.unconsumed_tail or not unpacking.eof:
        whole = "is not whole" if not unpacking.unconsumed_tail else "unpacks to far too much"
        raise ConfigError(f"broken PNG: its text {keyword!r} {whole}")
    return text
