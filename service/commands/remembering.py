"""`/memory what|why|wrong`: what is known of somebody, and on what an answer rests."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from anima.model import Beside, Button, Claim
from anima.orders import Obeyed
from anima.ports import Clock
from anima.roles import Cast
from memory.longterm.knowing import Knowledge, Known
from memory.longterm.scope import Viewer
from service.commands import memory_words as say
from service.commands.parts import short
from service.commands.table import Wish
from service.commands.words import Language

_A_PAGE: Final = 12
"""Lines of what is known in one message."""
_EPISODES: Final = 24
_BUTTONS: Final = 4
"""Memories under which buttons stand; the others have their numbers."""
_LONGEST: Final = 160
_NUMBER: Final = re.compile(r"[#＃]?(?P<number>[0-9]{1,18})")


class Knows(Protocol):
    """Tells what is known, each person what they may know. Raises `LedgerUnavailable`."""

    async def of(self, viewer: Viewer, who: Sequence[str], episodes: int) -> Knowledge: ...

    async def behind(self, viewer: Viewer) -> Sequence[Known] | None: ...

    async def retract(
        self, viewer: Viewer, which: int, who: Sequence[str], at: datetime
    ) -> bool: ...


class Views(Protocol):
    """Tells what decides over what may be told. Raises `LedgerUnavailable`."""

    async def of(self, persona: str, place: int, speakers: Sequence[str]) -> Viewer: ...

    async def person(self, speaker: str) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Eyes:
    """Sees through the eyes of whoever wishes something."""

    views: Views
    cast: Cast

    async def of(self, wish: Wish) -> Viewer:
        """Who is answered, and where."""
        claim, heard = wish.order.claim, wish.order.heard
        return await self.views.of(self.persona(claim), claim.id, [heard.speaker.address])

    async def person(self, wish: Wish) -> tuple[str, ...]:
        """All addresses of who asks."""
        return await self.views.person(wish.order.heard.speaker.address)

    def persona(self, claim: Claim) -> str:
        """Who plays there."""
        return self.cast.of(claim).name


class Hushed(Protocol):
    """Tells whether nothing is remembered in a place just now. Raises `LedgerUnavailable`."""

    async def is_hushed(self, place: int) -> bool: ...


@dataclass(frozen=True, slots=True)
class Remembering:
    """Tells people what is remembered of them."""

    knows: Knows
    eyes: Eyes
    hushed: Hushed
    clock: Clock

    async def what(self, wish: Wish) -> Obeyed:
        """`/memory what [PAGE]`: facts, then what the talks were about, then how many lines."""
        language, claim = wish.language, wish.order.claim
        viewer = await self.eyes.of(wish)
        known = await self.knows.of(viewer, _who(viewer, wish), _EPISODES)
        lines = _told(known, language)
        if await self.hushed.is_hushed(claim.id):
            lines.append(say.SILENCED.to(language))
        return _page(lines, wish.given.get("page", "1"), language)

    async def why(self, wish: Wish) -> Obeyed:
        """`/memory why`: what was in mind at the last answer, with buttons to mend it."""
        language = wish.language
        found = await self.knows.behind(await self.eyes.of(wish))
        if not found:
            line = say.NO_ANSWER if found is None else say.NOTHING_BEHIND
            return Obeyed(line.to(language))
        lines = [say.BEHIND.to(language), *(_behind(one, language) for one in found)]
        lines.append(say.HOW_TO.to(language, id=found[-1].id))
        buttons = [one for known in found[-_BUTTONS:] for one in _mending(known, language)]
        return Obeyed("\n".join(lines), beside=Beside(tuple(buttons)))

    async def wrong(self, wish: Wish) -> Obeyed:
        """`/memory wrong #ID`: a fact is no longer held for true; the right one is just told."""
        word, language = wish.given["memory"], wish.language
        number = numbered(word)
        if number is None:
            return Obeyed(say.NO_NUMBER.to(language, word=short(word)))
        viewer = await self.eyes.of(wish)
        done = await self.knows.retract(viewer, number, _who(viewer, wish), self.clock.now())
        return Obeyed((say.CORRECTED if done else say.NO_SUCH).to(language, id=number))


def _who(viewer: Viewer, wish: Wish) -> Sequence[str]:
    """Whose facts may be told: alone those of the person, in company those of who asks."""
    return viewer.speakers or (wish.order.heard.speaker.address,)


def numbered(word: str) -> int | None:
    """The memory that *word* names by its number."""
    found = _NUMBER.fullmatch(word.strip())
    return int(found["number"]) if found else None


def _told(known: Knowledge, language: Language) -> list[str]:
    """A line for all that there is."""
    facts = [_fact(one, language) for one in known.facts]
    talks = [
        say.TALK.to(language, day=_day(one.at), text=short(one.text, _LONGEST))
        for one in known.episodes
    ]
    since = known.since
    lines = say.LINES.to(language, count=known.lines, day=_day(since)) if since else ""
    return [
        *([say.ABOUT.to(language), *facts] if facts else [say.NOTHING_KNOWN.to(language)]),
        *([say.TALKS.to(language), *talks] if talks else []),
        lines or say.NO_LINES.to(language),
    ]


def _fact(one: Known, language: Language) -> str:
    marks = "".join(
        mark.to(language)
        for mark, holds in ((say.OVER, one.over), (say.HEARSAY, one.hearsay))
        if holds
    )
    slot, text = _slot(one, language), _subjected(one)
    return say.FACT.to(language, slot=slot, text=text, id=one.id, day=_day(one.at), marks=marks)


def _behind(one: Known, language: Language) -> str:
    text = short(one.text, _LONGEST)
    facts = {"id": one.id, "day": _day(one.at), "text": text}
    match one.kind:
        case "fact":
            quote = short(one.quote, _LONGEST)
            slot = _slot(one, language)
            text = _subjected(one)
            return say.FACT_BEHIND.to(language, **facts | {"text": text}, slot=slot, quote=quote)
        case "episode":
            return say.EPISODE_BEHIND.to(language, **facts)
    return say.LINE_BEHIND.to(language, **facts, who=one.name or say.ME.to(language))


def _mending(one: Known, language: Language) -> list[Button]:
    forget = Button(say.FORGET_BUTTON.to(language, id=one.id), f"/memory forget #{one.id}")
    if one.kind != "fact":
        return [forget]
    wrong = Button(say.WRONG_BUTTON.to(language, id=one.id), f"/memory wrong #{one.id}")
    return [forget, wrong]


def _slot(one: Known, language: Language) -> str:
    return say.SLOTS.get(one.slot, say.SLOTS["other"]).to(language)


def _subjected(one: Known) -> str:
    text = short(one.text, _LONGEST)
    return f"{short(one.subject)}: {text}" if one.subject else text


def _day(at: datetime) -> str:
    return f"{at:%Y-%m-%d}"


def _page(lines: Sequence[str], wanted: str, language: Language) -> Obeyed:
    """The page *wanted* of *lines*, with the way to the next one."""
    pages = -(-len(lines) // _A_PAGE)
    page = numbered(wanted) or 0
    if not 0 < page <= pages:
        return Obeyed(say.NO_PAGE.to(language, page=short(wanted), pages=pages))
    text = "\n".join(lines[(page - 1) * _A_PAGE : page * _A_PAGE])
    if page == pages:
        return Obeyed(text)
    following = f"/memory what {page + 1}"
    more = say.PAGE.to(language, page=page, pages=pages, next=page + 1)
    button = Button(say.NEXT_BUTTON.to(language), following)
    return Obeyed(f"{text}\n{more}", beside=Beside((button,)))
