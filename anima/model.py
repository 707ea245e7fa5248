"""The nouns of the house, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

from anima.bonds import Bond, Mood
from anima.impulse import Impulse
from anima.remembered import Remembered
from anima.sound import VoiceNote, Voicing

GUEST: Final = "guest"
"""The connection of a place of which we are no member."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """One place to talk. The same chat through a business connection is another place."""

    platform: str
    bot: str
    chat: str
    connection: str = ""
    thread: str = ""

    @property
    def guest(self) -> bool:
        """Whether we are a guest there: each message that asks gets one answer, in one piece."""
        return self.connection == GUEST

    @property
    def borrowed(self) -> bool:
        """Whether it is somebody's own chat, in which we write in their place."""
        return bool(self.connection) and not self.guest


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


AttachmentKind = Literal[
    "photo",
    "sticker",
    "voice",
    "video",
    "video_note",
    "animation",
    "audio",
    "document",
    "location",
    "contact",
]
"""What people send besides words."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """What came with a message besides its words.

    *reference* is what its platform gives it out by, empty where there is nothing to be had. What
    a platform does not tell is empty or 0. *sound* is what came of listening to it; empty: nobody
    did, or could.
    """

    kind: AttachmentKind
    reference: str = ""
    mime: str = ""
    size_bytes: int = 0
    duration_s: float = 0.0
    name: str = ""
    width: int = 0
    height: int = 0
    sound: Literal["", "clear", "unclear"] = ""

    @property
    def speech(self) -> bool:
        """Whether somebody speaks in it, and to us."""
        return self.kind in {"voice", "video_note"}


@dataclass(frozen=True, slots=True)
class Quote:
    """The words that a message answers, and whose they are; no *speaker*: they were ours.

    *chosen*: whoever answers picked just these out of more.
    """

    text: str
    speaker: Speaker | None = None
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message as a platform delivered it. *message* is the platform's id of it there.

    *called* are the personas that it calls by a name of theirs, under what the house calls them;
    `""` is the one at home there. Who of them plays in that conversation was spoken to. *album*
    is its platform's name of the one that the message is a part of, and *quoted* what it answers.
    In private all is said to us but what the owner of a borrowed chat writes there, and what
    follows on it.
    """

    conversation: Conversation
    speaker: Speaker
    text: str
    at: datetime
    message: str
    private: bool = True
    addressed: bool = True
    reply_to: str = ""
    title: str = ""
    called: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    quoted: Quote | None = None
    album: str = ""


INTERACTION: Final = "interaction:"


def is_owed(message: str) -> bool:
    """Whether a platform keeps a place for the answer to *message*, to which all of it goes."""
    return message.startswith(INTERACTION)


@dataclass(frozen=True, slots=True)
class Edited:
    """A message was rewritten; it counts while that message is not answered."""

    conversation: Conversation
    message: str
    text: str


@dataclass(frozen=True, slots=True)
class Deleted:
    """Messages were taken back, theirs or ours: not answered any more, and forgotten."""

    conversation: Conversation
    messages: tuple[str, ...]


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


Verdict = Literal["good", "bad", "unlike"]
"""What people think of an answer; *unlike*: that is not how this one speaks."""


@dataclass(frozen=True, slots=True)
class Rated:
    """Somebody said what they think of our bubble *said*; their newest word on it counts.

    Where only the platform's id of it is known, that is *message*, and *said* is 0. *withdrawn*:
    they take that word back.
    """

    conversation: Conversation
    speaker: Speaker
    said: int
    verdict: Verdict
    message: str = ""
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Pressed:
    """Somebody pressed button *which*, from 0 on, of our bubble *said*.

    *message* is what they say by it; the ledger, which knows the button, puts in the words.
    """

    said: int
    which: int
    message: Incoming

    @property
    def conversation(self) -> Conversation:
        """Where it was pressed."""
        return self.message.conversation


@dataclass(frozen=True, slots=True)
class Stopped:
    """Somebody has read enough: the turn whose drafts bear this *mark* ends with what was shown."""

    conversation: Conversation
    mark: int


Meaning = Incoming | Edited | Deleted | Renamed | Closed | Rated | Pressed | Stopped


@dataclass(frozen=True, slots=True)
class Arrival:
    """An update as it came, and what we understood; no *meaning*: set aside with its raw text.

    *source* and *key* are the platform's own name of it, so that a repeat is known as one.
    """

    source: str
    key: str
    raw: str
    meaning: Meaning | None


