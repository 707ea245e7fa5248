"""English rules on school and work."""
# ruff: noqa: E501 - a rule or a list of words is one row of a table
# fmt: off

import re
from typing import Final

from persona.facts.english_parts import AM, BEEN, DO, END, rule
from persona.facts.english_words import TRADE
from persona.facts.rule import ANY, BARE, NEAR, SELF, Rule

_NAME: Final = r"[A-Z][\w'’-]*(?: (?:(?-i:[A-Z])[\w'’-]*|de|van|von|da))*"
_ANY_NAME: Final = r"[^\W\d_][\w'’-]*(?: (?-i:[A-Z])[\w'’-]*)*"
_DATE: Final = r"(?P<v>[^,;!?()]{3,40})"
_NUMBER: Final = r"(?:\d{1,2}|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
_TRADE: Final = rf"(?:(?!fan\b|big\b|huge\b)[\w'-]+ ){{0,3}}?{TRADE}"
_NOT_TRADE: Final = re.compile(r"(?:not|like|good|bad|terrible|great|better|such|future|wannabe|former|ex|retired ex|big|huge|heavy|fast|real|safe|level)\b|lone|night", re.IGNORECASE)
_PLACE_OF_WORK: Final = r"(?:\s(?:at|for|with)\s(?P<at>(?!least\b|night\b|home\b|the moment\b|work\b|a living\b|now\b|(?:\d+|an?|about|over|almost|like|the (?:last|past)) ?(?:\w+ )?(?:years?|months?|weeks?|while|time)\b)[\w'&. -]{2,40}?)" + END + ")?"
_NOT_PLACE: Final = re.compile(r"(?:it|that|this|home|night|nights|least|things?|once|days|all|you|me|him|her|them|something|work|hard|a living|money|fun|free|peace|peanuts|myself|\d+|my)\b|.*\b(?:hours|years|months|rate|pace|desk)\b", re.IGNORECASE)

