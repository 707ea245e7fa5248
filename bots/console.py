"""Talk in the terminal: a bot like the others, whose platform is a pair of text streams."""

import asyncio
import threading
from collections.abc import Sequence
from typing import TextIO

from anima.ids import Ids
from anima.model import Arrival, Conversation, Incoming, Speaker
from anima.ports import BotName, Clock, Ledger

NAME: BotName = ("console", "terminal")


class Console:
    """The ports `Bot` and `Channel` over *read* and *write*; one person, one conversation."""

    drafts = True

    def __init__(  # noqa: PLR0917 - each is one end of the terminal
        self, read: TextIO, write: TextIO, person: str, ledger: Ledger, clock: Clock, ids: Ids
    ) -> None:
        self._read = read
        self._write = write
        self._speaker = Speaker(NAME[0], person, person)
        self._conversation = Conversation(*NAME, chat=person)
        self._ledger = ledger
        self._clock = clock
        self._ids = ids
        self._shown = ""

    async def run(self) -> None:
        """Hear line by line until the input ends."""
        lines: asyncio.Queue[str] = asyncio.Queue()
        loop = asyncio.get_running_loop()

        def listen() -> None:
            for line in self._read:
                loop.call_soon_threadsafe(lines.put_nowait, line)
            loop.call_soon_threadsafe(lines.put_nowait, "")

        # a daemon, because nobody can interrupt a thread that waits for a key
        threading.Thread(target=listen, daemon=True).start()
        while line := await lines.get():
            if text := line.strip():
                await self._ledger.hear([self._arrival(text)])

    def pieces(self, text: str) -> Sequence[str]:
        return (text,)

    async def send(self, conversation: Conversation, text: str, *, key: int, reply_to: str) -> str:
        """Print what the drafts have not shown yet."""
        del conversation, reply_to
        self._show(text)
        self._put("\n")
        self._shown = ""
        return str(key)

    async def typing(self, conversation: Conversation) -> None:
        """The terminal shows words as they come, which is better."""

    async def draft(self, conversation: Conversation, text: str) -> None:
        del conversation
        self._show(text)

    def _show(self, text: str) -> None:
        """Print *text*; what was shown of another beginning stays, on a line of its own."""
        if not text.startswith(self._shown):
            self._put("\n")
            self._shown = ""
        self._put(text.removeprefix(self._shown))
        self._shown = text

    def _put(self, text: str) -> None:
        self._write.write(text)
        self._write.flush()

    def _arrival(self, text: str) -> Arrival:
        key = str(self._ids.next())
        now = self._clock.now()
        incoming = Incoming(self._conversation, self._speaker, text, now, key)
        return Arrival(":".join(NAME), key, text, incoming)
