"""English rules on who one is: names, birthdays, work, school, health."""

import re
from typing import Final

from persona.facts.english_parts import AM, BEEN, DO, END, LIST, V, rule
from persona.facts.english_words import HEALTH, NATION, NOT_NAMES, SIGN, STATE, TRADE
from persona.facts.rule import ANY, BARE, MINE, NEAR, SELF, Rule

_NAME: Final = r"[A-Z][\w'’-]*(?: (?:(?-i:[A-Z])[\w'’-]*|de|van|von|da))*"
_ANY_NAME: Final = r"[^\W\d_][\w'’-]*(?: (?-i:[A-Z])[\w'’-]*)*"
_DATE: Final = r"(?P<v>[^,;!?()]{3,40})"
_NUMBER: Final = r"(?:\d{1,2}|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
_TRADE: Final = rf"(?:(?!fan\b|big\b|huge\b)[\w'-]+ ){{0,3}}?{TRADE}"
_NOT_TRADE: Final = re.compile(
    r"(?:not|like|good|bad|terrible|great|better|such|future|wannabe|former|ex|retired ex|big|huge|heavy|fast|real|safe|level)\b|lone|night",
    re.IGNORECASE,
)
_PLACE_OF_WORK: Final = (
    r"(?:\s(?:at|for|with)\s(?P<at>(?!least\b|night\b|home\b|the moment\b|work\b|a living\b|now\b|(?:\d+|an?|about|over|almost|like|the (?:last|past)) ?(?:\w+ )?(?:years?|months?|weeks?|while|time)\b)[\w'&. -]{2,40}?)"
    + END
    + ")?"
)
_NOT_PLACE: Final = re.compile(
    r"(?:it|that|this|home|night|nights|least|things?|once|days|all|you|me|him|her|them|something|work|hard|a living|money|fun|free|peace|peanuts|myself|\d+|my)\b|.*\b(?:hours|years|months|rate|pace|desk)\b",
    re.IGNORECASE,
)

