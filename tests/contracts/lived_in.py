"""A house that remembers: talk, the scribe, forgetting, and a cache that tells what it lost."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from anima.model import Conversation, Incoming, Speaker
from memory.longterm.erasing import Erasing
from memory.longterm.forgetting import Forgetting
from memory.longterm.hushing import Hushing
from memory.longterm.keeping_facts import Learned, keep_fact
from memory.longterm.scope import Origin, Viewer
from memory.longterm.scribe import Scribe
from memory.tables import conversation, heard, memory, said
from tests.contracts.databases import BOTS, Store
from tests.contracts.ledgers import START
from tests.contracts.words import MEI, arrival, place

KOKORO = "kokoro"
TOM = Speaker("telegram", "6", "Tom", "en")
ROOM = place("-100")


class Dropped(list[int]):
    """The places whose tails were dropped."""

    async def drop(self, conversation_id: int) -> None:
        self.append(conversation_id)


@dataclass
class House:
    """All of it over one database."""

    store: Store
    tail: Dropped = field(default_factory=Dropped)
    keys: int = 0

    @property
    def erasing(self) -> Erasing:
        """What tidies up the files."""
        return Erasing(self.store.database)

    @property
    def forgetting(self) -> Forgetting:
        """What forgets."""
        clock = self.store.ledgers.clock
        return Forgetting(self.store.database, clock, self.tail, self.erasing)

    @property
    def hushing(self) -> Hushing:
        """What keeps silent."""
        return Hushing(self.store.database, self.store.ledgers.clock, self.tail, self.erasing)

    async def hear(self, who: Speaker, text: str, where: Conversation, **more: Any) -> None:
        """*who* says *text*, and whatever comes *more*; a chat with a minus is a group."""
        self.keys += 1
        key = f"k{self.keys}"
        alone = not where.chat.startswith("-")
        spoken = Incoming(where, who, text, self.store.now, key, private=alone, **more)
        await self.store.ledger.hear([arrival(key, spoken)])

    async def answer(self, turn: int, *answers: str) -> int:
        """Kokoro answers all that waits in one place, which is remembered."""
        (claim,) = await self.store.ledger.claim(1, BOTS)
        now = self.store.now
        here = await self.store.goes_on(claim, turn, *answers, persona=KOKORO, at=now)
        await Scribe(self.store.database).catch_up(here)
        return here

    async def talk(
        self,
        turn: int,
        text: str,
        *answers: str,
        who: Speaker = MEI,
        where: Conversation | None = None,
    ) -> int:
        """A whole turn with one person, by default in a place of their own."""
        await self.hear(who, text, where or place(who.id))
        return await self.answer(turn, *answers)

    async def remembered(self) -> Sequence[str]:
        """The words of long-term memory."""
        return [row.text for row in await self.store.rows(memory)]

    async def written(self) -> Sequence[str]:
        """The words of the ledger that are left."""
        rows = [*await self.store.rows(heard), *await self.store.rows(said)]
        return [row.text for row in rows if row.text]

    async def id_of(self, text: str) -> int:
        """The memory that says so."""
        wanted = select(memory.c.id).where(memory.c.text == text)
        return await self.store.database.read(
            lambda connection: int(connection.execute(wanted).scalar_one())
        )

    async def learn(self, here: int, who: Speaker, text: str, *sources: int) -> int:
        """A fact that comes from those lines, all said in *here*."""
        private = not (await self._chat(here)).startswith("-")
        origin = Origin(KOKORO, here, private, who.address)
        fact = Learned(who.address, who.name, text, START, "other", text, text)
        return await self.store.database.write(
            lambda connection: keep_fact(connection, [origin], fact, sources)
        )

    async def _chat(self, here: int) -> str:
        wanted = select(conversation.c.chat).where(conversation.c.id == here)
        return await self.store.database.read(
            lambda connection: str(connection.execute(wanted).scalar_one())
        )


def viewer(here: int, who: Speaker = MEI, *, private: bool = True) -> Viewer:
    """*who* in that place."""
    return Viewer(KOKORO, here, private, (who.address,))
