"""How English tells what somebody likes, and what is not to be."""

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
    LIST,
    MAYBE_BE,
    NEAR,
    NOT_HATE,
    NOT_TASTE,
    OFTEN,
    OWN,
    SELF,
    V,
    rule,
)
from persona.facts.english_words import (
    MUSIC,
    SPORT,
    TONGUE,
)

OF_TASTE: Final = (
    # taste
    rule("likes", r"\s*(?:(?:and |also )?(?:my|his|her))?\s*(?:all[- ]time |absolute |personal )?(?:fav(?:e|s|ou?rites?|orit)?)\s+(?P<k>(?!is\b|are\b|has\b)[\w ]{2,20}?)(?:'s|\s+is|\s+are|\s+has (?:to be|always been)|\s+(?:of all time|ever)(?: is)?|:|\?)\s*(?:probably |definitely " rf"|still |either |def |gotta be |prob |always |by far )*{V}", ("bare",), refused=re.compile(rf"{NOT_TASTE.pattern}|(?:when|what|coming|on|so|closed|sold|gone" r"|back|dead|broken|really|hard|too|a secret|blank|changing|not)\b", re.IGNORECASE)),
    rule("likes", r"\s*(?P<v>[^\W_][\w' -]{1,30}?)(?:'s|\s+is|\s+are|\s+(?:has|have) always been)\s+(?:(?:probably|definitely|still|literally|hands down|by far) )*(?:my|an all time) (?:all[- ]time |absolute |personal |ultimate )?(?:fav(?:e|s|ou?rites?)?|comfort (?:food|show|movie)|guilty pleasure)\b", ("bare",), refused=re.compile(rf"{NOT_TASTE.pattern}|(?:he|she|they|who|the (?:last|first|second)|one of)\b", re.IGNORECASE)),
    rule("likes", rf"{DO}(?:(?:love|loves|like|likes|enjoy|enjoys|adore|adores|prefer" r"|prefers|luv|loove+|lo+ve+)\s+)(?:love\s+|to\s+(?!hear|see|know|say|meet|be\b|have\b|try|go\b|visit|chat|talk|help" rf"|think))?{LIST}(?!\s+anymore|\s+any more)", ANY, many=True, refused=NOT_TASTE),
    rule("likes", rf"{MAYBE_BE}(?:a |an )?(?:such a |really |so |big |huge |massive " r"|total |absolute |major |lifelong |die[- ]?hard )*(?:into|obsessed with|crazy about|hooked on|addicted to|fond of|passionate about|keen on|mad about|big on|nuts about|in love with|fan of|sucker for|fans of)\s+(?:playing " rf"|watching )?{LIST}", ANY, many=True, refused=re.compile(rf"{NOT_TASTE.pattern}|(?:getting|making|being|him|a (?:guy|girl|boy" r"|man|woman)|my|bed|trouble|debt|someone|work|the (?:idea|wall|car|house|store))\b", re.IGNORECASE)),
    rule("likes", rf"(?:{BE})?(?:more of )?an? (?P<v>[a-z]+)[ -](?:person|lover|enthusiast" r"|nerd|addict|fanatic|junkie|guy|girl)(?=\s*(?:\Z|[^\w\s'-]|and|but|so|myself|lol|tbh|than|here|all))", OWN, refused=re.compile(r"(?:morning|night|good|bad|nice|terrible|different|better|worse|new|old|big|people|private|busy|happy|sad|kind|real|whole|single|horrible|weird|shy|normal|boring|changed|grown|sick|smart|quiet|simple|lazy|young|white|black|tall|short|college|city|country|small|emotional|sensitive|awful|shitty|it|tech|poor|rich|total|huge|disabled|trans|local|practical|creative|competitive|forgetful|anxious|little|lucky|math)", re.IGNORECASE)),
    rule("likes", rf"\s*(?:my )?(?:main |biggest |favou?rite )?hobbies (?:are|include)\s+{LIST}", ("bare",), many=True, refused=NOT_TASTE),
    rule("likes", r"\s+(?:used to|once) (?:really )?(?:love|like|enjoy|adore" rf"|be (?:really )?into|be obsessed with)\s+{LIST}", NEAR, negated=True, many=True, refused=NOT_TASTE),
    rule("likes", rf"\s*(?:{OFTEN}\s+)*(?:don'?t|do not|no longer" r"|doesn'?t) (?:really )?(?:like|love|enjoy|watch|play|drink|listen to)\s+(?P<v>[^\W_][\w' -]{1,30}?)\s+(?:any ?more|now|these days)\b", NEAR, negated=True, refused=NOT_TASTE),
    rule("likes", rf"\s*(?:{OFTEN}\s+)*no longer (?:like|love|enjoy|watch|play|drink|listen to)\s+{V}", NEAR, negated=True, refused=NOT_TASTE),
    rule("likes", rf"\s*(?:{OFTEN}\s+)*(?:gave up|given up|stopped|quit)\s+(?:playing |watching |drinking |eating )?(?:the )?(?P<v>{MUSIC}|{SPORT}|coffee" r"|smoking|vaping|cigarettes|weed|gambling|alcohol|drinking|sugar|soda|gaming|wow|league|tiktok|instagram" rf"|social media|facebook|twitter|anime|meat|red meat|beef" r"|pork|chocolate|fast food|junk food|caffeine|nicotine|carbs|bread|cola|dairy|gluten|running" rf"|dancing|knitting)(?:{END}|(?=\s+(?:\w+ ){{1,3}}ago\b))", SELF, negated=True),
    rule("dislikes", rf"{DO}(?:hate|hates|despise|despises|detest|detests|loathe|loathes|dislike|dislikes|abhor)\s+{LIST}(?!\s+any ?more)", ANY, many=True, refused=NOT_HATE),
    rule("dislikes", rf"{DO}(?:can'?t|cannot|can not|couldn'?t|cant) (?:really )?(?:stand|bear|tolerate|abide)\s+{LIST}", ANY, many=True, refused=NOT_HATE),
    rule("dislikes", rf"\s*(?:{OFTEN}\s+)*(?:don'?t|do not|doesn'?t|dont|never|didn'?t|does not|doesnt)\s+(?:{OFTEN}\s+)*(?:like|liked|likes|enjoy|care for|love|fancy)\s+(?!any|.*\bany ?more\b){LIST}(?!\s+any ?more)", NEAR, many=True, refused=NOT_HATE),
    rule("dislikes", rf"{MAYBE_BE}not (?:really |exactly |much of |at all )?(?:a |an )?(?:big |huge |real )?(?:fan of|into|keen on|fond of)\s+{LIST}", NEAR, many=True, refused=NOT_HATE),
    rule("dislikes", r"\s*(?P<v>[^\W_][\w' -]{1,30}?)(?:'s|\s+is|\s+are|\s+(?:just )?)?\s*(?:isn'?t|aren'?t|not) (?:really )?my (?:thing|cup of tea|jam)\b", ("bare",), refused=re.compile(r"(?:it|that|this|he|she|they|you|which|but)\b", re.IGNORECASE)),
    rule("dislikes", rf"{BE}(?:really )?(?:scared|afraid|terrified|frightened|petrified) of\s+{LIST}", NEAR, many=True, refused=re.compile(r"(?:it|that|this|you|what|losing|being|getting|messing|failing|how|him|her|them|my|saying|going|the (?:future|results?|answer)|telling|asking|making|doing|everything|nothing|change)\b", re.IGNORECASE)),
    rule("dislikes", rf"\s*(?:{OFTEN}\s+)*(?:don'?t|do not|doesn'?t|no longer) (?:hate" r"|dislike|mind)\s+(?P<v>[^\W_][\w' -]{1,30}?)(?:\s+(?:any ?more)" rf"|{END})", NEAR, negated=True, refused=NOT_TASTE),
    # what is not to be
    rule("boundary", r"\s*(?:please |pls |plz |can you |could you |and |just |but |ok |hey |also |seriously |you can )*(?:do not|don'?t|dont|never|not|stop|quit)\s+(?:ever |keep |you dare )?(?P<v>(?:call(?:ing)? me(?!\W*\Z)(?!,)(?! (?:crazy|later|when|if|back|tonight|tomorrow|at|again tonight|yet|now|until|before|right now|that often))|bring(?:ing)? up(?! (?:it|that)\W*\Z)|mention(?:ing)?(?! it\b)|ask(?:ing)? me (?:about|for)|ask(?:ing)? about my|talk(?:ing)? (?:to me )?about|joke about|joking about|mak(?:e|ing) (?:jokes|fun)|send(?:ing)? me|us(?:e|ing) (?:emojis?|that (?:word|name|nickname)|my (?:full|real|dead)|baby talk|pet names|slang|caps|swear)|tag(?:ging)? me|remind(?:ing)? me (?:of|about)|curs(?:e|ing)|swear(?:ing)?|flirt(?:ing)?|comment(?:ing)? on|tell(?:ing)? me (?:to (?:calm|smile|relax|cheer|lose)|what to)|tell(?:ing)? (?:jokes|stories) about|nag(?:ging)?|lectur(?:e|ing)|spoil(?:ing)?|refer(?:ring)? to)\b[^.!?\n\x00]{0,40}?)(?=\s*(?:\Z|[.!?,]|again\b|please\b|pls\b|ok\b|okay\b|thanks\b|anymore\b|ever\b|i\b|it\b))", SELF, refused=re.compile(r"(?:talk about it|bring it up|mention it|talking about it|sending me|send me that\Z)\Z|(?:bring(?:ing)? up (?:that|it)\Z)", re.IGNORECASE)),
    rule("boundary", rf"\s*(?:{OFTEN}\s+)*(?:don'?t|do not|dont|rather not|would rather not" r"|'d rather not|never) (?:ever )?(?:want to |wanna |like to |feel like |like )?(?:talk(?:ing)?|discuss(?:ing)?|speak(?:ing)?|chat(?:ting)?|hear|think) (?:about )?(?P<v>(?!it\b|that\b|this\b|what|how)[^\W_][\w' ]{1,30}?)(?=\s*(?:\Z|[.!?,]|again|anymore|please|with you|right now|ok|rn|today|at all|because))", OWN, refused=re.compile(rf"(?:to|with|like|much|a lot|enough|so|too|in|at|you|for|it|anyone|people|properly|(?:any |good |much )?{TONGUE})\b", re.IGNORECASE)),
)
