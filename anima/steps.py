"""What a turn writes: steps that the ledger takes together, under one epoch, or not at all."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from anima.model import NOTHING, Account, Attachment, Beside, Choice, SaidState
from anima.sound import Voicing

Outcome = Literal["answered", "failed", "refused", "silent", "expired", "command", "notice"]
"""How a turn ends. What belongs to a command or a notice to the owner is no part of the talk."""


@dataclass(frozen=True, slots=True)
class Began:
    """A turn is open until it has `Ended`. Turn ids rise with time. *persona* is who plays."""

    turn: int
    at: datetime
    persona: str = ""


@dataclass(frozen=True, slots=True)
class Say:
    """We decided to send this bubble, after all that were decided before it."""

    said: int
    turn: int
    text: str
    at: datetime
    reply_to: str = ""
    state: SaidState = "ready"
    asks: bool = False
    beside: Beside = NOTHING


@dataclass(frozen=True, slots=True)
class Transcribed:
    """What was said aloud in the message *heard*, which waits and still reads *before*.

    From here on it reads *text*, and its *attachments* tell that they were listened to.
    """

    heard: int
    before: str
    text: str
    attachments: tuple[Attachment, ...]


@dataclass(frozen=True, slots=True)
class Muted:
    """The bubble is written after all, and not said aloud."""

    said: int


@dataclass(frozen=True, slots=True)
class Sending:
    """The bubble is on its way to the platform."""

    said: int


@dataclass(frozen=True, slots=True)
class Delivered:
    """The platform took the bubble and calls it *message*."""

    said: int
    message: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Postponed:
    """The bubble waits until *not_before*; *unsure* when it may have arrived all the same."""

    said: int
    not_before: datetime
    unsure: bool


@dataclass(frozen=True, slots=True)
class Failed:
    """The bubble will never arrive, for this *reason*."""

    said: int
    reason: str


@dataclass(frozen=True, slots=True)
class Ended:
    """The turn is over and these messages are dealt with. *first_s*: time to the first word.

    *noted* are messages beside those *heard* that were not answered, only known when answering.
    *reason*: why we spoke or kept silent, as in `Decision`; none where nothing was decided.
    """

    turn: int
    heard: tuple[int, ...]
    outcome: Outcome
    at: datetime
    account: Account | None = None
    first_s: float | None = None
    apologised: bool = False
    noted: tuple[int, ...] = ()
    reason: str = ""


Became = Literal["said", "declined", "held"]
"""What comes of an impulse: words, a no of the model, or nothing for now."""


@dataclass(frozen=True, slots=True)
class Acted:
    """What *became* of an impulse in *turn*. One that is held is weighed again later.

    *reason*: what held it.
    """

    impulse: int
    became: Became
    turn: int
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Recollected:
    """These *memories* were in mind when the turn was answered."""

    turn: int
    memories: tuple[int, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Chose:
    """*by* (`telegram:123`) wants another soul than *before* to speak from now on."""

    choice: Choice
    by: str
    before: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TookBack:
    """*by* takes a choice back: its soul was *before*, and *after* speaks again. *mark* is new."""

    choice: int
    mark: int
    by: str
    before: str
    after: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Changed:
    """The talk is *soul*'s from turn *since* on; what was said before is another one's archive.

    With a *since* of 0 nothing becomes one. *persona* is whose talk it is, empty: as before.
    """

    soul: str
    since: int
    persona: str = ""


@dataclass(frozen=True, slots=True)
class Recast:
    """*by* wants the persona *after* to play here, not *before*; empty: whoever is at home."""

    before: str
    after: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Reloaded:
    """*by* had the personas read again; the other processes learn of it from here."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Dialled:
    """*by* wants us to speak here as readily as *after* says, no more as *before*."""

    before: int
    after: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Preferred:
    """The speaker with this *address* wants to be answered in *tongue*, wherever; empty: in any."""

    address: str
    tongue: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Clocked:
    """The speaker with this *address* lives by the clock of *zone*, wherever; empty: unknown."""

    address: str
    zone: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Voiced:
    """The speaker with this *address* wants to be answered aloud here as *voicing* says."""

    address: str
    voicing: Voicing
    at: datetime


@dataclass(frozen=True, slots=True)
class Represented:
    """*by* wants us to write for the owner of *connection* in *chat* (*answers*), or not any more.

    No *chat*: in all of theirs. To be told so ends a silence, too.
    """

    platform: str
    bot: str
    connection: str
    chat: str
    answers: bool
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Knocked:
    """The stranger with this *address* was told so, in *language*, and perhaps given a code.

    *ticket* is the code's digest, empty: they got none; it is good until *until*.
    """

    address: str
    name: str
    language: str
    at: datetime
    ticket: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Shut:
    """The platform closed the place: nothing more is sent or answered there."""


@dataclass(frozen=True, slots=True)
class MovedTo:
    """The conversation goes on under this *chat*."""

    chat: str


@dataclass(frozen=True, slots=True)
class Released:
    """The conversation is free again, and due at once if something waits in it."""


Step = (
    Began
    | Say
    | Transcribed
    | Muted
    | Sending
    | Delivered
    | Postponed
    | Failed
    | Ended
    | Acted
    | Recollected
    | Chose
    | TookBack
    | Changed
    | Recast
    | Reloaded
    | Dialled
    | Preferred
    | Clocked
    | Voiced
    | Represented
    | Knocked
    | Shut
    | MovedTo
    | Released
)
