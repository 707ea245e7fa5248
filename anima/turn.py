"""One exchange: what was heard is answered, bubble by bubble, under one claim."""

import asyncio
from contextlib import aclosing
from dataclasses import dataclass, field, replace

from anima.deliver import Outbox
from anima.errors import BackendUnavailable, Refused
from anima.ids import Ids
from anima.listen import Listening
from anima.model import Account, Bubble, Claim, Draft, Heard, Line, Said, Scene, Speech
from anima.pace import Pace
from anima.ports import Channel, Clock, House, Ledger, Memory, Persona, Trouble, Witness
from anima.steps import Began, Ended, Outcome, Say, Step

_TYPING_AGAIN_S = 4.0
_QUICK_S = 2.5
"""Where we do not play at typing, an answer within this time needs no indicator."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What every turn of this process works with."""

    ledger: Ledger
    memory: Memory
    persona: Persona
    house: House
    clock: Clock
    witness: Witness
    ids: Ids
    pace: Pace


@dataclass(slots=True)
class Turn:
    """An exchange that may have been cut off before: then *claim* knows its id and its bubbles.

    *heard* is what it is about, and *outcome* is set when it is over.
    """

    claim: Claim
    parts: Parts
    channel: Channel
    outbox: Outbox
    listening: Listening
    lines: tuple[Line, ...] = ()
    heard: tuple[Heard, ...] = ()
    missed: int = 0
    id: int = 0
    outcome: Outcome | None = None
    _begun: bool = False
    _bubbles: int = 0
    _asked_at: float = 0.0
    _first_s: float | None = None
    _spoken: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._asked_at = self.parts.clock.elapsed()
        self._begun = self.claim.turn is not None
        self.id = self.claim.turn or self.parts.ids.next()
        self._spoken = [text.strip() for text in self.claim.spoken]

    async def converse(self) -> None:
        """Let the persona answer, asking it again while more is heard before its first bubble."""
        if self._begun:
            self.parts.witness.note("resumed", turn=self.id)
        while True:
            self.heard = await self.listening.quiet(self.heard)
            if await self._uninterrupted():
                return

    async def _uninterrupted(self) -> bool:
        async with asyncio.TaskGroup() as group:
            speaking = group.create_task(self._speak())
            others = (
                group.create_task(self._show_typing()),
                group.create_task(self.listening.joined(self.heard, speaking)),
            )
            await asyncio.wait([speaking])
            for other in others:
                other.cancel()
        return not speaking.cancelled()

    async def _speak(self) -> None:
        self._asked_at = self.parts.clock.elapsed()
        try:
            async with aclosing(self.parts.persona.speak(self._scene())) as speech:
                async for one in speech:
                    await self._utter(one)
        except BackendUnavailable as error:
            await self.apologise("connection" if error.connection else "server", str(error))
        except Refused as error:
            await self.apologise("refused", str(error))

    def _scene(self) -> Scene:
        return Scene(
            conversation=self.claim.conversation,
            private=self.claim.private,
            title=self.claim.title,
            lines=self.lines,
            heard=self.heard,
            now=self.parts.clock.now(),
            spoken=self.claim.spoken,
            missed=self.missed,
            drafts=self.channel.drafts,
        )

    async def _utter(self, one: Speech) -> None:
        match one:
            case Bubble():
                await self._say(one.text, one.account)
            case Draft():
                await self.channel.draft(self.claim.conversation, one.text)
            case _:
                await self.end("answered", account=one)

    async def _say(self, text: str, account: Account | None) -> None:
        if self._first_s is None:
            self._first_s = self.parts.clock.elapsed() - self._asked_at
        if account is None:
            await self._write(text)
        else:
            await self.end("answered", text, account=account)

    async def apologise(self, trouble: Trouble, reason: str) -> None:
        """Tell the person, and the log under the same reference, that there is no whole answer."""
        reference = f"{self.id:x}"[-6:]
        self.parts.witness.note("turn failed", reason=trouble, detail=reason, reference=reference)
        line = self.parts.persona.sorry(trouble, self.heard, reference)
        await self.end("refused" if trouble == "refused" else "failed", line)

    async def end(
        self,
        outcome: Outcome,
        text: str = "",
        *,
        account: Account | None = None,
        apologised: bool = False,
    ) -> None:
        """Say *text*, if any, and be done with what was heard, in one write."""
        ended = Ended(
            turn=self.id,
            heard=tuple(one.id for one in self.heard),
            outcome=outcome,
            at=self.parts.clock.now(),
            account=account,
            first_s=self._first_s,
            apologised=apologised,
        )
        await self._write(text, ended)
        self.outcome = outcome
        if outcome == "answered":
            self.parts.witness.note(
                "turn answered",
                turn=self.id,
                bubbles=self._bubbles,
                first_s=round(self._first_s or 0.0, 3),
                seconds=round(self.parts.clock.elapsed() - self._asked_at, 3),
            )

    async def _write(self, text: str, *then: Step) -> None:
        self.listening.speaks()
        bubbles = self._pieces(text)
        at = self.parts.clock.now()
        begin = () if self._begun else (Began(self.id, at),)
        says = (
            Say(one.id, one.turn, one.text, at, reply_to=one.reply_to, state=one.state)
            for one in bubbles
        )
        await self.parts.ledger.write(self.claim, *begin, *says, *then)
        self._begun = True
        self._bubbles += len(bubbles)
        self.outbox.put(bubbles)

    def _pieces(self, text: str) -> list[Said]:
        """*text* as the platform takes it, without what this turn had said before it was cut."""
        bubbles: list[Said] = []
        for piece in self.channel.pieces(text) if text else ():
            if piece.strip() in self._spoken:
                self._spoken.remove(piece.strip())
            else:
                bubbles.append(self._bubble(piece, first=not bubbles))
        return bubbles

    def _bubble(self, piece: str, *, first: bool) -> Said:
        leaves = first and self.outbox.idle
        answers = "" if self._bubbles or not first else self._answered_message()
        said = Said(self.parts.ids.next(), self.id, piece, reply_to=answers)
        return replace(said, state="sending") if leaves else said

    def _answered_message(self) -> str:
        """In a group an answer points at what it answers; in private that would be odd."""
        if self.claim.private:
            return ""
        return next((one.message for one in reversed(self.heard) if one.addressed), "")

    async def _show_typing(self) -> None:
        if not self.parts.pace.typing:
            await self.parts.clock.sleep(_QUICK_S)
        while True:
            await self.channel.typing(self.claim.conversation)
            await self.parts.clock.sleep(_TYPING_AGAIN_S)
