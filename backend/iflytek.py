"""What iFLYTEK's error codes mean, over HTTP as over its WebSocket."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from anima.errors import AnimaError, BackendUnavailable, Refused
from backend.reasons import Passing, TooLong

_MEANINGS: Final[Mapping[int, tuple[Callable[[str], AnimaError], str]]] = MappingProxyType(
    {
        10000: (BackendUnavailable, "the line could not become a WebSocket"),
        10003: (BackendUnavailable, "the request's form is wrong"),
        10006: (BackendUnavailable, "this uid has another request open"),
        10007: (Passing, "this uid's last request is not finished yet"),
        10008: (Passing, "the service is at its capacity"),
        10013: (Refused, "the filter refused what it was told"),
        10014: (Refused, "the filter refused what it would have said"),
        10016: (BackendUnavailable, "this app_id may not use the service"),
        10110: (Passing, "the service is busy"),
        10163: (BackendUnavailable, "a parameter is wrong"),
        10907: (TooLong, "the prompt has too many tokens"),
        11200: (BackendUnavailable, "no right to this model, or its quota is used up"),
        11201: (BackendUnavailable, "the quota of this day is used up"),
        11202: (Passing, "too many requests in this second"),
        11203: (Passing, "too many requests at once"),
    }
)
"""Passing: asked again; Refused: blocked; TooLong: asked with less; the others are the owner's."""


def meant(code: object, message: str) -> AnimaError | None:
    """The error that *code* stands for, with the server's *message*; None for no code of theirs."""
    number = _number(code)
    if number not in _MEANINGS:
        return None
    kind, meaning = _MEANINGS[number]
    said = f" ({message})" if message else ""
    return kind(f"the server broke off with {number}: {meaning}{said}")


def _number(code: object) -> int:
    """*code* as a number, which it may also be in the form of a text; 0 where it is none."""
    written = str(code) if isinstance(code, int | str) else ""
    return int(written) if written.isascii() and written.isdecimal() else 0
