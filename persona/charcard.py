"""Character cards as others write them, version 2 and 3: what we understand, and the whole text."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, ValidationError
from pydantic_core import ErrorDetails

from anima.errors import ConfigError
from persona.jsonspans import NotJson, read

LARGEST_BYTES: Final = 4 * 1024 * 1024
"""Of the JSON. The largest books of lore have about one."""

SPECS: Final = {"chara_card_v2": 2, "chara_card_v3": 3}
_VERSION: Final = re.compile(r"[23](?:\.\d+)*")
_LONE: Final = re.compile(r"[\ud800-\udfff]")  # half a character, which UTF-8 cannot write
_FIRST: Final = frozenset({"name", "description"})  # version 1 is bare: no spec, no data


def _present(value: object) -> object:
    """What an object says; `null` says nothing."""
    if isinstance(value, dict):
        return {key: said for key, said in value.items() if said is not None}
    return value


class Book(BaseModel):
    """A card's book of lore; its entries are kept as they are, and whatever else it says."""

    model_config = ConfigDict(strict=True, extra="allow")

    entries: list[dict[str, Any]] = []

    @property
    def rules(self) -> Mapping[str, object]:
        """What it says besides its entries."""
        return self.model_extra or {}


class Sheet(BaseModel):
    """All of a card that we understand. The rest is kept in its text."""

    model_config = ConfigDict(strict=True)

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
    nickname: str = ""
    description: str = ""
    personality: str = ""
    scenario: str = ""
    first_mes: str = ""
    alternate_greetings: list[str] = []
    mes_example: str = ""
    system_prompt: str = ""
    post_history_instructions: str = ""
    character_book: Annotated[Book, BeforeValidator(_present)] = Book()
    extensions: dict[str, Any] = {}
    assets: list[dict[str, Any]] = []


@dataclass(frozen=True, slots=True)
class CharCard:
    """A card: its JSON word for word, what we understand of it, and the files it came with.

    *picture* is a PNG or empty; *files* are those of a CHARX, by path, without the JSON.
    """

    text: str
    sheet: Sheet
    picture: bytes = b""
    files: Mapping[str, bytes] = field(default_factory=dict)


def parse(content: bytes) -> tuple[str, Sheet]:
    """The text of a card's JSON, and what it says. Raises `ConfigError`, a line for each mistake.

    A card of version 1 comes back as one of version 2.
    """
    if len(content) > LARGEST_BYTES:
        raise ConfigError(f"its JSON is larger than {LARGEST_BYTES >> 20} MiB; no card needs that")
    try:
        text = content.decode("utf-8-sig")
        value = read(text)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise ConfigError(f"line {line}: not UTF-8; save the file as UTF-8") from error
    except NotJson as error:
        raise ConfigError(str(error)) from error
    if isinstance(value, dict) and "spec" not in value and value.keys() >= _FIRST:
        text = f'{{"spec":"chara_card_v2","spec_version":"2.0","data":{text.strip()}}}'
        value = {"spec": "chara_card_v2", "spec_version": "2.0", "data": value}
    return text, _sheet(value)


def version(card: Mapping[str, Any]) -> int:
    """2 or 3. Raises `ConfigError`."""
    spec, number = card.get("spec"), card.get("spec_version")
    if not isinstance(spec, str) or spec not in SPECS:
        raise ConfigError(f"'spec' is {_shown(spec)}; a card's is one of {', '.join(SPECS)}")
    if number is not None and not _VERSION.fullmatch(str(number)):
        raise ConfigError(f"'spec_version' is {_shown(number)}; known are '2.0' and '3.0'")
    return SPECS[spec]


def _sheet(value: object) -> Sheet:
    if not isinstance(value, dict):
        raise ConfigError("no character card; it should be an object with 'spec' and 'data'")
    version(value)
    if not isinstance(value.get("data"), dict):
        raise ConfigError("'data' is missing; it should hold the card")
    try:
        return Sheet.model_validate(_present(_whole(value["data"])))
    except ValidationError as error:
        raise ConfigError("\n".join(map(_line, error.errors(include_url=False)))) from error


def _whole(value: Any) -> Any:
    """*value* without halves of characters, which no file could hold, and with plain line ends."""
    if isinstance(value, str):
        return _LONE.sub("\ufffd", value.replace("\r\n", "\n"))
    if isinstance(value, list):
        return [_whole(one) for one in value]
    if isinstance(value, dict):
        return {_whole(key): _whole(one) for key, one in value.items()}
    return value


def _line(error: ErrorDetails) -> str:
    place = ".".join(map(str, ("data", *error["loc"])))
    if error["type"] == "missing":
        return f"{place!r} is missing"
    return f"{place!r} is {_shown(error['input'])}; {error['msg'][:1].lower()}{error['msg'][1:]}"


def _shown(value: object) -> str:
    shown = json.dumps(value, ensure_ascii=False)
    return shown if len(shown) <= 60 else f"{shown[:60]}…"  # noqa: PLR2004 - a line of a terminal
