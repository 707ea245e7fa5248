"""English rules on what one likes, and what one does not want."""

import re
from typing import Final

from persona.facts.english_parts import AM, BEEN, DO, END, LIST, MANY, rule
from persona.facts.rule import BARE, NEAR, SELF, Rule

_NO: Final = r"(?:don'?t|dont|do not|doesn'?t|doesnt|does not|never|didn'?t|did not)\s+(?:really |actually |even |particularly |much |ever |personally |honestly )*"
_VAGUE: Final = re.compile(
    r"(?:when|how|that|to (?:say|see|admit|break|think|be\b|hear|know|go|have|interrupt|ask|bother|disappoint|tell|sound)|the (?:new one|idea|way|thought|sound|vibe|look|part|first|second|last|one|other|others|fact|ending|look)|a (?:lot|drink|coffee|tea|nap|break|hug|good|beer)|some|sleeping in|so|too|more|less|him|her|dying|being (?:alive|here)|and|but|each other|one another|yours?|yourself|waiting for|seeing you|talking (?:to|with) (?:you|u)|today|tonight|tomorrow|now|hearing|real|life|men|women|guys|girls|sb|smb|mom|mum|dad|boy|kids? today|in|on|at|of|with|as|for|is|nobody|no one|like|just|living|feeling|work(?:ing)? today|school today|mine|thee?|ourselves|himself|herself|themselves|person|every (?:second|minute|bit|part|moment|time|one)|only|love|ing)\b",
    re.IGNORECASE,
)
_FAVOURITE: Final = r"(?:(?:all[- ]time |absolute |current |most )*(?:favou?rite|fav|fave)s?)"

