"""`anima memory rank --scenarios`: who comes to know what, in stories of people and groups."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from anima.ports import Witness
from memory.holder import Holder
from memory.ledger import SqlLedger
from memory.longterm.asking import Asked
from memory.longterm.erasing import Erasing
from memory.longterm.forgetting import Forgetting
from memory.longterm.packing import pack
from memory.longterm.scope import Viewer
from memory.longterm.scribe import Scribe
from memory.longterm.viewing import Views
from memory.longterm.wanted import Everything, Ids, Place, What
from memory.shortterm import LocalTail
from service.memory_lines import Ask, Forget, Said, Scenario, lines
from service.memory_rank import MOST, Store, Stores, stores
from service.memory_story import PERSONA, Story, speaker_of
from service.settings import Settings


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
    views: Views
    forgetting: Forgetting
    kinds: dict[str, str] = field(default_factory=dict)

    @classmethod
    def over(cls, store: Store, made: Stores) -> "_Stage":
        database, clock = store.database, made.clock
        ledger = SqlLedger(database, clock, Holder.me(), lease_s=20, rang=lambda _: None)
        forgetting = Forgetting(database, clock, LocalTail(), Erasing(database))
        story = Story(database, ledger, clock)
        return cls(store, story, Scribe(database), Views(database), forgetting)

    def says(self, said: Said) -> None:
        self.kinds[said.chat] = said.chat_type
        self.story.says(said)

    async def forgets(self, forget: Forget) -> None:
        await self._settle()
        viewer = await self._viewer(forget.user, forget.chat, self.kinds.get(forget.chat, "dm"))
        mine = Viewer(
            viewer.persona, viewer.place, viewer.private, (speaker_of(forget.user).address,)
        )
        self.story.clock.at = forget.time
        await self.forgetting.forget(mine, await self._meant(forget), mine.speakers[0])

    async def asks(self, ask: Ask) -> list[str]:
        """The messages that what is packed comes from, the best first."""
        await self._settle()
        viewer = await self._viewer(ask.user, ask.chat, ask.chat_type)
        recalled = await self.store.longterm.recall(viewer, Asked(ask.query, at=ask.time), MOST)
        return self._told(recalled)
