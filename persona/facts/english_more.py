"""What of English needs more than one look: introductions, ages, birthdays, wishes."""

# one rule a row
# fmt: off
# ruff: noqa: E501, ISC001

import re
from collections.abc import Iterator
from typing import Final

from persona.facts.english_words import KIN, NATION, NOT_NAMES, PARTNER, PET, SIGN
from persona.facts.kinds import Slot
from persona.facts.rule import Clause, Draft, Wished

_HERE: Final = re.compile(
    r"(?:(?:hi|hey|hello|yo|sup)[ ,!]+(?:there|all|everyone|guys)?[ ,!]*)?(?P<v>[A-Z][a-z]{1,12}) here\Z"
)
_AGE: Final = re.compile(
    r"(?:i'?m|i am|im|i'?ve|just|turned|i (?:just |recently )?turned|i am now|am|also|only|a|as a|age:?|aged)(?:\s+(?:a|just|only|now|currently|like|about|turned|literally|almost|actually|already|turning))*\s+(?P<v>[1-9]\d?)(?=\s*(?:\Z|[,.!;)(]|[^\w\s'\"%:/.-]|yo\b|y/?o\b|years?[ -]old|yrs?[ -]old|year[ -]old|and\b|but\b|from\b|now\b|so\b|lol\b|btw\b|with\b|f\b|m\b|today\b|last\b|in\b|this\b))",
    re.IGNORECASE,
)
_AGE_OLD: Final = re.compile(
    r"(?:i'?m|i am|im|as an?)\s+(?:a |an )?(?P<v>[1-9]\d?)[ -](?:years?|yrs?)[ -]old", re.IGNORECASE
)
_NOT_AGE: Final = re.compile(
    r"(?:minutes?|mins?|hours?|days?|weeks?|months?|pages?|percent|%|miles?|km|episodes?|hrs?|lbs?|kg|dollars|bucks|times|points|chapters|steps|in\b(?! (?:a|two|three|\w+ days))|out of)\b"
)
_AGE_BARE: Final = re.compile(r"(?P<v>[1-9]\d)(?:\s*(?:yo|y/o|f|m|years old))?\Z", re.IGNORECASE)
_INTRO: Final = re.compile(
    r"(?:\b(?i:i'm|im|i am|name'?s?(?: is)?|my name is|it's)\s+[A-Z]\w+|\b[A-Z]\w+ here|intro\b.*)[^a-z]*\Z"
)
_AGED: Final = re.compile(
    r"(?P<s>my (?:(?:little|big|older|younger|baby|twin|oldest" rf"|youngest) )*(?:{KIN}|{PARTNER}))(?: [A-Z][a-z]+)?(?:'s| is| just turned" r"| turned| is turning| turns)(?: (?:now|only|just|already))? (?P<v>\d{1,3})(?=\W|\Z)(?! (?:minutes|hours|days|weeks|months|miles|times|cm|pounds|feet))",
    re.IGNORECASE,
)
_AGED_ON: Final = re.compile(
    r"(?:he|she)(?:'s| is| just turned| turned)(?: (?:now|only|just|already))? (?P<v>\d{1,3})(?=\W|\Z)(?! (?:minutes|hours|days|weeks|months|miles|times))",
    re.IGNORECASE,
)
_KIN_BEFORE: Final = re.compile(
    r"(?P<s>(?:my|an?) (?:(?:little|big|older|younger|baby|twin|oldest" rf"|youngest) )*(?:{KIN}|{PARTNER}))\b[^.!?\n]*\Z",
    re.IGNORECASE,
)
_BORN: Final = re.compile(r"\b(?:birthday|b-?day|bornday|born|dob|date of birth)\b", re.IGNORECASE)
_TURN: Final = re.compile(r"\bi(?:'m| am)? turn(?:ing)? \d\d\b", re.IGNORECASE)
_NOT_BORN: Final = re.compile(
    r"\b(?:happy|(?:birth|b-?)day (?:cake|party|present|gift|card|wishes|song|dinner|girl|boy|surprise|plans|bash|weekend|trip|month|week))\b|\bborn (?:yesterday|ready)|\b(?:your|ur|his|her|their|our|its|friend'?s|boss'?s?|cat'?s|dog'?s|teacher'?s|someone'?s|whose|the|neighbou?r'?s|coworker'?s|roommate'?s|(?:he|she|they|it|baby|who|you) (?:was|were|is|are))\b[^,]{0,20}\b(?:b-?(?:irth)?day|born)\b",
    re.IGNORECASE,
)
_OF: Final = re.compile(
    rf"\b(?P<kin>my (?:(?:little|big|older|younger|baby|twin|best) )*(?:{KIN}|{PARTNER}))'?s b(?:irth)?-?day|\b(?P<named>(?-i:[A-Z])[a-z]+)'s b(?:irth)?-?day",
    re.IGNORECASE,
)
_OWN_DAY: Final = re.compile(
    r"\b(?:my|i|i'm|im)\b|\A\W*(?:birthday|b-?day|born|dob)|it'?s my", re.IGNORECASE
)
_SHE_NAMED: Final = re.compile(
    r"(?i:(?:his|her|its|their|the \w+'s) names?(?:'s| is|s are| are)|(?:he|she|it|they)(?:'s| is|'re| are) (?:called|named)|(?:(?:we|i) )?(?:named|called|naming) (?:him|her|it|them))\s+(?P<v>[A-Z][\w'-]*(?: [A-Z][\w'-]*)*)(?:(?: and| &) (?P<w>[A-Z][\w'-]*))?"
)
_TWO_NAMED: Final = re.compile(
    rf"(?:my|our) (?:\w+ ){{0,2}}?(?P<k>{PET}|{KIN})(?:s'|s'?s?|es)? names are " r"(?P<v>[A-Z][\w-]*)(?:,? and |,? & | )(?P<w>[A-Z][\w-]*)"
)
_IT_IS: Final = re.compile(r"it'?s (?:actually )?(?P<v>[A-Z][a-z]+)\Z")
_TAKEN_IN: Final = re.compile(
    rf"\b(?:i|we|my|our|got|adopted|rescued|have)\b[^.\n]*?\b(?P<k>{PET})s?\b", re.IGNORECASE
)
_KIN_IN: Final = re.compile(
    rf"\b(?:have|got|my)\b[^.!?\n]*?\b(?P<k>{KIN}|{PARTNER})\b[^.!?\n]{{0,12}}\Z", re.IGNORECASE
)
_APPOSED: Final = re.compile(r"(?P<v>[A-Z][a-z]{1,12})(?:(?: and| &) (?P<w>[A-Z][a-z]{1,12}))?\Z")
_BE: Final = (
    r"(?:i'?m|i am|im|i'?ve been|i have been|i was|still|also|been)(?: (?:a|an|also"
    r"|still|now|always|been|totally|proudly|very|actually|strictly|mostly|fully"
    r"|practicing|really))*"
)
_CHANGED: Final = re.compile(
    r"\b(?:(?:switched|changed|swapped) (?:jobs|companies)|(?:got|have|started) an? (?:new )?job|new job)\b[^.\n]{0,12}[.!,;\s]*\Z",
    re.IGNORECASE,
)
_WITH: Final = re.compile(r"(?i:i'?m|i am) (?:now )?(?:at|with) (?P<v>[A-Z][\w&-]+)(?: now)?\Z")
_OTHER: Final = (
    re.compile(rf"{_BE}\s+(?P<v>vegan|vegetarian|pescatarian|muslim|catholic|christian" r"|jewish|buddhist|hindu|sikh|atheist|agnostic|teetotal|left[- ]?handed" rf"|ambidextrous|lefty|sober|{SIGN})(?=\s*(?:\Z|[^\w\s'-]|(?:and|but|so" r"|since|for|if|too|now|lol|btw|by|actually|because|i|here|as|rising|sun)\b))", re.IGNORECASE),
    re.compile(r"(?:i'?m|i am|im) (?:an? )?(?P<v>[IE][NS][TF][JP])\b", re.IGNORECASE),
)
_NOT_OTHER: Final = re.compile(
    r"(?:i'?m |i am |im )?(?:no longer|not) (?:an? )?(?P<v>vegan|vegetarian|pescatarian|muslim|catholic|christian|religious|sober)(?: any ?more)?\b",
    re.IGNORECASE,
)
_PROMISE: Final = re.compile(
    r"\b(?:i )?(?:promise|swear|vow|pinky promise)(?: you| u)?(?: that)?,? (?:to |i'?ll |i will |i'?m gonna |i won'?t |to never )(?P<v>[^.!?\n,]{3,60})",
    re.IGNORECASE,
)


