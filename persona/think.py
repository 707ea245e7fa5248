"""Sorts a streaming answer into thought and speech, wherever the stream is cut."""

import re

_NAMES = ("think", "thinking", "thought")
_TAG = rf"</?(?:{'|'.join(_NAMES)})>"
_PIECE = re.compile(
    rf"(?P<quoted>`{_TAG}`)"  # somebody speaks about the tag
    rf"|(?P<wait>`(?={_TAG}\Z))"  # may become the above with the next character
    rf"|(?P<open><(?:{'|'.join(_NAMES)})>)|(?P<close></(?:{'|'.join(_NAMES)})>)",
    re.IGNORECASE,
)
_FORMS = tuple(f"`<{slash}{name}>`" for slash in ("", "/") for name in _NAMES)
_LONGEST = max(map(len, _FORMS))


class Thoughts:
    """Takes an answer in pieces and lets its speech through.

    An unfinished thought is never said. Where thoughts lie in one another, what follows the inner
    one waits until it is clear whether the outer one ends. *strays* counts closing tags whose
    beginning is missing: all speech before such a tag was a thought, so whoever still holds some
    of it drops it. *marked* counts the thoughts that began and ended properly.
    """

    def __init__(self) -> None:
        self.strays = 0
        self.marked = 0
        self._held = ""  # an end that may yet become a tag
        self._depth = 0
        self._thinking = False
        self._blank = True  # nothing but white space since the last tag
        self._doubt = ""  # said inside an outer thought, or after it
        self._said = ""

    def feed(self, delta: str) -> str:
        """The speech that *delta* brings; after a stray tag only what follows it."""
        text = self._held + delta
        if not self._held and "<" not in delta and "`" not in delta:  # nearly always
            self._said = ""
            self._text(text)
            return self._said
        return self._sort(text, final=False)

    def close(self) -> str:
        """The speech that was waiting when the stream ended."""
        said = self._sort(self._held, final=True)
        return said if self._thinking else said + self._doubt

    def _sort(self, text: str, *, final: bool) -> str:
        self._said, done = "", 0
        for piece in _PIECE.finditer(text):
            if piece.lastgroup == "wait" and not final:
                break
            self._text(text[done : piece.start()])
            done = piece.end()
            self._piece(piece)
        keep = 0 if final else _unfinished(text[done:])
        self._text(text[done : len(text) - keep])
        self._held = text[len(text) - keep :]
        return self._said

    def _piece(self, piece: re.Match[str]) -> None:
        if piece.lastgroup == "open":
            self._open()
        elif piece.lastgroup == "close":
            self._close()
        else:
            self._text(piece[0])

    def _open(self) -> None:
        if not (self._thinking and self._blank):  # else the tag was only said twice
            self._depth += 1
        self._thinking, self._blank = True, True

    def _close(self) -> None:
        twice = self._blank and not self._thinking and self.marked + self.strays > 0
        if self._depth:
            self._depth -= 1
            self.marked += self._depth == 0
            if not self._thinking:
                self._doubt = ""
        elif not twice:
            self.strays += 1
            self._said = ""
        self._thinking, self._blank = False, True

    def _text(self, text: str) -> None:
        self._blank = self._blank and not text.strip()
        if self._thinking:
            return
        if self._depth:
            self._doubt += text
        else:
            self._said += text


def _unfinished(text: str) -> int:
    """The length of the end of *text* that may become a tag, or a tag spoken about."""
    tail = text[-_LONGEST:].lower()
    for start, char in enumerate(tail):
        if char in "`<" and any(form.startswith(tail[start:], char == "<") for form in _FORMS):
            return len(tail) - start
    return 0
