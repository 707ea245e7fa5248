"""How models fall out of their part in English: as a product, or with a stock refusal.

What a model says of itself is made of few words, and each phrase allows these and no others; so
"a language model" is one, and "a language model engineer" is somebody. Before each phrase stands
one of the words that it cannot do without, which is cheap to look for.
"""

from typing import Final

from persona.slip_brands import VENDORS

_ONLY = r"(?:(?:just|only|merely|simply|actually|really|basically|essentially|still|also) )*"
_KIND = (
    r"(?:(?:AI|artificial|intelligence|machine|learning|large|big|small|advanced|powerful"
    r"|neural|network|text|text-based|generative|pre-?trained|trained|language|natural|processing"
    r"|assistant|chat|chatbot|bot|virtual|digital|helpful|friendly|harmless|conversational"
    r"|computer"
    r"|program|software|system|model|llm|based|AI-?(?:powered|based)|multilingual|mere|simple"
    r"|humble"
    r"|agent|called|named|known|as)[, -]+)*?"
)
_END = (
    r"(?=\s*(?:$|[,;:.!?)\]–—…。])|\s-\s|\s(?:and|so|but|or|who|that|which|i|i'm|trained|created"
    r"|developed|designed|made|built|by|from|without|with|here|my|like|after|not|rather|running"
    r"|based|called|named|capable|programmed|powered|there)\b)"
)
_MODEL = r"(?:(?:language|AI|ml|chat|learning) models?|llm|neural network)"
_CLAUSE = (
    r"(?:(?:^|[,;:(–—.!?…\"]\s*|\s-\s)(?:(?:but|and|so|because|since|well|however|though|although"
    r"|while|sorry|oh|yes|no|yeah|hi|hello|hey|only|just|please note|note|remember|speaking) )*"
    r"|\b(?:but|because|since|that|however) )"
)
_AS = rf"{_CLAUSE}(?:as|being|speaking as) (?:an? |the |your )?{_ONLY}(?:an? )?"
_CANNOT = (
    r"(?:can't(?! wait| help but| help \w+ing| get enough| believe| stop| complain)"
    r"|cannot(?! wait)"
    r"|can not|(?:'m| am) (?:not able|unable|not allowed|not permitted|not capable)"
    r"|won't be able to)"
)
_LIMIT = (
    rf"[^.!?]{{0,60}}?\b(?:i|my)(?:{_CANNOT}|[^.!?]{{0,24}}?(?:\b{_CANNOT}"
    r"|\b(?:don't|do not) (?:have|possess|experience|hold|feel)\b|\black\b|\bhave no\b"
    r"|\bam limited\b"
    r"|\b(?:am|'m|was|been) (?:programmed|designed|trained|not designed)|\bprogramming\b"
    r"|\bguidelines\b"
    r"|\bmust (?:decline|refuse|follow|adhere|inform|clarify)|\blimitations\b|'m limited"
    r"|\bunable\b))"
)
_MADE = r"(?:created|developed|trained|made|built|designed|powered|provided|released)"

