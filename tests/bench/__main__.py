"""`make bench`: the table of how fast we are. Exit code 1 when a bar does not hold."""

import argparse
import asyncio
import os
import signal
import sys
from pathlib import Path
from time import monotonic
from typing import Final

from tests.bench import core, embedded, recall, voice
from tests.bench.match import QUICK, Rounds, match
from tests.bench.process import Broken
from tests.bench.pure import measured, steps
from tests.bench.sizes import sizes
from tests.bench.stages import profile
from tests.bench.table import against_the_bare_bot, broken

_LONGEST_S: Final = 1800.0
"""Nothing here takes so long unless something hangs."""


def main() -> int:
    """Measure what the command line asks for and print it."""
    asked = _parser().parse_args()
    python = core.python()
    try:
        return asyncio.run(_do(asked, python))
    except* Broken as group:
        _print(str(_first(group)))
    except* (asyncio.CancelledError, KeyboardInterrupt):
        _print("stopped")
    return 1


async def _do(asked: argparse.Namespace, python: Path) -> int:
    if task := asyncio.current_task():
        # whoever ends us ends the bots as well
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    async with asyncio.timeout(_LONGEST_S):
        if asked.sizes:
            _print(sizes(python))
        if asked.profile:
            _print(await profile(python))
        if asked.recall:
            remembered, slow = await recall.measured(postgres=asked.postgres)
            _print(remembered)
            return 1 if slow else 0
        if asked.embedded:
            costs, dear = await embedded.measured(python)
            _print(costs)
            return 1 if dear else 0
        if asked.voice:
            spoken, slow = await voice.measured()
            _print(spoken)
            return 1 if slow else 0
        if asked.sizes or asked.profile:
            return 0
        return await _compare(python, QUICK if asked.quick else Rounds())


def _first(error: BaseException) -> BaseException:
    return _first(error.exceptions[0]) if isinstance(error, BaseExceptionGroup) else error


async def _compare(python: Path, rounds: Rounds) -> int:
    began, noise = monotonic(), os.getloadavg()[0]
    results = await match(python, rounds, _tell)
    _print(against_the_bare_bot(results))
    pure, late = measured(steps())
    _print(pure)
    remembered, slow = await recall.measured()
    _print(remembered)
    costs, dear = await embedded.measured(python)
    _print(costs)
    _print(
        f"{monotonic() - began:.0f} s on {os.cpu_count()} processors; load {noise:.1f} before,"
        f" {os.getloadavg()[0]:.1f} after (1 is ours). Values are medians, spread is the ratio of"
        " each round."
    )
    spoken, dragging = await voice.measured()
    _print(spoken)
    missed = [*(measure.name for measure in broken(results)), *late, *slow, *dear, *dragging]
    if missed:
        _print(f"does not hold: {', '.join(missed)}")
    return 1 if missed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--voice", action="store_true", help="only what is said aloud")
    parser.add_argument("--quick", action="store_true", help="fewer rounds, less than a minute")
    parser.add_argument("--profile", action="store_true", help="where one message's time goes")
    parser.add_argument("--embedded", action="store_true", help="what the builtin embedder costs")
    parser.add_argument("--recall", action="store_true", help="how long memory takes to find")
    parser.add_argument("--postgres", action="store_true", help="with --recall: on PostgreSQL")
    parser.add_argument("--sizes", action="store_true", help="the core packages and the wheel")
    return parser


def _tell(doing: str) -> None:
    """Show progress where somebody looks, and leave no trace of it."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{doing}")
        sys.stderr.flush()


def _print(text: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")
    print(text, end="\n\n", flush=True)  # noqa: T201 - that is what it is for


if __name__ == "__main__":
    sys.exit(main())
