"""How English tells health, skills and belongings."""

# one rule a row
# fmt: off
# ruff: noqa: E501, ISC001

import re
from typing import Final

from persona.facts.english_parts import (
    ANY,
    BE,
    DO,
    END,
    HAVE,
    LIST,
    MAYBE_BE,
    NEAR,
    OFTEN,
    OWN,
    SELF,
    rule,
)
from persona.facts.english_words import (
    HEALTH,
    MUSIC,
    STATE,
    TONGUE,
)

OF_BODY: Final = (
    # health
    rule("allergy", rf"{BE}not (?:actually |really )?allergic to\s+(?!anything|any\b){LIST}", NEAR, many=True, negated=True),
    rule("allergy", rf"{MAYBE_BE}(?:super |very |so |badly |also |violently |highly |mildly " r"|pretty |deadly )*(?:allergic|alergic" rf"|allergic reaction) to\s+(?:all )?{LIST}", ANY, many=True, refused=re.compile(r"(?:mornings?|mondays?|work\w*|people|fun|love|effort|sleep|school|exercise|bullshit|bs|stupid\w*|drama|happiness|everything|something|you|being|responsib\w+|maths?|adulting|commitment|feelings|nonsense|idiots|life|questions|anything|nothing|what|it|that|boredom|losing)\b", re.IGNORECASE)),
    rule("allergy", rf"(?:{HAVE}|{DO}(?:developed|suffer from)\s+|\s*)(?:an? " r"|some )?(?:(?:severe|bad|nasty|mild|serious|strong|terrible|slight|life[- ]threatening|really|pretty) )*(?P<v>(?!food\b|seasonal\b|skin\b|no\b|any\b|weird\b|an?\b|my\b|the\b|some\b|severe\b|bad\b|this\b|that\b|got\b|your\b|have\b|has\b|is\b|same\b|her\b|his\b)[a-z]+(?: [a-z]+)?) allerg(?:y|ies)\b(?!\s+(?:season|meds|pills|test|shot|to))", ("self", "bare", "kin"), many=True, refused=re.compile(r"(?:.*\b(?:my|the|an?|no|any|of|have|got|has|about|with|for|from|and|these|those|your|i|is|hate|ugh|damn|stupid|bad|severe|seasonal|food|skin|spring|pollen season|what|to|nut free)\b)", re.IGNORECASE)),
    rule("allergy", rf"(?:{HAVE}|{DO}(?:developed|got)\s+)(?:an? )?(?:(?:severe|bad|nasty" r"|mild|serious|strong|terrible|slight|life[- ]threatening) )*allerg(?:y" rf"|ies) to\s+{LIST}", NEAR, many=True),
    rule("allergy", rf"{MAYBE_BE}(?P<v>lactose|gluten|fructose|histamine)[- ]intoleran(?:t|ce)\b", NEAR),
    rule("allergy", r"\s+(?:can'?t|cannot|cant|don'?t) (?:eat|have|touch|do|drink)\s+(?P<v>[\w' ]{2,25}?),?\s+(?:i'?m |because i'?m |cuz i'?m |bc i'?m |cause i'?m )?(?:deathly |super |very )?allergic\b", OWN, many=True),
    rule("allergy", r"\s+(?:can'?t|cannot|cant) (?:eat|have|drink|tolerate)\s+(?:any )?(?P<v>gluten|wheat|dairy|lactose|(?:tree )?nuts|peanuts|shellfish|seafood|shrimps?|prawns|eggs|soya?|milk|sesame)(?=\s*(?:[,.;!?\x00]|\Z|(?:and|or|but|because|since|so|at all)\b))", OWN),
    rule("health", rf"(?:{HAVE}|{DO}(?:suffer(?:s)? from|struggle(?:s)? with|live with|deal with)\s+|{MAYBE_BE}(?:suffering from|living with|dealing with" r"|(?:just |recently |finally |officially )?diagnosed with|(?:take|takes|taking|on) (?:meds|medication|pills|antidepressants|medicine) for)\s+" rf"|{MAYBE_BE}got diagnosed with\s+)(?:(?:really|very|pretty|bad|severe|mild|chronic|terrible|awful|a bit of|some|an?) )*(?P<v>{HEALTH})(?=\W" r"|\Z)(?!\s+(?:about|attack from|that you))", NEAR),
    rule("health", rf"{MAYBE_BE}(?:(?:partially|half|\d+ (?:weeks|months)|red-green|clinically) )*(?P<v>{STATE})(?=\W|\Z)(?!\s+(?:by|to|as|disease|with (?:hunger" r"|rage|love|pause)|luck|date|spot|eye|trust|faith|fold))", ("self", "kin")),
    rule("health", rf"(?:'ve|ve)?\s*(?:{OFTEN}\s+)*(?P<v>(?:broke|broken|fractured|tore" r"|torn|sprained|dislocated|ruptured) (?:my|his|her) (?:left |right )?(?:arm|leg|ankle|wrist|foot|toe|finger|hand|nose|rib|hip|collarbone|shoulder|knee|acl|elbow|hamstring|meniscus|tooth|jaw|back|achilles))\b", NEAR),
    rule("health", rf"{MAYBE_BE}recovering from\s+(?P<v>(?:an? |the |my |knee |heart |back " r"|hip |open |eye )*(?:[\w-]+ )?(?:surgery|covid|operation|flu|pneumonia|cancer|injury|accident|concussion|illness|infection|stroke|burnout|addiction|depression|anorexia))\b", SELF),
    rule("health", rf"{BE}(?P<v>deaf in (?:one|my \w+|the \w+) ear|blind in (?:one|my \w+" r"|the \w+) eye|hard of hearing)\b", NEAR),
    # what one can
    rule("skill", rf"{DO}(?:can\s+)?(?:speak|speaks)\s+(?:(?:fluent|some|a little|a bit of" r"|a little bit of|decent|basic|broken|good" rf"|conversational) )*(?P<v>{TONGUE}(?:(?:,? and|,|,? &|,? n|,? plus) (?:(?:fluent|some" r"|a little|a bit of|a little bit of|decent|basic" rf"|broken) )*{TONGUE})*)\b", ANY, many=True),
    rule("skill", rf"{MAYBE_BE}(?:fluent|conversational|proficient|good|decent) (?:in|at)\s+(?P<v>{TONGUE}(?:(?:,? and|,) {TONGUE})*)\b", ANY, many=True),
    rule("skill", rf"{MAYBE_BE}(?:learning|studying|teaching myself|practicing|practising" r"|self[- ]?studying|trying to learn|started learning" rf"|been learning)\s+(?:how to play |to play )?(?:the )?(?P<v>{TONGUE}|{MUSIC}|python|rust|java|javascript|c\+\+|coding|piano|to code" r"|to drive|to knit|to crochet|knitting|crochet)\b", NEAR),
    rule("skill", rf"(?:{DO}(?:can )?(?:play|plays|played)|{BE}(?:playing|been playing)|'ve been playing|\s+been playing)\s+(?:the )?(?P<v>{MUSIC}(?:(?:,? and|,| &) (?:the )?{MUSIC})*)\b", ANY, many=True),
    rule("skill", rf"{DO}knows? how to\s+(?P<v>(?!feel|say|do|be|deal|act|help|tell|get" r"|make you|live|fix (?:this|it)|respond|answer|talk|react|stop|explain" rf"|cope|handle|put|use this|start)[a-z][\w' ]{{1,24}}?){END}", NEAR),
    rule("skill", r"\s+can\s+(?:also |actually |really )?(?P<v>juggle|knit|sew|crochet|swim|dance|sing|draw|paint|ski|skate|snowboard|surf|drive stick|code|program|weld|whistle|yodel|beatbox|cook|bake|ride a \w+|solve a rubik'?s cube|touch type|do a \w+|read sheet music|rap|fence|dive|moonwalk|sign|type \d+ wpm)(?=\W|\Z)(?!\s+(?:me|you|this|that|it))", ("self", "kin", "named")),
    rule("skill", r"\s+(?:can'?t|cannot|cant|don'?t know how to|never learned (?:how )?to|can not)\s+(?P<v>swim|drive|cook|dance|sing|draw|ride a bike|whistle|ski|skate|sew|knit|read music|code|juggle)(?=\W|\Z)(?!\s+(?:this|that|it|today|rn|right|anymore|tonight|now|on|for|to))", NEAR, negated=True),
    # what one has
    rule("owns", rf"{DO}(?:drive|drives|ride|rides|daily)\s+an? (?P<v>(?:[\w'-]+ ){{0,5}}" r"?(?:[A-Z]\w+|\w*\d\w*|civic|corolla|prius|tesla|camry|golf|mustang|miata|jeep|truck|motorcycle|motorbike|scooter|vespa|van|minivan|pickup|bmw|audi|subaru|toyota|honda|ford|harley|moped)(?: (?:[A-Z]\w*|\d\w*))*)(?=\s*(?:\Z|[^\w\s'-]|and|but|so|now|to|for|lol|that|because|which|with|from))", NEAR, refused=re.compile(r"(?:hard|lot|bit|truck for|bus\b|long|few|train\b|taxi|uber|bike to)", re.IGNORECASE)),
    rule("owns", rf"(?:{HAVE}|{DO}(?:bought|purchased|treated myself to|ordered" r"|upgraded to|invested in|saved up for)\s+(?:myself )?)(?:an? |my |our |the |two |2 |three |3 )?(?P<v>(?:(?:new|used|second[- ]hand|old|brand new|vintage|first|first ever|electric|acoustic|gaming|mountain|road|own|small|little|big|shiny|\w+) ){0,3}?(?:house|flat|apartment|condo|cabin|car|truck|van|motorcycle|motorbike|scooter|bike|bicycle|boat|laptop|macbook(?: pro| air)?|phone|iphone(?: \w+)?|pixel(?: \w+)?|galaxy(?: \w+)?|ipad(?: \w+)?|kindle|camera|nikon(?: \w+)?|canon(?: \w+)?|telescope|guitar|piano|keyboard|drum kit|violin|ps[45]|playstation(?: \d)?|xbox(?: \w+)?|switch(?: 2| lite| oled)?|steam deck|vr headset|quest \d|drone|3d printer|sewing machine|espresso machine|air fryer|pc|gaming pc|tablet|apple watch|smartwatch|airpods|tesla|surfboard|kayak|tent|camper(?:van)?|record player|typewriter)s?(?:(?: and|,| &) (?:an? )?(?:ps[45]|xbox|switch|pc|laptop|steam deck|ipad|kindle|bike|motorbike|guitar|piano|camera|drone))*)(?=\s*(?:\Z|[^\w\s'-]|\b(?:and|but|so|now|for|with|from|that|lol|yesterday|today|last|this|in|because|finally|which|on|at|too|as|after|to)\b))(?!\s+(?:call|number|interview|case|key|accident|crash|charger|problem|issue|loan|payment))", SELF, many=True, refused=re.compile(r"(?:\w+ )?(?:your|his|her|their|dream|open|full|hard|good|company|rental|broken|work)\b", re.IGNORECASE)),
    rule("owns", r"\s*got (?:a |my )?(?:new|brand new) (?:phone|laptop|car|camera|bike|console|pc|tablet|guitar)\W+(?:it'?s )?(?:the " rf"|an? )?(?P<v>(?-i:[A-Z])[\w ]{{1,20}}?){END}", SELF),
    rule("owns", r"\s*my (?:new |old |current |daily )?(?:car|motorbike|motorcycle|bike|phone|laptop|camera|guitar|truck)(?:'s" rf"|\s+is)\s+(?:an? )?(?P<v>(?-i:[A-Z])[\w-]*(?: [\w-]+){{0,3}}?){END}", ("bare",)),
    rule("owns", rf"\s*(?:{OFTEN}\s+)*(?:sold|got rid of|totaled|totalled|crashed" r"|gave away|donated)\s+(?:my|our|the)\s+(?:old |beloved )?(?P<v>car|house|bike|motorcycle|motorbike|truck|van|boat|guitar|piano|laptop|phone|camera|ps[45]|xbox|switch|flat|apartment|pc|scooter|camper)\b", SELF, negated=True),
    rule("owns", rf"\s*(?:{OFTEN}\s+)*(?:don'?t|do not|doesn'?t) (?:have|own)\s+(?:an? " r"|any )?(?P<v>car|tv|phone|smartphone|house|bike|laptop|driver'?s licen[sc]e|microwave|dishwasher|computer)\b(?!\s+(?:charger|signal|with me))", NEAR, negated=True),
)
