"""Files of Discord's people, fetched from where Discord keeps them, and from nowhere else."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import aiohttp
from discord.http import HTTPClient
from yarl import URL

from anima.errors import AnimaError, Refused, Unfetched, Unreachable
from anima.model import Attachment, Conversation
from bots.discord.attached import Source, attachments
from bots.discord.refusals import TROUBLES, TooStrangeError, of_sending

MOST_BYTES: Final = 20_000_000
WITHIN_S: Final = 10
"""Somebody waits for an answer meanwhile."""
_CHUNK_BYTES: Final = 64 * 1024
_OK: Final = 200
_EXPIRED: Final = frozenset({403, 404})
_GONE: Final = frozenset({*_EXPIRED, 410})
_REDIRECTS: Final = range(300, 400)
_HOSTS: Final = frozenset({"cdn.discordapp.com", "media.discordapp.net"})


class ExpiredError(Unfetched):
    """The address is good no more; there may be a new one."""


class Fetching:
    """The port `Fetches` for one account, whose API is at *api_base*.

    Files are fetched by *session* from Discord's own servers or, where another one stands for it,
    from that. No reason holds an address: whoever has it has the file.
    """

    def __init__(
        self,
        http: HTTPClient,
        session: aiohttp.ClientSession,
        api_base: str,
        within_s: float = WITHIN_S,
    ) -> None:
        self._http = http
        self._session = session
        self._api = URL(api_base).origin()
        self._within_s = within_s

    async def fetch(self, conversation: Conversation, attachment: Attachment) -> bytes:
        source = Source.of(attachment.reference)
        if source is None:
            raise Unfetched("the file lies nowhere")
        if attachment.size_bytes > MOST_BYTES:
            raise Unfetched("the file is too large")
        try:
            async with asyncio.timeout(self._within_s):
                return await self._fetched(int(conversation.chat), source)
        except TimeoutError:
            raise Unreachable(f"the file did not come in {self._within_s:g} s") from None

    async def _fetched(self, channel: int, source: Source) -> bytes:
        try:
            return await self._downloaded(source.address)
        except ExpiredError:
            return await self._downloaded(await self._renewed(channel, source))

    async def _renewed(self, channel: int, source: Source) -> str:
        """The address by now, which Discord tells with the message."""
        try:
            told: object = await self._http.get_message(channel, int(source.message))
            if not isinstance(told, dict):
                raise TooStrangeError("the answer is no message")
            found = [Source.of(one.reference) for one in attachments(told)]
        except TROUBLES as error:
            raise _of_asking(error) from error
        addresses = [one.address for one in found if one and one.file == source.file]
        if not addresses:
            raise Unfetched("the file is not in its message any more")
        return addresses[0]

    async def _downloaded(self, address: str) -> bytes:
        url = _read(address)
        if url is None or not self._is_theirs(url):
            raise Unfetched("the file lies elsewhere")
        try:
            async with self._session.get(url, allow_redirects=False) as answer:
                _insist(answer.status)
                return await _whole(answer)
        except (aiohttp.ClientError, OSError) as error:
            # what aiohttp says of it has the address
            raise Unreachable(f"the file was lost: {type(error).__name__}") from None

    def _is_theirs(self, url: URL) -> bool:
        """Whether Discord keeps files there; whoever wrote the message has no say in it."""
        return (url.scheme == "https" and url.host in _HOSTS) or url.origin() == self._api


@asynccontextmanager
async def downloads() -> AsyncIterator[aiohttp.ClientSession]:
    """What downloads, while entered. It knows no token, and keeps no cookies."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        yield session


def _read(address: str) -> URL | None:
    try:
        url = URL(address)
    except ValueError:
        return None
    return url if url.absolute else None


async def _whole(answer: aiohttp.ClientResponse) -> bytes:
    content = bytearray()
    async for chunk in answer.content.iter_chunked(_CHUNK_BYTES):
        content += chunk
        if len(content) > MOST_BYTES:
            raise Unfetched("the file is too large")
    return bytes(content)


def _insist(status: int) -> None:
    """Raise what any *status* means but that the file comes."""
    reason = f"the file was answered with {status}"
    if status in _EXPIRED:
        raise ExpiredError(reason)
    if status in _GONE or status in _REDIRECTS:
        raise Unfetched(reason)
    if status != _OK:
        raise Unreachable(reason)


def _of_asking(error: Exception) -> AnimaError:
    refusal = of_sending(error)
    return Unfetched(str(refusal)) if isinstance(refusal, Refused) else refusal
