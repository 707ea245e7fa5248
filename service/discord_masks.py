"""Under whose name a persona speaks on a server where others are at home."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from anima.model import Conversation
from bots.discord.incoming import PLATFORM
from bots.discord.masks import Mask
from memory.places import SqlPlaces
from service.company import Company, Member

_PICTURES: Final[Sequence[str]] = ("avatar.png", "avatar.jpg", "avatar.jpeg", "avatar.webp")


class Playing:
    """Knows who plays in a place, out of *company*."""

    def __init__(self, company: Company, places: SqlPlaces) -> None:
        self._company = company
        self._places = places

    async def __call__(self, conversation: Conversation) -> Mask | None:
        """The mask of whoever was chosen to play there; who is at home needs none.

        Raises `LedgerUnavailable`.
        """
        member = self._company.member(await self._places.role(conversation))
        if member is None or member is self._company.at(PLATFORM):
            return None
        return Mask(member.card.name, _picture(member))


def _picture(member: Member) -> Path | None:
    """A card that is a picture is its own."""
    if member.path.suffix.lower() == ".png":
        return member.path
    found = (member.path / name for name in _PICTURES)
    return next((path for path in found if path.is_file()), None)
