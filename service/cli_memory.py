"""`anima memory`: what the owner does with what is remembered, and how it is measured."""

import argparse
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from prometheus_client import CollectorRegistry

from anima.errors import ConfigError
from service.settings import Settings

Settled = Callable[[argparse.Namespace], Settings]
Start = Callable[[Coroutine[Any, Any, int | None]], int]
Command = Callable[..., argparse.ArgumentParser]


def memory_commands(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    command: Command,
    settled: Settled,
    start: Start,
) -> None:
    """Add them to *commands* by *command*; *settled* reads the settings, *start* runs one."""
    memories = commands.add_parser("memory", help="what is remembered").add_subparsers(
        metavar="COMMAND", required=True
    )
    _rank(memories, command, settled, start)
    taken = command(
        memories,
        "export",
        lambda asked: start(_export(asked, settled(asked))),
        "write it to a file",
    )
    _of(taken)
    taken.add_argument("--out", type=Path, required=True, metavar="FILE", help="JSON Lines")
    taken.add_argument("--force", action="store_true", help="write over a file that is there")
    brought = command(
        memories,
        "import",
        lambda asked: start(_import(asked, settled(asked))),
        "take it from a file",
    )
    _of(brought)
    brought.add_argument("file", type=Path, metavar="FILE", help="what export wrote (.jsonl)")
    gone = command(
        memories,
        "forget",
        lambda asked: start(_forget(asked, settled(asked))),
        "forget it for good",
    )
    _of(gone)
    gone.add_argument("--text", metavar="WORDS", help="only what has these words")
    gone.add_argument("--yes", action="store_true", help="do it; without it, say what it would be")


def _rank(
    memories: "argparse._SubParsersAction[argparse.ArgumentParser]",
    command: Command,
    settled: Settled,
    start: Start,
) -> None:
    ranked = command(
        memories,
        "rank",
        lambda asked: start(_ranked(asked, settled(asked))),
        "measure how it finds",
    )
    ranked.add_argument("--corpus", type=Path, metavar="FILE", help="lines that were said (JSONL)")
    ranked.add_argument("--questions", type=Path, metavar="FILE", help="what is asked of them")
    ranked.add_argument("--scenarios", type=Path, metavar="FILE", help="stories instead")
    ranked.add_argument("--out", type=Path, required=True, metavar="FILE", help="where to write")
    ranked.add_argument(
        "--embeddings", choices=("builtin", "openai", "off"), help="instead of the set ones"
    )


def _of(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--speaker", required=True, metavar="PLATFORM:ID", help="whose it is, such as telegram:123"
    )


async def _ranked(asked: argparse.Namespace, settings: Settings) -> int:
    from service.memory_rank import ranked  # noqa: PLC0415 - only what is asked for loads
    from service.witness import LoggedWitness  # noqa: PLC0415 - as above

    if asked.embeddings:
        memory = settings.memory.model_copy(update={"embeddings": asked.embeddings})
        settings = settings.model_copy(update={"memory": memory})
    witness = LoggedWitness(CollectorRegistry())
    if asked.scenarios and not (asked.corpus or asked.questions):
        from service.memory_scenarios import played  # noqa: PLC0415 - as above

        count = await played(settings, witness, asked.scenarios, asked.out)
    elif asked.corpus and asked.questions and not asked.scenarios:
        count = await ranked(settings, witness, asked.corpus, asked.questions, asked.out)
    else:
        raise ConfigError("name --corpus and --questions together, or --scenarios alone")
    sys.stdout.write(f"{count} answers in {asked.out}\n")
    return 0


async def _export(asked: argparse.Namespace, settings: Settings) -> int:
    from service.memory_owner import exported  # noqa: PLC0415 - as above

    return await exported(settings, asked.speaker, asked.out, sys.stdout, force=asked.force)


async def _import(asked: argparse.Namespace, settings: Settings) -> int:
    from service.memory_owner import imported  # noqa: PLC0415 - as above

    return await imported(settings, asked.speaker, asked.file, sys.stdout)


async def _forget(asked: argparse.Namespace, settings: Settings) -> int:
    from service.memory_owner import forgotten  # noqa: PLC0415 - as above

    return await forgotten(settings, asked.speaker, asked.text, sys.stdout, sure=asked.yes)
