"""The doctor at the models: each server, its key, and one real word of each soul."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Final

from anima.errors import AnimaError, BackendUnavailable, Refused, Unavailable
from anima.model import Delta, Message, Soul
from anima.ports import Backend, Clock
from backend.limits import Limits
from backend.signs import AdapterRefused, status
from backend.stand_in import StandIn
from service import settings as written
from service.doctor_house import Unheard
from service.findings import Finding, Part, ok, wrong
from service.minds import souls_of
from service.servers import one_of
from service.wire import Answer, Wire, host

WORD_S: Final = 8.0
"""Less than the doctor gives a part, so that the reason is told by who knows it."""

WITHIN: Final = Limits(WORD_S, WORD_S, WORD_S, retries=0)

LISTING: Final = frozenset({"openai", "vllm", "maas"})
"""The kinds of servers that tell which models they have."""

REFUSED: Final = frozenset({401, 403})
FAILING: Final = 500
MOST_NAMED: Final = 8


def backends(settings: written.Settings, wire: Wire, clock: Clock) -> list[Part]:
    """A part for each server of models."""
    advice = "see whether the server is still loading its model"
    return [
        Part(f"backends.{name}", Trial(settings, name, wire, clock), advice)
        for name in settings.backends
    ]


@dataclass(frozen=True, slots=True)
class Trial:
    """Asks one server for its models, and each soul on it for a word."""

    settings: written.Settings
    name: str
    wire: Wire
    clock: Clock

    async def __call__(self) -> Sequence[Finding]:
        """A line for the server, and one more for each soul that does not speak."""
        chosen = self.settings.backends[self.name]
        if chosen.kind == "xfyun":
            return await self._spark(chosen)
        if chosen.kind in LISTING:
            async with asyncio.TaskGroup() as group:
                asked = [group.create_task(self._server(chosen, at)) for at in chosen.addresses]
            return [finding for one in asked for finding in one.result()]
        if chosen.kind == "builtin":
            # as the model itself, it is loaded by those who use it
            from service.doctor_builtin import builtin  # noqa: PLC0415

            return [await builtin(self.settings, self.name, self.wire)]
        took_s = await _spoken(StandIn(), Soul("stand-in", self.name), self.clock)
        return [ok(self._part, f"the scripted stand-in answers in {took_s:.2f} s")]

    @property
    def _part(self) -> str:
        return f"backends.{self.name}"

    async def _server(self, chosen: written.Backend, address: str) -> Sequence[Finding]:
        key = chosen.api_key.get_secret_value()
        headers = {"authorization": f"Bearer {key or 'none'}", **chosen.headers}
        place = f"{self._part}.base_url"
        try:
            answer = await self.wire.ask("GET", f"{address}/models", headers)
        except Unavailable as error:
            return [wrong(self._part, str(error), f"start the server, or put right {place}")]
        if answer.status in REFUSED:
            what = f"{host(address)} refuses our key, with {answer.status}"
            return [wrong(self._part, what, f"put right {self._part}.api_key")]
        if answer.status >= FAILING:
            what = f"{host(address)} answers {answer.status}"
            return [wrong(self._part, what, "wait if it is still loading; else look into its log")]
        return await self._souls(chosen, address, _served(answer))

    async def _spark(self, chosen: written.Backend) -> Sequence[Finding]:
        """Its door answers a plain question with a no, and with its time: signatures are dated."""
        try:
            await self.wire.ask("GET", chosen.url.replace("ws", "http", 1))
        except Unavailable as error:
            advice = f"check the network, or put right {self._part}.url"
            return [wrong(self._part, str(error), advice)]
        return await self._souls(chosen, chosen.url, ())

    async def _souls(
        self, chosen: written.Backend, address: str, served: Sequence[str]
    ) -> Sequence[Finding]:
        mine = [soul for soul in self.settings.souls if soul.backend == self.name]
        if not mine:
            return [ok(self._part, f"{host(address)} answers", "no soul uses it")]
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._soul(chosen, address, soul, served)) for soul in mine]
        return [task.result() for task in tasks]

    async def _soul(
        self, chosen: written.Backend, address: str, soul: written.Soul, served: Sequence[str]
    ) -> Finding:
        named = soul.model or (served[0] if served else "")
        try:
            took_s = await self._word(chosen, address, soul)
        except AnimaError as error:
            return self._silent(soul, served, error)
        unlisted = served and soul.model and soul.model not in served and not soul.adapter
        hint = "the server does not list that model, and yet serves it" if unlisted else ""
        said = f"soul {soul.name!r} ({named or 'its first model'}) speaks after {took_s:.2f} s"
        return ok(self._part, f"{host(address)} answers, {said}", hint)

    async def _word(self, chosen: written.Backend, address: str, soul: written.Soul) -> float:
        asked = next(one for one in souls_of(self.settings) if one.name == soul.name)
        async with one_of(chosen, address, self.clock, Unheard(), WITHIN) as backend:
            return await _spoken(backend, replace(asked, max_tokens=1, fallback=()), self.clock)

    def _silent(self, soul: written.Soul, served: Sequence[str], error: AnimaError) -> Finding:
        key = f"souls.{self.settings.souls.index(soul)}.model"
        if soul.model and served and soul.model not in served and not soul.adapter:
            known = ", ".join(map(repr, served[:MOST_NAMED]))
            what = f"the server has no model {soul.model!r} for soul {soul.name!r}"
            return wrong(self._part, what, f"set {key} to one that it has: {known}")
        what = f"soul {soul.name!r} does not speak: {error}"
        return wrong(self._part, what, self._advice(soul, error, key.removesuffix(".model")))

    def _advice(self, soul: written.Soul, error: AnimaError, key: str) -> str:
        """What to put right, of the server's table or of the soul's at *key*."""
        if isinstance(error, Refused):
            return "see what the server's filter has against a greeting"
        if isinstance(error, AdapterRefused):
            return f"put right {key}.adapter or {key}.model, or how that vLLM was started"
        if isinstance(error, BackendUnavailable) and status(error) in REFUSED:
            return f"put right {self._part}.api_key"
        kind = self.settings.backends[self.name].kind
        names = [f"{key}.model", *([f"{key}.adapter"] if soul.adapter else [])]
        if kind == "xfyun":
            keys = f"app_id, api_key and api_secret of {self._part}"
            return f"compare {keys}, and {' and '.join(names)}, with iFLYTEK's console"
        return f"put right {self._part}.base_url (mostly up to /v1) or {' or '.join(names)}"


async def _spoken(backend: Backend, soul: Soul, clock: Clock) -> float:
    """The seconds until *soul* had its first word, or had ended without one."""
    began = clock.elapsed()
    stream: AsyncGenerator[Delta, None] = backend.stream((Message("user", "Hello"),), soul)
    async with aclosing(stream) as deltas:
        async for _delta in deltas:
            break
    return clock.elapsed() - began


def _served(answer: Answer) -> tuple[str, ...]:
    """The models that the server lists; some servers have no list."""
    listed = answer.fields.get("data")
    found = (
        [each.get("id") for each in listed if isinstance(each, dict)]
        if isinstance(listed, list)
        else []
    )
    return tuple(str(name) for name in found if name)
