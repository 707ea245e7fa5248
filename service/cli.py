"""The command line. Errors are one clear line; a traceback would be a bug."""

import argparse
import asyncio
import gc
import os
import sys
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

from anima.errors import AnimaError, ConfigError
from service import logs, settings

_ROLES: Final = {
    "listen": "only hear the platforms; others answer (one database for all)",
    "work": "only answer what was heard",
    "web": "only serve pages, health and hooks",
}


def main(words: Sequence[str] | None = None) -> int:
    """Do what *words* say. 0: done; 1: failed, with one clear line; 2: wrong usage."""
    try:
        try:
            return _done(words)
        finally:
            sys.stdout.flush()
    except BrokenPipeError:  # whoever read our output has gone; Python would say so once more
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _done(words: Sequence[str] | None) -> int:
    asked = _parser().parse_args(words)
    try:
        return int(asked.does(asked) or 0)
    except AnimaError as error:
        print(f"anima: {error}", file=sys.stderr)  # noqa: T201 - this is what a person reads
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="anima", description="An avatar where people talk.")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    _command(commands, "run", _run, "everything in one process")
    for role, text in _ROLES.items():
        _command(commands, role, _run, text)
    _command(commands, "chat", _chat, "talk in the terminal")
    database = commands.add_parser("db", help="the database").add_subparsers(
        metavar="COMMAND", required=True
    )
    _command(database, "upgrade", _db_upgrade, "bring it to this version")
    _command(database, "check", _db_check, "say whether it is at this version")
    commands.add_parser("version", help="which version this is").set_defaults(does=_version)
    return parser


def _command(
    group: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    does: object,
    text: str,
) -> None:
    command = group.add_parser(name, help=text, description=text)
    command.add_argument("--config", type=Path, metavar="FILE", help="instead of ./anima.toml")
    command.set_defaults(does=does, role=name)


def _settings(asked: argparse.Namespace, *, quiet: bool = False) -> settings.Settings:
    level = logs.level_of(os.environ)
    if quiet:
        level = max(level, logs.LEVELS["warning"])
    logs.configure(sys.stderr, level=level)
    chosen = settings.load(asked.config, os.environ)
    logs.configure(sys.stderr, level=level, secrets=settings.secrets(chosen))
    return chosen


def _start(life: Coroutine[Any, Any, int | None]) -> int:
    async def heard() -> int | None:
        logs.hear_loop(asyncio.get_running_loop())
        return await life

    return asyncio.run(heard()) or 0


def _run(asked: argparse.Namespace) -> int:
    gc.disable()  # nothing that is loaded is garbage, and looking for it takes half a second
    chosen = _settings(asked)
    from service.run import ALL, run  # noqa: PLC0415 - settings are checked before anything loads

    def told(url: str) -> None:
        with suppress(OSError):  # where nobody reads it, the avatar lives all the same
            print(f"Anima is at {url}", flush=True)  # noqa: T201 - this is what a person reads

    return _start(run(chosen, told, ALL & {asked.role} or ALL))


def _chat(asked: argparse.Namespace) -> int:
    chosen = _settings(asked, quiet=True)
    from service.chat import chat  # noqa: PLC0415 - as above

    return _start(chat(chosen, sys.stdin, sys.stdout))


def _db_upgrade(asked: argparse.Namespace) -> int:
    chosen = _settings(asked, quiet=True)
    from service.upkeep import upgraded  # noqa: PLC0415 - as above

    return _start(upgraded(chosen, sys.stdout))


def _db_check(asked: argparse.Namespace) -> int:
    chosen = _settings(asked, quiet=True)
    from service.upkeep import checked  # noqa: PLC0415 - as above

    return _start(checked(chosen, sys.stdout))


def _version(_: argparse.Namespace) -> int:
    try:
        installed = version("anima")
    except PackageNotFoundError as error:
        raise ConfigError("this copy is not installed, so it has no version") from error
    sys.stdout.write(f"anima {installed}\n")
    return 0
