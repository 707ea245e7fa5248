"""How English tells facts of oneself and of others."""

# one rule a row
# fmt: off
# ruff: noqa: E501, ISC001

import re
from collections.abc import Sequence
from types import MappingProxyType
from typing import Final

from persona.facts.english_body import OF_BODY
from persona.facts.english_home import OF_HOME
from persona.facts.english_lists import SERIES
from persona.facts.english_more import born, more, promised, wished
from persona.facts.english_taste import OF_TASTE
from persona.facts.english_words import KIN, NOT_NAMES, PARTNER
from persona.facts.english_work import OF_WORK
from persona.facts.rule import Head, Tongue

_FRAMED: Final = re.compile(
    r"\b(?:imagine|pretend\w*|role ?-?play\w*|suppose|what if|let'?s say|hypothetically|translate|how (?:do|would) (?:you|i) say|in (?:my|a|the|this|that) (?:dreams?|game|movie|film|book|novel|story|song|show|series|simulation|past life|fic|anime|manga|lyrics?|episode|play)|(?:the|my|a|his|her) (?:character|protagonist|hero|heroine|narrator|main character|lyrics?|oc)\b|lyrics?|(?:movie|film|book|novel|story|song|poem|fanfic|fic) (?:is |was )?about|i (?:had a dream|dreamt|dreamed)|write (?:me )?an?|(?:tell|give) (?:me|us) an?|fictional|in character|as a joke|i'?m (?:kidding|joking)|just kidding|jk|asking for a friend)\b",
    re.IGNORECASE,
)
_VOID: Final = re.compile(
    r"\b(?:if|unless|wish(?:ed)?|whether|maybe|perhaps|might|would(?! rather)|wouldn'?t|could(?!n'?t stand)|someday|one day|some day|should|shouldn'?t|hope(?:fully)?|i (?:thought|assumed|wonder\w*)|thought i|not sure|dunno|probably going|(?<!don't )(?<!dont )(?<!not )want(?:ed|s)? (?:to|a|an|my)|(?<!don't )(?<!dont )wanna|i'd(?! rather)|thinking (?:about|of)|considering|dream(?:s|ing)? (?:of|about)|almost|as if|like i'?m|feel(?:s|ing)? like|act(?:s|ing)? like|will be|gonna be|going to be|supposed to|trying to (?!learn)|used to think|looks? like i|so you (?:think|know)|do i|am i|is it true)\b|\b(?:he|she|they|who|people|somebody|someone|everyone|everybody|u|you|it|mom|mum|dad|boss|teacher|friend|sister|brother|doctor|wife|husband|boyfriend|girlfriend|guy|girl|man|woman|kid|therapist|[A-Z][a-z]+)(?: \w+)? (?:said|says|told|tells|saying|asked|asks|wrote|texted|thinks?|claims?|goes like|goes \x00)\b",
    re.IGNORECASE,
)
_NEXT: Final = (
    r"(?=(?:i|i'm|im|i've|ive|my|we|we're|we've|he|she|he's|she's|they|they're|it"
    r"|it's|you|you're|there|the|our|then|also|now)\b)"
)
_CUT: Final = re.compile(
    r"(?:,(?!\s*\w+(?: \w+)?,? (?:and|or) (?!i\b|i'm|im\b|my\b|we\b|he\b|she\b|they\b|it\b|the\b)\w+(?: \w+)?\s*(?:\Z|[.!?,;]))(?!\s*(?:allergic|19\d\d|20\d\d|[A-Z][a-z]+,? and [A-Z]))|[;()\x00]|\s[–—-]+\s|[–—])+|\s+(?:and|so|since|though|although|while|when|then|plus|because|cuz|cause" rf"|cos|bc|but|or|as)\s+{_NEXT}|\s+and\s+(?=(?:live|work|study|have|play" r"|speak|drive|moved|grew up|am|got|hate|love|can't|don't)\b)|\s+(?:but|because|cuz|cos|bc|lol|lmao|btw|tho)\s+",
    re.IGNORECASE,
)
_FILL = re.compile(
    r"(?:\s+|(?:lol|lmao|(?:ha){2,}h?|well|so+|and|but|ok(?:ay)?|oh|ooh|hey+|hi+|hello|yo|btw|tbh|ngl|fwiw|fyi|imo|honestly|actually|also|plus|yeah+|yep|yup|yes|no+|nah|um+|uh+|ugh|hm+|man|dude|bro|guys|anyways?|basically|fun fact|guess what|turns out|currently|recently|right now|rn|now|today|yesterday|this morning|last (?:night|week|month|year|summer|spring|winter|fall)|personally|sadly|luckily|unfortunately|apparently|obviously|clearly|to be (?:honest|fair|clear)|not gonna lie|just so you know|you know|as you know|because|since|remember|please|pls|don'?t forget|keep in mind|that|this|thing is|the thing is|i guess|there|all|everyone|folks|i mean|wow|omg|damn|aw+|too|i forgot to (?:say|mention)|did i mention|for context|context|about me|a bit about me|i know(?! how)|tho|though|when|cause|cuz|bc|cos|as|while|in fact|these days|nowadays|at the moment|lately|for the record|p\.?s|even though|although|originally(?! from)|in general|correction|just to say|long story short|finally|literally|then|remembered|i remembered|i just remembered|realized|i reali[sz]ed|found out|i found out|just found out|reminder|i swear|like|friendly reminder|note|truth is|not to brag)(?![\w'])[,:.!]*\s*)+",
    re.IGNORECASE,
)
_SELF = re.compile(
    r"(?:i|we|me and my \w+|my \w+ and i|both of us|us)(?=[\s']|m\b|ve\b|\Z)|(?=im\b|ive\b)i",
    re.IGNORECASE,
)
_KIN = re.compile(
    r"(?P<s>(?:my|our) (?:(?:little|big|older|younger|baby|twin|eldest|oldest" rf"|youngest|late|best|half|step|dear|lovely|poor|own|new)[ -])*(?:{KIN}|{PARTNER})|mum|mom|dad|grandma|grandpa)(?:,? (?-i:[A-Z][a-z]+),?)?(?=[\s'" r"]|\Z)",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?:(?:[Mm]y|[Oo]ur) (?:(?:best|good|old|close|new|online|childhood) )?(?:friend|bestie|bff|buddy|mate|pal|roommate|flatmate|coworker|colleague|boss|neighbou?r|classmate|cousin|ex|manager|teammate|pal)s?,? )?(?P<s>(?-i:[A-Z][a-z]{1,14}))(?=\s+(?:(?:is|was)\s|\w+s\b|has\s|also|still|just|moved|got|really)|'s\s)"
)
_CALLS = re.compile(
    r"(?:(?:you|u) can )?call me\b|(?:everyone|everybody|people|they|friends) (?:\w+ )?calls? me\b",
    re.IGNORECASE,
)
_NO_NAME = re.compile(rf"{NOT_NAMES}\Z", re.IGNORECASE)
_STRANGER = re.compile(
    r"(?:you|u|your|ur|you're|youre|he|she|they|his|her|their|he's|she's|they're|it|it's|its|the|these|those|there|everyone|everybody|people|someone|somebody|nobody|who|what|where|when|why|how|do|does|did|is|are|can|could|would|will|shall|let's|lets|some|any|most|many|every|a (?!bit|huge|big|total)|an|another|one|my (?:boss|teacher|neighbou?r|friend|coworker|ex|landlord|roommate|doctor|manager|therapist|professor)(?!'s b))\b(?! name is\b(?<=my))",
    re.IGNORECASE,
)


