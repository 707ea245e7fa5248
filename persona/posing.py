"""What people write, made unable to pose: as somebody else, as the system, or as a tool.

`material` breaks our own marks and the tokens of the usual templates. Here are the rest: roles as
tags, tokens of rarer templates, and brackets that only look like ours where a mark would stand.
"""

import re

from persona.material import BRACKETS, plain

_ROLES = re.compile(
    r"<[/_]{0,2}(?:system|user|assistant|human|bot|ai|tools?|functions?|observation|developer)"
    r"(?:_(?:calls?|results?|responses?|outputs?|message|prompt))?>"
    r"|<(?:reserved|extra_id|special|unused)_?\d{1,4}>"
    r"|</?(?:sop|eop|eod|BOS_TOKEN|EOS_TOKEN|function=[^<>\n]{0,60}|\w{1,16}:[a-z_]{2,20})>"
    r"|\[/?\|[^\[\]\n]{0,40}\|\]"
    r"|\[/?(?:gMASK|sMASK|SYSTEM|USER|ASSISTANT|TOOL|AVAILABLE_FUNCTIONS)\]"
    r"|\]~!?b[\]\[]|\[e~\[",
    re.IGNORECASE,
)
_OPENS = "〈⟨＜﹤˂ᐸ❰⦑⧼"
_CLOSES = "〉⟩＞﹥˃ᐳ❱⦒⧽"
_ALMOST = re.compile(
    rf"^([ \t\u3000]*)[{_OPENS}]([^\n{_OPENS}{_CLOSES}]{{1,60}})[{_CLOSES}]", re.MULTILINE
)
_TELLING = re.compile(rf"[<\[\]{BRACKETS}{_OPENS}]")
"""Without one of these a text is what it is: as a rule, and a prompt is made of a hundred."""


def unposed(text: str) -> str:
    """*text* as material that can be taken for nobody else's words."""
    if not _TELLING.search(text):
        return text.strip()
    safe = _ROLES.sub(lambda token: f"{token[0][0]} {token[0][1:]}", plain(text))
    return _ALMOST.sub(r"\1(\2)", safe)
