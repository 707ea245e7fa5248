"""What stands before a call: fences, tags, and the marks of vendors."""

import re
from dataclasses import dataclass
from typing import Final

from persona.meant import named
from persona.tools import TOOLS

_TICKS = re.compile(
    r"`{3,4}[ \t]*(?P<lang>[\w+-]{0,20})[ \t]*\n?|`{1,2}(?:[\w+-]{1,20}[ \t]*\n|(?=[^`\s]))"
)
_TICKS_BEGUN = re.compile(r"(?:`{3,4}[ \t]*[\w+-]{0,20}[ \t]*|`{1,2}(?:[\w+-]{1,20}[ \t]*)?)\Z")
_MORE_TICKS = re.compile(r"`{3,4}")
_NAME = r"[^\W\d][^\s<>{}\[\]\"'`|｜]{0,39}"
_ATTRIBUTE = r"(?:\s+[\w-]+=\"[^\"<>\n]{0,40}\")*"
_TAG = re.compile(
    rf"<(?P<slash>/?)[|｜]?(?:DSML[|｜])?(?P<name>{_NAME})"
    rf"(?:{_ATTRIBUTE}\s*[|｜]?>|[|｜]?(?=\s*[{{\[]))"
)
_TAG_BEGUN = re.compile(
    rf"</?[|｜]?(?:DSML[|｜])?(?:{_NAME}(?:{_ATTRIBUTE}(?:\s+[\w-]*(?:=(?:\"[^\"<>\n]{{0,40}})?)?)?"
    r"|[|｜])?)?\s*\Z"
)
_OURS = re.compile(
    r"(?:tool|function)s?[_▁ ]?calls?(?:[_▁ ]\w+)*|functions?(?:=.*)?|invoke|python_tag",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"(?:tool|sep|arg)", re.IGNORECASE)
_FENCED = re.compile(r"(?:tool|function)[\w-]*", re.IGNORECASE)
_MARK = re.compile(r"\[/?(?:TOOL_CALLS?|ARGS|CALL_ID)\]")
_MARKS: Final = ("[TOOL_CALLS]", "[ARGS]", "[CALL_ID]", "[/TOOL_CALLS]")
_INVOKED = re.compile(r"(?:function=|name=\")\"?(?P<name>[\w.:/-]+)")
_WORD = re.compile(r"(?:print\()?(?P<name>[A-Za-z_][\w.:/-]{0,60})")
PARAMETER = re.compile(r"<(?:[|｜]DSML[|｜])?(?:parameter|arg_key)")


@dataclass(slots=True)
class Lead:
    """What stands before a call. *sure*: a mark that only calls have; *name* if it says that."""

    at: int = 0
    sure: bool = False
    name: str = ""
    closed: bool = False
    waits: bool = False


def lead_of(text: str) -> Lead:
    """The lead that *text* begins with, as far as it has come."""
    lead = Lead()
    if text[0] == "`":
        _ticks(text, lead)
    while not lead.waits and not lead.closed and _one_more(text, lead):
        pass
    return lead


def _ticks(text: str, lead: Lead) -> None:
    ticks = _TICKS.match(text)
    lead.waits = bool(_TICKS_BEGUN.match(text))
    if ticks and not lead.waits:
        lead.at, lead.sure = ticks.end(), bool(_FENCED.fullmatch(ticks["lang"] or ""))


def _one_more(text: str, lead: Lead) -> bool:
    """Whether another piece of the lead was found."""
    at = len(text) - len(text[lead.at :].lstrip())
    char = text[at : at + 1]
    lead.at = at if lead.at else 0
    if not char:
        return False
    if char == "<":
        return _tag(text, at, lead)
    if char == "[":
        return _mark(text, at, lead)
    if lead.sure and (ticks := _MORE_TICKS.match(text, at)):
        lead.at = ticks.end()
        return True
    return lead.sure and _name(text, at, lead)


def _tag(text: str, at: int, lead: Lead) -> bool:
    tag = _TAG.match(text, at)
    if tag is None or PARAMETER.match(text, at):
        lead.waits = tag is None and bool(_TAG_BEGUN.match(text, at))
        return False
    ours = bool(_OURS.fullmatch(tag["name"]))
    if ours or lead.sure:
        ended = tag["slash"] or tag["name"].lower().endswith("end")
        lead.closed = bool(ended) and (ours or bool(_BETWEEN.search(tag["name"])))
        invoked = _INVOKED.search(tag[0])
        lead.name = invoked["name"] if invoked else lead.name
    lead.sure = lead.sure or ours
    lead.at = tag.end()
    return True


def _mark(text: str, at: int, lead: Lead) -> bool:
    if mark := _MARK.match(text, at):
        lead.at, lead.sure = mark.end(), True
        return True
    lead.waits = any(mark.startswith(text[at:]) for mark in _MARKS)
    return False


def _name(text: str, at: int, lead: Lead) -> bool:
    word = _WORD.match(text, at)
    if word is None or word.end() == len(text):
        lead.waits = word is not None
        return False
    said = word["name"]
    known = named(said.removesuffix(".call"), tuple(TOOLS))
    if text[word.end()] == "(" and known:
        return False
    if known is None and said not in {"function", "functions", "json"}:
        return False
    lead.at, lead.name = word.end(), known or lead.name
    return True
