"""iFLYTEK's WebSocket with backends over it, for the tests of what they make of each other."""

from dataclasses import dataclass, field

import pytest

from anima.errors import AnimaError
from anima.model import Delta, Message, Prompt, Soul
from backend.limits import Limits
from backend.xfyun import Xfyun
from tests.backend_fakes import HastyClock, Notes
from tests.far_side import xfyun_replies as replies
from tests.far_side.xfyun import XfyunServer

PROMPT = (Message("system", "You are Aiko."), Message("user", "你好，小雅"))
SOUL = Soul("KU5.0", "default", model="xspark13b6k", temperature=0.7, max_tokens=99)
GOOD = replies.streamed(["Hi ", "you"])


@dataclass
class World:
    """A server, backends over it, and what they leave in the house."""

    server: XfyunServer
    clock: HastyClock = field(default_factory=HastyClock)
    notes: Notes = field(default_factory=Notes)
    backends: list[Xfyun] = field(default_factory=list)
    secret: str = ""

    def backend(self, **limits: float) -> Xfyun:
        made = Xfyun(
            self.server.url,
            self.server.app_id,
            self.server.key,
            self.secret or self.server.secret,
            "xdefault",
            clock=self.clock,
            witness=self.notes,
            limits=Limits(**limits),  # type: ignore[arg-type] # retries is a whole number
            headers={"X-Odd": "made-up-header"},
            body={"top_k": 4, "search_disable": True},
            chance=lambda: 0.5,
        )
        self.backends.append(made)
        return made

    async def heard(self, soul: Soul = SOUL, prompt: Prompt = PROMPT) -> list[Delta]:
        return [delta async for delta in self.backend().stream(prompt, soul)]

    async def failed(self, **limits: float) -> tuple[list[Delta], AnimaError]:
        """What came before the failure, and the failure."""
        deltas: list[Delta] = []
        backend = self.backend(**limits)

        async def hear() -> None:
            async for delta in backend.stream(PROMPT, SOUL):
                deltas.append(delta)  # noqa: PERF401 # what came before the failure must stay

        with pytest.raises(AnimaError) as failure:
            await hear()
        return deltas, failure.value


def chain(error: BaseException | None) -> str:
    """All that *error* and what it came from would show."""
    if error is None:
        return ""
    return f"{error} {error!r} {chain(error.__cause__)} {chain(error.__context__)}"
