"""Nothing leaks: a house at random against a small model of who may see what.

People talk in private places and in groups, each line with a canary of its own. They hush, wish,
are linked and parted, forget and come back after restarts; now and then all that anybody may see is
compared with what they should, and what was forgotten is searched for in the bytes of the files.
`-s` shows counts.
"""

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from random import Random

import pytest
from sqlalchemy import select

from anima.ids import Ids
from anima.model import Arrival, Conversation, Incoming, Speaker
from anima.steps import Delivered, Released
from memory.linking import Links
from memory.longterm import wanted
from memory.longterm.consenting import Consents
from memory.longterm.scope import Origin, Viewer, keys, visible
from memory.longterm.scribe import Scribe
from memory.longterm.viewing import Views
from memory.longterm.wanted import Everything, Matching, Place, What
from memory.same import Side
from memory.tables import fact, memory, memory_source
from persona.facts.kinds import Fact
from tests.contracts.databases import BOTS, opened
from tests.contracts.ledgers import SqlLedgers
from tests.contracts.lived_in import House
from tests.contracts.words import place
from tests.files import found_in_files

PERSONAS = ("kokoro", "harrow")
PEOPLE = tuple(Speaker("telegram", str(n), f"P{n}", "en") for n in range(1, 5))
GROUPS = ("-1", "-2")
STEPS = int(os.environ.get("LEAK_STEPS", "60"))
SEEDS = int(os.environ.get("LEAK_SEEDS", "3"))
"""Small by default; `LEAK_SEEDS=100 LEAK_STEPS=400` takes its time."""


@dataclass
class Word:
    """A canary: who said it (nobody: we), to whom of us, where, and in whose turn."""

    text: str
    speaker: str
    persona: str
    chat: str
    heard_by: frozenset[str]
    hushed: str = ""
    gone: bool = False

    @property
    def private(self) -> bool:
        return not self.chat.startswith("-")


class Echo:
    """Finds one fact in every line that somebody else says: the line itself."""

    def found(self, line_text: str, at: object, speaker: str, language: str) -> tuple[Fact, ...]:
        if not speaker:
            return ()
        return (Fact("", "other", line_text, line_text, line_text, "en", line_text),)


@dataclass
class Model:
    """What should be so."""

    words: list[Word] = field(default_factory=list)
    wishing: set[str] = field(default_factory=set)
    persons: list[set[str]] = field(default_factory=list)
    hushes: dict[str, str] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)

    def remembered(self) -> Iterator[Word]:
        """What long-term memory holds."""
        return (one for one in self.words if not one.gone and not one.hushed)

    def may_see(self, who: Speaker, persona: str, chat: str) -> set[str]:
        """What *persona* may know when it answers *who* in *chat*."""
        alone = not chat.startswith("-")
        return {
            one.text
            for one in self.remembered()
            if one.persona == persona and (one.chat == chat or (alone and self._knows(who, one)))
        }

    def everyone(self, who: str) -> set[str]:
        """All speakers who are one person with *who*."""
        return next((one for one in self.persons if who in one), {who})

    def _knows(self, who: Speaker, one: Word) -> bool:
        person = self.everyone(who.address)
        if not one.private:
            return one.speaker in person
        open_to = person if self.wishing & person else person - {who.address}
        return any(self._spoke(speaker, one) for speaker in open_to)

    def _spoke(self, speaker: str, one: Word) -> bool:
        """Whether a private place is known as theirs: by something that they said there."""
        where = (one.chat, one.persona, speaker)
        return any((its.chat, its.persona, its.speaker) == where for its in self.remembered())

    def owns(self, who: Speaker, one: Word) -> bool:
        """Whether it was said in a private place of theirs."""
        mine = {address.partition(":")[2] for address in self.everyone(who.address)}
        return one.private and one.chat.partition(".")[0] in mine

    def link(self, who: str, other: str) -> None:
        """They are one person, with all whom either was one with."""
        both = self.everyone(who) | self.everyone(other)
        self.persons = [one for one in self.persons if not one & both] + [both]

    def part(self, who: str) -> None:
        """*who* is a person of their own again."""
        rest = self.everyone(who) - {who}
        self.persons = [one for one in self.persons if who not in one]
        self.persons += [rest] * (len(rest) > 1)

    def forget(self, goes: list[Word], mine: set[str]) -> None:
        """*goes* is of *mine*; so are our answers to it that nobody else was given."""
        turns = {(one.chat, id(one.heard_by)) for one in goes if one.speaker}
        for one in self.words:
            answered = (one.chat, id(one.heard_by)) in turns and not one.speaker
            own = one.private or one.heard_by <= mine
            if one in goes or (answered and own):
                one.gone = True


