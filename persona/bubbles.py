"""Cuts speech into messages of human size while it streams, and loses no word of it."""

import re

from persona.sentences import ends, inside

_SOFT = 600
"""Latin characters after which a paragraph is cut at the next end of a sentence."""

_SOFTEST = 4
"""Later bubbles grow up to so many times that, so that a long answer stays a handful of them."""

_SEPARATE = 4
"""So many paragraphs leave one by one; after them short ones leave together."""

_CJK = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff00-\uffef]")
_CJK_WEIGHT = 600 / 220  # a CJK character says as much as so many Latin ones

_MARK = r"(?:[-*+•]\s|\d{1,3}[.)]\s|\d{1,3}[、．]|[一二三四五六七八九十]{1,2}、|[①-⑳])"
_ITEM = re.compile(rf"[ \t]*(?:{_MARK}|\|)")
_GOES_ON = re.compile(rf"[ \t]*{_MARK}|[ \t]{{2,}}\S")  # a list, after an empty line
_MAY_GO_ON = re.compile(r"[ \t]*(?:[-*+•]|\d{1,3}[.)]?|[一二三四五六七八九十]{1,2})?\Z")
_FENCE = re.compile(r"[ \t]*(`{3,}(?![^\n]*`)|~{3,})")
_EMPTY_LINES = re.compile(r"(?:[ \t\r]*\n)*")


class Bubbles:
    """Takes speech in pieces and gives back finished bubbles, the same for every cut of it.

    *soft*: Latin characters after which a bubble ends with its sentence; *most*: the last of so
    many bubbles holds all the rest.
    """

    def __init__(self, *, soft: int | None = None, most: int | None = None) -> None:
        self.held = ""  # the bubble that is growing
        self._soft = soft or _SOFT
        self._even = _SEPARATE if soft else 0  # so many are of one size before they grow
        self._last = most and most - 1  # so many are cut off before the last one
        self._line = 0  # where the line begins in it that is not yet understood
        self._fence = ""  # the marks that opened the code we are in
        self._listed = False  # the paragraph holds a list or a table
        self._cut = 0

    def feed(self, text: str) -> list[str]:
        """The bubbles that *text* finishes."""
        self.held += text
        finished = []
        while (end := self._end()) is not None:
            finished.append(self._take(end))
        return [bubble for bubble in finished if bubble]

    def close(self) -> list[str]:
        """The last bubble, if there is one."""
        bubble = self._take(len(self.held))
        return [bubble] if bubble else []

    def drop(self) -> None:
        """Forget the bubble that is growing: it was no speech."""
        self._take(len(self.held), drop=True)

    def _take(self, end: int, *, drop: bool = False) -> str:
        bubble, self.held = self.held[:end].strip(), self.held[end:]
        self._line, self._fence, self._listed = 0, "", False
        self._cut += bool(bubble) and not drop
        return bubble

    def _end(self) -> int | None:
        """Where the growing bubble ends, once that is sure."""
        if self._last is not None and self._cut >= self._last:
            return None
        while 0 <= (stop := self.held.find("\n", self._line)) < len(self.held) - 1 or (
            stop >= 0 and self._blank(stop)
        ):
            blank = self._blank(stop)
            if blank and self._listed and self._undecided(stop + 1):
                return None
            end = self._paragraph_end(stop) if blank else self._sentence_end(stop + 2)
            if end is not None:
                return end
            self._understand(self.held[self._line : stop])
            self._line = stop + 1
        return self._sentence_end(len(self.held))

    def _blank(self, stop: int) -> bool:
        return not self._fence and not self.held[self._line : stop].strip()

    def _understand(self, line: str) -> None:
        if fence := _FENCE.match(line):
            self._fence = _after(self._fence, fence[1], line)
        elif not self._fence:
            self._listed = self._listed or bool(_ITEM.match(line))

    def _undecided(self, start: int) -> bool:
        """Whether the list before an empty line may or may not go on from *start*."""
        return bool(_MAY_GO_ON.match(self.held, _past_empty_lines(self.held, start)))

    def _paragraph_end(self, stop: int) -> int | None:
        """The end of the empty line at *stop*, where it parts two bubbles."""
        first = not self.held[:stop].strip()
        after = _past_empty_lines(self.held, stop + 1)
        if not first and self._listed and _GOES_ON.match(self.held, after):
            return None
        self._listed = False
        together = not first and self._cut >= _SEPARATE and not self._full(stop)
        return None if together else stop + 1

    def _sentence_end(self, stop: int) -> int | None:
        """The first end of a sentence between the line's beginning and *stop* that is far enough.

        Lists, tables and code have none; quotes and brackets only where they never seem to end.
        """
        if self._fence or self._listed or not self._full(len(self.held)):
            return None
        for end in ends(self.held[:stop], self._line):
            line = self.held[self._line : end]
            if _ITEM.match(line) or _FENCE.match(line):
                return None
            if self._full(end) and (self._full(end, 2) or not inside(self.held[:end])):
                return end
        return None

    def _full(self, end: int, times: int = 1) -> bool:
        growth = min(1 << max(min(self._cut, 8) - self._even, 0), _SOFTEST)
        soft = self._soft * growth * times
        if end * _CJK_WEIGHT < soft:
            return False
        dense = len(_CJK.findall(self.held, 0, end))
        return end + dense * (_CJK_WEIGHT - 1) >= soft


def _after(open_marks: str, marks: str, line: str) -> str:
    """The marks of the code that we are in after *line*, which has *marks* at its beginning."""
    if not open_marks:
        return marks
    closes = line.strip() == marks and marks.startswith(open_marks)
    return "" if closes else open_marks


def _past_empty_lines(text: str, start: int) -> int:
    lines = _EMPTY_LINES.match(text, start)
    return lines.end() if lines else start
