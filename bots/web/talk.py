"""The page as a platform: it numbers the lines, keeps what guests say, and shows what we say."""

from collections import OrderedDict
from collections.abc import Sequence
from typing import Final

from anima.ids import Ids
from anima.model import (
    NOTHING,
    Arrival,
    Beside,
    Conversation,
    Entry,
    Incoming,
    Rated,
    Speaker,
    Sticker,
)
from anima.ports import Clock, Ledger
from bots.drafts import Drafts
from bots.web import frames
from bots.web.guests import NAME, Guest
from bots.web.tabs import Tabs
from bots.web.thumbs import Thumb

SOURCE: Final = ":".join(NAME)
_CALLED: Final = "Guest"
_MOST_DRAFTS: Final = 1000


class Talk:
    """The ports `Channel` and `Speaks`, and the page's ear. The transcript is the delivery."""

    def __init__(self, ledger: Ledger, tabs: Tabs, clock: Clock, ids: Ids) -> None:
        self._ledger = ledger
        self._tabs = tabs
        self._clock = clock
        self._ids = ids
        self._drafts: OrderedDict[str, Drafts] = OrderedDict()

    async def hear(self, guest: Guest, language: str, key: str, text: str, raw: str) -> None:
        """Keep what *guest* says; the same *key* again is the same message.

        Raises `LedgerUnavailable`, and then nothing was kept.
        """
        now, id_, name = self._clock.now(), self._ids.next(), f"{guest.id}:{key}"
        speaker = _speaker(guest, language)
        incoming = Incoming(guest.conversation, speaker, text, now, str(id_))
        if await self._ledger.hear([Arrival(SOURCE, name, raw, incoming)]):
            entry = Entry(id_, name, ours=False, text=text, at=now, state="waiting")
            self._tabs.tell(guest.id, entry)

    async def rate(self, guest: Guest, language: str, thumb: Thumb, raw: str) -> None:
        """Keep what *guest* thinks of an answer; on one of somebody else's it says nothing.

        Raises `LedgerUnavailable`, and then nothing was kept.
        """
        speaker = _speaker(guest, language)
        rated = Rated(guest.conversation, speaker, thumb.said, thumb.verdict)
        # no message has a key with a colon, and each press is one of its own
        name = f"{guest.id}:rate:{self._ids.next()}"
        await self._ledger.hear([Arrival(SOURCE, name, raw, rated)])

    def drafts_in(self, conversation: Conversation) -> bool:
        del conversation
        return True

    def pieces(self, text: str) -> Sequence[str]:
        return (text,)

    async def send(
        self,
        conversation: Conversation,
        text: str,
        *,
        key: int,
        reply_to: str,
        asks: bool = False,
        sticker: Sticker | None = None,
        beside: Beside = NOTHING,
    ) -> str:
        """Show *text* on the open pages; the others find it in the ledger."""
        del reply_to, sticker
        guest, id_ = conversation.chat, self._ids.next()
        now = self._clock.now()
        line = Entry(
            id_,
            str(key),
            ours=True,
            text=text,
            at=now,
            state="delivered",
            asks=asks,
            beside=beside,
        )
        self._tabs.tell(guest, line)
        self._tabs.show(guest, frames.typing(on=False))
        if (beginning := self._drafts_of(guest).sent(text)) is not None:
            self._tabs.show(guest, frames.draft(beginning))
        return str(id_)

    def speaks_in(self, conversation: Conversation) -> bool:
        """Every page can play what was said."""
        del conversation
        return True

    async def recording(self, conversation: Conversation) -> None:
        await self.typing(conversation)

    async def typing(self, conversation: Conversation, *, mark: int = 0) -> None:
        del mark
        self._tabs.show(conversation.chat, frames.typing(on=True))

    async def draft(self, conversation: Conversation, text: str, *, mark: int = 0) -> None:
        del mark
        if (shown := self._drafts_of(conversation.chat).grows(text)) is not None:
            self._tabs.show(conversation.chat, frames.draft(shown))

    def _drafts_of(self, guest: str) -> Drafts:
        drafts = self._drafts.setdefault(guest, Drafts())
        self._drafts.move_to_end(guest)
        if len(self._drafts) > _MOST_DRAFTS:
            self._drafts.popitem(last=False)
        return drafts


def _speaker(guest: Guest, language: str) -> Speaker:
    return Speaker(NAME[0], guest.id, _CALLED, language)
