"""The ports we speak through. Every implementation passes the suite in `tests/contracts/`."""

from collections.abc import AsyncGenerator, Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Literal, Protocol, runtime_checkable

from anima.model import (
    NOTHING,
    Arrival,
    Attachment,
    Beside,
    Claim,
    Conversation,
    Decision,
    Delta,
    Entry,
    Heard,
    Line,
    Prompt,
    Said,
    Scene,
    Seen,
    Soul,
    Speech,
    Sticker,
    Visited,
)
from anima.orders import Obeyed, Order
from anima.remembered import Remembered
from anima.sound import Manner, Understood, VoiceNote
from anima.steps import Step, Transcribed

Trouble = Literal["server", "connection", "refused", "late", "forbidden"]
"""What we are sorry for: a failing server, a dead line, a no, an answer that comes too late, and a
wish that only the owner may have."""

BotName = tuple[str, str]
"""A bot's account: its platform and its name there."""

Vector = bytes
"""The meaning of a text: numbers of 32 bits each, little-endian, of length 1 together."""


class Clock(Protocol):
    """Time, which tests may hurry. *now* is aware UTC, *elapsed* only ever rises."""

    def now(self) -> datetime: ...

    def elapsed(self) -> float: ...

    async def sleep(self, seconds: float) -> None: ...


class Witness(Protocol):
    """Sees what happens: the log and the counters, or a list in a test."""

    def note(self, event: str, **facts: object) -> None:
        """Keep a short past fact: `note("turn answered", bubbles=3)`."""

    def broke(self, event: str, **facts: object) -> None:
        """Keep a fact together with the exception that is being handled."""

    def about(self, **facts: object) -> AbstractContextManager[None]:
        """Bind *facts* to all that is noted inside."""


class Ledger(Protocol):
    """The one durable truth. All of it raises `LedgerUnavailable` when the database is away."""

    async def hear(self, arrivals: Sequence[Arrival]) -> int:
        """Keep *arrivals* for good and return how many of them were new. Repeats change nothing."""

    async def claim(self, limit: int, bots: Collection[BotName]) -> tuple[Claim, ...]:
        """Lease up to *limit* conversations of *bots* in which something is due, oldest first."""

    async def waiting(self, claim: Claim) -> tuple[Heard, ...]:
        """All that waits in a claimed conversation by now."""

    async def stopped(self, claim: Claim, mark: int) -> bool:
        """Whether somebody stopped the turn with this *mark* in a claimed conversation."""

    async def write(self, claim: Claim, *steps: Step) -> None:
        """Take all *steps* or none. Raises `LeaseLost` when the claim is not ours any more."""

    async def renew(self, claims: Collection[Claim]) -> frozenset[int]:
        """Prolong the leases of *claims*; return the ids of the conversations still held."""

    async def tail(self, claim: Claim, limit: int) -> tuple[Line, ...]:
        """The last lines heard and said in the conversation, the ones waiting left out."""


class Places(Protocol):
    """Knows where a bot has been, for platforms that do not say again what was missed."""

    async def seen(self, bot: BotName) -> tuple[Visited, ...]:
        """The places that *bot* has heard something in and that are not closed to it.

        Raises `LedgerUnavailable`.
        """


class Transcript(Protocol):
    """What a place of our own shows: platforms without a memory of their own read it from here.

    It knows the places whose messages are named by ids of ours, in decimal. Raises
    `LedgerUnavailable`.
    """

    async def since(self, conversation: Conversation, after: int, limit: int) -> tuple[Entry, ...]:
        """The first *limit* lines heard and delivered there with an id above *after*."""

    async def before(
        self, conversation: Conversation, before: int, limit: int
    ) -> tuple[Entry, ...]:
        """The last *limit* lines there with an id below *before*, in their order."""

    async def document(self, conversation: Conversation, said: int) -> Beside | None:
        """What came with the bubble *said* if that is a file or a sound and was delivered there."""


class Bot(Protocol):
    """One account on one platform, listening."""

    async def run(self) -> None:
        """Hear until cancelled, leaving nothing running."""