def more(clause: Clause) -> Iterator[Draft]:
    """What the rules of single patterns leave."""
    if (here := _HERE.match(clause.said)) and not re.match(rf"{NOT_NAMES}\Z|{NATION}\Z", here["v"]):
        yield Draft("name", here["v"])
    it_is = _IT_IS.match(clause.said)
    if it_is and re.search(r"\bmy name (?:is not|isn'?t)\b[^.!?]*\Z", clause.before):
        yield Draft("name", it_is["v"])
    yield from _others_called(clause)
    if two := _TWO_NAMED.search(clause.said):
        slot: Slot = "pet" if re.fullmatch(PET, two["k"]) else "family"
        yield from (Draft(slot, two[name], two["k"]) for name in ("v", "w"))
    yield from _at_work(clause)
    yield from _aged(clause)
    for pattern in _OTHER:
        if found := pattern.match(clause.said):
            yield Draft("other", clause.text[found.start("v") : found.end("v")])
    if found := _NOT_OTHER.match(clause.said):
        yield Draft("other", clause.text[found.start("v") : found.end("v")], negated=True)


def _others_called(clause: Clause) -> Iterator[Draft]:
    """The name of a pet, or of somebody near, who was spoken of just before."""
    pets, kin = [*_TAKEN_IN.finditer(clause.before)], _KIN_IN.search(clause.before)
    found = _SHE_NAMED.match(clause.said) or (
        _APPOSED.match(clause.said)
        if re.search(r"(?:\b(?:have|has|got|'ve)\b[^.!?]{0,40})[,:]\s*\Z", clause.before)
        else None
    )
    if found is None or not (pets or kin) or re.match(rf"{NOT_NAMES}\Z", found["v"]):
        return
    side = (kin["k"] if kin else pets[-1]["k"]).lower()
    slot: Slot = "pet" if not kin else "partner" if re.fullmatch(PARTNER, side) else "family"
    for name in ("v", "w"):
        if found[name]:
            yield Draft(slot, clause.text[found.start(name) : found.end(name)], side)


