"""What happens is logged and counted."""

from collections.abc import Iterator

import pytest
import structlog
from prometheus_client import CollectorRegistry, generate_latest
from structlog.testing import capture_logs

from anima.model import Conversation, Speaker
from anima.ports import Witness
from service.witness import LOUD, LoggedWitness

PLACE = Conversation("telegram", "7", "42", thread="3")
ANN = Speaker("telegram", "9", "Ann")


@pytest.fixture
def registry() -> CollectorRegistry:
    """Counters of this test alone."""
    return CollectorRegistry()


@pytest.fixture
def witness(registry: CollectorRegistry) -> LoggedWitness:
    """A witness that counts into it."""
    return LoggedWitness(registry)


@pytest.fixture(autouse=True)
def nothing_bound() -> Iterator[None]:
    """No test inherits what another bound."""
    structlog.contextvars.clear_contextvars()
    yield
    structlog.contextvars.clear_contextvars()


def test_it_is_the_port(witness: LoggedWitness) -> None:
    """The witness can stand wherever ring 0 wants one."""
    port: Witness = witness

    assert witness is port


def test_a_turn_is_one_line_and_some_numbers(
    witness: LoggedWitness, registry: CollectorRegistry
) -> None:
    """An answered turn is logged at info, counted and timed."""
    with capture_logs() as lines:
        witness.note("turn answered", bubbles=3, seconds=1.8, first_s=0.4)

    assert [
        {
            "event": "turn answered",
            "log_level": "info",
            "bubbles": 3,
            "seconds": 1.8,
            "first_s": 0.4,
        }
    ] == lines
    assert 1 == registry.get_sample_value("anima_answered_total")
    assert 3 == registry.get_sample_value("anima_bubbles_total")
    assert 1.8 == registry.get_sample_value("anima_turn_seconds_sum")
    assert 0.4 == registry.get_sample_value("anima_first_word_seconds_sum")


def test_a_turn_without_a_word_is_not_timed_to_its_first(
    witness: LoggedWitness, registry: CollectorRegistry
) -> None:
    """A missing number is left out and not taken for nothing."""
    witness.note("turn answered", bubbles=0, seconds=2, first_s=None)

    assert 0 == registry.get_sample_value("anima_first_word_seconds_count")
    assert 1 == registry.get_sample_value("anima_turn_seconds_count")


@pytest.mark.parametrize(
    ("event", "facts", "sample"),
    [
        ("heard", {"count": 4}, ("anima_heard_total", 4)),
        ("heard", {}, ("anima_heard_total", 0)),
        ("heard", {"count": -4}, ("anima_heard_total", 0)),
        ("expired", {"count": 2}, ("anima_expired_total", 2)),
        ("noted", {"count": 2}, ("anima_noted_total", 2)),
        ("joined", {"count": 1}, ("anima_joined_total", 1)),
        ("set aside", {"source": "telegram:7", "key": "1"}, ("anima_aside_total", 1)),
        ("lease lost", {}, ("anima_leases_lost_total", 1)),
        ("unreachable", {"attempt": 3}, ("anima_unreachable_total", 1)),
        ("undelivered", {"reason": "no"}, ("anima_undelivered_total", 1)),
        ("gone", {}, ("anima_gone_total", 1)),
        ("resumed", {}, ("anima_resumed_total", 1)),
        ("poll failed", {}, ("anima_poll_failures_total", 1)),
        ("conflict", {}, ("anima_conflicts_total", 1)),
        ("backend retry", {}, ("anima_backend_retries_total", 1)),
        ("slowed down", {"seconds": 7.5}, ("anima_slowed_total", 1)),
        ("slowed down", {"seconds": 7.5}, ("anima_slowed_seconds_total", 7.5)),
    ],
)
def test_events_are_counted(
    witness: LoggedWitness,
    registry: CollectorRegistry,
    event: str,
    facts: dict[str, object],
    sample: tuple[str, float],
) -> None:
    """Each event of the inner rings has its counter."""
    witness.note(event, **facts)

    metric, expected = sample
    assert expected == registry.get_sample_value(metric)


