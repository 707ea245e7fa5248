"""Invitations: a code, or a link with one, that lets in the first stranger who comes with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Protocol, runtime_checkable

from anima.model import Conversation, Heard, Speaker
from anima.orders import Obeyed
from anima.ports import BotName
from service import codes
from service.commands.words import client_language
from service.doorway import Doorway
from service.doorway_words import NO_INVITATION
from service.invitation import INVITATION

INVITED: Final = timedelta(days=3)
"""An invitation is good for three days."""


class Redeems(Protocol):
    """Takes an invitation. Raises `LedgerUnavailable`."""

    async def redeem(self, digest: str, speaker: Speaker) -> bool | None: ...


@runtime_checkable
class Linked(Protocol):
    """A place into which a link leads."""

    async def link(self, payload: str) -> str:
        """An address that says `/start PAYLOAD` to us for whoever opens it; empty: none now."""


@dataclass(frozen=True, slots=True)
class Invitations:
    """Knows whom a code lets in, and by which link it can be brought."""

    doorway: Doorway
    admissions: Redeems
    channels: Mapping[BotName, object]

    async def invited(self, code: str, heard: Heard) -> Obeyed | None:
        """What is said to who comes with *code* and may not come in; none: they may.

        Who is known anyway uses nothing up.
        """
        if self.doorway.knows(heard):
            return None
        meant = codes.meant(code, codes.INVITATION)
        known = await self.admissions.redeem(codes.kept(meant or code), heard.speaker)
        if known:
            return None
        return Obeyed("" if known is None else NO_INVITATION.to(client_language(heard)))

    async def link(self, code: str, here: Conversation) -> str:
        """The link that brings *code* to us where *here* is; empty: there is none."""
        channel = self.channels.get((here.platform, here.bot))
        return await channel.link(f"{INVITATION}{code}") if isinstance(channel, Linked) else ""
