"""A server of speech and hearing on loopback: OpenAI's protocol, real sound, faults on demand."""

import json
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any, Final, Self

from aiohttp import web

from tests.far_side.faults import Fault, Faults
from tests.far_side.tones import sung, understood
from voice import opus
from voice.pcm import Pcm, silence
from voice.riff import wav

CUT_S: Final = 0.001
"""A stopping server waits for nobody; 0 would mean that it waits for ever."""

LONGEST: Final = 4096


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, as it came in; *file* is the sound that it brought."""

    body: dict[str, Any]
    headers: dict[str, str]
    file: bytes = b""
    name: str = ""


@dataclass(slots=True)
class Manners:
    """How it speaks and hears: *mute* with silence, in *ogg*, with *segments* about each."""

    mute: bool = False
    ogg: bool = False
    segments: list[dict[str, object]] = field(default_factory=list)


class SpeechServer:
    """Serves `/v1/audio/speech` and `/v1/audio/transcriptions`.

    What it says are tones that hold the text, which it understands again, also as Opus.
    `faults.add("speech", ...)` and `faults.add("transcriptions", ...)` lay down what goes wrong.
    """

    def __init__(self, *, key: str = "") -> None:
        self.key = key
        self.port = 0
        self.manners = Manners()
        self.faults = Faults()
        self.requests: list[Asked] = []
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """The base URL that a client is given."""
        return f"http://127.0.0.1:{self.port}/v1"

    async def start(self) -> None:
        """Listen, on the same port as the last time."""
        app = web.Application(client_max_size=64 << 20)
        app.router.add_post("/v1/audio/speech", self._speech)
        app.router.add_post("/v1/audio/transcriptions", self._transcriptions)
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=CUT_S)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Go away at once, whoever is being served."""
        runner, self._runner = self._runner, None
        if runner is not None:
            await runner.cleanup()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def _speech(self, request: web.Request) -> web.StreamResponse:
        body: dict[str, Any] = json.loads(await request.read())
        return await self._answer("speech", request, Asked(body, dict(request.headers)))

    async def _transcriptions(self, request: web.Request) -> web.StreamResponse:
        form = _form(request.headers["content-type"], await request.read())
        name, content = form.pop("file", ("", b""))
        if not name:
            return refusing(Fault.status(400, "file: field required"))
        body = {key: value.decode() for key, (_, value) in form.items()}
        asked = Asked(body, dict(request.headers), content, name)
        return await self._answer("transcriptions", request, asked)

    async def _answer(self, name: str, request: web.Request, asked: Asked) -> web.StreamResponse:
        self.requests.append(asked)

        async def carry_out() -> web.StreamResponse:
            if self.key and request.headers.get("Authorization") != f"Bearer {self.key}":
                return refusing(Fault.status(401, "Incorrect API key provided"))
            return self._said(asked) if name == "speech" else self._heard(asked)

        fault = self.faults.take(name, asked.body)
        if fault is None:
            return await carry_out()
        return await self.faults.around(fault, request, carry_out, refusing)

    def _said(self, asked: Asked) -> web.StreamResponse:
        text = asked.body.get("input")
        if not isinstance(text, str) or not 0 < len(text) <= LONGEST:
            return refusing(Fault.status(400, "'$.input' is invalid"))
        sound: Pcm = silence(1, 24_000) if self.manners.mute else sung(text)
        if self.manners.ogg:
            return web.Response(body=opus.note(sound).ogg, content_type="audio/ogg")
        return web.Response(body=wav(sound), content_type="audio/wav")

    def _heard(self, asked: Asked) -> web.StreamResponse:
        text = understood(opus.heard(asked.file))
        answer: dict[str, object] = {"text": text}
        if asked.body.get("response_format") == "verbose_json":
            plain = [{"text": text, "no_speech_prob": 0.01, "avg_logprob": -0.2}]
            answer |= {"language": "english", "segments": self.manners.segments or plain}
        return web.json_response(answer)


def _form(kind: str, body: bytes) -> dict[str, tuple[str, bytes]]:
    """What a form has by name: a file's name, and the content; aiohttp warns of its own reader."""
    head = f"content-type: {kind}\r\n\r\n".encode()
    parts = BytesParser(policy=HTTP).parsebytes(head + body).iter_parts()
    return {
        str(part.get_param("name", header="content-disposition")): (
            part.get_filename() or "",
            part.get_payload(decode=True),
        )
        for part in parts
    }


def refusing(fault: Fault) -> web.Response:
    """A refusal as OpenAI words it."""
    kind = "requests" if fault.code == web.HTTPTooManyRequests.status_code else "invalid_request"
    detail = {"message": fault.description, "type": kind, "param": None, "code": None}
    return web.json_response({"error": detail}, status=fault.code, headers=fault.headers or None)
