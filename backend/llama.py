"""`python -m backend.llama`: llama.cpp's server in a process of its own.

It reads its key from standard input, says `listening ADDRESS` once it has loaded the model, and
ends when standard input does: so it never outlives whoever started it, however that one ended.
"""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

ALIAS: Final = "builtin"
"""The name under which the model is served."""

LISTENING: Final = "listening "
"""What stands before the address."""


def main(words: Sequence[str] | None = None) -> int:
    """Serve until standard input ends."""
    parser = argparse.ArgumentParser(prog="backend.llama", description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--context", type=int, default=4096, help="tokens of each slot")
    parser.add_argument("--slots", type=int, default=2, help="answers written at once")
    parser.add_argument("--threads", type=int, default=threads())
    asked = parser.parse_args(words)
    key = sys.stdin.readline().strip()
    try:
        server = _served(asked, key)
    except RuntimeError:  # what was wrong stands above, in llama.cpp's own words
        sys.stderr.write(f"{asked.model.name} cannot be loaded\n")
        return 1
    sys.stdout.write(f"{LISTENING}{server.listening_address}\n")
    sys.stdout.flush()
    while sys.stdin.readline():
        pass
    os._exit(0)  # nothing to save, and the server's threads would be waited for


def threads() -> int:
    """One for each core that we may use; beyond eight a small model gains nothing."""
    available = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else {0, 1}
    return min(len(available), 8)


def _served(asked: argparse.Namespace, key: str) -> Any:
    xllamacpp: Any = importlib.import_module("xllamacpp")  # an extra, which may be missing
    wanted = xllamacpp.CommonParams()
    wanted.model.path = str(asked.model)
    wanted.model_alias = {ALIAS}
    wanted.n_ctx = asked.context * asked.slots
    wanted.n_parallel = asked.slots
    wanted.cpuparams.n_threads = wanted.cpuparams_batch.n_threads = asked.threads
    wanted.hostnames = ["127.0.0.1"]
    wanted.port = asked.port
    wanted.api_keys = [key]
    wanted.verbosity = 1
    return xllamacpp.Server(wanted)


if __name__ == "__main__":
    sys.exit(main())
