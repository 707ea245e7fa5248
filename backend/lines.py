"""Server-sent events, out of bytes that were cut anywhere."""

from typing import Final

LONGEST_BYTES: Final = 4 << 20
"""A chunk has some hundred bytes; a far side that never ends one must not fill our memory."""

_MARK: Final = "\N{BYTE ORDER MARK}".encode()


class TooLongError(ValueError):
    """The far side sends one event that does not end."""


class Lines:
    """Reads a stream of events and keeps nothing but their data.

    It works on bytes, in which a line's end is never part of a character, so a cut inside one
    does no harm. Lines end as the standard allows: by LF, by CRLF, or by CR.
    """

    def __init__(self) -> None:
        self._rest = b""
        self._event: list[bytes] = []
        self._after_return = False
        self._begun = False

    def feed(self, piece: bytes) -> list[bytes]:
        """The data of all events that *piece* completes. Raises `TooLongError`."""
        if self._is_whole_event(piece):
            self._begun, self._after_return = True, False
            return [piece[6:-2]]
        if self._after_return and piece.startswith(b"\n"):
            piece = piece[1:]
            self._after_return = False
        if b"\r" in piece:
            self._after_return = piece.endswith(b"\r")
            piece = piece.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        elif piece:
            self._after_return = False
        lines = (self._rest + piece).split(b"\n")
        self._rest = lines.pop()
        if lines and not self._begun:
            self._begun = True
            lines[0] = lines[0].removeprefix(_MARK)
        found = self._events(lines)
        if len(self._rest) + sum(map(len, self._event)) > LONGEST_BYTES:
            raise TooLongError(f"an event of more than {LONGEST_BYTES} bytes")
        return found

    def _is_whole_event(self, piece: bytes) -> bool:
        """Whether *piece* is one event of one line, as servers flush them: that is quickly read."""
        return (
            not self._rest
            and not self._event
            and piece.startswith(b"data: ")
            and piece.endswith(b"\n\n")
            and piece.count(b"\n") == 2  # noqa: PLR2004 # the two it ends with
            and b"\r" not in piece
        )

    def _events(self, lines: list[bytes]) -> list[bytes]:
        found = []
        for line in lines:
            if line.startswith(b"data:"):
                self._event.append(line[6:] if line[5:6] == b" " else line[5:])
            elif line == b"data":
                self._event.append(b"")
            elif not line and self._event:
                found.append(b"\n".join(self._event))
                self._event = []
        return found
