"""`/thread`: a place of its own for what a talk has come to, where a platform has such places."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final

from anima.errors import Refused, SlowDown, Unavailable
from anima.model import Conversation
from anima.orders import Obeyed
from anima.ports import BotName
from service.commands.table import Argument, Command, Wish
from service.commands.words import Words

Opens = Callable[[Conversation, str], Awaitable[str]]
"""Opens a thread of this title from a conversation and tells how to point at it there.

Raises `Refused`, `SlowDown` or `Unavailable`.
"""

TITLE: Final = Argument(
    "title", "text", "TITLE", Words(en="what it is about", zh="关于什么", ja="何についてか")
)
_OPENED: Final = Words(
    en="Let us go on in {place}.",
    zh="我们到 {place} 里继续聊吧。",
    ja="続きは {place} で話しましょう。",
)
_NOWHERE: Final = Words(
    en="No thread can be opened here; in a channel of a server it can, where I may do so.",
    zh="这里开不了话题；在服务器的频道里可以，只要我有权限。",
    ja="ここではスレッドを作れません。サーバーのチャンネルで、私に権限があれば作れます。",
)
_NOT_NOW: Final = Words(
    en="Discord does not let me open a thread just now; please try again in a minute.",
    zh="Discord 现在不让我开话题，请过一会儿再试。",
    ja="いまはスレッドを作れません。少ししてからもう一度お試しください。",
)


@dataclass(frozen=True, slots=True)
class Branching:
    """Opens threads by what each bot can do."""

    openers: Mapping[BotName, Opens]

    async def thread(self, wish: Wish) -> Obeyed:
        """`/thread TITLE`: who is there can go on in a place where nothing else is talked of."""
        where, language = wish.order.claim.conversation, wish.language
        opens = self.openers.get((where.platform, where.bot))
        if opens is None or wish.order.claim.private:
            return Obeyed(_NOWHERE.to(language))
        try:
            place = await opens(where, wish.given["title"])
        except Refused:
            return Obeyed(_NOWHERE.to(language))
        except (SlowDown, Unavailable):
            return Obeyed(_NOT_NOW.to(language))
        return Obeyed(_OPENED.to(language, place=place))


def thread(openers: Mapping[BotName, Opens]) -> Command:
    """The command over these."""
    return Command(
        "thread",
        Words(en="go on in a thread", zh="到一个话题里继续聊", ja="スレッドで続ける"),
        arguments=(TITLE,),
        how=Branching(openers).thread,
        aloud=True,
        only=("discord",),
    )
