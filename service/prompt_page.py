"""A prompt looked at, as a page for a terminal and as JSON for programs."""

import json
import re
from collections.abc import Iterator
from textwrap import indent
from typing import Final

from persona.brief import SMALL_CONTEXT, small
from persona.tongue import LANGUAGES
from service.prompt_report import Report, Row, Sheet

_INDENT: Final = "    "
_NAME: Final = 22
_NUMBER: Final = 8
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""What would move a terminal's cursor, or cannot be written at all."""


def page(told: Report, counted: str) -> Iterator[str]:
    """The lines for a terminal; *counted* says who counted the tokens."""
    yield from _head(told, counted)
    for number, sheet in enumerate(told.sheets, 1):
        yield ""
        yield f"── {number} {sheet.role}, {sheet.tokens} tokens ──"
        for row in sheet.rows:
            yield ""
            yield f"[{row.name}] {row.tokens} tokens, {_stays(stable=row.stable)}"
            yield indent(shown(row.text), _INDENT)
    yield ""
    yield from (f"cut   {shown(line)}" for line in told.why or ["nothing"])
    yield ""
    yield from _sums(told)


def as_json(told: Report, counted: str) -> str:
    """The same as one object."""
    fields = {
        "persona": told.card.name,
        "revision": told.card.revision,
        "soul": told.soul.name,
        "language": told.language,
        "context": told.soul.context,
        "max_tokens": told.soul.max_tokens,
        "room": told.room,
        "counted": counted,
        "messages": [_message(sheet) for sheet in told.sheets],
        "cut": list(told.why),
        "tokens": told.tokens,
        "stable_tokens": told.stable,
        "stable_share": round(told.share, 4),
    }
    return _writable(json.dumps(fields, ensure_ascii=False, indent=2))


def shown(text: str) -> str:
    """*text* with what a terminal would obey made visible."""
    return _CONTROL.sub(lambda sign: ascii(sign[0])[1:-1], text)


def _head(told: Report, counted: str) -> Iterator[str]:
    scene, soul = told.scene, told.soul
    title = f"group {scene.title!r}" if scene.title else "group"
    place = "private talk" if scene.private else title
    language = LANGUAGES.get(told.language, told.language)
    yield shown(f"{told.card.name} as soul {soul.name!r}, {place}, answers in {language}")
    yield (
        f"context {soul.context}: {soul.max_tokens} for the answer, {_margin(told)} for the "
        f"template, {max(told.room, 0)} for the prompt; tokens are {counted}"
    )
    if small(soul):
        yield f"the brief form: up to a context of {SMALL_CONTEXT} a model is told little"


def _margin(told: Report) -> int:
    return told.soul.context - told.soul.max_tokens - told.room


def _sums(told: Report) -> Iterator[str]:
    rows = [row for sheet in told.sheets for row in sheet.rows]
    for name in dict.fromkeys(row.name for row in rows):
        named = [row for row in rows if row.name == name]
        steady = {row.stable for row in named}
        stays = _stays(stable=steady == {True}) if len(steady) == 1 else "stable in part"
        yield f"{name:<{_NAME}}{_tokens(named):>{_NUMBER}}  {stays}"
    signs = told.tokens - _tokens(rows)
    yield f"{'marks and rounding':<{_NAME}}{signs:>{_NUMBER}}"
    yield f"{'all':<{_NAME}}{told.tokens:>{_NUMBER}}  of {max(told.room, 0)}"
    stable = f"{told.share:.0%}, the prefix that is the same in the next turn"
    yield f"{'stable':<{_NAME}}{told.stable:>{_NUMBER}}  {stable}"


def _tokens(rows: list[Row]) -> int:
    return sum(row.tokens for row in rows)


def _message(sheet: Sheet) -> dict[str, object]:
    layers = [
        {"name": row.name, "tokens": row.tokens, "stable": row.stable, "text": row.text}
        for row in sheet.rows
    ]
    return {"role": sheet.role, "tokens": sheet.tokens, "layers": layers}


def _stays(*, stable: bool) -> str:
    return "stable" if stable else "volatile"


def _writable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()
