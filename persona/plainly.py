"""Takes Markdown out of a bubble for a persona that does not write it; code stays as it is.

Numbered lists stay too, for people type them as well, and so do the faces, tildes and asterisks
that mark no emphasis.
"""

import re
from collections.abc import Iterator
from typing import Final

_FENCE: Final = re.compile(r"[ \t]*(`{3,}|~{3,})")
_RULE: Final = re.compile(r"[ \t]*(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]*){3,}|={3,})\Z")
_LEAD: Final = re.compile(r"\A[ \t]*(?:#{1,6}[ \t]+(?=\S)|[-*+•][ \t]+(?=\S)|>[ \t]+(?=[^\W_]))")
_MAY_LEAD: Final = re.compile(r"[-*_=~#>+•`\s]*\Z")
_MARKED: Final = re.compile(
    r"(?P<code>`[^`\n]+`)|(?P<address>\w+://\S+)"
    r"|(?P<both>\*\*\*(?=\S)(?P<b3>[^*\n]+?)(?<=\S)\*\*\*)"
    r"|(?P<bold>\*\*(?=\S)(?P<b2>[^\n]+?)(?<=\S)\*\*)"
    r"|(?P<under>(?<!\w)__(?=\S)(?P<u2>[^_\n]+?)(?<=\S)__(?!\w))"
    r"|(?P<struck>~~(?=[^\s~])(?P<s2>[^~\n]+?)(?<=[^\s~])~~)"
    r"|(?P<slant>(?<![\w*(（])\*(?=[^\W_])(?P<b1>[^*\n]*?[^\W_][^*\n]*?)(?<=[^\s*(])\*(?![\w*]))"
    r"|(?P<low>(?<!\w)_(?=[^\W_])(?P<u1>[^_\n]+?)(?<=[^\s_])_(?!\w))"
)
_INSIDE: Final = ("b3", "b2", "u2", "s2", "b1", "u1")
_MARK: Final = re.compile(r"[*_~`]")
_CJK_SLANT: Final = re.compile(
    r"\*(?=[\u3040-\u30ff\u3400-\u9fff])([^*\n]+?)(?<=[\u3040-\u30ff\u3400-\u9fff。！？])\*"
)


def plainly(text: str) -> str:
    """*text* without emphasis, headings, bullets, quotes' marks and rules."""
    return "\n".join(_lines(text)).strip()


def so_far(text: str) -> str:
    """*text*, which may go on, as far as it is sure what `plainly` makes of it."""
    done, gap, line = text.rpartition("\n")
    fenced = sum(bool(_FENCE.match(one)) for one in done.split("\n")) % 2
    sure = _MARK.split(line, maxsplit=1)[0]
    if fenced or _MAY_LEAD.match(sure):
        return plainly(done)
    return plainly(done + gap + sure)


def _lines(text: str) -> Iterator[str]:
    fence = ""
    for line in text.split("\n"):
        marks = _FENCE.match(line)
        if fence or marks:
            yield line
            if marks:
                fence = "" if fence else marks[1][:3]
        elif not _RULE.match(line):
            yield _unmarked(_LEAD.sub("", line, count=1))


def _unmarked(line: str) -> str:
    if not _MARK.search(line):
        return line
    return _CJK_SLANT.sub(r"\1", _MARKED.sub(_inside, line))


def _inside(marked: re.Match[str]) -> str:
    if marked["code"] or marked["address"]:
        return marked[0]
    return _unmarked(next(text for name in _INSIDE if (text := marked[name])))
