"""Emoji, faces made of letters and codes of faces: what is seen and not said."""

import re
from typing import Final

from persona.emote_codes import EMOTES

_PICTURE: Final = (
    "\U0001f000-\U0001faff\u2190-\u21ff\u2300-\u23ff\u2460-\u24ff\u25a0-\u27bf\u2b00-\u2bff"
    "\U000e0020-\U000e007f\u2934\u2935\u3030\u303d\u3297\u3299\ufe0f\u200d\u20e3"
)
EMOJI: Final = re.compile(rf"[#*0-9]\ufe0f?\u20e3|[{_PICTURE}]+")
_CODES: Final = re.compile(
    "|".join(sorted(map(re.escape, EMOTES), key=len, reverse=True))
    + r"|\[[\u3400-\u9fff]{1,6}\](?!\()"  # other apps have more of them
    + r"|<a?:\w+:\d+>|(?<![\w:]):[a-z][a-z0-9_+-]+:(?![\w:])"  # Discord's own
)
_SMILEY: Final = re.compile(
    r"(?<![\w:;=/])(?:[:;=8xX][-'^]?[)(DPpOo3|/\\\]\[*]+|[xX]D+|<3+|:\^\)|\^_*\^;*|>_+<|[oO0]_[oO0]"
    r"|T_+T|;_+;|-_+-;*|¯\\_\(ツ\)_/¯|\\o/|orz|OTZ|QAQ|QWQ|[qtTQ]wq?[tTQ]|uwu|UwU|owo|OwO)(?![\w/])"
)
_KAOMOJI: Final = re.compile(
    r"[ヽ\\٩o(（ヾ╮┐щ凸Σっ✧*]*[(（](?=[^()（）\n]{1,24}[)）])"
    r"(?=[^()（）\n]*[\^_ωд∀﹏﹃・▽≧≦≡°´｀`•́̀ᴗ˘◕✿￣￢¬ಠ◉☆★ξ益皿Д∇╥╯⊙๑‿⌒ﾟ;＾][^()（）\n]*[)）])"
    r"[^()（）\nA-Za-z\u3400-\u9fffあ-んア-ヴ]{0,8}"
    r"[^()（）\n]{0,8}?[^()（）\nA-Za-z\u3400-\u9fffあ-んア-ヴ]{0,8}[)）][ﾉノ٩۶و/\\~〜╭┌☆★♪!！*✧゙＂o]*"
)


def seen(text: str) -> bool:
    """Whether any of it is in *text*."""
    return any(form.search(text) for form in (EMOJI, _CODES, _KAOMOJI, _SMILEY))


def unseen(text: str) -> str:
    """*text* without any of it."""
    for form in (_CODES, _KAOMOJI, _SMILEY, EMOJI):
        text = form.sub(" ", text)
    return text
