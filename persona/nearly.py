"""Words that were meant: the same but for one letter too many, too few, or wrong."""

from collections.abc import Iterable

_SHORTEST = 4  # shorter words are too near to each other


def nearly(word: str, words: Iterable[str]) -> str | None:
    """The one of *words* that *word* is, or is by one slip of the pen."""
    said = word.strip().casefold()
    known = list(words)
    if said in known:
        return said
    return next((each for each in known if len(each) >= _SHORTEST and _one_slip(said, each)), None)


def _one_slip(said: str, meant: str) -> bool:
    if abs(len(said) - len(meant)) > 1:
        return False
    same = _same(said, meant)
    left, right = said[same:], meant[same:]
    return left[1:] == right[1:] or left[1:] == right or left == right[1:]


def _same(said: str, meant: str) -> int:
    """How many letters both begin with."""
    pairs = zip(said, meant, strict=False)
    return next(
        (at for at, (one, other) in enumerate(pairs) if one != other),
        len(min(said, meant, key=len)),
    )
