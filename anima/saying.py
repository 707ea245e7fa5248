"""The saying half of a turn: each bubble is written down first, then handed to the outbox."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from anima.deliver import Outbox
from anima.ids import Ids
from anima.model import Beside, Bubble, Claim, Said, is_owed
from anima.ports import Channel, Clock, Ledger
from anima.steps import Failed, Say, Step


@dataclass(slots=True)
class Saying:
    """What the turn *turn* says under *claim*. *opening* are the steps that its first write takes.

    A turn that was cut off knows from its claim what it had said, and does not say it again.
    """

    claim: Claim
    turn: int
    ledger: Ledger
    clock: Clock
    ids: Ids
    channel: Channel
    outbox: Outbox
    opening: tuple[Step, ...] = ()
    bubbles: int = 0
    _spoken: list[str] = field(default_factory=list)
    _pointed: bool = False

    def __post_init__(self) -> None:
        self._spoken = [text.strip() for text in self.claim.spoken]

    @property
    def spoke(self) -> bool:
        """Whether anything was said, now or before the turn was cut off."""
        return bool(self.bubbles or self.claim.spoken)

    async def write(self, bubble: Bubble, reply_to: str, *then: Step, reacts: bool = False) -> None:
        """Say *bubble*, pointing at *reply_to* if it is the first, and take the steps *then*.

        Where a place is kept for the answer, all of it points there. One that *reacts* always
        points, and the first with words does so after it.
        """
        points = reacts or is_owed(reply_to) or not self._pointed
        pieces = self._pieces(bubble, reply_to if points else "")
        says = (_say(one, self.clock.now()) for one in pieces)
        await self.ledger.write(self.claim, *self.opening, *says, *then)
        self.opening = ()
        self.bubbles += len(pieces)
        self._pointed = self._pointed or (bool(pieces) and not reacts)
        self.outbox.put(pieces)

    def withhold(self, reason: str) -> tuple[Step, ...]:
        """Send nothing of what waits; the steps by which the ledger learns of the *reason*."""
        return tuple(Failed(one.id, reason) for one in self.outbox.withdraw(self.turn))

    def _pieces(self, bubble: Bubble, reply_to: str) -> Sequence[Said]:
        """*bubble* as the platform takes it, without what this turn had said before it was cut."""
        pieces: list[Said] = []
        for piece in self.channel.pieces(bubble.text) if bubble.text else ():
            if piece.strip() in self._spoken:
                self._spoken.remove(piece.strip())
            else:
                pieces.append(self._said(piece, reply_to, first=not pieces))
        if bubble.beside.voice:
            return [_aloud(one) for one in pieces]
        if pieces:
            pieces[-1] = replace(pieces[-1], asks=bubble.asks, beside=bubble.beside)
        return pieces

    def _said(self, piece: str, reply_to: str, *, first: bool) -> Said:
        points = first or is_owed(reply_to)
        said = Said(self.ids.next(), self.turn, piece, reply_to=reply_to if points else "")
        return replace(said, state="sending") if first and self.outbox.idle else said


def joined(*bubbles: Bubble) -> Bubble:
    """All *bubbles* as one; what the last one brings comes along."""
    text = "\n\n".join(one.text for one in bubbles if one.text)
    return replace(bubbles[-1], text=text)


def _aloud(one: Said) -> Said:
    """*one* to be spoken; it does not leave before there is a sound of it."""
    return replace(one, state="ready", beside=Beside(voice=True))


def _say(one: Said, at: datetime) -> Say:
    return Say(one.id, one.turn, one.text, at, one.reply_to, one.state, one.asks, one.beside)
