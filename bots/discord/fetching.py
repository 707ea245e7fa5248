"""Files of Discord's people: fetched from where it keeps them, within bounds."""

import asyncio
from typing import Final
from urllib.parse import urlsplit

import aiohttp

from anima.errors import SlowDown, Unfetched, Unreachable
from anima.model import Attachment, Conversation

MOST_BYTES: Final = 20_000_000
WITHIN_S: Final = 10
"""Somebody waits for an answer meanwhile."""
_CHUNK_BYTES: Final = 64 * 1024
_KEEPERS: Final = (".discordapp.com", ".discordapp.net", ".discord.com")
"""Discord keeps files nowhere else."""
_OK: Final = 200
_TOO_MANY: Final = 429
_BROKEN: Final = 500
_PATIENCE_S: Final = 5.0


class Fetching:
    """The port `Fetches`: Discord's own hosts, and the one of *api_base*, which stands for it."""

    def __init__(self, api_base: str, within_s: float = WITHIN_S) -> None:
        self._home = _place(api_base)
        self._within_s = within_s

    async def fetch(self, conversation: Conversation, attachment: Attachment) -> bytes:
        del conversation  # an address is the same wherever it was sent
        if attachment.size_bytes > MOST_BYTES:
            raise Unfetched("the file is too large")
        if not self._is_kept(attachment.reference):
            raise Unfetched("the file is not kept by Discord")
        try:
            async with asyncio.timeout(self._within_s), aiohttp.ClientSession() as session:
                return await self._fetched(session, attachment.reference)
        except TimeoutError:
            raise Unreachable(f"the file did not come in {self._within_s:g} s") from None
        except (aiohttp.ClientError, OSError) as error:
            # what it says of itself has the address, which anybody may open
            raise Unreachable(f"the file was lost: {type(error).__name__}") from None

    async def _fetched(self, session: aiohttp.ClientSession, address: str) -> bytes:
        content = bytearray()
        async with session.get(address, allow_redirects=False) as answer:
            if answer.status == _TOO_MANY:
                raise SlowDown(_PATIENCE_S)
            if answer.status != _OK:
                kind = Unreachable if answer.status >= _BROKEN else Unfetched
                raise kind(f"the file was answered with {answer.status}")
            async for chunk in answer.content.iter_chunked(_CHUNK_BYTES):
                content += chunk
                if len(content) > MOST_BYTES:
                    raise Unfetched("the file is too large")
        return bytes(content)

    def _is_kept(self, address: str) -> bool:
        scheme, host, _ = place = _place(address)
        return place == self._home or (scheme == "https" and host.endswith(_KEEPERS))


def _place(address: str) -> tuple[str, str, int | None]:
    try:
        parts = urlsplit(address)
        place = (parts.scheme, f".{parts.hostname or ''}", parts.port)
    except ValueError:
        return "", "", None
    return place
