"""Marks inside one line of chat: which stars, bars and tildes are markup, and which are a face."""

import re
from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal[
    "bold",
    "italic",
    "strikethrough",
    "spoiler",
    "code",
    "pre",
    "text_link",
    "blockquote",
    "heading",
]


@dataclass(frozen=True, slots=True)
class Span:
    """Marked content at [start, end) of the source, right between its *opener* and *closer*."""

    kind: Kind
    start: int
    end: int
    opener: str
    closer: str
    url: str = ""
    language: str = ""


@dataclass(slots=True)
class _Run:
    """A run of one mark that waits for its partner; *left*: how much of it is still free."""

    mark: str
    at: int
    left: int
    before: str


# A short pair of brackets is a face when it holds a face's part and no word, or nothing but single
# letters: (*^▽^*), (*T_T*). A backtick in it belongs to the face when an acute is there, too.
_FACE = r"""
    [(（] (?= [^()（）`\n]{0,16} [\^<>≧≦▽△∇∀ωДдзε´｀ˊˋ﹏⌒◕‿◡╥ಥಠ♡☆★♪｡¬￣¯∠□╯╰] )
          (?! [^()（）\n]{0,16} [A-Za-zぁ-ゖァ-ヺ㐀-鿿가-힣]{3} ) [^()（）`\n]{1,16} [)）]
  | [(（] (?= [^()（）\n]{0,16} ´ ) [^()（）\n]{1,16} [)）]
  | [(（] (?! [^()（）\n]{0,14} [^\W_]{2} ) [^()（）`\n]{1,14} [)）]
  | ´ [^\s`´]{0,6} ` | ` [^\s`´]{0,6} ´
"""
# The arms of ¯\_(ツ)_/¯ and the ears of /\_/\ are no escapes.
_TOKEN = re.compile(
    rf"""
    (?= [(（´`\\\[h@*_~|] ) (?:  # most characters begin nothing: five times faster
    (?P<face> {_FACE} )
  | (?P<code> (?<!`) (?P<ticks>`+) (?![`)）]) (?P<body>[^\n]+?) (?<!`) (?P=ticks) (?!`) )
  | (?P<escape> (?<![/\\¯￣‾]) \\ [*_`~|] (?!/) )
  | (?P<link> (?<!\\) \[ (?=\s*[^\s\[\]]) (?P<label>[^\[\]\n]+) \]
      \( (?P<url> (?:https?://|tg://|mailto:) [^\s()]+ (?: \([^\s()]*\) [^\s()]* )* ) \) )
  | (?P<address> https?:// (?: (?!~~|\|\|) [^\s*<>`\])）】」』，。！？、；“”] )+ | @[A-Za-z0-9_]+ )
  | (?P<run> \*+ | _+ | ~{{2,}} | \|{{2,}} )
    )
    """,
    re.VERBOSE,
)
_WORD = re.compile(r"[^\W_ﾟﾞ]|[\U0001F000-\U0001FAFF]")
_MOUTH = re.compile(r"[oOuUwWvVxX0ωДд]|\w_+\w")
_LAUGHTER = re.compile(
    r"(?:[哈呵嘿嘻嘎啦呀哦噢喔耶嗯呜嗷草笑 !！~～]|(?:[hH][aeio]){2,}|[wW]{2,})+"
)
_NAME = re.compile(r"[A-Za-z0-9_]+")
_LEADS = frozenset("“\"‘'「『《【[…—~～*_|`")
_TRAILS = frozenset(".,!?…。！？，、；：;:)）」』》】]”\"’'~～—-%`*_|\ufe0f")
_BEFORE_STRIKE = frozenset("([{（【「『“\"'‘*_|>，、,;；：:。")
_GLUE = frozenset("@#/\\.=+&$%^<")
_BOTH = 3  # stars: bold and italic at once
_FULL: Final = {"*": _BOTH, "_": 2, "~": 2, "|": 2}
_PICTURES = "\U0001f000"


def _wordy(char: str) -> bool:
    return char.isalnum() or char == "_"


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _leads(char: str) -> bool:
    """Whether a slanted word may begin with *char*; faces begin with other things."""
    return (char.isalnum() and char not in "ﾟﾞ") or char in _LEADS or char >= _PICTURES


