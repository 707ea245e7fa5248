"""An HTTP line to a server of speech or hearing: bounded, and with errors that say what it is."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Final, Self

import httpx2

from anima.private import redact
from voice.booths import Late

MOST_BYTES: Final = 64 << 20
"""No note is that large; what is must not fill the memory."""

CONNECT_S: Final = 5.0
_LONGEST_REASON: Final = 160


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said."""

    status: int
    kind: str
    content: bytes

    @property
    def fields(self) -> Mapping[str, Any]:
        """The answer as a JSON object; empty when it is none."""
        with suppress(ValueError, RecursionError):
            found = json.loads(self.content)
            return found if isinstance(found, dict) else {}
        return {}

    @property
    def reason(self) -> str:
        """What the server says is wrong, in a few words without secrets."""
        said = self.fields.get("error", self.fields.get("detail", ""))
        if isinstance(said, dict):
            said = said.get("message", "")
        words = " ".join(str(said).split())
        return f": {redact(words)[:_LONGEST_REASON]}" if words else ""


class Line:
    """To a server at *base_url*; to be entered. What does not work is raised as an *error*."""

    def __init__(self, base_url: str, api_key: str, error: Late, timeout_s: float) -> None:
        self._base_url = base_url
        self._error = error
        self._client = httpx2.AsyncClient(
            trust_env=False,
            follow_redirects=False,  # which could lead our key anywhere
            timeout=httpx2.Timeout(timeout_s, connect=CONNECT_S),
            headers={"user-agent": "anima"}
            | ({"authorization": f"Bearer {api_key}"} if api_key else {}),
        )

    async def ask(self, path: str, *, method: str = "POST", **sent: Any) -> Answer:
        """What the server says to what is *sent* (json, content, data, files), refusals too."""
        try:
            async with self._client.stream(method, f"{self._base_url}{path}", **sent) as response:
                content = bytearray()
                async for piece in response.aiter_bytes():
                    content += piece
                    if len(content) > MOST_BYTES:
                        raise self._error("the server answers with more than any sound")
                kind = response.headers.get("content-type", "")
                return Answer(response.status_code, kind, bytes(content))
        except httpx2.TimeoutException as error:
            raise self._error("the server does not answer in time") from error
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise self._error("the server cannot be reached, or hung up") from error

    async def expect(self, path: str, **sent: Any) -> Answer:
        """As `ask`, and a refusal is an error too."""
        answer = await self.ask(path, **sent)
        if answer.status != httpx2.codes.OK:
            raise self._error(f"the server answers {answer.status}{answer.reason}")
        return answer

    async def __aenter__(self) -> Self:
        await self._client.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._client.__aexit__(kind, error, trace)
