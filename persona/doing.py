"""What a model asks for besides speaking: what is offered, what was meant, and having it done."""

from collections.abc import Mapping, Sequence

from anima.model import Scene, Soul, Tool
from anima.ports import Deeds, Witness
from persona.answer import Answer
from persona.calls import understood
from persona.tools import SILENCE, offered

Deed = tuple[str, Mapping[str, str]]
"""A tool's name, and its arguments."""


class Doing:
    """Has *deeds* done by those of the tools *named* that are offered; without deeds none are."""

    def __init__(self, named: Sequence[str], deeds: Deeds | None, witness: Witness) -> None:
        self._named = named
        self._deeds = deeds
        self._witness = witness

    def offered(self, soul: Soul, scene: Scene) -> tuple[Tool, ...]:
        """The tools that *soul* may ask for in *scene*."""
        if self._deeds is None or soul.form == "off":
            return ()
        return offered(self._named, private=scene.private and not scene.impulse)

    def meant(self, answer: Answer, tools: Sequence[Tool]) -> list[Deed]:
        """What *answer* asks for, each once; what makes no sense is dropped, and an unfit answer's.

        One that slipped is unfit: it was not the persona who asked.
        """
        meant: list[Deed] = []
        for call in () if answer.slipped else answer.calls:
            deed = understood(call, tools)
            if deed is None:
                self._witness.note("tool dropped", tool=call.name[:40])
            elif deed not in meant:
                meant.append(deed)
        return meant

    async def do(self, meant: Sequence[Deed], scene: Scene) -> list[str]:
        """Have it done; how it went, a line each."""
        if self._deeds is None:
            return []
        return [
            f"You used {name}: {await self._deeds.do(name, arguments, scene)}"
            for name, arguments in meant
            if name != SILENCE.name
        ]
