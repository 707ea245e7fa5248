"""Where English tells nothing of oneself: asked, unreal, played, said by others, commanded."""
# ruff: noqa: E501 - a rule or a list of words is one row of a table
# fmt: off

import re
from typing import Final

HEAD: Final = re.compile(
    r"[,;:()\[\]…—–!?]+|\s-+\s|\.\.+"
    r"|(?<![\w'])(?:and|but|so|because|cuz|cause|cos|bc|since|plus|though|tho|that|as|or|lol|lmao"
    r"|when|remember|reason is|haha+|while|than|btw|where|like)(?=\s)"
    r"|[\U0001f000-\U0001ffff\u2600-\u27bf\ufe0f]+",
    re.IGNORECASE,
)
FILL: Final = re.compile(
    r"(?:\s+|(?:lol|lmao|(?:ha){2,}h?|well|so|and|but|ok(?:ay)?|oh|ooh|hey+|hi+|hello|yo|btw|tbh|ngl"
    r"|fwiw|fyi|imo|honestly|actually|also|plus|yeah+|yep|yes|no+|nah|um+|uh+|ugh|hm+|man|dude|bro"
    r"|girl|guys|anyways?|basically|random intro|fun fact|guess what|turns out|currently|recently"
    r"|right now|rn|now|today|yesterday|this morning|last (?:night|week|month|year|summer|spring"
    r"|winter|fall|autumn)|personally|sadly|luckily|unfortunately|fortunately|apparently|obviously"
    r"|clearly|to be (?:honest|fair|clear)|not gonna lie|just so you know|you know|as you know"
    r"|because|since|since we're sharing|remember|please|pls|don'?t forget|keep in mind|that|this"
    r"|thing is|the thing is|i guess|there|all|everyone|folks|i mean|wow|omg|damn|aww*|too|either"
    r"|i forgot to (?:say|mention)|did i mention|at least|for context|context|about me|a bit about me"
    r"|i know|tho|though|when|cause|cuz|bc|cos|as|while|in fact|these days|nowadays|at the moment"
    r"|lately|for the record|p\.?s|even though|although|back then|originally|in general|overall)"
    r"(?![\w'])[,:.!]*\s*)+",
    re.IGNORECASE,
)
_TOLD: Final = r"(?:said|says?|told|tells|saying|asked|asks|wrote|texted|thinks?|claims?|thought)"
FRAMED: Final = re.compile(
    r"(?<![\w'])(?:imagine|pretend\w*|role ?-?play\w*|suppose|what if|let'?s say|hypothetically"
    r"|in (?:my|a|the|this|that) (?:dreams?|game|movie|film|book|novel|story|song|show|series"
    r"|simulation|past life|fic|anime|manga|lyrics?|episode|parallel universe|other life)"
    r"|the (?:character|protagonist|hero|heroine|narrator|main character|song)|lyrics|how (?:do|would) (?:you|i|u) say"
    r"|(?:movie|film|book|novel|story|song|show|poem|fanfic|fic) (?:is |was )?about"
    r"|i (?:had a dream|dreamt|dreamed)|translate|write (?:me )?an?|tell (?:me )?an?|(?:tell|give) us an?"
    r"|fictional|in character|my oc|as a joke|i'?m (?:kidding|joking)|just kidding|jk|asking for a friend)"
    r"(?![\w'])",
    re.IGNORECASE,
)
SHUT: Final = re.compile(
    rf"(?<![\w'])(?:(?:he|she|they|who|people|somebody|someone|everyone|everybody|u|you|it|mom|mum|dad"
    rf"|boss|teacher|friend|sister|brother|doctor|wife|husband|guy|girl|man|woman|kid|therapist)"
    rf"(?: \w+)? {_TOLD}"
    r"|(?P<own>if|unless)|wish(?:ed)?|whether|maybe|perhaps|might|would|wouldn'?t|could|someday|one day|some day"
    r"|should|shouldn'?t|hope(?:fully)?|i (?:thought|assumed|wonder\w*)|thought i|not sure"
    r"|(?:do|does|did)(?:n'?t|nt| not) (?:think|know|believe|remember|mean)|dunno|probably|i guess i"
    r"|(?<!n't )(?<!dont )(?<!not )want(?:ed|s)?|wanna|need|i'd|thinking (?:about|of)|considering|dream(?:s|ing)? (?:of|about)"
    r"|almost|as if|like i'?m|feel(?:s|ing)? like|act(?:s|ing)? like|will be|gonna be|going to be"
    r"|can'?t (?:tell|decide)|forgot|going to|gonna|supposed to|trying to|say(?=\s+(?:i|my)\b))(?![\w'])",
    re.IGNORECASE,
)
VOID: Final = re.compile(
    r"(?<![\w'])(?:is|was|are|am|'s|'m) (?:lying|kidding|joking)|(?<![\w'])lol jk(?![\w'])",
    re.IGNORECASE,
)
REFUSED: Final = re.compile(
    r"\A(?:(?:it|that|this|these|those|you|u|ya|your|ur|him|her|his|them|their|me|us|how|when|what|where|why"
    r"|who|which|whatever|everything|everyone|everybody|nothing|something|anything|someone|somebody"
    r"|anyone|nobody|people|there|here|if|the way|the idea|the fact|the sound of (?:that|this)|being"
    r"|myself|yourself|a lot|so much|very much|not|no|to (?:say|see|admit|break|think|be|hear|know|go|have)|one|ones"
    r"|same|the same|most|both|all|all of|each|either|both of|lot|lots|my)\b|.*\b(?:you|u|your|mine)\Z)",
    re.IGNORECASE,
)
LISTED: Final = re.compile(r"\s*(?:,|/|&|\band\b|\bor\b)\s*(?:also\s+|a bit of\s+|the\s+)?", re.IGNORECASE)
REMEMBER: Final = re.compile(
    r"(?:(?<![\w'])(?<!i )(?<!you )(?<!to )(?<!can't )(?:remember|memori[sz]e|note down|write down|make a note"
    r"|(?:don'?t|dont|do not|never) forget|(?:keep|bear) in mind)"
    r"(?: that| this| of)?(?: for me)?[:,]? )(?P<v>(?:my|our|i|i'm|im|i've|ive|we|the)(?![\w']).+)",
    re.IGNORECASE,
)
FORGET: Final = re.compile(
    r"(?:please |pls |plz |just |and |so |can you |could you |ok |okay |actually |hey |you can |u can )*"
    r"(?:forget (?P<v>(?:that|this|it)(?! (?:thing|one))(?= please| pls|\W*\Z)|(?:what|everything|anything|all) (?:that )?(?:i|we|about)\b.*"
    r"|(?:about )?(?:my|our|the thing|the stuff|that (?:i|thing)|this|i (?:ever )?(?:said|told|mentioned))\b.*)"
    r"|(?:don'?t|dont|do not) (?:remember|save|store|note|keep|memori[sz]e) (?P<w>.+)"
    r"|(?:delete|erase|wipe) (?P<x>(?:that|this|it|what|everything|my)\b.*?)(?: from (?:your )?memory)?)\W*\Z",
    re.IGNORECASE,
)
PROMISE: Final = re.compile(
    r"(?:(?:i )?(?:hereby |solemnly )?(?:promise|swear|vow)(?: you| u)?(?: that)?"
    r"|i give you my word(?: that)?) (?:(?:i'?ll|i will|i'?m gonna|to) (?P<v>.+?)"
    r"|(?P<w>(?:i won'?t|i will never|not to|never to) .+?))(?:[,.!]* (?:ok|okay|lol))?\W*\Z"
    r"|(?:(?:i'?ll|i will) (?P<x>.+?)|(?P<y>i won'?t .+?)),?"
    r" (?:i )?(?:promise|swear|pinky promise|cross my heart)\W*\Z",
    re.IGNORECASE,
)
IDLE: Final = re.compile(r"\b(?:never ?mind|nvm|forget it)\b", re.IGNORECASE)
