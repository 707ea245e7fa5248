"""What a language's words for plans are sorted into."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plans:
    """Patterns for folded text.

    An *event* is worth coming back to, and so is what somebody *will* do, unless there is *doubt*
    that it is more than daily life. *shut* is what makes it nothing: denied, unreal, a farewell.
    Of *mine* and *other* the one that stands first is who it is about. *waits* is for what one
    waits, *over* how it is told that it is done, *done* the same where nothing else names it,
    *off* that it will not be then, *moved* that it will be another time.
    """

    event: re.Pattern[str]
    will: re.Pattern[str]
    mine: re.Pattern[str]
    other: re.Pattern[str]
    shut: re.Pattern[str]
    doubt: re.Pattern[str]
    waits: re.Pattern[str]
    over: re.Pattern[str]
    done: re.Pattern[str]
    off: re.Pattern[str]
    moved: re.Pattern[str]
