"""The steps with a bar in time are measured and judged."""

from persona.lore_shelf import shelf
from tests.bench.pure import Pure, knowing, measured, steps, talk


def test_a_step_is_judged() -> None:
    """A step that takes longer than its bar is named and has a no in its row."""
    quick, slow = Pure("quick", 1000.0, list), Pure("slow", 0.0, list)

    table, missed = measured([quick, slow], rounds=3)

    assert ["slow"] == missed
    assert ["slow"] == [line.split()[1] for line in table.splitlines() if "NO" in line]


def test_the_steps_do_what_they_say() -> None:
    """The lore of the measured card is read without a mistake, and some of it comes to mind."""
    card, scene = knowing(50), talk(100)

    found = shelf(card)

    assert (50, ()) == (len(found.lore.entries), found.mistakes)
    assert found.lore.recall(scene.lines, scene.heard)
    assert [
        "compose 100 lines with 50 entries of lore",
        "guess a language",
        "decide whether to speak in a group",
    ] == [step.name for step in steps()]
