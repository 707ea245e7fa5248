"""One exchange: what was heard is answered, bubble by bubble, under one claim."""

import asyncio
from contextlib import aclosing
from dataclasses import InitVar, dataclass, field, replace
from datetime import datetime
from typing import Final

from anima.cause import cause
from anima.deliver import Outbox
from anima.errors import BackendUnavailable, Refused
from anima.ids import mark
from anima.impulse import Impulse
from anima.listen import Listening
from anima.model import (
    Account,
    Bubble,
    Claim,
    Decision,
    Draft,
    Heard,
    Line,
    Scene,
    Seen,
    Soul,
    Speech,
    is_owed,
)
from anima.orders import Order
from anima.parts import Parts
from anima.ports import Channel, Trouble
from anima.remembered import Remembered
from anima.roles import Role
from anima.saying import Saying, joined
from anima.showing import Showing
from anima.steps import Acted, Became, Began, Changed, Ended, Outcome, Recollected, Step
from anima.stopping import Stopping
from anima.voicing import aloud, speaks_to
from anima.zones import zone

_ANSWERING: Final = frozenset({"answered", "failed", "refused"})
"""Outcomes that say something of who was answered, and not of those who only were there."""
_QUICK_S = 2.5
"""Where we do not play at typing, an answer within this time needs no indicator."""


TAKEN_OVER: Final = "taken over"
"""Why we say nothing where somebody in whose place we write does so by themselves."""

STRANGER: Final = "stranger"
"""Why we say nothing to somebody whom the house does not admit."""
LIMIT: Final = "limit"
"""Why we say nothing where it would be too much; which limit it is stands after it."""

INITIATIVE: Final = "initiative"
"""Why we write where nobody has written; the kind of the impulse stands after it."""

INTERRUPTED: Final = "talking"
"""What holds an impulse back when its person writes before we do."""

STOPPED: Final = "stopped"
"""Why an answer ended where it did: whom it was for had read enough."""


def line(heard: Heard) -> Line:
    """How *heard* is remembered."""
    return Line(heard.speaker, heard.text, heard.at, heard.addressed, heard.album)


