"""By whose leave we write in their own chats, in dictionaries."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from anima.mandate import Entrusted, Mandate, Written
from anima.model import Conversation


@dataclass
class Book:
    """The port `Mandates` in dictionaries."""

    given: dict[str, Mandate] = field(default_factory=dict)
    chats: dict[Conversation, Entrusted] = field(default_factory=dict)

    async def keep(self, mandate: Mandate) -> None:
        self.given[mandate.id] = mandate

    async def of(self, bot: str, connection: str) -> Mandate | None:
        del bot
        return self.given.get(connection)

    async def listen(self, written: Sequence[Written]) -> list[Entrusted]:
        return [self._listen(one) for one in written]

    def _listen(self, one: Written) -> Entrusted:
        chat = replace(self.chats.get(one.conversation, Entrusted(one.conversation)), name=one.name)
        theirs = one.silent_until is not None
        chat = (
            replace(chat, silent_until=one.silent_until)
            if theirs
            else replace(chat, heard_at=one.at)
        )
        self.chats[one.conversation] = chat
        return chat

    async def chat(self, conversation: Conversation) -> Entrusted:
        return self.chats.get(conversation, Entrusted(conversation))

    async def all(self, owner: str = "") -> list[tuple[Mandate, list[Entrusted]]]:
        return [
            (one, [chat for chat in self.chats.values() if chat.conversation.connection == one.id])
            for one in self.given.values()
            if owner in {"", one.owner.address}
        ]
