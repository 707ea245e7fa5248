"""`/voice`: whether somebody is answered aloud."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from anima.orders import Obeyed
from anima.ports import Clock
from anima.sound import Voicing
from anima.steps import Voiced
from service.commands.table import Argument, Command, Wish
from service.commands.words import Words

_MODES: Final[Mapping[str, Voicing]] = MappingProxyType(
    {"on": "always", "off": "off", "mirror": "mirror", "always": "always"}
)
MODE: Final = Argument(
    "mode",
    "choice",
    "on|off|mirror",
    Words(
        en="mirror: voice for voice; on: always; off: never",
        zh="mirror：语音回语音；on：总是；off：从不",
        ja="mirror：声には声で、on：いつも、off：なし",
    ),
    options=tuple(_MODES),
    required=False,
)

_MEANS: Final[Mapping[Voicing, Words]] = MappingProxyType(
    {
        "always": Words(
            en="I answer you aloud here; at times I may rather write.",
            zh="在这里我会用语音回答你；有时候也会打字。",
            ja="ここでは声で答えます。ときには文字のこともあります。",
        ),
        "mirror": Words(
            en="When you send a voice message I answer with one; when you write, I write.",
            zh="你发语音，我就用语音回答；你打字，我就打字。",
            ja="声のメッセージには声で、文字には文字で答えます。",
        ),
        "off": Words(
            en="I only write to you here.",
            zh="在这里我只打字回答你。",
            ja="ここでは文字だけで答えます。",
        ),
    }
)
_MUTE: Final = Words(
    en="I have no voice at the moment, so I write.",
    zh="我现在没有声音，只能打字。",
    ja="いまは声が出ないので、文字で答えます。",
)
_NOW: Final = Words(
    en="/voice {mode} · {means}", zh="/voice {mode} · {means}", ja="/voice {mode} · {means}"
)


@dataclass(frozen=True, slots=True)
class Aloud:
    """Tells and keeps when somebody is answered aloud. *usual* is for who has not chosen.

    There is no *usual* where nobody can be spoken to.
    """

    clock: Clock
    usual: Voicing | None

    @property
    def command(self) -> Command:
        """`/voice` as the table knows it."""
        return Command(
            "voice",
            Words(
                en="whether I answer you aloud here",
                zh="我在这里是否用语音回答你",
                ja="ここで声で答えるかどうか",
            ),
            arguments=(MODE,),
            how=self.voice,
        )

    async def voice(self, wish: Wish) -> Obeyed:
        """`/voice [on|off|mirror|always]`; without a word it only tells."""
        heard = wish.order.heard
        if self.usual is None:
            return Obeyed(_MUTE.to(wish.language))
        now: Voicing = heard.voicing or self.usual
        wanted = _MODES[wish.given["mode"]] if "mode" in wish.given else now
        means = _MEANS[wanted].to(wish.language)
        text = _NOW.to(wish.language, mode=wanted, means=means)
        if wanted == heard.voicing or "mode" not in wish.given:
            return Obeyed(text)
        return Obeyed(text, (Voiced(heard.speaker.address, wanted, self.clock.now()),))
