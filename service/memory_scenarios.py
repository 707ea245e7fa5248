"""`anima memory rank --scenarios`: who comes to know what, in stories of people and groups."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from sqlalchemy import select

from anima.ports import Witness
from memory.holder import Holder
from memory.ledger import SqlLedger
from memory.longterm.asking import Asked
from memory.longterm.erasing import Erasing
from memory.longterm.forgetting import Forgetting
from memory.longterm.scope import Viewer
from memory.longterm.scribe import Scribe
from memory.longterm.viewing import Party
from memory.longterm.wanted import Everything, Ids, Place, What
from memory.shortterm import LocalTail
from memory.tables import memory
from service.finding import Finding
from service.memory_lines import Ask, Forget, Said, Scenario, lines
from service.memory_rank import MOST, Store, Stores, stores, told
from service.memory_story import PERSONA, Story, speaker_of
from service.settings import Settings

_LINES: Final = select(memory.c.id, memory.c.heard_id, memory.c.said_id).where(
    memory.c.kind == "line"
)


async def played(settings: Settings, witness: Witness, scenarios: Path, out: Path) -> int:
    """Play each of *scenarios* into a store of its own and write what was asked; how many asks."""
    count = 0
    async with stores(settings, witness) as made:
        with out.open("w", encoding="utf-8") as stream:
            for scenario in lines(scenarios, Scenario):
                for answer in await _play(made, scenario):
                    stream.write(json.dumps(answer) + "\n")
                    count += 1
    return count


async def _play(made: Stores, scenario: Scenario) -> Sequence[Mapping[str, object]]:
    async with made.fresh() as store:
        stage = _Stage.over(store, made)
        answers = []
        for event in scenario.events:
            match event:
                case Said():
                    stage.says(event)
                case Forget():
                    await stage.forgets(event)
                case Ask():
                    ranked = await stage.asks(event)
                    ask = {"scenario": scenario.scenario, "ask": event.id}
                    answers.append(ask | {"ranked": ranked})
        return answers


@dataclass(slots=True)
class _Stage:
    """A house without a model: what is said is kept, forgotten and found as in a real one."""

    store: Store
    story: Story
    scribe: Scribe
    forgetting: Forgetting
    kinds: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    @classmethod
    def over(cls, store: Store, made: Stores) -> "_Stage":
        database, clock = store.database, made.clock
        ledger = SqlLedger(database, clock, Holder.me(), lease_s=20, rang=lambda _: None)
        forgetting = Forgetting(database, clock, LocalTail(), Erasing(database))
        story = Story(database, ledger, clock)
        return cls(store, story, Scribe(database, Finding()), forgetting)

    def says(self, said: Said) -> None:
        self.kinds[said.chat] = said.chat_type
        self.names[said.user] = said.name or said.user
        self.story.says(said)

    async def forgets(self, forget: Forget) -> None:
        """Somebody has forgotten what is theirs, wherever they say so."""
        await self._settle()
        place = await self._place(forget.chat)
        mine = speaker_of(forget.user).address
        private = self.kinds.get(forget.chat, "dm") == "dm"
        self.story.clock.at = forget.time
        viewer = Viewer(PERSONA, place, private, speakers=(mine,))
        await self.forgetting.forget(viewer, await self._meant(forget), mine)

    async def asks(self, ask: Ask) -> list[str]:
        """The messages that what comes to mind is made of, the best first."""
        await self._settle()
        self.kinds.setdefault(ask.chat, ask.chat_type)
        who = Party(PERSONA, await self._place(ask.chat), (speaker_of(ask.user).address,))
        asked = Asked(ask.query, at=ask.time, by=self.names.get(ask.user, ask.user))
        recalled = await self.store.longterm.recall(who, asked, MOST)
        return told(recalled.hits, await self._names())

    async def _settle(self) -> None:
        """All that was said is kept and found by its meaning, too."""
        for place in dict.fromkeys(await self.story.plays()):
            while await self.scribe.catch_up(place):
                pass
        await self.store.inks()

    async def _place(self, chat: str) -> int:
        return await self.story.place(chat, self.kinds.get(chat, "dm"))

    async def _meant(self, forget: Forget) -> What:
        what = forget.what
        if what.ids is not None:
            wanted = set(what.ids)
            names = await self._names()
            return Ids(tuple(id_ for id_, name in names.items() if name in wanted))
        if what.chat is not None:
            return Place(await self._place(what.chat))
        return Everything((speaker_of(forget.user).address,))

    async def _names(self) -> Mapping[int, str]:
        """What each line that is kept is called outside."""
        rows = await self.store.database.read(lambda found: found.execute(_LINES).all())
        told_ = self.story.told
        return {
            row.id: told_["said", row.said_id] if row.said_id else told_["heard", row.heard_id]
            for row in rows
        }
