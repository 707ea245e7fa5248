"""The Markdown of chat, read cautiously: what is not clearly markup is left as it was typed."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from bots.emphasis import Inline, Span

# A fence stands on a line of its own; one that is never closed reaches to the end of the text.
_FENCE = re.compile(
    r"^(?P<opener>[ \t]*(?P<ticks>`{3,})[ \t]*(?P<language>[\w+#.-]*)[ \t]*\n)"
    r"(?P<code>.*?)(?P<closer>\n?^[ \t]*(?P=ticks)`*[ \t]*$|\Z)",
    re.MULTILINE | re.DOTALL | re.ASCII,
)
_QUOTE = re.compile(r"> (?!\s*\S{0,3}\s*<)(?=\S)")  # but "> <" and "> _ <" are faces
_HEADING = re.compile(r"#{1,6} +(?=\S)")
_ESCAPED = re.compile(r"\\(?=(?:>|#{1,6}) )")
_EMPTY_QUOTE = re.compile(r">[ \t]*")
_INLINE = re.compile(r"[*_`\\\[]|~~|\|\|")
_MARKS = ("*", "_", "`", "\\", "~~", "||", "](", "> ", "# ")


@dataclass(frozen=True)
class Parsed:
    """A text and its spans in order, outer ones first. *removed* is what no reader sees."""

    source: str
    spans: tuple[Span, ...] = ()
    removed: tuple[tuple[int, int], ...] = ()

    @cached_property
    def plain(self) -> str:
        """The text without its markers."""
        if not self.removed:
            return self.source
        ends = [0, *(end for _, end in self.removed)]
        starts = [*(start for start, _ in self.removed), len(self.source)]
        return "".join(self.source[a:b] for a, b in zip(ends, starts, strict=True))

    def place(self, at: int) -> int:
        """Where the source's position *at* is in the plain text."""
        return at - self._shifts[bisect_right(self._ends, at)]

    @cached_property
    def _ends(self) -> list[int]:
        return [end for _, end in self.removed]

    @cached_property
    def _shifts(self) -> list[int]:
        return [0, *accumulate(end - start for start, end in self.removed)]


class _Reading:
    """The lines of a text, read one after the other."""

    def __init__(self, source: str) -> None:
        self.spans: list[Span] = []
        self.escapes: list[int] = []
        self._source = source
        self._quoted = False

    def run(self) -> None:
        at = 0
        while at < len(self._source):
            if fence := _FENCE.match(self._source, at):
                self._fence(fence)
                end = fence.end()
            else:
                end = self._source.find("\n", at)
                end = len(self._source) if end < 0 else end
                self._line(at, end)
            at = end + 1

    def _fence(self, found: re.Match[str]) -> None:
        self._quoted = False
        if found["code"] and not found["code"].isspace():
            opener, closer = found["opener"], found["closer"]
            span = Span("pre", *found.span("code"), opener, closer, language=found["language"])
            self.spans.append(span)

    def _line(self, at: int, end: int) -> None:
        text, quoted = self._source, False
        if mark := _QUOTE.match(text, at, end):
            quoted, at = True, mark.end()
            self.spans.append(Span("blockquote", at, end, mark.group(), ""))
        elif self._quoted and _EMPTY_QUOTE.fullmatch(text, at, end):
            quoted = True
            self.spans.append(Span("blockquote", end, end, text[at:end], ""))
            at = end
        elif mark := _HEADING.match(text, at, end):
            at = mark.end()
            self.spans.append(Span("heading", at, end, mark.group(), ""))
        elif mark := _ESCAPED.match(text, at, end):
            self.escapes.append(at)
            at = mark.end()
        self._quoted = quoted
        if _INLINE.search(text, at, end):
            inline = Inline(text, at, end)
            self.spans += inline.spans
            self.escapes += inline.escapes


def parse(source: str) -> Parsed:
    """Read *source*; whatever is not clearly a marker stays text."""
    if not any(mark in source for mark in _MARKS):
        return Parsed(source)
    reading = _Reading(source)
    reading.run()
    spans = sorted(reading.spans, key=lambda span: (span.start, -span.end))
    removed = [(at, at + 1) for at in reading.escapes]
    for span in spans:
        removed.append((span.start - len(span.opener), span.start))
        removed.append((span.end, span.end + len(span.closer)))
    return Parsed(source, tuple(spans), tuple(sorted(r for r in removed if r[0] < r[1])))
