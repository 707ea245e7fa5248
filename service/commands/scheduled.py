"""`/schedule`: what admins want to be said at a time, once or again and again."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from anima.model import Beside, Button
from anima.orders import Obeyed
from anima.ports import Clock
from anima.zones import zone
from memory.schedule import Deed, Job, Wanted
from persona.times import when
from persona.times_every import every
from service.commands import schedule_words as words
from service.commands.moments import moment
from service.commands.parts import narrow, short
from service.commands.remind import Agenda
from service.commands.table import Argument, Command, Wish
from service.commands.where import Unclear, Wheres
from service.commands.words import Words
from service.crons import NoCronError, after, checked

LONGEST: Final = 1900
"""What fits into one message everywhere."""
_SHOWN: Final = 20
_BUTTONS: Final = 10
_CRONLIKE: Final = re.compile(r"[\d*?,/\-A-Za-z]+(?:\s+[\d*?,/\-A-Za-z]+){4}")
_SAY: Final = re.compile(r"\s*(?:say|说|說|言う)\s*[:：]\s*", re.IGNORECASE)
_DO: Final = re.compile(r"\s*(?:do|做|する)\s*[:：]\s*", re.IGNORECASE)

_WHEN: Final = Argument(
    "when",
    "word",
    '"30 9 * * 1-5"',
    Words(
        en="a cron, or a time like “tomorrow at 8”",
        zh="cron，或“明天早上八点”这样的时间",
        ja="cron、または「明日の8時」のような時刻",
    ),
)
_WHERE: Final = Argument(
    "place",
    "word",
    "here|NAME",
    Words(
        en="here, or a place by its name or address",
        zh="这里，或按名字、地址指定",
        ja="ここ、または名前かアドレス",
    ),
)
_WHAT: Final = Argument(
    "what",
    "text",
    "TEXT|do: INTENTION",
    Words(
        en="what is said as it stands; behind do: what I shall put into words",
        zh="原样说出的话；do: 后面是要我自己措辞的意思",
        ja="そのまま言う言葉。do: のあとは私の言葉で言う内容",
    ),
)
_NUMBER: Final = Argument("number", "word", "N", Words(en="its number", zh="编号", ja="番号"))


@dataclass(frozen=True, slots=True)
class Scheduled:
    """Keeps what admins want in *agenda*; *soon* learns that there is a new one."""

    agenda: Agenda
    wheres: Wheres
    soon: Callable[[], object]
    clock: Clock

    async def add(self, wish: Wish) -> Obeyed:
        """`/schedule add WHEN WHERE WHAT`."""
        heard, language = wish.order.heard, wish.language
        place = await self.wheres.meant(wish.given["place"], wish)
        if isinstance(place, Unclear):
            return Obeyed(place.text)
        deed, text = _deed(wish.given["what"])
        if not text or len(text) > LONGEST:
            line = words.TOO_LONG if text else words.NOTHING
            return Obeyed(line.to(language, most=LONGEST))
        said, name = wish.given["when"], heard.zone or "UTC"
        try:
            cron = checked(said) if _CRONLIKE.fullmatch(said.strip()) else every(said)
        except NoCronError as error:
            return Obeyed(words.NO_CRON.to(language, word=short(said), reason=str(error)))
        due = after(cron, name, heard.at) if cron else when(said, heard.at, zone(name))
        if due is None or due <= heard.at:
            line = words.NEVER if due or cron else words.NO_TIME
            return Obeyed(line.to(language, word=short(said)))
        wanted = Wanted(
            place,
            due,
            text,
            heard.tongue or heard.speaker.language or language,
            by=heard.speaker.address,
            cron=cron,
            zone=name,
            deed=deed,
            asked_in=wish.order.claim.id,
        )
        number = await self.agenda.add(wanted) or await self.agenda.found(wanted)
        self.soon()
        line = words.AGAIN if cron else words.ONCE
        told = line.to(language, number=number, when=moment(due, name, language), cron=cron)
        button = Button(words.REMOVE.to(language), f"/schedule remove {number}")
        return Obeyed(told, beside=Beside((button,)))

    async def list(self, wish: Wish) -> Obeyed:
        """`/schedule list`: what anybody waits for; of reminders nobody else reads the words."""
        language = wish.language
        jobs = await self.agenda.all(_SHOWN)
        if not jobs:
            return Obeyed(words.NONE.to(language))
        names = await self.wheres.names([job.place for job in jobs])
        lines = [self._line(job, names.get(job.place, "?"), wish) for job in jobs]
        buttons = tuple(
            Button(f"✕ #{job.id}", f"/schedule remove {job.id}") for job in jobs[:_BUTTONS]
        )
        return Obeyed("\n".join(lines), beside=Beside(buttons))

    async def remove(self, wish: Wish) -> Obeyed:
        """`/schedule remove N`."""
        said = narrow(wish.given["number"]).lstrip("#")
        number = int(said) if re.fullmatch(r"\d{1,9}", said, re.ASCII) else 0
        gone = await self.agenda.remove(number)
        if gone is None:
            return Obeyed(words.NO_SUCH.to(wish.language, word=short(wish.given["number"])))
        return Obeyed(words.REMOVED.to(wish.language, number=number))

    def _line(self, job: Job, name: str, wish: Wish) -> str:
        language = wish.language
        own = job.by == wish.order.heard.speaker.address or job.deed != "remind"
        text = short(job.text, 60) if own else words.SOMEBODYS.to(language)
        facts = [f"#{job.id}", moment(job.due, job.zone, language)]
        facts += [f"⟳ {job.cron}"] if job.cron else []
        facts += [words.MISSED.to(language, count=job.missed)] if job.missed else []
        return " · ".join([*facts, short(name), f"do: {text}" if job.deed == "do" else text])


def schedule(agenda: Agenda, wheres: Wheres, soon: Callable[[], object], clock: Clock) -> Command:
    """The command over these."""
    scheduled = Scheduled(agenda, wheres, soon, clock)
    return Command(
        "schedule",
        Words(en="what is said at a time", zh="定时要说的话", ja="時間を決めて言うこと"),
        who="admins",
        subcommands=(
            Command(
                "list",
                Words(en="all that waits", zh="所有等待中的", ja="待っているものすべて"),
                how=scheduled.list,
            ),
            Command(
                "add",
                Words(
                    en="say something at a time, once or again and again",
                    zh="定时说一次，或反复说",
                    ja="決まった時刻に一度、または繰り返し言う",
                ),
                arguments=(_WHEN, _WHERE, _WHAT),
                how=scheduled.add,
            ),
            Command(
                "remove",
                Words(en="take one back", zh="取消一条", ja="一つ取り消す"),
                arguments=(_NUMBER,),
                how=scheduled.remove,
            ),
        ),
    )


def _deed(what: str) -> tuple[Deed, str]:
    if found := _DO.match(what):
        return "do", what[found.end() :].strip()
    found = _SAY.match(what)
    return "say", (what[found.end() :] if found else what).strip()
