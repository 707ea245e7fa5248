"""Words as they come, in private chats: drafts, which vanish when the message is sent."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramBadRequest, TelegramForbiddenError
from aiogram.exceptions import TelegramRetryAfter as RetryAfter
from aiogram.methods import SendMessageDraft

from anima.model import Conversation
from anima.ports import Clock, Witness
from bots.gate import Gates
from bots.telegram.entities import entities, thread
from bots.telegram.markup import to_entities
from bots.telegram.sketch import Sketch

LONGEST: Final = 4096
"""UTF-16 units in one message, and in one draft."""
_ANSWER_S: Final = 5
"""Nobody waits longer for a draft, least of all the message behind it."""


class Drafting:
    """Shows what is told to it, at Telegram's pace, while `run` runs.

    A draft that Telegram does not want is let go, and nothing takes its place: whatever we sent
    would be at the cost of the message itself.
    """

    def __init__(self, bot: Bot, gates: Gates, clock: Clock, witness: Witness) -> None:
        self._bot = bot
        self._gates = gates
        self._clock = clock
        self._witness = witness
        self._sketches: dict[Conversation, Sketch] = {}
        self._begun: asyncio.Queue[Sketch] = asyncio.Queue()  # one a conversation attended to

    @staticmethod
    def possible_in(conversation: Conversation) -> bool:
        """Whether Telegram takes drafts there: only where we talk with one person as ourselves."""
        return conversation.chat.isdecimal() and not conversation.connection

    async def run(self) -> None:
        """Draw until cancelled."""
        async with asyncio.TaskGroup() as group:
            while True:
                group.create_task(self._draw(await self._begun.get()))

    def lives(self, conversation: Conversation, mark: int) -> bool:
        """Somebody writes there, on the turn with this *mark*; whether a draft tells so."""
        if not self.possible_in(conversation) or not (mark or conversation in self._sketches):
            return False
        sketch = self._sketch(conversation, mark)
        sketch.lives(self._clock.elapsed(), mark)
        return sketch.wanted is not None

    def grows(self, conversation: Conversation, text: str, mark: int) -> None:
        """The next bubble there begins with *text*."""
        self._sketch(conversation, mark).grows(text, self._clock.elapsed(), mark)

    @asynccontextmanager
    async def giving_way(self, conversation: Conversation, text: str) -> AsyncIterator[None]:
        """No draft is on its way there while *text* is being sent."""
        sketch = self._sketches.get(conversation)
        if sketch is None:
            yield
            return
        async with sketch.lock:
            yield
            sketch.said(text, self._clock.elapsed())

    def _sketch(self, conversation: Conversation, mark: int) -> Sketch:
        if conversation not in self._sketches:
            sketch = Sketch(conversation, mark, self._clock.elapsed())
            self._sketches[conversation] = sketch
            self._begun.put_nowait(sketch)
        return self._sketches[conversation]

    async def _draw(self, sketch: Sketch) -> None:
        try:
            while (wait_s := self._wait_s(sketch)) is not None:
                if wait_s:
                    await sketch.changes(wait_s)
                else:
                    await self._show(sketch)
        finally:
            del self._sketches[sketch.conversation]

    def _wait_s(self, sketch: Sketch) -> float | None:
        closed_s = self._gates.closed_s(sketch.conversation.chat)
        return sketch.wait_s(self._clock.elapsed(), closed_s)

    async def _show(self, sketch: Sketch) -> None:
        async with sketch.lock:
            if self._wait_s(sketch) != 0 or sketch.wanted is None:  # a message was sent meanwhile
                return
            text = sketch.wanted
            try:
                await self._bot(_draft(sketch, text), request_timeout=_ANSWER_S)
            except RetryAfter as error:
                self._witness.note("slowed down", seconds=error.retry_after)
                self._gates.close(sketch.conversation.chat, error.retry_after)
                sketch.muted = True
            except (TelegramBadRequest, TelegramForbiddenError):
                sketch.muted = True
            except AiogramError:
                pass  # the next one may arrive
            sketch.drawn(text, self._clock.elapsed())


def _draft(sketch: Sketch, text: str) -> SendMessageDraft:
    rendered = to_entities(_tail(text))
    return SendMessageDraft(
        chat_id=int(sketch.conversation.chat),
        draft_id=sketch.mark,
        text=rendered.text,
        entities=entities(rendered),
        message_thread_id=thread(sketch.conversation),
        can_stop=True,
    )


def _tail(text: str) -> str:
    """The end of *text*, as much as fits: who reads along is there."""
    units = text.encode("utf-16-le", "surrogatepass")
    return units[-2 * LONGEST :].decode("utf-16-le", "ignore")
