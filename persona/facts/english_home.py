"""English rules on where one lives, with whom, what one has and can do."""

import re
from typing import Final

from persona.facts.english_parts import AM, BEEN, DO, END, rule
from persona.facts.english_words import COUNT, KIN, MUSIC, PARTNER, PET, SPORT, TONGUE
from persona.facts.rule import ANY, BARE, MINE, NEAR, SELF, Rule

_PLACE: Final = rf"(?:the )?(?P<v>(?!(?:a|an|my|your|his|her|the|this|that|fear|peace|denial|it|one|our|their|hope|sin|hell|here|there|me|you|constant|total|pain|love|harmony|luxury|exile|same|different|interesting|public|theory|general|real|bed|big|small|with|on|two|front|secret|pj|pyjamas|pajamas|sweatpants|hoodies|video|movies?|games?|heaven|spirit|work|school|home|class|and)\b)[^\W\d_][\w'’. -]{{0,40}}?|(?:an?|the) (?:\w+ )?(?:city|town|village|suburb|island|outskirts|countryside|suburbs|middle of nowhere)(?: (?:near|outside|of|in|north of|south of|called) [\w' ]+?)?(?: called [\w' ]+?)?|near [^\W\d_][\w'’ -]{{0,30}}?){END}"
_NOT_PLACE: Final = re.compile(
    r"(?:there|here|it|him|her|me|you|them|us|abroad|alone|together|on|out|in|up|away|back|tears|forward|fast|past|ahead|along|mars|a lie|a new place|desk|seats|a new (?:flat|house|apartment|place)|slow|next|onto|bigger|another|town|house|apartments?|flats?|rooms?|offices?|desks?|chairs?|my|your|the (?:future|past|moment|gym|park|beach|office|airport|hospital|couch|sofa|bed|bath|shower|car|bus|train|same|kitchen|garden|door|bathroom|middle(?! of nowhere)))\b|.*\b(?:your|you|phone|dreams?|imagination|head|mind|heart|book|movie|game)\b",
    re.IGNORECASE,
)
_ADJ: Final = r"(?:(?:little|big|older|younger|elder|twin|eldest|oldest|youngest|baby|half|step|amazing|wonderful|lovely|beautiful|annoying|dear|best|old|new|grown|foster|identical|tiny|fat|chubby|black|white|orange|grey|gray|ginger|crazy|cute|sweet|senior|blind|deaf|pet|rescue|fluffy|yr|year|years|yo|\d+|spoiled|adorable) )*"
_NAMED: Final = r"(?:,? (?:called|named|whose name is|(?:his|her|its|their) names? (?:is|are))| is called| is named|'s named|'s called|'s name is|s name is|s' names are|,|'s name's| are called| are named)"
_PROPER: Final = (
    r"(?!I\b|I'm\b)(?-i:[A-Z][\w'’-]*(?: (?:[A-Z][\w'’-]*))*(?:(?:,| and| &) [A-Z][\w'’-]*)*)"
)
_ANY_PROPER: Final = r"(?!after\b|the\b|a\b|so\b|to\b|in\b|not\b|it\b|by\b|me\b|them\b|him\b)[^\W\d_][\w'’-]*(?: (?-i:[A-Z])[\w'’-]*)*"
_GOT: Final = rf"(?:{DO}(?:have|has|'ve got|ve got|got|have got|'ve|'s got|has got|own|owns))\s+"
_NEW: Final = rf"(?:{DO}(?:adopted|rescued|bought|got|getting|brought home|picked up|{AM}fostering|foster))\s+"
_NOT_THING: Final = re.compile(
    r"(?:question|headache|idea|feeling|minute|moment|second|sec|point|problem|life|plan|cold|fever|crush|dream|nightmare|point|job|meeting|exam|test|class|date|day|week|night|time|way|lot|few|bit|hunch|theory|secret|story|confession|request|favor|favour|choice|chance|reason|clue|opinion|thing|something|doubt|habit|tendency|heart|body|brain|mind|face|soft spot|good|bad|great|nice|big day|busy|hard|rough|long|fun|weird|strange|new (?:job|idea|life|hobby|teacher|boss|haircut|friend|phone number)|sore|call|ticket|appointment|interview|flight|break|degree|friend|boyfriend|girlfriend|son|daughter|sister|brother|cat|dog|joke|haircut|tattoo|coffee|drink|snack|sandwich|pizza|beer|lunch|dinner|present|gift|ticket|discount|raise|promotion|text|email|message|letter|reply|refund)s?\b|.*\b(?:question|idea|headache|feeling|problem|meeting|exam|test|appointment|interview|time|day|deadline|ticket|cold|fever|class|project|minute|allergy|allergies|disorder|surgery|thoughts?|issues?|trust|job|tattoo|haircut|coffee|shift|trip|flight|party|date|fight|chat|talk|friends?|crush|pizza|book|sleep)s?\Z",
    re.IGNORECASE,
)
_GEAR: Final = r"(?:car|bike|bicycle|motorbike|motorcycle|scooter|van|truck|boat|house|flat|apartment|condo|cabin|laptop|macbook|pc|computer|desktop|tablet|ipad|kindle|phone|iphone|pixel|galaxy|smartwatch|apple watch|watch|camera|lens|drone|telescope|guitar|piano|keyboard|violin|ukulele|drum kit|synth|accordions?|ps[345]|playstation|xbox|switch|steam deck|nintendo|console|tv|record player|turntable|3d printer|sewing machine|tent|kayak|surfboard|skateboard|snowboard|air fryer|espresso machine|airpods|headphones|mic|microphone|tesla|toyota|corolla|prius|civic|honda|ford|bmw|audi|mercedes|volkswagen|vw|golf|mazda|subaru|nissan|nikon|canon|fujifilm|leica|sony a7\w*|vespa|harley|mustang|jeep|mini cooper|typewriter|comic books?|vinyl records?|records?|sneakers|necklace|ring|couch|sofa)"