@pytest.mark.parametrize(
    ("given", "label"),
    [("server", "server"), ("connection", "connection"), ("Error 17 at 12:30", "other")],
)
def test_a_failed_turn_is_counted_by_its_kind(
    witness: LoggedWitness, registry: CollectorRegistry, given: str, label: str
) -> None:
    """Only reasons that we know become labels: an error's text would make one each time."""
    witness.note("turn failed", reason=given, reference="a1")

    assert 1 == registry.get_sample_value("anima_failed_total", {"reason": label})


def test_what_is_lost_comes_back(witness: LoggedWitness, registry: CollectorRegistry) -> None:
    """A part that fails is shown as down until it works again."""
    before = registry.get_sample_value("anima_up", {"part": "cache"})

    witness.note("cache lost")
    lost = registry.get_sample_value("anima_up", {"part": "cache"})
    witness.note("cache back")
    back = registry.get_sample_value("anima_up", {"part": "cache"})

    assert (1, 0, 1) == (before, lost, back)


def test_a_failing_poll_is_counted_and_shown(
    witness: LoggedWitness, registry: CollectorRegistry
) -> None:
    """One event may move two numbers."""
    witness.note("poll failed")

    assert 1 == registry.get_sample_value("anima_poll_failures_total")
    assert 0 == registry.get_sample_value("anima_up", {"part": "poll"})


@pytest.mark.parametrize("event", sorted(LOUD))
def test_failures_are_warnings(witness: LoggedWitness, event: str) -> None:
    """What somebody should look at stands out."""
    with capture_logs() as lines:
        witness.note(event)

    assert [{"event": event, "log_level": "warning"}] == lines


def test_an_unknown_event_is_logged(witness: LoggedWitness) -> None:
    """Nobody has to register an event."""
    with capture_logs() as lines:
        witness.note("moved house", rooms=2)

    assert [{"event": "moved house", "log_level": "info", "rooms": 2}] == lines


def test_what_broke_keeps_its_exception(
    witness: LoggedWitness, registry: CollectorRegistry
) -> None:
    """The exception that is being handled goes along, at error, and the turn counts as failed."""
    error = ValueError("no")

    with capture_logs() as lines:
        try:
            raise error
        except ValueError:
            witness.broke("turn broke", reference="a1")

    assert ("turn broke", "error", "a1") == (
        lines[0]["event"],
        lines[0]["log_level"],
        lines[0]["reference"],
    )
    assert error is lines[0]["exc_info"][1]
    assert 1 == registry.get_sample_value("anima_failed_total", {"reason": "broke"})


def test_what_people_say_is_not_logged(witness: LoggedWitness) -> None:
    """Texts and names do not come above debug; people and places appear by their ids."""
    with capture_logs() as lines:
        witness.note("greeted", text="my secret", name="Ann", speaker=ANN, conversation=PLACE)

    assert [
        {
            "event": "greeted",
            "log_level": "info",
            "speaker": "telegram:9",
            "conversation": "telegram:42:3",
        }
    ] == lines


def test_at_debug_everything_is_told(witness: LoggedWitness) -> None:
    """Who asks for debug gets each message."""
    with capture_logs() as lines:
        witness.note("heard", count=1, text="hello")

    assert [{"event": "heard", "log_level": "debug", "count": 1, "text": "hello"}] == lines


def test_facts_do_not_overwrite_the_event(witness: LoggedWitness) -> None:
    """A fact may be called like something of the log's own."""
    with capture_logs() as lines:
        witness.note("odd", level=3, exc_info="x")

    assert [{"event": "odd", "log_level": "info", "level_": 3, "exc_info_": "x"}] == lines


def test_about_binds_for_all_inside(witness: LoggedWitness) -> None:
    """Conversation and turn are named once and leave no trace afterwards."""
    with witness.about(conversation=PLACE, title="Family"), witness.about(turn=5):
        inside = structlog.contextvars.get_contextvars()
    outside = structlog.contextvars.get_contextvars()

    assert ({"conversation": "telegram:42:3", "turn": 5}, {}) == (inside, outside)


def test_the_process_is_measured(witness: LoggedWitness, registry: CollectorRegistry) -> None:
    """Memory, processor time and the collector are told with the rest."""
    witness.note("started")

    text = generate_latest(registry).decode()

    assert [True, True, True] == [
        name in text
        for name in ("process_resident_memory_bytes", "python_info", "python_gc_collections_total")
    ]
