"""Serves an engine of speech over HTTP, in a process of its own, with little besides Python.

- `GET /health` tells what speaks: its name, its languages, how much it takes at once.
- `PUT /voices/SHA256` brings a recording to clone, once.
- `POST /speak` takes `text`, `language` and `voice`, a recording's SHA-256 or a name; WAV answers.

The key comes on standard input, in its first line, or from a file. Without `--stay` the process
ends when standard input does, so it never outlives whoever started it.
"""

import argparse
import os
import secrets
import sys
import threading
from collections.abc import Callable
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from tempfile import gettempdir
from typing import Final

from voice.speech_http import Desk, Handler, Speaks, Unable

LISTENING: Final = "listening "
"""What stands before the address."""


def parser(name: str, description: str | None) -> argparse.ArgumentParser:
    """The words that every server understands."""
    words = argparse.ArgumentParser(prog=name, description=description)
    words.add_argument("--host", default="127.0.0.1")
    words.add_argument("--port", type=int, default=0, help="0: any that is free")
    words.add_argument("--key-file", type=Path, help="where the key stands; else standard input")
    words.add_argument("--stay", action="store_true", help="go on when standard input ends")
    words.add_argument("--voices", type=Path, help="where recordings are kept")
    return words


def run(asked: argparse.Namespace, load: Callable[[], Speaks]) -> int:
    """Load the engine and serve it until standard input ends, or for good."""
    key = (asked.key_file.read_text() if asked.key_file else sys.stdin.readline()).strip()
    if not key and asked.host not in {"127.0.0.1", "localhost", "::1"}:
        sys.stderr.write("whoever can be reached from outside needs a key: --key-file\n")
        return 2
    told = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # engines print; only we are listened to
    try:
        engine = load()
    except Unable as error:
        sys.stderr.write(f"{error}\n")
        return 1
    kept = asked.voices or Path(gettempdir(), f"anima-voices-{secrets.token_hex(8)}")
    server = ThreadingHTTPServer(
        (asked.host, asked.port), partial(Handler, Desk(engine, key, kept))
    )
    server.daemon_threads = True
    told.write(f"{LISTENING}http://{asked.host}:{server.server_address[1]}\n")
    told.flush()
    if asked.stay:
        server.serve_forever()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    while sys.stdin.readline():
        pass
    os._exit(0)  # nothing to save, and the engine's threads would be waited for
