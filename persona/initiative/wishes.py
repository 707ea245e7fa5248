"""What people say of being written to, in plain words: leave me alone, and good night."""

import re
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

from persona.folding import folded
from persona.glance import asks
from persona.initiative.quiet import Window

_MOST: Final = 80
"""A longer text is about more than that."""
_AWAKE: Final = timedelta(hours=7)
"""Nobody who says good night is up before."""

_ALONE: Final = re.compile(
    r"(?:please |pls |plz |hey,? |and |so )*"
    r"(?:(?:do not|don'?t|never|stop) (?:ever )?"
    r"(?:(?:writ|text|messag|contact|dm|ping)(?:e|ing|ting)? (?:to )?me"
    r"(?: (?:first|unasked|unless i (?:write|ask)(?: to you)?(?: first)?|by yourself"
    r"|on your own|out of the blue|again))"
    r"|(?:writ|start|messag|text|reach)\w*(?: out)?(?: conversations?| talks?)? first"
    r"|reach(?:ing)? out(?: to me)?(?: first)?)"
    r"|stop (?:writing|texting|messaging|contacting|pinging|dming) (?:to )?me"
    r"|(?:only|just) (?:write|answer|reply|text|message|talk)(?: to)?(?: me)? (?:when|if) i "
    r"(?:write|ask|text|message|talk)(?: to you)?(?: first)?)"
    r"(?: please| pls| ok(?:ay)?| anymore| any more| again| ever)*[\s.!~,]*"
    r"|(?:请|請|拜托|麻烦|麻煩|你)*(?:以后|以後|今后|今後)?(?:请|請|你)?"
    r"(?:别|別|不要|不用|不必|勿)(?:再|老是|总是|總是)*(?:主动|主動)(?:来|來)?(?:再)?"
    r"(?:找|联系|聯繫|聯絡|联络|给|給|发|發|跟|和|打扰|打擾)[^,,。?吗嗎]{0,8}(?:了|啦|吧|哦|好吗)?[\s。.!~]*"
    r"|(?:もう)?(?:先に|(?:そっち|そちら|あなた|君|自分)?(?:こっち|こちら|あなた|そっち|そちら|自分|そっちのほう)?から"
    r"(?:は|先に|は先に|もう)?)(?:連絡|メッセージ|メール|話しかけ|ライン|line|dm)[^。?]{0,6}?"
    r"(?:しないで|してこないで|送らないで|送ってこないで|来ないで|こないで|ないで|やめて|いらない|要らない|不要)"
    r"(?:ください|下さい|ほしい|欲しい|くれ|ね|よ|です)*[\s。.!~]*"
)
_NIGHT: Final = re.compile(
    r"\b(?:good ?night|g'?night|nighty? night|gn|gnite|sleep (?:well|tight)"
    r"|(?:going|gonna go|off|heading) to (?:bed|sleep)|(?:time|got to go|gotta go) (?:for|to) bed"
    r"|i'?m (?:going to )?sleep(?:ing)?(?: now)?)\b"
    r"|晚安|(?:我)?(?:先|要|去)睡(?:了|觉|覺|啦)|我睡了"
    r"|おやすみ|お休みなさい|(?:もう|そろそろ|先に)?寝(?:る|ます)(?:ね|わ|よ|。|\Z)"
)
_MORNING: Final = re.compile(
    r"\A\W*(?:good ?morning|g'?morning|mornin'?g?\b|gm\b|早上好|早安|早啊|早呀|早[!~。]*\Z|早晨好"
    r"|おはよ|お早う|おっは)"
)


def wants_peace(text: str) -> bool:
    """Whether *text* says to its reader, and nothing else, never to write first."""
    said = folded(text).strip()
    return len(said) <= _MOST and bool(_ALONE.fullmatch(said))


def sleeps(text: str) -> bool:
    """Whether somebody who says *text* goes to bed now."""
    said = folded(text)
    return len(said) <= _MOST and bool(_NIGHT.search(said)) and not asks(said)


def rises(at: datetime, zone: tzinfo, hours: Window) -> datetime:
    """The morning of somebody in *zone* who went to bed *at* that time."""
    slept = (at + _AWAKE).astimezone(UTC)
    return max(slept, hours.over(at, zone)) if _is_late(at, zone) else slept


def greets_morning(text: str) -> bool:
    """Whether *text* begins with a good morning."""
    return bool(_MORNING.search(folded(text)[:_MOST]))


def _is_late(at: datetime, zone: tzinfo) -> bool:
    """Whether a night lies ahead: a nap by day ends when it ends."""
    return not 6 <= at.astimezone(zone).hour < 19  # noqa: PLR2004 - from six to seven it is day
