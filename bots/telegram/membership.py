"""Whether we are in or out of a chat.

Each Bot API adds rights of administrators to these updates, and the typed client refuses those of
an older server, so only what matters to us is read.
"""

from pydantic import BaseModel

_OUTSIDE = frozenset({"left", "kicked"})
_INSIDE = frozenset({"member", "administrator", "creator"})


class _Chat(BaseModel):
    id: int


class _Member(BaseModel):
    status: str


class Membership(BaseModel):
    """A change of our own place in a chat."""

    chat: _Chat
    date: int
    old_chat_member: _Member
    new_chat_member: _Member

    @property
    def closed(self) -> bool | None:
        """Whether the chat shut us out, or let us in again; None if neither."""
        if self.new_chat_member.status in _OUTSIDE:
            return True
        if self.new_chat_member.status in _INSIDE and self.old_chat_member.status in _OUTSIDE:
            return False
        return None
