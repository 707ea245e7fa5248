"""A question to one version, aside from the talk: nothing of it is remembered or done."""

import asyncio
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Final

from anima.errors import BackendUnavailable, Refused
from anima.model import Bubble, Scene
from anima.ports import Clock, Persona
from service.commands.words import Language, Words

_TIMED: Final = Words(
    en="{name} · {seconds} s", zh="{name} · {seconds} 秒", ja="{name} · {seconds} 秒"
)
_DEAD: Final = Words(
    en="[It cannot be reached just now.]",
    zh="[暂时连不上它。]",
    ja="[今はつながりません。]",
)
_FAILING: Final = Words(
    en="[It gave no whole answer.]",
    zh="[它没能完整地回答。]",
    ja="[最後まで答えられませんでした。]",
)
_REFUSED: Final = Words(
    en="[It did not want to answer that.]",
    zh="[它不愿意回答这个。]",
    ja="[それには答えたくないようです。]",
)
_SILENT: Final = Words(en="[It kept silent.]", zh="[它没有说话。]", ja="[黙っていました。]")


@dataclass(frozen=True, slots=True)
class Aside:
    """Asks a persona what it would say with another soul."""

    clock: Clock

    async def answers(
        self, persona: Persona, scenes: Sequence[Scene], language: Language
    ) -> list[str]:
        """What each one says to its scene, under its name; all are asked at once."""
        async with asyncio.TaskGroup() as group:
            asked = [group.create_task(self._answer(persona, scene, language)) for scene in scenes]
        return [one.result() for one in asked]

    async def _answer(self, persona: Persona, scene: Scene, language: Language) -> str:
        began = self.clock.elapsed()
        bubbles: list[str] = []
        trouble: Words | None = None
        try:
            async with aclosing(persona.speak(scene)) as speech:
                async for one in speech:
                    if isinstance(one, Bubble):
                        bubbles.append(one.text)  # noqa: PERF401 - they stand when it breaks off
        except BackendUnavailable as error:
            trouble = _DEAD if error.connection else _FAILING
        except Refused:
            trouble = _REFUSED
        if not bubbles and trouble is None:
            trouble = _SILENT
        seconds = f"{self.clock.elapsed() - began:.1f}"
        title = _TIMED.to(language, name=scene.souls[0].name, seconds=seconds)
        told = (trouble.to(language),) if trouble else ()
        return "\n".join([title, *bubbles, *told])
