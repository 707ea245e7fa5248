"""Where a sentence ends, in Latin and in CJK text, so that a bubble can end there."""

import re
from collections.abc import Iterator

_CLOSERS = "\"'”’」』）)】》〉]*_~～"
_END = re.compile(
    rf"(?:(?P<cjk>[。！？…]+)|(?P<latin>[.!?]+))[{re.escape(_CLOSERS)}]*(?P<gap>\s*)(?=(?P<next>\S))"
    r"|(?P<line>\n)(?=[^\W\d_])",
)
_SPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")  # written without spaces
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|Sr|Jr|No|vs|etc|approx|ca|bzw|usw|Nr|[A-Za-z])"
    r"|\b[A-Za-z]\.[A-Za-z]|\.\.)\.\Z",
)
_WORD = 200  # the longest word, or address, that we look at
_PAIRS = ("「」", "『』", "“”", "（）", "()", "【】", "《》", "[]")
_TWINS = ('"', "`", "**")
_PICTURES = "\u2600", "\U0001f000"  # from here on: dingbats, and emoji; see _belongs


def ends(text: str, start: int) -> Iterator[int]:
    """The places behind *start* where a sentence of *text* is over and the next has begun.

    The character after the gap must be there already, for it may still belong to the sentence; so
    a place that is reported once is reported for every longer text.
    """
    for end in _END.finditer(text, start):
        if end["line"]:
            yield end.end()
        elif not _belongs(end) and (end["cjk"] or _latin(text, end)):
            yield end.start("next")


def inside(text: str) -> bool:
    """Whether *text* stops between quotes, brackets or bold marks that are still open."""
    return any(text.count(pair[0]) > text.count(pair[1]) for pair in _PAIRS) or any(
        text.count(twin) % 2 for twin in _TWINS
    )


def _belongs(end: re.Match[str]) -> bool:
    """Whether what follows hangs on to the sentence: an emoji, a kaomoji, a closing quote."""
    dingbats, emoji = _PICTURES
    char = end["next"]
    if dingbats <= char < "\u2c00" or char >= emoji or char in "(（.!?…。！？，、,;；":
        return True
    return not end["gap"] and char in _CLOSERS


def _latin(text: str, end: re.Match[str]) -> bool:
    stop = end.end("latin")
    word = text[max(0, stop - _WORD) : stop].rsplit(maxsplit=1)[-1]
    if "://" in word or _ABBREVIATION.search(word):
        return False
    return bool(end["gap"]) or bool(_SPACED.match(end["next"]))
