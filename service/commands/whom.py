"""Whom somebody means by WHO: an address, a name that only one has, or the reply they write in."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from anima.orders import Order
from memory.admitting import Person
from service.commands import access_words as say
from service.commands.parts import short
from service.commands.table import Argument
from service.commands.words import Language, Words, listed

_ADDRESS: Final = re.compile(r"(?P<platform>[a-z]{1,16}):(?P<number>\S{1,64})")
_MOST_TOLD: Final = 5

WHO_HELP: Final = Words(
    en="an address like telegram:123, a name that only one has, or a reply to their message",
    zh="像 telegram:123 这样的地址、唯一的名字，或者直接回复对方的消息",
    ja="telegram:123 のようなアドレス、一人だけの名前、またはその人への返信",
)
WHO: Final = Argument("who", "person", "WHO", WHO_HELP, required=False)
ALLOWED: Final = Argument(
    "who",
    "person",
    "CODE|WHO|list|invite",
    Words(
        en="a pairing code, somebody, the list, or a new invitation",
        zh="配对码、某人、名单，或新的邀请",
        ja="コード、だれか、一覧、または新しい招待",
    ),
    required=False,
)
REASON: Final = Argument(
    "reason", "text", "REASON", Words(en="why", zh="原因", ja="理由"), required=False
)


class Knows(Protocol):
    """Knows people by more than their address. Raises `LedgerUnavailable`."""

    async def replied_to(self, place: int, message: str) -> Person | None: ...

    async def addressed(self, address: str) -> Person: ...

    async def named(self, name: str) -> Sequence[Person]: ...


@dataclass(frozen=True, slots=True)
class Unclear:
    """One line for who asked: nobody is meant, or more than one."""

    text: str


@dataclass(frozen=True, slots=True)
class Whom:
    """Finds out who is meant."""

    visitors: Knows

    async def replied(self, order: Order) -> Person | None:
        """Who wrote what *order* replies to."""
        if not order.heard.reply_to:
            return None
        return await self.visitors.replied_to(order.claim.id, order.heard.reply_to)

    async def meant(self, word: str, language: Language) -> Person | Unclear:
        """Who is called *word*."""
        plain = unicodedata.normalize("NFKC", word).strip()
        if address := _ADDRESS.fullmatch(plain):
            return await self.visitors.addressed(address[0])
        found = await self.visitors.named(plain)
        if len(found) == 1:
            return found[0]
        if not found:
            return Unclear(say.NOBODY.to(language, word=short(word)))
        known = listed([one.address for one in found[:_MOST_TOLD]], language)
        return Unclear(say.SEVERAL.to(language, word=short(word), known=known))


def called(person: Person) -> str:
    """How *person* is told of: by the name, and by what is unmistakable."""
    return f"{short(person.name)} ({person.address})" if person.name else person.address