def _at_work(clause: Clause) -> Iterator[Draft]:
    """Where somebody is who has just said that they changed jobs."""
    found = _WITH.match(clause.said) if _CHANGED.search(clause.before) else None
    if found and not re.match(rf"{NOT_NAMES}\Z", found["v"]):
        yield Draft("job", found["v"], "at")


def _aged(clause: Clause) -> Iterator[Draft]:
    if of := _AGED.search(clause.said):
        yield Draft("other", of["v"], "age", of["s"])
        return
    kin = _KIN_BEFORE.search(clause.before)
    if kin and (on := _AGED_ON.match(clause.said)):
        yield Draft("other", on["v"], "age", re.sub(r"\Aan?\b", "my", kin["s"]))
        return
    found = _AGE_OLD.search(clause.said) or _AGE.match(clause.said)
    if found is None and _INTRO.search(clause.before):
        found = _AGE_BARE.match(clause.said)
    if found and not _NOT_AGE.match(clause.said[found.end() :].lstrip()):
        yield Draft("other", found["v"], "age")


def born(said: str) -> str | None:
    """Whose birthday the clause *said* tells; None: nobody's."""
    if not (_BORN.search(said) or _TURN.search(said)):
        return None
    of = _OF.search(said)
    if of and of["kin"]:
        return of["kin"]
    if of and of["named"].lower() not in {"it", "today", "tomorrow", "that", "what"}:
        return of["named"]
    return "" if _OWN_DAY.search(said) and not _NOT_BORN.search(said) else None


