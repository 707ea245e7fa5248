"""`/thread`: a talk goes on in a place of its own."""

from dataclasses import replace

import pytest

from anima.errors import Gone, SlowDown, Undelivered, Unreachable
from anima.model import Conversation, Speaker
from anima.orders import Order
from bots.discord.slash_threads import Threads
from tests.counter import TURN, Counter, claimed, says
from tests.jump import JumpClock
from tests.slash_stage import wired

HERE = Conversation("discord", "42", "7")
ANN = Speaker("discord", "7", "Ann", "en-GB")
SPEAKERS = {
    "en": ANN,
    "zh": Speaker("discord", "8", "小丽", "zh-CN"),
    "ja": Speaker("discord", "9", "健", "ja"),
}


class Opener:
    """Opens threads, or raises what it is told to."""

    def __init__(self, trouble: Exception | None = None) -> None:
        self.trouble = trouble
        self.opened: list[tuple[Conversation, str]] = []

    async def __call__(self, where: Conversation, title: str) -> str:
        if self.trouble:
            raise self.trouble
        self.opened.append((where, title))
        return "<#99>"


async def told(
    opener: Opener,
    text: str = "/thread Night sky",
    *,
    speaker: Speaker = ANN,
    private: bool = False,
    bot: str = "42",
) -> str:
    """What is said to it in a channel."""
    counter = Counter(openers={("discord", bot): opener})
    claim = replace(claimed(), conversation=HERE, private=private)
    return (await counter.door.obey(Order(claim, says(text, speaker), TURN))).text


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Let us go on in <#99>."),
        ("zh", "我们到 <#99> 里继续聊吧。"),
        ("ja", "続きは <#99> で話しましょう。"),
    ],
)
async def test_a_thread_is_opened_and_shown(language: str, line: str) -> None:
    """By anybody, with the title that they gave."""
    opener = Opener()

    text = await told(opener, speaker=SPEAKERS[language])

    assert (line, [(HERE, "Night sky")]) == (text, opener.opened)


@pytest.mark.parametrize("trouble", [Gone("no"), Undelivered("no")])
@pytest.mark.parametrize("speaker", SPEAKERS.values())
async def test_where_none_can_be_opened_people_are_told(
    trouble: Exception, speaker: Speaker
) -> None:
    """Whether the place has none, or we may not."""
    expected = await told(Opener(), private=True, speaker=speaker)

    assert expected == await told(Opener(trouble), speaker=speaker)
    assert expected == await told(Opener(), bot="another", speaker=speaker)
    assert expected


@pytest.mark.parametrize("trouble", [SlowDown(7), Unreachable("away")])
async def test_a_platform_in_trouble_is_tried_again_by_people(trouble: Exception) -> None:
    """They are told so in a line."""
    assert "please try again in a minute" in await told(Opener(trouble))


async def test_a_title_is_needed() -> None:
    """Without one nothing is opened, and the right form is shown."""
    opener = Opener()

    text = await told(opener, "/thread")

    assert ("TITLE is missing. Like this: /thread TITLE", []) == (text, opener.opened)


@pytest.mark.jumping
@pytest.mark.parametrize("inside", [False, True])
async def test_discord_opens_it(
    clock: JumpClock, monkeypatch: pytest.MonkeyPatch, inside: bool
) -> None:
    """From a channel in it; from a thread, which holds none, beside it. Long titles are cut."""
    async with wired(clock, monkeypatch) as (far, wire):
        ann = far.person()
        channel = far.channel(far.guild("Home", ann))
        place = far.thread(ann, channel, "First") if inside else channel
        where = Conversation("discord", str(far.me.id), str(place.id))

        shown = await Threads(wire).open(where, f"Night\nsky {'and more ' * 20}")

        opened = far.world.channels[int(shown.strip("<#>"))]
        assert channel is opened.parent
        assert opened.name.startswith("Night sky and more")
        assert opened.name.endswith("and…")
        assert len(opened.name) <= 100
        (call,) = [one for one in far.calls if one.name == "start_thread_without_message"]
        assert 11 == call.fields["type"]


@pytest.mark.jumping
async def test_discord_refuses_one_in_private(
    clock: JumpClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There are none; the refusal is one of ours."""
    async with wired(clock, monkeypatch) as (far, wire):
        where = Conversation("discord", str(far.me.id), str(far.dm(far.person()).id))

        with pytest.raises((Gone, Undelivered)):
            await Threads(wire).open(where, "Secret")
