"""Settings: `anima.toml`, and the environment on top of it."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

from pydantic import SecretStr, ValidationError

from anima.errors import ConfigError
from service import settings_mistakes
from service.environment import overlay
from service.settings_checks import is_loopback, mistakes
from service.settings_forms import Table
from service.settings_minds import Backend, Soul
from service.settings_tables import Settings

__all__ = ["Backend", "Settings", "Soul", "is_loopback", "load", "secrets"]

USUAL = Path("anima.toml")

TELLING = re.compile(r"auth|key|token|secret|cookie|password", re.IGNORECASE)
"""Names of headers and body fields whose values are secrets."""


def load(path: Path | None, environ: Mapping[str, str]) -> Settings:
    """The settings of *path*, or of `anima.toml` here if there is one, under *environ*.

    Raises `ConfigError` with a line for each mistake.
    """
    tree = _read(path or USUAL) if path or USUAL.is_file() else {}
    wrong = overlay(tree, environ)
    _complete(tree)
    try:
        settings = Settings.model_validate(tree)
    except ValidationError as error:
        wrong += settings_mistakes.lines(error)
    else:
        wrong += mistakes(settings)
    if wrong:
        raise ConfigError("\n".join(wrong))
    return settings


def secrets(settings: Settings) -> frozenset[str]:
    """Every secret value that *settings* hold, to be cut out of whatever is written anywhere."""
    telegram = settings.telegram
    hook = {telegram.hook_secret()} if telegram.token.get_secret_value() else set()
    return frozenset(secret for secret in {*hook, *_secrets(settings)} if secret)


def _read(path: Path) -> dict[str, object]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        reason = (error.strerror or "unreadable").lower()
        raise ConfigError(f"{path}: cannot be read: {reason}") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise ConfigError(f"{path}, line {line}: not UTF-8; save the file as UTF-8") from error
    return _parse(path, text)


def _parse(path: Path, text: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        what, _, where = str(error).partition(" (at ")
        place = where.removesuffix(")") if where.startswith("line") else "at its end"
        raise ConfigError(f"{path}, {place}: {what[:1].lower()}{what[1:]}") from error
    except RecursionError as error:
        raise ConfigError(f"{path}: nested too deeply") from error


def _complete(tree: dict[str, object]) -> None:
    """Add the defaults that follow from another setting."""
    if tree.get("souls") == []:
        del tree["souls"]
    data, database = tree.get("data"), tree.setdefault("database", {})
    if not isinstance(database, dict) or database.get("url"):
        return
    database.pop("url", None)
    if isinstance(data, str) and data:
        database["url"] = f"sqlite:///{Path(data).as_posix()}/anima.db"


def _secrets(table: Table) -> Iterator[str]:
    for name in type(table).model_fields:
        value = getattr(table, name)
        if isinstance(value, SecretStr):
            yield from _parts(value.get_secret_value())
        for inner in _tables(value):
            yield from _secrets(inner)
    if isinstance(table, Backend):
        given = {**table.headers, **table.body}
        told = [str(value) for name, value in given.items() if TELLING.search(name)]
        yield from (part for value in told for part in (value, value.rpartition(" ")[2]))


def _tables(value: object) -> list[Table]:
    values = tuple(value.values()) if isinstance(value, dict) else value
    each = values if isinstance(values, tuple) else (values,)
    return [inner for inner in each if isinstance(inner, Table)]


def _parts(secret: str) -> Iterator[str]:
    """The secret itself; of an address, which anybody may know, only the password."""
    if "://" not in secret:
        yield secret
        return
    found = re.search(r"://[^:@/]*:(.*)@", secret)
    password = found[1] if found else ""
    yield password
    yield unquote(password)
