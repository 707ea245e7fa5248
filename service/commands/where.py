"""Which place somebody means: here, or one by its address or name."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from anima.ports import BotName
from memory.audience import Place
from service.commands.parts import narrow, short
from service.commands.table import Wish
from service.commands.words import Words, listed

HERE: Final = frozenset({"here", "这里", "這裡", "ここ"})
_NOBODY: Final = Words(
    en="I know no place and nobody called “{word}”. Say here, a group's title, somebody's name, or"
    " an address like telegram:123.",
    zh="我不知道 “{word}” 是哪里或是谁。可以写：here（这里）、群名、某人的名字，或 telegram:123"
    " 这样的地址。",
    ja="「{word}」という場所や人は知りません。here（ここ）、グループ名、人の名前、"
    "または telegram:123 のようなアドレスで書いてください。",
)
_SEVERAL: Final = Words(
    en="There are several called “{word}”. Say which: {known}",
    zh="叫 “{word}” 的不止一个，请说是哪个：{known}",
    ja="「{word}」はいくつかあります。どれか教えてください：{known}",
)
_MOST: Final = 6


class Audience(Protocol):
    """Knows where people are. Raises `LedgerUnavailable`."""

    async def everyone(
        self, now: datetime, bots: Collection[BotName], but: int
    ) -> Sequence[int]: ...

    async def meant(self, word: str, bots: Collection[BotName]) -> Sequence[Place]: ...

    async def names(
        self, places: Collection[int], bots: Collection[BotName]
    ) -> Mapping[int, str]: ...


@dataclass(frozen=True, slots=True)
class Unclear:
    """One line for who asked."""

    text: str


@dataclass(frozen=True, slots=True)
class Wheres:
    """Finds places among those that the bots of *channels* can reach."""

    audience: Audience
    channels: Mapping[BotName, object]

    async def meant(self, word: str, wish: Wish) -> int | Unclear:
        """The ledger's id of the place."""
        if narrow(word) in HERE:
            return wish.order.claim.id
        found = await self.audience.meant(word, tuple(self.channels))
        if len(found) == 1:
            return found[0].id
        if not found:
            return Unclear(_NOBODY.to(wish.language, word=short(word)))
        known = listed([one.address for one in found[:_MOST]], wish.language)
        return Unclear(_SEVERAL.to(wish.language, word=short(word), known=known))

    async def everyone(self, now: datetime, but: int) -> Sequence[int]:
        """Where each person is told what is for all."""
        return await self.audience.everyone(now, tuple(self.channels), but)

    async def names(self, places: Collection[int]) -> Mapping[int, str]:
        """What people call these."""
        return await self.audience.names(places, tuple(self.channels))
