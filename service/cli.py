"""The command line. Errors are one clear line; a traceback would be a bug."""

import argparse
import asyncio
import gc
import io
import os
import re
import sys
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

from anima.errors import AnimaError, ConfigError
from service import logs, settings
from service.cli_memory import memory_commands

_ROLES: Final = {
    "listen": "only hear the platforms; others answer (one database for all)",
    "work": "only answer what was heard",
    "web": "only serve pages, health and hooks",
}

_TURN_S: Final = 0.0005
"""A thread that loads or reads in gives way to who waits so soon. With Python's five milliseconds a
recall beside the loading of rules took half a second, for it takes its turn a hundred times."""


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
    _command(commands, "doctor", _doctor, "try every configured part, say what is wrong")
    made = commands.add_parser("init", help="ask five questions and write anima.toml")
    made.add_argument("file", type=Path, nargs="?", default=settings.USUAL, metavar="FILE")
    made.add_argument("--force", action="store_true", help="write over a file that is there")
    made.set_defaults(does=_init)
    _persona_commands(commands)
    _model_commands(commands)
    memory_commands(commands, _command, partial(_settings, quiet=True), _start)
    commands.add_parser("version", help="which version this is").set_defaults(does=_version)
    return parser


def _persona_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    personas = commands.add_parser("persona", help="who it is").add_subparsers(
        metavar="COMMAND", required=True
    )
    checked = _command(personas, "check", _persona_check, "say what is wrong with one, or lacks")
    checked.add_argument(
        "path", type=Path, nargs="?", metavar="PATH", help="instead of the set one"
    )
    checked.add_argument(
        "--talk", type=Path, metavar="FILE", help="whether it stayed itself in this talk (JSONL)"
    )
    _prompt_command(personas)
    brought = personas.add_parser("import", help="make a folder of a character card")
    brought.add_argument("card", type=Path, metavar="CARD", help=".json, .png or .charx")
    brought.add_argument("--to", type=Path, metavar="DIR", help="instead of personas/NAME")
    brought.add_argument("--force", action="store_true", help="put what is there aside")
    brought.set_defaults(does=_persona_import)
    taken = personas.add_parser("export", help="make a character card of a persona")
    taken.add_argument("persona", type=Path, metavar="DIR", help="its folder, or another card")
    taken.add_argument("file", type=Path, metavar="FILE", help=".json, .png or .charx")
    taken.add_argument("--v2", action="store_true", help="version 2, for readers of old")
    taken.add_argument("--force", action="store_true", help="write over a file that is there")
    taken.set_defaults(does=_persona_export)


def _prompt_command(personas: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    shown = _command(personas, "prompt", _persona_prompt, "print what a model would be told")
    shown.add_argument(
        "persona", type=Path, nargs="?", metavar="DIR|CARD", help="instead of the set one"
    )
    shown.add_argument("--talk", type=Path, metavar="FILE", help="after this talk (JSONL)")
    shown.add_argument("--group", metavar="TITLE", help="in a group that is called so")
    shown.add_argument("--language", type=_language, metavar="CODE", help="such as ja")
    shown.add_argument(
        "--context", type=_tokens, default=0, metavar="N", help="tokens that the model takes"
    )
    shown.add_argument("--json", action="store_true", help="for programs")


def _language(word: str) -> str:
    """The code that *word* means; argparse tells what is wrong with others."""
    from service.commands.language import AUTO, meant_language  # noqa: PLC0415 - for one command

    code = meant_language(word.strip().casefold())
    if code is None and re.fullmatch("[a-z]{2,3}", word):
        return word
    if code in {None, AUTO}:
        raise argparse.ArgumentTypeError(f"{word!r} is no language; a code is like en, zh or ja")
    return str(code)


def _tokens(word: str) -> int:
    """*word* as a number of tokens; argparse tells what is wrong with others."""
    if not re.fullmatch("[1-9][0-9]{0,8}", word):
        raise argparse.ArgumentTypeError(f"{word!r} is no number of tokens, such as 8192")
    return int(word)


def _model_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    models = commands.add_parser("model", help="the built-in model's weights").add_subparsers(
        metavar="COMMAND", required=True
    )
    _command(models, "list", _model_list, "which there are, and where they lie")
    _command(models, "fetch", _model_fetch, "fetch them, checked and once for all")
    models.choices["fetch"].add_argument("name", metavar="NAME", help="from `anima model list`")


def _command(
    group: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    does: object,
    text: str,
) -> argparse.ArgumentParser:
    command = group.add_parser(name, help=text, description=text)
    command.add_argument("--config", type=Path, metavar="FILE", help="instead of ./anima.toml")
    command.set_defaults(does=does, role=name)
    return command


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

    sys.setswitchinterval(_TURN_S)
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


def _doctor(asked: argparse.Namespace) -> int:
    logs.configure(sys.stderr, level=logs.LEVELS["error"])
    from service.doctor import doctor  # noqa: PLC0415 - as above

    return _start(doctor(asked.config, os.environ, sys.stdout))


def _init(asked: argparse.Namespace) -> int:
    from service.init import init  # noqa: PLC0415 - as above

    return init(asked.file, sys.stdin, sys.stdout, force=asked.force)


def _persona_check(asked: argparse.Namespace) -> int:
    from service.persona_check import check  # noqa: PLC0415 - as above

    path = asked.path or settings.load(asked.config, os.environ).persona
    if asked.talk:
        from service.persona_talk import check_talk  # noqa: PLC0415 - as above

        return check_talk(path, asked.talk, sys.stdout)
    return check(path, sys.stdout)


def _persona_prompt(asked: argparse.Namespace) -> int:
    from anima.clock import SystemClock  # noqa: PLC0415 - as above
    from service.persona_prompt import Wish, prompt  # noqa: PLC0415 - as above

    wish = Wish(
        persona=asked.persona,
        config=asked.config,
        talk=asked.talk,
        title=asked.group,
        language=asked.language or "",
        context=asked.context,
        as_json=asked.json,
    )
    if isinstance(sys.stdout, io.TextIOWrapper):  # a terminal may lack the letters of a talk
        sys.stdout.reconfigure(errors="backslashreplace")
    return prompt(wish, os.environ, SystemClock().now(), sys.stdout)


def _persona_import(asked: argparse.Namespace) -> int:
    from service.persona_import import imported  # noqa: PLC0415 - as above

    return imported(asked.card, asked.to, sys.stdout, force=asked.force)


def _persona_export(asked: argparse.Namespace) -> int:
    from service.persona_import import exported  # noqa: PLC0415 - as above

    return exported(asked.persona, asked.file, sys.stdout, old=asked.v2, force=asked.force)


def _model_list(asked: argparse.Namespace) -> int:
    chosen = _settings(asked, quiet=True)
    from service.models import listed  # noqa: PLC0415 - as above

    return listed(chosen, sys.stdout)


def _model_fetch(asked: argparse.Namespace) -> int:
    chosen = _settings(asked, quiet=True)
    from anima.clock import SystemClock  # noqa: PLC0415 - as above
    from service.models import fetched  # noqa: PLC0415 - as above

    return _start(fetched(chosen, asked.name, SystemClock(), sys.stdout))


def _version(_: argparse.Namespace) -> int:
    try:
        installed = version("anima")
    except PackageNotFoundError as error:
        raise ConfigError("this copy is not installed, so it has no version") from error
    sys.stdout.write(f"anima {installed}\n")
    return 0
