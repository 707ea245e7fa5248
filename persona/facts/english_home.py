"""How English tells names, places and those near."""

# one rule a row
# fmt: off
# ruff: noqa: E501, ISC001

import re
from typing import Final

from persona.facts.english_parts import (
    ANY,
    BE,
    CALLED,
    DO,
    END,
    HAVE,
    MAYBE_BE,
    NAME,
    NEAR,
    NOT_NAME,
    NOT_NAMED,
    NOT_PLACE,
    OFTEN,
    OTHERS,
    OWN,
    PLACE,
    SELF,
    rule,
)
from persona.facts.english_words import (
    COUNT,
    KIN,
    NATION,
    PARTNER,
    PET,
)

OF_HOME: Final = (
    # what one is called
    rule("name", r"\s*(?:my )?(?:full |real |actual |first |given )?name(?:'s|s|\s+is" rf"|\s+was)?\s*(?::\s*)?(?:actually |really )?(?P<v>(?-i:{NAME})" r"|[a-z][a-z'-]{1,14}(?=\s*(?:\Z|[^\w\s']|btw|lol|haha|and|but" rf"|by the way|nice))){END}", ("bare",), refused=re.compile(r"(?:is|was|not|hard|a|an|the|your|his|her|on|in|of|one|it|means|gets|comes|isn't|starts|sounds|so|too|that|very|for|same|and|but|pretty|kind|really|called|weird|funny|boring|rhymes|tag|change|from|actually|common|rare|unique|long|short|stupid|embarrassing|after)\b", re.IGNORECASE)),
    rule("name", rf"\s*my name (?:isn'?t|is not|ain'?t)\s+(?P<v>(?-i:{NAME}))", ("bare",), negated=True, refused=NOT_NAME),
    rule("name", r"(?:'m|m|\s+am|\s+is)\s+(?:actually\s+|called\s+|named\s+)?(?P<v>(?-i:[A-Z][a-z'’-]{1,14}(?:\s+[A-Z][a-z'’-]{1,14})?))(?=\s*(?:\Z|[,.!;)(:]|[^\w\s']|btw|by the way|nice to|from|and (?:i|this)\b|here|\d))(?: from (?P<from__>[A-Z][\w-]+(?: [A-Z][\w-]+)*)\b)?", OWN, refused=NOT_NAME),
    rule("name", rf"\s*it'?s\s+(?P<v>(?-i:{NAME}))(?=\W*\Z)", ("self",), refused=NOT_NAME),
    rule("nickname", r"\s*(?:please |pls |just |but |so |well |ok |okay )*(?:(?:you|u|ya|everyone|everybody|people|they|my friends|friends|most people|folks) (?:can |could |all |usually |mostly |just " rf"|may )*)?calls?\s+me\s+(?P<v>(?-i:{NAME})|[a-z]{{2,12}}){END}", ("bare", "self"), refused=re.compile(r"(?:crazy|maybe|later|when|back|old|a|an|the|if|tomorrow|at|on|again|anytime|tonight|today|weird|names?|out|whatever|that|by|your|my|what|now|asap|in|to|stupid|when|soon|fat|ugly|sometime|please|over|up|dumb|lazy|boring|paranoid|naive|picky|spoiled|sensitive|biased|anything|something|this|ur|u|i|after|before|too|mean|evil|insane|nuts|sir|mommy|daddy|babe?)\b", re.IGNORECASE)),
    rule("nickname", rf"\s+(?:usually |mostly |just |also )*go(?:es)? by\s+(?P<v>(?-i:{NAME})|[a-z]{{2,12}}){END}", ("self",), refused=re.compile(r"(?:the|my|a|so|bus|car|train|foot|very|too|fast|quick|he|she|they|any|what)\b", re.IGNORECASE)),
    rule("nickname", r"\s*(?:my )?(?:nick|nickname|online name|username|handle|gamertag)(?:'s" rf"|\s+is|:|\s+has always been)\s+(?P<v>(?-i:{NAME})|\w{{2,16}}){END}", ("bare",), refused=re.compile(r"(?:a|the|so|really|not|from|because)\b", re.IGNORECASE)),
    # where
    rule("lives_in", rf"(?:{MAYBE_BE}|'ve\s+(?:{OFTEN}\s+)*(?=lived)" r"|\s+have\s+(?=lived))(?:live|lives|living|(?<=e )lived|based|located|residing|reside|staying permanently|been living)\s+(?:out\s+|up\s+|down\s+|over\s+|here\s+)?(?:in|near|around|outside|at)\s+(?:a (?:[\w-]+ ){0,3}?(?:town|city|village|flat|apartment|house|studio|place|room|suburb|condo|cottage|cabin) (?:in|near|outside|called|of|just outside)\s+)?(?:(?:near|outside|downtown|central|north|south|east|west|rural|sunny|good old) )?(?P<v>(?!the\b(?! (?:uk|us|usa|netherlands|philippines|bay|states|hague|bronx))|my\b|this\b|a\b)[^\W\d_][\w'.-]*(?: (?!in\b" rf"|with\b|and\b|near\b)[\w'.-]+){{0,3}}?){END}", ANY, refused=NOT_PLACE),
    rule("lives_in", rf"{DO}(?:moved|relocated|moved back|emigrated|immigrated" r"|moving here)\s+(?:out |back |over |down |up " rf"|here )?(?:from\s+[\w' ]{{2,20}}?\s+)?to\s+{PLACE}", NEAR, refused=NOT_PLACE),
    rule("lives_in", rf"\s+(?:(?:do not|don'?t|doesn'?t|does not|no longer) (?:\w+ )?lives? in)\s+{PLACE}", NEAR, negated=True, refused=NOT_PLACE),
    rule("lives_in", rf"\s+used to live (?:in|near)\s+{PLACE}", NEAR, negated=True, refused=NOT_PLACE),
    rule("from", rf"{MAYBE_BE}(?:from|born (?:and (?:raised|bred) )?in|raised in|bred in" r"|native to)\s+(?:the )?(?P<v>(?:a (?:[\w-]+ ){0,3}?(?:town|city|village|place|suburb|island|farm) (?:in|near|outside|of) )?(?!a\b)[^\W\d_][\w'.-]*(?: [\w'.-]+){0,3}?)(?:\s+(?:originall" rf"y|actually))?{END}", OTHERS, refused=re.compile(r"(?:the\s)?(?:future|past|moon|work|home|school|here|there|my|your|a (?!\w)|him|her|you|me|them|it|what|how|that|this|hell|mars|jan\w*|feb\w*|mar(?:ch)?|april|may|june|july|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*|\d|out|then|now|day|same|hospital|office|internet|another|wedlock|captivity|raised|family|an?\b(?! (?:\w+ )*(?:town|city|village|suburb|island|farm))|where|scratch|experience|yesterday|winter|summer|spring|autumn|fall|beginning|nineties|eighties|\w+ies)\b", re.IGNORECASE)),
    rule("from", rf"{MAYBE_BE}born (?:on )?(?:the )?[\w ,/]{{3,22}}? in (?P<v>(?-i:[A-Z])[\w'-]*(?: [A-Z][\w'-]*)*){END}", NEAR),
    rule("from", r"\s*(?:originally (?:from )|born and (?:raised|bred) in " rf"|(?:{DO})(?:grew|growing) up in |(?:was |were )?born in |raised in |(?:{DO})come(?:s)? from |hail(?:s)? from " r"|(?<=\A)from )(?P<v>(?:a (?:[\w-]+ ){0,3}?(?:town|city|village|place|suburb|island|farm) (?:in|near|outside|of) )?(?!a\b|an\b|the (?!netherlands|uk|us|philippines|bronx|bahamas|south|midwest" rf"|north))[^\W\d_][\w'.-]*(?: [\w'.-]+){{0,3}}?){END}", NEAR, refused=re.compile(r"(?:the\s)?(?:future|past|moon|work|home|school|here|there|my|your|him|her|you|me|them|it|what|how|that|this|money|poverty|hell|jan\w*|feb\w*|march|april|may|june|july|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*|out|then|now|different|same|nothing|foster|where|scratch|time|day|winter|summer|spring)\b", re.IGNORECASE)),
    rule("from", r"\s*(?:my )?(?:home ?town|home ?country|home ?land|birthplace)(?:'s" rf"|\s+is|:)\s+(?:called\s+)?{PLACE}", ("bare",), refused=re.compile(r"(?:so|very|a|the|really|boring|small|tiny|far|not|nice|beautiful)\b", re.IGNORECASE)),
    rule("from", rf"{BE}(?:half[ -])?(?P<v>(?-i:{NATION}))(?=\s*(?:\Z|[,.;!()]|[^\w\s']" r"|and\b|but\b|so\b|lol\b|by\b|living\b|born\b|too\b|actually\b|through\b))", NEAR),
    # those near
    rule("partner", rf"{HAVE}an? (?:new |lovely |wonderful |long[- ]distance )?(?P<v>{PARTNER})\b(?!\s+who (?:cheated|left))", OWN),
    rule("partner", rf"\s*(?:my|our) (?:new |lovely |dear )?(?P<k>{PARTNER}){CALLED}", ("bare",), refused=NOT_NAME),
    rule("partner", r"\s*(?:my|with my|and my|me and my) (?:new |lovely " rf"|dear )?(?P<k>{PARTNER}),?\s+(?P<v>(?-i:[A-Z][a-z]{{1,12}}))\b(?!')", ("bare",), refused=NOT_NAME),
    rule("partner", rf"{MAYBE_BE}(?:dating|seeing|going out with|engaged to|married to" r"|together with|in a relationship with)\s+(?:(?:a|this) (?:guy|girl|man|woman|boy|dude|lad|person) (?:named|called) )?(?P<v>(?-i:[A-Z][a-z]+))\b", SELF, refused=NOT_NAME, side="name"),
    rule("partner", rf"{MAYBE_BE}(?:got |getting )?(?P<v>married|engaged|widowed|divorced" r"|single)(?=\s*(?:\Z|[^\w\s'-]|\b(?:and|but|so|now|with|for|since|to|last|in|rn|again|at|lol|ok|happily|haha|these|by|on|not)\b))(?! (?:in (?:this|it|my work)|to (?:be|the game|my job|my work)|on (?:june|july|may)|with (?:work|the|this)))", ("self",), refused=None),
    rule("partner", rf"\s*(?:{OFTEN}\s+)*(?:got|get) (?P<v>married|engaged|divorced)\b", SELF),
    rule("partner", r"\s*(?P<v>(?:happily )?married)(?=\s*(?:\Z|[^\w\s']|for \d+|with|\d))", ("bare",)),
    rule("partner", rf"\s*(?:(?:me and |i and |my )?(?:my )?(?:{PARTNER}) and (?:i|me)\s+|my {PARTNER}\s+)?(?:{OFTEN}\s+)*(?:broke up|split up|separated" r"|called it quits|dumped me|left me|(?:got|was|been) dumped" rf"|broke up with (?:me|my {PARTNER}|him|her))(?!\s+(?:with (?!my|me|him" r"|her)|the|a)\b)", SELF, negated=True),
    rule("partner", rf"\s*(?:my )(?:{PARTNER})(?:\s+and i)?\s+(?:{OFTEN}\s+)*(?:broke up" r"|split up|separated|dumped me|left me|cheated and left)", ("bare",), negated=True),
    rule("partner", rf"(?:{BE}(?:not|no longer)\s+(?:with|dating|seeing)" r"|\s+broke up with)\s+(?P<v>(?-i:[A-Z][a-z]+))\b", SELF, negated=True, side="name"),
    rule("family", rf"{HAVE}(?:(?:{COUNT}|an?|little|big|older|younger|baby|twin) )*(?P<k>{KIN}|child(?:ren)?)s?" r",? (?:(?:named|called) )?(?P<v>(?-i:[A-Z][a-z]+(?:,? and [A-Z][a-z]+)?))(?=\s*(?:\Z|[^\w\s']))", SELF, many=True, refused=NOT_NAME),
    rule("family", r"\s*(?:my|our) (?:(?:little|big|older|younger|baby|twin|eldest|oldest" rf"|youngest|late|half|step)[ -])*(?P<k>{KIN}){CALLED}", ("bare",), refused=NOT_NAME),
    rule("family", rf"\s*(?:my )?(?:twin|little|big|older|younger) (?P<k>{KIN}){CALLED}", ("bare",), refused=NOT_NAME),
    rule("family", r"\s*(?:my|our|me and my) (?:(?:little|big|older|younger|baby|twin" rf"|eldest|oldest|youngest|half|step)[ -])*(?P<k>{KIN}),?\s+(?P<v>(?-i:[A" r"-Z][a-z]{1,12}))\b(?!')", ("bare",), refused=NOT_NAME),
    rule("family", rf"{HAVE}(?P<v>(?:{COUNT} |an? )(?:(?:little|big|older|younger|baby|twin" r"|lovely|beautiful|half|step|small|grown|teenage|adult|crazy|amazing" rf"|\d+[ -]year[ -]old|\w+ old) )*(?:{KIN}|child(?:ren)?|kid)s?(?: (?:and|&) (?:{COUNT} |an? )?(?:(?:little|big|older|younger|baby|twin) )*(?:{KIN}|child(?:ren)?|kid)s?)*)\b(?!'s|\s+(?:who (?:cries" r"|won't)|question|shower|carrot))", SELF, many=True),
    rule("family", rf"{BE}(?:an? |the )?(?P<v>only child|(?:oldest|youngest|eldest|middle" r"|second|third)(?: child)?(?: of (?:\w+))|middle child|(?:(?:single|new|first[- ]time|proud) )?(?:mom|mum|mother|dad|father|parent)(?: (?:of" rf"|to) [\w ]+?)?|twin){END}", OWN, refused=re.compile(r"(?:mom|mum|mother|dad|father|parent|twin|oldest|youngest|eldest)\Z", re.IGNORECASE)),
    rule("family", rf"{BE}(?P<v>expecting (?:our|my|a) (?:\w+ )?(?:baby|child|kid|twins|boy" r"|girl)|expecting)\b", SELF),
    rule("family", rf"\s*my (?P<v>{KIN})(?: just| recently| sadly)?\s+(?:(?:has " r"|have )?(?:passed away|passed|died)|is (?:dead|no longer with us)|passed on)\b(?! (?:his|her|the|my|an?) )", ("bare",)),
    rule("pet", rf"(?:{HAVE}|{DO}(?:adopted|rescued|bought|brought home|fostered|adopting)\s+)(?:(?:{COUNT}|an?|our|my|the|new|little|old|cute|tiny" r"|black|white|orange|grey|gray|rescue|second|another|sweet|dumb|fat|chubby|lazy|ginger|fluffy|pet|baby" rf"|of) )*(?P<k>{PET})s?,?\s+(?:(?:named|called|whose name is|who'?s called)\s+)(?P<v>(?-i:{NAME})|[a-z]{{2,12}}(?:(?: and | & )(?-i:{NAME}))?){END}", SELF, refused=NOT_NAMED),
    rule("pet", rf"(?:{HAVE}|{DO}(?:adopted|rescued|bought|brought home|fostered)\s+)(?:[\w-]+ ){{0,4}}?(?P<k>{PET})s?,? and (?:we |i )?(?:named|called|are calling|call) (?:him|her|it|them) (?P<v>(?-i:{NAME})){END}", SELF, refused=NOT_NAMED),
    rule("pet", rf"(?:{HAVE}|{DO}(?:adopted|rescued|bought|brought home" r"|adopting)\s+)(?:(?:two|2|three|3|four|4|five|5|our|my|new|little|the" rf"|a|an) )*(?P<k>{PET})s?,\s+(?P<v>(?-i:[A-Z][\w' ]*?(?:(?:,| and| &) [A-Z]\w+)*)){END}", SELF, many=True, refused=NOT_NAME),
    rule("pet", rf"(?:{HAVE}|{DO}(?:adopted|rescued|brought home|adopting|own|owns|raise|raises)\s+)(?P<v>(?:{COUNT} |an? |another |our )?(?:(?:new" r"|little|old|cute|tiny|black|white|orange|grey|gray|rescue|second|sweet|dumb|fat|chubby|lazy|ginger|fluffy|pet|baby|small|big" rf"|\w+-old) )*{PET}s?(?:(?: and|,| &) (?:{COUNT} |an? )?{PET}s?)*)\b(?!\s*(?:'s|person|hair|food|allergy|allergies|meme" r"|video|sitter|bed|toy|in (?:my|a) dream|in th(?:is|e) fight|phase|problem|nap|day|bite|scratch|filter|emoji|onesie|costume|lover|lady|sticker|tattoo|mug|shirt|pun))", SELF, many=True),
    rule("pet", r"\s*(?:my|our|his|her|its) (?:(?:new|little|old|other|first|rescue|baby|stupid|silly|dumb|sweet|poor|lovely|fat|chubby|elderly|senior|one|pet" rf"|two|three|2|3) )*(?P<k>{PET})s?{CALLED.replace('name(?:', 'names?(?:')}(?:\s+and\s+(?P<pet__pet>(?-i" r":[A-Z]\w+)))?", ("bare",), refused=re.compile(r"(?:the|a|an|so|not|my|named|called)\b", re.IGNORECASE)),
    rule("pet", r"(?!.*\b(?:rehomed?|late|died|passed|dead|gone|lost|had to|put down|neighbou?r)\b).{0,40}?\b(?:my|our) (?:(?:new|little|old|other|rescue|baby|stupid|silly|dumb|sweet|poor|lovely|fat|chubby|elderly" rf"|senior|two|three|2|3) )*(?P<k>{PET})s?,?\s+(?P<v>(?-i:[A-Z][a-z]+(?: " r"[A-Z][a-z]+|,? (?:and|&) [A-Z][a-z]+)?))\b(?!')(?!\s+(?:said|day))", SELF, many=True, refused=NOT_NAME),
    rule("pet", r"\s*(?:my|our) (?:(?:old|poor|sweet|beloved|little" rf"|baby) )*(?P<v>{PET})(?:\s+(?-i:[A-Z]\w+))?(?:\s+(?:just" r"|sadly))?\s+(?:died|passed away|passed on|crossed the rainbow bridge|is gone|was put (?:down|to sleep)|had to be put down)", ("bare",), negated=True),
    rule("pet", r"\s*(?:(?:lost|put down|had to put down|buried)\s+(?:my|our) (?:(?:old" rf"|poor|sweet|beloved) )*(?P<v>{PET}))\b", SELF, negated=True),
    rule("pet", r"\s*(?:(?:don'?t|do not|doesn'?t) have any pets|no pets|don'?t have (?:a )?pets?)\b", SELF, negated=True),
)