class Channel(Protocol):
    """A platform's sending side."""

    def drafts_in(self, conversation: Conversation) -> bool:
        """Whether words are shown there as they come."""

    def pieces(self, text: str) -> Sequence[str]:
        """*text* cut, without loss, into what the platform takes as one message each."""

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
        """Send one piece and return the platform's id of it. *asks*: with buttons to rate it by.

        A place that shows pictures sends the *sticker*, where there is one, in place of the text.
        What is *beside* it comes along; a file that is gone costs nobody the words.
        Raises `SlowDown`, `Unreachable`, `Undelivered`, `Gone` or `Moved`.
        """

    async def typing(self, conversation: Conversation, *, mark: int = 0) -> None:
        """Show that we are writing, for some seconds. A failure is of no interest to anybody.

        Where people can stop a turn, they stop the one with this *mark*; 0: none.
        """

    async def draft(self, conversation: Conversation, text: str, *, mark: int) -> None:
        """Show *text* as the beginning of the next bubble; only where `drafts_in`.

        An empty one takes back the beginning that was shown last. *mark* as for `typing`.
        """


@runtime_checkable
class Reacts(Protocol):
    """A `Channel` whose platform knows reactions to a message; the others send the face itself."""

    async def react(self, conversation: Conversation, message: str, face: str) -> bool:
        """Show *face* on *message*, once however often it is asked for; whether it is there now.

        Raises what `Channel.send` raises.
        """


@runtime_checkable
class Speaks(Protocol):
    """A `Channel` on which people can be answered aloud; it takes the `note` of a `Beside`.

    It sends the note in place of the words, and after it what no longer fitted. Where the platform
    refuses it, it sends the words; so whoever sends gets one of the two to them, and never both.
    """

    def speaks_in(self, conversation: Conversation) -> bool:
        """Whether people get notes there, as far as anybody knows."""

    async def recording(self, conversation: Conversation) -> None:
        """Show that we are speaking, as `Channel.typing` shows that we write."""


class Fetches(Protocol):
    """A platform's way to what came with a message."""

    async def fetch(self, conversation: Conversation, attachment: Attachment) -> bytes:
        """All of *attachment*, which came in *conversation*.

        Raises `Unfetched` where it cannot be had, `Unreachable` or `SlowDown` where it cannot be
        had now; it takes no longer than somebody waits for an answer.
        """


class Sees(Protocol):
    """Looks at what people send besides words."""

    async def see(self, scene: Scene) -> tuple[Seen, ...]:
        """What was heard in *scene* brought, as far as who answers can make use of it.

        What *scene* has *seen* already is not looked at again. It never raises: what cannot be had
        stays what its message calls it.
        """


class Hears(Protocol):
    """Listens to what people say aloud."""

    def audible(self, heard: Sequence[Heard]) -> Sequence[Heard]:
        """Those of *heard* in which there is something to listen to."""

    async def listen(
        self, conversation: Conversation, heard: Sequence[Heard]
    ) -> Sequence[Transcribed]:
        """What was said in *heard*, as far as it can be had in the time that people wait.

        It never raises; what nobody could listen to stays what its message calls it.
        """


class Notes(Protocol):
    """Has made into sound what we say, and keeps that for a while."""

    async def note(self, said: Said, text: str, manner: Manner) -> VoiceNote | None:
        """The sound of *said*, which reads *text*; the same however often it is asked for.

        It never raises. Where it cannot be had in time it is None, and the words are written.
        """


class Backend(Protocol):
    """A server of models."""

    def stream(self, prompt: Prompt, soul: Soul) -> AsyncGenerator[Delta, None]:
        """The answer as it is made. Raises `BackendUnavailable`, also in mid-stream, or `Refused`.

        Ending without an error means that the answer is whole.
        """


class Souls(Protocol):
    """Which version of the soul speaks where."""

    def of(self, claim: Claim) -> tuple[Soul, ...]:
        """Who speaks in this conversation by now, and after it whom to ask in its place.

        Each one's *fallback* names those who still come after it.
        """


class Deeds(Protocol):
    """What a persona can do besides speaking; a model asks for it by the name of a tool."""

    async def do(self, name: str, arguments: Mapping[str, str], scene: Scene) -> str:
        """Do it, once however often it is asked for, and tell the model in a line how it went."""


