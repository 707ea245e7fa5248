"""Saying in order: a conversation's bubbles, each sent until it has arrived or never will."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import timedelta

from anima.errors import Moved, SlowDown, Undelivered, Unreachable
from anima.model import Claim, Line, Said, Sticker
from anima.pace import Pace, backoff_s
from anima.persist import persist
from anima.ports import Channel, Clock, Ledger, Notes, Reacts, Speaks, Witness
from anima.sound import Manner, VoiceNote
from anima.steps import Delivered, Failed, MovedTo, Muted, Postponed, Sending, Step

Shown = Callable[[str], str]
"""Makes what a person sees of what is said, which is remembered as it was said."""

Drawn = Callable[[str], Sticker | None]
"""Finds the sticker that a text stands for."""


Reaction = Callable[[str], str]
"""Finds the face that a text is, if it is nothing but a reaction; else nothing."""


def no_reaction(text: str) -> str:
    """Nobody reacts."""
    del text
    return ""


def no_sticker(text: str) -> None:
    """Nobody has a sticker for *text*."""
    del text


_TYPING_AGAIN_S = 4.0
"""An indicator of typing fades after five seconds."""


@dataclass(slots=True)
class Outbox:
    """Sends what is put in, in order, until it is closed; *delivered* is what arrived, by turn.

    `run` raises `Gone` when the place is closed to us and `LeaseLost` when it is not ours. When
    it was cut off, *waiting* is what is left; when it broke, *sending* is the bubble to blame.
    What shall be said aloud is made into *notes* in this *manner*, each when it is its turn.
    """

    claim: Claim
    ledger: Ledger
    channel: Channel
    clock: Clock
    witness: Witness
    pace: Pace
    shown: Shown = str
    drawn: Drawn = no_sticker
    reaction: Reaction = no_reaction
    notes: Notes | None = None
    manner: Manner = field(default_factory=Manner)
    delivered: dict[int, list[Line]] = field(default_factory=dict)
    waiting: deque[Said] = field(default_factory=deque)
    sending: Said | None = None
    _closing: tuple[Step, ...] | None = None
    _changed: asyncio.Event = field(default_factory=asyncio.Event)
    _quiet: asyncio.Event = field(default_factory=asyncio.Event)
    _last_at: float | None = None

    @property
    def idle(self) -> bool:
        """Whether a bubble put in now would leave at once."""
        return not (self.sending or self.waiting or self.pace.typing)

    @property
    def empty(self) -> bool:
        """Whether all that was put in has been dealt with."""
        return not (self.sending or self.waiting)

    def put(self, bubbles: Iterable[Said]) -> None:
        """Send *bubbles* after all that is waiting already. They are in the ledger."""
        self.waiting.extend(bubbles)
        self._changed.set()

    def withdraw(self, turn: int) -> tuple[Said, ...]:
        """Do not send what waits of *turn*; what is being sent is past that."""
        withdrawn = tuple(one for one in self.waiting if one.turn == turn)
        for one in withdrawn:
            self.waiting.remove(one)
        return withdrawn

    def close(self, *steps: Step) -> None:
        """Nothing more will be put in; when all is sent, write *steps*."""
        self._closing = steps
        self._changed.set()

    async def flushed(self) -> None:
        """Wait until all that was put in has been dealt with."""
        while not self.empty:
            self._quiet.clear()
            await self._quiet.wait()

    async def run(self) -> None:
        """Send until closed."""
        while self.waiting or self._closing is None:
            if not self.waiting:
                self._changed.clear()
                await self._changed.wait()
                continue
            await self._send_next()
            self._quiet.set()
        if self._closing:
            await self.ledger.write(self.claim, *self._closing)

    async def _send_next(self) -> None:
        self.sending = self.waiting.popleft()
        try:
            await self._deliver(self.sending)
        except asyncio.CancelledError:
            self.waiting.appendleft(self.sending)
            self.sending = None
            raise
        self.sending = None

    async def _deliver(self, said: Said) -> None:
        said, steps = await self._prepared(said)
        if said.state == "ready":
            steps = (*steps, Sending(said.id))
        if steps:
            await self.ledger.write(self.claim, *steps)
        result = await self._send(said)
        self._last_at = self.clock.elapsed()
        if isinstance(result, Delivered):
            self.delivered.setdefault(said.turn, []).append(Line(None, said.text, result.at))
        await self._keep(result)

    async def _prepared(self, said: Said) -> tuple[Said, tuple[Step, ...]]:
        """*said* as it can leave by now: with its note, or to be written, which is for good."""
        note = await self._note(said) if said.beside.voice else None
        if note:
            await self._wait_for(said)
            return replace(said, beside=replace(said.beside, note=note)), ()
        await self._take_time(said)
        if not said.beside.voice:
            return said, ()
        return replace(said, beside=replace(said.beside, voice=False)), (Muted(said.id),)

    async def _note(self, said: Said) -> VoiceNote | None:
        """The sound of *said*, where it can be had and heard; meanwhile we show that we speak."""
        channel, where = self.channel, self.claim.conversation
        if self.notes is None or not isinstance(channel, Speaks) or not channel.speaks_in(where):
            return None
        async with asyncio.TaskGroup() as group:
            recording = group.create_task(self._record(channel))
            note = await self.notes.note(said, self.shown(said.text), self.manner)
            recording.cancel()
        return note

    async def _record(self, channel: Speaks) -> None:
        while True:
            await channel.recording(self.claim.conversation)
            await self.clock.sleep(_TYPING_AGAIN_S)

    async def _keep(self, result: Step) -> None:
        """Write how it went, at once, together with what can be said of the next bubble."""
        steps = [result]
        if self.waiting and self._next_leaves_at_once:
            following = self.waiting[0]
            self.waiting[0] = replace(following, state="sending")
            steps.append(Sending(following.id))
        elif self._closing and not self.waiting:
            steps.extend(self._closing)
            self._closing = ()
        within_s = self.pace.lease_s
        await persist(self.ledger, self.clock, self.claim, *steps, within_s=within_s)

    @property
    def _next_leaves_at_once(self) -> bool:
        following = self.waiting[0]
        return not (self.pace.typing or following.beside.voice) and following.state == "ready"

    async def _take_time(self, said: Said) -> None:
        """Leave the time that writing takes, less what has gone by since the last bubble."""
        if self._last_at is not None and said.state == "ready":
            pause = self._last_at + self.pace.writing_s(said.text) - self.clock.elapsed()
            await self._type(pause)
        await self._wait_for(said)

    async def _wait_for(self, said: Said) -> None:
        if said.not_before and (wait := (said.not_before - self.clock.now()).total_seconds()) > 0:
            await self.clock.sleep(wait)

    async def _type(self, seconds: float) -> None:
        """Show for so long that we are typing."""
        while seconds > 0:
            await self.channel.typing(self.claim.conversation)
            await self.clock.sleep(min(seconds, _TYPING_AGAIN_S))
            seconds -= _TYPING_AGAIN_S

    async def _send(self, said: Said) -> Delivered | Failed:
        """Try until the platform has said yes or no."""
        attempt = said.attempts
        give_up_at = self.clock.now() + timedelta(seconds=self.pace.max_age_s)
        while True:
            attempt += 1
            try:
                return await self._try(said)
            except Undelivered as error:
                self.witness.note("undelivered", said=said.id, reason=str(error))
                return Failed(said.id, str(error))
            except SlowDown as error:
                self.witness.note("slowed down", seconds=error.retry_after)
                await self._postpone(said, error.retry_after, unsure=False)
            except Unreachable as error:
                self.witness.note("unreachable", attempt=attempt, reason=str(error))
                if self.clock.now() >= give_up_at:
                    return Failed(said.id, f"not delivered within {self.pace.max_age_s:g} s")
                await self._postpone(said, backoff_s(attempt), unsure=True)
            except Moved as error:
                self.witness.note("moved", chat=error.chat)
                await self._follow(said, error.chat)

    async def _try(self, said: Said) -> Delivered:
        if await self._reacted(said):
            return Delivered(said.id, "", self.clock.now())
        message = await self.channel.send(
            self.claim.conversation,
            self.shown(said.text),
            key=said.id,
            reply_to=said.reply_to,
            asks=said.asks,
            sticker=self.drawn(said.text),
            beside=said.beside,
        )
        return Delivered(said.id, message, self.clock.now())

    async def _reacted(self, said: Said) -> bool:
        """Whether *said* is a reaction and stands where it belongs."""
        face = self.reaction(said.text)
        if not face or not said.reply_to or not isinstance(self.channel, Reacts):
            return False
        return await self.channel.react(self.claim.conversation, said.reply_to, face)

    async def _postpone(self, said: Said, seconds: float, *, unsure: bool) -> None:
        not_before = self.clock.now() + timedelta(seconds=seconds)
        await self.ledger.write(self.claim, Postponed(said.id, not_before, unsure))
        await self.clock.sleep(seconds)
        await self.ledger.write(self.claim, Sending(said.id))

    async def _follow(self, said: Said, chat: str) -> None:
        await self.ledger.write(self.claim, MovedTo(chat))
        await self.ledger.write(self.claim, Sending(said.id))  # another may attend to it there
        self.claim = replace(self.claim, conversation=replace(self.claim.conversation, chat=chat))
