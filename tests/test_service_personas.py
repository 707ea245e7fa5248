"""Two personas in one service, from the settings to what the model is told."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from anima.errors import ConfigError
from service.settings import load
from tests.inside import Inside, composed_inside, living_inside
from tests.test_service_souls import Talk

pytestmark = [pytest.mark.jumping, pytest.mark.slow]

OWNER = {"admins": ["telegram:7"]}
HARROW = {"harrow": {"path": Path("personas/harrow")}}
BOTH = (
    {"name": "KU1.0", "model": "base"},
    {"name": "H1", "model": "harrow-1"},
)


def page(inside: Inside) -> str:
    """The first message of the newest prompt."""
    return str(inside.model.requests[-1].body["messages"][0]["content"])


def prompt(inside: Inside) -> str:
    """All of it."""
    return str(inside.model.requests[-1].body["messages"])


async def test_who_was_chosen_answers_and_knows_nothing_of_the_other(tmp_path: Path) -> None:
    """Another card, another soul, a talk of its own; and back again."""
    harrow = {"harrow": {"path": Path("personas/harrow"), "souls": ("H1",)}}
    tables: dict[str, Any] = {"access": OWNER, "personas": harrow, "souls": BOTH}
    async with living_inside(tmp_path, **tables) as inside:
        ann = Talk(inside, inside.person())
        await ann.says("the canary is called Pip")
        used = await ann.says("/persona use harrow")
        await ann.says("hello there")
        harrows, model = prompt(inside), inside.model.requests[-1].body["model"]
        refused = await ann.says("/model use KU1.0")
        await ann.says("/persona use home")
        await ann.says("and who are you?")
        kokoros = prompt(inside)

    assert used.startswith("kokoro → harrow, here, from now on.")
    assert "You are Harrow" in harrows
    assert "Pip" not in harrows
    assert "harrow-1" == model
    assert "“KU1.0” is no version of the persona that plays here; known: H1" == refused
    assert "You are Kokoro" in kokoros
    assert "hello there" not in kokoros


async def test_each_platform_has_somebody_at_home(tmp_path: Path) -> None:
    """The settings say who answers on Telegram where nobody chose."""
    tables: dict[str, Any] = {"personas": HARROW, "telegram": {"persona": "harrow"}}
    async with living_inside(tmp_path, **tables) as inside:
        await Talk(inside, inside.person()).says("hello")

        assert page(inside).startswith("# Who you are\nYou are Harrow")


async def test_in_a_group_the_one_who_plays_answers_to_its_name(tmp_path: Path) -> None:
    """Called by the other one's name, nobody answers."""
    async with living_inside(tmp_path, access=OWNER, personas=HARROW) as inside:
        ann, group = inside.person(), inside.telegram.group(-100, "Friends")
        inside.telegram.says(group, ann, "/persona use harrow")
        await inside.gets(group, 1)
        await inside.rests()
        inside.telegram.says(group, ann, "Kokoro, are you there?")
        await inside.until(lambda: inside.rows("SELECT id FROM turn WHERE outcome = 'silent'"))
        inside.telegram.says(group, ann, "Harrow, a book please")

        await inside.gets(group, 2)

        assert "You are Harrow" in page(inside)


async def test_a_folder_that_changed_is_read_again(tmp_path: Path) -> None:
    """After `/persona reload` the model is told the new words; what is broken changes nothing."""
    folder = tmp_path / "kokoro"
    shutil.copytree("personas/kokoro", folder)
    profile = folder / "profile.md"
    async with living_inside(tmp_path, access=OWNER, persona=str(folder)) as inside:
        ann = Talk(inside, inside.person())
        profile.write_text(profile.read_text("utf-8") + "\nShe collects teacups.", "utf-8")
        done = await ann.says("/persona reload")
        await ann.says("hello")
        after = page(inside)
        (folder / "persona.toml").write_text("name = ", "utf-8")
        wrong = await ann.says("/persona reload")
        await ann.says("still there?")

        assert "Read again: kokoro" == done
        assert "She collects teacups." in after
        assert "persona.toml" in wrong
        assert "She collects teacups." in page(inside)


async def test_another_process_learns_of_a_reload(tmp_path: Path) -> None:
    """The mark in the database is found by whoever polls, and the folder read there, too."""
    folder = tmp_path / "kokoro"
    shutil.copytree("personas/kokoro", folder)
    async with living_inside(tmp_path, access=OWNER, persona=str(folder)) as inside:
        await inside.clock.sleep(20)
        (folder / "profile.md").write_text("A lighthouse keeper.", "utf-8")
        inside.execute(
            "INSERT INTO audit (at, by, deed, subject, before, after)"
            " VALUES ('2026-01-05 12:00:00', 'x', 'persona reload', 'personas', '', '')"
        )
        await inside.clock.sleep(40)

        await Talk(inside, inside.person()).says("hello")

        assert "A lighthouse keeper." in page(inside)


async def test_a_persona_that_cannot_be_read_stops_the_start(tmp_path: Path) -> None:
    """One line for each that is wrong, and nothing has begun."""
    personas = {"ghost": {"path": tmp_path / "nowhere"}}

    with pytest.raises(ConfigError, match="nowhere"):
        async with composed_inside(tmp_path, personas=personas):
            pass


@pytest.mark.parametrize(
    ("more", "line"),
    [
        ('[telegram]\npersona = "bob"', "telegram.persona: 'bob' is no persona; known: 'kokoro'"),
        ('[personas.kokoro]\npath = "x"', "personas.kokoro: that is what the main one is called"),
        ('[personas."a b"]\npath = "x"', "personas.a b: a name is 1 to 64 letters, digits"),
        ('[personas.home]\npath = "x"', "personas.home: a name is 1 to 64 letters, digits"),
        (
            '[personas.h]\npath = "x"\nsouls = ["H9"]',
            "personas.h.souls: 'H9' is no soul; known: 'default'",
        ),
    ],
)
def test_wrong_settings_say_what_is_right(tmp_path: Path, more: str, line: str) -> None:
    """Names that are taken, unknown or impossible: a line each."""
    file = tmp_path / "anima.toml"
    file.write_text(more, "utf-8")

    with pytest.raises(ConfigError) as wrong:
        load(file, {})

    assert line in str(wrong.value)
