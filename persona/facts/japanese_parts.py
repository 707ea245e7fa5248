"""Parts that Japanese rules are put together from."""
# ruff: noqa: E501 - a rule or a list of words is one row of a table
# fmt: off

import re
from collections.abc import Iterable
from typing import Final

from persona.facts.kinds import Slot
from persona.facts.rule import Rule, Who

MARK: Final = r"\Z|[\s、。,!?…~〜—()\[\]「」『』・|:;^><=*´\ufffc\U0001f000-\U0001ffff\u2600-\u27bf]"
_COPULA: Final = (
    r"(?:です|でーす|で[すし]|だっ|だ|なん|なの|や|っす|じゃ|よ|ね|な|わ|さ|ん|の|ねん|〜|ー|w+|笑|ぞ|ぜ|もん|し|やで|である|とか|たち|くて|って感じ|勢|っていう|という|ってやつ|かな(?=り))"
)
AFTER: Final = rf"(?:{_COPULA}){{0,6}}(?:{MARK}|けれど|けど|から|ので|のに|が(?=、)|なのに|んで|で|し)"
END: Final = rf"(?={AFTER})"
LETTER: Final = r"[^\s、。,!?…~〜—()\[\]「」『』|:;はがを\ufffc]"
DEGREE: Final = (
    "(?:も|めっちゃ|めちゃくちゃ|めちゃ|本当に|ほんとに|ほんと|まじで|マジで|すごく|すっごく|すごい|とても|一番|いちばん|超|ちょー|大|かなり|結構|けっこう|だいぶ|特に|やっぱり?|昔から|ずっと|最近|割と|わりと|ちょっと|少し|死ぬほど|どうしても|とにかく|結局|絶対|だけは|全然|あんまり?|あまり|そんなに|正直|普通に|ガチで|個人的に|なにより|何より|もともと|、)*"
)


def rule(
    slot: Slot,
    pattern: str,
    who: Iterable[Who],
    *,
    side: str = "",
    negated: bool = False,
    importance: int = 3,
    many: bool = False,
    refused: str = "",
    listed: re.Pattern[str] | None = None,
) -> Rule:
    """A rule; *refused* are beginnings of values that say nothing."""
    bad = re.compile(refused) if refused else None
    compiled = re.compile(pattern)
    return Rule(slot, compiled, frozenset(who), side, negated, importance, many, bad, listed)