def _heads(said: str) -> Sequence[Head]:
    fill = _FILL.match(said)
    start = fill.end() if fill else 0
    if _CALLS.match(said, start):
        return [Head("bare", "", start)]
    if own := _SELF.match(said, start):
        return [Head("self", "", own.end())]
    return _others(said, start)


def _others(said: str, start: int) -> Sequence[Head]:
    if kin := _KIN.match(said, start):
        return [Head("kin", kin["s"], kin.end()), Head("bare", "", start)]
    named = _NAMED.match(said, start)
    if named and not _NO_NAME.match(named["s"]):
        return [Head("named", named["s"], named.end())]
    if _STRANGER.match(said, start):
        return []
    return [Head("bare", "", place) for place in dict.fromkeys((start, 0))]


_LEAD = re.compile(
    r"(?:(?:a (?:little )?bit of|the|an?|my|our|some|to|that|all|just|called|named|also|really|especially|particularly|mostly|playing|about|lots of|any|being an?)\s+)+(?=\w)",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:[\s,.'-]+|\b(?:and|or|the|a|an|to|so much|so|too|lol|haha|tbh|rn|atm|btw|now|though|tho|anymore|again|in|at|on|for|with|of|is|are|very|much|most|honestly|really|lmao|ngl|here|originally|actually|please|pls|basically|sometimes|obviously|badly|mate|imo|these days|a lot|alot|like crazy|more than anything|the most|of all time|ever|yesterday|today|lately|by the way|right now|at the moment|instead|since|already|everyone does)\s*)+\Z",
    re.IGNORECASE,
)


def _trimmed(said: str, start: int, end: int) -> tuple[int, int]:
    if lead := _LEAD.match(said, start, end):
        start = lead.end()
    tail = _TAIL.search(said[start:end])
    return (start, start + tail.start()) if tail and tail.start() > 0 else (start, end)


ENGLISH: Final = Tongue(
    code="en",
    framed=_FRAMED,
    cut=_CUT,
    series=SERIES,
    void=_VOID,
    heads=_heads,
    rules=(*OF_HOME, *OF_WORK, *OF_TASTE, *OF_BODY),
    listed=re.compile(r",?\s+(?:and|or|&|n|'n'?|plus)\s+(?:also\s+)?|,\s*|\s*/\s*", re.IGNORECASE),
    trimmed=_trimmed,
    refused=re.compile(r"(?:it|that|this|you|him|her|them|me|us|what|who|how|when|there|here|one|ones|i|so|not|no|yes|at|and|or|if|like|just|the|an?)\Z|(?:you|your|ur)\b", re.IGNORECASE),
    more=more,
    wished=wished,
    promised=promised,
    born=born,
    tag=re.compile(r"[,\s]*\b(?:ok|okay|alright|k|please|pls|plz|right|yeah|got it|deal|thanks|thx)\s*\Z", re.IGNORECASE),
    begs=re.compile(r"\A\W*(?:\w+[, ]+)?(?:can|could|will|would) (?:you|u) (?:please |pls |just )*(?:(?:remember|note|keep in mind) that\b|(?:forget|delete)\b)", re.IGNORECASE),
    stops=re.compile(r"\b(?:if|unless|imagine|said|says|told|wish|asked)\b", re.IGNORECASE),
    plain=MappingProxyType({}),
)
