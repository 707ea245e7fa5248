"""What a button of ours brings when it is pressed."""

import re
from typing import Final

_DATA: Final = re.compile(r"say:(\d{1,19}):(\d{1,3})", re.ASCII)


def says(said: int, which: int) -> str:
    """What button *which* of the bubble *said* brings."""
    return f"say:{said}:{which}"


def pressed(brought: str) -> tuple[int, int] | None:
    """Which bubble's which button *brought* that, if it is one of ours."""
    found = _DATA.fullmatch(brought)
    return (int(found[1]), int(found[2])) if found else None
