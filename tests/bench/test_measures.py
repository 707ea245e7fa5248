"""The bench tells the truth about what it has measured."""

import asyncio
import sys
from pathlib import Path

import pytest

from bots.telegram.client import client
from tests.bench.contender import ANIMA, BARE
from tests.bench.farsides import TOKEN, far_sides
from tests.bench.loads import talk
from tests.bench.measures import ALL, PROCESSOR, QUEUE, RATE, WALL, Measure, Results
from tests.bench.process import Broken, running
from tests.bench.stages import _messages
from tests.bench.table import against_the_bare_bot, broken
from tests.bench.way import DELIVERED, HEARD, HEARING


def results(**ratios: float) -> Results:
    """As if anima had these parts of the bare bot's 10, by measure, else a perfect 1."""
    made = Results()
    for measure in ALL:
        ratio = ratios.get(measure.unit, 1.5 if measure.more else 0.5)
        made.add(measure, BARE.name, 10)
        made.add(measure, ANIMA.name, 10 * ratio)
    return made


@pytest.mark.parametrize(
    ("measure", "ratio", "expected"),
    [
        (PROCESSOR, 0.8, True),
        (PROCESSOR, 0.81, False),
        (RATE, 1.2, True),
        (RATE, 1.19, False),
        (WALL, 9.0, True),
    ],
)
def test_a_bar_is_a_most_or_a_least(measure: Measure, ratio: float, expected: bool) -> None:
    """A ratio on the bar holds, one beyond it does not, and without a bar everything does."""
    held = measure.holds(ratio)

    assert expected == held


def test_values_are_medians() -> None:
    """One bad round among three does not decide."""
    made = Results()
    for bot, values in ((BARE.name, (10, 12, 99)), (ANIMA.name, (6, 5, 6))):
        for value in values:
            made.add(PROCESSOR, bot, value)

    ratio = made.ratio(PROCESSOR, ANIMA.name, BARE.name)

    assert 0.5 == ratio


def test_noise_is_shown() -> None:
    """Every round has a ratio of its own."""
    made = Results()
    for theirs, ours in ((10, 5), (10, 9)):
        made.add(QUEUE, BARE.name, theirs)
        made.add(QUEUE, ANIMA.name, ours)

    spread = made.ratios(QUEUE, ANIMA.name, BARE.name)

    assert [0.5, 0.9] == spread


def test_what_does_not_hold_is_named() -> None:
    """A missed bar is found, and the table says no in its row alone."""
    made = results(**{"/s": 0.9})

    missed, table = list(broken(made)), against_the_bare_bot(made)

    assert [RATE] == missed
    assert [RATE.name] == [
        line.split("|")[1].strip() for line in table.splitlines() if "NO" in line
    ]


def test_stages_begin_when_the_update_is_handed_over() -> None:
    """The first stage counts from the far side's clock; a stage passed twice adds up."""
    marks = [(HEARING, 1.5, 0.1), (HEARD, 1.6, 0.2), (DELIVERED, 1.8, 0.3), (DELIVERED, 2.0, 0.5)]

    (spent,) = _messages(marks, handed=[1.0])

    clock = {stage: round(ms) for stage, ms in spent.clock.items() if ms}
    assert {HEARING: 500, HEARD: 100, DELIVERED: 400} == clock


@pytest.mark.slow
async def test_a_bot_that_dies_ends_the_bench(tmp_path: Path) -> None:
    """Whoever waits for it learns at once what it said last."""
    with pytest.raises(ExceptionGroup) as caught:
        async with running(Path(sys.executable), ("-c", "exit('no idea')"), tmp_path):
            await asyncio.Event().wait()

    assert caught.group_contains(Broken, match="no idea")


@pytest.mark.slow
async def test_an_answer_is_whole_with_its_last_word() -> None:
    """People wait for all bubbles of an answer, not for the first."""
    async with far_sides() as far, asyncio.TaskGroup() as group:
        talking = group.create_task(talk(far, 1))
        for text in ("word0 word1", "word78 word79"):
            assert not talking.done()
            await _send(far.bot.url, text)
        await talking

    assert 2 == len(far.bot.sent)


async def _send(url: str, text: str) -> None:
    async with client(TOKEN, url) as bot:
        await bot.send_message(7, text)
