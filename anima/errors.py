"""What can go wrong, named by what the caller should do next.

AnimaError
├── ConfigError             do not start; the message is for the operator
├── Unavailable             the far side did not answer; it may later
│   ├── BackendUnavailable  the model, also in mid-stream
│   ├── LedgerUnavailable   the database
│   ├── EmbeddingUnavailable  what finds memories by their meaning
│   ├── VoiceUnavailable    what speaks aloud; the words are written instead
│   ├── HearingUnavailable  what understands voice notes
│   └── Unreachable         the platform; whether our message arrived is unknown
├── Refused                 the far side answered no; asking again changes nothing
│   ├── Undelivered         the platform will never take this message
│   ├── Unfetched           what came with a message cannot be had: gone, or too large
│   ├── Unspeakable         nothing of it can be said aloud, or too much; it is written instead
│   ├── Inaudible           there is nothing to be heard in a sound: silent, empty or broken
│   └── Gone                the place is closed to us: blocked, kicked, deleted
├── SlowDown                the platform asks for patience, for `retry_after` seconds
├── Moved                   the conversation goes on under another `chat`
└── LeaseLost               somebody else holds the conversation now; write nothing
"""


class AnimaError(Exception):
    """Whatever we foresee."""


class ConfigError(AnimaError):
    """Settings or a file they name are wrong; one line says why and what would be right."""


class Unavailable(AnimaError):
    """The far side did not answer; trying again may help."""


class BackendUnavailable(Unavailable):
    """The model gave no whole answer. *connection* tells a dead line from a failing server."""

    def __init__(self, reason: str, *, connection: bool = False) -> None:
        super().__init__(reason)
        self.connection = connection


class LedgerUnavailable(Unavailable):
    """The database did not answer."""


class EmbeddingUnavailable(Unavailable):
    """No text was turned into a vector; memories are found by their words meanwhile."""


class VoiceUnavailable(Unavailable):
    """Nothing was said aloud: no engine, too busy, too late, or it made no sound."""


class HearingUnavailable(Unavailable):
    """Nobody listened to a voice note; it may be understood later."""


class Unreachable(Unavailable):
    """The platform did not confirm a message, which may have arrived all the same."""


class Refused(AnimaError):
    """The far side understood and said no. *slips*: what it broke the spell with before that."""

    def __init__(self, reason: str = "", *, slips: int = 0) -> None:
        super().__init__(reason)
        self.slips = slips


class Undelivered(Refused):
    """The platform will never take this message."""


class Unfetched(Refused):
    """What came with a message cannot be had: it is gone, or too large."""


class Unspeakable(Refused):
    """These words are for the eye: nothing of them can be said aloud, or there are too many."""


class Inaudible(Refused):
    """There is nothing to be heard in a sound: it is silent, empty or broken."""


class Gone(Refused):
    """The place is closed to us: blocked, kicked or deleted."""


class SlowDown(AnimaError):
    """The platform wants nothing from us for *retry_after* seconds."""

    def __init__(self, retry_after: float) -> None:
        super().__init__(f"asked to wait {retry_after:g} s")
        self.retry_after = retry_after


class Moved(AnimaError):
    """The conversation goes on under another *chat*."""

    def __init__(self, chat: str) -> None:
        super().__init__(f"moved to chat {chat!r}")
        self.chat = chat


class LeaseLost(AnimaError):
    """Somebody else holds the conversation; nothing of this write was kept."""
