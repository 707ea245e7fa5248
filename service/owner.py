"""What its owner should know at once is said to them, where they talk with it anyway."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Final, Protocol, runtime_checkable

from anima.errors import LedgerUnavailable, Refused, SlowDown, Unavailable
from anima.model import Conversation
from anima.pace import backoff_s
from anima.ports import BotName, Clock, Witness
from persona.language import primary
from service.health import plainly

_REACHED_BY_NUMBER: Final = frozenset({"telegram"})
"""Where a person's number is the name of our private talk with them."""

_LONGEST_WAIT: Final = 6
_TRIES: Final = 5
"""So often a platform is asked for a private talk, before the next owner is told."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """What is told of one kind of event: its *subject*, the *state* that has, and the words."""

    subject: str
    state: str
    words: Mapping[str, str]


_TOLD: Final[Mapping[str, _Kind]] = {
    "backend away": _Kind(
        "backend {backend}",
        "away",
        {
            "en": "For my owner: the model server “{backend}” does not answer: {reason}. Until it"
            " is back I use the fallback, where there is one.",
            "zh": "给主人的通知：模型服务器“{backend}”没有回应：{reason}。恢复之前，有备用的就用"
            "备用的回答。",
            "ja": "持ち主へのお知らせ：モデルサーバー「{backend}」が応答しません：{reason}。戻る"
            "まで、予備があればそちらで答えます。",
        },
    ),
    "backend back": _Kind(
        "backend {backend}",
        "back",
        {
            "en": "For my owner: the model server “{backend}” answers again.",
            "zh": "给主人的通知：模型服务器“{backend}”已经恢复。",
            "ja": "持ち主へのお知らせ：モデルサーバー「{backend}」が復旧しました。",
        },
    ),
    "adapter refused": _Kind(
        "adapter of {soul} at {backend}",
        "{reason}",
        {
            "en": "For my owner: “{backend}” does not load the adapter of {soul}: {reason}",
            "zh": "给主人的通知：“{backend}”无法加载 {soul} 的适配器：{reason}",
            "ja": "持ち主へのお知らせ：「{backend}」は {soul} のアダプターを読み込めません："
            "{reason}",
        },
    ),
}


class Announces(Protocol):
    """Says something in a place for the house, once for each change of a subject's state."""

    async def announce(
        self, conversation: Conversation, text: str, *, subject: str, state: str
    ) -> bool: ...


@runtime_checkable
class Opens(Protocol):
    """A platform on which a private talk has a name of its own."""

    async def private_with(self, person: str) -> str:
        """The chat in which *person* is alone with us.

        Raises `Unreachable`, `SlowDown`, or one of the kinds of `Refused`.
        """


@dataclass(frozen=True, slots=True)
class _News:
    kind: _Kind
    facts: Mapping[str, str]

    def words(self, language: str) -> str:
        lines = self.kind.words
        return lines.get(primary(language), lines["en"]).format_map(self.facts)

    @property
    def subject(self) -> str:
        return self.kind.subject.format_map(self.facts)

    @property
    def state(self) -> str:
        return self.kind.state.format_map(self.facts)


class Owner:
    """Takes news at any time with `hears`, and passes them on while it runs."""

    def __init__(
        self,
        admins: Sequence[str],
        channels: Mapping[BotName, object],
        announcer: Announces,
        language_in: Callable[[Conversation], Awaitable[str]],
        clock: Clock,
    ) -> None:
        self._admins = admins
        self._channels = channels
        self._announcer = announcer
        self._language_in = language_in
        self._clock = clock
        self._news: asyncio.Queue[_News] = asyncio.Queue()

    def hears(self, event: str, facts: Mapping[str, object]) -> None:
        """What happened; most of it is nothing to bother anybody with."""
        if kind := _TOLD.get(event):
            words = {name: plainly(str(value)) for name, value in facts.items()}
            self._news.put_nowait(_News(kind, words))

    async def run(self) -> None:
        """Tell until cancelled."""
        while True:
            news = await self._news.get()
            async for place in self._places():
                await self._tell(place, news)

    async def _tell(self, place: Conversation, news: _News) -> None:
        attempt = 0
        while True:
            try:
                words = news.words(await self._language_in(place))
                await self._announcer.announce(place, words, subject=news.subject, state=news.state)
            except LedgerUnavailable:
                attempt = min(attempt + 1, _LONGEST_WAIT)
                await self._clock.sleep(backoff_s(attempt))
            else:
                return

    async def _places(self) -> AsyncIterator[Conversation]:
        """The private talks with our owners, on all accounts that we have."""
        for address in self._admins:
            platform, _, number = address.partition(":")
            for name, account in [*self._channels]:
                if name == platform and (chat := await self._chat((name, account), number)):
                    yield Conversation(name, account, chat)

    async def _chat(self, bot: BotName, number: str) -> str:
        """The name of our private talk with somebody there; nothing where there can be none."""
        channel = self._channels[bot]
        if not isinstance(channel, Opens):
            return number if bot[0] in _REACHED_BY_NUMBER else ""
        for attempt in range(1, _TRIES):
            try:
                return await channel.private_with(number)
            except Refused:
                break
            except SlowDown as error:
                await self._clock.sleep(error.retry_after)
            except Unavailable:
                await self._clock.sleep(backoff_s(attempt))
        return ""


class Overhearing:
    """The port `Witness` that lets *owner* hear as well what *witness* sees."""

    def __init__(self, witness: Witness, owner: Owner) -> None:
        self._witness = witness
        self._owner = owner

    def note(self, event: str, **facts: object) -> None:
        self._witness.note(event, **facts)
        self._owner.hears(event, facts)

    def broke(self, event: str, **facts: object) -> None:
        self._witness.broke(event, **facts)

    def about(self, **facts: object) -> AbstractContextManager[None]:
        return self._witness.about(**facts)
