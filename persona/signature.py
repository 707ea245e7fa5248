"""Takes a speaker's mark off what a model wrote: it answers, it does not sign."""

import re
from collections.abc import Iterable

_NOTE = re.compile(r"‹(?:now|earlier)›[^\n]*\n?\s*")
_MARK = r"‹[^›\n]{1,60}›\s*"


def signature(names: Iterable[str]) -> re.Pattern[str]:
    """What a bubble of a persona with these *names* must not begin with."""
    known = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return re.compile(rf"\s*(?:{_MARK}|\*{{0,2}}(?:{known})\*{{0,2}}\s*[:：]\*{{0,2}}\s*)+")


def unsigned(text: str, signed: re.Pattern[str]) -> str:
    """*text* without the mark it begins with, and without a note of ours that a model repeats."""
    kept = _NOTE.sub("", text)
    begun = signed.match(kept)
    return kept[begun.end() :] if begun else kept
