"""Parts that English rules are put together from."""
# ruff: noqa: E501 - a rule or a list of words is one row of a table
# fmt: off

import re
from collections.abc import Iterable
from typing import Final

from persona.facts.kinds import Slot
from persona.facts.rule import Rule, Who

_OFTEN: Final = (
    r"(?:really|just|also|still|actually|literally|currently|now|always|already|totally|only|never"
    r"|absolutely|kinda|kind of|honestly|personally|mostly|lowkey|truly|recently|finally|originally"
    r"|secretly|so|do|does|especially|particularly|genuinely|basically|officially|both|even|usually"
    r"|obviously|normally|all|ve|'ve|have|has|'s|proudly|pretty much|definitely|mainly|sometimes|fucking"
    r"|freaking|soo+|reaa+lly|rly|very much|quite|rather|in fact|used to be)"
)
AM: Final = r"(?:(?:'m|m|’m|am|'re|are|'s|s|is)\s+(?:(?:really|just|also|still|actually|literally|currently|now|so|only|originally|secretly|kinda|officially|basically|mostly|pretty|very|obviously|always|both|even|already|technically)\s+)*)"
BEEN: Final = r"(?:(?:(?:'ve|ve|have|'s|has)\s+)?(?:\w+\s+)?been\s+)"
DO: Final = rf"(?:{_OFTEN}\s+)*"
_STOP: Final = (
    r"w|w/|but|so|because|cuz|cause|cos|bc|since|for|with|when|while|if|unless|lately|recently|rn|atm|now|nowadays"
    r"|these|those|lol|lmao|haha+|tho|though|although|too|as|btw|tbh|mostly|at|again|anymore|anyway|or|who|which|that"
    r"|than|over|more|right|this|until|till|even|from|after|before|fight|don'?t|ask|i|i'm|im|it|it's|its|my|we|where"
    r"|then|is|are|was|and|ok|okay|like|on|just|pls|please|during|ever|obviously|especially|alot|a lot|so much|very"
    r"|way|they|he|she|you|u|to|either|since|last|next|in|about|somehow|apparently|today|yesterday|tomorrow|never"
    r"|literally|ago|every|once|sometimes|haha|not|all"
)
_STOP_MANY: Final = (
    r"but|so|because|cuz|cause|cos|bc|since|when|while|if|unless|lately|recently|rn|atm|now|nowadays|these days|lol|lmao"
    r"|haha+|tho|though|although|too|as|btw|tbh|mostly|at the moment|again|anymore|any more|anyway|who|which|that"
    r"|than|over|more than|right now|until|till|even|fight me|like (?:everyone|everybody|anyone|the rest|most|all)|don'?t|i|i'm|im|it|it's|its|they|he|she|you|u|my|we|where"
    r"|then|is|are|was|ok|okay|pls|please|ever|obviously|especially|a lot|alot|so much|very much|either|and (?:i|i'm|im|my"
    r"|we|they|he|she|it|it's|its|then|that|also|so|now|hate|love|like|dislike|can'?t|don'?t|work|live|have|am|the|you|not|there|pet|yes|no)"
    r"|for (?:some|a|years|now)|since|somehow|apparently|today|every|once|sometimes|not|just|ngl|imo|honestly|this|better|most|but"
)
_MARK: Final = r"\Z|[^\w\s'’&+#/.-]|\.(?!\w)|\s-"
END: Final = rf"(?=\s*(?:{_MARK}|(?<![\w'])(?:{_STOP})(?![\w'])))"
END_MANY: Final = rf"(?!, \w+,? and \w)(?=\s*(?:{_MARK}|(?<![\w'])(?:{_STOP_MANY})(?![\w'])))"
_LETTER: Final = r"(?:[\w'’&+#/ -]|\.(?=\w))"
V: Final = rf"(?P<v>[^\W_]{_LETTER}{{0,50}}?){END}"
LIST: Final = r"[^\W_](?:[\w'’&+#/ -]|\.(?=\w)|, (?=\w+,? and\b)){0,60}?"
MANY: Final = rf"(?P<v>{LIST}){END_MANY}"


def rule(
    slot: Slot,
    pattern: str,
    who: Iterable[Who],
    *,
    side: str = "",
    negated: bool = False,
    importance: int = 3,
    many: bool = False,
    refused: re.Pattern[str] | None = None,
    listed: re.Pattern[str] | None = None,
) -> Rule:
    """A rule whose letters may be of either case."""
    compiled = re.compile(pattern, re.IGNORECASE)
    return Rule(slot, compiled, frozenset(who), side, negated, importance, many, refused, listed)
