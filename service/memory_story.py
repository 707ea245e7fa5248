"""A told story, played into a store: people and we say things at the times that are told."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import Connection, select

from anima.ids import Ids
from anima.model import Arrival, Claim, Conversation, Heard, Incoming, Speaker
from anima.steps import Began, Delivered, Ended, Released, Say, Step
from memory.database import Database
from memory.ledger import SqlLedger
from memory.place import placed
from memory.tables import conversation
from service.memory_lines import Said

PERSONA: Final = "story"
US: Final = "bot"
_PLATFORM: Final = "story"
_EPOCH: Final = select(conversation.c.epoch, conversation.c.private, conversation.c.title)


class StoryClock:
    """Shows the time that is told."""

    def __init__(self) -> None:
        self.at = datetime.fromtimestamp(0, UTC)

    def now(self) -> datetime:
        return self.at

    def elapsed(self) -> float:
        return self.at.timestamp()

    async def sleep(self, seconds: float) -> None:
        raise AssertionError(f"nobody in a story waits for {seconds:g} s")


def speaker_of(user: str, name: str = "") -> Speaker:
    """What the store calls a *user* of the story."""
    return Speaker(_PLATFORM, user, name or user)


@dataclass(slots=True)
class Story:
    """Plays lines through the ledger. *told* finds the outside name of what was heard or said."""

    database: Database
    ledger: SqlLedger
    clock: StoryClock
    told: dict[tuple[str, int], str] = field(default_factory=dict)
    _ids: Ids = field(init=False)
    _waiting: list[Said] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._ids = Ids(self.clock)

    def says(self, line: Said) -> None:
        """This is said next."""
        self._waiting.append(line)

    async def plays(self) -> Sequence[int]:
        """Write down all that was said until now; the places in which it was."""
        lines, self._waiting = self._waiting, []
        return [await self._exchange(some) for some in _exchanges(lines)]

    async def place(self, chat: str, kind: str) -> int:
        """The ledger's id of a chat, which is made where there is none."""
        return (await self._claimed(chat, kind)).id

    async def _exchange(self, lines: Sequence[Said]) -> int:
        """What people said in one chat, and what we said to that, as one turn."""
        theirs = [line for line in lines if line.user != US]
        self.clock.at = lines[-1].time
        turn = self._ids.next()
        await self.ledger.hear(
            [_arrival(line, f"{turn}.{number}") for number, line in enumerate(theirs)]
        )
        claim = await self._claimed(lines[0].chat, lines[0].chat_type)
        heard = await self.ledger.waiting(claim)
        self._learn(heard, theirs)
        said = [step for line in lines if line.user == US for step in self._said(turn, line)]
        ended = Ended(turn, tuple(one.id for one in heard), "answered", lines[-1].time)
        began = Began(turn, lines[0].time, PERSONA)
        await self.ledger.write(claim, began, *said, ended, Released())
        return claim.id

    def _learn(self, heard: Sequence[Heard], theirs: Sequence[Said]) -> None:
        for one in heard:
            self.told["heard", one.id] = theirs[int(one.message.rpartition(".")[2])].id

    def _said(self, turn: int, line: Said) -> tuple[Step, Step]:
        id_ = self._ids.next()
        self.told["said", id_] = line.id
        say = Say(id_, turn, line.text, line.time, state="sending")
        return say, Delivered(id_, str(id_), line.time)

    async def _claimed(self, chat: str, kind: str) -> Claim:
        """The conversation as if it had been claimed: nobody else works with this store."""
        where, private = Conversation(_PLATFORM, PERSONA, chat), kind == "dm"

        def job(connection: Connection) -> Claim:
            id_ = placed(connection, where, private=private, title="").id
            row = connection.execute(_EPOCH.where(conversation.c.id == id_)).one()
            return Claim(id_, where, row.epoch, row.private, row.title, ())

        return await self.database.write(job, lasting=False)


def _exchanges(lines: Sequence[Said]) -> Iterator[Sequence[Said]]:
    """*lines* cut where the chat changes, and where somebody speaks after us."""
    some: list[Said] = []
    for line in lines:
        answered = some and some[-1].user == US and line.user != US
        if some and (answered or some[-1].chat != line.chat):
            yield some
            some = []
        some.append(line)
    if some:
        yield some


def _arrival(line: Said, name: str) -> Arrival:
    """*line* as an update that is called *name*."""
    where = Conversation(_PLATFORM, PERSONA, line.chat)
    private = line.chat_type == "dm"
    speaker = speaker_of(line.user, line.name)
    meaning = Incoming(where, speaker, line.text, line.time, name, private=private)
    return Arrival(f"{_PLATFORM}:{PERSONA}", name, "", meaning)
