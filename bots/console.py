"""Talk in the terminal: a bot like the others, whose platform is a pair of text streams."""

import asyncio
import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import TextIO

from anima.errors import Gone
from anima.ids import Ids
from anima.model import (
    NOTHING,
    Arrival,
    Beside,
    Conversation,
    Incoming,
    Meaning,
    Pressed,
    Speaker,
    Sticker,
)
from anima.ports import BotName, Clock, Ledger

NAME: BotName = ("console", "terminal")


class Console:
    """The ports `Bot`, `Channel` and `Speaks` over *read* and *write*; one person, one place."""

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
        self._asked: tuple[int, int] = (0, 0)
        self._lines: asyncio.Queue[str] = asyncio.Queue()

    async def run(self) -> None:
        """Hear line by line until the input ends, or nobody reads what we say."""
        loop = asyncio.get_running_loop()

        def listen() -> None:
            with suppress(RuntimeError):  # the talk, and its loop, may be over before the input is
                for line in self._read:
                    loop.call_soon_threadsafe(self._lines.put_nowait, line)
                loop.call_soon_threadsafe(self._lines.put_nowait, "")

        # a daemon, because nobody can interrupt a thread that waits for a key
        threading.Thread(target=listen, daemon=True).start()
        while line := await self._lines.get():
            if text := line.strip():
                await self._ledger.hear([self._arrival(text)])

    def drafts_in(self, conversation: Conversation) -> bool:
        del conversation
        return True

    def pieces(self, text: str) -> Sequence[str]:
        return (text,)

    async def send(
        self,
        conversation: Conversation,
        text: str,
        *,
        key: int,
        reply_to: str,
        asks: bool = False,
        sticker: Sticker | None = None,
        beside: Beside = NOTHING,
    ) -> str:
        """Print what the drafts have not shown yet, and below it what comes with it."""
        del conversation, reply_to, asks, sticker
        self._show(f"[voice {_clock(beside.note.duration_s)}] {text}" if beside.note else text)
        self._put("\n")
        self._shown = ""
        for line in _lines_of(beside):
            self._put(f"{line}\n")
        if beside.buttons:
            self._asked = (key, len(beside.buttons))
        return str(key)

    def speaks_in(self, conversation: Conversation) -> bool:
        """What is said aloud is marked as such."""
        del conversation
        return True

    async def recording(self, conversation: Conversation) -> None:
        """The terminal shows nothing of it."""

    async def typing(self, conversation: Conversation, *, mark: int = 0) -> None:
        """The terminal shows words as they come, which is better."""

    async def draft(self, conversation: Conversation, text: str, *, mark: int = 0) -> None:
        del conversation, mark
        self._show(text)

    def _show(self, text: str) -> None:
        """Print *text*; what was shown of another beginning stays, on a line of its own."""
        if not text.startswith(self._shown):
            self._put("\n")
            self._shown = ""
        self._put(text.removeprefix(self._shown))
        self._shown = text

    def _put(self, text: str) -> None:
        try:
            self._write.write(text)
            self._write.flush()
        except BrokenPipeError as error:
            self._lines.put_nowait("")
            raise Gone("nobody reads what we say any more") from error

    def _arrival(self, text: str) -> Arrival:
        key = str(self._ids.next())
        now = self._clock.now()
        incoming = Incoming(self._conversation, self._speaker, text, now, key)
        return Arrival(":".join(NAME), key, text, self._meant(incoming))

    def _meant(self, typed: Incoming) -> Meaning:
        """A button where its number is typed right away; later a number is a number again."""
        (said, buttons), self._asked = self._asked, (0, 0)
        numbers = [str(number) for number in range(1, buttons + 1)]
        return Pressed(said, int(typed.text) - 1, typed) if typed.text in numbers else typed


def _clock(seconds: float) -> str:
    """`0:03`."""
    minutes, rest = divmod(max(1, round(seconds)), 60)
    return f"{minutes}:{rest:02}"


def _lines_of(beside: Beside) -> list[str]:
    """What comes with a bubble, in letters: `[1] Yes  [2] No`, and where a file lies."""
    buttons = "  ".join(f"[{number}] {one.shown}" for number, one in enumerate(beside.buttons, 1))
    return [line for line in (str(beside.document or ""), buttons) if line]
