"""What was said long ago comes to mind where it may, and goes for good when somebody wants it."""

from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from tests.inside import Inside, living_inside
from tests.test_service_souls import Talk

pytestmark = [pytest.mark.jumping, pytest.mark.slow]

OWNER = {"admins": ["telegram:7"]}
BOTH = ({"name": "KU1.0", "model": "base"}, {"name": "KU2.0", "model": "other"})


def told(inside: Inside) -> list[str]:
    """What the model was told last that it remembers."""
    newest = str(inside.model.requests[-1].body["messages"][-1]["content"])
    return [line.partition(": ")[2] for line in newest.split("\n") if "You remember:" in line]


async def afresh(inside: Inside, talk: Talk) -> None:
    """The talk begins anew: nothing of it is in short-term memory any more."""
    await inside.clock.sleep(5)
    await talk.says("/model use KU2.0")


def archives(folder: Path) -> list[Path]:
    """What was written down for people and not taken away."""
    return [*(folder / "exports").iterdir()]


def on_disk(folder: Path) -> bytes:
    """All bytes of the ledger's files."""
    return b"".join(file.read_bytes() for file in folder.glob("anima.db*"))


@pytest.mark.parametrize(
    ("said", "name", "asked"),
    [
        ("My cat is called Miso and she loves boxes", "Miso", "What is my cat called?"),
        ("我的猫叫年糕，特别爱睡觉", "年糕", "我的猫叫什么名字？"),
        ("うちの猫はミソという名前です", "ミソ", "うちの猫の名前は何だっけ？"),
    ],
)
async def test_what_was_said_long_ago_comes_to_mind(
    tmp_path: Path, said: str, name: str, asked: str
) -> None:
    """Though the talk began afresh; with who said it."""
    async with living_inside(tmp_path, access=OWNER, souls=BOTH) as inside:
        ann = Talk(inside, inside.person())
        for text in ("Good morning!", said, "I bought bread today"):
            await ann.says(text)
        await afresh(inside, ann)

        await ann.says(asked)

        assert any(name in line and "Ann" in line for line in told(inside))


async def test_nothing_reaches_another_person_or_a_group(tmp_path: Path) -> None:
    """Asked in the same words, neither is told; whoever said it is."""
    tables: dict[str, Any] = {"access": OWNER, "souls": BOTH}
    async with living_inside(tmp_path, **tables) as inside:
        ann, bo = Talk(inside, inside.person()), Talk(inside, inside.person(8, "Bo"))
        await ann.says("The code of my safe is heliotrope")
        await afresh(inside, ann)
        await bo.says("What is the code of the safe?")
        bos = told(inside)
        group = inside.telegram.group(-100, "Friends")
        inside.telegram.says(group, ann.person, "Kokoro, what is the code of my safe?")
        await inside.gets(group, 1)
        groups = told(inside)
        await ann.says("What is the code of my safe?")

        assert ([], []) == (bos, groups)
        assert any("heliotrope" in line for line in told(inside))


async def test_why_tells_on_what_an_answer_rests(tmp_path: Path) -> None:
    """With buttons, of which one forgets it; then it is nowhere in the file."""
    tables: dict[str, Any] = {"access": OWNER, "souls": BOTH}
    async with living_inside(tmp_path, **tables) as inside:
        ann = Talk(inside, inside.person())
        await ann.says("My sister's name is Peregrina")
        await afresh(inside, ann)
        await ann.says("What is my sister's name?")
        why = await ann.says("/memory why")
        asked = await ann.says("/memory forget Peregrina")
        done = await ann.says("/memory forget Peregrina yes")
        await ann.says("What is my sister's name?")

        assert why.startswith("When I answered last, I had this in mind:")
        assert "from “My sister's name is Peregrina”" in why
        assert asked.startswith("This would be forgotten for good: ")
        assert done.startswith("Forgotten for good: ")
        assert [] == told(inside)
        assert b"Peregrina" not in on_disk(tmp_path)


async def test_what_is_private_is_never_remembered(tmp_path: Path) -> None:
    """The talk itself knows it; afterwards nobody does, and the words are gone."""
    tables: dict[str, Any] = {"access": OWNER, "souls": BOTH}
    async with living_inside(tmp_path, **tables) as inside:
        ann = Talk(inside, inside.person())
        begun = await ann.says("/private")
        await ann.says("I am in love with Zephyrine")
        over = await ann.says("/private off")
        await ann.says("Who am I in love with?")

        assert begun.startswith("Just between us")
        assert over.startswith("The private talk is over")
        assert "Zephyrine" not in str(inside.model.requests[-1].body)
        assert [] == inside.rows("SELECT id FROM memory WHERE text LIKE '%Zephyrine%'")
        assert [] == inside.rows("SELECT id FROM heard WHERE text LIKE '%Zephyrine%'")


