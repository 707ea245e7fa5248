"""`/voice`: whether somebody is answered aloud."""

from dataclasses import replace

import pytest

from anima.model import Heard
from anima.orders import Obeyed, Order
from anima.sound import Voicing
from anima.steps import Voiced
from service.commands.table import Wish
from service.commands.voice import MODE, Aloud
from service.commands.words import Language, client_language
from tests.counter import ANN, KEN, LI, TURN, claimed, says
from tests.persona_fakes import NOW, HandClock

WHO = {"en": ANN, "zh": LI, "ja": KEN}
MEANS: dict[Voicing, dict[str, str]] = {
    "always": {"en": "aloud", "zh": "用语音回答", "ja": "声で答えます"},
    "mirror": {"en": "answer with one", "zh": "你发语音", "ja": "声のメッセージには"},
    "off": {"en": "only write", "zh": "只打字", "ja": "文字だけ"},
}


async def obeyed(
    word: str = "",
    *,
    language: Language = "en",
    usual: Voicing | None = "mirror",
    chosen: Voicing | None = None,
) -> Obeyed:
    """What comes of `/voice` by somebody who had *chosen* that."""
    heard: Heard = replace(says(f"/voice {word}", WHO[language]), voicing=chosen or "")
    wish = Wish(
        Order(claimed(), heard, TURN), client_language(heard), {"mode": word} if word else {}
    )
    return await Aloud(HandClock(), usual).voice(wish)


@pytest.mark.parametrize("language", ["en", "zh", "ja"])
@pytest.mark.parametrize(
    ("word", "mode"),
    [("on", "always"), ("always", "always"), ("mirror", "mirror"), ("off", "off")],
)
async def test_who_chooses_is_told_what_that_means(
    word: str, mode: Voicing, language: Language
) -> None:
    """And it is kept for them, there."""
    answer = await obeyed(word, language=language)

    assert (Voiced(WHO[language].address, mode, NOW),) == answer.steps
    assert MEANS[mode][language] in answer.text
    assert answer.text.startswith(f"/voice {mode} ")


@pytest.mark.parametrize(("usual", "chosen"), [("mirror", None), ("always", "off")])
async def test_without_a_word_it_only_tells(usual: Voicing, chosen: Voicing | None) -> None:
    """What was chosen, or what is usual in this house."""
    answer = await obeyed(usual=usual, chosen=chosen)

    assert () == answer.steps
    assert MEANS[chosen or usual]["en"] in answer.text


async def test_to_choose_the_same_again_writes_nothing() -> None:
    """But what is usual may be chosen, and holds then whatever becomes usual."""
    same, usual = await obeyed("off", chosen="off"), await obeyed("mirror")

    assert () == same.steps
    assert 1 == len(usual.steps)


@pytest.mark.parametrize(
    ("language", "told"), [("en", "no voice"), ("zh", "没有声音"), ("ja", "声が出ない")]
)
async def test_a_house_without_a_voice_says_so(language: Language, told: str) -> None:
    """Nothing is promised that cannot be kept."""
    answer = await obeyed("on", language=language, usual=None)

    assert (told in answer.text, ()) == (True, answer.steps)


def test_every_word_of_the_contract_can_be_said() -> None:
    """`/voice on|off|mirror`, and what the settings call it."""
    assert {"on", "off", "mirror", "always"} == set(MODE.options)
