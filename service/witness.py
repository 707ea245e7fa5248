"""The witness of the service: what happens is logged and counted."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import structlog
from prometheus_client import CollectorRegistry

from anima.model import Conversation, Speaker
from service.metrics import counts

QUIET = frozenset({"heard", "noted", "joined"})
"""Events of every message: the turn has its own line."""

LOUD = frozenset(
    {
        "adapter refused",
        "backend away",
        "backend back",
        "backend retry",
        "backfill failed",
        "cache lost",
        "conflict",
        "could not erase",
        "distilling stopped",
        "embeddings away",
        "expired",
        "fell back",
        "gone",
        "lease lost",
        "not heard",
        "note late",
        "nothing came to mind",
        "poll failed",
        "set aside",
        "slip",
        "slowed down",
        "tools refused by the server",
        "turn failed",
        "undelivered",
        "unreachable",
        "voice away",
    }
)
"""Events that somebody should look at when they are many."""

PRIVATE = frozenset({"content", "name", "raw", "text", "title"})
"""Facts that may hold what people say or how they are called: never above debug."""

log = structlog.stdlib.get_logger("anima")


class LoggedWitness:
    """Writes events to the log and counts them into *registry*."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._count = counts(registry)

    def note(self, event: str, **facts: object) -> None:
        self._count(event, facts)
        if event in LOUD:
            log.warning(event, **_public(facts))
        elif event in QUIET:
            log.debug(event, **_plain(facts))
        else:
            log.info(event, **_public(facts))

    def broke(self, event: str, **facts: object) -> None:
        self._count(event, facts)
        log.error(event, exc_info=sys.exc_info(), **_public(facts))

    @contextmanager
    def about(self, **facts: object) -> Iterator[None]:
        with structlog.contextvars.bound_contextvars(**_public(facts)):
            yield


def _public(facts: Mapping[str, object]) -> dict[str, object]:
    return _plain({key: value for key, value in facts.items() if key not in PRIVATE})


def _plain(facts: Mapping[str, object]) -> dict[str, object]:
    """*facts* under names that the log does not use itself."""
    taken = ("event", "exc_info", "level")
    return {f"{key}_" if key in taken else key: _short(facts[key]) for key in facts}


def _short(value: object) -> object:
    if isinstance(value, Speaker):
        return value.address
    if isinstance(value, Conversation):
        parts = (value.platform, value.connection, value.chat, value.thread)
        return ":".join(part for part in parts if part)
    return value
