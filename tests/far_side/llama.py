"""A model server as `backend.llama` is one, without a model; it is started as a process.

Its model file is its script, a line each: `load N` answers 503 to N questions after its health,
`die` ends it at the start, `cut` dies in the middle of the first answer unless `MODEL.cut` exists.
"""

import json
import os
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

KEY = ""
MODEL = Path()
LOADS = [0]


class Answers(BaseHTTPRequestHandler):
    """Health, models and one answer in two words."""

    def do_GET(self) -> None:
        if self.path == "/health":
            LOADS[0] -= 1
            self._send(503 if LOADS[0] >= 0 else 200, {"status": "ok"})
        else:
            self._send(200, {"object": "list", "data": [{"id": "builtin"}]})

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.headers.get("Authorization") != f"Bearer {KEY}":
            self._send(401, {"error": {"code": 401, "message": "Invalid API Key"}})
            return
        sys.stderr.write(f"asked {json.dumps(asked)}\n")
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        self._delta({"role": "assistant", "content": None})
        self._delta({"content": "Hello"})
        once = MODEL.with_suffix(".cut")
        if "cut" in MODEL.read_text() and not once.exists():
            once.touch()
            os._exit(9)
        self._delta({"content": " there"}, "stop")
        self.wfile.write(b"data: [DONE]\n\n")

    def _delta(self, delta: dict[str, Any], finish: str | None = None) -> None:
        chunk = {"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}
        self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
        self.wfile.flush()

    def _send(self, status: int, body: dict[str, Any]) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Its own lines would drown ours."""


def main(model: Path) -> int:
    """Serve until standard input ends."""
    global KEY, MODEL
    KEY, MODEL = sys.stdin.readline().strip(), model
    script = MODEL.read_text()
    if "die" in script:
        sys.stderr.write(f"no model in {model.name}\n")
        return 1
    LOADS[0] = int(script.partition("load ")[2].split()[0]) if "load " in script else 0
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdout.write(f"pid {os.getpid()}\nlistening http://127.0.0.1:{server.server_port}\n")
    sys.stdout.flush()
    sys.stdin.read()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
