"""What a page shows of the transcript: our lines as people see them, faces in place of codes."""

from dataclasses import replace

from anima.deliver import Shown
from anima.model import Beside, Conversation, Entry
from anima.ports import Transcript


class ShownTranscript:
    """The port `Transcript` over *kept*, with our own lines as *shown*."""

    def __init__(self, kept: Transcript, shown: Shown) -> None:
        self._kept = kept
        self._shown = shown

    async def since(self, conversation: Conversation, after: int, limit: int) -> tuple[Entry, ...]:
        return self._dressed(await self._kept.since(conversation, after, limit))

    async def before(
        self, conversation: Conversation, before: int, limit: int
    ) -> tuple[Entry, ...]:
        return self._dressed(await self._kept.before(conversation, before, limit))

    async def document(self, conversation: Conversation, said: int) -> Beside | None:
        return await self._kept.document(conversation, said)

    def _dressed(self, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
        return tuple(
            replace(entry, text=self._shown(entry.text)) if entry.ours else entry
            for entry in entries
        )
