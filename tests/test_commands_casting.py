"""`/persona`: who plays here."""

import pytest

from anima.model import Speaker
from anima.steps import Changed, Recast, Reloaded
from tests.counter import ANN, KEN, LI, NOBODY, TURN, Counter
from tests.persona_fakes import NOW


@pytest.mark.parametrize(
    ("speaker", "first"),
    [
        (ANN, "▶ kokoro (Kokoro): plays here, at home on telegram"),
        (LI, "▶ kokoro（Kokoro）：正在这里聊天、默认在 telegram"),
        (KEN, "▶ kokoro（Kokoro）：ここで話しています、telegram にいつもいます"),
    ],
)
async def test_the_list_tells_who_is_there(speaker: Speaker, first: str) -> None:
    """A line each, with who plays here and where each is at home."""
    lines = (await Counter().told("/persona list", speaker=speaker)).splitlines()

    assert first == lines[0]
    assert lines[1].startswith("harrow")


@pytest.mark.parametrize("name", ["harrow", "HARROW", "ｈａｒｒｏｗ"])
async def test_another_one_plays_from_now_on(name: str) -> None:
    """The choice, and from which turn on the talk is the new one's."""
    answer = await Counter().obey(f"/persona use {name}")

    assert "kokoro → harrow, here, from now on." in answer.text
    assert answer.steps == (
        Recast("", "harrow", "telegram:7", NOW),
        Changed("KU1.0", since=TURN, persona="harrow"),
    )


async def test_who_plays_already_goes_on() -> None:
    """Nothing changes for the same one, by name or as the one at home."""
    counter = Counter()

    answers = [await counter.obey(f"/persona use {name}") for name in ("kokoro", "home")]

    assert [()] * 2 == [answer.steps for answer in answers]
    assert ["kokoro plays here already."] * 2 == [answer.text for answer in answers]


async def test_an_unknown_name_is_told_who_is_known() -> None:
    """One line that says who there is."""
    text = await Counter().told("/persona use Bob")

    assert "There is no “Bob” in this house; known: kokoro, harrow, home" == text


async def test_a_reload_is_done_and_marked_for_others() -> None:
    """It happens here at once, and leaves a mark that other processes find."""
    counter = Counter()

    answer = await counter.obey("/persona reload")

    assert ("Read again: kokoro, harrow", 1) == (answer.text, counter.players.reloads)
    assert (Reloaded("telegram:7", NOW),) == answer.steps


async def test_what_cannot_be_read_is_told() -> None:
    """The lines that say what is wrong, under one that says what goes on."""
    counter = Counter()
    counter.players.wrong = ["personas/harrow/persona.toml, line 3: 'name' is missing"]

    text = await counter.told("/persona reload")

    assert text.startswith("Not everything could be read; what could not goes on as it was:\n")
    assert text.endswith("line 3: 'name' is missing")


@pytest.mark.parametrize("text", ["/persona list", "/persona use harrow", "/persona reload"])
async def test_only_admins_change_who_plays(text: str) -> None:
    """Anybody else gets one line in the persona's voice, and nothing changes."""
    answer = await Counter().obey(text, speaker=NOBODY)

    assert ("sorry (forbidden) ", ()) == (answer.text, answer.steps)
