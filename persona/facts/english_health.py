"""English rules on health."""
# ruff: noqa: E501 - a rule or a list of words is one row of a table
# fmt: off

import re
from typing import Final

from persona.facts.english_parts import AM, BEEN, DO, END, LIST, rule
from persona.facts.english_words import HEALTH, STATE, TRADE
from persona.facts.rule import ANY, BARE, NEAR, Rule

_NAME: Final = r"[A-Z][\w'’-]*(?: (?:(?-i:[A-Z])[\w'’-]*|de|van|von|da))*"
_ANY_NAME: Final = r"[^\W\d_][\w'’-]*(?: (?-i:[A-Z])[\w'’-]*)*"
_DATE: Final = r"(?P<v>[^,;!?()]{3,40})"
_NUMBER: Final = r"(?:\d{1,2}|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
_TRADE: Final = rf"(?:(?!fan\b|big\b|huge\b)[\w'-]+ ){{0,3}}?{TRADE}"
_NOT_TRADE: Final = re.compile(r"(?:not|like|good|bad|terrible|great|better|such|future|wannabe|former|ex|retired ex|big|huge|heavy|fast|real|safe|level)\b|lone|night", re.IGNORECASE)
_PLACE_OF_WORK: Final = r"(?:\s(?:at|for|with)\s(?P<at>(?!least\b|night\b|home\b|the moment\b|work\b|a living\b|now\b|(?:\d+|an?|about|over|almost|like|the (?:last|past)) ?(?:\w+ )?(?:years?|months?|weeks?|while|time)\b)[\w'&. -]{2,40}?)" + END + ")?"
_NOT_PLACE: Final = re.compile(r"(?:it|that|this|home|night|nights|least|things?|once|days|all|you|me|him|her|them|something|work|hard|a living|money|fun|free|peace|peanuts|myself|\d+|my)\b|.*\b(?:hours|years|months|rate|pace|desk)\b", re.IGNORECASE)

HEALTH_RULES: Final[tuple[Rule, ...]] = (
    rule("allergy", r"(?:severe |bad )?(?P<v>(?!no\b|any\b|my\b|food\b|seasonal\b|skin\b)[\w-]+(?: [\w-]+)?) allergy (?:here|over here)", BARE, importance=5),
    # health
    rule("allergy", rf"{AM}not (?:actually |really )?allergic to (?P<v>[\w' -]{{2,40}}?)(?: any ?more)?{END}", NEAR, negated=True, importance=5),
    rule("allergy", rf"(?:{AM}|{BEEN})?(?:(?:super|very|deathly|severely|highly|badly|mildly|terribly|slightly|extremely|also|so|horribly|actually|really|pretty) )*allergic to (?P<v>{LIST}){END}", ANY, importance=5, many=True, refused=re.compile(r"(?:mornings?|mondays?|work|people|fun|love|effort|sleep|school|exercise|bullshit|bs|stupid\w*|drama|happiness|everything|something|you|being|responsibilit\w+|math|maths|adulting|commitment|feelings|nonsense|idiots|doing|getting|waking|reality|life|cleaning|\w+ing)\b", re.IGNORECASE)),
    rule("allergy", rf"{DO}(?:have|has|got|'ve got|ve got|'ve|developed|'s got)\s+(?:an? )?(?:(?:severe|bad|nasty|mild|serious|strong|terrible|slight) )*(?:(?P<v>(?!food\b|seasonal\b|skin\b|no\b|any\b|weird\b|an?\b|lots\b|some\b|many\b|the\b)[\w-]+(?: [\w-]+)?) allerg(?:y|ies)|allerg(?:y|ies) to (?P<v2>{LIST}){END})", ANY, importance=5, many=True, refused=re.compile(r"(?:no|any|some|many|bad|severe)\b", re.IGNORECASE)),
    rule("allergy", rf"(?:{AM})?(?P<v>lactose|gluten|fructose|histamine)[- ]intolerant", NEAR, importance=5),
    rule("allergy", rf"(?:{DO}(?:have|has|got|'ve|'ve got) )?(?:an? )?(?P<v>lactose|gluten|fructose|histamine)[- ]intolerance", NEAR, importance=5),
    rule("health", rf"(?:{DO}(?:have|has|got|'ve got|ve got|'ve|suffer(?:s)? from|struggle(?:s)? with|live with|deal with|'s got)|{AM}(?:suffering from|living with|dealing with)|(?:was|were|got|{BEEN}|'ve been|just got|'s been) (?:just |recently |finally |officially )?diagnosed with)\s+(?:really |very |pretty )?(?:bad |severe |mild |chronic |terrible |awful |a bit of |some |bad )*(?P<v>{HEALTH})(?! about\b| attack from)", NEAR, importance=4),
    rule("health", rf"{AM}(?:(?:also|actually|officially|partially|legally|half|mildly|\d+ (?:weeks|months)|very|red-green) )*(?P<v>{STATE})(?=\W|\Z)(?! by\b| to\b| with (?:hunger|rage|love))", NEAR, importance=4),
    rule("health", r"(?:just |recently |only )*(?P<v>(?:broke|fractured|tore|sprained|dislocated) (?:my|his|her) (?:left |right )?(?:arm|leg|ankle|wrist|foot|toe|finger|hand|nose|rib|hip|collarbone|shoulder|knee|acl|elbow|hamstring|meniscus|tooth|jaw))", frozenset(("self", "bare", "kin")), importance=3),
    rule("health", rf"(?:{AM})?recovering from (?P<v>(?!that\b|last\b|the (?:weekend|party|night)|yesterday|it\b)[\w' -]*?(?:surgery|covid|operation|the flu|flu|pneumonia|cancer|injury|accident|concussion|illness|infection|stroke|burnout|addiction|depression|anorexia))", BARE),
)
