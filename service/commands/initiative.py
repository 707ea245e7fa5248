"""`/quiet` and `/initiative`: whether and when somebody is written to first."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from anima.model import Beside, Button, Heard
from anima.orders import Obeyed
from anima.ports import Clock
from memory.intents import Intent, Mind
from memory.manners import Manner
from persona.initiative.quiet import Forever, Off, Window, wanted
from persona.material import plain
from service.commands import initiative_words as say
from service.commands.parts import short
from service.commands.table import Argument, Command, Table, Who, Wish
from service.commands.words import Language, Words, ours

_WHAT: Final = Argument(
    "what",
    "text",
    "22:00-08:00|3d|off|forever",
    Words(
        en="hours, a while, an end to it, or for ever",
        zh="时段、一段时间、取消，或永远",
        ja="時間帯、期間、解除、またはずっと",
    ),
    required=False,
)
_QUOTED: Final = 60


class Keeps(Protocol):
    """The manners of people and places. All of it raises `LedgerUnavailable`."""

    async def of(self, address: str) -> Manner: ...

    async def hours(self, address: str, window: Window) -> None: ...

    async def quiet(self, address: str, until: datetime) -> None: ...

    async def opt_out(self, address: str, at: datetime) -> None: ...

    async def welcome(self, address: str) -> None: ...

    async def allow(self, place: int, *, allowed: bool) -> None: ...


class Minds(Protocol):
    """Knows what we have in mind. Raises `LedgerUnavailable`."""

    async def of(self, address: str) -> Mind: ...


@dataclass(frozen=True, slots=True)
class First:
    """What the commands ask; *enabled* is the owner's switch."""

    manners: Keeps
    minds: Minds
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Peace:
    """Tells and keeps it. *who* tells what somebody is to the house."""

    first: First
    clock: Clock
    who: Callable[[Heard], Who]

    async def quiet(self, wish: Wish) -> Obeyed:
        """`/quiet [22:00-08:00|3d|off|forever]`; without anything it only tells."""
        address, manners = wish.order.heard.speaker.address, self.first.manners
        text = wish.given.get("what", "")
        match wanted(text) if text else "":
            case Window() as window:
                await manners.hours(address, window)
            case timedelta() as lasts:
                await manners.quiet(address, self.clock.now() + lasts)
            case Forever():
                await manners.opt_out(address, self.clock.now())
            case Off():
                await manners.welcome(address)
                return await self._told(wish, say.WELCOME)
            case None:
                return Obeyed(say.WRONG.to(wish.language))
        return await self._told(wish)

    async def on(self, wish: Wish) -> Obeyed:
        """`/initiative on`: in private for oneself, in a group for all of it."""
        if not wish.order.claim.private:
            return await self._group(wish, allowed=True)
        await self.first.manners.welcome(wish.order.heard.speaker.address)
        return await self._told(wish, say.WELCOME)

    async def off(self, wish: Wish) -> Obeyed:
        """`/initiative off`."""
        if not wish.order.claim.private:
            return await self._group(wish, allowed=False)
        await self.first.manners.opt_out(wish.order.heard.speaker.address, self.clock.now())
        return Obeyed(say.FOREVER.to(wish.language))

    async def why(self, wish: Wish) -> Obeyed:
        """`/initiative why`: what is in mind and when, and what was held back and why."""
        if not self.first.enabled:
            return Obeyed(say.OFF.to(wish.language))
        mind = await self.first.minds.of(wish.order.heard.speaker.address)
        return Obeyed("\n".join(_lines(mind, wish.language)) or say.NOTHING.to(wish.language))

    async def _group(self, wish: Wish, *, allowed: bool) -> Obeyed:
        if self.who(wish.order.heard) != "admins":
            return Obeyed(say.ADMINS_ONLY.to(wish.language))
        await self.first.manners.allow(wish.order.claim.id, allowed=allowed)
        return Obeyed((say.GROUP_ON if allowed else say.GROUP_OFF).to(wish.language))

    async def _told(self, wish: Wish, line: Words = say.HOURS) -> Obeyed:
        """How it stands now."""
        address, language = wish.order.heard.speaker.address, wish.language
        manner = await self.first.manners.of(address)
        if manner.opted_out:
            return Obeyed(say.FOREVER.to(language))
        mind = await self.first.minds.of(address)
        told = [line.to(language, hours=manner.hours)]
        if manner.quiet_until and manner.quiet_until > self.clock.now():
            until = f"{manner.quiet_until.astimezone(mind.zone):%Y-%m-%d %H:%M %Z}"
            told.insert(0, say.UNTIL.to(language, until=until))
        return Obeyed("\n".join(told))


def initiative(first: First, clock: Clock, who: Callable[[Heard], Who]) -> Table:
    """The commands over these parts."""
    peace = Peace(first, clock, who)
    return (
        Command(
            "quiet",
            Words(en="when I leave you alone", zh="什么时候不打扰你", ja="そっとしておく時間"),
            arguments=(_WHAT,),
            how=peace.quiet,
        ),
        Command(
            "initiative",
            Words(
                en="whether I write first, and why",
                zh="我会不会主动找你，为什么",
                ja="こちらから連絡するか、その理由",
            ),
            subcommands=(
                Command(
                    "on",
                    Words(en="I may write first", zh="可以主动找你", ja="こちらからも連絡する"),
                    how=peace.on,
                ),
                Command(
                    "off",
                    Words(en="I never write first", zh="不主动找你", ja="こちらからは連絡しない"),
                    how=peace.off,
                ),
                Command(
                    "why",
                    Words(
                        en="what I have in mind, and what holds me back",
                        zh="我想说什么，为什么没说",
                        ja="考えていることと、書かない理由",
                    ),
                    how=peace.why,
                    alone=True,
                ),
            ),
        ),
    )


def question(language: str, minutes: int, now: datetime) -> tuple[str, Beside]:
    """Asks whether somebody's clock is so many *minutes* ahead of UTC."""
    told = ours(language)
    hours, rest = divmod(abs(minutes), 60)
    clock = f"UTC{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"
    time = f"{now + timedelta(minutes=minutes):%H:%M}"
    button = Button(say.RIGHT.to(told), f"/timezone {clock}")
    return say.QUESTION.to(told, time=time), Beside((button,))


def _lines(mind: Mind, language: Language) -> Iterator[str]:
    if mind.ahead:
        yield say.AHEAD.to(language)
        yield from (_line(one, mind, language) for one in mind.ahead)
    if mind.behind:
        yield say.BEHIND.to(language)
        yield from (_line(one, mind, language) for one in mind.behind)
    if (mind.ahead or mind.behind) and not mind.sure:
        yield say.GUESS.to(language)


def _line(one: Intent, mind: Mind, language: Language) -> str:
    at = (one.ended_at or one.due).astimezone(mind.zone)
    words = f" “{short(plain(one.words), _QUOTED)}”" if one.words else ""
    kind = say.KINDS[one.kind].to(language)
    note = _note(one, language)
    return say.LINE.to(language, when=f"{at:%m-%d %H:%M}", kind=kind, words=words, note=note)


def _note(one: Intent, language: Language) -> str:
    if one.state in say.STATES:
        return say.ENDED.to(language, how=say.STATES[one.state].to(language))
    if not one.held:
        return ""
    why = say.WHY.get(one.held)
    return say.HELD.to(language, why=why.to(language) if why else one.held)
