"""The five questions of `anima init`, each answer checked by what checks the settings."""

import getpass
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, TextIO

from pydantic import ValidationError

import personas
from anima.errors import ConfigError
from persona.card import load
from service import settings_mistakes
from service.settings_checks import mistakes
from service.settings_keys import ANY
from service.settings_keys import Path as KeyPath
from service.settings_tables import Settings
from service.shipped import found
from service.written import Chosen

BUILTIN: Final = "1"
SERVER: Final = "2"
EVERYWHERE: Final = "0.0.0.0"  # noqa: S104 - it is asked for, together with a password
SERVERS: Final = ("postgresql:", "postgres:", "sqlite:", "postgresql+", "sqlite+")

Wrong = Callable[[str], str]
"""What is wrong with an answer, in one line; empty when nothing is."""


class Questions:
    """Asks through *write*, reads answers from *read*, and keeps what differs from the defaults."""

    def __init__(self, read: TextIO, write: TextIO) -> None:
        self._read = read
        self._write = write
        self._chosen: dict[KeyPath, object] = {}

    def asked(self) -> Chosen:
        """All answers. Raises `ConfigError` when the input ends before the last one."""
        self._say("Five questions; Enter takes what stands in brackets.\n")
        self._persona()
        self._telegram()
        self._mind()
        self._place()
        self._web()
        return self._chosen

    def agreed(self, question: str) -> bool:
        """Whether *question* was answered with yes."""
        return self._ask(f"{question} [no]: ", _nothing).lower() in ("y", "yes")

    def _persona(self) -> None:
        shipped = sorted(path.parent for path in _shipped().glob("*/persona.toml"))
        names = [path.name for path in shipped]
        self._say(
            f"1. Who is it? Shipped are {', '.join(names)}; or the path of a persona's folder."
        )
        answer = self._ask("   Persona [kokoro]: ", lambda given: _no_persona(_path(given, names)))
        if answer:
            self._chosen["persona",] = _path(answer, names)

    def _telegram(self) -> None:
        self._say("2. A bot on Telegram? @BotFather gives its token; empty: not on Telegram.")
        self._take(("telegram", "token"), "   Token [none]: ", secret=True)

    def _mind(self) -> None:
        self._say(
            "3. What does it think with? 1: the built-in model; 2: a server that speaks OpenAI's"
        )
        self._say("   chat completions, such as vLLM, llama.cpp, Ollama or a provider.")
        choice = self._ask("   Mind [1]: ", _no_mind)
        if choice != SERVER:
            return
        self._chosen["backends", "default", "kind"] = "openai"
        self._say("   Its address, mostly up to /v1, like http://127.0.0.1:8000/v1")
        self._take(("backends", "default", "base_url"), "   Address: ", needed=True)
        self._take(("backends", "default", "api_key"), "   Key [none]: ", secret=True)
        model = self._take(("souls", ANY, "model"), "   Model [the server's first]: ")
        if model:
            self._chosen["souls", ANY, "name"] = model

    def _place(self) -> None:
        self._say("4. Where does it keep what it hears? A folder for SQLite, or the address of")
        self._say("   PostgreSQL: postgresql://name:password@host/database")
        answer = self._ask("   Place [data]: ", lambda given: self._wrong(*_kept(given)))
        if answer:
            path, value = _kept(answer)
            self._chosen[path] = value

    def _web(self) -> None:
        self._say(
            "5. Shall the web page be reachable from other machines? Then it needs a password;"
        )
        self._say("   empty: only from this machine.")
        if self._take(("web", "password"), "   Password [none]: ", secret=True):
            self._chosen["web", "host"] = EVERYWHERE

    def _take(
        self, path: KeyPath, prompt: str, *, needed: bool = False, secret: bool = False
    ) -> str:
        """The answer, kept under *path*; an empty one leaves the default."""

        def no(given: str) -> str:
            return self._wrong(path, given) if given or needed else ""

        answer = self._ask(prompt, no, secret=secret)
        if answer:
            self._chosen[path] = answer
        return answer

    def _ask(self, prompt: str, no: Wrong, *, secret: bool = False) -> str:
        while True:
            answer = self._hear(prompt, secret=secret).strip()
            trouble = no(answer) if answer.isprintable() else "that is no plain text; type it again"
            if not trouble:
                return answer
            self._say(f"   {trouble}")

    def _hear(self, prompt: str, *, secret: bool) -> str:
        if secret and self._read.isatty():
            return getpass.getpass(prompt, self._write)
        self._write.write(prompt)
        self._write.flush()
        line = self._read.readline()
        if not self._read.isatty():
            self._write.write("\n")
        if not line:
            raise ConfigError("the input ended before the last answer; nothing was written")
        return line

    def _say(self, line: str) -> None:
        self._write.write(f"{line}\n")

    def _wrong(self, path: KeyPath, value: object) -> str:
        """What the settings would say to *value* at *path*, after the answers until now."""
        lines = complaints({**self._chosen, path: value})
        name = ".".join("0" if part == ANY else part for part in path)
        said = [line.removeprefix(f"{name}: ") for line in lines if line.startswith(f"{name}: ")]
        return said[0] if said else ""


def complaints(chosen: Chosen) -> Sequence[str]:
    """What is wrong with *chosen* as settings, a line each."""
    try:
        settings = Settings.model_validate(tree(chosen))
    except ValidationError as error:
        return settings_mistakes.lines(error)
    return mistakes(settings)


def tree(chosen: Chosen) -> dict[str, object]:
    """*chosen* as the tables of a file."""
    grown: dict[str, object] = {}
    for path, value in chosen.items():
        table = grown
        for part in path[:-1]:
            inner = table.setdefault(part, {})
            assert isinstance(inner, dict)  # noqa: S101 - paths of keys never cross
            table = inner
        table[path[-1]] = value
    if isinstance(souls := grown.get("souls"), dict):
        grown["souls"] = [{"name": "default", **souls[ANY]}]
    return grown


def _kept(answer: str) -> tuple[KeyPath, str]:
    """Under which key *answer* says where things are kept."""
    return (("database", "url") if answer.startswith(SERVERS) else ("data",)), answer or "data"


def _path(answer: str, names: Sequence[str]) -> str:
    return f"{_shipped().name}/{answer}" if answer in names else answer


def _shipped() -> Path:
    return Path(personas.__path__[0])


def _no_persona(path: str) -> str:
    if not path:
        return ""
    try:
        load(found(Path(path)))
    except ConfigError as error:
        return str(error).splitlines()[0]
    return ""


def _no_mind(answer: str) -> str:
    return "" if answer in ("", BUILTIN, SERVER) else f"{answer!r} is neither 1 nor 2"


def _nothing(_answer: str) -> str:
    return ""