Standing = Literal["", "told", "allowed", "banned"]
"""What was decided of a speaker at run time; *told*: they heard that we do not know them."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A message that the ledger holds and that waits for us. *at* is the platform's time of it.

    *tongue* is the language in which its speaker chose to be answered, or empty, *zone* the clock
    by which they live, as in `anima.zones`, and *voicing* when they chose to be answered aloud
    here, or empty. *attachments*, *quoted* and *album* as for `Incoming`. *lately* counts the turns
    that its speaker started within the last minute, wherever and in whatever process, *crowd* those
    in which we spoke in this group.
    """

    id: int
    speaker: Speaker
    text: str
    at: datetime
    heard_at: datetime
    message: str
    addressed: bool = True
    reply_to: str = ""
    tongue: str = ""
    attachments: tuple[Attachment, ...] = ()
    quoted: Quote | None = None
    album: str = ""
    zone: str = ""
    standing: Standing = ""
    lately: int = 0
    crowd: int = 0
    voicing: Voicing | Literal[""] = ""


@dataclass(frozen=True, slots=True)
class Visited:
    """A place in which something was heard; *message* is the platform's id of the newest of it.

    It may be that of an older one, but never that of one which was not heard yet.
    """

    conversation: Conversation
    private: bool
    message: str


@dataclass(frozen=True, slots=True)
class Button:
    """Pressing what is *shown* says *says* in the presser's name."""

    shown: str
    says: str


@dataclass(frozen=True, slots=True)
class Beside:
    """What comes with a bubble besides its words. *name* is what people call the *document*.

    With *voice* it shall be said aloud. Then its *note* is sent in place of the words, where there
    is one; the ledger does not keep that.
    """

    buttons: tuple[Button, ...] = ()
    document: Path | None = None
    name: str = ""
    voice: bool = False
    note: VoiceNote | None = None

    @property
    def called(self) -> str:
        """The name under which the document is given to people."""
        return self.name or (self.document.name if self.document else "")


NOTHING: Final = Beside()
"""A bubble that comes alone."""

SaidState = Literal["ready", "sending", "delivered", "maybe", "failed"]


@dataclass(frozen=True, slots=True)
class Said:
    """A bubble that the ledger holds. *id* is unique for ever and is our idempotency key.

    *asks*: how people like it, where the place has buttons for that. *beside* comes with it. What
    nobody asked for is worth nothing after *until*.
    """

    id: int
    turn: int
    text: str
    reply_to: str = ""
    asks: bool = False
    state: SaidState = "ready"
    attempts: int = 0
    not_before: datetime | None = None
    beside: Beside = NOTHING
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One remembered utterance; no *speaker*: it was ours. *addressed*: it was said to us.

    *album* as for `Incoming`.
    """

    speaker: Speaker | None
    text: str
    at: datetime
    addressed: bool = False
    album: str = ""


HeardState = Literal["waiting", "answered", "noted", "expired", "refused", "command", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a transcript as a reader sees it. *id* rises in the order in which it was written.

    *ours*: we said it; else it was heard. *key* is the sender's own name of it, the same when it
    is sent again: the `Said` id, or what the arrival was called. *asks* and *beside* as for `Said`.
    """

    id: int
    key: str
    ours: bool
    text: str
    at: datetime
    state: HeardState | SaidState
    asks: bool = False
    beside: Beside = NOTHING


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody's word on which soul speaks: in one conversation (*here*), or everywhere.

    The newest counts; ids rise with time, as those of turns do. Below 100 *percent* it is a
    canary: it holds for that share of the conversations in which nothing was chosen.
    """

    id: int
    soul: str
    here: bool = True
    percent: float = 100


DIAL = 1
"""How readily we speak in a group where nobody has said: only when we are spoken to."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether to speak though nobody asked. *reason* is one word, and what it rests on after it.

    Not *sure*: the rules alone cannot tell, and as long as nobody else is asked that is a no.
    """

    speaks: bool
    reason: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Claim:
    """A conversation that is ours for now, and all that is left to do in it.

    *epoch* rises with each claim: a write under an older one is refused. *turn* is the id of an
    exchange that was cut off by a crash or a stop, *spoken* its bubbles so far, *unsent* those
    bubbles of any turn whose delivery is not confirmed. *soul* is the version whose talk the
    short-term memory holds, empty before the first; *choices* are those that hold here, by age.
    *dial*: how readily we speak here unasked, from 0 to 5; at 0 and 1 we do not. *role* names the
    persona that somebody chose for this place, *persona* the one whose talk the short-term memory
    holds; both are empty where there is none. *mood* is what that one felt here, *bonds* are what
    every persona of the house has with those who wait. *impulse* is why we would write here first.
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
    soul: str = ""
    choices: tuple[Choice, ...] = ()
    dial: int = DIAL
    role: str = ""
    persona: str = ""
    mood: Mood | None = None
    bonds: tuple[Bond, ...] = ()
    impulse: Impulse | None = None


