"""The requests that a server of speech answers, with little more than Python's own library."""

import hashlib
import hmac
import json
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any, Final, Protocol

from voice.pcm import Pcm
from voice.riff import wav

MOST_BYTES: Final = 32 << 20
"""A recording of half a minute has three megabytes."""

MOST_WAITING: Final = 16
"""Of those who would wait longer for their turn, nobody does."""

SHA256: Final = re.compile(r"[0-9a-f]{64}")
PATIENCE_S: Final = 60


class Speaks(Protocol):
    """A loaded engine. It speaks in one thread at a time."""

    def facts(self) -> Mapping[str, object]:
        """`name`, `languages` and `limits` by language."""

    def speak(self, text: str, language: str, voice: Path | str) -> Pcm:
        """*text* aloud. Raises `Unable`."""


class Unable(Exception):
    """The engine cannot say this; the message is for the operator."""


@dataclass(slots=True)
class Desk:
    """What all requests share: the engine, the key, the recordings, and who has the turn."""

    engine: Speaks
    key: str
    voices: Path
    turn: threading.Lock = field(default_factory=threading.Lock)
    waiting: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(MOST_WAITING))


class Handler(BaseHTTPRequestHandler):
    """One connection to *desk*."""

    protocol_version = "HTTP/1.1"
    timeout = PATIENCE_S

    def __init__(self, desk: Desk, *line: Any) -> None:
        self._desk = desk
        super().__init__(*line)

    def do_GET(self) -> None:
        """Tell what speaks."""
        if self._may() and self.path == "/health":
            self._json(HTTPStatus.OK, self._desk.engine.facts())

    def do_PUT(self) -> None:
        """Take a recording."""
        content = self._content()
        name = self.path.removeprefix("/voices/")
        if content is None or not self._may():
            return
        if not SHA256.fullmatch(name) or hashlib.sha256(content).hexdigest() != name:
            self._refuse(HTTPStatus.BAD_REQUEST, "the name is not the recording's SHA-256")
            return
        self._desk.voices.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self._desk.voices / f".{name}.{threading.get_ident()}"
        draft.write_bytes(content)
        draft.replace(self._desk.voices / f"{name}.wav")
        self._json(HTTPStatus.OK, {})

    def do_POST(self) -> None:
        """Speak."""
        content = self._content()
        if content is None or not self._may():
            return
        if not self._desk.waiting.acquire(blocking=False):
            self._refuse(HTTPStatus.SERVICE_UNAVAILABLE, "too many are waiting")
            return
        try:
            self._speak(content)
        finally:
            self._desk.waiting.release()

    def _speak(self, content: bytes) -> None:
        try:
            asked = json.loads(content)
            text, language = str(asked["text"]), str(asked.get("language", ""))
            voice = _voice(self._desk.voices, str(asked.get("voice", "")))
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            self._refuse(HTTPStatus.BAD_REQUEST, "that is no wish to speak")
            return
        except FileNotFoundError:
            self._refuse(HTTPStatus.NOT_FOUND, "that voice is not known here")
            return
        try:
            with self._desk.turn:
                sound = self._desk.engine.speak(text, language, voice)
        except Unable as error:
            self._refuse(HTTPStatus.UNPROCESSABLE_ENTITY, str(error))
            return
        self._answer(HTTPStatus.OK, "audio/wav", wav(sound))

    def _may(self) -> bool:
        sent = self.headers.get("Authorization", "").encode()
        if not self._desk.key or hmac.compare_digest(sent, f"Bearer {self._desk.key}".encode()):
            return True
        self._refuse(HTTPStatus.UNAUTHORIZED, "the key is wrong")
        return False

    def _content(self) -> bytes | None:
        length = int(self.headers.get("Content-Length") or 0)
        if length <= MOST_BYTES:
            return self.rfile.read(length)
        self.close_connection = True
        self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "that is too large")
        return None

    def _refuse(self, status: HTTPStatus, why: str) -> None:
        self._json(status, {"error": why})

    def _json(self, status: HTTPStatus, told: Mapping[str, object]) -> None:
        self._answer(status, "application/json", json.dumps(told).encode())

    def _answer(self, status: HTTPStatus, kind: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the library's
        """Nothing is written down: what is said is nobody's business."""


def _voice(folder: Path, name: str) -> Path | str:
    """The recording of that *name*, or a name of the engine's own."""
    if not SHA256.fullmatch(name):
        return name
    recording = folder / f"{name}.wav"
    if not recording.is_file():
        raise FileNotFoundError(name)
    return recording
