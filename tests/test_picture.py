"""What kind of picture some bytes are."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anima.picture import picture
from tests.pictures import gif, jpeg, png, webp


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (jpeg(1280, 960), ("image/jpeg", 1280, 960)),
        (jpeg(1280, 960, before=b"\xff\xe1\x00\x08Exif\0\0"), ("image/jpeg", 1280, 960)),
        (jpeg(7, 9, before=b"\xff\xff\xff\xd0\xff\xdb\x00\x04ab"), ("image/jpeg", 7, 9)),
        (jpeg(3, 4, frame=0xC2), ("image/jpeg", 3, 4)),
        (png(800, 600), ("image/png", 800, 600)),
        (gif(320, 200), ("image/gif", 320, 200)),
        (webp("VP8 ", 512, 384), ("image/webp", 512, 384)),
        (webp("VP8L", 512, 384), ("image/webp", 512, 384)),
        (webp("VP8X", 5000, 3), ("image/webp", 5000, 3)),
    ],
    ids=[
        *("jpeg", "exif first", "fill and bare marks", "progressive", "png", "gif"),
        *("webp", "lossless webp", "extended webp"),
    ],
)
def test_a_picture_is_known_by_its_bytes(content: bytes, told: tuple[str, int, int]) -> None:
    """Its kind and its size."""
    found = picture(content)

    assert found is not None
    assert told == (found.mime, found.width, found.height)
    assert content == found.content


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\xff\xd8\xff",
        b"\xff\xd8\xff\xe1\x00\x08Exif\0\0" + b"\0" * 20,
        jpeg(1280, 960)[:-12],
        png(800, 600)[:16],
        png(0, 600),
        b"RIFF\0\0\0\0WAVEfmt ",
        b"GIF89a",
    ],
    ids=[
        *("nothing", "pdf", "svg", "jpeg's first bytes", "no frame", "cut jpeg", "cut png"),
        *("no width", "sound", "cut gif"),
    ],
)
def test_what_is_none_is_none(content: bytes) -> None:
    """A file of another kind, or one that breaks off, is no picture."""
    assert picture(content) is None


@given(st.binary(max_size=200), st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"]))
def test_any_bytes_are_survived(rest: bytes, begins: bytes) -> None:
    """Whatever somebody sends, there is a picture with a size or none."""
    found = picture(begins + rest)

    assert found is None or min(found.width, found.height) > 0


def test_its_bytes_are_never_printed() -> None:
    """What is shown of a picture in a log or a test is its kind and size."""
    found = picture(png(1, 2) + b"canary")

    assert "canary" not in f"{found!r} {found}"
    assert "width=1, height=2" in repr(found)


def test_a_length_that_points_backwards_ends() -> None:
    """A JPEG whose segment claims to have no length is not looked at for ever."""
    odd = b"\xff\xd8\xff\xe0" + struct.pack(">H", 0) + b"\xff\xd9" * 9

    assert picture(odd) is None
