"""Which words are a question: who asks has no answer, and the next line often is one.

In letters a question has its mark. In Chinese and Japanese many leave it out among friends, and a
short sentence is told by its words. `persona.glance` is surer of less, for by that we speak up in
a group: by its signs alone what was asked for in Chinese comes first half as often.
"""

import re
from typing import Final

_TAIL: Final = 16
"""So many characters at its end tell whether a text ends in a question."""

_SENTENCE: Final = re.compile(r"[^.!?。！？…\n]+[.!?。！？…\n]*")
_SHORT: Final = 14
_MARK: Final = re.compile("[?？]")
_KANA: Final = re.compile("[\u3041-\u30ff]")
_HAN: Final = re.compile("[\u4e00-\u9fff]")
_CHINESE: Final = re.compile(
    r"(?:[吗呢没不么]|没有|啥|干嘛|怎样|如何)\W*$"
    r"|谁|什么|怎么|哪[里儿个天种家]?|几[个点岁号月]|多少|为啥|干啥|啥时候|多久|多大"
)
_JAPANESE: Final = re.compile(
    r"(?:(?<![とっう])か|かな|の|[たるいな]ん|っけ)\W*$|何[をがにでしさ時人歳匹]|なに|なん[でにのだ]"
    r"|どこ|(?<![あこそ])いつ(?!も)|誰|だれ|どう[だしやない]|どんな|どれ|いくら|いくつ|どっち"
)


def asks(text: str) -> float:
    """How much of *text* is questions, between 0 and 1."""
    if text.isascii() and "?" not in text:  # as a rule, and many are looked at for each question
        return 0.0
    asked = sum(len(one) for one in _SENTENCE.findall(text) if _is_question(one))
    return asked / max(1, len(text))


def ends_asking(text: str) -> bool:
    """Whether *text*, or a text of which this is the end, asks at its end."""
    sentences = [one for one in _SENTENCE.findall(text[-_TAIL:]) if re.search(r"\w", one)]
    return bool(sentences) and _is_question(sentences[-1])


def _is_question(sentence: str) -> bool:
    if _MARK.search(sentence):
        return True
    if len(sentence) > _SHORT:
        return False
    if _KANA.search(sentence):
        return _JAPANESE.search(sentence) is not None
    return _HAN.search(sentence) is not None and _CHINESE.search(sentence) is not None