@dataclass(frozen=True, slots=True)
class Tool:
    """Something a model may ask for: what it is good for, and its *parameters* by name."""

    name: str
    purpose: str
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Call:
    """A model asks for a tool. *arguments* are JSON as the model wrote it, whatever that is."""

    name: str
    arguments: str


ToolForm = Literal["native", "prompt", "off"]
"""How a backend is offered tools: in its protocol, in the prompt's words, or not at all."""


@dataclass(frozen=True, slots=True)
class Soul:
    """Trained weights under a version's name, and how its backend serves them.

    *model* and *adapter* are what the backend knows them by. *fallback* names the versions that
    are asked, in this order, when this one is out of reach. *form* is how it is offered tools, and
    *tools* those that its backend shall offer it in its own protocol with this question. One that
    *sees* is shown pictures.
    """

    name: str
    backend: str
    model: str = ""
    adapter: str = ""
    temperature: float = 0.9
    top_p: float | None = None
    max_tokens: int = 1024
    context: int = 8192
    fallback: tuple[str, ...] = ()
    form: ToolForm = "off"
    tools: tuple[Tool, ...] = ()
    sees: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as a model is shown it, *width* by *height* pixels. No log gets its *content*."""

    mime: str
    content: bytes = field(repr=False)
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Seen:
    """What an *attachment* of the message *heard* turned out to be: a *picture*, or a *text*."""

    heard: int
    attachment: Attachment
    picture: Picture | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a prompt, with the *pictures* that belong to it, for who sees."""

    role: Literal["system", "user", "assistant"]
    content: str
    pictures: tuple[Picture, ...] = ()


Prompt = tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens that one answer cost, where the backend counts them."""

    prompt: int = 0
    completion: int = 0


@dataclass(frozen=True, slots=True)
class Delta:
    """A piece of an answer as it streams in: *text* to say, *thought* to keep quiet about.

    A *call* comes whole, with the last of its pieces.
    """

    text: str = ""
    thought: str = ""
    usage: Usage | None = None
    call: Call | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """All a persona needs for one turn: what was said before, and what it shall answer now.

    *spoken* are the bubbles that this turn had said before it was cut off; *missed* counts the
    messages that grew too old to be answered; *drafts*: the place shows words as they come.
    *souls* are who shall answer, and who when that one is out of reach; *place* is the ledger's id
    of the conversation, 0 where there is none. *unasked*: nobody spoke to us; we speak up.
    *persona* is what the house calls the one who plays, *mood* how that one felt here last, and
    *bonds* what it has with those whom it hears; *owners* are those of them to whom it belongs.
    *remembered* is what came to mind, by age, and *seen* what was looked at of what was heard.
    *intention* is what somebody wants us to say now, where nobody was heard. With an *impulse*
    nothing was heard: we write first, and that is why.
    """

    conversation: Conversation
    private: bool
    title: str
    lines: tuple[Line, ...]
    heard: tuple[Heard, ...]
    now: datetime
    souls: tuple[Soul, ...]
    spoken: tuple[str, ...] = ()
    missed: int = 0
    drafts: bool = False
    place: int = 0
    unasked: bool = False
    persona: str = ""
    mood: Mood | None = None
    bonds: tuple[Bond, ...] = ()
    owners: frozenset[str] = frozenset()
    remembered: tuple[Remembered, ...] = ()
    seen: tuple[Seen, ...] = ()
    intention: str = ""
    impulse: Impulse | None = None


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message of human size, to be sent whole. The last one brings the turn's *account*.

    *asks*: the persona would like to know how people like this answer. What is *beside* it comes
    with its end.
    """

    text: str
    account: "Account | None" = None
    asks: bool = False
    beside: Beside = NOTHING


@dataclass(frozen=True, slots=True)
class Sticker:
    """A picture in place of words, in a *file*; *face* is what stands for it among letters."""

    code: str
    file: Path
    face: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """How the next bubble begins, for places that show words as they come."""

    text: str


@dataclass(frozen=True, slots=True)
class Account:
    """Which soul and which revision of the persona spoke, and what it cost.

    *slips* counts the lines that would have broken the spell and were caught before they were said.
    """

    soul: str
    revision: str
    usage: Usage = Usage()
    slips: int = 0


Speech = Bubble | Draft | Account
