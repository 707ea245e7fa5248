"""How English tells who one is, where, and with whom."""
# ruff: noqa: E501 - a rule or a list of words is one row of a table

import re
from typing import Final

from persona.facts.english_frames import (
    FILL,
    FORGET,
    FRAMED,
    HEAD,
    IDLE,
    LISTED,
    PROMISE,
    REFUSED,
    REMEMBER,
    SHUT,
    VOID,
)
from persona.facts.english_health import HEALTH_RULES
from persona.facts.english_home import HOME
from persona.facts.english_self import NAMES, NATURE
from persona.facts.english_taste import TASTE
from persona.facts.english_words import KIN, NOT_NAMES, PARTNER
from persona.facts.english_work import WORK
from persona.facts.rule import Subject, Tongue

_ADJ: Final = r"(?:(?:little|big|older|younger|elder|twin|eldest|oldest|youngest|dear|best|poor) )*"
_OTHERS: Final = (
    r"(?:(?:he|she|they|it|you|u|ya|this|that|these|those|there|who|what|which|everyone|everybody|someone"
    r"|somebody|people|his|her|their|your|ur|its|the|whose|where|how|why|another)(?![a-z]))"
)

ENGLISH: Final = Tongue(
    code="en",
    head=HEAD,
    fill=FILL,
    subjects=(
        Subject(re.compile(r"(?:i|we|me)(?=m\s|ve\s|'|\s|’)\s*", re.IGNORECASE), "self"),
        Subject(
            re.compile(
                rf"(?P<s>(?:my|our) {_ADJ}(?:{KIN}|{PARTNER})|(?:mum|mom|dad|grandma|grandpa|hubby)(?='s|\s+(?:works|lives|is|was|has|hates|loves|likes)))(?: (?-i:[A-Z][a-z]+))?(?=\s|'s)\s*",
                re.IGNORECASE,
            ),
            "kin",
        ),
        Subject(re.compile(r"(?:my|our)\s+", re.IGNORECASE), "mine"),
        Subject(re.compile(r"(?:he|she|they)(?='|s\b|\s)\s*", re.IGNORECASE), "same"),
        Subject(
            re.compile(
                rf"(?:(?i:my|our) (?:(?i:best|good|old|close) )*(?i:friend|colleague|coworker|flatmate"
                rf"|roommate|neighbou?r|bestie|mate|buddy) )?(?P<s>(?!{NOT_NAMES}\b)[A-Z][a-z]{{1,11}})"
                r"(?=\s(?:is|lives|works|has|was|moved|just|speaks|plays)\b|'s\s)\s*"
            ),
            "named",
        ),
        Subject(re.compile(_OTHERS, re.IGNORECASE), "other"),
    ),
    rules=(*NAMES, *WORK, *HEALTH_RULES, *NATURE, *HOME, *TASTE),
    framed=FRAMED,
    shut=SHUT,
    void=VOID,
    listed=LISTED,
    refused=REFUSED,
    remember=REMEMBER,
    forget=FORGET,
    promise=PROMISE,
    idle=IDLE,
)