TASTE: Final[tuple[Rule, ...]] = (
    rule(
        "likes",
        rf"{DO}{_NO}(?:like|love|enjoy|care for|drink|watch|play)\s+(?P<v>{LIST})\s+(?:any ?more|these days|any longer)",
        NEAR,
        negated=True,
    ),
    rule(
        "likes",
        rf"used to (?:really |absolutely )?(?:like|love|adore|enjoy|be (?:into|obsessed with|a (?:huge |big )?fan of))\s+(?P<v>{LIST})(?=,? but (?:not any ?more|now|no longer|i (?:don'?t|can'?t|hate)|lately|these days))",
        NEAR,
        negated=True,
    ),
    rule(
        "likes",
        rf"no longer (?:like|love|enjoy|into|a fan of)\s+(?P<v>{LIST}){END}",
        NEAR,
        negated=True,
    ),
    rule(
        "likes",
        rf"(?:{AM})?(?:over|done with) (?P<v>(?-i:[A-Z])[\w ]{{2,20}}?) (?:now|these days)",
        SELF,
        negated=True,
    ),
    rule(
        "dislikes",
        rf"{DO}{_NO}(?:like|enjoy|care for|care about|dig|fancy)\s+{MANY}",
        NEAR,
        many=True,
        refused=_VAGUE,
    ),
    rule(
        "dislikes",
        rf"{DO}(?:hate|hates|despise|despises|detest|loathe|loathes|dislike|dislikes|can'?t stand|cant stand|cannot stand|can not stand|can'?t bear|cannot bear)\s+(?:the taste of |the smell of )?{MANY}",
        NEAR | BARE,
        many=True,
        refused=_VAGUE,
    ),
    rule(
        "dislikes",
        rf"(?:{AM})?not (?:really |exactly |much |much of |at all )*(?:an? (?:big |huge )?fan of|into|fond of|keen on|a big)\s+{MANY}",
        BARE | NEAR,
        many=True,
        refused=_VAGUE,
    ),
    rule(
        "dislikes",
        rf"{AM}(?:so |really |terribly |kinda |very |a bit |a little |dead |deathly )*(?:scared|terrified|afraid|sick|creeped out|grossed out|annoyed) (?:of|by)\s+(?P<v>(?:the dark|spiders?|snakes?|heights|dogs|clowns|flying|needles|bugs|insects|bees|wasps|birds|moths|cockroaches|roaches|thunder|horror (?:movies|films)|sharks|rats|mice|elevators|public speaking|deep water|the ocean|mayo|crowds))(?=\W|\Z)",
        NEAR,
    ),
    rule(
        "likes",
        rf"(?:'s )?{_FAVOURITE} (?P<k>[\w' -]{{2,25}}?)\s*(?:'s|is|are|has to be|would have to be|has always been|gotta be|:|’s)\s+(?:(?:probably|definitely|def|always|still|prob|hands down) )*(?:the colou?r )?(?P<v>(?!that\b|this\b|when\b|you\b|not\b|yours?\b|in\b|on\b|so\b|too\b|closed\b|gone\b|sold\b|back\b|hard\b|because\b)[^\W_][\w'’&+#:/. -]{{0,50}}?)(?=\s*(?:\Z|[,;!?()]|(?:but|because|cuz|bc|cause|and (?:i|my)|lol|haha|it|i|i'm|so|btw|tbh|ever|tho|since|hands down|of all time|by far|right now|rn|for)\b))",
        frozenset(("mine", "kin")),
        importance=3,
        refused=_VAGUE,
    ),
    rule(
        "likes",
        rf"(?:{DO}|{AM})(?:prefers?|would rather have)\s+(?P<v>{LIST})(?:\s+(?:over|to|than|instead of|rather than)\s[\w' -]+?)?{END}",
        NEAR,
        refused=_VAGUE,
    ),
    rule(
        "likes",
        rf"(?:{AM}|{BEEN})?(?:an? )?(?:(?:huge|big|massive|lifelong|long-?time|total|die-?hard|really|also|secret) )*(?:fan|lover) of\s+{MANY}",
        BARE | NEAR,
        many=True,
        refused=_VAGUE,
    ),
    rule(
        "likes",
        rf"{AM}(?:an? )(?:(?:huge|big|massive|lifelong|total|die-?hard|avid) )+(?P<v>(?!fan\b)[\w' -]{{2,30}}?) (?:fan|nerd|lover|enthusiast|buff|geek|junkie|addict)(?=\W|\Z)",
        NEAR,
        refused=_VAGUE,
    ),
    rule(
        "likes",
        rf"(?:{AM}|{BEEN})(?:(?:really|super|so|completely|totally|very|kinda|currently|big|a bit|deep|been|getting|heavily|big time|hugely|mad|proper) )*(?:into|obsessed with|addicted to|crazy about|hooked on|fond of|in love with|passionate about|mad about|keen on|all about|nuts about)\s+{MANY}",
        NEAR,
        many=True,
        refused=re.compile(
            _VAGUE.pattern
            + r"|(?:trouble|bed|tears|overtime|work|my (?:room|car|bed|phone)|town|debt|week|pieces|guys|someone|a (?:guy|girl|boy|wall|problem|fight|friend|boy|rock|tree))\b",
            re.IGNORECASE,
        ),
    ),
    rule(
        "likes",
        rf"(?:{DO}|{AM}|huge |{AM}such an? )(?:lo+ve+s?|likes?|adores?|enjoys?|digs?|fancies|fancy|worships?|cherish|am fond of)\s+(?:playing with |the taste of |to eat |eating |watching |listening to |to watch |drinking )?(?P<v>(?!to (?:say|see|admit|think|know|hear|be\b|point|ask|help you|meet|chat|talk to you))(?:to )?{LIST})(?=\s*(?:\Z|[^\w\s'’&+#/.-]|\.(?!\w)|\s-|(?<![\w'])(?:but|so|because|cuz|cause|cos|bc|since|when|while|if|unless|lately|recently|rn|atm|now|nowadays|these days|lol|lmao|haha+|tho|though|although|too|as|btw|tbh|mostly|at the moment|again|anymore|anyway|who|which|that|than|over|more than|right now|until|till|even|fight me|i|i'm|im|it|it's|its|they|he|she|you|u|my|we|where|then|is|are|was|ok|okay|pls|please|ever|obviously|especially|a lot|alot|so much|very much|and (?:i|i'm|im|my|we|they|he|she|it|it's|its|then|that|also|so|now|hate|love|like|dislike|can'?t|don'?t|work|live|have|am|the|you|not|there)|since|today|every|once|sometimes|not|just|ngl|imo|honestly|this|better|most|from)(?![\w'])))",
        NEAR | BARE,
        many=True,
        refused=_VAGUE,
    ),
    # what one does not want
    rule(
        "boundary",
        rf"(?:please |pls |plz |just |can you |could you |ok |so |and )*(?:(?:don'?t|dont|do not|never)(?: ever)? (?P<v>call me (?!later\b|back\b|yet\b|now\b|again\b|today\b|tomorrow\b|tonight\b|when\b|if\b|at\b|before\b|after\b|on\b|until\b|while\b|so\b|this\b|in\b|anymore\b|during\b|out\b|crazy\b|\Z)[\w' -]{{2,30}}?|(?:ask|talk|speak|joke)(?: to me| with me| me)? about (?!it\b|that\b|this\b|how\b|what\b|us\b|me\b(?! and))[\w' -]{{2,40}}?|(?:mention|bring up) (?!it\b|that\b|this\b|the war\b)[\w' -]{{2,40}}?|(?:use|send me|send) (?:\w+ )?(?:emojis?|voice (?:messages|notes)|pictures|photos|gifs|memes|spoilers|links|caps|slang|exclamation marks|pet names|swear words)(?: with me| to me)?|swear (?:at|around) me|flirt with me|spoil [\w' -]{{2,30}}?|bring [\w' ]{{2,30}} up)|(?:stop) (?P<v2>(?:using \w+ with me|using (?:emojis?|slang|pet names|gifs)|calling me (?!crazy|at|on|all|every)[\w' -]{{2,30}}?|sending me [\w' -]{{2,30}}?|asking (?:me )?about (?!it\b|that\b|this\b)[\w' -]{{2,40}}?|talking about (?!it\b|that\b|this\b)[\w' -]{{2,40}}?|flirting with me|mentioning [\w' -]{{2,30}}?|bringing up [\w' -]{{2,30}}?)))(?=\s*(?:\Z|[,;!()]|[^\w\s'-]|(?:ok|okay|with me|please|pls|ever|again|lol|anymore|any more|i|it|because|bc|cuz|when|or|and|thanks|unless|to me|around me|that's)\b))",
        frozenset(("bare", "self")),
        importance=4,
    ),
    rule(
        "boundary",
        rf"(?:(?:'d|’d|d|would) (?:rather|prefer) not (?:to )?|(?:{AM})?(?:really |so )?(?:not|un) ?comfortable (?:with )?|{DO}(?:don'?t|do not|dont) (?:want|like|wanna|feel comfortable)(?: to)? |(?:{AM})?not (?:ready|willing) to )(?P<v>(?:talk(?:ing)?|discuss(?:ing)?|chat(?:ting)?|get(?:ting)? into|shar(?:e|ing)|speak(?:ing)?) (?:about )?(?!it\b|that\b|this\b|to\b|with\b|you\b|any\b|right\b|now\b|anymore\b|today\b|loudly\b|much\b|at\b)[\w' -]{{2,40}}?)(?=\s*(?:\Z|[,;!()]|[^\w\s'-]|(?:ok|okay|with|please|pls|if|lol|right now|because|bc|at|and|but|tonight|today)\b))",
        SELF,
        importance=4,
    ),
)
