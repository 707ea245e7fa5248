"""`/audit`: who did what to the house, the newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from anima.model import Beside, Button
from anima.orders import Obeyed
from memory.audited import Audited
from service.commands import audit_words as say
from service.commands.parts import short
from service.commands.table import Argument, Wish
from service.commands.words import Language, Words

_A_PAGE: Final = 10
_LAST: Final = 1000
"""Nobody reads so many pages; it bounds what one word can have the database count."""

AUDIT_PAGE: Final = Argument(
    "page", "text", "PAGE", Words(en="which page", zh="第几页", ja="何ページ目"), required=False
)


class Records(Protocol):
    """What was done, the newest first. Raises `LedgerUnavailable`."""

    async def newest(self, limit: int, past: int = 0) -> Sequence[Audited]: ...


@dataclass(frozen=True, slots=True)
class Auditing:
    """Reads the book aloud."""

    records: Records

    async def audit(self, wish: Wish) -> Obeyed:
        """`/audit [PAGE]`."""
        word, language = wish.given.get("page", "1"), wish.language
        page = (
            int(word) if word.isascii() and word.isdigit() and len(word) <= len(str(_LAST)) else 0
        )
        if not 1 <= page <= _LAST:
            return Obeyed(say.NO_PAGE.to(language, page=short(word)))
        found = await self.records.newest(_A_PAGE + 1, (page - 1) * _A_PAGE)
        if not found:
            return Obeyed((say.EMPTY if page == 1 else say.NO_PAGE).to(language, page=page))
        lines = [line(one, language) for one in found[:_A_PAGE]]
        if len(found) <= _A_PAGE:
            return Obeyed("\n".join(lines))
        further = f"/audit {page + 1}"
        lines.append(say.MORE.to(language, form=further))
        button = Button(say.OLDER.to(language), further)
        return Obeyed("\n".join(lines), beside=Beside((button,)))


def line(one: Audited, language: Language) -> str:
    """One deed; what a newer Anima did that we do not know is told as it stands."""
    deed = say.DEEDS.get(one.deed, say.UNKNOWN)
    where = say.WHERE.get(one.subject)
    what = deed.to(
        language,
        deed=one.deed,
        subject=where.to(language) if where else short(one.subject),
        before=short(one.before) or "–",
        after=short(one.after) or "–",
        why=say.REASON.to(language, reason=short(one.after)) if one.after else "",
    )
    by = say.HOUSE.to(language) if one.by == "house" else one.by
    return say.LINE.to(language, at=f"{one.at:%Y-%m-%d %H:%M}", by=by, what=what)
