"""Pictures as small as they can be: headers that tell a size, and no content."""

import struct


def jpeg(width: int, height: int, *, before: bytes = b"", frame: int = 0xC0) -> bytes:
    """A JPEG with the segments *before* its first frame."""
    size = struct.pack(">BHHB", 8, height, width, 0)
    return (
        b"\xff\xd8"
        + (before or b"\xff\xe0\x00\x04ab")
        + b"\xff"
        + bytes([frame])
        + b"\0\x08"
        + size
    )


def png(width: int, height: int) -> bytes:
    """A PNG."""
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", width, height)


def gif(width: int, height: int) -> bytes:
    """A GIF."""
    return b"GIF89a" + struct.pack("<HH", width, height)


def webp(kind: str, width: int, height: int) -> bytes:
    """A WebP of one of its three kinds."""
    head = b"RIFF\0\0\0\0WEBP" + kind.encode() + b"\0\0\0\0"
    if kind == "VP8X":
        less = [(side - 1).to_bytes(3, "little") for side in (width, height)]
        return head + b"\0\0\0\0" + b"".join(less)
    if kind == "VP8L":
        return head + b"\x2f" + struct.pack("<I", (width - 1) | (height - 1) << 14)
    return head + b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", width, height)