@dataclass
class Play:
    """One random run."""

    house: House
    chance: Random
    model: Model = field(default_factory=Model)
    turn: int = 0
    canaries: int = 0
    keys: int = 0

    async def step(self) -> None:
        """Something happens."""
        deeds = [self.talks] * 12 + [self.hushes] * 3 + [self.wishes, self.forgets, self.restarts]
        deed = self.chance.choice([*deeds, self.forgets, self.looks, self.links, self.parts])
        self.model.counts[deed.__name__] += 1
        await deed()

    def chats_of(self, who: Speaker) -> list[str]:
        """Two private places, and the groups."""
        return [f"{who.id}.0", f"{who.id}.1", *GROUPS]

    def canary(self) -> str:
        """A word that nobody said before."""
        self.canaries += 1
        return f"canary{self.canaries:04d}{self.chance.choice(['x', '杏', 'あ'])}"

    async def talks(self) -> None:
        """One or, in a group, several speak, and are answered with words of our own."""
        first = self.chance.choice(PEOPLE)
        chat = self.chance.choice(self.chats_of(first))
        others = [one for one in PEOPLE if one != first] if chat in GROUPS else []
        people = [first, *self.chance.sample(others, min(len(others), self.chance.randint(0, 2)))]
        persona = self.chance.choice(PERSONAS)
        listened = frozenset(one.address for one in people)
        hushed = self.model.hushes.get(chat, "")
        said = [(one, self.canary()) for one in people]
        for who, text in said:
            await self.hear(who, text, chat)
        answers = [self.canary() for _ in range(self.chance.randint(0, 2))]
        self.turn += 1
        (claim,) = await self.house.store.ledger.claim(1, BOTS)
        here = await self.house.store.goes_on(
            claim, self.turn, *answers, persona=persona, at=self.house.store.now
        )
        self.model.places[chat] = here
        for speaker, text in [
            *((who.address, text) for who, text in said),
            *(("", a) for a in answers),
        ]:
            self.model.words.append(Word(text, speaker, persona, chat, listened, hushed))
        if self.chance.random() < 0.8:
            await self.catches_up()

    async def hear(self, who: Speaker, text: str, chat: str) -> None:
        """*who* says *text*; the platform's own form of it has the word, too."""
        self.keys += 1
        key = f"k{self.keys}"
        where: Conversation = place(chat)
        alone = chat not in GROUPS
        spoken = Incoming(where, who, text, self.house.store.now, key, private=alone)
        raw = f'{{"text": "{text}"}}'
        await self.house.store.ledger.hear([Arrival("telegram:anima", key, raw, spoken)])
        self.house.store.ledgers.clock.advance(self.chance.choice([1, 60, 20_000]))

    async def catches_up(self) -> None:
        """The scribe gets round to it."""
        scribe = Scribe(self.house.store.database, Echo())
        for where in await scribe.behind():
            while await scribe.catch_up(where):
                pass

    async def hushes(self) -> None:
        """A hush begins in a place, or ends; a private talk is taken out at its end."""
        if not self.model.places:
            return
        chat = self.chance.choice(sorted(self.model.places))
        here, present = self.model.places[chat], self.model.hushes.pop(chat, "")
        self.turn += 1
        if not present:
            kind = self.chance.choice(["off", "private"])
            await self.house.hushing.begin(here, kind, self.turn + 1, "telegram:1")
            self.model.hushes[chat] = kind
            return
        await self.house.hushing.end(here, present, self.turn)
        for one in self.model.words:
            if one.chat == chat and one.hushed == "private":
                one.gone = True

    async def wishes(self) -> None:
        """Somebody changes their mind about whether their private talks know each other."""
        who = self.chance.choice(PEOPLE).address
        consents = Consents(self.house.store.database, self.house.store.ledgers.clock)
        if who in self.model.wishing:
            await consents.take_back(who)
        else:
            await consents.wish(who)
        self.model.wishing ^= {who}

    @property
    def linking(self) -> Links:
        """The links as this process has them."""
        store = self.house.store
        clock, rang = store.ledgers.clock, store.rang.extend
        return Links(store.database, clock, Numbers(self), rang, lambda *_: "linked or parted")

    async def links(self) -> None:
        """Somebody brings the code of another, and is one person with them."""
        known = [one for one in PEOPLE if f"{one.id}.0" in self.model.places]
        if len(known) < 2:
            return
        one, other = self.chance.sample(known, 2)
        code = await self.linking.code(self.side(one))
        done = await self.linking.bring(self.side(other), code, sure=True)
        assert done.result in {"linked", "same"}
        self.model.link(one.address, other.address)
        await self.tells()
        await self.looks()

    async def parts(self) -> None:
        """Somebody is a person of their own again, and sees nothing of the others."""
        who = self.chance.choice(PEOPLE).address
        await self.linking.part(who)
        self.model.part(who)
        await self.tells()
        await self.looks()

    async def tells(self) -> None:
        """What they are told of it arrives, and is no part of any talk."""
        ledger = self.house.store.ledger
        for claim in await ledger.claim(9, BOTS):
            now = self.house.store.now
            told = [Delivered(one.id, f"m{one.id}", now) for one in claim.unsent]
            await ledger.write(claim, *told, Released())

    def side(self, who: Speaker) -> Side:
        """*who* in the first of their private places."""
        chat = f"{who.id}.0"
        return Side(who.address, who.name, self.model.places[chat], place(chat))

    async def viewer(self, who: Speaker, persona: str, chat: str) -> Viewer:
        """*who* as the house sees them there."""
        here = self.model.places[chat]
        return await Views(self.house.store.database).of(persona, here, [who.address])

    async def owner(self, who: Speaker, persona: str, chat: str) -> Viewer:
        """The same, as one who may forget what is theirs."""
        viewer = await self.viewer(who, persona, chat)
        return replace(viewer, speakers=viewer.speakers or (who.address,))

    async def forgets(self) -> None:
        """Somebody forgets one line, a word, a place, or rarely everything."""
        who = self.chance.choice(PEOPLE)
        chats = [chat for chat in self.chats_of(who) if chat in self.model.places]
        if not chats:
            return
        await self.catches_up()
        chat = self.chance.choice(chats)
        viewer = await self.owner(who, self.chance.choice(PERSONAS), chat)
        what, goes = await self.chosen(who, chat, viewer)
        everyone = self.model.everyone(who.address)
        if isinstance(what, Everything):
            viewer = replace(viewer, speakers=what.speakers)
        await self.house.forgetting.forget(viewer, what, who.address)
        self.model.forget(goes, everyone if isinstance(what, Everything) else set(viewer.speakers))
        if isinstance(what, Everything):
            self.model.wishing -= everyone
            self.model.persons = [one for one in self.model.persons if not one & everyone]
        await self.search_files()

    async def chosen(self, who: Speaker, chat: str, viewer: Viewer) -> tuple[What, list[Word]]:
        """What is to go, and which words of the model that is."""
        everyone = set(viewer.speakers)
        theirs = [one for one in self.model.words if one.speaker in everyone and not one.gone]
        here = [one for one in theirs if one.chat == chat]
        match self.chance.randrange(10):
            case 0:
                person = await Views(self.house.store.database).person(who.address)
                assert set(person) == self.model.everyone(who.address)
                said = [one for one in self.model.words if one.speaker in person and not one.gone]
                alone = [one for one in self.model.words if self.model.owns(who, one)]
                return Everything(person), [*said, *alone]
            case 1:
                all_of_it = [one for one in self.model.words if one.chat == chat]
                return Place(), here if chat in GROUPS else all_of_it
            case 2 | 3 | 4 | 5 if here:
                one = self.chance.choice(here)
                return Matching(one.text), [one]
        one = self.chance.choice(self.model.words)
        goes = self.goes(one, who, viewer)
        return wanted.Ids(tuple(await self.ids_of(one.text))), goes

    def goes(self, one: Word, who: Speaker, viewer: Viewer) -> list[Word]:
        """A line goes by its number where it is theirs, or was said to them alone, and seen."""
        chat = next(name for name, number in self.model.places.items() if number == viewer.place)
        seen = one.text in self.model.may_see(who, viewer.persona, chat)
        ours = not one.speaker and self.model.owns(who, one)
        return [one] if seen and (one.speaker in viewer.speakers or ours) else []

    async def ids_of(self, text: str) -> list[int]:
        """The memories that have it."""
        named = select(memory.c.id).where(memory.c.text == text)
        return await self.house.store.database.read(
            lambda connection: list(connection.execute(named).scalars())
        )

    async def restarts(self) -> None:
        """Another process takes over."""
        self.house = House(await self.house.store.another(), self.house.tail)
        await self.house.erasing.resume()

    async def looks(self) -> None:
        """Everybody sees, everywhere, just what they should, and lines and facts alike."""
        await self.catches_up()
        rows = await self.house.store.rows(memory)
        kept = {row.text for row in rows}
        assert [] == [one for one in self.model.remembered() if one.text not in kept]
        assert kept == {one.text for one in self.model.remembered()}
        for who in PEOPLE:
            for chat in self.chats_of(who):
                if chat in self.model.places:
                    for persona in PERSONAS:
                        await self.compare(rows, who, persona, chat)

    async def compare(self, rows: object, who: Speaker, persona: str, chat: str) -> None:
        """What the keys open is what the model allows."""
        held = visible(await self.viewer(who, persona, chat))
        seen = {row.text for row in rows if not held.isdisjoint(_keys(row))}  # type: ignore[attr-defined] # rows of a table
        self.model.counts["views"] += 1
        self.model.counts["seen"] += len(seen)
        assert self.model.may_see(who, persona, chat) == seen

    async def search_files(self) -> None:
        """No byte of what is gone is left, nor a row that hangs in the air."""
        gone = [one.text for one in self.model.words if one.gone]
        self.model.counts["searched"] += len(gone)
        assert 0 == await found_in_files(self.house.store.database, *gone)
        ids = {row.id for row in await self.house.store.rows(memory)}
        assert ids >= {row.memory_id for row in await self.house.store.rows(fact)}
        assert ids >= {row.source_id for row in await self.house.store.rows(memory_source)}


class Numbers(Ids):
    """What the house says by itself is numbered on with the turns of the run."""

    def __init__(self, play: Play) -> None:
        self._play = play

    def next(self) -> int:
        self._play.turn += 1
        return self._play.turn


def _keys(row: object) -> tuple[int, ...]:
    return keys(Origin(row.persona, row.conversation_id, row.private, row.speaker))  # type: ignore[attr-defined] # a row


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(SEEDS))
async def test_nobody_sees_what_is_not_for_them(sql_ledgers: SqlLedgers, seed: int) -> None:
    """However people talk, hush, wish, forget and come back."""
    play = Play(House(await opened(sql_ledgers)), Random(seed))

    for _ in range(STEPS):
        await play.step()
    await play.looks()
    await play.search_files()

    counts = play.model.counts
    gone = sum(one.gone for one in play.model.words)
    print(f"\nseed {seed}: {len(play.model.words)} canaries, {gone} gone, {dict(counts)}")  # noqa: T201
    assert counts["views"] > 0
    assert counts["seen"] > 0
