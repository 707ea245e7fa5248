"""Knows when a model falls out of its part: it speaks as a product, or refuses in stock phrases.

A miss costs less than a false alarm, so what is quoted, told of somebody, or only about such
things is speech.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from persona.slip_words import Phrase, Stance, phrases

_HARMLESS: Final = str.maketrans(
    {
        **dict.fromkeys("’‘ʼ`", "'"),
        **dict.fromkeys("“”„«»", '"'),
        **dict.fromkeys("\u2010\u2011", "-"),
        **dict.fromkeys("*_~#\u200b\u200c\u200d\u2060\ufeff\u00ad"),
    }
)
_AI: Final = re.compile(r"ai(?<![a-z]ai)(?![a-z])|a\.i\.(?<![a-z]a\.i\.)")
_QUOTED: Final = re.compile(r'"[^"\n]*"|「[^」]*」|『[^』]*』|《[^》]*》')
_STOP: Final = re.compile(r"[!?。\n]|\.(?=[.\s]|\Z)")
_TOLD: Final = re.compile(
    r"\b(?:said|says|saying|tells|told|thinks|thought|claim\w*|calls|called me|wrote|writes"
    r"|asked|asks"
    r"|replied|replies|answers|answered|believes|pretend\w*|imagin\w*|wonder\w*|wish\w*|dream\w*"
    r"|jok\w+|convinced|suppos\w+|quot\w+"
    r"|(?:do|don't|did|you|people|they|everyone) (?:you )?(?:think|believe|say))\b"
    r"|(?:他|她|它|[谁誰]|人家?|大家|老板|老闆|朋友|同事|老[师師]|[妈媽爸]|同[学學]"
    r"|你)[^,。]{0,4}"
    r"(?:[说說]|[觉覺]得|以[为為]|[认認][为為]|[问問]|叫|[怀懷]疑|[当當]成)"
    r"|\b(?:if|like|whether|as though) \Z"
    r"|(?:如果|假如|要是|假[装裝]|假[设設]|好像|仿佛|[梦夢][见見]|[说說]|以[为為]|[觉覺]得)\Z"
)
_OPENING: Final = re.compile(
    r"\bi(?:'m?| am?)?\W*\Z|\bi(?:'m| am) \S*(?:\Z|,)|\byou(?:'re| are)(?:\s*\Z| \w+ing\b)"
    r"|\bi(?:'m| am)(?: (?:just|only|merely|simply|really|actually|an?|the|not|unable|programmed"
    r"|designed|called|known))"
    r"|\bi (?:was|have been|can|can't|cannot|do|don't|must|will not|won't|regret)\b|\bi've been"
    r"|\bmy(?:\s*\Z| (?:na|kn|tr|pro|gu|la|cu|sc|cap))|\b(?:sorry|apolog\w*|unfortunately"
    r"|afraid)\b"
    r"|\b(?:as|being)(?:\s*\Z| (?:a|an|the|your|just|AI|l\w*|of)\b)|\b(?:again\w*\Z|against"
    r"|beyond|outside|violat)"
    r"|\b(?:als|ich|tant|suis|como|soy|как|я)\b|저는|나는|난"
    r"|作[为為]|身[为為]|我(?:\s*\Z|[,\s只仅僅不其就真也是叫的由无無没沒还還并並暂暫目被本])"
    r"|抱歉|[对對]不起|不好意思|[遗遺]憾|[问問][题題]"
    r"|(?:私|わたし|あたし|僕|ぼく|俺)(?:\Z|[はもがのに自、])|モデル|申し訳|すみません|ごめん"
    r"|恐れ入|残念"
    r"|(?:AI|人工知能|人工|アシスタント)\w{0,6}\Z|(?:AI|人工知能|アシスタント)[とでな]"
    r"|AI[\w ]*(?:として)"
)
"""How lines begin that break the spell: a draft that ends within one of them is not shown."""


class Slips:
    """The lines that somebody who goes by *names* and has this *stance* never says."""

    def __init__(self, names: Iterable[str], stance: Stance) -> None:
        self._phrases = phrases(tuple(names), stance)
        self._telling = frozenset().union(*(one.telling for one in self._phrases))

    def holds(self, bubble: str) -> bool:
        """Whether *bubble* breaks the spell."""
        folded = _folded(bubble)
        near = self._near(folded)
        return bool(near) and any(_breaks(one, near) for one in _sentences(folded))

    def doubtful(self, beginning: str) -> bool:
        """Whether the *beginning* of a bubble is such a line, or may yet become one.

        That is so while its last sentence has a word with which these lines begin.
        """
        last = ""
        for sentence in _sentences(_folded(beginning)):
            last = sentence
        return bool(_OPENING.search(last)) or self.holds(beginning)

    def _near(self, folded: str) -> list[Phrase]:
        """The phrases of which *folded* has a telling word."""
        present = {word for word in self._telling if word in folded}
        return [one for one in self._phrases if not one.telling.isdisjoint(present)]


def _breaks(sentence: str, near: Sequence[Phrase]) -> bool:
    slips = (
        one.pattern.search(sentence)
        for one in near
        if any(word in sentence for word in one.telling)
    )
    return any(slip and not _TOLD.search(sentence[: slip.start()]) for slip in slips)


def _folded(text: str) -> str:
    """*text* in one form: widths, cases, quotes and marks of style are told apart no more."""
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_HARMLESS)
    return _AI.sub("AI", folded)


def _sentences(folded: str) -> Iterator[str]:
    """What *folded* says in its own voice, by sentences; what is quoted throughout is its own."""
    own = _QUOTED.sub(" ... ", folded)
    kept = own if any(map(str.isalnum, own)) else folded
    for sentence in _STOP.split(kept):
        if said := sentence.strip():
            yield " ".join(said.split())