OWN: Final[tuple[Rule, ...]] = (
    # names
    rule(
        "name",
        rf"(?:(?:full |real |first )?name\s*(?:'s|is|’s)\s+)(?!not\b|on\b|in\b|a\b|the\b|so\b|too\b|really\b|very\b|hard\b|weird\b|also\b|actually\b|no\b)(?P<v>{_ANY_NAME})",
        MINE,
        importance=5,
    ),
    rule("name", rf"names\s+(?P<v>(?-i:[A-Z][a-z]+))", BARE, importance=5),
    rule("name", rf"{AM}(?:called |named )(?P<v>{_ANY_NAME})", SELF, importance=5),
    rule(
        "name",
        rf"{AM}(?-i:(?P<v>(?!{NOT_NAMES}\b|{NATION}\b){_NAME}))(?=\s*(?:\Z|[,.!;()&~^]|[^\w\s'’-]|(?:btw|by the way|from|and|nice|lol|here|haha|who|but)\b))",
        SELF,
        importance=5,
    ),
    rule(
        "name",
        rf"(?-i:(?P<v>(?!{NOT_NAMES}\b)[A-Z][a-z]+)) here(?=\s*(?:\Z|[,.!;()]|from))",
        frozenset(("bare",)),
        importance=5,
    ),
    rule("name", r"(?-i:(?P<v>[A-Z][a-z]+)(?=,? \(?\d\d[,)]))", frozenset(("bare",)), importance=5),
    rule(
        "job",
        rf"(?:job|occupation|profession)\s*(?:'s|is|:)\s+(?:being )?(?:an? )?(?P<v>{_TRADE})(?=\W|\Z)",
        MINE,
        importance=4,
    ),
    rule(
        "nickname",
        rf"(?:you |u |ya |y'all |everyone |people |friends |just )*(?:can |could |may )?(?:just )?call me (?P<v>(?!later\b|when\b|crazy\b|back\b|an?\b|if\b|maybe\b|out\b|on\b|in\b|at\b|by\b|that\b|this\b|names\b|again\b|anytime\b|any\b|now\b|tomorrow\b|tonight\b|old\b|stupid\b|weird\b|dumb\b|lazy\b|paranoid\b|whatever\b|sometime\b|the\b|my\b|up\b|asap\b|right\b|please\b|pls\b|soon\b|once\b|before\b|after\b|what\b|so\b|it\b|naive\b|romantic\b|cynical\b){_ANY_NAME})(?=\s*(?:\Z|[^\w\s'’-]|(?:btw|for short|lol|too|instead|if you|please|pls|if u|haha|or|now|everyone|and)\b))",
        frozenset(("bare", "other")),
        importance=4,
    ),
    rule(
        "nickname",
        rf"(?:everyone|everybody|(?:my )?friends(?: all)?|people|(?:my )?family|most people|they all|some)(?: just)? calls? me (?P<v>(?!an?\b|the\b|crazy\b|weird\b|lazy\b|names\b|when\b|all\b|out\b|back\b){_ANY_NAME})",
        frozenset(("bare", "other", "self", "kin")),
        importance=4,
    ),
    rule(
        "nickname",
        rf"(?:go|goes) by (?P<v>(?!the\b|my\b|bus\b|car\b|train\b|foot\b|bike\b|too\b|so\b|what\b|that\b|it\b){_ANY_NAME})",
        SELF,
        importance=4,
    ),
    rule("nickname", rf"nickname\s*(?:'s|is|was|’s)\s+(?P<v>{_ANY_NAME})", MINE, importance=4),
    # birthdays
    rule(
        "birthday",
        rf"(?:'s )?(?:birthday|bday|b-day|birth day|date of birth|dob)\s*(?:'s|s|is|was|falls|’s)?\s*(?:on |:|the )*{_DATE}",
        frozenset(("mine", "kin", "named")),
        importance=5,
    ),
    rule(
        "birthday",
        rf"(?:(?:{AM}|was |were |is )?born )(?:on )?(?:the )?(?P<v>[^,;!?()]{{3,40}}?)(?:\s+in (?P<origin>(?-i:[A-Z])[\w' -]+?))?(?=\s*(?:\Z|[,;!?()]|and\b|so\b|but\b))",
        ANY,
        importance=5,
    ),
    rule(
        "birthday",
        rf"(?:turn|{AM}turning) (?:{_NUMBER})(?: years old)? (?P<v>(?:on |in |tomorrow|today|next|this)[^,;!?()]*)",
        SELF,
        importance=5,
    ),
    rule(
        "birthday",
        rf"(?:it\s*(?:'s|is)\s+|its\s+)?(?:(?P<v>today|tomorrow)\s*(?:'s|is)? my (?:\w+ )?(?:birthday|bday|b-day)|(?:it\s*(?:'s|is)\s+|its\s+)my (?:\d+\w+ )?(?:birthday|bday) (?P<v2>today|tomorrow|on [^,;!?()]+))",
        frozenset(("bare", "other", "self")),
        importance=5,
    ),
    rule(
        "other",
        rf"{AM}(?:(?:only|almost|already|like|now) )?(?:an? )?(?P<v>{_NUMBER})(?:(?: |-)?(?:years?|yrs?|yo|y/o)(?:(?: |-)?old)?)?(?=\s*(?:\Z|[,.!;()]|and\b|but\b|now\b|lol\b|years?\b|yo\b|y/o\b|girl\b|guy\b|man\b|woman\b|boy\b|going\b|male\b|female\b|this\b))(?:\s(?:girl|guy|man|woman|boy|kid|student|male|female|dude)(?:\s(?:from|in)\s(?P<origin>(?-i:[A-Z])[\w']+))?)?",
        NEAR,
        side="age",
    ),
    rule(
        "other",
        rf"an? (?P<v>\d{{1,2}})(?: |-)?(?:years?|yrs?|yo|y/o)(?:(?: |-)?old)?(?: \w+)?(?:\s(?:from|in)\s(?P<origin>(?-i:[A-Z])[\w']+))?",
        BARE,
        side="age",
    ),
    rule(
        "other",
        rf"(?P<v>[1-9]\d)(?=\s*(?:\Z|,\s*(?:from|m|f|male|female|he|she|they|live|living|based|(?-i:[A-Z]))))",
        frozenset(("bare",)),
        side="age",
    ),
    # school
    rule(
        "school",
        rf"(?:dropped out|{AM}dropping out|quit school|quit uni|quit college|left school|left uni)(?: of \w+)?",
        SELF,
        negated=True,
    ),
    rule(
        "school",
        rf"{DO}(?:study|studied|{AM}studying|read|{AM}reading|{AM}majoring in|major in|majored in|{AM}doing (?:my|an?) (?:phd|masters?|ba|ma|bsc|msc|degree|mba|bachelors?) in|doing (?:my|an?) (?:phd|masters?|ba|ma|bsc|msc|degree|mba|bachelors?) in)\s+(?P<v>(?!for\b|a lot\b|hard\b|people\b|all\b|at\b|with\b|every\b|the\b|and\b|it\b|too\b|in\b|books?\b|much\b|my\b|your\b|about\b|so\b|that\b|this\b|abroad\b|together\b|alone\b|now\b|tonight\b)[\w'& -]{{3,40}}?)(?:\s+(?:at|in)\s+(?P<learns_at>[\w'&. -]{{2,50}}?))?{END}",
        NEAR,
        side="studies",
        importance=4,
    ),
    rule(
        "school",
        rf"{DO}(?:study|go|{AM}studying|{AM}going)\s+(?:at|to)\s+(?P<v>(?:the )?(?-i:[A-Z])[\w'&. -]*?(?:\s(?i:high|school|college|university|uni|academy|institute|elementary|middle))?|(?:[\w']+ ){{0,3}}(?:university|uni|college|art school|law school|med school|community college)(?: of [\w ]+?)?)(?<!school)(?<!work)(?<!bed){END}",
        NEAR,
        side="at",
        importance=4,
        refused=re.compile(
            r"(?:(?!.*(?:high|school|college|uni|academy|institute|elementary|middle|MIT|UC|state|tech|oxford|cambridge|harvard|yale|stanford|princeton)).*)\Z|school\Z|college\Z|uni\Z",
            re.IGNORECASE,
        ),
    ),
    rule(
        "school",
        rf"(?:{DO}graduated from|an? alum(?:nus|na|ni)? of|went to (?=[\w' ]*(?:university|uni|college|high|school)))\s*(?P<v>[\w'&. -]{{2,50}}?){END}",
        NEAR,
        side="at",
        importance=4,
        refused=re.compile(r"(?:school|college|high school|uni|university)\Z", re.IGNORECASE),
    ),
    rule(
        "school",
        rf"(?:{AM}|{BEEN})?(?:an? |in (?:my )?)?(?P<v>(?:(?:first|second|third|fourth|final|last|1st|2nd|3rd|4th|senior|junior)[- ]year (?:\w+ )?(?:student|undergrad|phd|in (?:college|uni|university|high school))|(?:freshman|sophomore|junior|senior)(?: (?:in|at) (?:high school|college|uni|university|hs)| year)|(?:high school|college|uni|university|grad|phd|med|medical|law|art|nursing|engineering|exchange|cs|computer science|\w+) student|(?:phd|grad|masters?) (?:student|candidate)|\d{{1,2}}(?:th|st|nd|rd)[ -]grad(?:e|er)|(?:\w+ )?undergrad|(?:\w+ )?major)(?: in [\w ]+?)?)(?=\W|\Z|here)",
        BARE,
        side="year",
        importance=4,
        refused=re.compile(r"(?:a |good |bad |fellow |terrible |best )", re.IGNORECASE),
    ),
    # work
    rule(
        "job",
        rf"(?:(?:just |finally )?(?:quit|lost|left) my job|(?:just |finally )?(?:got|been|was|were) (?:fired|laid off|made redundant|sacked)|handed in my notice|(?:just |finally )?resigned)(?! if\b)",
        BARE,
        negated=True,
        importance=4,
    ),
    rule(
        "job",
        rf"used to work (?:at|for|in) (?P<v>[\w'&. -]{{2,40}}?){END}",
        NEAR,
        side="at",
        negated=True,
    ),
    rule(
        "job",
        rf"(?:{DO}(?:don'?t|dont|do not|doesn'?t) work (?:at|for) (?P<v>[\w'&. -]{{2,40}}?) any ?more|no longer works? (?:at|for) (?P<v2>[\w'&. -]{{2,40}}?){END})",
        NEAR,
        side="at",
        negated=True,
        importance=4,
    ),
    rule(
        "job",
        rf"(?:{AM}|used to be )(?:no longer |not )?an? (?P<v>{_TRADE})(?: any ?more)?(?<=more)|{AM}no longer an? (?P<v2>{_TRADE})|used to be an? (?P<v3>{_TRADE})\b",
        NEAR,
        negated=True,
    ),
    rule(
        "job",
        rf"(?:{DO}works? (?:\w+ )?(?:\w+ )?as|{AM}working (?:\w+ )?as|{BEEN}working as|{DO}(?:started|got|have|landed) (?:a |my )?(?:new )?(?:job|position|gig|work) as)\s*an? (?P<v>[\w' -]{{2,40}}?)(?:\s(?:at|for|with)\s(?P<at>(?!the moment\b|now\b|night\b|\d|a while\b)[\w'&. -]{{2,40}}?))?{END}",
        ANY,
        importance=4,
        refused=re.compile(
            r"(?:team|charm|kid|teen|joke|nightmare|mess|result|\w+ to)\b", re.IGNORECASE
        ),
    ),
    rule(
        "job",
        rf"(?:{DO}works?|{AM}working|{BEEN}working)\s+(?:full time |part time |part-time |full-time |nights |remotely |now |mostly |currently )*(?:at|for)\s+(?P<v>(?!least|night|home|the (?:moment|same|weekend|best)|\d)[\w'&. -]{{2,40}}?)(?:\sas an? (?P<trade>[\w' -]{{2,40}}?))?{END}",
        ANY,
        side="at",
        importance=4,
        refused=_NOT_PLACE,
    ),
    rule(
        "job",
        rf"(?:{DO}works?|{AM}working)\s+in\s+(?:the )?(?P<v>(?:an? )?(?:[\w'-]+ ){{0,2}}?(?:it|tech|finance|marketing|sales|hr|retail|healthcare|education|construction|advertising|insurance|logistics|hospitality|publishing|banking|real estate|fashion|film|media|customer (?:service|support)|hospital|bakery|restaurant|office|school|lab|factory|warehouse|library|museum|bank|bookstore|bookshop|shop|store|kitchen|hotel|cafe|café|clinic|pharmacy|kindergarten|nursery|film industry|music industry))(?=\W|\Z)",
        NEAR,
        side="at",
        importance=4,
    ),
    rule(
        "job",
        rf"(?:{AM}|{BEEN}|was |(?=an? ))(?:just |now |currently )*(?:an? )(?P<v>{_TRADE})\b(?!['’]s\b)(?:\s(?:at|for|with)\s(?P<at>(?!least\b|night\b|home\b|the moment\b|heart\b|day\b|now\b|like\b|about\b|over\b|\d|a living\b|years\b|almost\b|a (?:while|few|long|decade)\b|me\b|you\b|us\b)[\w'&. -]{{2,40}}?){END})?(?! (?:because|in (?:a|the|my) (?:past|former|previous|next|dream)))",
        ANY,
        importance=4,
        refused=_NOT_TRADE,
    ),
    rule(
        "job",
        rf"(?:{AM}|{BEEN})?(?:(?:currently|still|now) )?(?P<v>(?:unemployed|retired|self[- ]employed|between jobs|jobless|out of work|on (?:maternity|paternity|parental) leave))(?=\W|\Z)",
        NEAR,
        importance=4,
    ),
    rule(
        "job",
        rf"{DO}(?:runs?|owns?|opened|started|{AM}running)\s+(?P<v>(?:an?|my own|our own) (?:[\w'-]+ ){{0,3}}?(?:bakery|cafe|café|coffee shop|shop|store|restaurant|bar|pub|business|company|startup|studio|salon|farm|bookshop|bookstore|boutique|gym|hotel|hostel|agency|food truck|clinic|garage|nursery|brewery|etsy))(?=\W|\Z)",
        NEAR,
        importance=4,
    ),
    rule(
        "job",
        rf"{DO}(?P<v>(?:drives?|teach|teaches|fly|fix|fixes|paint|builds?|sells?|makes?|writes?|cooks?|designs?|translates?)\s[\w' ]{{3,30}}?) for a living",
        NEAR,
        importance=4,
    ),
    # health
    rule(
        "allergy",
        rf"{AM}not (?:actually |really )?allergic to (?P<v>[\w' -]{{2,40}}?)(?: any ?more)?{END}",
        NEAR,
        negated=True,
        importance=5,
    ),
    rule(
        "allergy",
        rf"(?:{AM}|{BEEN})?(?:(?:super|very|deathly|severely|highly|badly|mildly|terribly|slightly|extremely|also|so|horribly|actually|really|pretty) )*allergic to (?P<v>{LIST}){END}",
        ANY,
        importance=5,
        many=True,
        refused=re.compile(
            r"(?:mornings?|mondays?|work|people|fun|love|effort|sleep|school|exercise|bullshit|bs|stupid\w*|drama|happiness|everything|something|you|being|responsibilit\w+|math|maths|adulting|commitment|feelings|nonsense|idiots|doing|getting|waking|reality|life|cleaning|\w+ing)\b",
            re.IGNORECASE,
        ),
    ),
    rule(
        "allergy",
        rf"{DO}(?:have|has|got|'ve got|ve got|'ve|developed|'s got)\s+(?:an? )?(?:(?:severe|bad|nasty|mild|serious|strong|terrible|slight) )*(?:(?P<v>(?!food\b|seasonal\b|skin\b|no\b|any\b|weird\b|an?\b|lots\b|some\b|many\b|the\b)[\w-]+(?: [\w-]+)?) allerg(?:y|ies)|allerg(?:y|ies) to (?P<v2>{LIST}){END})",
        ANY,
        importance=5,
        many=True,
        refused=re.compile(r"(?:no|any|some|many|bad|severe)\b", re.IGNORECASE),
    ),
    rule(
        "allergy",
        rf"(?:{AM})?(?P<v>lactose|gluten|fructose|histamine)[- ]intolerant",
        NEAR,
        importance=5,
    ),
    rule(
        "allergy",
        rf"(?:{DO}(?:have|has|got|'ve|'ve got) )?(?:an? )?(?P<v>lactose|gluten|fructose|histamine)[- ]intolerance",
        NEAR,
        importance=5,
    ),
    rule(
        "health",
        rf"(?:{DO}(?:have|has|got|'ve got|ve got|'ve|suffer(?:s)? from|struggle(?:s)? with|live with|deal with|'s got)|{AM}(?:suffering from|living with|dealing with)|(?:was|were|got|{BEEN}|'ve been|just got|'s been) (?:just |recently |finally |officially )?diagnosed with)\s+(?:really |very |pretty )?(?:bad |severe |mild |chronic |terrible |awful |a bit of |some |bad )*(?P<v>{HEALTH})(?! about\b| attack from)",
        NEAR,
        importance=4,
    ),
    rule(
        "health",
        rf"{AM}(?:(?:also|actually|officially|partially|legally|half|mildly|\d+ (?:weeks|months)|very|red-green) )*(?P<v>{STATE})(?=\W|\Z)(?! by\b| to\b| with (?:hunger|rage|love))",
        NEAR,
        importance=4,
    ),
    rule(
        "health",
        rf"(?:just |recently |only )*(?P<v>(?:broke|fractured|tore|sprained|dislocated) (?:my|his|her) (?:left |right )?(?:arm|leg|ankle|wrist|foot|toe|finger|hand|nose|rib|hip|collarbone|shoulder|knee|acl|elbow|hamstring|meniscus|tooth|jaw))",
        frozenset(("self", "bare", "kin")),
        importance=3,
    ),
    rule(
        "health",
        rf"(?:{AM})?recovering from (?P<v>(?!that\b|last\b|the (?:weekend|party|night)|yesterday|it\b)[\w' -]*?(?:surgery|covid|operation|the flu|flu|pneumonia|cancer|injury|accident|concussion|illness|infection|stroke|burnout|addiction|depression|anorexia))",
        BARE,
    ),
    # what else one is
    rule(
        "from",
        rf"{AM}(?:(?:actually|originally|half|part|proudly|born) )*(?P<v>(?-i:{NATION}))(?=\s*(?:\Z|[,.;!()]|[^\w\s]|(?:and|but|so|lol|haha|btw|by|living|born|citizen|girl|guy|too|actually|through)\b))",
        NEAR,
    ),
    rule(
        "from",
        rf"{AM}(?P<v>half[- ]\w+(?:,? (?:and )?half[- ]\w+)?)(?=\W|\Z)",
        NEAR,
        refused=re.compile(r"half[- ](?!" + NATION + r")", re.IGNORECASE),
    ),
    rule(
        "other",
        rf"(?:{AM}|{BEEN})(?:an? )?(?P<v>vegan|vegetarian|pescatarian|muslim|catholic|christian|jewish|buddhist|hindu|sikh|atheist|agnostic|halal|kosher|teetotal|left[- ]?handed|ambidextrous|lefty|sober|{SIGN})(?=\s*(?:\Z|[,.;!()]|[^\w\s]|(?:and|but|so|since|for|if|too|now|lol|btw|by|actually|because|i|rising|sun|moon|here|as)\b))",
        NEAR,
        importance=4,
    ),
    rule(
        "other",
        rf"{AM}(?:about |like |almost |only |exactly )*(?P<v>[4-7]'\d{{0,2}}\"?|[4-7] ?(?:ft|foot|feet)(?: \d+)?|1[3-9]\d ?cm|1\.\d\d ?m)(?=\W|\Z| )",
        NEAR,
    ),
)
