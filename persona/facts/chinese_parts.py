"""Parts that Chinese rules are put together from."""
# ruff: noqa: E501 - a rule or a list of words is one row of a table
# fmt: off

import re
from collections.abc import Iterable
from typing import Final

from persona.facts.kinds import Slot
from persona.facts.rule import Rule, Who

MARK: Final = r"\Z|[\s,。;:、!?…~—()\[\]【】「」『』\"“”/|^>;=\ufffc\U0001f000-\U0001ffff\u2600-\u27bf\u2460-\u24ff•́︿•̀]"
_TAIL: Final = r"(?:[的了啦呀哦噢啊呢嘛哈诶欸咯捏吧耶喔惹哒滴嘿唉呜w]|哈哈+|真的|就行|就好)*"
_STOP: Final = r"但|不过|所以|因为|而且|然后|可是|反正|其实|还是|什么的|之类|到现在|不行|得不行|胜过|多过"
END: Final = rf"(?={_TAIL}(?:{MARK}|{_STOP}))"
SHARP: Final = rf"(?=(?:[呀哦噢啊哈啦~]|就好|就行)*(?:{MARK}))"
LETTER: Final = r"(?:[^\W_]|[·+&#.'-]|(?<=[A-Za-z0-9]) (?=[A-Za-z0-9]))"
OFTEN: Final = (
    "(?:现在|目前|最近|其实|也|就|都|却|还是?|一直|真的|很|最|非常|特别|超级?|好|挺|蛮|比较|更|可|贼|巨|太|老|确实|本来|从小|平时|平常|已经|刚刚?|才|今年|去年|上个?月|上周|昨天|今天|前天|前几天|暂时|主要|自己|后来|又|再|有点|天生|一个人|主业|之前|总是?|简直|可能不|从来|一向|算|正在|正|终于|从去年|经常|偶尔|其实也|以后|大学|当年|本科|毕业后)"
)
ADV: Final = rf"\s?{OFTEN}*\s?"


def value(least: int = 1, most: int = 16) -> str:
    """A value of so many letters."""
    return rf"\s?(?P<v>{LETTER}{{{least},{most}}}?)"


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