ENGLISH: Final = (
    (
        "model|llm|network",
        (
            rf"\b@I@ (?:[\w.-]+(?: [\w.-]+)?, )?{_ONLY}(?:not(?:hing)? (?:more than|but) )?"
            rf"(?:an? |the |your )?{_KIND}{_MODEL}{_END}"
            r"|\byou(?:'re| are) (?:talking|speaking|chatting|interacting) (?:to|with) an? "
            rf"{_KIND}{_MODEL}{_END}"
        ),
    ),
    (
        "as a|as A|as just|as the|as your|as l|being ",
        rf"{_AS}{_KIND}{_MODEL}{_END}",
    ),
    (
        "AI |artificial",
        (
            rf"{_AS}(?:AI|artificial intelligence)[ -](?:language |virtual |chat)?"
            rf"(?:assistant|chatbot|bot|system|program|tool|agent){_END}"
        ),
    ),
    (
        "as a|as A|as just|as the|as your|as l|being ",
        (
            rf"{_AS}(?:AI|artificial intelligence|virtual assistant|digital assistant|chatbot|bot"
            rf"|computer program|machine){_END}(?:{_LIMIT}|\W*$)"
        ),
    ),
    (
        "@BRAND@",
        (
            rf"\b(?:@I@|my name is|you can call me) (?:actually )?(?:an? )?{_KIND}@BRAND@(?!'s"
            rf"|[\w-]|\s\w+er\b){_END}"
        ),
    ),
    (
        (
            "created by|developed by|trained by|made by|built by|designed by|powered by"
            "|provided by"
            "|released by"
        ),
        (
            rf"\b(?:@I@|i was|i've been|i have been) {_ONLY}(?:an? |the )?{_KIND}(?:{_MODEL} "
            r"|AI |assistant )?"
            rf"(?:(?:that|which|who) (?:was|is|has been) )?{_MADE}"
            r" (?:and \w+ )?by (?:the )?(?:\w+ (?:team )?"
            rf"at )?{VENDORS}(?=\W*$|[,;:.)(]|\s(?:and|to|as|in|with|called|for|based|that|so)\b)"
        ),
    ),
    (
        "AI from|AI by|assistant from|assistant by|model from|model by",
        rf"\b(?:@I@) {_KIND}(?:AI|assistant|model) (?:from|by) {VENDORS}(?!\w)",
    ),
    (
        "decline|engage|cannot and",
        (
            r"\bi (?:must|have to) (?:\w+ly )?decline (?:this|that|your|such|to (?:answer|assist"
            r"|engage|provide|respond))\b"
            rf"|\bi ?{_CANNOT}(?: to)? engage in (?:that|this|such|any)\b[^.!?,;]{{0,24}}?"
            r"\b(?:conversations?|discussions?|roleplay|topics?|content|behaviou?r|requests?)\b"
            r"|\bi cannot and will not (?:provide|help|assist|create|generate|write|engage)\b"
        ),
    ),
    (
        "as a",
        (
            r"\bi (?:don't|do not) (?:have|possess|experience) [^.!?]{0,40}?"
            r"\b(?:personal|emotions?|feelings?|consciousness|opinions?|beliefs?)\b[^.!?]{0,40}?"
            rf"\bas an? {_KIND}(?:AI|artificial intelligence|model|assistant)\W*$"
        ),
    ),
    (
        "sorry|apolog|unfortunately|afraid|regret",
        (
            rf"\b(?:sorry|apologi[sz]e|apologies|unfortunately|i'm afraid"
            rf"|i regret)\b[^.!?]{{0,40}}?\bi ?"
            rf"(?:{_CANNOT}|must decline)(?: to)? (?:\w+ly )?(?:assist\b(?! at)|comply\b"
            r"|fulfil+\b|accommodate\b"
            r"|help(?: you)? with (?:that|this|such|your)(?: requests?| question| topic"
            r"| task)?(?=\W*$|[,;.!?])"
            r"|help(?: you)? with (?:such |that kind of |this kind of )\w+"
            r"|(?:provide|offer|generate|create|produce)\b[^,;.!?]{0,40}?\b(?:information"
            r"|content|advice"
            r"|assistance|instructions|guidance|material|requests?|response)\b"
            r"|(?:engage|participate) in\b|discuss (?:that|this|such)? ?topics?\b"
            r"|continue (?:with )?this conv"
            r"|(?:answer|respond to|process|complete) (?:that|this|your"
            r"|such)(?: kind of)? (?:request|prompt))"
        ),
    ),
    (
        "sorry, but",
        (
            r"\bsorry, but i (?:can't|cannot|can not) (?:answer|respond to|discuss|talk about"
            r"|help with) "
            r"(?:that|this|your|such)(?: question| topic| request| subject)?(?=\W*$)"
        ),
    ),
    (
        "request|prompt",
        (
            rf"\bi ?{_CANNOT}(?: to)? (?:fulfil+|comply with|satisfy|accommodate"
            r"|process) (?:that|this|your"
            r"|the|such)(?: \w+){0,2}? (?:requests?|prompt)\b"
        ),
    ),
    (
        "request|task",
        (
            rf"\bi ?{_CANNOT}(?: to)? (?:assist|help)(?: you)? with (?:(?:that|this|your"
            r"|such)(?: \w+)?"
            r" requests?\b|this task\b)"
        ),
    ),
    (
        "assist",
        (
            rf"\bi ?{_CANNOT}(?: to)? assist(?: you)? (?:with|in) (?:that|this|such|your|any"
            r"|creating|illegal)\b"
        ),
    ),
    (
        "with that|with this",
        r"^\W*i (?:can't|cannot) (?:help|assist)(?: you)? with (?:that|this)\W*$",
    ),
    (
        "explicit|sexual|harmful|illegal|inappropriate|offensive|hateful|nsfw|unethical",
        (
            rf"\bi ?{_CANNOT}(?: to)? (?:create|generate|write|provide|produce|discuss"
            r"|engage in|promote|help with)"
            r"(?: \w+){0,4}? (?:explicit|sexual(?:ly)?|harmful|illegal|inappropriate"
            r"|offensive|hateful"
            r"|nsfw|unethical)\b"
        ),
    ),
    (
        "against",
        (
            r"\bagainst (?:my|openai's) (?:programming|(?:content |safety |ethical "
            r"|usage )*(?:guidelines|polic))"
        ),
    ),
    (
        "violat",
        r"\bviolat\w+ (?:my|our|openai's) (?:\w+ ){0,2}?(?:guidelines|polic|terms of)",
    ),
    (
        "policy|policies",
        r"\b(?:violat\w+|against) (?:the )?(?:content|usage) polic",
    ),
    (
        "beyond|outside",
        r"\b(?:beyond|outside)(?: of)? my (?:current )?(?:scope|capabilities|programming)\b",
    ),
    (
        "personal",
        (
            r"\bi (?:don't|do not) have personal (?:opinions|beliefs|emotions|preferences"
            r"|feelings|experiences"
            r" (?:or|and) (?:emotions|feelings|opinions))\b"
        ),
    ),
    (
        "real-time|real time|realtime",
        r"\bi (?:don't|do not) have (?:access to )?real-?time (?:access|information|data)\b",
    ),
    (
        "cutoff|cut-off|update|training",
        (
            r"\b(?:my )knowledge cut-?off\b|\bas of my last (?:knowledge "
            r"|training )?(?:update|training)\b"
            r"|\b(?:based on|in) my training data\b"
            r"|\bmy training(?: data)? (?:cut-?off|only goes|ends in|was last|is limited)"
        ),
    ),
    (
        "programmed|designed",
        (
            r"\bi(?:'m| am| was) (?:programmed|designed) to (?:assist|provide|follow|avoid"
            r"|be (?:a )?help|help)\b"
        ),
    ),
)

_A_BOT = (
    r"(?:AI|artificial intelligence|bot|robot|chatbot|chat bot|program|computer program|algorithm"
    r"|software|machine|virtual assistant|digital assistant|AI assistant|virtual being"
    r"|simulation)"
)

ENGLISH_OF_ITSELF: Final = (
    (
        "AI|artificial|bot|program|algorithm|software|machine|assistant|virtual|simulation",
        rf"\b@I@ {_ONLY}(?:an? |the |your )?{_KIND}{_A_BOT}{_END}",
    ),
    ("code", r"\b@I@ (?:just |only |nothing but )?(?:lines? of )?code\b(?=\W|$)"),
    (
        "person|human",
        (
            r"\b@I@ not (?:a )?(?:real|actual) (?:person|human)\b"
            r"|\b@I@ not (?:a )?human(?: being)?(?=\W*$|,)"
        ),
    ),
    (
        ("as a|as A|as just|as the|as your|as l|being "),
        rf"{_AS}{_KIND}{_A_BOT}(?=\s*,|\s(?:i|my)\b)",
    ),
)
"""What a persona that stays in its character does not say of itself either."""
