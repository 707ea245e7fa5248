"""English rules on who one is: names, birthdays, descent, belief."""
# ruff: noqa: E501 - a rule or a list of words is one row of a table
# fmt: off

import re
from typing import Final

from persona.facts.english_parts import AM, BEEN, DO, END, rule
from persona.facts.english_words import NATION, NOT_NAMES, SIGN, TRADE
from persona.facts.rule import ANY, BARE, MINE, NEAR, SELF, Rule

_NAME: Final = r"[A-Z][\w'’-]*(?: (?:(?-i:[A-Z])[\w'’-]*|de|van|von|da))*"
_ANY_NAME: Final = r"[^\W\d_][\w'’-]*(?: (?-i:[A-Z])[\w'’-]*)*"
_DATE: Final = r"(?P<v>[^,;!?()]{3,40})"
_NUMBER: Final = r"(?:\d{1,2}|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
_TRADE: Final = rf"(?:(?!fan\b|big\b|huge\b)[\w'-]+ ){{0,3}}?{TRADE}"
_NOT_TRADE: Final = re.compile(r"(?:not|like|good|bad|terrible|great|better|such|future|wannabe|former|ex|retired ex|big|huge|heavy|fast|real|safe|level)\b|lone|night", re.IGNORECASE)
_PLACE_OF_WORK: Final = r"(?:\s(?:at|for|with)\s(?P<at>(?!least\b|night\b|home\b|the moment\b|work\b|a living\b|now\b|(?:\d+|an?|about|over|almost|like|the (?:last|past)) ?(?:\w+ )?(?:years?|months?|weeks?|while|time)\b)[\w'&. -]{2,40}?)" + END + ")?"
_NOT_PLACE: Final = re.compile(r"(?:it|that|this|home|night|nights|least|things?|once|days|all|you|me|him|her|them|something|work|hard|a living|money|fun|free|peace|peanuts|myself|\d+|my)\b|.*\b(?:hours|years|months|rate|pace|desk)\b", re.IGNORECASE)

