"""The cast of ring 0's tests: fakes for those whom an attendant works with."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from anima.deliver import Shown
from anima.model import (
    NOTHING,
    Account,
    Beside,
    Bubble,
    Button,
    Choice,
    Claim,
    Conversation,
    Decision,
    Draft,
    Heard,
    Scene,
    Seen,
    Soul,
    Speaker,
    Speech,
    Sticker,
)
from anima.orders import Obeyed, Order
from anima.pace import Pace
from anima.ports import Persona, Trouble
from anima.remembered import Remembered
from anima.roles import Role
from anima.steps import Changed, Chose, Dialled, Knocked, Preferred, Recast
from tests.jump import JumpClock

BOT = ("telegram", "anima")
HOME = Conversation(*BOT, "7")
ANN = Speaker("telegram", "1", "Ann", "en")
BO = Speaker("telegram", "2", "Bo", "en")
ACCOUNT = Account("KU5.0", "r1")
Deed = Callable[[], Awaitable[object]]
Script = Sequence[str | Bubble | Draft | Account | Exception | Deed]
NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


def place(chat: str) -> Conversation:
    """Another chat of the same bot."""
    return Conversation(*BOT, chat)


class Life:
    """The life of a process: the step at which it *ends* never comes back, and none after it."""

    def __init__(self, ends: int = 0) -> None:
        self.ends = ends
        self.steps = 0
        self.over = asyncio.Event()

    async def step(self) -> None:
        self.steps += 1
        if self.steps == self.ends:
            self.over.set()
        if self.over.is_set():
            await asyncio.Event().wait()


class Notebook:
    """The port `Witness`: keeps what it sees."""

    def __init__(self) -> None:
        self.noted: list[tuple[str, dict[str, object]]] = []
        self.broken: list[str] = []

    def note(self, event: str, **facts: object) -> None:
        self.noted.append((event, facts))

    def broke(self, event: str, **facts: object) -> None:
        self.broken.append(event)

    @contextmanager
    def about(self, **facts: object) -> Iterator[None]:
        yield

    def count(self, event: str) -> int:
        return [noted for noted, _ in self.noted].count(event)


def _outcry(scene: Scene, dial: int) -> Decision:
    asked = not scene.unasked
    return Decision(asked or scene.heard[-1].text.endswith("!"), f"dial {dial}")


class Actor:
    """The port `Persona`: plays its scripts, one a scene, and repeats what it hears after that.

    A script's string is a bubble, the last one with the account; a deed is awaited on the way.
    *spoke* tells where it spoke, from when to when. It has something to say when nobody asks where
    it *weighs* so, and else where the newest words are marked by a `!`.
    """

    def __init__(self, *scripts: Script) -> None:
        self.weighs: Callable[[Scene, int], Decision] = _outcry
        self.weighed: list[Scene] = []
        self.pondered: list[Scene] = []
        self.ponders = False
        self.scripts = list(scripts)
        self.scenes: list[Scene] = []
        self.closed = 0
        self.spoke: list[tuple[str, float, float]] = []

    async def speak(self, scene: Scene) -> AsyncGenerator[Speech, None]:
        self.scenes.append(scene)
        time = asyncio.get_running_loop().time
        began = time()
        echo = " + ".join(one.text for one in scene.heard)
        script = self.scripts.pop(0) if self.scripts else [f"re: {echo}"]
        try:
            for number, step in enumerate(script, start=1):
                if isinstance(step, str):
                    yield Bubble(step, ACCOUNT if number == len(script) else None)
                elif isinstance(step, Bubble | Draft | Account):
                    yield step
                elif isinstance(step, Exception):
                    raise step
                else:
                    await step()
        finally:
            self.closed += 1
            self.spoke.append((scene.conversation.chat, began, time()))

    def weigh(self, scene: Scene, dial: int) -> Decision:
        self.weighed.append(scene)
        return self.weighs(scene, dial)

    async def ponder(self, scene: Scene, decision: Decision) -> Decision:
        self.pondered.append(scene)
        return Decision(self.ponders, "pondered")

    def sorry(self, trouble: Trouble, heard: Sequence[Heard], reference: str) -> str:
        return f"sorry ({trouble}) {reference}".strip()

    def greeting(self, heard: Heard) -> str:
        return f"welcome, {heard.speaker.name}"


class Troupe:
    """The port `Cast`: *first* plays wherever nobody else was chosen."""

    def __init__(self, first: Persona, pace: Pace, shown: Shown = str) -> None:
        self.roles = {"kokoro": Role("kokoro", first, pace, shown)}

    def joins(self, name: str, persona: Persona) -> None:
        """There is another one."""
        self.roles[name] = replace(self.roles["kokoro"], name=name, persona=persona)

    def of(self, claim: Claim) -> Role:
        return self.roles.get(claim.role) or self.roles["kokoro"]


async def _at_once() -> None:
    """Do nothing on the way."""


_REFUSALS = {"stranger": "I do not know you."}


class Porch:
    """The port `House`: commands begin with a slash; *strangers* are not let in.

    Where it is *busy*, all but *owners* are told of that limit. *obeying*
    happens on the way to each answer.
    """

    def __init__(self) -> None:
        self.strangers = set[str]()
        self.owners = set[str]()
        self.obeying: Deed = _at_once
        self.busy = ""
        self._told = set[str]()

    def admits(self, heard: Heard) -> bool:
        return heard.speaker.name not in self.strangers

    def owned_by(self, heard: Heard) -> bool:
        return heard.speaker.name in self.owners

    async def excess(self, claim: Claim, heard: Sequence[Heard]) -> str:
        return "" if heard[-1].speaker.name in self.owners else self.busy

    async def refuse(self, order: Order, reason: str) -> Obeyed:
        name, line = order.heard.speaker.name, _REFUSALS.get(reason, reason)
        if (told := f"{name} {reason}") in self._told:
            return Obeyed("")
        self._told.add(told)
        return Obeyed(line, (Knocked(name, name, "en", NOON),))

    def commands(self, heard: Heard) -> bool:
        return heard.text.startswith("/")

    async def obey(self, order: Order) -> Obeyed:
        """Do what is asked.

        `/soul NAME` switches here, `/persona NAME` has another one play, `/hello` is answered by
        the persona, `/talk N` turns the dial, `/language CODE` is a choice of who says so, and
        `/sure` asks back.
        """
        word, _, name = order.heard.text.partition(" ")
        await self.obeying()
        if word == "/soul":
            chosen = Chose(Choice(order.turn, name), "telegram:1", order.claim.soul, NOON)
            return Obeyed(f"now {name}", (chosen, Changed(name, since=order.turn)))
        address = order.heard.speaker.address
        if word == "/persona":
            recast = Recast(order.claim.role, name, address, NOON)
            return Obeyed(f"now {name}", (recast, Changed("KU1.0", order.turn, name)))
        if word == "/talk":
            return Obeyed(f"dial {name}", (Dialled(1, int(name), address, NOON),))
        if word == "/language":
            return Obeyed(f"in {name}", (Preferred(address, name, NOON),))
        if word == "/sure":
            return Obeyed("sure?|really?", beside=Beside((Button("Yes", "/soul KU2.0"),)))
        return Obeyed(f"did {order.heard.text}", talk=word == "/hello")


class Cloakroom:
    """The port `Souls`: the newest choice, else *first*."""

    def __init__(self, first: str = "KU1.0") -> None:
        self.first = first

    def of(self, claim: Claim) -> tuple[Soul, ...]:
        name = claim.choices[-1].soul if claim.choices else self.first
        return (Soul(name, "default"),)


@dataclass
class Albums:
    """The port `Recollects`: *memories* come to mind, whatever the scene; *asked* keeps those."""

    memories: tuple[Remembered, ...] = ()
    asked: list[Scene] = field(default_factory=list)

    async def recollect(self, scene: Scene) -> tuple[Remembered, ...]:
        self.asked.append(scene)
        return self.memories


@dataclass
class Eyes:
    """The port `Sees`: *sights* are seen, whatever the scene; *looked* keeps those."""

    sights: tuple[Seen, ...] = ()
    looked: list[Scene] = field(default_factory=list)

    async def see(self, scene: Scene) -> tuple[Seen, ...]:
        self.looked.append(scene)
        return self.sights


@dataclass
class Phone:
    """The port `Channel`: keeps what arrived, and when it left; `|` parts two pieces.

    *faults* happen to the next sends: an error is raised, a deed done before the bubble arrives.
    """

    clock: JumpClock
    diary: list[str]
    life: Life
    drafts: bool = False
    takes_s: float = 0.25
    faults: list[Exception | Deed | None] = field(default_factory=list)
    sent: list[tuple[str, str]] = field(default_factory=list)
    sent_at: list[float] = field(default_factory=list)
    keys: list[int] = field(default_factory=list)
    replies: list[str] = field(default_factory=list)
    asking: list[str] = field(default_factory=list)
    drawn: list[Sticker] = field(default_factory=list)
    besides: list[Beside] = field(default_factory=list)
    typed_at: list[float] = field(default_factory=list)
    drafted: list[str] = field(default_factory=list)
    marks: set[int] = field(default_factory=set)

    @property
    def texts(self) -> list[str]:
        return [text for _, text in self.sent]

    def drafts_in(self, conversation: Conversation) -> bool:
        return self.drafts and not conversation.connection

    def pieces(self, text: str) -> Sequence[str]:
        return text.split("|")

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
        await self.life.step()
        self.diary.append(f"send {text}")
        fault = self.faults.pop(0) if self.faults else None
        if isinstance(fault, Exception):
            raise fault
        began = self.clock.elapsed()
        await (fault or self._travel)()
        self.sent.append((conversation.chat, text))
        self.sent_at.append(began)
        self.keys.append(key)
        self.replies.append(reply_to)
        self.asking += [text] * asks
        self.drawn += [sticker] if sticker else []
        self.besides.append(beside)
        await self.life.step()
        return f"m{len(self.sent)}"

    async def _travel(self) -> None:
        await self.clock.sleep(self.takes_s)

    async def typing(self, conversation: Conversation, *, mark: int = 0) -> None:
        self.typed_at.append(self.clock.elapsed())
        self.marks |= {mark} - {0}

    async def draft(self, conversation: Conversation, text: str, *, mark: int) -> None:
        self.marks.add(mark)
        self.drafted.append(text)
