"""What is carried away of somebody's memories, as a page that they can read."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from types import MappingProxyType
from typing import Final

from memory.longterm.carried import FactRecord, LineRecord, PlaceRecord, Record, WishRecord


@dataclass(frozen=True, slots=True)
class _Words:
    """A page in one language."""

    title: str
    alone: str
    company: str
    known: str
    until: str
    we: str
    together: str


_WORDS: Final[Mapping[str, _Words]] = MappingProxyType(
    {
        "en": _Words(
            "What is remembered of you",
            "Between us",
            "In company",
            "What is known of you",
            "until",
            "I",
            "You wished that your private talks know each other.",
        ),
        "zh": _Words(
            "关于你的记忆",
            "我们之间",
            "在群里",
            "我所知道的你",
            "直到",
            "我",
            "你希望各个私聊可以互相知道。",
        ),
        "ja": _Words(
            "あなたについての記憶",
            "ふたりの会話",
            "グループで",
            "あなたについて知っていること",
            "まで",
            "私",
            "個別の会話どうしで覚えていることを分け合うよう望みました。",
        ),
    }
)


async def markdown(
    records: AsyncIterator[Record], language: str, zone: tzinfo
) -> AsyncIterator[str]:
    """*records* as a page in *language*, with the times of *zone*, bit by bit."""
    words = _WORDS.get(language, _WORDS["en"])
    places: dict[int, PlaceRecord] = {}
    heading = ""
    yield f"# {words.title}\n"
    async for one in records:
        match one:
            case PlaceRecord():
                places[one.number] = one
            case LineRecord() | FactRecord():
                wanted = _heading(one, places[one.place], words)
                if wanted != heading:
                    heading = wanted
                    yield f"\n## {heading}\n\n"
                yield _told(one, words, zone)
            case WishRecord():
                yield f"\n{words.together}\n"
            case _:
                pass


def _heading(one: LineRecord | FactRecord, place: PlaceRecord, words: _Words) -> str:
    if isinstance(one, FactRecord):
        return words.known
    where = words.alone if place.private else words.company
    return f"{where}: {_plain(place.title)}" if place.title else where


def _told(one: LineRecord | FactRecord, words: _Words, zone: tzinfo) -> str:
    at = f"{one.at.astimezone(zone):%Y-%m-%d %H:%M}"
    if isinstance(one, LineRecord):
        return f"- {at} **{_plain(one.name) or words.we}**: {_plain(one.text)}\n"
    over = f" ({words.until} {one.valid_to.astimezone(zone):%Y-%m-%d})" if one.valid_to else ""
    return f"- {_plain(one.text)}{over} — “{_plain(one.quote)}”, {at}\n"


def _plain(text: str) -> str:
    """*text* on one line, where no sign of it is taken for a mark of the page."""
    line = " ".join(text.split())
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>#|" else sign for sign in line)
