"""`/memory forget`: shows what it found, asks once, and then it is gone for good."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final, Literal, Protocol

from anima.model import Beside, Button
from anima.orders import Obeyed
from memory.longterm.scope import Viewer
from memory.longterm.wanted import Everything, Found, Ids, Kind, Matching, Place, Receipt, What
from service.commands import memory_words as say
from service.commands.parts import Rest, narrow, short, sure
from service.commands.remembering import Eyes, numbered
from service.commands.table import Wish
from service.commands.words import Language, listed

_LONGEST: Final = 120
_Target = Literal["this", "here", "all"]
_TARGETS: Final[Mapping[str, _Target]] = MappingProxyType(
    {
        "this": "this",
        "这": "this",
        "这个": "this",
        "這個": "this",
        "これ": "this",
        "here": "here",
        "这里": "here",
        "這裡": "here",
        "ここ": "here",
        "all": "all",
        "everything": "all",
        "全部": "all",
        "所有": "all",
        "すべて": "all",
        "全て": "all",
    }
)


class Forgets(Protocol):
    """Finds and forgets. Raises `LedgerUnavailable`."""

    async def find(self, viewer: Viewer, what: What) -> Found: ...

    async def forget(
        self, viewer: Viewer, what: What, by: str, asked: tuple[int, ...] = ()
    ) -> Receipt: ...


class Lately(Protocol):
    """Knows what was just said. Raises `LedgerUnavailable`."""

    async def meant(self, viewer: Viewer, who: str, message: str) -> tuple[int, ...]: ...


@dataclass(frozen=True, slots=True)
class Oblivion:
    """Forgets what is somebody's own, when they have seen what that would be."""

    forgets: Forgets
    lately: Lately
    eyes: Eyes

    async def forget(self, wish: Wish) -> Obeyed:
        """`/memory forget this|"text"|#ID|here|all [yes]`."""
        wanted, is_sure = sure(wish.given["what"])
        if not wanted:
            return Obeyed(say.FORGET_WHAT.to(wish.language))
        heard = wish.order.heard
        viewer = await self._owner(wish, wholly=_TARGETS.get(narrow(wanted)) == "all")
        what = await self._meant(wanted, wish, viewer)
        found = await self.forgets.find(viewer, what)
        if not any(found.counts.values()):
            return Obeyed(say.NOTHING_FOUND.to(wish.language))
        if not is_sure:
            return _asked(found, _pinned(wanted, what), wish.language)
        by = heard.speaker.address
        receipt = await self.forgets.forget(viewer, what, by, (heard.id,))
        return Obeyed(_told(receipt, wish.language))

    async def _owner(self, wish: Wish, *, wholly: bool) -> Viewer:
        """Who may forget what is theirs, wherever they say so.

        In company that is the speaker, of whose other sides nobody there knows; *wholly*: all of
        the person.
        """
        viewer = await self.eyes.of(wish)
        mine = (wish.order.heard.speaker.address,)
        speakers = await self.eyes.person(wish) if wholly else viewer.speakers or mine
        return replace(viewer, speakers=speakers)

    async def _meant(self, wanted: str, wish: Wish, viewer: Viewer) -> What:
        heard = wish.order.heard
        match _TARGETS.get(narrow(wanted)):
            case "this":
                ids = await self.lately.meant(viewer, heard.speaker.address, heard.reply_to)
                return Ids(ids)
            case "here":
                return Place()
            case "all":
                return Everything(viewer.speakers)
        numbers = [numbered(word) for word in wanted.split()]
        if wanted.startswith(("#", "＃")) and None not in numbers:
            return Ids(tuple(one for one in numbers if one is not None))
        return Matching(_unquoted(wanted))


def _unquoted(text: str) -> str:
    word, rest = Rest(text).word()
    return text if rest or not word else word


def _pinned(wanted: str, what: What) -> str:
    """How what was meant is called in a moment, when something else may have been said last."""
    if isinstance(what, Ids):
        return " ".join(f"#{one}" for one in what.ids)
    return wanted


def _asked(found: Found, wanted: str, language: Language) -> Obeyed:
    """What was found, and how to confirm."""
    form = f"/memory forget {wanted} yes"
    lines = [say.FOUND.to(language, counts=_counted(found.counts, language))]
    lines += [say.SAMPLE.to(language, text=short(text, _LONGEST)) for text in found.samples]
    lines.append(say.CONFIRM.to(language, form=form))
    button = Button(say.YES_BUTTON.to(language), form)
    return Obeyed("\n".join(lines), beside=Beside((button,)))


def _told(receipt: Receipt, language: Language) -> str:
    lines = [say.FORGOTTEN.to(language, counts=_counted(receipt.counts, language))]
    remains = listed([say.REMAINS[one].to(language) for one in receipt.remains], language)
    lines.append(say.CANNOT.to(language, remains=remains))
    return "\n".join(lines)


def _counted(counts: Mapping[Kind, int], language: Language) -> str:
    told = (
        say.COUNTS[kind].to(language, count=count)
        for kind, count in counts.items()
        if count and kind in say.COUNTS
    )
    return listed(told, language)
