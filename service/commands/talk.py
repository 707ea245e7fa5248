"""`/talk`: how readily the persona speaks up in a group."""

from dataclasses import dataclass
from typing import Final

from anima.orders import Obeyed
from anima.ports import Clock
from anima.steps import Dialled
from service.commands.table import Argument, Wish
from service.commands.words import Words

DIAL: Final = Argument(
    "dial",
    "choice",
    "0-5",
    Words(
        en="0 and 1: only when spoken to; 5: readily",
        zh="0 和 1：只在叫我时；5：很主动",
        ja="0 と 1：呼ばれたときだけ、5：積極的に",
    ),
    options=("0", "1", "2", "3", "4", "5"),
    required=False,
)

_MEANS: Final = (
    Words(
        en="I speak only when I am spoken to.",
        zh="只有叫我时我才说话。",
        ja="呼ばれたときだけ話します。",
    ),
    Words(
        en="I speak only when I am spoken to.",
        zh="只有叫我时我才说话。",
        ja="呼ばれたときだけ話します。",
    ),
    Words(
        en="I seldom speak up by myself: at most one line in ten is mine.",
        zh="我很少主动开口：十句里最多一句是我的。",
        ja="自分からはめったに話しません。多くても十行に一行です。",
    ),
    Words(
        en="I speak up by myself now and then: at most one line in six is mine.",
        zh="我偶尔主动开口：六句里最多一句是我的。",
        ja="ときどき自分からも話します。多くても六行に一行です。",
    ),
    Words(
        en="I often speak up by myself: at most one line in four is mine.",
        zh="我经常主动开口：四句里最多一句是我的。",
        ja="よく自分からも話します。多くても四行に一行です。",
    ),
    Words(
        en="I readily speak up by myself: at most one line in three is mine.",
        zh="我很主动：三句里最多一句是我的。",
        ja="積極的に自分から話します。多くても三行に一行です。",
    ),
)
_NOW: Final = Words(
    en="/talk {dial} · {means}", zh="/talk {dial} · {means}", ja="/talk {dial} · {means}"
)
_GROUPS: Final = Words(
    en="That is for groups; here I always answer.",
    zh="这个是给群聊用的；在这里我总会回答。",
    ja="それはグループ用です。ここではいつも返事をします。",
)


@dataclass(frozen=True, slots=True)
class Dial:
    """Tells and turns the dial of a group."""

    clock: Clock

    async def talk(self, wish: Wish) -> Obeyed:
        """`/talk [0-5]`; without a number it only tells."""
        claim = wish.order.claim
        if claim.private:
            return Obeyed(_GROUPS.to(wish.language))
        wanted = int(wish.given.get("dial", claim.dial))
        means = _MEANS[wanted].to(wish.language)
        text = _NOW.to(wish.language, dial=wanted, means=means)
        if wanted == claim.dial:
            return Obeyed(text)
        by = wish.order.heard.speaker.address
        return Obeyed(text, (Dialled(claim.dial, wanted, by, self.clock.now()),))
