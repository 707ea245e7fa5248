"""What somebody answers, as every platform keeps it."""

from typing import Final

from anima.model import Quote, Speaker

LONGEST: Final = 1000
"""Characters of a quote that are kept."""


def quote(text: str, speaker: Speaker | None, *, chosen: bool = False) -> Quote | None:
    """*text* as what is answered, cut; nothing where there are no words. No *speaker*: ours."""
    return Quote(text[:LONGEST], speaker, chosen) if text.strip() else None
