"""People ask for things at a time, and owners have things said, through the whole service."""

from pathlib import Path
from typing import Any, Final

import pytest

from service.commands import remind_words as say
from tests.inside import Inside, living_inside

pytestmark = [pytest.mark.jumping, pytest.mark.slow]

TABLES: Final[dict[str, Any]] = {"access": {"admins": ["telegram:7"]}}
CLOCK: Final = "I went by UTC, for I do not know your clock."


class Ann:
    """Somebody on Telegram: *says* waits for the answer and returns it."""

    def __init__(
        self, inside: Inside, number: int = 7, name: str = "Ann", language: str = "en"
    ) -> None:
        self.inside = inside
        self.person = inside.person(number, name, language)

    @property
    def texts(self) -> list[str]:
        return self.inside.telegram.texts(self.person)

    async def says(self, text: str, bubbles: int = 1) -> str:
        known = len(self.texts)
        self.inside.telegram.says(self.person, self.person, text)
        return (await self.inside.gets(self.person, known + bubbles))[-1]

    async def due(self, which: str = "") -> list[str]:
        """What they are told when it is time: their clock is turned, for a day is long to wait."""
        now = self.inside.clock.now()
        where = f" WHERE text = '{which}'" if which else ""
        then = f"{now:%Y-%m-%d %H:%M:%S.%f}"
        self.inside.execute(f"UPDATE schedule SET due_at = '{then}'{where}")  # noqa: S608 - our own
        return await self.after(16)

    async def after(self, seconds: float) -> list[str]:
        """What they were told until then, and was not when they began to wait."""
        known = len(self.texts)
        await self.inside.clock.sleep(seconds)
        await self.inside.rests()
        return self.texts[known:]


async def test_a_reminder_comes_in_time_and_is_part_of_the_talk(tmp_path: Path) -> None:
    """`/remind in 20m tea`; the model knows in the next turn that it was said."""
    async with living_inside(tmp_path, **TABLES) as inside:
        ann = Ann(inside)
        answer = await ann.says("/remind in 2m tea")
        early = await ann.after(110)
        told = await ann.after(20)
        await ann.says("Thank you, I nearly forgot")
        prompt = str(inside.model.requests[-1].body)

    assert answer.startswith("I will remind you on Mon 5 Jan, 08:02 (UTC): tea")
    assert CLOCK not in answer
    assert [] == early
    assert ["You wanted me to remind you: tea"] == told
    assert "You wanted me to remind you: tea" in prompt
    assert "/remind" not in prompt


@pytest.mark.parametrize(
    ("language", "place", "text", "answer", "told"),
    [
        (
            "en",
            "New York",
            "/remind me tomorrow at 8 to call mum",
            "I will remind you on Tue 6 Jan, 08:00 (America/New_York): call mum",
            "You wanted me to remind you: call mum",
        ),
        (
            "zh",
            "上海",
            "/remind 明天早上八点 打电话",
            "好的，1月6日 周二 08:00（Asia/Shanghai） 提醒你：打电话",
            "你让我提醒你：打电话",
        ),
        (
            "ja",
            "東京",
            "/remind 明日の8時 電話する",
            "1月6日（火）08:00（Asia/Tokyo） に知らせますね：電話する",
            "リマインドのお約束でした：電話する",
        ),
    ],
)
async def test_by_ones_own_clock_in_three_languages(  # noqa: PLR0917 - a row of the table
    tmp_path: Path, language: str, place: str, text: str, answer: str, told: str
) -> None:
    """Where the clock is known nobody is told of it again."""
    async with living_inside(tmp_path, **TABLES) as inside:
        ann = Ann(inside, language=language)
        await ann.says(f"/timezone {place}")
        answered = await ann.says(text)
        heard = await ann.due()

    assert answer == answered
    assert [told] == heard


async def test_which_clock_is_told_once(tmp_path: Path) -> None:
    """To whom it is unknown, when it first matters."""
    async with living_inside(tmp_path, **TABLES) as inside:
        ann = Ann(inside)
        first = await ann.says("/remind at 18:30 dinner")
        second = await ann.says("/remind at 19:30 film")
        unknown = await ann.says("/timezone")
        wrong = await ann.says("/timezone Brelin")
        known = await ann.says("/timezone berlin")
        shown = await ann.says("/timezone")
        fixed = await ann.says("/timezone utc+8")
        gone = await ann.says("/timezone off")
        wordless = await ann.says("/timezone xyzzy")

    assert CLOCK in first
    assert CLOCK not in second
    assert unknown.startswith("I do not know your clock and go by UTC, where it is 08:0")
    assert "I know no clock called “Brelin”; do you mean Berlin?" in wrong
    assert known.startswith("I go by your clock from now on, Europe/Berlin: it is 09:0")
    assert shown.startswith("Your clock is Europe/Berlin: it is 09:0")
    assert fixed.startswith("I go by your clock from now on, UTC+08:00: it is 16:0")
    assert gone.startswith("I do not know your clock")
    assert wordless.startswith("I know no clock called “xyzzy”. Like this")


