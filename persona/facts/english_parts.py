"""Parts that the rules for English are put together from."""

# one rule a row
# fmt: off
# ruff: noqa: E501

import re
from collections.abc import Iterable
from typing import Final

from persona.facts.english_words import (
    NATION,
    NOT_NAMES,
    TRADE,
)
from persona.facts.kinds import Slot
from persona.facts.rule import Rule, Who

OWN: Final[tuple[Who, ...]] = ("self",)
SELF: Final[tuple[Who, ...]] = ("self", "bare")
NEAR: Final[tuple[Who, ...]] = ("self", "bare", "kin")
ANY: Final[tuple[Who, ...]] = ("self", "bare", "kin", "named")
OTHERS: Final[tuple[Who, ...]] = ("self", "kin", "named")

OFTEN: Final = (
    r"(?:really|just|also|still|actually|literally|currently|now|always|already"
    r"|totally|only|absolutely|kinda|kind of"
    r"|sorta|honestly|personally|mostly|lowkey|truly|recently|finally|originally"
    r"|secretly|so|both|even|usually|obviously"
    r"|definitely|mainly|fucking|freaking|soo+|rly|rlly|quite|rather|pretty|very"
    r"|basically|officially|technically|apparently"
    r"|do|does|have|has|'ve|ve|been|super|proudly|sadly|unfortunately|genuinely"
    r"|deeply|completely|severely|deathly|highly|mildly"
    r"|slightly|extremely|terribly|horribly|properly|partly|happily|newly"
    r"|legally|love|particularly|especially|all|bit|too)"
)
DO: Final = rf"(?:'ve|ve)?\s*(?:{OFTEN}\s+)*"
BE: Final = (
    r"(?:'m|m\b|'re|re\b|'s|s\b|\s+am|\s+are|\s+is|\s+was|\s+were|'ve been"
    rf"|\s+have been|\s+has been)\s+(?:{OFTEN}\s+)*"
)
MAYBE_BE: Final = rf"(?:{BE}|\s*(?:{OFTEN}\s+)*)"
STOP: Final = (
    r"but|so|because|cuz|cause|cos|bc|since|for|with|when|while|if|unless|lately"
    r"|recently|rn|atm|now|nowadays|these days|lol"
    r"|lmao|ha(?:ha)+|tho|though|although|too|as|btw|tbh|mostly|at|again|anymore"
    r"|any more|anyway|who|which|that|than|over|right now"
    r"|until|till|even|from|after|before|i|i'm|im|it|it's|its|my|we|where|then"
    r"|is|are|was|ok|okay|like|on|just|pls|please|ever"
    r"|obviously|a lot|alot|so much|very|way|they|he|she|you|u|to|either|last"
    r"|next|this|today|yesterday|tomorrow|ago|every|once"
    r"|sometimes|not|in|about|the other day|during|online|myself|rly|omg|sadly|though"
    r"|badly|yesterday|actually|honestly|originally"
)
STOP_LIST: Final = (
    STOP.replace("|for|with|", "|")
    .replace("|at|", "|")
    .replace("|over|", "|")
    .replace("|from|", "|")
    .replace("|like|on|", "|")
    .replace("|in|about|", "|")
    .replace("|to|", "|")
    .replace("|not|", "|")
    .replace("|way|", "|")
    .replace("|as|", "|")
    .replace("|my|", "|")
    .replace("|that|than|", "|than|")
    .replace("|before|", "|")
    .replace("|after|", "|")
    .replace("|then|", "|")
)
MARK: Final = r"\Z|[^\w\s'&+#/.-]|\.(?!\w)|\s-+\s|\n"
END: Final = (
    rf"(?=\s*(?:{MARK}|(?:and\s+)?(?<![\w'])(?:{STOP})(?![\w'])|and\s+(?:a|an|the"
    r"|live|work|have|am|got|currently|love|hate|like|drive|also|used|study|play"
    r"|speak|been|went|moved|grew|born)\b))"
)
END_LIST: Final = (
    rf"(?=\s*(?:{MARK.replace('.-]', '.,-]')}|,\s*allergic|(?:and\s+)?(?<![\w'])"
    rf"(?:{STOP_LIST}|and (?:live|work|have|am"
    r"|got|currently|hate|drive|used|study|speak|can't|don't|never|always|there|yes"
    r"|no|the weather))(?![\w'])))"
)
LETTERS: Final = r"(?:[\w'&+#/ -]|\.(?=\w))"
V: Final = rf"(?P<v>[^\W_]{LETTERS}{{0,50}}?){END}"
LIST: Final = rf"(?P<v>[^\W_](?:{LETTERS}|,){{0,90}}?){END_LIST}"
NAME: Final = r"(?:[A-Z][\w'’-]*\.?(?:\s+(?:[A-Z][\w'’-]*\.?|de|van|von|da|del|al|bin|la))*)"
PLACE: Final = rf"(?P<v>[^\W\d_][\w'.-]*(?: [\w'.-]+){{0,4}}?){END}"
TRADES: Final = (
    r"(?:(?:(?!the\b|in\b|at\b|of\b|for\b|and\b|as\b|bit\b|fan\b|huge\b|big\b"
    rf"|good\b|bad\b|terrible\b|not\b|great\b)[\w'-]+ ){{0,3}}?{TRADE}s?"
    r"|[\w-]*(?:ologist|ographer|keeper|maker|therapist|smith|worker|writer)"
    r"|(?:team|tech|squad|shift) lead|(?:grad|phd|doctoral) researcher"
    r"|freelance [\w ]{3,20}?(?=\W|\Z)|security guard)"
)
NOT_PLACE = re.compile(
    r"the (?!netherlands|uk\b|us\b|usa|states|philippines|hague|bronx|bahamas|bay area|midwest|south\b|north\b)|(?:sweatpants|couch|bed|hoodies|leggings|pajamas|pyjamas|jeans|kitchen|basement|office|internet|dorms?|sofa|floor|garage|attic|car|tent|van|chaos|apple|android|spotify|next)\b|(?:a|an)\s(?:server|castle|dream|simulation|society|world|bubble|lie|house\Z|flat\Z|shelter|box|cave|dorm|shared)|(?:constant|fear|the (?:moment|past|future|now|hills|woods|country\Z|countryside|city\Z|middle|same)|peace|hell|my (?:own|head|car|room|parents)|here|there|this|that|it|pain|denial|your|college|university|school|town\Z|your|his|her|sin|fear|me|you|us|him|harmony|different|separate|two|one|a (?:tiny|small|big|quiet|nice|new|bigger|smaller)? ?(?:town|city|village|place|apartment|house|flat|studio|dorm|basement|country|room|area|neighbou?rhood|suburb)\Z|alone|out|in|back|on|forward|past|away|away\Z|up|house|apartments?|into|together|schools|jobs|departments)\b"
)
NOT_JOB = re.compile(
    r"(?:(?:team|charm|kid|teen|joke|nightmare|mess|result|whole|total|huge|big|bit|good|bad|terrible|great|lot|fan|home|night|least|the (?:moment|same|weekend)|my|his|her|it|this|that|me|you|him|them|a (?:living|while|few|long|decade|bit|lot)|years|free|fun|now|hard|all|hours|\d+|minimum|improving|getting|being|money|peanuts|nothing|something|day|nights|school|uni|work|desk|a desk)\b)",
    re.IGNORECASE,
)
NOT_TASTE = re.compile(
    r"(?:(?:it|that|this|these|those|you|u|ya|your|ur|him|her|his|them|their|me|us|how|when|what|where|why|who|which|whatever|everything|everyone|everybody|nothing|something|anything|someone|somebody|anyone|nobody|people|there|here|if|the (?:way|idea|fact|sound of (?:that|this)|thought|look|vibe|part|first|new one)|myself|yourself|a lot|so much|very much|not|no|to (?:say|see|admit|break|think|be|hear|know|go|have|lose|do|die)|one|ones|same|the same|most|both|all|each|either|lot|my (?!little|melody|chemical|hero|neighbor)|life\Z|love|monday|mondays|work\Z|school\Z|myself|being (?:me|here|alive|single)|making|having|wasting|our|today|tonight|someone|when|being|so|him|god|jesus|i|i'm|im|he|she|they|mine|ours|trying|seeing|doing this|going|getting\Z|such|certain|some|any|in|at)\b|.*\b(?:you|u|your|yours|mine|him|her|them|me)\Z)",
    re.IGNORECASE,
)
NOT_HATE = re.compile(
    rf"{NOT_TASTE.pattern}|(?:people|being (?:alone|here)|talking to)", re.IGNORECASE
)
NOT_NAMED = re.compile(rf"(?:{NOT_NAMES}\Z|.*\b(?:too|so|not|you|the|here|there)\b)")
NOT_NAME = re.compile(rf"(?:{NOT_NAMES}\b|(?:{NATION})\b|.*\b(?:too|so|not|you|the|here|there)\b)")


def rule(
    slot: Slot,
    pattern: str,
    who: Iterable[Who] = SELF,
    *,
    side: str = "",
    negated: bool = False,
    many: bool = False,
    refused: re.Pattern[str] | None = None,
) -> Rule:
    """A rule of which the letters may be of either case."""
    return Rule(
        slot, re.compile(pattern, re.IGNORECASE), frozenset(who), side, negated, many, refused
    )


CALLED: Final = (
    r"(?:'?s\s+(?:\w+\s+)?name(?:'s|s|\s+is|\s+was)|(?:'s|\s+is|\s+was)\s+(?:called"
    rf"|named)|\s+(?:called|named)|\s+goes by)\s+(?P<v>(?-i:{NAME}"
    r"|[a-z]{2,12}(?=\W*\Z)))"
)
HAVE: Final = (
    rf"(?:'ve|ve)?\s*(?:{OFTEN}\s+)*(?:have|has|had|got|own|owns|'ve got|'s got|has got)\s+"
)
