"""What of a text is said aloud: pure, and empty where nothing of it can be."""

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

from persona.language import guess
from voice.markup import unset
from voice.reading.chinese import Chinese
from voice.reading.english import English
from voice.reading.grammar import read
from voice.reading.japanese import Japanese
from voice.reading.reader import Reader
from voice.signs import seen, unseen
from voice.stage import unacted

Mode = Literal["strip", "strict"]
"""What becomes of a text with emoji: they are left out, or it is not said at all."""

READERS: Final[Mapping[str, Reader]] = MappingProxyType(
    {"en": English(), "zh": Chinese(), "ja": Japanese()}
)
_FULL: Final = frozenset({"zh", "ja"})
_CJK: Final = r"\u3040-\u30ff\u3400-\u9fff\uff00-\uffef\u3000-\u303f"
_ENDED: Final = re.compile(r"[.!?…。！？，,;；:：、—~～]$")
_TIDY: Final = (
    (
        re.compile(
            r"[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]"
        ),
        "",
    ),
    (re.compile(r"\.{3,}|…{2,}|。{2,}|・{3,}"), "…"),
    (re.compile(r"[~～〜]+(?!\d)"), ""),
    (re.compile(r"[—–―]{1,}|\s-\s"), ", "),
    (re.compile(r"([!?！？])[!?！？]+"), r"\1"),
    (re.compile(r"[*_#^=\\<>{}\[\]【】|`]+"), " "),
    (re.compile(r"[(（]\s*([^()（）]*?)\s*[)）]"), r", \1, "),
    (re.compile(r"[\"“”„«»「」『』《》〈〉]"), ""),
    (re.compile(r"\s+"), " "),
    (re.compile(r"\s+([,.!?;:，。！？；：、…])"), r"\1"),
    (re.compile(r"([,，、;；:：])(?:\s*[,，、;；:：])+"), r"\1"),
    (re.compile(r"[,，、;；:：]+\s*([.!?。！？…])"), r"\1"),
    (re.compile(r"([.!?。！？…])\s*[,，、;；:：]+"), r"\1"),
    (re.compile(r"(?<=[.!?。！？…])\s*(?:[.。…](?=\s|$))+"), ""),
    (re.compile(rf"(?<=[{_CJK}])\s+(?=[{_CJK}])"), ""),
    (re.compile(r"^[\s,.!?;:，。！？；：、…·・-]+"), ""),
)
_FULL_COMMA: Final = re.compile(rf"(?<=[{_CJK}]),\s?")
_SIGNS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "en": {"&": " and ", "+": " plus ", "×": " times ", "=": " equals ", "#": "number "},
        "zh": {"&": "和", "+": "加", "×": "乘", "=": "等于", "#": ""},
        "ja": {"&": "と", "+": "たす", "×": "かける", "=": "イコール", "#": ""},
    }
)
_COUNTED: Final = re.compile(r"(?<=[\w ])\s?([&+×=])\s?(?=[\w ])")
_NUMBERED: Final = re.compile(r"#(?=\d)")


def speakable(text: str, language: str = "", mode: Mode = "strip") -> str:
    """*text* in the words that are said, its numbers read as *language* reads them.

    Emoji, stage directions, code, links and markup are no words. With *mode* `strict`, a text with
    emoji or faces is for the eye alone.
    """
    if mode == "strict" and seen(text):
        return ""
    language = language or tongue(text)
    plain = unacted(unset(unseen(_sound(text))), language)
    plain = _ended(unset(plain), language)
    if language in READERS:
        plain = read(_NUMBERED.sub(_SIGNS[language]["#"], plain), READERS[language])
        plain = _COUNTED.sub(lambda sign: _SIGNS[language][sign[1]], plain)
    plain = _tidied(plain, language)
    return plain if any(letter.isalnum() for letter in plain) else ""


def tongue(text: str) -> str:
    """The language that *text* looks like; English where it may be any."""
    return guess(text)


def _sound(text: str) -> str:
    """Letters as they are usually written, whatever their width; CJK marks stay."""
    return "".join(
        unicodedata.normalize("NFKC", letter)
        if "０" <= letter <= "ｚ" and letter.isalnum()
        else letter
        for letter in text
    )


def _ended(text: str, language: str) -> str:
    """Each line with an end, for a line's end is heard as little as it is written."""
    stop = "。" if language in _FULL else "."
    lines = [line.strip() for line in text.splitlines()]
    kept = [line for line in lines if any(letter.isalnum() for letter in line)]
    if len(kept) < len("ab"):
        return "".join(kept)
    return "\n".join(line if _ENDED.search(line) else f"{line}{stop}" for line in kept)


def _tidied(text: str, language: str) -> str:
    for form, put in _TIDY:
        text = form.sub(put, text)
    if language in _FULL:
        text = _FULL_COMMA.sub("、" if language == "ja" else "，", text)
    return text.strip().rstrip(",，、;；:：")
