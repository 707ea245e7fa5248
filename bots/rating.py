"""The buttons and thumbs under an answer, by which people tell how they like it."""

import re
from collections.abc import Mapping, Sequence
from typing import Final, cast, get_args

from anima.model import Verdict
from persona.language import guess, primary

_DATA: Final = re.compile(rf"rate:(\d{{1,19}}):({'|'.join(get_args(Verdict))})")
_THUMBS: Final[Mapping[str, Verdict]] = {"👍": "good", "👎": "bad"}
_SKINS: Final = "".join(map(chr, range(0x1F3FB, 0x1F400)))
_UNLIKE: Final = {"en": "Not like me", "zh": "不像我", "ja": "私らしくない"}
_THANKS: Final = {"en": "Thank you!", "zh": "谢谢！", "ja": "ありがとうございます！"}


def ratings(said: int, text: str) -> Sequence[tuple[str, str]]:
    """What is shown on each button for the bubble *said*, and what it brings when it is pressed.

    They speak the language of the bubble's *text*.
    """
    unlike = _UNLIKE.get(guess(text), _UNLIKE["en"])
    row: list[tuple[str, Verdict]] = [("👍", "good"), ("👎", "bad"), (unlike, "unlike")]
    return [(shown, f"rate:{said}:{verdict}") for shown, verdict in row]


def rated(pressed: str) -> tuple[int, Verdict] | None:
    """Which bubble got which verdict by the button *pressed*, if it is one of ours."""
    found = _DATA.fullmatch(pressed)
    return (int(found[1]), cast("Verdict", found[2])) if found else None


def thumb(face: str) -> Verdict | None:
    """What a *face* under an answer says of it: a thumb in any colour, up or down."""
    return _THUMBS.get(face.rstrip(_SKINS))


def thanks(language: str) -> str:
    """What is shown for a moment to whoever pressed a button."""
    return _THANKS.get(primary(language), _THANKS["en"])