async def test_what_is_known_is_told_and_corrected(tmp_path: Path) -> None:
    """Fact by fact, with its number; one that is wrong is told no more."""
    async with living_inside(tmp_path, access=OWNER) as inside:
        ann = Talk(inside, inside.person())
        empty = await ann.says("/memory what")
        await ann.says("I'm allergic to peanuts")
        await inside.clock.sleep(5)
        known = await ann.says("/memory what")
        (number,) = inside.rows("SELECT memory_id FROM fact")
        done = await ann.says(f"/memory wrong #{number}")
        again = await ann.says("/memory what")

    assert empty.startswith("I know no facts about you yet.")
    assert "· Allergies: " in known
    assert f"(#{number}, " in known
    assert done.startswith("I no longer hold that for true.")
    assert "peanuts" not in again


async def test_a_press_forgets(tmp_path: Path) -> None:
    """The button under what was found says what would confirm it."""
    async with living_inside(tmp_path, access=OWNER, souls=BOTH) as inside:
        ann = Talk(inside, inside.person())
        await ann.says("My locker has the number 4711")
        await inside.clock.sleep(5)
        await ann.says('/memory forget "locker"')
        known = len(inside.telegram.texts(ann.person))

        asked = inside.telegram.sent[-1]
        (button,) = asked.buttons
        inside.telegram.presses(ann.person, asked, button["callback_data"])
        told = (await inside.gets(ann.person, known + 1))[-1]

        assert told.startswith("Forgotten for good: ")
        assert b"4711" not in on_disk(tmp_path)


async def test_everything_can_be_taken_along(tmp_path: Path) -> None:
    """As an archive that people and programs read; it goes when all is forgotten."""
    async with living_inside(tmp_path, access=OWNER) as inside:
        ann = Talk(inside, inside.person())
        await ann.says("我的猫叫年糕")
        await inside.clock.sleep(5)
        await ann.says("/memory export")
        file = inside.telegram.sent[-1].file_id
        content = inside.telegram.content(inside.telegram.sent[-1])
        with ZipFile(BytesIO(content)) as archive:
            lines, page = (archive.read(one).decode() for one in archive.namelist())
        await ann.says("/memory forget all yes")

        assert inside.telegram.world.files.paths[file].endswith("anima-memory.zip")
        assert "我的猫叫年糕" in lines
        assert "我的猫叫年糕" in page
        assert [] == archives(tmp_path)


async def test_a_group_is_silenced_by_its_admins_only(tmp_path: Path) -> None:
    """From then on nothing of it is remembered."""
    async with living_inside(tmp_path, access=OWNER) as inside:
        ann, bo = inside.person(), inside.person(8, "Bo")
        group = inside.telegram.group(-100, "Friends")
        said = []
        for count, (who, text) in enumerate(
            (
                (bo, "/memory off"),
                (ann, "/memory off"),
                (bo, "Kokoro, I sold my boat"),
                (ann, "/memory on"),
                (bo, "Kokoro, I bought a kite"),
            ),
            1,
        ):
            inside.telegram.says(group, who, text)
            said.append((await inside.gets(group, count))[-1])
        await inside.clock.sleep(5)

        texts = inside.rows("SELECT text FROM memory")

    assert said[0].startswith("In a group only those who look after me decide that.")
    assert said[1].startswith("From now on I remember nothing")
    assert "Kokoro, I sold my boat" not in texts
    assert "Kokoro, I bought a kite" in texts


async def test_what_was_told_of_it_goes_with_it(tmp_path: Path) -> None:
    """Forgotten by its number, it is not left in the list in which its number stood."""
    async with living_inside(tmp_path, access=OWNER) as inside:
        ann = Talk(inside, inside.person())
        await ann.says("My sister's name is Peregrina")
        await inside.clock.sleep(5)
        listed = await ann.says("/memory what")
        (number,) = inside.rows("SELECT memory_id FROM fact")
        await ann.says(f"/memory forget #{number} yes")

        assert "Peregrina" in listed
        assert b"Peregrina" not in on_disk(tmp_path)
