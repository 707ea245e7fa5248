"""An HTTP response, read as the deltas of one answer."""

from collections import deque
from typing import Final

import httpx2

from anima.errors import AnimaError, BackendUnavailable
from anima.model import Delta
from backend.answer import Answer
from backend.lines import LONGEST_BYTES, Lines, TooLongError
from backend.reasons import Brief, Codes, no_codes
from backend.trouble import broken

DONE: Final = b"[DONE]"

BEGINNING_BYTES: Final = 300
"""So much is kept of what is no stream of events, to say what it was."""


class Reading:
    """Gives the deltas of one response; to be closed by whoever opened it.

    A server that does not stream, though it was asked to, is understood as well: its body begins
    with a brace, which no stream of events does.
    """

    def __init__(self, response: httpx2.Response, cut: Brief, codes: Codes = no_codes) -> None:
        packed = "content-encoding" in response.headers
        self._response = response
        self._pieces = response.aiter_bytes() if packed else response.aiter_raw()
        self._cut = cut
        self._lines = Lines()
        self._answer = Answer(cut, codes)
        self._ready: deque[Delta] = deque()
        self._beginning = b""
        self._whole: bytearray | None = None
        self._events = False
        self._trouble: AnimaError | None = None  # what came in one piece before it still counts

    async def next(self) -> Delta | None:
        """The next delta, or None when the answer is whole: only counts may follow.

        Raises `BackendUnavailable`, also when the line breaks, and `Refused`.
        """
        try:
            while not (self._ready or self._trouble or self._answer.finish):
                piece = await anext(self._pieces, None)
                if piece is None:
                    self._end()
                else:
                    self._take(piece)
        except httpx2.HTTPError as error:
            raise broken(error, self._cut) from error
        if self._ready:
            return self._ready.popleft()
        if self._trouble:
            raise self._trouble
        return None

    async def hear_out(self) -> None:
        """Read on to the end, so that the line can serve again; `left` has what still came."""
        try:
            while (piece := await anext(self._pieces, None)) is not None:
                self._take(piece)
        except httpx2.HTTPError as error:
            raise broken(error, self._cut) from error

    def left(self) -> tuple[Delta, ...]:
        """What was read and not given out yet."""
        left = tuple(self._ready)
        self._ready.clear()
        return left

    async def close(self) -> None:
        """Hang up, so that the server stops writing what nobody reads."""
        await self._pieces.aclose()
        await self._response.aclose()

    def _take(self, piece: bytes) -> None:
        if not self._beginning:
            if not piece.strip():
                return
            self._beginning = piece[:BEGINNING_BYTES]
            self._whole = bytearray() if piece.lstrip().startswith(b"{") else None
        if self._whole is None:
            self._take_events(piece)
        elif len(self._whole) + len(piece) > LONGEST_BYTES:
            raise BackendUnavailable("the server's answer does not end")
        else:
            self._whole += piece

    def _take_events(self, piece: bytes) -> None:
        try:
            payloads = self._lines.feed(piece)
        except TooLongError as error:
            raise BackendUnavailable(f"the server sends {error}") from error
        try:
            for payload in payloads:
                self._events = True
                if payload != DONE:
                    self._add(payload)
        except AnimaError as error:
            self._trouble = error

    def _add(self, payload: bytes) -> None:
        delta = self._answer.take(payload)
        if delta is not None:
            self._ready.append(delta)
        self._ready.extend(Delta(call=call) for call in self._answer.calls())

    def _end(self) -> None:
        if self._whole:
            self._add(bytes(self._whole))
            self._whole = None
        if self._answer.finish:
            return
        if self._events:
            raise BackendUnavailable("the stream ended without a finish reason")
        kind = self._response.headers.get("content-type", "nothing known")
        said = self._cut(self._beginning.decode(errors="replace"))
        raise BackendUnavailable(f"the server sent no answer but {self._cut(kind)}: {said}")
