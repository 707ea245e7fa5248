"""Which language a message is written in, guessed from its script and its small words."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType

# Says nothing of a language: addresses, mentions, commands, code, and sounds all the world makes.
_SILENT = re.compile(
    r"```.*?(?:```|\Z)|`[^`\n]*`|\b\w{1,20}://\S+|[@#/][\w@]+"
    r"|\b(?:o+k+(?:ay|ie)?|lo+l|(?:ha|he|hi){2,}h?|h+m+|wo+w|w{2,}|x+d+|e+m+)\b",
    re.IGNORECASE | re.DOTALL,
)
_QUOTED = re.compile(r"「[^「」]*」|『[^『』]*』|“[^“”]*”|\"[^\"]*\"|《[^《》]*》")
_WORD = re.compile(r"[^\W\d_]+")

_KANA = re.compile(r"[ぁ-ゖァ-ヺーｦ-ﾟ]")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f々〆]")
_HANGUL = re.compile(r"[\uac00-\ud7a3\u1100-\u11ff\u3130-\u318f]")
_CHARACTERS_A_WORD = 1.7  # how many CJK characters weigh as much as one spaced word

# Characters that only one of the two languages writes, and words without any of them.
_CHINESE_ONLY = re.compile(
    "[你您她们們这這哪谁吗嗎呢吧啊哦嘛咱很么麼没還还说话让给个为时间见现边进运连远听"
    "买卖书车东长门问开关头题业电脑爱难欢谢请觉认识错钱饭师]"
    "|我是|不是|今天|明天|昨天|早安|晚安|知道|多少|早上好|晚上好",
)
_JAPANESE_ONLY = re.compile("[気駅円図読発対楽桜広働込畑峠渋沢売仏両実県戻辻帰黒検験駄髪歩毎択]")

_SCRIPTS: Mapping[str, tuple[str, frozenset[str]]] = MappingProxyType(
    {
        "CYRILLIC": ("ru", frozenset({"ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg"})),
        "ARABIC": ("ar", frozenset({"ar", "fa", "ur", "ps", "ug"})),
        "HEBREW": ("he", frozenset({"he", "yi"})),
        "GREEK": ("el", frozenset({"el"})),
        "THAI": ("th", frozenset({"th"})),
        "DEVANAGARI": ("hi", frozenset({"hi", "mr", "ne"})),
    }
)
_NOT_LATIN = frozenset({"zh", "ja", "ko"}).union(*(codes for _, codes in _SCRIPTS.values()))
_UKRAINIAN = frozenset("іїєґ")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SMALL_WORDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "en": _words("the is are you i my your it to of and what how do can for me that"),
        "de": _words("der die das ist ich du und nicht ein eine wie was mir wir zu auf"),
        "fr": _words("le la les est je tu et pas un une que vous des nous pour moi"),
        "es": _words("el la los es yo tú y no un una que cómo qué por para me está"),
        "pt": _words("o os é eu você e não um uma que como para me está de com"),
        "it": _words("il lo gli è io tu e non un una che come per mi sono di"),
        "nl": _words("de het is ik je en niet een wat hoe van mij dat voor zijn we"),
    }
)
_TELLING = 2  # one small word alone is too often a name or a word of another language


def guess(text: str, fallback: str = "en") -> str:
    """The primary code of the language of *text*, such as `en`, `zh` or `de`.

    *fallback* is what the person's client or the talk before suggests. It decides where the text
    says nothing of its own, such as a number, a link or an emoji.
    """
    expected = primary(fallback) or "en"
    kept = _SILENT.sub(" ", text)
    if (unquoted := _QUOTED.sub(" ", kept)) != kept and tells(unquoted):
        kept = unquoted
    spaced = Counter(map(_script, _WORD.findall(kept)))
    dense = 0 if kept.isascii() else sum(len(one.findall(kept)) for one in (_KANA, _HAN, _HANGUL))
    if dense and dense / _CHARACTERS_A_WORD >= spaced.total() - spaced["CJK"]:
        return _east_asian(kept, expected)
    del spaced["CJK"]
    if not spaced:
        return expected
    script = spaced.most_common(1)[0][0]
    return _latin(kept, expected) if script == "LATIN" else _other(script, kept, expected)


def latest(texts: Iterable[str], fallback: str) -> str:
    """The language of the first of *texts* that tells one, else *fallback*."""
    return next((guess(text, fallback) for text in texts if tells(text)), primary(fallback) or "en")


def tells(text: str) -> bool:
    """Whether *text* has any word that belongs to a language."""
    return bool(_WORD.search(_SILENT.sub(" ", text)))


def primary(code: str) -> str:
    """The first subtag of a language *code*: `zh` of `zh-Hant-TW`."""
    return re.split(r"[-_]", code.strip().lower(), maxsplit=1)[0]


def _script(word: str) -> str:
    if word.isascii():
        return "LATIN"
    if _KANA.search(word) or _HAN.search(word) or _HANGUL.search(word):
        return "CJK"
    return unicodedata.name(word[0], "LATIN").split(" ", 1)[0]


def _east_asian(text: str, expected: str) -> str:
    kana, han = len(_KANA.findall(text)), len(_HAN.findall(text))
    if len(_HANGUL.findall(text)) > kana + han:
        return "ko"
    chinese = bool(_CHINESE_ONLY.search(text))
    if kana > text.count("の") or (kana and not chinese):  # China decorates its signs with a の
        return "ja"
    if chinese:
        return "zh"
    return "ja" if expected == "ja" or _JAPANESE_ONLY.search(text) else "zh"


def _latin(text: str, expected: str) -> str:
    words = Counter(word.lower() for word in _WORD.findall(text))
    hits = {
        code: sum(words[w] for w in small & words.keys()) for code, small in _SMALL_WORDS.items()
    }
    likely = "en" if expected in _NOT_LATIN else expected
    best = max(hits, key=lambda code: (hits[code], code == likely))
    return best if hits[best] >= _TELLING and hits[best] > hits.get(likely, 0) else likely


def _other(script: str, text: str, expected: str) -> str:
    usual, codes = _SCRIPTS.get(script, (expected, frozenset()))
    if expected in codes:
        return expected
    return "uk" if script == "CYRILLIC" and _UKRAINIAN & set(text.lower()) else usual