async def test_the_prompt_knows_the_clock(tmp_path: Path) -> None:
    """The model is told what time it is with the one who asks."""
    async with living_inside(tmp_path, **TABLES) as inside:
        ann = Ann(inside)
        await ann.says("Hello")
        before = str(inside.model.requests[-1].body)
        await ann.says("/timezone Tokyo")
        await ann.says("What time is it?")
        after = str(inside.model.requests[-1].body)

    assert "08:00 UTC" in before
    assert "17:00 JST" in after


async def test_lists_and_removes_by_words_and_buttons(tmp_path: Path) -> None:
    """Everybody their own; what was taken back is not told."""
    async with living_inside(tmp_path, **TABLES) as inside:
        ann, bo = Ann(inside), Ann(inside, 8, "Bo")
        none = await ann.says("/remind list")
        await ann.says("/remind in 20m tea")
        await ann.says("/remind every day at 8 pills")
        await ann.says("/remind in 3h cake")
        listed = await ann.says("/remind list")
        foreign = await bo.says("/remind remove 1")
        removed = await ann.says("/remind remove #1")
        known = len(ann.texts)
        sent = inside.telegram.sent[-1]
        await ann.says("/remind")
        sent = inside.telegram.sent[-1]
        inside.telegram.presses(ann.person, sent, sent.buttons[-1]["callback_data"])
        await inside.gets(ann.person, known + 2)
        pressed = ann.texts[-1]
        told = await ann.due()

    assert none == say.NONE.en
    assert [
        "#1 · Mon 5 Jan, 08:20 (UTC) · tea",
        "#3 · Mon 5 Jan, 11:00 (UTC) · cake",
        "#2 · ⟳ Tue 6 Jan, 08:00 (UTC) · pills",
    ] == listed.splitlines()
    assert foreign.startswith("You have no reminder “1”.")
    assert removed == "Done, I will not remind you of it: tea"
    assert pressed == "Done, I will not remind you of it: pills"
    assert ["You wanted me to remind you: cake"] == told


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("/remind tea", "I cannot tell when that is: “tea”."),
        ("/remind in 20m", "What shall I remind you of?"),
        ("/remind 2020-01-01T08:00 tea", "Wed 1 Jan, 08:00 (UTC) is over already."),
        ("/remind 2099-01-01T08:00 tea", "That is more than five years away"),
        ("/remind every month on the 32nd tea", "I cannot tell when that is"),
        (f"/remind in 2h {'x' * 600}", "That is too long; 500 characters will do."),
        ("/remind remove tea", "You have no reminder “tea”."),
        ("/remind remove", "You have no reminder “”."),
    ],
)
async def test_wishes_that_make_no_sense(tmp_path: Path, text: str, answer: str) -> None:
    """One line that says what would be right."""
    async with living_inside(tmp_path, **TABLES) as inside:
        assert (await Ann(inside).says(text)).startswith(answer)


async def test_what_comes_again_is_due_again(tmp_path: Path) -> None:
    """At eight in Berlin, each day."""
    async with living_inside(tmp_path, **TABLES) as inside:
        ann = Ann(inside)
        await ann.says("/timezone Berlin")
        answer = await ann.says("/remind every day at 8 pills")
        told = await ann.due()
        following = inside.rows("SELECT due_at FROM schedule WHERE state = 'waiting'")

    assert answer == (
        "I will remind you again and again, next on Tue 6 Jan, 08:00 (Europe/Berlin): pills"
    )
    assert ["You wanted me to remind you: pills"] == told
    assert ["2026-01-06 07:00:00.000000"] == following


async def test_a_restart_catches_up_and_reports(tmp_path: Path) -> None:
    """What was due an hour ago is told with its time; what was due long ago is reported."""
    async with living_inside(tmp_path, **TABLES) as inside:
        ann = Ann(inside)
        for wish in ("in 20m tea", "in 30m cake"):
            await ann.says(f"/remind {wish}")
        for text, hours in (("tea", 2), ("cake", 9)):
            earlier = f"strftime('%Y-%m-%d %H:%M:%f000', due_at, '-{hours} hours')"
            inside.execute(f"UPDATE schedule SET due_at = {earlier} WHERE text = '{text}'")  # noqa: S608 - our own
        told = await ann.after(60)

    assert [
        "You wanted me to remind you (from 2026-01-05 06:20): tea",
        "I was away and missed what you wanted at that time: “cake” (2026-01-04 23:30).",
    ] == told


