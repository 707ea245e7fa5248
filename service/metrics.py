"""What is counted, as a table from the names of events to counters."""

from collections.abc import Callable, Mapping
from typing import Final, get_args

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    PlatformCollector,
    ProcessCollector,
)

from anima.ports import Trouble

Facts = Mapping[str, object]
Count = Callable[[Facts], None]

SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60, 120, 240)
"""From a scripted answer to the outer limit of a slow model."""

REASONS = frozenset({*get_args(Trouble), "broke"})
"""The only reasons that become labels: a label for each text of an error would never end."""

BY_ONE: Final = {
    "set aside": ("anima_aside", "Updates that nobody understood, kept with their raw text."),
    "lease lost": ("anima_leases_lost", "Conversations that another worker took over."),
    "unreachable": ("anima_unreachable", "Attempts to send that the platform did not confirm."),
    "undelivered": ("anima_undelivered", "Bubbles that the platform will never take."),
    "gone": ("anima_gone", "Places that were closed to us."),
    "resumed": ("anima_resumed", "Turns that were taken up again after a crash or a stop."),
    "poll failed": ("anima_poll_failures", "Times that listening to a platform failed."),
    "conflict": ("anima_conflicts", "Times that somebody else listened with our token."),
    "backend retry": ("anima_backend_retries", "Requests to a model that were made again."),
    "fell back": ("anima_fallbacks", "Turns in which another soul was asked than was chosen."),
    "backend away": ("anima_backends_lost", "Times that a model server went away."),
    "adapter refused": ("anima_adapters_refused", "Adapters that a server would not load."),
    "slip": ("anima_slips", "Lines caught that would have broken the spell."),
    "prompt trimmed": ("anima_prompts_trimmed", "Prompts that a server found too long."),
    "tool dropped": ("anima_tools_dropped", "Calls of tools that nobody could make sense of."),
}

BY_COUNT: Final = {
    "heard": ("anima_heard", "Messages heard for the first time."),
    "expired": ("anima_expired", "Messages that grew too old to be answered."),
    "noted": ("anima_noted", "Messages that asked for no answer."),
    "joined": ("anima_joined", "Messages that joined a turn already begun."),
}

SWITCHES: Final = {
    "cache lost": ("cache", 0),
    "cache back": ("cache", 1),
    "poll failed": ("poll", 0),
    "poll recovered": ("poll", 1),
}


def counts(registry: CollectorRegistry) -> Callable[[str, Facts], None]:
    """Counts events into *registry*, which also tells about the process; others do nothing."""
    ProcessCollector(registry=registry)
    PlatformCollector(registry=registry)
    GCCollector(registry=registry)
    table = _table(registry)

    def count(event: str, facts: Facts) -> None:
        for measure in table.get(event, ()):
            measure(facts)

    return count


def _table(registry: CollectorRegistry) -> dict[str, tuple[Count, ...]]:
    table: dict[str, tuple[Count, ...]] = {}
    for event, (name, meaning) in BY_ONE.items():
        table[event] = (_add(Counter(name, meaning, registry=registry)),)
    for event, (name, meaning) in BY_COUNT.items():
        table[event] = (_add(Counter(name, meaning, registry=registry), "count"),)
    for event, switch in _switches(registry).items():
        table[event] = (*table.get(event, ()), switch)
    return table | _turns(registry) | _slowed(registry)


def _turns(registry: CollectorRegistry) -> dict[str, tuple[Count, ...]]:
    answered = Counter("anima_answered", "Turns that were answered.", registry=registry)
    bubbles = Counter("anima_bubbles", "Bubbles that answers had.", registry=registry)
    failed = Counter("anima_failed", "Turns that failed.", ["reason"], registry=registry)
    whole = Histogram("anima_turn_seconds", "Time of a turn.", buckets=SECONDS, registry=registry)
    first = Histogram(
        "anima_first_word_seconds", "Time to a first word.", buckets=SECONDS, registry=registry
    )
    for reason in REASONS:
        failed.labels(reason)
    return {
        "turn answered": (
            _add(answered),
            _add(bubbles, "bubbles"),
            _observe(whole, "seconds"),
            _observe(first, "first_s"),
        ),
        "turn failed": (lambda facts: failed.labels(_reason(facts)).inc(),),
        "turn broke": (lambda _facts: failed.labels("broke").inc(),),
    }


def _slowed(registry: CollectorRegistry) -> dict[str, tuple[Count, ...]]:
    times = Counter("anima_slowed", "Times a platform asked for patience.", registry=registry)
    waited = Counter("anima_slowed_seconds", "Patience it asked for.", registry=registry)
    return {"slowed down": (_add(times), _add(waited, "seconds"))}


def _switches(registry: CollectorRegistry) -> dict[str, Count]:
    up = Gauge("anima_up", "1: it works, 0: it is lost.", ["part"], registry=registry)
    for part, _works in SWITCHES.values():
        up.labels(part).set(1)
    return {event: _switch(up, part, works) for event, (part, works) in SWITCHES.items()}


def _switch(gauge: Gauge, part: str, works: int) -> Count:
    return lambda _facts: gauge.labels(part).set(works)


def _add(counter: Counter, fact: str = "") -> Count:
    return lambda facts: counter.inc(_number(facts.get(fact), 0) if fact else 1)


def _observe(histogram: Histogram, fact: str) -> Count:
    def observe(facts: Facts) -> None:
        seconds = _number(facts.get(fact), -1)
        if seconds >= 0:
            histogram.observe(seconds)

    return observe


def _number(value: object, otherwise: float) -> float:
    return value if isinstance(value, int | float) and value >= 0 else otherwise


def _reason(facts: Facts) -> str:
    reason = str(facts.get("reason", ""))
    return reason if reason in REASONS else "other"
