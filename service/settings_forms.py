"""The forms that a setting may have: addresses, tokens, names of speakers, whole tables."""

import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainValidator, SecretStr

from service.secrets import Secret

TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
HOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
SPEAKER = re.compile(r"(?:telegram|discord):\d+|(?:web|console):\S+")
DRIVER = re.compile(
    r"^(postgresql|postgres|sqlite)(?:\+(?:asyncpg|psycopg|psycopg2|aiosqlite))?(?=:)"
)
DATABASES = "postgresql://name:password@host/database or sqlite:///path/to/file.db"


def web_address(value: str) -> str:
    """*value* without a slash at its end. Raises `ValueError` for what is no http(s) address."""
    try:
        parts = urlsplit(value)
        usable = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable or re.search(r"\s", value):
        raise ValueError("is no web address; it begins with https:// or http:// and names a host")
    if "@" in urlsplit(value).netloc:
        raise ValueError("holds a name or a password, which belong into a key or a header")
    return value.rstrip("/")


def web_addresses(value: object) -> str | tuple[str, ...]:
    """*value* as one address or several. Raises `ValueError` for what holds none."""
    if not value and isinstance(value, str):
        return value
    several = value.split(",") if isinstance(value, str) else value
    if not isinstance(several, list | tuple) or not all(isinstance(one, str) for one in several):
        raise ValueError('must be a text in quotes, or a list like ["http://a/v1", "http://b/v1"]')
    found = tuple(dict.fromkeys(web_address(one.strip()) for one in several))
    return found if len(found) > 1 else "".join(found)


def bot_token(value: SecretStr) -> SecretStr:
    """A Telegram bot's token as it is. Raises `ValueError` for what cannot be one."""
    text = value.get_secret_value()
    if text and not TOKEN.fullmatch(text):
        raise ValueError(
            "is no bot token; it has the form 123456:ABC-DEF… and @BotFather on Telegram gives it"
        )
    return value


def hook_secret(value: SecretStr) -> SecretStr:
    """A webhook's secret as Telegram allows it, or empty. Raises `ValueError` for others."""
    text = value.get_secret_value()
    if text and not HOOK_SECRET.fullmatch(text):
        raise ValueError("must be 1 to 256 of the characters A-Z a-z 0-9 _ -")
    return value


def speaker_address(value: str) -> str:
    """`telegram:123` as it is. Raises `ValueError` for what names nobody."""
    if not SPEAKER.fullmatch(value):
        raise ValueError('names nobody; write it like "telegram:123" or "discord:456"')
    return value


def database_address(value: SecretStr) -> SecretStr:
    """A database's address in its plain form. Raises `ValueError` for engines we do not speak."""
    text = value.get_secret_value()
    found = DRIVER.match(text)
    scheme = found[1] if found else ""
    rest = text[found.end() :] if found else ""
    if scheme == "sqlite":
        _check_file(rest)
    elif not scheme or not rest.startswith("://") or len(rest) == len("://"):
        raise ValueError(f"is no database we know; write {DATABASES}")
    return SecretStr(f"{'sqlite' if scheme == 'sqlite' else 'postgresql'}{rest}")


def _check_file(rest: str) -> None:
    path = rest.removeprefix(":///")
    if rest in {"://", ":///"} or path.startswith((":memory:", "?", "file::memory:")):
        raise ValueError(f"would forget everything at the end; write {DATABASES}")
    if not rest.startswith(":///"):
        raise ValueError("needs three slashes before a relative path, four before an absolute one")


def redis_address(value: SecretStr) -> SecretStr:
    """A Redis server's address as it is, or empty. Raises `ValueError` for others."""
    text = value.get_secret_value()
    if text and not re.match(r"(?:rediss?|unix)://.", text):
        raise ValueError("is no address of Redis; write redis://host:6379/0, rediss:// or unix://")
    return value


WebAddress = Annotated[str, AfterValidator(web_address)]
PerhapsWebAddress = Annotated[
    str, AfterValidator(lambda value: web_address(value) if value else value)
]
PerhapsWebAddresses = Annotated[str | tuple[str, ...], PlainValidator(web_addresses)]
"""One address, several as a list or with commas between them, or none."""
BotToken = Annotated[Secret, AfterValidator(bot_token)]
HookSecret = Annotated[Secret, AfterValidator(hook_secret)]
DatabaseAddress = Annotated[Secret, AfterValidator(database_address)]
RedisAddress = Annotated[Secret, AfterValidator(redis_address)]
Texts = Annotated[tuple[str, ...], Field(strict=False)]
Speakers = Annotated[
    tuple[Annotated[str, AfterValidator(speaker_address)], ...], Field(strict=False)
]
Seconds = Annotated[float, Field(gt=0)]
Positive = Annotated[int, Field(gt=0)]

EMPTY = SecretStr("")


class Table(BaseModel):
    """What all tables keep: no unknown key, no wrong type, no change after loading."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, allow_inf_nan=False, hide_input_in_errors=True
    )