class Memory(Protocol):
    """What we remember of a conversation."""

    async def recall(self, claim: Claim) -> tuple[Line, ...]:
        """The last lines before those that are waiting now."""

    async def remember(self, claim: Claim, lines: Sequence[Line]) -> None:
        """Add what this claim brought; called once, when the conversation is given back."""

    async def archive(self, claim: Claim) -> None:
        """Another soul has taken over: nothing that stood before this claim is recalled again."""


class Recollects(Protocol):
    """Knows what was said long ago."""

    async def recollect(self, scene: Scene) -> tuple[Remembered, ...]:
        """What comes to mind at what was heard, out of what may be told in this place, by age.

        It never raises, and a person waits for it: where it cannot know in time, it is nothing.
        """


class Embedder(Protocol):
    """Turns texts into vectors that lie near each other where the texts mean nearly the same.

    *name* says which model makes them and is kept beside each: vectors of two names cannot be
    compared. *dim* is how many numbers a vector has; 0 while only a far side knows.
    """

    @property
    def name(self) -> str: ...

    @property
    def dim(self) -> int: ...

    async def prepare(self) -> None:
        """Have it ready, which may take seconds. Raises `EmbeddingUnavailable`."""

    async def embed(self, texts: Sequence[str], *, asked: bool = False) -> Sequence[Vector]:
        """A vector for each of *texts*, in their order, whatever they hold.

        *asked*: they are questions, for which somebody waits. Those pass all others, and fail at
        once where what makes the vectors is not ready or was away lately. Raises
        `EmbeddingUnavailable`.
        """

    @property
    def now(self) -> Callable[[str], Vector] | None:
        """Makes the vector of a question in the thread that asks, which saves a journey to another.

        It raises as `embed` does. None where only that makes vectors.
        """


class Voice(Protocol):
    """Says things aloud. It never waits long, and never keeps those who only write waiting."""

    async def speak(self, text: str, manner: Manner) -> VoiceNote:
        """*text* as it would be said: without what is for the eye only, numbers as words.

        Whoever has several texts to say sends each note before it asks for the next one. Raises
        `Unspeakable` where there is nothing to say or too much, `VoiceUnavailable` where it cannot
        be said now; either way *text* is written instead.
        """


class Hearing(Protocol):
    """Understands what people say aloud."""

    async def transcribe(self, sound: bytes, mime: str, language: str = "") -> Understood:
        """The words in *sound*; *language* is the one to expect, empty where nobody knows.

        Words that are not clear are none. Raises `Inaudible` for what nobody could understand,
        `HearingUnavailable` where nobody can listen now.
        """


class House(Protocol):
    """What the house itself says, before any model is asked."""

    def admits(self, heard: Heard) -> bool:
        """Whether this speaker may talk with us at all."""

    def owned_by(self, heard: Heard) -> bool:
        """Whether this speaker is one of those to whom the persona belongs."""

    async def excess(self, claim: Claim, heard: Sequence[Heard]) -> str:
        """Which limit an answer to *heard* would pass, in one word; empty: none."""

    async def refuse(self, order: Order, reason: str) -> Obeyed:
        """One polite line for somebody who is not answered, or nothing when it was said before.

        *reason* is why, as in `Decision`. What comes with it lasts as in `obey`.
        """

    def commands(self, heard: Heard) -> bool:
        """Whether the message is a command to the house, and no talk."""

    async def obey(self, order: Order) -> Obeyed:
        """Do what a command wants. Nothing lasts but the steps that come with the answer."""


class Persona(Protocol):
    """Who is speaking."""

    def speak(self, scene: Scene) -> AsyncGenerator[Speech, None]:
        """The answer to *scene*, bubble by bubble. Its account comes with the last or after it.

        Raises what the backend raises; the bubbles until then stand.
        """

    def weigh(self, scene: Scene, dial: int) -> Decision:
        """Whether to say something to *scene*, where this *dial* is set. It takes no time."""

    async def ponder(self, scene: Scene, decision: Decision) -> Decision:
        """What becomes of a *decision* that was not sure, when there is time for a question."""

    def sorry(self, trouble: Trouble, heard: Sequence[Heard], reference: str) -> str:
        """One polite line in the person's language, with the *reference* of the log's entry."""

    def greeting(self, heard: Heard) -> str:
        """What it says to somebody who has just come in."""
