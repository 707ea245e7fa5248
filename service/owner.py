"""What its owner should know at once is said to them, where they talk with it anyway."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from anima.errors import LedgerUnavailable
from anima.model import Conversation
from anima.pace import backoff_s
from anima.ports import BotName, Clock
from persona.language import primary
from service.health import plainly

_REACHED_BY_NUMBER: Final = frozenset({"telegram"})
"""Where a person's number is the name of our private talk with them."""

_LONGEST_WAIT: Final = 6

_AWAY: Final = {
    "en": "For my owner: the model server “{name}” does not answer: {reason}. Until it is back I"
    " use the fallback, where there is one.",
    "zh": "给主人的通知：模型服务器“{name}”没有回应：{reason}。恢复之前，有备用的就用备用的回答。",
    "ja": "持ち主へのお知らせ：モデルサーバー「{name}」が応答しません：{reason}。戻るまで、予備が"
    "あればそちらで答えます。",
}
_BACK: Final = {
    "en": "For my owner: the model server “{name}” answers again.",
    "zh": "给主人的通知：模型服务器“{name}”已经恢复。",
    "ja": "持ち主へのお知らせ：モデルサーバー「{name}」が復旧しました。",
}


class Announces(Protocol):
    """Says something in a place for the house, once for each change of a subject's state."""

    async def announce(
        self, conversation: Conversation, text: str, *, subject: str, state: str
    ) -> bool: ...


@dataclass(frozen=True, slots=True)
class _News:
    name: str
    reason: str

    @property
    def state(self) -> str:
        return "away" if self.reason else "back"

    def words(self, language: str) -> str:
        lines = _AWAY if self.reason else _BACK
        line = lines.get(primary(language), lines["en"])
        return line.format(name=self.name, reason=plainly(self.reason))


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

    def hears(self, name: str, reason: str) -> None:
        """The model server *name* is away for this *reason*, or back, when there is none."""
        self._news.put_nowait(_News(name, reason))

    async def run(self) -> None:
        """Tell until cancelled."""
        while True:
            news = await self._news.get()
            for place in self._places():
                await self._tell(place, news)

    async def _tell(self, place: Conversation, news: _News) -> None:
        attempt = 0
        while True:
            try:
                words = news.words(await self._language_in(place))
                subject = f"backend {news.name}"
                await self._announcer.announce(place, words, subject=subject, state=news.state)
            except LedgerUnavailable:
                attempt = min(attempt + 1, _LONGEST_WAIT)
                await self._clock.sleep(backoff_s(attempt))
            else:
                return

    def _places(self) -> Iterator[Conversation]:
        """The private talks with our owners, on all accounts that we have."""
        for address in self._admins:
            platform, _, number = address.partition(":")
            for name, account in self._channels:
                if name == platform and platform in _REACHED_BY_NUMBER:
                    yield Conversation(name, account, number)
