"""A local stand-in of the model hub: files by repository and revision, with ranges and faults."""

from collections.abc import Mapping
from typing import Final, Self

from aiohttp import web

ELSEWHERE: Final = "/lies-here/"
"""The hub sends its clients on to where files lie, which is a server of its own in truth."""


class ModelHub:
    """Serves *files* under `/OWNER/NAME/resolve/REVISION/PATH`, by way of a redirect.

    *cuts*: after how many bytes the line goes dead, one request each. *ignores_ranges*: it starts
    from the beginning whatever was asked for.
    """

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = dict(files)
        self.cuts: list[int] = []
        self.ignores_ranges = False
        self.status = 0
        self.asked: list[str] = []
        self._runner: web.AppRunner | None = None
        self.url = ""

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_get(ELSEWHERE + "{path:.*}", self._file)
        app.router.add_get("/{path:.*}", self._resolve)
        self._runner = web.AppRunner(app, shutdown_timeout=0.001)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    async def _resolve(self, request: web.Request) -> web.StreamResponse:
        if self.status:
            return web.Response(status=self.status)
        path = request.match_info["path"]
        if path not in self.files:
            return web.Response(status=404)
        return web.Response(status=302, headers={"Location": ELSEWHERE + path})

    async def _file(self, request: web.Request) -> web.StreamResponse:
        content = self.files[request.match_info["path"]]
        asked = "" if self.ignores_ranges else request.headers.get("Range", "")
        self.asked.append(request.headers.get("Range", ""))
        begin = int(asked.removeprefix("bytes=").rstrip("-") or 0)
        if begin >= len(content):
            return web.Response(status=416)
        response = web.StreamResponse(status=206 if asked else 200)
        response.content_length = len(content) - begin
        if asked:
            span = f"bytes {begin}-{len(content) - 1}/{len(content)}"
            response.headers["Content-Range"] = span
        await response.prepare(request)
        if self.cuts and request.transport is not None:
            await response.write(content[begin : begin + self.cuts.pop(0)])
            request.transport.close()
            return response
        await response.write(content[begin:])
        await response.write_eof()
        return response
