"""What a link brings along with `/start`, and how such a link is made."""

from types import MappingProxyType

import pytest

from anima.model import Heard, Speaker
from anima.orders import Obeyed
from anima.steps import Preferred, Step
from bots.telegram.deep_links import deep_link
from service.commands.reading import head
from service.commands.welcome import Brought
from tests.counter import ANN, KEN, LI, Counter
from tests.persona_fakes import NOW

STEP: Step = Preferred("telegram:7", "ja", NOW)


class Codes:
    """Knows one code, and keeps what it was asked."""

    def __init__(self, *, known: str = "AB-12") -> None:
        self.known = known
        self.asked: list[tuple[str, str]] = []

    async def __call__(self, code: str, heard: Heard) -> Obeyed | None:
        self.asked.append((code, heard.speaker.address))
        return Obeyed("You are in.", (STEP,)) if code == self.known else None


def counter(codes: Brought) -> Counter:
    """A door at which invitations are known."""
    return Counter(links=MappingProxyType({"invite": codes}))


@pytest.mark.parametrize("speaker", [ANN, LI, KEN])
@pytest.mark.parametrize("text", ["/start invite_AB-12", "/start AB-12", "／start@ku AB-12"])
async def test_a_code_is_taken_and_its_bearer_greeted(text: str, speaker: Speaker) -> None:
    """From a link, or typed by hand; what comes of it lasts, and the greeting follows."""
    codes = Codes()

    answer = await counter(codes).obey(text, speaker=speaker)

    expected = Obeyed(f"You are in.\n\nwelcome ({speaker.language})", (STEP,))
    assert expected == answer
    assert [("AB-12", speaker.address)] == codes.asked


@pytest.mark.parametrize(
    "text", ["/start", "/start invite_", "/start ref_17", "/start _", "/start "]
)
async def test_without_a_code_there_is_the_greeting_alone(text: str) -> None:
    """Nobody is asked of a code that is none, or of one of another kind."""
    codes = Codes()

    answer = await counter(codes).obey(text)

    assert Obeyed("welcome (en)", talk=True) == answer
    assert [] == codes.asked


async def test_a_code_that_says_nothing_is_greeted_all_the_same() -> None:
    """Whoever guesses learns nothing by it."""
    codes = Codes(known="other")

    answer = await counter(codes).obey("/start invite_guess")

    assert Obeyed("welcome (en)", talk=True) == answer
    assert [("guess", ANN.address)] == codes.asked


async def test_each_kind_of_code_has_somebody_who_knows_it() -> None:
    """A code for linking goes another way than an invitation."""
    invite, link = Codes(), Codes()
    door = Counter(links={"invite": invite, "link": link})

    await door.obey("/start link_a_b")

    assert ([], [("a_b", ANN.address)]) == (invite.asked, link.asked)


@pytest.mark.parametrize("code", ["AB-12", "a_b", "x" * 57])
async def test_what_a_link_says_is_what_the_door_hears(code: str) -> None:
    """The link's payload comes back as the text of a message."""
    codes, link = Codes(), deep_link("ku_bot", "invite", code)

    await counter(codes).obey(f"/start {link.rpartition('=')[2]}")

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
        deep_link("ku_bot", "invite", code)
