"""What a link brings along with `/start` when somebody was invited."""

from typing import Final

from anima.model import Heard
from service.commands.parts import head

INVITATION: Final = "invite_"
"""What a code begins with that came by a link: `/start invite_…`."""


def invitation(heard: Heard) -> str:
    """The code that a link brought along with `/start`, or nothing."""
    name, rest = head(heard.text) or ("", None)
    word = rest.word()[0] if rest and name == "start" else ""
    return word.removeprefix(INVITATION) if word.startswith(INVITATION) else ""
