"""What a link brings along with `/start`, and how such a link is made."""

import pytest

from anima.model import Heard, Speaker
from anima.orders import Obeyed, Order
from bots.telegram.deep_links import deep_link
from service.commands.reading import head
from service.commands.table import Wish
from service.commands.welcome import Greeting
from tests.counter import ANN, KEN, LI, TURN, Counter, claimed, says

NO = Obeyed("That invitation is over.")


class Codes:
    """Knows one code, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    async def __call__(self, code: str, heard: Heard) -> Obeyed | None:
        self.asked.append((code, heard.speaker.address))
        return NO if code == "old" else None


async def said(codes: Codes, text: str, speaker: Speaker = ANN) -> Obeyed:
    """What comes of *text*."""
    order = Order(claimed(), says(text, speaker), TURN)
    return await Greeting(Counter().players, codes).start(Wish(order, "en", {}))


@pytest.mark.parametrize("speaker", [ANN, LI, KEN])
@pytest.mark.parametrize("text", ["/start invite_AB-12", "／start@ku invite_AB-12"])
async def test_a_code_is_taken_and_its_bearer_greeted(text: str, speaker: Speaker) -> None:
    """Whoever may come in is met by the persona."""
    codes = Codes()

    answer = await said(codes, text, speaker)

    assert Obeyed(f"welcome ({speaker.language})", talk=True) == answer
    assert [("AB-12", speaker.address)] == codes.asked


@pytest.mark.parametrize(
    "text", ["/start", "/start invite_", "/start ref_17", "/start _", "/start AB-12"]
)
async def test_without_an_invitation_there_is_the_greeting_alone(text: str) -> None:
    """Nobody is asked of a code that is none, or of one of another kind."""
    codes = Codes()

    answer = await said(codes, text)

    assert Obeyed("welcome (en)", talk=True) == answer
    assert [] == codes.asked


async def test_who_may_not_come_in_is_not_greeted() -> None:
    """They are told why."""
    assert NO == await said(Codes(), "/start invite_old")


@pytest.mark.parametrize("code", ["AB-12", "a_b", "x" * 57])
async def test_what_a_link_says_is_what_the_door_hears(code: str) -> None:
    """The link's payload comes back as the text of a message."""
    codes, link = Codes(), deep_link("ku_bot", f"invite_{code}")

    await said(codes, f"/start {link.rpartition('=')[2]}")

    assert link.startswith("https://t.me/ku_bot?start=invite_")
    assert [(code, ANN.address)] == codes.asked
    assert head("/start")


def test_a_link_without_a_code_only_opens_the_chat() -> None:
    """Which is what people need when they are told to write in private."""
    assert "https://t.me/ku_bot" == deep_link("ku_bot")


@pytest.mark.parametrize("code", ["with space", "码", "x" * 58, "a=b"])
def test_a_code_that_no_link_carries_is_refused(code: str) -> None:
    """Telegram takes 64 letters, digits, `_` and `-`."""
    with pytest.raises(ValueError, match="does not fit"):
        deep_link("ku_bot", f"invite_{code}")
