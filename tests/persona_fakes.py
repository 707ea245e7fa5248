"""A scripted far side for the persona's tests: a model that says what it is told, and a scene."""

from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from hypothesis import settings

from anima.model import Conversation, Delta, Heard, Line, Prompt, Scene, Soul, Speaker

Step = Delta | str | float | Exception

UNHURRIED = settings(deadline=None, max_examples=60)
"""For property tests: a busy machine is no bug, and the suite stays quick."""

NOW = datetime(2026, 11, 21, 10, 48, tzinfo=UTC)
ANN = Speaker("telegram", "1", "Ann", "en")
BO = Speaker("telegram", "2", "小波", "zh")
KEN = Speaker("telegram", "3", "健", "ja")
SOUL = Soul("KU5.0", "default", "ku-5")


class HandClock:
    """Stands still until it is told to go on."""

    def __init__(self) -> None:
        self.at = 0.0

    def now(self) -> datetime:
        return NOW + timedelta(seconds=self.at)

    def elapsed(self) -> float:
        return self.at

    async def sleep(self, seconds: float) -> None:
        self.at += seconds


class Notebook:
    """Keeps what it sees."""

    def __init__(self) -> None:
        self.noted: list[tuple[str, dict[str, object]]] = []

    def note(self, event: str, **facts: object) -> None:
        self.noted.append((event, facts))

    def broke(self, event: str, **facts: object) -> None:
        self.noted.append((event, facts))

    @contextmanager
    def about(self, **facts: object) -> Iterator[None]:
        yield


class Doer:
    """Does what it is asked to, tells so, and keeps it."""

    def __init__(self) -> None:
        self.done: list[tuple[str, dict[str, str]]] = []

    async def do(self, name: str, arguments: Mapping[str, str], scene: Scene) -> str:
        self.done.append((name, dict(arguments)))
        return f"{name} done."


class Script:
    """A backend that streams what it was told; a number lets time pass, an error is raised."""

    def __init__(
        self, clock: HandClock, *answers: Sequence[Delta | str | float | Exception]
    ) -> None:
        self.clock = clock
        self.answers = list(answers)
        self.prompts: list[Prompt] = []
        self.souls: list[Soul] = []
        self.closed = 0

    async def stream(self, prompt: Prompt, soul: Soul) -> AsyncGenerator[Delta, None]:
        self.prompts.append(prompt)
        self.souls.append(soul)
        try:
            for step in self.answers.pop(0):
                if isinstance(step, Exception):
                    raise step
                if isinstance(step, float):
                    self.clock.at += step
                else:
                    yield step if isinstance(step, Delta) else Delta(step)
        finally:
            self.closed += 1


def heard(text: str, speaker: Speaker = ANN) -> Heard:
    return Heard(1, speaker, text, NOW, NOW, "1")


def ours(text: str) -> Line:
    return Line(None, text, NOW)


def theirs(text: str, speaker: Speaker = ANN) -> Line:
    return Line(speaker, text, NOW)


def scene(
    *messages: Heard,
    lines: Sequence[Line] = (),
    title: str = "",
    spoken: Sequence[str] = (),
    missed: int = 0,
    drafts: bool = False,
    souls: Sequence[Soul] = (SOUL,),
) -> Scene:
    """A scene in a group when it has a *title*, else in private."""
    return Scene(
        conversation=Conversation("telegram", "ku", "7"),
        private=not title,
        title=title,
        lines=tuple(lines),
        heard=messages,
        now=NOW,
        souls=tuple(souls),
        spoken=tuple(spoken),
        missed=missed,
        drafts=drafts,
    )