@dataclass(slots=True)
class Turn:
    """An exchange that may have been cut off before: then *claim* knows its id and its bubbles.

    *heard* is what it deals with, and *outcome* is set when it is over. *reason* is why it spoke or
    not, as in `Decision`; *impulse* is why it writes first. *changed* tells that from here on the
    talk is another soul's.
    """

    claim: Claim
    parts: Parts
    role: Role
    channel: Channel
    outbox: InitVar[Outbox]
    listening: Listening
    lines: tuple[Line, ...] = ()
    heard: tuple[Heard, ...] = ()
    missed: int = 0
    reason: str = ""
    id: int = 0
    outcome: Outcome | None = None
    changed: Changed | None = None
    impulse: Impulse | None = None
    saying: Saying = field(init=False)
    _showing: Showing = field(init=False)
    _stopping: Stopping = field(init=False)
    _gathered: tuple[Bubble, ...] = ()
    _remembered: tuple[Remembered, ...] = ()
    _seen: tuple[Seen, ...] = ()
    _listened: frozenset[int] = frozenset()
    _asked_at: float = 0.0
    _first_s: float | None = None

    def __post_init__(self, outbox: Outbox) -> None:
        parts = self.parts
        self._asked_at = parts.clock.elapsed()
        self.id = self.claim.turn or parts.ids.next()
        self.saying = Saying(
            self.claim,
            self.id,
            parts.ledger,
            parts.clock,
            parts.ids,
            self.channel,
            outbox,
            opening=self._opening(),
        )
        self._showing = Showing(self.channel, self.claim.conversation, parts.clock)
        self._stopping = Stopping(self.claim, parts.ledger, mark(self.id))

    def _opening(self) -> tuple[Step, ...]:
        """A turn that goes on after it was cut off has begun long ago."""
        if self.claim.turn is not None:
            return ()
        return (Began(self.id, self.parts.clock.now(), self.role.name),)

    @property
    def souls(self) -> tuple[Soul, ...]:
        """Who answers here, and who in its place."""
        return self.parts.souls.of(self.claim)

    @property
    def takes_over(self) -> bool:
        """Whether what was said here before was said with another soul, or by somebody else."""
        claim = self.claim
        return claim.soul not in {"", self.souls[0].name} or claim.persona not in {
            "",
            self.role.name,
        }

    @property
    def burst(self) -> tuple[Heard, ...]:
        """What is answered of all that was heard."""
        return self.listening.about(self.heard)

    @property
    def asides(self) -> tuple[Heard, ...]:
        """What others said meanwhile, without asking us."""
        burst = self.burst
        return tuple(one for one in self.heard if one not in burst)

    @property
    def told(self) -> tuple[Heard, ...]:
        """What is remembered of all that was heard: nothing of whom we do not talk with."""
        return self.asides if self.outcome == "refused" else self.heard

    @property
    def unasked(self) -> bool:
        """Whether nobody in this group spoke to us."""
        asked = any(one.addressed for one in self.heard)
        return not (self.claim.private or asked) and bool(self.heard)

    async def obey(self) -> None:
        """Do what the command wants that was heard, unless it is one too many."""
        if self.claim.turn is None and (limit := await self._excess()):
            return await self.refuse(limit)
        async with asyncio.TaskGroup() as group:
            typing = group.create_task(self._showing.typing(_QUICK_S))
            done = await self.parts.house.obey(Order(self.claim, self.heard[0], self.id))
            typing.cancel()
        self.changed = next((one for one in done.steps if isinstance(one, Changed)), None)
        answer = Bubble(done.text, beside=done.beside)
        return await self.end("answered" if done.talk else "command", answer, steps=done.steps)

    async def converse(self) -> None:
        """Let the persona answer, asking it again while more is heard before its first bubble."""
        if self.claim.turn is not None:
            self.parts.witness.note("resumed", turn=self.id)
            if self._drafts and await self._stopping.look():
                return await self._stop()
        while True:
            self.heard = await self.listening.quiet(self.heard)
            if not self.heard:
                return await self.end("silent")
            if await self._listen() and self.listening.bell.is_set():
                continue  # there is more by now
            decision = await self._decided()
            self.reason = decision.reason
            if not decision.speaks:
                refused = decision.reason.partition(" ")[0] in {STRANGER, LIMIT}
                refused = refused and not self.unasked
                return await (self.refuse(self.reason) if refused else self.keep_silent())
            self._take_over()
            if await self._uninterrupted():
                return None

    async def write_first(self, impulse: Impulse) -> None:
        """Say something of *impulse*, unless its person writes meanwhile or it is not worth it."""
        self.impulse = impulse
        self.reason = f"{INITIATIVE} {impulse.kind}"
        self._take_over()
        acted = Acted(impulse.id, "said", self.id, self.parts.clock.now())
        self.saying.opening = (*self.saying.opening, acted)
        if not await self._uninterrupted():
            held = replace(acted, became="held", reason=INTERRUPTED)
            await self.parts.ledger.write(self.claim, held)

    async def keep_silent(self) -> None:
        """Know what was heard, and say nothing to it."""
        kind = self.reason.partition(" ")[0]  # the rest may be people's own words
        self.parts.witness.note("noted", count=len(self.heard), reason=kind)
        await self.end("silent")

    async def refuse(self, reason: str = STRANGER) -> None:
        """Tell somebody, once, that we do not answer them, and why; but not in anybody's name."""
        self.reason = reason
        if self.claim.conversation.borrowed:
            await self.end("refused")
            return
        asked = [one for one in self.burst if one.addressed]
        order = Order(self.claim, asked[-1], self.id)
        done = await self.parts.house.refuse(order, reason)
        await self.end("refused", Bubble(done.text, beside=done.beside), steps=done.steps)

    async def _listen(self) -> bool:
        """Have what was said aloud in words, once; whether anybody listened."""
        ears = self.parts.ears
        if ears is None or self._unwelcome():
            return False
        fresh = [one for one in ears.audible(self.burst) if one.id not in self._listened]
        if not fresh or (self.claim.turn is None and await self._excess()):
            return False  # to listen costs as well
        async with asyncio.TaskGroup() as group:
            typing = group.create_task(self._showing.typing(0))
            found = await ears.listen(self.claim.conversation, fresh)
            typing.cancel()
        self._listened |= {one.id for one in fresh}
        if found:
            await self.parts.ledger.write(self.claim, *found)
        words = {one.heard: one for one in found}
        self.heard = tuple(
            replace(one, text=words[one.id].text, attachments=words[one.id].attachments)
            if one.id in words
            else one
            for one in self.heard
        )
        return True

    async def _decided(self) -> Decision:
        """Whether to speak, when all has been thought of; a limit comes before any question."""
        decision = self._wanted()
        if self.claim.turn is None and (decision.speaks or not decision.sure):
            if limit := await self._excess():
                return Decision(speaks=False, reason=limit)
            if not decision.sure:
                return await self.role.persona.ponder(self._scene(), decision)
        return decision

    async def _excess(self) -> str:
        limit = await self.parts.house.excess(self.claim, self.burst)
        return limit and f"{LIMIT} {limit}"

    def _unwelcome(self) -> Decision | None:
        """Why we say nothing to this, whatever it says."""
        if not any(self.parts.house.admits(one) for one in self.burst):
            return Decision(speaks=False, reason=STRANGER)
        if self.claim.private and not self.burst[-1].addressed:
            return Decision(speaks=False, reason=TAKEN_OVER)
        return None

    def _wanted(self) -> Decision:
        """Whether we would like to speak. Who has begun goes on."""
        if decision := self._unwelcome():
            return decision
        if self.claim.turn is not None:
            return Decision(speaks=True, reason="resumed")
        return self.role.persona.weigh(self._scene(), self.claim.dial)

    def _take_over(self) -> None:
        """From here on the talk is that of who speaks now."""
        now = (self.souls[0].name, self.role.name)
        if self.changed is None and now != (self.claim.soul, self.claim.persona):
            self.changed = Changed(now[0], self.id if self.takes_over else 0, now[1])
            self.saying.opening = (*self.saying.opening, self.changed)

    async def _uninterrupted(self) -> bool:
        self._showing.aloud = speaks_to(self._scene(), self.parts, self.role, self.channel)
        async with asyncio.TaskGroup() as group:
            speaking = group.create_task(self._speak())
            others = [
                group.create_task(self._show()),
                group.create_task(self.listening.joined(self.heard, speaking)),
            ]
            if self._drafts:
                watching = self._stopping.watch(self.listening.bell, speaking)
                others.append(group.create_task(watching))
            await asyncio.wait([speaking])
            for other in others:
                other.cancel()
        if self._stopping.asked and self.outcome is None:
            await self._stop()
            return True
        if speaking.cancelled():
            await self._showing.take_back(self._stopping.mark)
        return not speaking.cancelled()

    async def _show(self) -> None:
        if self.impulse:  # it may yet be that nothing is said
            return
        after_s = 0 if self.parts.pace.typing else _QUICK_S
        await self._showing.typing(after_s, self._stopping.mark)

    async def _stop(self) -> None:
        """Nobody wants to read on: what was shown is said, and what was not never will be."""
        self.reason = STOPPED
        self.parts.witness.note("stopped", turn=self.id)
        shown = self._showing.begun if self.saying.outbox.empty else ""
        withheld = self.saying.withhold(STOPPED)
        account = Account(self.souls[0].name, revision="")
        await self.end("answered", shown, account=account, steps=withheld)

    async def _speak(self) -> None:
        self._asked_at = self.parts.clock.elapsed()
        self._gathered = ()
        scene = self._scene()
        heard = (cause(self.impulse),) if self.impulse else scene.heard
        self._remembered = await self.parts.longterm.recollect(replace(scene, heard=heard))
        self._seen = await self.parts.sight.see(scene)
        scene = replace(scene, remembered=self._remembered, seen=self._seen)
        try:
            async with aclosing(self.role.persona.speak(scene)) as speech:
                async for one in speech:
                    with self._stopping.saying():
                        await self._utter(one)
                    if self._stopping.asked:
                        return
        except BackendUnavailable as error:
            with self._stopping.saying():
                await self.apologise("connection" if error.connection else "server", str(error))
        except Refused as error:
            with self._stopping.saying():
                await self.apologise("refused", str(error), slips=error.slips)

    @property
    def _drafts(self) -> bool:
        """Whether words are shown here as they come."""
        return self.channel.drafts_in(self.claim.conversation)

    def _scene(self) -> Scene:
        owns, borrowed = self.parts.house.owned_by, self.claim.conversation.borrowed
        return Scene(
            conversation=self.claim.conversation,
            private=self.claim.private,
            title=self.claim.title,
            lines=(*self.lines, *map(line, self.asides)),
            heard=self.burst,
            now=self._now(),
            souls=self.souls,
            spoken=self.claim.spoken,
            missed=self.missed,
            drafts=self._drafts,
            place=self.claim.id,
            unasked=self.unasked,
            persona=self.role.name,
            mood=self.claim.mood,
            owners=frozenset(
                one.speaker.address for one in self.burst if owns(one) and not borrowed
            ),
            bonds=tuple(one for one in self.claim.bonds if one.persona == self.role.name),
            seen=self._seen,
            impulse=self.impulse,
        )

    def _now(self) -> datetime:
        """What the clock shows to those who are answered."""
        said = next((one.zone for one in reversed(self.burst) if one.zone), "")
        return self.parts.clock.now().astimezone(zone(said))

    async def _utter(self, one: Speech) -> None:
        match one:
            case Bubble():
                await self._say(one)
            case Draft():
                await self._showing.draft(one.text, self._stopping.mark)
            case _:
                await self.end("answered" if self._spoke else "silent", account=one)

    async def _say(self, one: Bubble) -> None:
        if self._first_s is None:
            self._first_s = self.parts.clock.elapsed() - self._asked_at
        self._showing.begun = ""
        if self._showing.aloud:
            one = aloud(one, self.role)
        if one.account is None and self.claim.conversation.guest:
            self._gathered = (*self._gathered, one)
        elif one.account is None:
            await self._write(one)
        else:
            await self.end("answered", one, account=one.account)

    async def apologise(self, trouble: Trouble, reason: str, *, slips: int = 0) -> None:
        """Tell the person, and the log under the same reference, that there is no whole answer.

        Who was not asked owes nobody an excuse, nor does anybody in whose place we write.
        """
        reference = f"{self.id:x}"[-6:]
        self.parts.witness.note("turn failed", reason=trouble, detail=reason, reference=reference)
        account = Account(self.souls[0].name, revision="", slips=slips)
        if self.unasked or self.impulse or self.claim.conversation.borrowed:
            await self.end("failed", account=account)
            return
        words = self.role.persona.sorry(trouble, self.burst, reference)
        await self.end("refused" if trouble == "refused" else "failed", words, account=account)

    async def end(
        self,
        outcome: Outcome,
        saying: str | Bubble = "",
        *,
        account: Account | None = None,
        apologised: bool = False,
        steps: tuple[Step, ...] = (),
    ) -> None:
        """Say it, if there is anything to say, and be done with what was heard, in one write."""
        noted = self.asides if outcome in _ANSWERING else ()
        ended = Ended(
            turn=self.id,
            heard=tuple(one.id for one in self.heard if one not in noted),
            outcome=outcome,
            at=self.parts.clock.now(),
            account=account,
            first_s=self._first_s,
            apologised=apologised,
            noted=tuple(one.id for one in noted),
            reason=self.reason,
        )
        last = joined(*self._gathered, Bubble(saying) if isinstance(saying, str) else saying)
        acted = self._acted(outcome, silent=not (last.text or self._spoke))
        await self._write(last, *steps, ended, *acted, *self._recollected(outcome))
        self.outcome = outcome
        if outcome == "answered":
            self.parts.witness.note(
                "turn answered",
                turn=self.id,
                bubbles=self.saying.bubbles,
                first_s=round(self._first_s or 0.0, 3),
                seconds=round(self.parts.clock.elapsed() - self._asked_at, 3),
            )

    @property
    def _spoke(self) -> bool:
        return self.saying.spoke or bool(self._gathered)

    def _acted(self, outcome: Outcome, *, silent: bool) -> tuple[Step, ...]:
        """What became of the impulse, where it became no words."""
        if not (self.impulse and silent):
            return ()
        became: Became = "declined" if outcome == "silent" else "held"
        now = self.parts.clock.now()
        return (Acted(self.impulse.id, became, self.id, now, outcome),)

    def _recollected(self, outcome: Outcome) -> tuple[Step, ...]:
        """What an answer rests on, for whoever asks why."""
        if outcome != "answered" or not self._remembered:
            return ()
        memories = tuple(one.id for one in self._remembered)
        return (Recollected(self.id, memories, self.parts.clock.now()),)

    async def _write(self, bubble: Bubble, *then: Step) -> None:
        self.listening.speaks()
        reacts = bool(self.role.reaction(bubble.text))
        await self.saying.write(bubble, self._answered_message(reacts=reacts), *then, reacts=reacts)

    def _answered_message(self, *, reacts: bool) -> str:
        """In a group an answer points at what it answers; in private that would be odd.

        Unless there is a place kept for it. A reaction stands on what was said last, where nobody
        asked.
        """
        asked = [one for one in self.burst if one.addressed] or (self.burst if reacts else ())
        message = asked[-1].message if asked else ""
        return message if reacts or is_owed(message) or not self.claim.private else ""