async def test_a_schedule_for_a_group(tmp_path: Path) -> None:
    """A fixed text on weekdays, by its title; what is wrong gets one line with an example."""
    async with living_inside(tmp_path, **TABLES) as inside:
        ann, bo = Ann(inside), Ann(inside, 8, "Bo")
        group = inside.telegram.group(-100, "Friends")
        inside.telegram.says(group, ann.person, "Kokoro, hello!")
        await inside.gets(group, 1)
        refused = await bo.says('/schedule add "30 9 * * 1-5" here Hi')
        wrong = await ann.says('/schedule add "61 9 * * 1-5" Friends Good morning')
        nowhere = await ann.says('/schedule add "30 9 * * 1-5" Fiends Good morning')
        when = await ann.says('/schedule add "sometime" Friends Good morning')
        added = await ann.says('/schedule add "30 9 * * 1-5" friends Good morning, all!')
        once = await ann.says('/schedule add "tomorrow at 8" here say: Wake up')
        listed = await ann.says("/schedule list")
        before = len(inside.telegram.texts(group))
        await ann.due()
        told = inside.telegram.texts(group)[before:]
        own = ann.texts[-1]
        removed = await ann.says("/schedule remove 1")
        gone = await ann.says("/schedule remove 1")
        left = await ann.says("/schedule list")

    assert "schedule" not in refused
    assert wrong.startswith("“61 9 * * 1-5” is no cron: ")
    assert '/schedule add "30 9 * * 1-5" here Good morning' in wrong
    assert nowhere.startswith("I know no place and nobody called “Fiends”.")
    assert when.startswith("I cannot tell when “sometime” is.")
    assert added == ("#1 is on the schedule (30 9 * * 1-5), next on Mon 5 Jan, 09:30 (UTC).")
    assert once == "#2 is on the schedule for Tue 6 Jan, 08:00 (UTC)."
    assert [
        "#1 · Mon 5 Jan, 09:30 (UTC) · ⟳ 30 9 * * 1-5 · Friends · Good morning, all!",
        "#2 · Tue 6 Jan, 08:00 (UTC) · Ann · Wake up",
    ] == listed.splitlines()
    assert ["Good morning, all!"] == told
    assert "Wake up" == own
    assert removed == "#1 is off the schedule."
    assert gone.startswith("There is no “1” on the schedule")
    assert left == "Nothing is on the schedule."


async def test_an_intention_is_worded_by_the_persona(tmp_path: Path) -> None:
    """The model knows what it shall do and what was said before; the words are its own."""
    async with living_inside(tmp_path, **TABLES) as inside:
        ann = Ann(inside)
        await ann.says("My exam is on Friday")
        inside.model.script("Good luck with your exam!")
        await ann.says('/schedule add "in 2h" here do: wish Ann luck for her exam')
        told = await ann.due()
        prompt = str(inside.model.requests[-1].body)
        await ann.says("Thank you!")
        later = str(inside.model.requests[-1].body)

    assert ["Good luck with your exam!"] == told
    assert "What you want to do: wish Ann luck for her exam" in prompt
    assert "My exam is on Friday" in prompt
    assert "you write first" in prompt
    assert "Good luck with your exam!" in later
    assert "wish Ann luck" not in later


async def test_everyone_is_told_and_it_is_reported(tmp_path: Path) -> None:
    """It asks once; groups, the one who asked and those who shut us out are left out."""
    async with living_inside(tmp_path, **TABLES) as inside:
        ann = Ann(inside)
        friends = [Ann(inside, number, f"P{number}") for number in range(20, 45)]
        group = inside.telegram.group(-100, "Friends")
        inside.telegram.says(group, ann.person, "Kokoro, hello!")
        for one in friends:
            await one.says("Hello")
        asked = await ann.says("/say everyone We move on Friday.")
        nobody = [one.texts[-1] for one in friends if "We move" in one.texts[-1]]
        sent = inside.telegram.sent[-1]
        known = len(ann.texts)
        inside.telegram.presses(ann.person, sent, sent.buttons[0]["callback_data"])
        began = inside.clock.elapsed()
        report = (await inside.gets(ann.person, known + 2))[-1]
        seconds = inside.clock.elapsed() - began
        told = [one.texts.count("We move on Friday.") for one in friends]
        other = [text for text in inside.telegram.texts(group) if "We move" in text]

    assert "This reaches 25 people. To do it: /say everyone yes …" == asked
    assert [] == nobody == other
    assert [1] * 25 == told
    assert "Told 25 of 25 people." == report
    assert 1 <= seconds < 15


async def test_words_for_one_place(tmp_path: Path) -> None:
    """Here, by somebody's name, and not where several are called so."""
    async with living_inside(tmp_path, **TABLES) as inside:
        ann, bo = Ann(inside), Ann(inside, 8, "Bo")
        twins = [Ann(inside, number, "Kim") for number in (9, 10)]
        for one in (bo, *twins):
            await one.says("Hello")
        here = await ann.says("/say here Good evening.", 2)
        which = await ann.says("/say Kim Hello")
        await ann.says("/say bo The parcel is here.", 2)
        report = ann.texts[-1]
        await ann.says("/say telegram:9 Hello, nine.", 2)
        long = await ann.says(f"/say bo {'x' * 2000}")

    assert "Good evening." in here
    assert which == "There are several called “Kim”. Say which: telegram:9, telegram:10"
    assert "The parcel is here." == bo.texts[-1]
    assert report == "Told 1 of 1 people."
    assert "Hello, nine." == twins[0].texts[-1]
    assert long.startswith("That is too long; 1900 characters")


async def test_nobody_to_tell(tmp_path: Path) -> None:
    """Only the owner is there."""
    async with living_inside(tmp_path, **TABLES) as inside:
        assert "There is nobody whom I could tell." == await Ann(inside).says("/say everyone Hi!")