HOME: Final[tuple[Rule, ...]] = (
    # where
    rule(
        "lives_in",
        rf"{DO}(?:don'?t|dont|do not|doesn'?t) (?:really )?live in (?P<v>[\w' -]{{2,40}}?) any ?more|no longer lives? in (?P<v2>[\w' -]{{2,40}}?){END}|(?:just |recently )?(?:moved out of|left) (?P<v3>(?-i:[A-Z])[\w' -]{{2,30}}?)(?= for good)",
        NEAR,
        negated=True,
        importance=4,
    ),
    rule(
        "lives_in",
        rf"(?:{DO}lives?|{AM}living|{BEEN}living|living|{AM}(?:now )?based|based|{BEEN}based|{DO}resides?|{AM}residing|staying permanently)\s+(?:together |alone |now |currently |right now |by myself )?(?:in|near|outside|on the outskirts of)\s+{_PLACE}",
        ANY,
        importance=4,
        refused=_NOT_PLACE,
    ),
    rule(
        "lives_in",
        rf"(?:{DO}(?:moved|relocated)|(?:'ve|ve|have|has) (?:just |recently )?moved)\s+(?:back |house |over |here |out |down |up |away )?(?:from (?P<x>[\w' ]+?) )?to\s+{_PLACE}(?! tomorrow)",
        ANY,
        importance=4,
        refused=_NOT_PLACE,
    ),
    rule(
        "from",
        rf"(?:{AM}|originally |{DO}(?:comes?|came) )(?:(?:originally|actually|also|born and raised|all) )*from\s+(?:the )?(?P<v>(?!work\b|home\b|the\b|school\b|there\b|here\b|a\b|an\b|your\b|my\b|far\b|outer\b|hell\b|heaven\b|another\b|mars\b|class\b|me\b|you\b|it\b|now\b|behind\b|lunch\b|all\b|bed\b|money\b|scratch\b|nothing\b|one\b|that\b|this\b|time\b)[^\W\d_][\w'’. -]{{1,40}}?){END}",
        ANY,
        importance=4,
        refused=re.compile(
            r"(?:the )?(?:future|past|gym|shop|store|office|hospital|moon|internet|doctor|dentist|party|airport|beach|cold|heat|stress|list)\b|.*(?:ing|work|trip|walk|run)\Z",
            re.IGNORECASE,
        ),
    ),
    rule(
        "from",
        rf"(?:from|born in|{AM}born in|was born in|was born and raised in|born and raised in|was raised in|raised in|{DO}grew up in|{AM}a native of)\s+(?:the )?(?P<v>(?!the\b|my\b|this\b|that\b|love\b|19|20|a\b|an\b|january\b|february\b|march\b|april\b|may\b|june\b|july\b|august\b|september\b|october\b|november\b|december\b|work\b|what\b|now\b|here\b|there\b)[^\W\d_][\w'’. -]{{1,40}}?){END}",
        BARE | ANY,
        importance=4,
        refused=re.compile(
            r"(?:wrong|year|family|house|home|scratch)\b|(?=[a-z ]+\Z)(?:(?!.*(?:texas|london|paris)).* .* )",
            re.IGNORECASE,
        ),
    ),
    # partner
    rule(
        "partner",
        rf"(?:{DO}(?:broke up|split up|split|divorced|got divorced|{AM}divorced|getting divorced)|(?:he|she|{PARTNER}) (?:just )?(?:dumped|left) me|got dumped|{AM}(?:newly |recently |officially )?(?:divorced|widowed))(?:\s+with)?",
        frozenset(("self", "bare", "other", "kin")),
        negated=True,
        importance=4,
    ),
    rule(
        "partner",
        rf"{PARTNER}\s*(?:{_NAMED}|'s called| is| )\s*(?P<v>(?!is\b){_PROPER})",
        MINE,
        importance=4,
    ),
    rule(
        "partner",
        rf"(?P<v>(?:{PARTNER})(?:'s|s) names?\s*(?:is|'s|are)\s+{_ANY_PROPER}|(?:{PARTNER}),? (?:is |'s )?(?:named|called) {_ANY_PROPER})",
        MINE,
        importance=4,
    ),
    rule(
        "partner",
        rf"{_GOT}(?:an? )(?P<v>(?:new |long[- ]term |lovely |wonderful )*{PARTNER}(?: (?:named|called) {_ANY_PROPER})?)(?!')\b",
        SELF,
        importance=4,
    ),
    rule(
        "partner",
        rf"(?:and\s+)?(?:my )?(?P<v>{PARTNER})(?: and (?:i|me))? (?:have been|'ve been|ve been|been|are|got) (?:together|married|dating|engaged)",
        MINE,
        importance=4,
    ),
    rule(
        "partner",
        rf"(?:{AM}|{BEEN}|just |finally |we |{DO}got )(?:(?:happily|just|now|already|still|finally|officially|newly) )*(?P<v>married|engaged|single|dating someone|in a relationship|taken)(?! (?:to (?:my|the) (?:work|job|sea|game|bed)|in (?:the|a)|parent|mother|mom|dad|father|child|day|time|out|aback|thing|person|one|handed|minded|player|use|market|on (?:june|july|may|january|february|march|april|august|september|october|november|december|the)|next|this|in))(?=\W|\Z)",
        BARE,
        importance=4,
    ),
    # family
    rule(
        "family",
        rf"(?P<v>(?P<k>{_ADJ}{KIN})(?:(?:'s|s|s') names?\s*(?:is|'s|are)| is (?:called|named)| are (?:called|named)|'s (?:called|named)|,? (?:named|called))\s+{_ANY_PROPER}(?: and {_ANY_PROPER})?)",
        MINE,
        importance=4,
    ),
    rule(
        "family", rf"(?P<v>(?P<k>{_ADJ}{KIN}),? {_PROPER})(?!\s(?:says|said))", MINE, importance=4
    ),
    rule(
        "family",
        rf"(?P<v>(?P<k>{KIN}) (?:just |recently |sadly )?(?:passed away|passed|died|is dead|'s dead))(?! of laughter| laughing| inside)",
        MINE,
        importance=4,
    ),
    rule(
        "family",
        rf"{_GOT}(?P<v>(?:{COUNT} )?{_ADJ}(?P<k>{KIN})s?(?:ren)?(?:(?:,| named| called)? {_PROPER})?(?:(?:,| and) (?:{COUNT} )?{_ADJ}{KIN}s?)?)(?!')(?=\W|\Z)(?! (?:in|on|with) (?:town|me|mind))",
        SELF,
        importance=4,
        refused=re.compile(r"(?:my|no|your)\b|baby\Z", re.IGNORECASE),
    ),
    rule(
        "family",
        rf"{AM}(?:an? |the )?(?P<v>only child|middle child|(?:oldest|youngest|eldest) (?:child|of (?:\w+))|twin|triplet|single (?:mom|mum|dad|parent|mother|father)|(?:proud |new |first[- ]time )?(?:mom|mum|mother|dad|father|parent|grandma|grandpa)(?: of \w+)?)(?=\W|\Z)",
        BARE,
        importance=4,
    ),
    rule(
        "family",
        rf"(?:wife and i |husband and i |partner and i )?(?:{AM}|are )?(?P<v>expecting (?:our|my|a|twins|another)(?: (?:first|second|third|little))?(?: (?:baby|child|kid|one|boy|girl))?)(?=\W|\Z)(?! (?:package|delivery|call|visitor|guest|parcel|letter|reply))",
        frozenset(("self", "kin")),
        importance=4,
    ),
    # pets
    rule(
        "pet",
        rf"(?P<k>{_ADJ}{PET})s? (?:[A-Z]\w+ )?(?:just )?(?:died|passed away|passed|crossed the rainbow bridge|is gone|ran away|is dead|got run over)(?! laughing)",
        MINE,
        negated=True,
    ),
    rule(
        "pet",
        rf"(?P<v>(?P<k>{_ADJ}{PET})(?:(?:'s|s|s') names?\s*(?:is|'s|are)| is (?:called|named)| are (?:called|named)|'s (?:called|named)|,? (?:named|called))\s+{_ANY_PROPER}(?: (?:and|&) {_ANY_PROPER})?)",
        MINE,
    ),
    rule("pet", rf"(?P<v>(?P<k>{_ADJ}{PET}),? {_PROPER})", MINE),
    rule(
        "pet",
        rf"(?:{_GOT}|{_NEW})(?P<v>(?:{COUNT} )?{_ADJ}(?:(?!the\b|my\b|this\b|your\b|his\b|her\b|no\b|hot\b|cold\b|mad\b|to\b|computer\b)[\w'-]+ )?(?P<k>{PET})s?(?:,? (?:(?:named|called) {_ANY_PROPER}|{_PROPER})(?: (?:and|&) {_ANY_PROPER})?)?(?:(?:, she'?s called|, he'?s called|, her name is|, his name is) {_ANY_PROPER})?(?: and (?:{COUNT} )?{_ADJ}{PET}s?)?)(?!')(?=\W|\Z)(?! (?:allergy|person|fur|food|bowl|hair|bed|toy|shirt|onesie|sitter|tattoo|for dinner|nuggets|wings|soup|in (?:my|a|the) (?:dream|game)))",
        BARE,
        many=True,
        listed=re.compile(r"\s*(?:\band\b|,|&)\s*(?=an? |\d|two |three |four )", re.IGNORECASE),
        refused=re.compile(r"(?:no|any|my|the|your|fish|chicken|duck|rescue|lab)\b", re.IGNORECASE),
    ),
    rule(
        "pet",
        rf"(?P<v>(?:one|two|three|four|five|\d) {_ADJ}(?P<k>{PET})s?)(?=\s*\Z)",
        frozenset(("bare",)),
    ),
    # skills
    rule(
        "skill",
        rf"{DO}(?:speaks?|{AM}(?:learning|studying|teaching myself)|learning|{BEEN}learning|{AM}fluent in|fluent in|know)\s+(?:how to speak |some |a bit of |a little |fluent |basic |conversational |to speak )*(?P<v>(?:a bit of |a little |some |basic |fluent )?{TONGUE}(?:(?:,| and|, and) (?:a bit of |a little |some |basic )?{TONGUE})*)(?=\W|\Z)(?! food)",
        NEAR,
        many=True,
    ),
    rule(
        "skill",
        rf"(?:{DO}(?:can )?plays?|(?:'ve |have |ve )?been playing|{AM}(?:learning|learning to play|teaching myself)|learning|{BEEN}learning|(?:know|learned) how to play)\s+(?:the |to play the |to play )?(?P<v>{MUSIC}(?:(?:,| and|, and) (?:the )?{MUSIC})*)(?=\W|\Z)",
        NEAR,
        many=True,
    ),
    rule(
        "skill",
        rf"(?:{DO}(?:can )?plays?|(?:'ve |have |ve )?been playing)\s+(?P<v>(?:competitive |semi-pro |professional |amateur )?{SPORT})(?! with (?:you|me))(?=\W|\Z)",
        NEAR,
    ),
    rule(
        "skill",
        rf"(?:can (?:also |actually |totally |now |finally )*)(?P<v>juggle|cook|bake|knit|sew|crochet|weld|code|program|swim|ski|snowboard|surf|skate|dance|sing|draw|paint|drive(?: (?:a )?stick| manual)?|whistle|ride a (?:horse|bike|motorcycle|unicycle)|do (?:a )?(?:backflips?|cartwheels?|magic tricks|the splits|calligraphy|origami|sign language)|touch type|type \d+ wpm|read music|lift \d+ ?\w+|solve a rubik'?s cube|beatbox|yodel|speak \w+(?: and \w+)?)(?=\W|\Z)(?! (?:that|it|you|for you|now|this|us|if|again|over|dinner|tonight))",
        NEAR,
        many=True,
    ),
    rule(
        "skill",
        rf"{DO}knows? how to (?P<v>(?!make you\b|make u\b|be\b|feel\b|do (?:that|it|this)\b|get\b|say\b|help\b|take care\b|tell\b|use (?:it|this|that)\b|live\b|love\b|deal\b|handle\b|answer\b|explain\b)[\w' -]{{3,30}}?){END}",
        NEAR,
    ),
    rule(
        "skill",
        rf"(?:can'?t|cannot|cant|don'?t know how to|never learned (?:how )?to)\s+(?:even |really )?(?P<v>swim|cook|drive|ride a bike|whistle|dance|sing|draw|code|knit|ski|skate)(?=\s*(?:\Z|[^\w\s]|(?:and|but|so|lol|at all|yet)\b))(?! (?:you|it|this))",
        SELF,
        negated=True,
    ),
    # things
    rule(
        "owns",
        rf"(?:just |finally |recently )*(?:sold|gave away|totaled|totalled|crashed|lost) my (?P<v>(?:old |new )?{_GEAR})(?=\W|\Z)",
        BARE,
        negated=True,
    ),
    rule(
        "owns",
        rf"{DO}drives? (?P<v>(?:an? )?(?:(?:19|20)\d\d )?(?:old |beat[- ]up |used |red |blue |black |white )*(?:[\w-]+ )?{_GEAR}|an? (?:19|20)\d\d [\w -]+?|an? (?-i:[A-Z])[\w]+(?: [\w]+)?){END}",
        NEAR,
    ),
    rule(
        "owns",
        rf"(?:{_GOT}|{DO}(?:just |finally )*(?:bought|got|purchased|treated myself to|bought myself|got myself|picked up)\s+)(?P<v>(?:an? |the |{COUNT} |my first |my own |my )?(?:(?!question|sick\b)[\w'-]+ ){{0,3}}?{_GEAR}(?:s|es)?(?: (?:[A-Z]?\d\w*|pro|air|max|mini))?)(?=\W|\Z)(?! (?:problems?|issues?|trouble|accident|crash|payment|insurance|ride|case|charger|number|call|seat|ticket|keys?|park|sick|trip|show|test))",
        BARE,
        refused=re.compile(
            r"(?:in|on|to|off|into|out|home|by|a ride|no|any|locked|hit|stuck|run|carsick|used to|my (?:car|phone|laptop) (?:back|fixed))\b",
            re.IGNORECASE,
        ),
    ),
    rule(
        "owns",
        rf"{DO}(?:have|own|owns)\s+(?P<v>(?:an? |two |three |four |five |\d+ )?(?-i:[A-Z])[\w-]+(?: (?-i:[A-Z]?\d|[A-Z])[\w-]*)+){END}",
        SELF,
    ),
)
