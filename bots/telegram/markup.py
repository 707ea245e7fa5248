"""A model's Markdown as Telegram wants it: plain text, and entities counted in UTF-16 units."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bots.markdown import Parsed, parse
from bots.text import utf16_len

_STYLES = frozenset({"bold", "italic", "strikethrough", "spoiler"})
_ASTRAL = "\U00010000"


@dataclass(frozen=True, slots=True)
class Entity:
    """One range of a text that Telegram shows in its own way. Offsets count UTF-16 units."""

    kind: str
    offset: int
    length: int
    url: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text as people read it, and how it looks."""

    text: str
    entities: tuple[Entity, ...] = ()


def to_entities(markdown: str) -> Rendered:
    """Translate what is clearly markup; nothing else of the text changes, and nothing is lost."""
    parsed = parse(markdown)
    text = parsed.plain
    if not parsed.spans:
        return Rendered(text)
    found = _trimmed(text, _exclusive(_ranges(parsed)))
    return Rendered(text, tuple(_in_utf16(text, _once(found))))


def _ranges(parsed: Parsed) -> list[Entity]:
    """The spans as ranges of the plain text, in code points, with touching quote lines joined."""
    ranges: list[Entity] = []
    quote, reached = -1, -1
    for span in parsed.spans:
        start, end = parsed.place(span.start), parsed.place(span.end)
        if span.kind == "blockquote":
            if reached == span.start - len(span.opener):
                start = ranges[quote].offset
                ranges[quote] = Entity("blockquote", start, end - start)
            else:
                quote = len(ranges)
                ranges.append(Entity("blockquote", start, end - start))
            reached = span.end + 1
            continue
        kind = "bold" if span.kind == "heading" else span.kind
        ranges.append(Entity(kind, start, end - start, span.url, span.language))
    return ranges


def _exclusive(ranges: list[Entity]) -> Iterator[Entity]:
    """Give way as Telegram demands: code stands in no link or spoiler, and styles go round it."""
    codes: list[Entity] = []
    covered = 0
    for known in ranges:
        if known.kind in {"text_link", "spoiler"}:
            covered = max(covered, known.offset + known.length)
        elif known.kind == "code" and known.offset >= covered:
            codes.append(known)
    places = [code.offset for code in codes]
    for known in ranges:
        if known.kind in _STYLES:
            first = bisect_left(places, known.offset)
            last = bisect_left(places, known.offset + known.length)
            yield from _around(known, codes[first:last])
        elif known.kind != "code":
            yield known
    yield from codes


def _around(outer: Entity, holes: Iterable[Entity]) -> Iterator[Entity]:
    at, end = outer.offset, outer.offset + outer.length
    for hole in holes:
        yield Entity(outer.kind, at, hole.offset - at)
        at = hole.offset + hole.length
    yield Entity(outer.kind, at, end - at)


def _trimmed(text: str, ranges: Iterable[Entity]) -> Iterator[Entity]:
    """Leave out the white space at the ends, except in code, where it has a meaning."""
    for known in ranges:
        content = text[known.offset : known.offset + known.length]
        stripped = content.strip()
        if not stripped:
            continue
        if stripped == content or known.kind in {"code", "pre"}:
            yield known
        else:
            skipped = len(content) - len(content.lstrip())
            yield replace(known, offset=known.offset + skipped, length=len(stripped))


def _once(ranges: Iterable[Entity]) -> Iterator[Entity]:
    """Leave out what lies within its own kind, as bold in a heading does."""
    reached: dict[str, int] = {}
    for known in sorted(ranges, key=lambda r: (r.offset, -r.length)):
        end = known.offset + known.length
        if end > reached.get(known.kind, 0):
            reached[known.kind] = end
            yield known


def _in_utf16(text: str, ranges: Iterable[Entity]) -> Iterator[Entity]:
    if utf16_len(text) == len(text):
        yield from ranges
        return
    astral = [at for at, char in enumerate(text) if char >= _ASTRAL]
    for known in ranges:
        end = known.offset + known.length
        start = known.offset + bisect_left(astral, known.offset)
        yield replace(known, offset=start, length=end + bisect_left(astral, end) - start)
