"""Long Markdown in pieces that a platform takes, each of them whole Markdown by itself."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from bots.emphasis import Span
from bots.graphemes import together
from bots.markdown import parse

_PARAGRAPH = re.compile(r"\n(?=[^\S\n]*\n)")
_LINE = re.compile(r"\n")
_CLOSING = r"[」』”’\")）】]*+"
# A sentence's end within brackets as narrow as a face is part of the face: (。_。)
_SENTENCE = re.compile(
    rf"(?: [。！？…～♪!?.~]++ {_CLOSING} (?=\s) | [。！？…～]++ {_CLOSING} )"
    r"(?! [^()（）\s]{0,8} [)）] )",
    re.VERBOSE,
)
_SPACE = re.compile(r"(?<=\S)(?=[^\S\n])")
_BLANK_LINES = re.compile(r"(?:[^\S\n]*\n)+")
_TRIES = 40  # cuts that would change what people read, before the next best kind is tried
_LINEWISE = frozenset({"blockquote", "heading"})
_LINES_ONLY, _CLOSED = 1, 2

Measure = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class _Cut:
    """Two pieces of one text, with the marks closed in the first and opened again in the rest."""

    left: str
    right: str


def pieces(markdown: str, limit: int, measure: Measure) -> tuple[str, ...]:
    """Cut *markdown* so that each piece measures *limit* at most and is not blank.

    Text that fits is returned as it is. What people read of the pieces is what they would have
    read of the whole, but for white space at the cuts.
    """
    found = []
    rest = markdown
    while measure(rest) > limit:
        cut = _Head(rest, limit, measure).cut()
        found.append(cut.left)
        rest = cut.right
    found.append(rest)
    return tuple(piece for piece in found if piece and not piece.isspace())


class _Head:
    """The beginning of a text that is too long, and where it may be cut."""

    def __init__(self, text: str, limit: int, measure: Measure) -> None:
        self._limit, self._measure = limit, measure
        self._room = _longest(text, limit, measure)
        # Marks reach no further than their line and fences are looked at as far as one could fit,
        # so that the rest of a very long text need not be read again for each piece.
        edge = text.find("\n", min(len(text), self._room + limit))
        self._text, self._beyond = (text, "") if edge < 0 else (text[:edge], text[edge:])
        self._parsed = parse(self._text)
        self._shown = _squeezed(self._parsed.plain)
        self._closed = self._closed_places()

    def cut(self) -> _Cut:
        """The best cut: the latest of the best kind that changes nothing people read."""
        for places, crossing in self._ways():
            sound = (self._at(place) for place in places if crossing or self._free(place))
            fitting = (cut for cut in sound if cut and self._measure(cut.left) <= self._limit)
            for cut in islice(fitting, _TRIES):
                if self._faithful(cut):
                    return _Cut(cut.left, cut.right + self._beyond)
        return self._anywhere()

    def _ways(self) -> Iterator[tuple[Iterator[int], bool]]:
        room, low = self._room, self._room // 4
        if fence := self._fence_to_keep():
            yield iter([fence]), False
        for floor, crossing in ((low, False), (0, False), (low, True), (0, True)):
            for kind in (_PARAGRAPH, _LINE, _SENTENCE, _SPACE):
                yield self._ends(kind, floor), crossing
            yield (at for at in range(room, floor, -1) if not together(self._text, at)), crossing

    def _ends(self, kind: re.Pattern[str], floor: int) -> Iterator[int]:
        """Where matches of *kind* end, or begin if they are line ends; the latest first."""
        found = kind.finditer(self._text, floor, min(len(self._text), self._room + 1))
        ends = [m.start() if m.group() == "\n" else m.end() for m in found]
        return (end for end in reversed(ends) if floor < end <= self._room)

    def _fence_to_keep(self) -> int:
        """Where a fence begins that does not fit here but would fit into a piece of its own."""
        for span in self._parsed.spans:
            start, end = span.start - len(span.opener), span.end + len(span.closer)
            if span.kind == "pre" and 0 < start <= self._room < end:
                whole = self._text[start:end]
                return start - 1 if self._measure(whole) <= self._limit else 0
        return 0

    def _crossed(self, place: int) -> list[Span]:
        return [
            span
            for span in self._parsed.spans
            if span.start - len(span.opener) < place < span.end + len(span.closer)
        ]

    def _closed_places(self) -> bytearray:
        """For each place whether a cut there would cut a span; in a long fence: but for lines."""
        places = bytearray(len(self._text) + 1)
        for span in self._parsed.spans:
            start, end = span.start - len(span.opener), span.end + len(span.closer)
            if span.kind == "pre" and self._measure(self._text[start:end]) > self._limit:
                places[start + 1 : end] = bytes([_LINES_ONLY]) * (end - start - 1)
            elif span.kind not in _LINEWISE:
                places[start + 1 : end] = bytes([_CLOSED]) * (end - start - 1)
        return places

    def _free(self, place: int) -> bool:
        """Whether a cut here cuts no span but a quote, a heading, or at a line a long fence."""
        closed = self._closed[place]
        return not closed or (closed == _LINES_ONLY and self._text[place : place + 1] == "\n")

    def _at(self, place: int) -> _Cut | None:
        crossed = self._crossed(place)
        if any(not span.start < place < span.end for span in crossed):
            return None
        left, right = self._text[:place], self._text[place:]
        fenced = any(span.kind == "pre" for span in crossed)
        if fenced:
            right = right.removeprefix("\n")
        elif right.startswith("\n"):
            left, right = left.rstrip(), right[1:]
            if blank := _BLANK_LINES.match(right):
                right = right[blank.end() :]
        else:
            left, right = left.rstrip(), right.lstrip()
        closers = "".join(_closer(span) for span in reversed(crossed))
        openers = "".join(span.opener for span in crossed)
        if not left.strip() or len(right) + len(openers) >= len(self._text):
            return None
        return _Cut(left + closers, openers + right)

    def _faithful(self, cut: _Cut) -> bool:
        return _squeezed(parse(cut.left).plain) + _squeezed(parse(cut.right).plain) == self._shown

    def _anywhere(self) -> _Cut:
        """No cut leaves all marks as they are, as in a soup of stars: keep every character."""
        places = (at for at in range(self._room, 0, -1) if not together(self._text, at))
        place = next(places, max(1, self._room))
        return _Cut(self._text[:place], self._text[place:] + self._beyond)


def _closer(span: Span) -> str:
    """How *span* is closed where it is cut, even if the writer never closed it."""
    if span.kind == "pre":
        return "\n" + span.opener.strip().removesuffix(span.language).rstrip()
    return span.closer


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _longest(text: str, limit: int, measure: Measure) -> int:
    """How many characters of *text* fit."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(text[:middle]) <= limit:
            low = middle
        else:
            high = middle - 1
    return low
