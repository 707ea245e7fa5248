"""What a call may be dressed in: a fence, tags, a vendor's marks; and where all of it ends."""

import re
from dataclasses import dataclass
from typing import Final

from anima.model import Call
from persona.lead import PARAMETER, Lead, lead_of
from persona.meant import named
from persona.repair import Reading, read, read_call
from persona.shapes import GLANCE, call, calls_of, mentions, no_call
from persona.tools import TOOLS

_OURS_BEGUN = re.compile(r"<[|｜/]*(?:DSML[|｜])?(?:tool[_▁]|function[=_]|invoke name)")
_KEYS: Final = ("tool", "name", "function", *TOOLS)
_QUOTED_KEY = re.compile(rf"[\"'“]{{1,2}}(?:{'|'.join(_KEYS)})[\"'”]\s*[:：]")
_QUOTED_KEYS: Final = tuple(f'"{key}":' for key in _KEYS)
_XML_END = re.compile(r"</(?:function|tool_call|invoke|[|｜]DSML[|｜]invoke)>")
_CODE = re.compile(r"[\"'{}<(]")
_ANY_END = re.compile(r"</[^<>\n]{1,40}>|end[|｜]>|\n")
_XML = re.compile(
    r"<(?:[|｜]DSML[|｜])?(?:parameter(?:=|\s+name=\")(?P<name>\w+)[^<>]*>"
    r"|arg_key>\s*(?P<key>\w+)\s*</arg_key>\s*<arg_value>)"
    r"\s*(?P<value>.*?)\s*(?=</(?:[|｜]DSML[|｜])?(?:parameter|arg_value|function|tool_call)|\Z)",
    re.DOTALL,
)
_PYTHONIC = re.compile(r"\[?\s*(?:print\()?(?P<name>[A-Za-z_]\w*)(?:\.call)?\(")
_PYTHON_GOES_ON = re.compile(r"\s*,\s*(?P<name>[A-Za-z_]\w*)\(")
_PYTHON_BEGUN_AGAIN = re.compile(r"\s*(?:,\s*\w*)?\Z")
_PYTHONIC_BEGUN = re.compile(r"\[\s*(?:[A-Za-z_]\w*)?\Z")


@dataclass(frozen=True, slots=True)
class Judged:
    """The first *end* characters are decided: they are speech, or these *calls*."""

    end: int
    calls: tuple[Call, ...] | None = None


def judge(text: str, *, final: bool) -> Judged | None:
    """What *text* begins with; None while it may yet be either, which *final* text may not."""
    if text[0] in "\"'“":
        return _lost_brace(text, final=final)
    lead = lead_of(text)
    if lead.waits or (lead.at == len(text) and not lead.closed):
        hidden = lead.sure or mentions(text.strip("<|｜/>\n")) or bool(_OURS_BEGUN.match(text))
        return _at_the_end(text, lead, hidden=hidden) if final else None
    return _body(text, lead, final=final)


def _at_the_end(text: str, lead: Lead, *, hidden: bool) -> Judged:
    name = lead.name or (named(text[lead.at :], tuple(TOOLS)) if lead.sure else "")
    calls = (call(name, "{}"),) if name else ()
    return Judged(len(text), calls if hidden else None)


def _body(text: str, lead: Lead, *, final: bool) -> Judged | None:
    char = text[lead.at : lead.at + 1]
    if lead.closed:
        return Judged(lead.at, (call(lead.name, "{}"),) if lead.name else ())
    if pythonic := _PYTHONIC.match(text, lead.at):
        return _python(text, lead, pythonic, final=final)
    if char in "{｛[［":
        return _json(text, lead, final=final)
    if lead.at and not lead.sure and char in "\"'“":
        return _lost_brace(text, lead.at, final=final)
    if not lead.sure:
        return Judged(max(lead.at, 1))
    rest = _xml if PARAMETER.match(text, lead.at) else _torn
    return rest(text, lead, final=final)


def _torn(text: str, lead: Lead, *, final: bool) -> Judged | None:
    """A mark of calls before something that is none: a call broken beyond repair, or talk."""
    opening = text[lead.at : lead.at + GLANCE]
    if len(opening) < GLANCE and not final:
        return None
    if not (mentions(opening) and _CODE.search(opening)):
        return Judged(max(lead.at, 1))
    end = _ANY_END.search(text, lead.at)
    if end is None and not final:
        return None
    return Judged(end.end() if end else len(text), ())


def _json(text: str, lead: Lead, *, final: bool) -> Judged | None:
    if not final and _PYTHONIC_BEGUN.match(text, lead.at):
        return None
    opening = text[lead.at :]
    if opening[0] in "[［" and opening[1:].strip()[:1] not in {"", "{", "｛"}:
        return _torn(text, lead, final=final) if lead.sure else Judged(max(lead.at, 1))
    if not lead.sure and (no_call(opening) or (final and not mentions(opening))):
        return Judged(lead.at + 1)
    reading = read(text, lead.at)
    if reading is None:
        return Judged(lead.at + 1)
    if not reading.whole and not final:
        return None
    return _settled(text, lead, reading, final=final)


def _settled(text: str, lead: Lead, reading: Reading, *, final: bool) -> Judged | None:
    calls = calls_of(reading.value)
    if calls is None and lead.sure:
        calls = (call(lead.name, reading.value),) if lead.name else ()
    if calls is not None:
        return Judged(reading.end, calls)
    if reading.sound or not mentions(text[lead.at : reading.end]):
        return Judged(reading.end)
    stop = text.find("\n", max(reading.end - 1, lead.at))
    if stop < 0 and not final:
        return None
    return Judged(stop if stop >= 0 else len(text), ())


def _python(text: str, lead: Lead, said: re.Match[str], *, final: bool) -> Judged | None:
    """Calls as Python writes them, one or several."""
    calls: list[Call] = []
    found: re.Match[str] | None = said
    at = lead.at
    while found:
        name = named(found["name"], tuple(TOOLS))
        if name is None and not lead.sure:
            return Judged(max(lead.at, 1))
        reading = read_call(text, found.end())
        if reading is None or (not reading.whole and not final):
            return None if reading else Judged(max(lead.at, 1))
        calls.append(call(name or found["name"], reading.value))
        at = reading.end
        found = _PYTHON_GOES_ON.match(text, at)
        if not (found or final) and _PYTHON_BEGUN_AGAIN.match(text, at):
            return None
    return Judged(at, tuple(calls))


def _xml(text: str, lead: Lead, *, final: bool) -> Judged | None:
    end = _XML_END.search(text, lead.at)
    if end is None and not final:
        return None
    stop = end.end() if end else len(text)
    given = {
        each["name"] or each["key"]: each["value"] for each in _XML.finditer(text[lead.at : stop])
    }
    return Judged(stop, (call(lead.name, given),) if lead.name else ())


def _plain(text: str) -> str:
    """*text* with straight quotes, of which the first counts once."""
    straight = text.replace("'", '"').replace("“", '"').replace("”", '"')
    return straight[1:] if straight.startswith('""') else straight


def _lost_brace(text: str, at: int = 0, *, final: bool) -> Judged | None:
    """A line that begins like the inside of a call."""
    inside, speech = text[at:], Judged(max(at, 1))
    if not _QUOTED_KEY.match(inside):
        may = any(key.startswith(_plain(inside)) for key in _QUOTED_KEYS)
        return None if may and not final else speech
    if no_call("{" + inside):
        return speech
    reading = read("{" + inside)
    if reading is None or (not reading.whole and not final):
        return None if reading else speech
    calls = calls_of(reading.value)
    return speech if calls is None else Judged(at + reading.end - 1, calls)
