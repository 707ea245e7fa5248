"""One gate for each chat and one for the whole bot: closed for as long as we are asked."""

from anima.ports import Clock

_FORGET = 1_000
"""So many chats are slowed down at once only when something else is wrong."""


class Gates:
    """Who asks us to wait may be tired of a chat or of the bot, and does not always say.

    A chat that is told to wait waits alone. When a second chat is told so meanwhile, it is the bot,
    and everybody waits for as long as both are closed.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._until: dict[str, float] = {}
        self._all_until = 0.0

    def closed_s(self, chat: str) -> float:
        """For how long nothing may be sent to *chat*."""
        until = max(self._until.get(chat, 0.0), self._all_until)
        return max(0.0, until - self._clock.elapsed())

    def close(self, chat: str, seconds: float) -> None:
        """We were asked to wait when we sent to *chat*."""
        now = self._clock.elapsed()
        self._until = {one: until for one, until in self._until.items() if until > now}
        until = now + seconds
        others = [other for one, other in self._until.items() if one != chat]
        if others:
            self._all_until = max(self._all_until, min(until, max(others)))
        if len(self._until) < _FORGET:
            self._until[chat] = until