def _trails(char: str) -> bool:
    return (char.isalnum() and char not in "ﾟﾞ") or char in _TRAILS or char >= _PICTURES


def _opens(mark: str, size: int, before: str, after: str) -> bool:
    if not after or after.isspace():
        return False
    if mark == "~":
        return not before or before.isspace() or before in _BEFORE_STRIKE
    if mark == "|" or (mark == "*" and size > 1):
        return True
    if before in _GLUE or _latin(before) or (mark == "_" and _wordy(before)):
        return False
    return size > 1 or _leads(after)


def _closes(mark: str, size: int, before: str, after: str) -> bool:
    if not before or before.isspace():
        return False
    if mark in "~|" or (mark == "*" and size > 1):
        return True
    if _latin(after) or (mark == "_" and _wordy(after)):
        return False
    return size > 1 or _trails(before)


def _means(mark: str, size: int, before: str, content: str, after: str) -> bool:
    """Whether a pair of marks around *content* is markup: no face, no product, no giggle."""
    if not _WORD.search(content):
        return False
    if mark == "~":
        return not _LAUGHTER.fullmatch(content)
    if mark == "_" and size > 1:
        return not _NAME.fullmatch(content)
    if size > 1:
        power = _latin(before) or before in {")", "]"}
        return not (power and _latin(content[0]) and _latin(after))
    return not (before.isalnum() and after.isalnum()) and not _MOUTH.fullmatch(content)


def _kind(mark: str, size: int) -> Kind:
    if mark == "~":
        return "strikethrough"
    if mark == "|":
        return "spoiler"
    return "bold" if size > 1 else "italic"


class Inline:
    """The spans of one line and the places of its escaping backslashes, read at once."""

    def __init__(self, source: str, start: int, end: int) -> None:
        self.spans: list[Span] = []
        self.escapes: list[int] = []
        self._source, self._start, self._end = source, start, end
        self._runs: list[_Run] = []
        for found in _TOKEN.finditer(source, start, end):
            self._take(found)

    def _take(self, found: re.Match[str]) -> None:
        match found.lastgroup:
            case "run":
                self._run(found.group()[0], found.start(), found.end())
            case "code" if not found["body"].isspace():
                ticks = found["ticks"]
                self.spans.append(Span("code", *found.span("body"), ticks, ticks))
            case "link":
                self._link(found)
            case "escape":
                self.escapes.append(found.start())

    def _link(self, found: re.Match[str]) -> None:
        url, (start, end) = found["url"], found.span("label")
        self.spans.append(Span("text_link", start, end, "[", f"]({url})", url=url))
        label = Inline(self._source, start, end)
        self.spans += label.spans
        self.escapes += label.escapes

    def _run(self, mark: str, at: int, stop: int) -> None:
        size = stop - at
        if size > _FULL[mark]:
            return
        before = self._source[at - 1] if at > self._start else ""
        after = self._source[stop] if stop < self._end else ""
        if _closes(mark, size, before, after):
            at = self._close(mark, at, stop, after)
        if at < stop and _opens(mark, stop - at, before, after):
            # Bold within bold is never meant, so a later opener puts an earlier one aside.
            self._runs = [r for r in self._runs if (r.mark, r.left) != (mark, stop - at)]
            self._runs.append(_Run(mark, at, stop - at, before))

    def _close(self, mark: str, at: int, stop: int, after: str) -> int:
        """Pair what is at [at, stop) with open runs; return where the unpaired rest begins."""
        while at < stop:
            index, run = self._partner(mark, stop - at)
            if run is None:
                break
            both = run.left == stop - at == _BOTH
            size = 1 if both else min(2, run.left, stop - at)
            start = run.at + run.left
            content = self._source[start:at]
            if not _means(mark, _BOTH if both else size, run.before, content, after):
                break
            sign = mark * size
            self.spans.append(Span(_kind(mark, size), start, at, sign, sign))
            at, run.left = at + size, run.left - size
            del self._runs[index + bool(run.left) :]
        return at

    def _partner(self, mark: str, size: int) -> tuple[int, _Run | None]:
        for index in range(len(self._runs) - 1, -1, -1):
            run = self._runs[index]
            if run.mark == mark and (run.left == size or _BOTH in (run.left, size)):
                return index, run
        return -1, None
