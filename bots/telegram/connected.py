"""A business connection as Telegram tells of it.

Each Bot API adds rights to these, and the typed client refuses those of another year's server, so
only what matters to us is read.
"""

from typing import Any

from aiogram.methods import TelegramMethod
from pydantic import BaseModel, Field

from anima.mandate import Mandate
from anima.model import Speaker
from bots.text import storable


class GetRawConnection(TelegramMethod[dict[str, Any]]):
    """`getBusinessConnection` as it came."""

    __returning__ = dict[str, Any]
    __api_method__ = "getBusinessConnection"

    business_connection_id: str


class _Owner(BaseModel):
    id: int
    first_name: str = ""
    last_name: str = ""


class Connected(BaseModel):
    """Somebody connected our bot to their account, or changed what it may do there."""

    id: str
    user: _Owner
    user_chat_id: int
    is_enabled: bool
    rights: dict[str, Any] = Field(default_factory=dict)

    def mandate(self, bot: str) -> Mandate:
        """The same for *bot* in our own words."""
        name = f"{self.user.first_name} {self.user.last_name}".strip() or str(self.user.id)
        return Mandate(
            platform="telegram",
            bot=bot,
            id=self.id,
            owner=Speaker("telegram", str(self.user.id), storable(name)),
            home=str(self.user_chat_id),
            enabled=self.is_enabled,
            rights=frozenset(right for right, given in self.rights.items() if given is True),
        )
