"""iFLYTEK's models by their WebSocket."""

import asyncio
import random
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import AsyncExitStack
from types import SimpleNamespace
from typing import Final

import aiohttp

from anima.errors import BackendUnavailable
from anima.model import Delta, Prompt, Soul
from anima.ports import Clock, Witness
from backend.asking import Asking
from backend.headers import check_carried
from backend.limits import CONNECT_S, PROBE_S, Limits
from backend.lines import LONGEST_BYTES
from backend.reasons import Brief, Passing, asked_to_wait, brief
from backend.xfyun_frames import question
from backend.xfyun_line import Line, dead
from backend.xfyun_signing import SKEW_S, Signed, address, signed

REFUSED: Final = frozenset({401, 403})
PASSING: Final = frozenset({408, 409, 429})
FAILING: Final = 500

LINES: Final = 1000
"""Conversations that wait for a slow model hold a line each."""

_AT_ONCE: Final = aiohttp.ClientWSTimeout(ws_close=0)
"""We say goodbye and hang up; nobody waits for the answer to that."""


class Xfyun:
    """The port Backend over iFLYTEK's WebSocket: each question opens a line by a signed address.

    *domain* is the model where a soul names none, *body* is merged into each question's
    `parameter.chat`, *headers* go out with each opening. A soul's adapter is its `patch_id`. No
    reason holds a key, a signature or the signed address. To be closed by `aclose` when nothing
    streams any more. Raises `ConfigError` for an address that cannot be one.
    """

    def __init__(
        self,
        url: str,
        app_id: str,
        api_key: str,
        api_secret: str,
        domain: str = "",
        *,
        clock: Clock,
        witness: Witness,
        limits: Limits | None = None,
        headers: Mapping[str, str] | None = None,
        body: Mapping[str, object] | None = None,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._address = address(url)
        self._app_id = app_id
        self._api_key = api_key
        self._api_secret = api_secret
        self._domain = domain
        self._clock = clock
        self._asking = Asking(limits or Limits(), clock, witness, chance)
        self._headers = {"User-Agent": "anima", **(headers or {})}
        self._body = dict(body or {})
        check_carried(self._headers)
        self._secrets = (app_id, api_key, api_secret, *(headers or {}).values())
        self._client: aiohttp.ClientSession | None = None

    def stream(self, prompt: Prompt, soul: Soul) -> AsyncGenerator[Delta, None]:
        return self._asking.deltas(prompt, lambda fitting: self._ask(fitting, soul))

    async def probe(self) -> None:
        """Raise `BackendUnavailable` unless the server opens a line to us, in `PROBE_S`."""
        try:
            async with asyncio.timeout(PROBE_S):
                line = await self._opened()
        except TimeoutError as error:
            raise BackendUnavailable(f"no answer in {PROBE_S:g} s", connection=True) from error
        await line.close()

    async def aclose(self) -> None:
        """Hang up; asking again would open the lines again."""
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    async def _ask(self, prompt: Prompt, soul: Soul) -> Line:
        domain = soul.model or self._domain
        if not domain:
            raise BackendUnavailable(
                f"soul {soul.name!r} names no model and its backend no domain; one of them must"
            )
        frame = question(prompt, soul, app_id=self._app_id, domain=domain, body=self._body)
        line = await self._opened()
        async with AsyncExitStack() as stack:
            stack.push_async_callback(line.close)
            await line.send(frame)
            stack.pop_all()
        return line

    async def _opened(self) -> Line:
        proof = signed(self._address, self._api_key, self._api_secret, self._clock.now())
        try:
            socket = await self._open().ws_connect(
                proof.url, timeout=_AT_ONCE, max_msg_size=LONGEST_BYTES
            )
        except (aiohttp.ClientError, OSError) as error:
            trouble = self._translated(error, proof)
        else:
            return Line(socket, self._cut(proof))
        raise trouble  # out here, for the vendor's error holds the signed address

    def _cut(self, proof: Signed) -> Brief:
        """Each line has secrets of its own, looked for only when something went wrong on it."""

        def cut(text: str) -> str:
            return brief((*self._secrets, *proof.secrets))(text)

        return cut

    def _translated(self, error: aiohttp.ClientError | OSError, proof: Signed) -> Exception:
        if not isinstance(error, aiohttp.WSServerHandshakeError):
            return dead(error, self._cut(proof))
        status = error.status
        if status in REFUSED:
            return BackendUnavailable(
                f"the server refused our signature, with {status}: check api_key, api_secret and"
                f" this machine's clock, which says {self._clock.now():%Y-%m-%d %H:%M:%S} UTC and"
                f" may be {SKEW_S} s off"
            )
        reason = f"the server answered {status} and opened no WebSocket"
        if status in PASSING or status >= FAILING:
            return Passing(reason, after_s=asked_to_wait(error.headers or {}, self._clock.now()))
        return BackendUnavailable(reason)

    def _open(self) -> aiohttp.ClientSession:
        if self._client is None:
            redirects = aiohttp.TraceConfig()
            redirects.on_request_redirect.append(_stay)
            self._client = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=LINES),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers=self._headers,
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_S),
                trace_configs=[redirects],
                trust_env=False,
            )
        return self._client


async def _stay(
    _client: aiohttp.ClientSession,
    _context: SimpleNamespace,
    moved: aiohttp.TraceRequestRedirectParams,
) -> None:
    """Refuse to follow: it could lead our words anywhere."""
    answer = moved.response
    raise aiohttp.WSServerHandshakeError(answer.request_info, (), status=answer.status)
