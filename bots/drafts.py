"""Which draft a place shows while bubbles before it still wait to be sent."""

from typing import Final

_MOST: Final = 50
"""Beginnings that wait for their turn; more than that nobody has ever had to say at once."""


class Drafts:
    """The bubbles that are being written in one conversation, the next one to be sent first.

    A soul writes faster than a person would send: the third bubble may begin while the first one
    still waits. A place shows the beginning of the next bubble only, lest it jump.
    """

    def __init__(self) -> None:
        self._texts: list[str] = []

    def grows(self, text: str) -> str | None:
        """*text* is the newest beginning; what to show now, if that has changed.

        An empty one takes the newest beginning back.
        """
        if not text:
            return self.drops()
        if self._texts and text.startswith(self._texts[-1]):
            self._texts[-1] = text
        elif len(self._texts) < _MOST:
            self._texts.append(text)
        return self._texts[0] if len(self._texts) == 1 else None

    def drops(self) -> str | None:
        """Nothing comes of the newest beginning; what to show now, if that has changed."""
        if self._texts:
            self._texts.pop()
        return None if self._texts else ""

    def sent(self, text: str) -> str | None:
        """*text* has become a bubble; what to show now, if there is anything."""
        place = next((n for n, one in enumerate(self._texts) if text.startswith(one.strip())), 0)
        del self._texts[: place + 1]
        return self._texts[0] if self._texts else None
