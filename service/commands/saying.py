"""`/say`: an owner's words in the persona's mouth, in one place or to everybody."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from anima.model import Beside, Button
from anima.orders import Obeyed
from anima.ports import Clock
from memory.broadcasts import Report
from service.commands.parts import YES, narrow
from service.commands.schedule_words import TOO_LONG
from service.commands.scheduled import LONGEST
from service.commands.table import Argument, Command, Wish
from service.commands.where import Unclear, Wheres
from service.commands.words import Words, ours

_EVERYONE: Final = frozenset({"everyone", "everybody", "all", "所有人", "大家", "全員", "みんな"})
_WHERE: Final = Argument(
    "place",
    "word",
    "here|NAME|everyone",
    Words(
        en="here, a place by its name or address, or everyone",
        zh="这里、按名字或地址指定的地方，或所有人",
        ja="ここ、名前かアドレスの場所、または全員",
    ),
)
_TEXT: Final = Argument(
    "text", "text", "TEXT", Words(en="what I say", zh="要说的话", ja="言うこと")
)
_ASKS: Final = Words(
    en="This reaches {count} people. To do it: /say everyone yes …",
    zh="这会发给 {count} 个人。确定的话：/say everyone yes ……",
    ja="これは {count} 人に届きます。実行するには：/say everyone yes …",
)
_YES_BUTTON: Final = Words(
    en="Yes, to {count} people", zh="是的，发给 {count} 个人", ja="はい、{count} 人に"
)
_BEGUN: Final = Words(
    en="I am telling {count} people; I will report when that is done.",
    zh="正在告诉 {count} 个人，完成后向你汇报。",
    ja="{count} 人に伝えています。終わったらお知らせします。",
)
_SAID: Final = Words(en="I say it there.", zh="好的，我去那边说。", ja="そこで伝えます。")
_HERE: Final = Words(en="Here it comes.", zh="这就说。", ja="いま言いますね。")
_NOBODY: Final = Words(
    en="There is nobody whom I could tell.",
    zh="没有可以告诉的人。",
    ja="伝えられる相手がいません。",
)
_REPORT: Final = Words(
    en="Told {reached} of {all} people.",
    zh="{all} 个人里已告诉 {reached} 个。",
    ja="{all} 人中 {reached} 人に伝えました。",
)
_LOST: Final = Words(
    en=" {count} could not be reached.",
    zh="有 {count} 个没能送到。",
    ja="{count} 人には届きません。",
)
_OPEN: Final = Words(
    en=" {count} are not reached yet.", zh="还有 {count} 个没送到。", ja="{count} 人にはまだです。"
)


class Broadcasts(Protocol):
    """What is said to many. Raises `LedgerUnavailable`."""

    async def begin(
        self, turn: int, places: Sequence[int], text: str, *, by: str, asked_in: int, language: str
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class Speaking:
    """Has it said; *many* learns that there is something to be said."""

    broadcasts: Broadcasts
    wheres: Wheres
    many: Callable[[], object]
    clock: Clock

    async def say(self, wish: Wish) -> Obeyed:
        """`/say here|NAME|everyone TEXT`."""
        text, language = wish.given["text"].strip(), wish.language
        if len(text) > LONGEST:
            return Obeyed(TOO_LONG.to(language, most=LONGEST))
        if narrow(wish.given["place"]) in _EVERYONE:
            return await self._to_everyone(text, wish)
        place = await self.wheres.meant(wish.given["place"], wish)
        if isinstance(place, Unclear):
            return Obeyed(place.text)
        await self._begin([place], text, wish)
        line = _HERE if place == wish.order.claim.id else _SAID
        return Obeyed(line.to(language))

    async def _to_everyone(self, text: str, wish: Wish) -> Obeyed:
        """Asked once more before, with how many that is."""
        language = wish.language
        places = await self.wheres.everyone(self.clock.now(), wish.order.claim.id)
        word, _, rest = text.partition(" ")
        is_sure = narrow(word) in YES and bool(rest.strip())
        if not places:
            return Obeyed(_NOBODY.to(language))
        count = len(places)
        if not is_sure:
            button = Button(_YES_BUTTON.to(language, count=count), f"/say everyone yes {text}")
            return Obeyed(_ASKS.to(language, count=count), beside=Beside((button,)))
        await self._begin(places, rest.strip(), wish)
        return Obeyed(_BEGUN.to(language, count=count))

    async def _begin(self, places: Sequence[int], text: str, wish: Wish) -> None:
        order = wish.order
        by, here = order.heard.speaker.address, order.claim.id
        await self.broadcasts.begin(
            order.turn, places, text, by=by, asked_in=here, language=wish.language
        )
        self.many()


def say(
    broadcasts: Broadcasts, wheres: Wheres, many: Callable[[], object], clock: Clock
) -> Command:
    """The command over these."""
    return Command(
        "say",
        Words(en="say something as I would", zh="以我的口吻说出一段话", ja="私の口から何かを言う"),
        who="admins",
        arguments=(_WHERE, _TEXT),
        how=Speaking(broadcasts, wheres, many, clock).say,
    )


def reported(report: Report) -> str:
    """What became of it, for who asked."""
    language = ours(report.language)
    line = _REPORT.to(language, reached=report.reached, all=report.all)
    line += _LOST.to(language, count=report.lost) if report.lost else ""
    return line + (_OPEN.to(language, count=report.open) if report.open else "")
