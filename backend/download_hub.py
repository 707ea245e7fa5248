"""Files from the model hub, over HTTP, continued where they broke off."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Final
from urllib.parse import quote

import httpx2

from anima.errors import Unavailable
from anima.ports import Clock
from backend.weights import HubFile
from backend.weights_shelf import size

CONNECT_S: Final = 10.0
SILENCE_S: Final = 30.0
PAUSE_S: Final = 1.0

PIECE_BYTES: Final = 1 << 20
"""Written at once; so much is fetched again at most when the line breaks."""

PARTIAL: Final = 206
BEYOND: Final = 416
"""We asked for what lies behind the end: the part is none of this file."""

OTHER_SIZE: Final = "it has another size there"


class Hub:
    """The hub at *address*, which may send us on to wherever its files lie."""

    def __init__(self, address: str, clock: Clock, *, piece_bytes: int = PIECE_BYTES) -> None:
        self._address = address.rstrip("/")
        self._clock = clock
        self._piece_bytes = piece_bytes

    async def bring(
        self, file: HubFile, into: Path, whole: int, told: Callable[[int], object]
    ) -> None:
        """Complete *into* to *whole* bytes. Raises `Unavailable`; what came until then stays.

        A line that breaks is taken up again for as long as each attempt brings something.
        """
        patience = httpx2.Timeout(SILENCE_S, connect=CONNECT_S)
        again = False  # a part of another file is thrown away and begun anew, once
        async with httpx2.AsyncClient(follow_redirects=True, timeout=patience) as client:
            while (had := _usable(into, whole)) < whole:
                trouble = await self._attempt(client, file, into, whole, told)
                grew = had < size(into) <= whole
                if not grew and (trouble != OTHER_SIZE or again):
                    raise Unavailable(f"the hub gave no {file.path}: {trouble}")
                again = again or trouble == OTHER_SIZE
                if trouble:
                    await self._clock.sleep(PAUSE_S)

    async def _attempt(
        self,
        client: httpx2.AsyncClient,
        file: HubFile,
        into: Path,
        whole: int,
        told: Callable[[int], object],
    ) -> str:
        """Go on with *into*; what went wrong, if anything."""
        headers = {"User-Agent": "anima", "Accept-Encoding": "identity"}
        if had := size(into):
            headers["Range"] = f"bytes={had}-"
        try:
            async with client.stream("GET", self._url(file), headers=headers) as response:
                if response.status_code == BEYOND:
                    _discard(into)
                    return OTHER_SIZE
                response.raise_for_status()
                return await self._write(response, into, whole, told)
        except httpx2.HTTPStatusError as error:
            return f"it answered {error.response.status_code}"
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            return f"the line is dead ({type(error).__name__})"

    async def _write(
        self,
        response: httpx2.Response,
        into: Path,
        whole: int,
        told: Callable[[int], object],
    ) -> str:
        going_on = response.status_code == PARTIAL and _begins(response) == size(into)
        with into.open("ab" if going_on else "wb") as opened:
            async for piece in response.aiter_raw(self._piece_bytes):
                await asyncio.to_thread(opened.write, piece)
                told(opened.tell())
                if opened.tell() > whole:
                    return "it is longer there than it should be"
        return "" if size(into) == whole else "it ended too soon"

    def _url(self, file: HubFile) -> str:
        path = f"{file.repository}/resolve/{file.revision}/{file.path}"
        return f"{self._address}/{quote(path)}"


def _usable(into: Path, whole: int) -> int:
    """How much of *into* can be gone on with; more than the *whole* cannot be."""
    had = size(into)
    if had > whole:
        _discard(into)
        return 0
    return had


def _discard(into: Path) -> None:
    into.unlink(missing_ok=True)


def _begins(response: httpx2.Response) -> int:
    """Where the piece begins that the server chose to send; -1 when it does not say."""
    unit, _, rest = response.headers.get("content-range", "").partition(" ")
    first = rest.partition("-")[0]
    return int(first) if unit == "bytes" and first.isdecimal() else -1
