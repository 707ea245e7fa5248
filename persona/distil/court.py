"""Holds each operation that a model noted against the lines that it read."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, cast

from persona.distil.dated import Grounded, grounded
from persona.distil.grounding import Ground, secret
from persona.distil.noted import Deed, Noted
from persona.distil.telling import telling_words
from persona.distil.told import SLOTS, Known, Told, called
from persona.facts.kinds import Slot
from persona.folding import folded
from persona.language import guess, primary
from persona.posing import unposed

_LONGEST: Final = 300
_DEEDS: Final = ("add", "supersede", "retract", "confirm")
_SELF: Final = frozenset({"", "self", "me", "i", "speaker", "myself", "我", "私", "自分"})
_TIES: Final = frozenset({"family", "partner", "pet"})
"""What is told of these belongs to whoever tells it, unless it is told of somebody who speaks."""
_RECOMMENDS: Final = re.compile(
    r"recommend|suggest|you (?:should|could|might)|try\b|check out|推[荐薦]|建[议議]|试试|試試|不妨"
    r"|おすすめ|オススメ|お勧め|お薦め|てみて|どう[かで]",
    re.IGNORECASE,
)


class Fault(Exception):
    """One check failed."""

    def __init__(self, reason: str, why: str) -> None:
        super().__init__(why)
        self.reason = reason


class Court:
    """Holds one operation after another against the lines."""

    def __init__(self, lines: Sequence[Told], known: Sequence[Known], ours: str) -> None:
        self._lines = lines
        self._known = known
        self._names = called(lines, ours)
        self._ground = Ground.of(
            [ours, *(text for one in lines for text in (one.text, one.name)), *self._names.values()]
        )

    def hears(self, op: Mapping[str, Any]) -> Noted:
        """The operation as it holds. Raises `Fault`."""
        deed = _one_of(op, "op", _DEEDS)
        slot = _one_of(op, "slot", SLOTS)
        line = self._line(op)
        quote = _quoted(line.text, _text(op, "quote"))
        text = self._sentence(op, line, quote)
        value = _valued(quote, text, _text(op, "value"))
        if not line.speaker:
            _ours(deed, slot, quote)
        subject = self._subject(op, line, slot)
        hearsay = bool(subject)
        since, until = _times(op, line, deed)
        return Noted(
            deed=cast("Deed", deed),
            line=line.id,
            speaker=line.speaker,
            subject=subject,
            slot=cast("Slot", slot),
            value=value,
            text=text,
            language=guess(text, line.language or guess(line.text)),
            quote=quote,
            target=self._target(op, deed, line, subject),
            valid_from=since.start if since else None,
            valid_to=until.end if until else None,
            precision=(since or until or _NEVER).precision,
            negated=op.get("negated") is True,
            hearsay=hearsay,
            confidence=min(0.9, max(0.1, _number(op, "confidence", 0.7))),
            importance=round(min(5.0, max(1.0, _number(op, "importance", 3)))),
        )

    def _line(self, op: Mapping[str, Any]) -> Told:
        turn = op.get("turn")
        if isinstance(turn, bool) or not isinstance(turn, int) or not 1 <= turn <= len(self._lines):
            raise Fault("turn", f'"turn" is no number of a line, from 1 to {len(self._lines)}')
        return self._lines[turn - 1]

    def _sentence(self, op: Mapping[str, Any], line: Told, quote: str) -> str:
        text = _text(op, "text")
        codes = {guess(line.text, line.language), guess(quote, line.language)}
        if guess(text, line.language or guess(line.text)) not in codes:
            raise Fault("language", f'"text" is not in the language of the line, {min(codes)}')
        told = op.get("lang")
        if isinstance(told, str) and told and primary(told) not in codes:
            raise Fault("language", f'"lang" is {told!r}, and the line is in {min(codes)}')
        if secret(text) or secret(quote):
            raise Fault("secret", "it holds a secret, which is never noted")
        if unposed(text) != text.strip():
            raise Fault("marks", '"text" holds marks that only look like ours')
        if missed := self._ground.misses(text):
            raise Fault("invented", f'"text" says {missed!r}, which nobody said')
        return text

    def _subject(self, op: Mapping[str, Any], line: Told, slot: str) -> str:
        """Whom it is about; empty for whoever wrote the line. Nobody else is spoken for as one."""
        said = op.get("subject")
        subject = said.strip().strip("‹›") if isinstance(said, str) else ""
        if folded(subject) in self._own(line) or (slot in _TIES and not self._speaks(subject)):
            return ""
        if len(subject) > _LONGEST or folded(subject) not in self._ground.text:
            raise Fault("subject", f'"subject" {subject[:40]!r} stands nowhere in the chat')
        return unposed(subject)

    def _own(self, line: Told) -> frozenset[str]:
        """What means whoever wrote *line*; a name that two of them bear means neither."""
        shared = any(
            folded(one.name) == folded(line.name) and one.speaker != line.speaker
            for one in self._lines
        )
        label = folded(self._names[line.speaker])
        return _SELF | {label} | (set() if shared else {folded(line.name)})

    def _speaks(self, subject: str) -> bool:
        """Whether that is one of those who speak here."""
        heard = {folded(name) for name in self._names.values()}
        return folded(subject) in heard | {folded(one.name) for one in self._lines}

    def _target(self, op: Mapping[str, Any], deed: str, line: Told, subject: str) -> int | None:
        if deed == "add":
            return None
        number = str(op.get("target")).strip().upper().removeprefix("F")
        at = int(number) - 1 if number.isdecimal() and number.isascii() else -1
        if not 0 <= at < len(self._known):
            raise Fault("target", '"target" is none of the known facts')
        known = self._known[at]
        if (known.speaker, folded(known.subject)) != (line.speaker, folded(subject)):
            raise Fault("target", f"F{at + 1} is about somebody else than this line")
        if known.slot != op["slot"]:
            raise Fault("target", f"F{at + 1} is of the slot {known.slot}")
        if subject and not known.hearsay:
            raise Fault("hearsay", f"F{at + 1} was said by that person, who alone changes it")
        return known.id


_NEVER: Final = Grounded(datetime.min, datetime.min, "")  # noqa: DTZ901 # it is never compared


def _ours(deed: str, slot: str, quote: str) -> None:
    """Let through what we promise or recommend, and nothing else that we say."""
    recommends = slot == "other" and _RECOMMENDS.search(quote)
    if deed != "add" or not (slot == "promise" or recommends):
        raise Fault("author", "of our own lines only what we promise or recommend is noted")


def _one_of(op: Mapping[str, Any], name: str, known: Sequence[str]) -> str:
    said = op.get(name)
    if not isinstance(said, str) or said not in known:
        raise Fault("form", f'"{name}" is none of {", ".join(known)}')
    return said


def _text(op: Mapping[str, Any], name: str) -> str:
    said = op.get(name)
    if not isinstance(said, str) or not said.strip() or len(said) > _LONGEST:
        raise Fault("form", f'"{name}" is no text of at most {_LONGEST} letters')
    return said.strip()


def _number(op: Mapping[str, Any], name: str, otherwise: float) -> float:
    said = op.get(name)
    whole = isinstance(said, int | float) and not isinstance(said, bool)
    return cast("float", said) if whole else otherwise


def _quoted(text: str, quote: str) -> str:
    """The very words of *text* that *quote* copies; gaps between words may differ."""
    if quote in text:
        return quote
    words = r"\s+".join(map(re.escape, quote.split()))
    found = re.search(words, text)
    if not found:
        raise Fault("quote", '"quote" is not copied from that line letter by letter')
    return found[0]


def _valued(quote: str, text: str, value: str) -> str:
    """*value*, which tells something and stands both in *quote* and in *text*."""
    plain = " ".join(folded(value).split())
    if not telling_words(value) or any(
        plain not in " ".join(folded(one).split()) for one in (quote, text)
    ):
        raise Fault("value", '"value" is not the words that stand both in "quote" and in "text"')
    return value


def _times(op: Mapping[str, Any], line: Told, deed: str) -> tuple[Grounded | None, Grounded | None]:
    changes = deed != "add" or op.get("negated") is True
    return _time(op, "valid_from", line, now=changes), _time(op, "valid_to", line, now=changes)


def _time(op: Mapping[str, Any], name: str, line: Told, *, now: bool) -> Grounded | None:
    written = op.get(name)
    if not written:
        return None
    time = grounded(str(written), line, now=now)
    if time is None:
        raise Fault("date", f'"{name}" {str(written)[:40]!r} is no time that the line tells')
    return time