WORK: Final[tuple[Rule, ...]] = (
    # school
    rule("school", rf"(?:dropped out|{AM}dropping out|quit school|quit uni|quit college|left school|left uni)(?: of \w+)?", SELF, negated=True),
    rule("school", rf"{DO}(?:study|studied|{AM}studying|studying|{BEEN}studying|read|{AM}reading|{AM}majoring in|major in|majored in|{AM}doing (?:my|an?) (?:phd|masters?|ba|ma|bsc|msc|degree|mba|bachelors?) in|doing (?:my|an?) (?:phd|masters?|ba|ma|bsc|msc|degree|mba|bachelors?) in)\s+(?P<v>(?!for\b|a lot\b|hard\b|people\b|all\b|at\b|with\b|every\b|the\b|and\b|it\b|too\b|in\b|books?\b|much\b|my\b|your\b|about\b|so\b|that\b|this\b|abroad\b|together\b|alone\b|now\b|tonight\b)[\w'& -]{{3,40}}?)(?:\s+(?:at|in)\s+(?P<learns_at>[\w'&. -]{{2,50}}?))?{END}", NEAR, side="studies", importance=4),
    rule("school", rf"{DO}(?:study|go|{AM}studying|{AM}going|attends?|{AM}attending)\s+(?:(?:at|to)\s+)?(?P<v>(?:the )?(?-i:[A-Z])[\w'&. -]*?(?:\s(?i:high|school|college|university|uni|academy|institute|elementary|middle))?|(?:[\w']+ ){{0,3}}(?:university|uni|college|art school|law school|med school|community college)(?: of [\w ]+?)?)(?<!school)(?<!work)(?<!bed){END}", NEAR, side="at", importance=4, refused=re.compile(r"(?:(?!.*(?:high|school|college|uni|academy|institute|elementary|middle|MIT|UC|state|tech|oxford|cambridge|harvard|yale|stanford|princeton)).*)\Z|school\Z|college\Z|uni\Z", re.IGNORECASE)),
    rule("school", rf"(?:{DO}graduated from|an? alum(?:nus|na|ni)? of|went to (?=[\w' ]*(?:university|uni|college|high|school)))\s*(?P<v>[\w'&. -]{{2,50}}?){END}", NEAR, side="at", importance=4, refused=re.compile(r"(?:school|college|high school|uni|university)\Z", re.IGNORECASE)),
    rule("school", rf"(?:{AM}|{BEEN})?(?:an? |in (?:my )?)?(?P<v>(?:(?:first|second|third|fourth|final|last|1st|2nd|3rd|4th|senior|junior)[- ]year (?:\w+ )?(?:student|undergrad|phd|in (?:college|uni|university|high school))|(?:freshman|sophomore|junior|senior)(?: (?:in|at) (?:high school|college|uni|university|hs)| year)|(?:high school|college|uni|university|grad|phd|med|medical|law|art|nursing|engineering|exchange|cs|computer science|\w+) student|(?:phd|grad|masters?) (?:student|candidate)|\d{{1,2}}(?:th|st|nd|rd)[ -]grad(?:e|er)|(?:\w+ )?undergrad|(?:\w+ )?major)(?: in [\w ]+?)?)(?=\W|\Z|here)", BARE, side="year", importance=4, refused=re.compile(r"(?:a |good |bad |fellow |terrible |best )", re.IGNORECASE)),
    # work
    rule("job", r"(?:(?:just |finally )?(?:quit|lost|left) my job|(?:just |finally )?(?:got|been|was|were) (?:fired|laid off|made redundant|sacked)|handed in my notice|(?:just |finally )?resigned)(?! if\b)", BARE, negated=True, importance=4),
    rule("job", rf"used to work (?:at|for|in) (?P<v>[\w'&. -]{{2,40}}?){END}", NEAR, side="at", negated=True),
    rule("job", rf"(?:{DO}(?:don'?t|dont|do not|doesn'?t) work (?:at|for) (?P<v>[\w'&. -]{{2,40}}?) any ?more|no longer works? (?:at|for) (?P<v2>[\w'&. -]{{2,40}}?){END})", NEAR, side="at", negated=True, importance=4),
    rule("job", rf"(?:{AM}|used to be )(?:no longer |not )?an? (?P<v>{_TRADE})(?: any ?more)?(?<=more)|{AM}no longer an? (?P<v2>{_TRADE})|used to be an? (?P<v3>{_TRADE})\b", NEAR, negated=True),
    rule("job", rf"(?:{DO}works? (?:\w+ )?(?:\w+ )?as|{AM}working (?:\w+ )?as|{BEEN}working as|{DO}(?:started|got|have|landed) (?:a |my )?(?:new )?(?:job|position|gig|work) as)\s*an? (?P<v>[\w' -]{{2,40}}?)(?:\s(?:at|for|with)\s(?P<at>(?!the moment\b|now\b|night\b|\d|a while\b)[\w'&. -]{{2,40}}?))?{END}", ANY, importance=4, refused=re.compile(r"(?:team|charm|kid|teen|joke|nightmare|mess|result|\w+ to)\b", re.IGNORECASE)),
    rule("job", rf"(?:{DO}works?|{AM}working|working|{BEEN}working)\s+(?:full time |part time |part-time |full-time |nights |remotely |now |mostly |currently )*(?:at|for)\s+(?P<v>(?!least|night|home|the (?:moment|same|weekend|best)|\d)[\w'&. -]{{2,40}}?)(?:\sas an? (?P<trade>[\w' -]{{2,40}}?))?{END}", ANY, side="at", importance=4, refused=_NOT_PLACE),
    rule("job", rf"(?:{DO}works?|{AM}working)\s+in\s+(?:the )?(?P<v>(?:an? )?(?:[\w'-]+ ){{0,2}}?(?:it|tech|finance|marketing|sales|hr|retail|healthcare|education|construction|advertising|insurance|logistics|hospitality|publishing|banking|real estate|fashion|film|media|customer (?:service|support)|hospital|bakery|restaurant|office|school|lab|factory|warehouse|library|museum|bank|bookstore|bookshop|shop|store|kitchen|hotel|cafe|café|clinic|pharmacy|kindergarten|nursery|film industry|music industry))(?=\W|\Z)", NEAR, side="at", importance=4),
    rule("job", rf"(?:{AM}|{BEEN}|(?=an? ))(?:just |now |currently )*(?:an? )(?P<v>{_TRADE})\b(?!['’]s\b)(?:\s(?:at|for|with)\s(?P<at>(?!least\b|night\b|home\b|the moment\b|heart\b|day\b|now\b|like\b|about\b|over\b|\d|a living\b|years\b|almost\b|a (?:while|few|long|decade)\b|me\b|you\b|us\b)[\w'&. -]{{2,40}}?){END})?(?! (?:because|in (?:a|the|my) (?:past|former|previous|next|dream)))", ANY, importance=4, refused=_NOT_TRADE),
    rule("job", rf"(?:{AM}|{BEEN})?(?:(?:currently|still|now) )?(?P<v>(?:unemployed|retired|self[- ]employed|between jobs|jobless|out of work|on (?:maternity|paternity|parental) leave))(?=\W|\Z)", NEAR, importance=4),
    rule("job", rf"{DO}(?P<v>teach(?:es)?\s+(?:yoga|pilates|piano|guitar|violin|dance|music|art|math|maths|english|spanish|french|german|japanese|chinese|science|physics|chemistry|biology|history|geography|pe|kindergarten|preschool|\d\w\w grade|(?:high|middle|primary|elementary) school|swimming|drama|literature|programming|economics)(?: \w+)?)(?=\W|\Z)", NEAR, importance=4),
    rule("job", rf"{DO}got (?:the|a|my dream) job at (?P<v>[\w'&. -]{{2,40}}?){END}", NEAR, side="at", importance=4),
    rule("job", rf"(?:{DO}(?:got|was|been) )promoted to (?P<v>[\w' -]{{2,40}}?){END}", NEAR, importance=4),
    rule("school", rf"(?:major|degree)\s*(?:'s|is|:)\s+(?:in )?(?P<v>[\w' &-]{{3,40}}?){END}", frozenset(("mine",)), side="studies", importance=4, refused=re.compile(r"(?:not|so|too|hard|killing|useless|a|the|ruining|really|very|undecided|what)\b", re.IGNORECASE)),
    rule("job", rf"{DO}(?:runs?|owns?|manages?|opened|started|{AM}running)\s+(?P<v>(?:an?|my own|our own) (?:[\w'-]+ ){{0,3}}?(?:bakery|cafe|café|coffee shop|shop|store|restaurant|bar|pub|business|company|startup|studio|salon|farm|bookshop|bookstore|boutique|gym|hotel|hostel|agency|food truck|clinic|garage|nursery|brewery|etsy))(?=\W|\Z)", NEAR, importance=4),
    rule("job", rf"{DO}(?P<v>(?:drives?|teach|teaches|fly|fix|fixes|paint|builds?|sells?|makes?|writes?|cooks?|designs?|translates?)\s[\w' ]{{3,30}}?) for a living", NEAR, importance=4),
)
