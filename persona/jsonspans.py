"""Changes a JSON text in places and leaves every other byte as it is.

Other people's cards hold numbers, escapes and an order of keys that no parser gives back. So a
value is found by the stretch of text that it takes, and only what changed is written anew.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NoReturn

DEEPEST: Final = 100
"""No card nests deeper than a dozen; past some hundreds Python's own parser gives up."""

Spot = tuple[str | int, ...]
"""The way to a value: keys of objects and indices of lists."""

_SPACES: Final = " \t\n\r"
_SPACE: Final = re.compile(rf"[{_SPACES}]*")
_TOKEN: Final = re.compile(r'"(?:[^"\\]++|\\.)*+"|[\[\]{}]', re.DOTALL)


class NotJson(ValueError):
    """The text is no JSON that we take; the message says why and where."""


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int


def read(text: str) -> Any:
    """The value of *text*. Raises `NotJson`; takes neither `NaN` nor more than `DEEPEST` levels."""
    try:
        value = json.loads(text, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise NotJson(f"line {error.lineno}: not JSON: {_lower(error.msg)}") from error
    except RecursionError as error:
        raise NotJson(f"nested deeper than {DEEPEST} levels") from error
    except ValueError as error:  # a number of thousands of digits, or one of the constants
        raise NotJson(f"not JSON: {_lower(str(error).split(';')[0])}") from error
    if _depth(text) > DEEPEST:
        raise NotJson(f"nested deeper than {DEEPEST} levels")
    return value


def changed(text: str, changes: Mapping[Spot, object]) -> str:
    """*text*, which `read` takes, with the value at each spot replaced, or added where it stands.

    What is added to a list goes behind its end, in the order given. Nothing else changes.
    """
    start = _after_space(text, 0)
    span = _Span(start, _end(text, start))
    written = {spot: json.dumps(value, ensure_ascii=False) for spot, value in changes.items()}
    return text[: span.start] + _changed(text, span, written) + text[span.end :]


def without(text: str, spot: Spot, indices: Sequence[int]) -> str:
    """*text* with those of the list at *spot* left out whose index is among *indices*."""
    span = _find(text, spot)
    kept = [
        text[item.start : item.end]
        for index, item in enumerate(_items(text, span))
        if index not in indices
    ]
    return f"{text[: span.start]}[{','.join(kept)}]{text[span.end :]}"


def _changed(text: str, span: _Span, changes: Mapping[Spot, str]) -> str:
    """The value in *span* with *changes*, whose spots begin there; each level is read once."""
    if not changes or () in changes:
        return changes.get((), text[span.start : span.end])
    below: dict[str | int, dict[Spot, str]] = {}
    for (part, *rest), value in changes.items():
        below.setdefault(part, {})[tuple(rest)] = value
    pieces, at = [], span.start
    for part, child in sorted(_children(text, span).items(), key=lambda pair: pair[1].start):
        if part in below:
            pieces += [text[at : child.start], _changed(text, child, below.pop(part))]
            at = child.end
    body = ("".join(pieces) + text[at : span.end])[:-1].rstrip(_SPACES)
    tail = text[span.start : span.end - 1].rstrip(_SPACES)
    closing = text[span.start + len(tail) : span.end]
    added = [_member(part, new[()]) for part, new in below.items()]
    return ("," if len(body) > 1 else "").join(
        [body, ",".join(added)] if added else [body]
    ) + closing


def _member(part: str | int, value: str) -> str:
    return value if isinstance(part, int) else f"{json.dumps(part, ensure_ascii=False)}:{value}"


def _children(text: str, span: _Span) -> dict[str | int, _Span]:
    if text[span.start] == "{":
        return dict(_members(text, span))
    return dict(enumerate(_items(text, span)))


def _find(text: str, spot: Spot) -> _Span:
    start = _after_space(text, 0)
    span = _Span(start, _end(text, start))
    for part in spot:
        span = _children(text, span)[part]
    return span


def _members(text: str, span: _Span) -> Iterator[tuple[str, _Span]]:
    """The members of the object in *span*; of a key that stands twice, the last one counts."""
    at = _after_space(text, span.start + 1)
    while text[at] != "}":
        key, at = json.JSONDecoder().raw_decode(text, at)
        start = _after_space(text, _after_space(text, at) + 1)
        end = _end(text, start)
        yield key, _Span(start, end)
        at = _next(text, end)


def _items(text: str, span: _Span) -> Iterator[_Span]:
    at = _after_space(text, span.start + 1)
    while text[at] != "]":
        end = _end(text, at)
        yield _Span(at, end)
        at = _next(text, end)


def _next(text: str, end: int) -> int:
    """Where the next one begins after the comma, or the bracket stands."""
    at = _after_space(text, end)
    return _after_space(text, at + 1) if text[at] == "," else at


def _end(text: str, start: int) -> int:
    return json.JSONDecoder().raw_decode(text, start)[1]


def _after_space(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return space.end() if space else at


def _depth(text: str) -> int:
    deepest = depth = 0
    for token in _TOKEN.finditer(text):
        if token[0] in "[{":
            depth += 1
            deepest = max(depth, deepest)
        elif token[0] in "]}":
            depth -= 1
    return deepest


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"it holds {constant}")


def _lower(message: str) -> str:
    return message[:1].lower() + message[1:]
