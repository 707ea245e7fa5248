"""Getting to know ourselves as soon as Telegram answers, and telling what we hear in groups."""

from aiogram import Bot
from aiogram.exceptions import AiogramError

from anima.errors import SlowDown, Unavailable
from anima.pace import backoff_s
from anima.ports import Clock, Witness
from bots.telegram.refusals import of_listening

_LONGEST_BACKOFF = 6


class Hello:
    """The port `Bot` for a moment: it asks once who *bot* is, however long that takes."""

    def __init__(self, bot: Bot, clock: Clock, witness: Witness) -> None:
        self._bot = bot
        self._clock = clock
        self._witness = witness

    async def run(self) -> None:
        """Ask, note it and be done. Raises `ConfigError` for a bad token."""
        attempt = 0
        while not await self._asked():
            attempt += 1
            await self._clock.sleep(backoff_s(min(attempt, _LONGEST_BACKOFF)))

    async def _asked(self) -> bool:
        try:
            me = await self._bot.me()
        except AiogramError as error:
            trouble = of_listening(error)
            if isinstance(trouble, SlowDown | Unavailable):
                return False
            raise trouble from error
        everything = bool(me.can_read_all_group_messages)
        hears = "everything" if everything else "what is meant for it: privacy mode is on"
        self._witness.note("telegram bot", username=me.username, in_groups_hears=hears)
        return True
