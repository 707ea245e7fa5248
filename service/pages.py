"""The page that says who lives here, and the headers that every answer carries."""

import base64
import hashlib
from email.utils import formatdate
from html import escape
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

STYLE = "body{font:1.1em/1.6 system-ui,sans-serif;max-width:36em;margin:4em auto;padding:0 1em}"
"""All there is; the policy lets in this text and nothing else."""

STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()

HEADERS: Final = {
    "content-security-policy": f"default-src 'none'; style-src 'sha256-{STYLE_HASH}'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{name}</title>
<style>{style}</style>
</head>
<body>
<main>
<h1>{name}</h1>
<p>{name} lives here.</p>
<p>To talk: run <code>anima chat</code> in a terminal on this machine, or write to the bot on
Telegram once a token is set under <code>[telegram]</code> in <code>anima.toml</code>.</p>
<p>The chat page arrives with the next version.</p>
</main>
</body>
</html>
"""


def home(persona_name: str) -> str:
    """The page at `/`, with the name of whoever lives here as plain text."""
    return PAGE.format(name=escape(persona_name), style=STYLE)


class Guarded:
    """Adds `HEADERS` and the date to every answer of *app*."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on, and what comes back with our headers."""

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update({**HEADERS, "date": formatdate(usegmt=True)})
            await send(message)

        await self._app(scope, receive, guarded)
