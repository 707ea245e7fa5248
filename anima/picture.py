"""What kind of picture some bytes are, and how large: told by how they begin, and by nothing else.

Whatever a platform says of a file, a model's server looks at its bytes.
"""

from collections.abc import Callable
from typing import Final

from anima.model import Picture

_Size = tuple[int, int]
_MARKS: Final = 0xFF
_FRAMES: Final = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
"""The markers of JPEG that tell a picture's size."""
_BARE: Final = frozenset({0x01, *range(0xD0, 0xD9)})
"""The markers of JPEG that nothing belongs to."""


def picture(content: bytes) -> Picture | None:
    """*content* as a picture that models take: JPEG, PNG, GIF or WebP; else None."""
    for mime, begins, size in _KINDS:
        if begins(content):
            width, height = size(content)
            return Picture(mime, content, width, height) if width and height else None
    return None


def _of_png(content: bytes) -> _Size:
    return _big(content[16:20]), _big(content[20:24])


def _of_gif(content: bytes) -> _Size:
    return _little(content[6:8]), _little(content[8:10])


def _of_webp(content: bytes) -> _Size:
    kind = content[12:16]
    if kind == b"VP8X":
        return _little(content[24:27]) + 1, _little(content[27:30]) + 1
    if kind == b"VP8L":
        bits = _little(content[21:25])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return _little(content[26:28]) & 0x3FFF, _little(content[28:30]) & 0x3FFF


def _of_jpeg(content: bytes) -> _Size:
    """The size that the first frame tells; a file that is cut off before it has none."""
    at = 2
    while at + 9 <= len(content) and content[at] == _MARKS:
        marker = content[at + 1]
        if marker in _FRAMES:
            return _big(content[at + 7 : at + 9]), _big(content[at + 5 : at + 7])
        if marker == _MARKS:  # fill
            at += 1
        else:
            at += 2 if marker in _BARE else 2 + max(_big(content[at + 2 : at + 4]), 2)
    return 0, 0


def _big(some: bytes) -> int:
    return int.from_bytes(some, "big")


def _little(some: bytes) -> int:
    return int.from_bytes(some, "little")


_KINDS: Final[tuple[tuple[str, Callable[[bytes], bool], Callable[[bytes], _Size]], ...]] = (
    ("image/jpeg", lambda content: content.startswith(b"\xff\xd8\xff"), _of_jpeg),
    ("image/png", lambda content: content.startswith(b"\x89PNG\r\n\x1a\n"), _of_png),
    ("image/gif", lambda content: content.startswith((b"GIF87a", b"GIF89a")), _of_gif),
    ("image/webp", lambda content: content[:4] + content[8:12] == b"RIFFWEBP", _of_webp),
)