_ASK: Final = (
    r"\A\W*(?:(?:please|pls|plz|also|just|and|so|can you|could you|will you"
    r"|would you|can u|could u|ok|okay"
    r"|hey|btw|oh|actually|you can|u can|but|now|for future reference|hm+"
    r"|bot)[, ]+)*"
)
_REMEMBER: Final = (
    re.compile(rf"{_ASK}(?:remember|memori[sz]e|note|note down|write down|save" r"|make a note|take note)(?: this| that| the fact that| of the fact that)?(?:\s*[:,-]\s*|\s+)(?P<v>(?:(?<=[:,-] )|(?<=[:,-])|(?=(?:i|i'm|im|i've|my|we|our|the(?=.*\b(?:is|are|was|has|in)\b)|me|mom|mum|dad|tom)\b)).{3,})\Z", re.IGNORECASE),
    re.compile(rf"{_ASK}(?:don'?t|do not|dont|never|you won'?t) forget(?: that| this" r"| the fact that)?(?:\s*[:,]\s*|\s+)(?P<v>(?:i|i'm|im|i've|my|we|our)\b.{3,})\Z", re.IGNORECASE),
    re.compile(rf"{_ASK}(?:keep|bear) (?:it )?in mind(?: that|:|,)?\s+(?P<v>.{{3,}})\Z", re.IGNORECASE),
)
_FORGET: Final = (
    re.compile(rf"{_ASK}(?:don'?t|do not|dont) (?:remember|save|store|note|record" r"|memori[sz]e)(?: this| that| any of this)?(?: please| pls| ok)?\s*[:,]\s*(?P<v>.{3,})\Z", re.IGNORECASE),
    re.compile(rf"{_ASK}(?:forget|delete|erase|wipe|don'?t (?:remember|save|store" r"|record)|do not (?:remember|save|store|record)|dont (?:remember|save|store)|unremember|stop remembering|clear)(?: about)?\s+(?P<v>(?:(?:everything|anything|all|what|whatever|the (?:thing|stuff|part|things)|the fact) (?:that )?(?:i|you|we|about)\b|that (?:i|my|we)\b|my\b|i \w+|about my\b|our\b|the (?:address|number|surgery|name|story|conversation|photo|password|date)\b).{0,60}?)(?:,? (?:please|pls|ok|okay|thanks))*\W*\Z", re.IGNORECASE),
    re.compile(rf"{_ASK}(?:forget)\s+(?P<v>)(?:that|this)(?: (?:please|pls))\W*\Z" r"|\A\W*(?:please|pls|plz)[, ]+forget (?:that|this|it)\W*\Z", re.IGNORECASE),
)


def wished(said: str) -> Wished | None:
    """What the sentence *said* wants remembered or forgotten."""
    for kind, patterns in (("forget", _FORGET), ("remember", _REMEMBER)):
        for pattern in patterns:
            found = pattern.match(said)
            if found and "?" not in found[0]:
                start, end = found.span("v") if found["v"] is not None else (0, 0)
                return Wished(kind, start, end)  # type: ignore[arg-type]  # one of the two above
    return None


def promised(said: str) -> tuple[int, int] | None:
    """Where in the sentence *said* stands what is promised."""
    if found := _PROMISE.search(said):
        return found.span("v")
    return None
