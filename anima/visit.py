"""All that is done in one claimed conversation, from the claim to giving it back."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from anima.cause import cause
from anima.deliver import Outbox
from anima.impulse import Impulse
from anima.listen import Listening
from anima.model import DIAL, Claim, Heard, Line, Said
from anima.parts import Parts
from anima.ports import Channel
from anima.steps import Acted, Failed, Released
from anima.turn import INTERRUPTED, STRANGER, Turn, line

UNASKED = "unasked"
"""Why we say nothing where we speak only when we are spoken to."""
TOO_LATE = "too late"
"""Why what nobody asked for is not said any more."""
_POLITE = timedelta(days=1)
"""After that nobody wants to hear why there was no answer."""


class Visit:
    """What one claim is for: send what was left, expire what is too old, answer the rest."""

    def __init__(self, claim: Claim, parts: Parts, channel: Channel, bell: asyncio.Event) -> None:
        self._claim = claim
        self._parts = parts
        self._role = parts.cast.of(claim)
        self._channel = channel
        self._outbox = self._new_outbox()
        self._listening = Listening(
            claim,
            parts.ledger,
            parts.house,
            parts.clock,
            parts.witness,
            bell,
            parts.pace.linger_s,
        )
        self._open = claim.turn is not None
        self._turns: list[Turn] = []
        self._past: tuple[Line, ...] | None = None

    def _new_outbox(self) -> Outbox:
        parts = self._parts
        return Outbox(
            self._claim,
            parts.ledger,
            self._channel,
            parts.clock,
            parts.witness,
            self._role.pace,
            self._role.shown,
            self._role.drawn,
            self._role.reaction,
            parts.notes,
            self._role.manner,
        )

    async def pay(self) -> None:
        """Do it all and give the conversation back. Bubbles leave while others are being made."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._outbox.run())
            await self._send_what_was_left()
            await self._deal_with(self._claim.waiting)
            self._outbox.close(Released())
        await self._parts.memory.remember(self._claim, self._lines())
        self._listening.leave()

    async def apologise(self) -> None:
        """Something of ours broke: say so and let the matter rest, lest it break for ever."""
        before, self._outbox = self._outbox, self._new_outbox()
        async with asyncio.TaskGroup() as group:
            group.create_task(self._outbox.run())
            if before.sending:
                failed = Failed(before.sending.id, "sending it broke")
                await self._parts.ledger.write(self._claim, failed)
            self._outbox.put(before.waiting)
            if turn := self._owed(before.sending):
                turn.saying.outbox = self._outbox
                await turn.apologise("server", "the turn broke")
            self._outbox.close(Released())
        self._listening.leave()

    async def _send_what_was_left(self) -> None:
        now = self._parts.clock.now()
        late = [one for one in self._claim.unsent if one.until and one.until < now]
        if late:
            gone = (Failed(one.id, TOO_LATE) for one in late)
            await self._parts.ledger.write(self._claim, *gone)
        if left := [one for one in self._claim.unsent if one not in late]:
            self._outbox.put(left)
            await self._outbox.flushed()

    async def _deal_with(self, waiting: tuple[Heard, ...]) -> None:
        oldest = self._parts.clock.now() - timedelta(seconds=self._parts.pace.max_age_s)
        stale = tuple(one for one in waiting if one.at < oldest)
        fresh = self._listening.talk(tuple(one for one in waiting if one.at >= oldest))
        if stale:
            await self._expire(stale, alone=not self._is_asked(fresh))
        if fresh:
            await self._answer(await self._listening.whole(fresh), missed=len(stale))
        elif self._open:
            await self._turn(()).end("answered")
        if self._claim.impulse:
            await self._write_first(self._claim.impulse, talking=bool(waiting))

    async def _write_first(self, impulse: Impulse, *, talking: bool) -> None:
        """Say something of *impulse*, unless it should not be said, or not now."""
        now = self._parts.clock.now()
        against = INTERRUPTED if talking else TOO_LATE if impulse.until < now else ""
        against = against or (not self._parts.house.admits(cause(impulse)) and STRANGER) or ""
        if against:
            held = Acted(impulse.id, "held", 0, now, against)
            await self._parts.ledger.write(self._claim, held)
            return
        turn = self._turn(())
        turn.lines = await self._lines_before(turn)
        await turn.write_first(impulse)
        if turn.changed and turn.changed.since:
            await self._parts.memory.archive(self._claim)

    async def _expire(self, stale: tuple[Heard, ...], *, alone: bool) -> None:
        self._parts.witness.note("expired", count=len(stale))
        past = await self._parts.memory.recall(self._claim)  # before the stale become a part of it
        self._past = (*past, *_told(stale))
        turn = self._turn(stale)
        if alone and self._owes_a_word(stale):
            words = self._role.persona.sorry("late", stale, "")
            await turn.end("expired", words, apologised=True)
        else:
            await turn.end("expired")

    def _owes_a_word(self, stale: tuple[Heard, ...]) -> bool:
        """One honest line for a whole gap, to whoever waited for us, while it is still polite."""
        now = self._parts.clock.now()
        last = self._claim.apologised_at
        again = timedelta(seconds=self._parts.pace.max_age_s)
        return (
            self._is_asked(stale)
            and not self._claim.conversation.borrowed
            and now - stale[-1].at < _POLITE
            and (last is None or now - last > again)
        )

    async def _answer(self, fresh: tuple[Heard, ...], missed: int) -> None:
        turn = self._turn(fresh)
        addressed = any(one.addressed for one in fresh)
        if not addressed and self._is_shy and turn.claim.turn is None:
            turn.reason = UNASKED
            await turn.keep_silent()
        elif addressed and not self._is_asked(turn.burst):
            await turn.refuse()
        elif self._listening.commands(fresh[0]):
            await turn.obey()
        else:
            turn.missed = missed
            turn.lines = await self._lines_before(turn)
            await turn.converse()
        if turn.changed and turn.changed.since:
            await self._parts.memory.archive(self._claim)

    @property
    def _is_shy(self) -> bool:
        """Whether we say nothing here as long as nobody speaks to us, whatever it is about."""
        return self._claim.private or self._claim.dial <= DIAL

    async def _lines_before(self, turn: Turn) -> tuple[Line, ...]:
        """What this soul remembers; one that has just taken over begins anew."""
        if turn.takes_over:
            return ()
        if self._past is None:
            self._past = await self._parts.memory.recall(self._claim)
        return self._past

    def _is_asked(self, heard: tuple[Heard, ...]) -> bool:
        """Whether somebody with whom we talk expects an answer to *heard*."""
        return any(one.addressed and self._parts.house.admits(one) for one in heard)

    def _owed(self, guilty: Said | None) -> Turn | None:
        """The exchange in which we are sorry. *guilty* is the bubble at which sending broke."""
        last = self._turns[-1] if self._turns else None
        if last and not last.outcome:
            return last
        if last and guilty:
            return self._turn(last.heard)
        return None if last or guilty else self._turn(self._claim.waiting)

    def _turn(self, heard: tuple[Heard, ...]) -> Turn:
        """A turn about *heard*; the first one of a visit goes on with what was cut off."""
        fresh = self._claim if self._open else replace(self._claim, turn=None, spoken=())
        self._open = False
        turn = Turn(
            fresh,
            self._parts,
            self._role,
            self._channel,
            self._outbox,
            self._listening,
            heard=heard,
        )
        self._turns.append(turn)
        return turn

    def _lines(self) -> list[Line]:
        """What this visit brought, as the ledger would tell it."""
        told = {turn.id: turn.told for turn in self._turns}
        said = self._outbox.delivered
        aside = {turn.id for turn in self._turns if turn.outcome == "command"}
        since = max((turn.changed.since for turn in self._turns if turn.changed), default=0)
        lines: list[Line] = []
        for turn in sorted(one for one in {*told, *said} - aside if one >= since):
            lines += (*_told(told.get(turn, ())), *said.get(turn, ()))
        return lines


def _told(heard: tuple[Heard, ...]) -> list[Line]:
    return [line(one) for one in heard]
