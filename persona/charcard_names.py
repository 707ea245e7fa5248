"""How a character is called and how it greets: fields of a card, and `persona.toml` of a folder."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from persona.cardfile import LONGEST_GREETING, LONGEST_WORD, CardFile
from persona.charcard import Sheet
from persona.filling import TELLING
from persona.language import guess, tells

_HELLO: Final[Mapping[str, str]] = MappingProxyType(
    {"en": "Hello, I'm {{char}}.", "zh": "你好，我是{{char}}。", "ja": "こんにちは、{{char}}です。"}
)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")  # TOML takes them only as numbers


def to_toml(sheet: Sheet) -> str:
    """The `persona.toml` for *sheet*. Languages are those that it greets in."""
    greetings = greets(sheet)
    names = dict.fromkeys(filter(None, map(_word, (sheet.nickname, sheet.name))))
    called = ", ".join(map(_quoted, names))
    return "\n".join(
        (
            f"name = {_quoted(_word(sheet.name))}",
            f"languages = [{', '.join(map(_quoted, greetings))}]",
            "",
            "[names]",
            *(f"{code} = [{called}]" for code in greetings),
            "",
            "[greeting]",
            *(f"{code} = {_lines(text)}" for code, text in greetings.items()),
            "",
        )
    )


def greets(sheet: Sheet) -> dict[str, str]:
    """By language, the first greeting of *sheet* in each; at least one."""
    about = sheet.description[:TELLING]
    usual = guess(about) if tells(about) else "en"
    greetings: dict[str, str] = {}
    for text in filter(None, map(str.strip, (sheet.first_mes, *sheet.alternate_greetings))):
        greetings.setdefault(guess(text[:TELLING], usual), text[:LONGEST_GREETING].strip())
    return greetings or {usual: _HELLO.get(usual, _HELLO["en"])}


def named(file: CardFile) -> dict[str, str]:
    """What *file* says in fields of a card: `name`, `nickname` and `first_mes`."""
    usual = next(iter(file.names.get(file.languages[0], ())), file.name)
    return {
        "name": file.name,
        "nickname": "" if usual == file.name else usual,
        "first_mes": _greetings(file)[0],
    }


def others(alternates: Sequence[str], before: CardFile | None, after: CardFile) -> Sequence[str]:
    """*alternates* as they should be, now that the greetings are no more as *before*."""
    old, new = _greetings(before)[1:] if before else [], _greetings(after)[1:]
    if old == new:
        return alternates
    kept = [text for text in alternates if text.strip() not in _gone(old, new)]
    return [*kept, *(text for text in new if text not in old)]


def _greetings(file: CardFile) -> list[str]:
    """The greetings of *file*, that in its first language first."""
    codes = sorted(file.greeting, key=file.languages.index)
    return [file.greeting[code] for code in codes]


def _gone(old: Iterable[str], new: Sequence[str]) -> set[str]:
    return {text for text in old if text not in new}


def _word(text: str) -> str:
    return " ".join(text.split())[:LONGEST_WORD].strip()


def _quoted(text: str) -> str:
    return _safe(json.dumps(text, ensure_ascii=False))


def _lines(text: str) -> str:
    """*text* as TOML that can be edited as it is read."""
    escaped = text.replace("\\", "\\\\").replace('"""', '""\\"')
    return _quoted(text) if "\n" not in text else f'"""\n{_safe(escaped)}"""'


def _safe(text: str) -> str:
    return _CONTROL.sub(lambda control: f"\\u{ord(control[0]):04x}", text)
