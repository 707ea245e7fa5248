"""What may stand for an argument while somebody is typing it."""

from collections.abc import Sequence

import pytest

from anima.offers import Kind
from service.commands.choices import Choices
from service.souls import Souls
from tests.counter import SOULS, Players, Voice
from tests.persona_fakes import HandClock

ADMIN = "discord:7"


def offered(kind: Kind, typed: str = "", address: str = ADMIN) -> Sequence[str]:
    """What is offered to somebody."""
    players = Players(Voice(HandClock(), {}))
    return Choices(Souls(SOULS), players, {ADMIN}.__contains__).of(kind, typed, address)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", ["KU1.0", "KU5.0", "KU6.0"]),
        ("ku", ["KU1.0", "KU5.0", "KU6.0"]),
        ("ＫＵ５", ["KU5.0"]),
        ("5", ["KU5.0"]),
        ("0", ["KU1.0", "KU5.0", "KU6.0"]),
        ("KO5.0", ["KU5.0", "KU1.0"]),
    ],
)
def test_versions_are_offered_by_what_is_typed(typed: str, expected: list[str]) -> None:
    """All that contain it, in any case and width; if none does, those that are near."""
    assert expected == list(offered("version", typed))


def test_what_begins_so_comes_first() -> None:
    """Then what has it inside."""
    assert ["home", "kokoro", "harrow"][:1] == list(offered("persona", "hom"))
    assert ["harrow", "kokoro", "home"][:1] == list(offered("persona", "h"))[:1]
    assert ["kokoro", "harrow", "home"] == list(offered("persona"))


def test_the_last_answer_is_offered() -> None:
    """Others are named by what their message shows."""
    assert ["last"] == list(offered("turn"))
    assert ["last"] == list(offered("turn", "ab12cd"))


@pytest.mark.parametrize("kind", ["version", "persona", "turn"])
def test_nobody_else_learns_what_the_house_has(kind: Kind) -> None:
    """A form would tell it to whoever opens it."""
    assert [] == list(offered(kind, "", "discord:8"))


def test_free_text_is_not_completed() -> None:
    """There is nothing to choose from."""
    assert [] == list(offered("text", "a"))
