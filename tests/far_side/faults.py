"""What goes wrong on a far side, on demand: any server of ours asks here before it answers."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from aiohttp import web

Params = Mapping[str, Any]
CarryOut = Callable[[], Awaitable[web.StreamResponse]]
Refuse = Callable[["Fault"], web.StreamResponse]

_NGINX = (
    "<html>\r\n<head><title>{0}</title></head>\r\n<body>\r\n<center><h1>{0}</h1></center>\r\n"
    "<hr><center>nginx/1.18.0</center>\r\n</body>\r\n</html>\r\n"
)
_REASONS = {500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable"}


@dataclass(frozen=True, slots=True)
class Fault:
    """One mishap; build it with the constructors below.

    *code* without a *body* is a refusal, which the server words in its own protocol. *after*: the
    request takes effect, and only its answer is lost or spoilt.
    """

    code: int = 0
    description: str = ""
    parameters: Mapping[str, object] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    content_type: str = "application/json"
    wait_s: float = 0
    hangs: bool = False
    cuts: bool = False
    tears: bool = False
    after: bool = False

    @classmethod
    def status(cls, code: int, description: str = "", **parameters: object) -> "Fault":
        """The server says no in its own protocol: `status(400, "Bad Request: ...")`."""
        return cls(code=code, description=description, parameters=parameters)

    @classmethod
    def slow_down(cls, retry_after: int = 1) -> "Fault":
        """A 429 that names its seconds, in the body and in the header."""
        text = f"Too Many Requests: retry after {retry_after}"
        return replace(
            cls.status(429, text, retry_after=retry_after),
            headers={"Retry-After": str(retry_after)},
        )

    @classmethod
    def gateway(cls, code: int = 502) -> "Fault":
        """A proxy in front of the server answers with its own page."""
        page = _NGINX.format(f"{code} {_REASONS.get(code, 'Error')}")
        return cls(code=code, body=page.encode(), content_type="text/html")

    @classmethod
    def garbage(cls, body: str = '{"ok":true,"resu', content_type: str = "") -> "Fault":
        """A 200 that makes no sense: broken JSON, or HTML where *body* begins with a tag."""
        kind = "text/html" if body.startswith("<") else "application/json"
        return cls(code=200, body=body.encode(), content_type=content_type or kind)

    @classmethod
    def cut(cls) -> "Fault":
        """The connection ends without an answer."""
        return cls(cuts=True)

    @classmethod
    def torn(cls, body: str = '{"ok":true,"resu') -> "Fault":
        """The connection ends in the middle of an answer."""
        return cls(tears=True, body=body.encode())

    @classmethod
    def hang(cls) -> "Fault":
        """No answer until `Faults.release`; then the true one."""
        return cls(hangs=True)

    @classmethod
    def slow(cls, seconds: float) -> "Fault":
        """The true answer, *seconds* late."""
        return cls(wait_s=seconds)

    def afterwards(self) -> "Fault":
        """The same, once the request has taken effect."""
        return replace(self, after=True)


@dataclass(slots=True)
class _Planned:
    fault: Fault
    left: int | None
    when: Callable[[Params], bool] | None

    def meets(self, params: Params) -> bool:
        return self.when is None or self.when(params)


class Faults:
    """The mishaps that are planned, by the name of the call they shall meet; `*` is any call."""

    def __init__(self) -> None:
        self._planned: dict[str, list[_Planned]] = {}
        self._released = asyncio.Event()

    def add(
        self,
        name: str,
        fault: Fault,
        *,
        times: int | None = 1,
        when: Callable[[Params], bool] | None = None,
    ) -> None:
        """Let *fault* meet the next *times* calls of *name* (None: all of them)."""
        self._planned.setdefault(name, []).append(_Planned(fault, times, when))

    def take(self, name: str, params: Params) -> Fault | None:
        """The fault that this call meets; it counts as met."""
        if not self._planned:
            return None
        for key in (name, "*"):
            for planned in self._planned.get(key, ()):
                if planned.meets(params):
                    self._used(key, planned)
                    return planned.fault
        return None

    def clear(self) -> None:
        """Plan nothing any more, and let go of what hangs."""
        self._planned.clear()
        self.release()

    def release(self) -> None:
        """Let every call that hangs go on."""
        self._released.set()
        self._released = asyncio.Event()

    async def around(
        self, fault: Fault, request: web.BaseRequest, carry_out: CarryOut, refuse: Refuse
    ) -> web.StreamResponse:
        """Answer *request* as *fault* has it; *carry_out* makes the true answer."""
        answer = await carry_out() if fault.after else None
        await self._wait(fault)
        if fault.cuts:
            return hang_up(request)
        if fault.tears:
            return await _tear(request, fault.body or b"")
        if fault.code:
            return _spoilt(fault, refuse)
        return answer if answer is not None else await carry_out()

    async def _wait(self, fault: Fault) -> None:
        if fault.hangs:
            await self._released.wait()
        if fault.wait_s:
            await asyncio.sleep(fault.wait_s)

    def _used(self, key: str, planned: _Planned) -> None:
        if planned.left is None:
            return
        planned.left -= 1
        if planned.left <= 0:
            self._planned[key].remove(planned)
            if not self._planned[key]:
                del self._planned[key]


def hang_up(request: web.BaseRequest) -> web.Response:
    """End the connection now. What is returned reaches nobody, but the server wants something."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


async def _tear(request: web.BaseRequest, body: bytes) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    response.content_length = len(body) + 100
    await response.prepare(request)
    await response.write(body)
    if request.transport is not None:
        request.transport.close()
    return response


def _spoilt(fault: Fault, refuse: Refuse) -> web.StreamResponse:
    if fault.body is None:
        return refuse(fault)
    return web.Response(
        status=fault.code,
        body=fault.body,
        content_type=fault.content_type,
        headers=fault.headers or None,
    )
