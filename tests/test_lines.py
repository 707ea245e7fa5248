"""Server-sent events are read alike however the network cuts them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.lines import LONGEST_BYTES, Lines, TooLongError

FARE = (
    'data: {"a":"你好 🌸"}\r\n\r\n'
    ": ping\n\n"
    "event: note\nid: 7\nretry: 10\ndata: first\ndata: second\n\n"
    "data:tight\r\r"
    "data\n\n"
    "data:  two spaces\n\n"
    "nonsense without a meaning\n\n"
    "data: [DONE]\n\n"
).encode()

MEANT = [
    '{"a":"你好 🌸"}'.encode(),
    b"first\nsecond",
    b"tight",
    b"",
    b" two spaces",
    b"[DONE]",
]


def fed(*pieces: bytes) -> list[bytes]:
    """All data that *pieces* bring, one after the other."""
    lines = Lines()
    return [data for piece in pieces for data in lines.feed(piece)]


def scanned(stream: bytes) -> list[bytes]:
    """The same by a plain scan of the whole text: what `Lines` must agree with."""
    found = []
    event: list[bytes] = []
    *ended, _unfinished = re.split(rb"\r\n|\r|\n", stream.removeprefix(b"\xef\xbb\xbf"))
    for line in ended:
        name, _, value = line.partition(b":")
        if line and name == b"data":
            event.append(value.removeprefix(b" "))
        if not line and event:
            found.append(b"\n".join(event))
            event = []
    return found


def test_whole() -> None:
    """Of a stream nothing but the data is kept, with its lines put together."""
    assert MEANT == fed(FARE)


@pytest.mark.parametrize("cut", range(len(FARE) + 1))
def test_every_cut(cut: int) -> None:
    """A cut changes nothing, be it inside a character or between CR and LF."""
    assert MEANT == fed(FARE[:cut], FARE[cut:])


def test_byte_by_byte() -> None:
    """A stream that drips gives the same events as one that pours."""
    assert MEANT == fed(*(FARE[at : at + 1] for at in range(len(FARE))))


def test_event_is_given_with_its_last_byte() -> None:
    """An event is there as soon as its blank line is, not when the next one begins."""
    lines = Lines()

    given = [lines.feed(piece) for piece in (b"data: a\r", b"\n\r", b"\ndata: b\n", b"\n")]

    assert [[], [b"a"], [], [b"b"]] == given


def test_unfinished_event_is_no_event() -> None:
    """What ends without a blank line was cut off and is not given out."""
    assert [b"whole"] == fed(b"data: whole\n\ndata: cut o")


def test_mark_at_the_beginning() -> None:
    """A byte order mark before the first line is skipped, also when it is cut."""
    assert [b"a", b"b"] == fed(b"\xef\xbb", b"\xbfdata: a\n\n", b"data: b\n\n")


def test_empty_pieces() -> None:
    """A piece without a byte changes nothing, not even between CR and LF."""
    assert [b"a\nb"] == fed(b"", b"data: a\r", b"", b"\ndata: b\r", b"", b"\n", b"\r\n")


@pytest.mark.parametrize("piece", [b"x" * 65536, b"data: " + b"x" * 65536 + b"\n"])
def test_event_without_end(piece: bytes) -> None:
    """A far side that ends no event, by one line or by many, is stopped before it fills memory."""
    pieces = [piece] * (LONGEST_BYTES // 65536 + 1)

    with pytest.raises(TooLongError):
        fed(*pieces)


ALPHABET = [b"data:", b"data: ", b"data", b"a", "界".encode(), b":", b" ", b"\n", b"\r", b"\r\n"]


@given(
    st.lists(st.sampled_from([*ALPHABET, b"data: x\n\n", b"\xef\xbb\xbf"]), max_size=40),
    st.lists(st.integers(min_value=0, max_value=12), max_size=60),
)
def test_agrees_with_a_plain_scan(words: list[bytes], sizes: list[int]) -> None:
    """Any stream under any cuts gives what a scan of the whole text gives."""
    stream = b"".join(words)
    pieces, rest = [], stream
    for size in sizes:
        pieces.append(rest[:size])
        rest = rest[size:]

    found = fed(*pieces, rest)

    assert scanned(stream) == found
