"""`/remind`: what somebody wants to be reminded of, by words that no model has to understand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from anima.model import Beside, Button, Heard
from anima.orders import Obeyed
from anima.zones import zone
from memory.schedule import Job, Wanted
from persona.times_asked import Asked, asked
from service.commands import remind_words as say
from service.commands.mistakes import ALONE
from service.commands.moments import moment
from service.commands.parts import Rest, narrow, short
from service.commands.table import Argument, Command, Wish
from service.commands.words import Language, Words
from service.crons import after

MOST: Final = 50
"""So much one person may have waiting."""
LONGEST: Final = 500
_SHOWN: Final = 10
_FARTHEST: Final = timedelta(days=5 * 366)
_LIST: Final = frozenset({"list", "列表", "一覧", "清单", "リスト"})
_REMOVE: Final = frozenset(
    {"remove", "delete", "cancel", "删除", "取消", "刪除", "削除", "取り消し", "キャンセル"}
)
_WHAT: Final = Argument(
    "what",
    "text",
    "WHEN WHAT|list|remove N",
    Words(
        en="like: tomorrow at 8 call mum",
        zh="例如：明天早上八点 打电话",
        ja="例：明日の8時 電話する",
    ),
    required=False,
)


class Agenda(Protocol):
    """What is on the schedule. All of it raises `LedgerUnavailable`."""

    async def add(self, wanted: Wanted) -> int: ...

    async def found(self, wanted: Wanted) -> int:
        """The number of the same wish, which was known before; 0: there is none."""

    async def listed(self, who: str, limit: int) -> Sequence[Job]: ...

    async def all(self, limit: int) -> Sequence[Job]: ...

    async def count(self, who: str) -> int: ...

    async def knows_clock(self, who: str) -> bool: ...

    async def remove(self, which: int, who: str = "") -> Job | None: ...


@dataclass(frozen=True, slots=True)
class Remind:
    """Keeps reminders in *agenda*; *soon* learns that there is a new one."""

    agenda: Agenda
    soon: Callable[[], object]

    async def remind(self, wish: Wish) -> Obeyed:
        """`/remind WHEN WHAT`, `/remind list`, `/remind remove N`."""
        claim, language = wish.order.claim, wish.language
        if claim.conversation.connection:
            return Obeyed(ALONE.to(language, command="remind"))
        text = wish.given.get("what", "").strip()
        word, rest = Rest(text).word()
        if not text or (narrow(word) in _LIST and not rest):
            return await self._list(wish, with_form=not text)
        if narrow(word) in _REMOVE:
            return await self._remove(rest.text.strip(), wish)
        return await self._add(text, wish)

    async def _add(self, text: str, wish: Wish) -> Obeyed:
        """Times count from when the message was written, so that asking twice means the same."""
        heard, language = wish.order.heard, wish.language
        clock = zone(heard.zone)
        found = asked(text, heard.at, clock)
        if found is None:
            return Obeyed(say.WHEN.to(language, word=short(text)))
        due = after(found.cron, heard.zone, heard.at) if found.cron else found.due
        if wrong := _wrong(found, due, heard, language):
            return Obeyed(wrong)
        if due is None or await self.agenda.count(heard.speaker.address) >= MOST:
            return Obeyed(say.FULL.to(language, most=MOST))
        wanted = Wanted(
            wish.order.claim.id,
            due,
            found.text,
            heard.tongue or heard.speaker.language or language,
            by=heard.speaker.address,
            cron=found.cron,
            zone=heard.zone or ("UTC" if found.by_clock else ""),
        )
        hint = await self._hint(found, heard, language)
        number = await self.agenda.add(wanted) or await self.agenda.found(wanted)
        self.soon()
        line = say.AGAIN if found.cron else say.ONCE
        told = line.to(language, when=moment(due, heard.zone, language), text=found.text)
        return Obeyed(told + hint, beside=Beside((_button(number, language),)))

    async def _hint(self, found: Asked, heard: Heard, language: Language) -> str:
        """Which clock we went by, to somebody who was not told before."""
        known = heard.zone or not found.by_clock
        if known or await self.agenda.knows_clock(heard.speaker.address):
            return ""
        return f"\n{say.CLOCK.to(language)}"

    async def _list(self, wish: Wish, *, with_form: bool) -> Obeyed:
        heard, language = wish.order.heard, wish.language
        jobs = await self.agenda.listed(heard.speaker.address, _SHOWN)
        lines = [_line(job, heard.zone, language) for job in jobs] or [say.NONE.to(language)]
        if with_form:
            lines.append(say.FORM.to(language))
        buttons = tuple(_button(job.id, language, numbered=True) for job in jobs)
        return Obeyed("\n".join(lines), beside=Beside(buttons))

    async def _remove(self, said: str, wish: Wish) -> Obeyed:
        language, digits = wish.language, narrow(said).lstrip("#")
        number = int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else 0  # noqa: PLR2004 - more no database counts
        gone = await self.agenda.remove(number, wish.order.heard.speaker.address)
        if gone is None:
            return Obeyed(say.NO_SUCH.to(language, word=short(said)))
        return Obeyed(say.REMOVED.to(language, text=gone.text))


def remind(agenda: Agenda, soon: Callable[[], object]) -> Command:
    """The command over these."""
    return Command(
        "remind",
        Words(en="remind you at a time", zh="到时候提醒你", ja="時間になったら知らせる"),
        arguments=(_WHAT,),
        how=Remind(agenda, soon).remind,
        aloud=True,
    )


def _wrong(found: Asked, due: datetime | None, heard: Heard, language: Language) -> str:
    """What keeps us from it; empty: nothing."""
    if not found.text:
        return say.WHAT.to(language)
    if len(found.text) > LONGEST:
        return say.TOO_LONG.to(language, most=LONGEST)
    if due is not None and due <= heard.at:
        return say.OVER.to(language, when=moment(due, heard.zone, language))
    if due is None or due - heard.at > _FARTHEST:
        return say.TOO_FAR.to(language)
    return ""


def _line(job: Job, clock: str, language: Language) -> str:
    sign = "⟳ " if job.cron else ""
    when = moment(job.due, clock or job.zone, language)
    return f"#{job.id} · {sign}{when} · {short(job.text, 60)}"


def _button(number: int, language: Language, *, numbered: bool = False) -> Button:
    shown = say.REMOVE_NUMBER if numbered else say.REMOVE
    return Button(shown.to(language, number=number), f"/remind remove {number}")
