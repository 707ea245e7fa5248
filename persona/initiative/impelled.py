"""What a persona is told when it writes first, and whether what came of it may be sent."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Final

from anima.impulse import Impulse, ImpulseKind
from persona.folding import folded
from persona.material import shorten
from persona.posing import unposed
from persona.spans import days_until, span

_TOKENS: Final = 120

_WHY: Final[Mapping[ImpulseKind, str]] = MappingProxyType(
    {
        "thread": "They told you of something that is behind them now. Ask how it went.",
        "promise": "You promised them this, and now it is time. Keep it.",
        "occasion": "Today is a day that they told you of: {occasion}. Think of it with them.",
        "silence": "You have not heard from them for {span}. Write because you thought of them;"
        " do not reproach them with their silence.",
        "morning": "They often wish you a good morning. Today you are first.",
    }
)
_HOW: Final = (
    "Nobody has written to you: you write first, one or two short lines of your own. Do not speak"
    " of these lines, of being asked or reminded to write, or of what you are about to do. If there"
    " is nothing worth writing, answer only NO."
)

_NO: Final = re.compile(
    r"[\W_]*(?:no|none|nothing|pass|skip|silence|no reply|no response|no message|nothing to say"
    r"|不|不用|没有|沒有|无|無|沉默|不发|なし|無し|いいえ|沈黙|なにも(?:ない|なし)?)?[\W_]*"
)
_LEAKS: Final = re.compile(
    r"\b(?:as (?:you|i was|they) (?:asked|requested|instructed|told)|as instructed|as requested"
    r"|(?:i was|i've been|i am|i'm) (?:asked|told|instructed|prompted|supposed) to"
    r"|(?:here(?:'s| is)|this is) (?:a|the|my|your) (?:short |brief |friendly |warm )*"
    r"(?:message|text|line|greeting|check-in)|(?:system|my) (?:prompt|instructions?|reminder)"
    r"|proactive|unprompted|scheduled message|the user|check-?in message|first message)\b"
    r"|\A\W*(?:message|draft|output|response|reply)\s*:"
    r"|根据(?:你的)?(?:要求|指示|提示|设定)|按(?:照)?(?:要求|指示)|以下是|系统(?:提示|消息)|主动消息"
    r"|(?:指示|ご依頼|リクエスト|お題)(?:どおり|通り|の通り|に従)|以下(?:の|は)メッセージ|システム(?:から|の)|プロンプト"
)
_NARRATED: Final = re.compile(
    r"\A\s*[(（\[【*_][^)）\]】*_]{3,}[)）\]】*_]\s*\Z"  # a stage direction and nothing else
    r"|\A\s*(?:she|he|they|the (?:girl|boy|woman|man)) (?:\w+ly )?"
    r"(?:picks? up|opens?|types?|reaches for|grabs?|unlocks?|smiles?|sighs?|puts? down)\b"
    r"|\A\s*(?:她|他)(?:轻轻|默默|慢慢|悄悄)?(?:拿|打开|点开|写|发|看|叹|笑)"
    r"|\A\s*(?:彼女|彼)は[^。]{0,20}(?:手に取|開|打|送|書|見|微笑|ため息)"
)


def reason(impulse: Impulse, now: datetime) -> Sequence[str]:
    """The notes for the late block; *now* tells the days, by the zone that it is in."""
    gap = max(1, -days_until(impulse.at, now))
    name = impulse.occasion.partition(" ")[2]
    notes = [_WHY[impulse.kind].format(occasion=name, span=span(gap))]
    if impulse.words:
        who = "You" if impulse.kind == "promise" else "They"
        words = shorten(unposed(" ".join(impulse.words.split())), _TOKENS)
        notes.append(f"{who} said {span(gap)} ago: “{words}”")
    return (*notes, _HOW)


def declines(text: str) -> bool:
    """Whether *text*, all that a model answered, means that nothing is to be written."""
    return bool(_NO.fullmatch(folded(text)))


def leaks(text: str) -> bool:
    """Whether *text* speaks of how it came about, or tells what somebody does, as stories do."""
    said = folded(text)
    return bool(_LEAKS.search(said) or _NARRATED.search(said))
