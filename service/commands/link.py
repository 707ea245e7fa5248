"""`/link` and `/unlink`: somebody is one person on several platforms, or is so no more."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final, Protocol

from anima.model import Beside, Button
from anima.orders import Obeyed
from memory.joining import HOLDS, Tried
from memory.link_codes import shown, typed
from memory.linking import Change, Parted
from memory.same import Side
from service.commands import link_words as say
from service.commands.mistakes import ALONE
from service.commands.parts import short, sure
from service.commands.table import Argument, Command, Table, Wish
from service.commands.words import Language, Words, listed, ours

CODE: Final = Argument(
    "code",
    "text",
    "CODE",
    Words(
        en="the code from the other platform",
        zh="另一个平台上拿到的代码",
        ja="もう一つのプラットフォームで出たコード",
    ),
    required=False,
)
PLATFORM: Final = Argument(
    "platform",
    "choice",
    "|".join(say.WHERE),
    Words(en="which one; else this one", zh="哪一个；不写就是这里", ja="どこを。なければここ"),
    options=tuple(say.WHERE),
    required=False,
)
_LONGEST_NAME: Final = 40


class Links(Protocol):
    """Knows who is one person. Raises `LedgerUnavailable`."""

    async def others(self, who: str) -> tuple[Side, ...]: ...

    async def code(self, side: Side) -> str: ...

    async def bring(self, side: Side, code: str, *, sure: bool) -> Tried: ...

    async def part(self, who: str, platform: str = "") -> Parted: ...


class Archives(Protocol):
    """What was written down for people."""

    def drop(self, speakers: Collection[str]) -> None: ...


@dataclass(frozen=True, slots=True)
class Linking:
    """Links people by codes. *archives* may hold what was one person's by a link."""

    links: Links
    archives: Archives

    async def link(self, wish: Wish) -> Obeyed:
        """`/link [CODE [yes]]`."""
        language, here = wish.language, _side(wish)
        if here.where.connection:
            return Obeyed(ALONE.to(language, command="link"))
        word, is_sure = sure(wish.given.get("code", ""))
        if not word:
            return await self._begun(here, language)
        code = typed(word)
        if not code:
            return Obeyed(say.NO_CODE.to(language, word=short(word)))
        tried = await self.links.bring(here, code, sure=is_sure)
        return _brought(tried, shown(code), language)

    async def unlink(self, wish: Wish) -> Obeyed:
        """`/unlink [PLATFORM]`."""
        language, who = wish.language, wish.order.heard.speaker.address
        platform = wish.given.get("platform", "")
        parted = await self.links.part(who, platform)
        others = _named(parted.gone or parted.stays, language)
        if parted.gone:
            self.archives.drop([who, *(one.address for one in parted.gone)])
            return Obeyed(say.PARTED.to(language, others=others))
        if not parted.stays:
            return Obeyed(say.NOT_LINKED.to(language))
        where = _where(platform, language)
        return Obeyed(say.NOT_THERE.to(language, where=where, others=others))

    async def _begun(self, here: Side, language: Language) -> Obeyed:
        """With whom somebody is one person, or a code by which they can be."""
        if others := await self.links.others(here.address):
            return Obeyed(say.LINKED_WITH.to(language, others=_named(others, language)))
        code = shown(await self.links.code(here))
        minutes = int(HOLDS.total_seconds() // 60)
        return Obeyed(say.CODE.to(language, code=code, minutes=minutes))


def link(linking: Linking) -> Table:
    """The commands over it."""
    return (
        Command(
            "link",
            Words(
                en="be one person on several platforms",
                zh="让我在几个平台上把你当作同一个人",
                ja="複数のプラットフォームで同じ人として話す",
            ),
            arguments=(CODE,),
            how=linking.link,
            alone=True,
        ),
        Command(
            "unlink",
            Words(en="undo that", zh="解除关联", ja="それを解除する"),
            arguments=(PLATFORM,),
            how=linking.unlink,
            alone=True,
        ),
    )


def told(change: Change, language: str, others: Sequence[Side]) -> str:
    """What the other side is told when it was linked with *others*, or parted from them."""
    spoken = ours(language)
    words = say.TOLD_LINKED if change == "linked" else say.TOLD_PARTED
    return words.to(spoken, others=_named(others, spoken))


def _brought(tried: Tried, code: str, language: Language) -> Obeyed:
    others = _named(tried.sides, language)
    match tried.result:
        case "found":
            form = f"/link {code} yes"
            text = say.FOUND.to(language, others=others, form=form)
            button = Button(say.YES_BUTTON.to(language), form)
            return Obeyed(text, beside=Beside((button,)))
        case "wait":
            return Obeyed(say.WAIT.to(language, minutes=ceil(tried.wait_s / 60)))
        case "linked":
            return Obeyed(say.LINKED.to(language, others=others))
        case "same":
            return Obeyed(say.SAME.to(language, others=others))
        case "own":
            return Obeyed(say.OWN.to(language, code=code))
    return Obeyed(say.WRONG.to(language))


def _side(wish: Wish) -> Side:
    claim, speaker = wish.order.claim, wish.order.heard.speaker
    return Side(speaker.address, speaker.name, claim.id, claim.conversation)


def _named(sides: Sequence[Side], language: Language) -> str:
    return listed([_name(one, language) for one in sides], language)


def _name(side: Side, language: Language) -> str:
    where = _where(side.where.platform, language)
    return say.SIDE.to(language, name=short(side.name, _LONGEST_NAME), where=where)


def _where(platform: str, language: Language) -> str:
    known = say.WHERE.get(platform)
    return known.to(language) if known else platform.title()
