"""Whether a transcript can be believed: engines write something down for any noise."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

UNSPOKEN: Final = 0.6
"""Above this the engine thinks itself that nobody spoke."""

UNSURE: Final = -1.0
LOST: Final = -1.6
"""The mean log of how likely its words are: unsure counts where it may be no speech at all."""

REPEATING: Final = 2.4
"""Text that packs better than that says one thing over and over."""

_INVENTED: Final = re.compile(
    r"(?i)^\W*(?:thanks? (?:you )?(?:so much )?for watching|please subscribe|subtitles? by.*"
    r"|(?:ご視聴|ご覧いただき|最後までご)[^。]*ありがとうございま(?:した|す)|チャンネル登録.*"
    r"|(?:请不吝|請不吝)?点赞.*订阅.*|(?:字幕|由).{0,6}(?:志愿者|提供|by).*|谢谢观看|感谢观看|多謝觀看"
    r"|you|\.+)\W*$"
)
"""What they write where there is only noise: the ends of a million films."""

_DOUBT: Final = 0.3


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of speech, as an engine judges it itself; what it does not tell is `None`."""

    text: str
    unspoken: float | None = None
    sure: float | None = None
    packed: float | None = None


def clear(segments: Iterable[Segment]) -> str:
    """The words of those *segments* that can be believed."""
    return "".join(one.text for one in segments if _believed(one)).strip()


def _believed(one: Segment) -> bool:
    unspoken, sure = one.unspoken or 0.0, one.sure or 0.0
    if (unspoken > UNSPOKEN and sure < UNSURE) or sure < LOST:
        return False
    if (one.packed or 0.0) > REPEATING and sure < UNSURE:
        return False
    invented = bool(_INVENTED.match(one.text.strip()))
    return not (invented and (unspoken > _DOUBT or one.unspoken is None))
