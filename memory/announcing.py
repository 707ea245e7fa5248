"""What the house tells its owner, once for each change however many processes see it."""

from collections.abc import Callable, Collection
from typing import Final

from sqlalchemy import Connection, bindparam, insert, select

from anima.ids import Ids
from anima.model import Conversation
from anima.ports import Clock
from memory.alone import alone
from memory.database import Database
from memory.place import placed
from memory.tables import audit
from memory.text import storable
from memory.unasked import Unasked

_STATE: Final = (
    select(audit.c.after)
    .where(
        audit.c.subject == bindparam("about"),
        audit.c.conversation_id == bindparam("place"),
        audit.c.deed == "notice",
    )
    .order_by(audit.c.id.desc())
    .limit(1)
)
_AUDIT: Final = insert(audit)


class Announcer:
    """Speaks for the house itself. *rang* learns where, after the commit."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        ids: Ids,
        rang: Callable[[Collection[int]], None],
    ) -> None:
        self._database = database
        self._clock = clock
        self._ids = ids
        self._rang = rang

    async def announce(
        self,
        conversation: Conversation,
        text: str,
        *,
        subject: str,
        state: str,
        private: bool = True,
    ) -> bool:
        """Say *text* in *conversation* because *subject* is in this *state* by now.

        False: nothing is said, for it was told there already or we are shut out. *private* is what
        the place is held for when it was not known before. *text* has to fit into one bubble.
        Raises `LedgerUnavailable`.
        """
        notice = Unasked.new(self._ids, text, "notice", self._clock.now())
        about = storable(subject)

        def job(connection: Connection) -> int | None:
            alone(connection, about)
            place: int = placed(connection, conversation, private=private, title="").id
            before = connection.execute(_STATE, {"about": about, "place": place}).scalar()
            if before == storable(state) or not notice.put(connection, place):
                return None
            row = {
                "at": notice.at,
                "by": "house",
                "deed": "notice",
                "conversation_id": place,
                "subject": about,
                "before": before or "",
                "after": storable(state),
            }
            connection.execute(_AUDIT, row)
            return place

        place = await self._database.write(job)
        if place is not None:
            self._rang([place])
        return place is not None
