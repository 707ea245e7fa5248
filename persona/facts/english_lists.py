"""Where English lists several things that somebody likes, or cannot bear."""

# one rule a row
# fmt: off

import re
from typing import Final

_OF: Final = (
    r"\b(?:love|like|enjoy|adore|prefer|hate|dislike|despise|detest|loathe|(?:can'?t|cannot)"
    r" (?:really )?(?:stand|bear)|into|fans? of|obsessed with|fond of|keen on"
    r"|(?:scared|afraid|terrified) of|allergic to|speak|play|hobbies (?:are|include))s?"
)
_NO_THING: Final = (
    r"(?:i|i'?m|i'?ve|im|ive|me|my|we|us|our|he|him|his|she|her|they|them|their|it|it'?s|its"
    r"|you|u|your|ur|this|that|these|those|there|here|who|what|which|when|where|why|how|if"
    r"|is|isn'?t|are|aren'?t|was|were|am|be|been|do|does|don'?t|did|didn'?t|can|can'?t|could|will|won'?t"
    r"|would|should|have|has|had|got|live|lives|work|works|study|love|loves|like|likes|hate|hates"
    r"|make|makes|moved|grew|come|go|let|let'?s|try|wait|see|look|get|but|so|because|cuz|cause|bc"
    r"|since|then|than|though|tho|while|and|or|nor|not|never|yes|yeah|yep|no|nope|ok|okay|well"
    r"|thanks|thank|thx|please|pls|sorry|bye|hi|hey|hello|lol|lmao|haha|tbh|btw|ngl|really|truly"
    r"|honestly|actually|just|too|also|maybe|mom|mum|dad|bro|dude|man|babe|guys|same|whatever"
    r"|everything|anything|nothing|something|everyone|all|always|usually|sometimes|now|today|later)"
)
_WORD: Final = rf"(?!{_NO_THING}(?![\w'-]))[\w'&-]+"
_THING: Final = rf"{_WORD}(?: {_WORD}){{0,3}}"
_OVER: Final = (
    r"(?=\s*(?:\Z|[^\w\s'&-]|(?:but|because|since|so|too|lol|haha|tbh|btw|the most|so much|a lot"
    r"|and (?:i|i'?m|my|we))\b))"
)
SERIES: Final = re.compile(
    rf"{_OF}\s+{_THING}(?:,\s*{_THING})+?(?:,?\s+(?:and|or|&|n|plus)\s+{_THING}{_OVER}|,\s*{_WORD}(?=\s*(?:\Z|[.!?;\n])))|{_OF}\s+{_THING},\s+(?:and|or)\s+(?:also\s+)?{_WORD}(?=\s*(?:\Z|[.!?;\n]))",
    re.IGNORECASE,
)
"""Three things or more, or two that a comma parts for once: no clause ends in them."""