NAMES: Final[tuple[Rule, ...]] = (
    # names
    rule("name", rf"(?:(?:full |real |first )?name\s*(?:'s|is|’s)\s+)(?!not\b|on\b|in\b|a\b|the\b|so\b|too\b|really\b|very\b|hard\b|weird\b|also\b|actually\b|no\b)(?P<v>{_ANY_NAME})", MINE, importance=5),
    rule("name", r"name(?:'s|s)\s+(?P<v>(?-i:[A-Z][a-z]+))", BARE, importance=5),
    rule("name", rf"{AM}(?:called |named )(?P<v>{_ANY_NAME})", SELF, importance=5),
    rule("name", rf"{AM}(?-i:(?P<v>(?!{NOT_NAMES}\b|{NATION}\b){_NAME}))(?=\s*(?:\Z|[,.!;()&~^]|[^\w\s'’-]|(?:btw|by the way|from|and|nice|lol|here|haha|who|but)\b))", SELF, importance=5),
    rule("name", rf"(?-i:(?P<v>(?!{NOT_NAMES}\b)[A-Z][a-z]+)) here(?=\s*(?:\Z|[,.!;()]|from))", frozenset(("bare",)), importance=5),
    rule("name", r"(?-i:(?P<v>[A-Z][a-z]+)(?=,? \(?\d\d[,)]))", frozenset(("bare",)), importance=5),
    rule("job", rf"(?:job|occupation|profession)\s*(?:'s|is|:)\s+(?:being )?(?:an? )?(?P<v>{_TRADE})(?=\W|\Z)", MINE, importance=4),
    rule("nickname", rf"(?:you |u |ya |y'all |everyone |people |friends |just )*(?:can |could |may )?(?:just )?call me (?P<v>(?!later\b|when\b|crazy\b|back\b|an?\b|if\b|maybe\b|out\b|on\b|in\b|at\b|by\b|that\b|this\b|names\b|again\b|anytime\b|any\b|now\b|tomorrow\b|tonight\b|old\b|stupid\b|weird\b|dumb\b|lazy\b|paranoid\b|whatever\b|sometime\b|the\b|my\b|up\b|asap\b|right\b|please\b|pls\b|soon\b|once\b|before\b|after\b|what\b|so\b|it\b|naive\b|romantic\b|cynical\b){_ANY_NAME})(?=\s*(?:\Z|[^\w\s'’-]|(?:btw|for short|lol|too|instead|if you|please|pls|if u|haha|or|now|everyone|and)\b))", frozenset(("bare", "other")), importance=4),
    rule("nickname", rf"(?:everyone|everybody|(?:my )?friends(?: all)?|people|(?:my )?family|most people|they all|some)(?: just)? calls? me (?P<v>(?!an?\b|the\b|crazy\b|weird\b|lazy\b|names\b|when\b|all\b|out\b|back\b){_ANY_NAME})", frozenset(("bare", "other", "self", "kin")), importance=4),
    rule("nickname", rf"(?:go|goes) by (?P<v>(?!the\b|my\b|bus\b|car\b|train\b|foot\b|bike\b|too\b|so\b|what\b|that\b|it\b){_ANY_NAME})", SELF, importance=4),
    rule("nickname", rf"nickname\s*(?:'s|is|was|’s)\s+(?P<v>{_ANY_NAME})", MINE, importance=4),
    # birthdays
    rule("birthday", rf"(?:'s )?(?:birthday|bday|b-day|birth day|date of birth|dob)(?! (?:party|cake|present|gift|week|month|dinner|wish|card|celebration|song|boy|girl|bash|trip))\s*(?:'s|s|is|was|falls|’s)?\s*(?:on |:|the )*{_DATE}", frozenset(("mine", "kin", "named")), importance=5),
    rule("birthday", rf"(?:birthday|bday|dob|date of birth)\s*[:=]\s*{_DATE}", BARE, importance=5),
    rule("birthday", rf"(?:(?:{AM}|was |were |is )?born )(?:on )?(?:the )?(?P<v>[^,;!?()]{{3,40}}?)(?:\s+in (?P<origin>(?-i:[A-Z])[\w' -]+?))?(?=\s*(?:\Z|[,;!?()]|and\b|so\b|but\b))", ANY, importance=5),
    rule("other", rf"{DO}turned (?P<v>{_NUMBER})(?=\W|\Z)(?! (?:degrees|pages|it|off|on|heads|people|cents|dollars))", NEAR, side="age"),
    rule("birthday", rf"(?:turn|{AM}turning) (?:{_NUMBER})(?: years old)? (?P<v>(?:on |in |tomorrow|today|next|this)[^,;!?()]*)", SELF, importance=5),
    rule("birthday", r"(?:it\s*(?:'s|is)\s+|its\s+)?(?:(?P<v>today|tomorrow)\s*(?:'s|is)? my (?:\w+ )?(?:birthday|bday|b-day)|(?:it\s*(?:'s|is)\s+|its\s+)my (?:\d+\w+ )?(?:birthday|bday) (?P<v2>today|tomorrow|on [^,;!?()]+))", frozenset(("bare", "other", "self")), importance=5),
    rule("other", rf"{AM}(?:(?:only|almost|already|like|now) )?(?:an? )?(?P<v>{_NUMBER})(?:(?: |-)?(?:years?|yrs?|yo|y/o)(?:(?: |-)?old)?)?(?=\s*(?:\Z|[,.!;()]|and\b|but\b|now\b|lol\b|years?\b|yo\b|y/o\b|girl\b|guy\b|man\b|woman\b|boy\b|going\b|male\b|female\b|this\b))(?:\s(?:girl|guy|man|woman|boy|kid|student|male|female|dude)(?:\s(?:from|in)\s(?P<origin>(?-i:[A-Z])[\w']+))?)?", NEAR, side="age"),
    rule("other", r"an? (?P<v>\d{1,2})(?: |-)?(?:years?|yrs?|yo|y/o)(?:(?: |-)?old)?(?: \w+)?(?:\s(?:from|in)\s(?P<origin>(?-i:[A-Z])[\w']+))?", BARE, side="age"),
    rule("other", r"(?P<v>[1-9]\d)(?=\s*(?:\Z|,\s*(?:from|m|f|male|female|he|she|they|live|living|based|(?-i:[A-Z]))))", frozenset(("bare",)), side="age"),
)
NATURE: Final[tuple[Rule, ...]] = (
    rule("from", rf"{AM}(?:(?:actually|originally|half|part|proudly|born) )*(?P<v>(?-i:{NATION}))(?=\s*(?:\Z|[,.;!()]|[^\w\s]|(?:and|but|so|lol|haha|btw|by|living|born|citizen|girl|guy|too|actually|through)\b))", NEAR),
    rule("from", rf"{AM}(?P<v>half[- ]\w+(?:,? (?:and )?half[- ]\w+)?)(?=\W|\Z)", NEAR, refused=re.compile(r"half[- ](?!" + NATION + r")", re.IGNORECASE)),
    rule("other", rf"(?:{AM}|{BEEN})(?:an? )?(?P<v>vegan|vegetarian|pescatarian|muslim|catholic|christian|jewish|buddhist|hindu|sikh|atheist|agnostic|halal|kosher|teetotal|left[- ]?handed|ambidextrous|lefty|sober|{SIGN})(?=\s*(?:\Z|[,.;!()]|[^\w\s]|(?:and|but|so|since|for|if|too|now|lol|btw|by|actually|because|i|rising|sun|moon|here|as)\b))", NEAR, importance=4),
    rule("other", rf"{AM}(?:about |like |almost |only |exactly )*(?P<v>[4-7]'\d{{0,2}}\"?|[4-7] ?(?:ft|foot|feet)(?: \d+)?|1[3-9]\d ?cm|1\.\d\d ?m)(?=\W|\Z| )", NEAR),
)
