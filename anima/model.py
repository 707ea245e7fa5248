"""The nouns of the house, as values."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class Conversation:
    """One place to talk. The same chat through a business connection is another place."""

    platform: str
    bot: str
    chat: str
    connection: str = ""
    thread: str = ""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who wrote, on one platform. *language* is what their client says it speaks, or empty."""

    platform: str
    id: str
    name: str
    language: str = ""

    @property
    def address(self) -> str:
        """The form in which settings name somebody: `telegram:123`."""
        return f"{self.platform}:{self.id}"


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message as a platform delivered it. *message* is the platform's id of it there."""

    conversation: Conversation
    speaker: Speaker
    text: str
    at: datetime
    message: str
    private: bool = True
    addressed: bool = True
    reply_to: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Edited:
    """A message was rewritten; it counts while that message is not answered."""

    conversation: Conversation
    message: str
    text: str


@dataclass(frozen=True, slots=True)
class Renamed:
    """A conversation got another chat id, as when a group is upgraded."""

    conversation: Conversation
    chat: str


@dataclass(frozen=True, slots=True)
class Closed:
    """The place shut us out (*closed*) or let us in again."""

    conversation: Conversation
    closed: bool


Meaning = Incoming | Edited | Renamed | Closed


@dataclass(frozen=True, slots=True)
class Arrival:
    """An update as it came, and what we understood; no *meaning*: set aside with its raw text.

    *source* and *key* are the platform's own name of it, so that a repeat is known as one.
    """

    source: str
    key: str
    raw: str
    meaning: Meaning | None


@dataclass(frozen=True, slots=True)
class Heard:
    """A message that the ledger holds and that waits for us. *at* is the platform's time of it."""

    id: int
    speaker: Speaker
    text: str
    at: datetime
    heard_at: datetime
    message: str
    addressed: bool = True
    reply_to: str = ""


SaidState = Literal["ready", "sending", "delivered", "maybe", "failed"]


@dataclass(frozen=True, slots=True)
class Said:
    """A bubble that the ledger holds. *id* is unique for ever and is our idempotency key."""

    id: int
    turn: int
    text: str
    reply_to: str = ""
    state: SaidState = "ready"
    attempts: int = 0
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One remembered utterance; no *speaker*: it was ours."""

    speaker: Speaker | None
    text: str
    at: datetime


HeardState = Literal["waiting", "answered", "noted", "expired", "refused"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a transcript as a reader sees it. *id* rises in the order in which it was written.

    *ours*: we said it; else it was heard. *key* is the sender's own name of it, the same when it
    is sent again: the `Said` id, or what the arrival was called.
    """

    id: int
    key: str
    ours: bool
    text: str
    at: datetime
    state: HeardState | SaidState


@dataclass(frozen=True, slots=True)
class Claim:
    """A conversation that is ours for now, and all that is left to do in it.

    *epoch* rises with each claim: a write under an older one is refused. *turn* is the id of an
    exchange that was cut off by a crash or a stop, *spoken* its bubbles so far, *unsent* those
    bubbles of any turn whose delivery is not confirmed.
    """

    id: int
    conversation: Conversation
    epoch: int
    private: bool
    title: str
    waiting: tuple[Heard, ...]
    unsent: tuple[Said, ...] = ()
    turn: int | None = None
    spoken: tuple[str, ...] = ()
    apologised_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Soul:
    """Trained weights under a version's name, and how its backend serves them."""

    name: str
    backend: str
    model: str = ""
    temperature: float = 0.9
    max_tokens: int = 1024
    context: int = 8192


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a prompt."""

    role: Literal["system", "user", "assistant"]
    content: str


Prompt = tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens that one answer cost, where the backend counts them."""

    prompt: int = 0
    completion: int = 0


@dataclass(frozen=True, slots=True)
class Delta:
    """A piece of an answer as it streams in: *text* to say, *thought* to keep quiet about."""

    text: str = ""
    thought: str = ""
    usage: Usage | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """All a persona needs for one turn: what was said before, and what it shall answer now.

    *spoken* are the bubbles that this turn had said before it was cut off; *missed* counts the
    messages that grew too old to be answered; *drafts*: the place shows words as they come.
    """

    conversation: Conversation
    private: bool
    title: str
    lines: tuple[Line, ...]
    heard: tuple[Heard, ...]
    now: datetime
    spoken: tuple[str, ...] = ()
    missed: int = 0
    drafts: bool = False


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message of human size, to be sent whole. The last one brings the turn's *account*."""

    text: str
    account: "Account | None" = None


@dataclass(frozen=True, slots=True)
class Draft:
    """How the next bubble begins, for places that show words as they come."""

    text: str


@dataclass(frozen=True, slots=True)
class Account:
    """Which soul and which revision of the persona spoke, and what it cost."""

    soul: str
    revision: str
    usage: Usage = Usage()


Speech = Bubble | Draft | Account
