"""Groups over Telegram, with the whole service behind: the dial, the reasons, the languages."""

from pathlib import Path

import pytest

from tests.inside import living_inside

pytestmark = [pytest.mark.jumping, pytest.mark.slow]


async def test_a_group_turns_the_dial_and_asks_why(tmp_path: Path) -> None:
    """Silent at first, then it speaks up to an open question, and tells anybody why each time."""
    async with living_inside(tmp_path, access={"admins": ["telegram:7"]}) as inside:
        ann, li = inside.person(), inside.person(8, "小丽", "zh")
        group = inside.telegram.group(-100, "Friends")
        inside.telegram.says(group, ann, "does anyone know a good baker?")
        await inside.until(lambda: inside.rows("SELECT id FROM turn WHERE outcome = 'silent'"))

        inside.telegram.says(group, li, "/why")
        inside.telegram.says(group, li, "/talk 5")
        inside.telegram.says(group, ann, "/talk 5")
        texts = await inside.gets(group, 3)
        await inside.rests()
        inside.telegram.says(group, ann, "does anyone know a good baker?")
        texts = await inside.gets(group, 4)
        await inside.rests()
        inside.telegram.says(group, ann, "/why")
        texts = await inside.gets(group, 5)

    assert "我没有说话：没人叫我，而在这里只有叫我时我才说话。" == texts[0]
    assert texts[2].startswith("/talk 5 · I readily speak up")
    assert texts[3].startswith("You said:")
    assert "I spoke: nobody asked me, but a question was open." == texts[4]


async def test_a_chosen_language_reaches_the_model_in_every_chat(tmp_path: Path) -> None:
    """It is told to answer in that, whatever the message is written in, until it is taken back."""
    async with living_inside(tmp_path) as inside:
        ann = inside.person()
        group = inside.telegram.group(-100, "Friends")
        for chat, text, count in (
            (group, "/language 日本語", 1),
            (ann, "hello, how are you?", 1),
            (ann, "/language auto", 2),
            (ann, "and how are you now?", 3),
        ):
            inside.telegram.says(chat, ann, text)
            texts = await inside.gets(chat, count)
            await inside.rests()

        asked = [str(one.body) for one in inside.model.requests]

    assert "I answer you in the language that you write in." == texts[1]
    assert [True, False] == ["answer in Japanese" in one for one in asked]
    assert [False, True] == ["answer in English" in one for one in asked]
