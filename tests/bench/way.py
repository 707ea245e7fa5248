"""The way of a message, as stages that end one after the other."""

from typing import Final

HEARING: Final = "update read"
HEARD: Final = "heard, committed"
CLAIMED: Final = "claimed, committed"
ASKING: Final = "recalled and composed"
FIRST: Final = "asked, first word here"
LAST: Final = "all words here, bubbles cut"
ENDED: Final = "said and ended, committed"
SENDING: Final = "handed to Telegram's side"
SENT: Final = "sent"
DELIVERED: Final = "delivered and released, committed"
STAGES: Final = (
    HEARING, HEARD, CLAIMED, ASKING, FIRST, LAST, ENDED, SENDING, SENT, DELIVERED,
)  # fmt: skip
"""In the order in which one message passes them."""
