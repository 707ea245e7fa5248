"""What a note may not hold: numbers and names that nobody said, secrets, and a model's thoughts."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from anima.private import redact
from persona.distil.told import words_of
from persona.folding import folded
from persona.numbers import NUMBER, number

_DIGITS: Final = re.compile(r"\d+")
_WORDS: Final = re.compile(rf"(?<![a-z0-9.])(?:{NUMBER})(?![a-z0-9])")
_TELLING: Final = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty)\b"
    r"|[一二三四五六七八九十两兩]{1,3}(?=[年月日号號点點時歳岁块塊元円万萬千])"
    r"|[一二三四五六七八九十]{2,3}"
)
_BIG: Final = "A-ZÀ-ÖØ-ÞΑ-ΩА-ЯЁ"
_ALL: Final = f"{_BIG}a-zß-öø-ɏα-ωа-яё0-9'’-"
_NAME: Final = re.compile(rf"(?<![{_ALL}])[{_BIG}][{_ALL}]+")
_BEGINS: Final = re.compile(r"(?:^|[.!?:。！？\n]\W*)\Z")
_STARTERS: Final = words_of(
    "a after although an and as at before both but during finally for he her his however i if"
    " in it its later meanwhile my no on one our she since so some talk that the their then"
    " there they this though to today today's when while who with yesterday"
)
_FORMED: Final = re.compile(r".{3,}(?:ed|ing|ly)")
_KATAKANA: Final = re.compile(r"[ァ-ヺー]{3,}")
_TITLED: Final = re.compile(
    r"([\u3400-\u9fff々ァ-ヺー]{1,8}|[ぁ-ゖ]{2,4})"
    r"(さん|くん|君|ちゃん|様|先輩|先生|老师|老師|小姐|女士|阿姨|叔叔)"
)
_KIN: Final = re.compile(r".*[母父兄姉弟妹祖子友客皆娘婆爷爺奶]")
_BY_NAME: Final = re.compile(r"(?<![大喊好吼])叫(?:做|作)?([\u3400-\u9fff]{2})")
_QUOTED: Final = re.compile(r"「([^「」]+)」|『([^『』]+)』|《([^《》]+)》|“([^“”]+)”|\"([^\"]+)\"")
_PASSWORD: Final = re.compile(
    r"(?:pass(?:word|code|phrase)|\bpin(?: code)?|密[码碼]|口令|暗証番号|パスワード)"
    r"\s*(?:is|was|=|:|：|是|为|為|は|が)\s*\S",
    re.IGNORECASE,
)
_ACCOUNT: Final = re.compile(r"(?<!\d)\d(?:[ -]?\d){11,}(?!\d)")
_THOUGHT: Final = re.compile(
    r"</?think|\b(?:the user|as an ai|let me (?:think|see|summari[sz]e)|i need to|i should"
    r"|okay, (?:so|let)|the summary should|here is (?:the|a) summary|word count)\b"
    r"|\bi(?:'m| am) (?:sorry|unable)\b|\bi can(?:no|')t (?:help|assist|do|provide|summari)"
    r"|抱歉，|我(?:无法|不能)(?:帮|提供|总结)|申し訳(?:あり|ござい)ません"
    r"|用户(?:要求|希望|想)|作为(?:一个)?(?:ai|人工智能)|我需要(?:总结|先)|好的，(?:我|以下)|以下是"
    r"|ユーザー(?:は|の)|要約すると|以下(?:は|が|に)要約|aiとして",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Ground:
    """All that was said, to hold a note against."""

    text: str
    numbers: frozenset[int]

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Ground":
        """The ground that *texts* are, names among them."""
        whole = folded("\n".join(texts))
        return cls(whole, frozenset(_numbers(whole)))

    def misses(self, note: str) -> str:
        """What in *note* nobody said, a number or a name; empty: all of it stands on the ground."""
        small = folded(note)
        counted = [(int(one), one) for one in _DIGITS.findall(small)]
        counted += [(int(number(one)), one) for one in _TELLING.findall(small)]
        missed = [said for value, said in counted if value not in self.numbers]
        missed += [name for name in _names(note) if not self._holds(name)]
        missed += [name + title for name, title in _TITLED.findall(note) if self._new(name, title)]
        return next(iter(missed), "")

    def _new(self, name: str, title: str) -> bool:
        """Whether nobody spoke of them; a word may stand before a name of one character."""
        known = self._holds(name[-2:]) or self._holds(name[-1] + title)
        return not (known or _KIN.fullmatch(name))

    def _holds(self, name: str) -> bool:
        return folded(name) in self.text


def secret(text: str) -> bool:
    """Whether *text* holds what is not to be noted: a key, a password, the number of an account."""
    return redact(text) != text or bool(_PASSWORD.search(text) or _ACCOUNT.search(text))


def thinks(text: str) -> bool:
    """Whether *text* is what a model thinks about its task."""
    return bool(_THOUGHT.search(text))


def _numbers(text: str) -> Iterable[int]:
    yield from map(int, _DIGITS.findall(text))
    yield from (int(number(one)) for one in _WORDS.findall(text))
    yield from (int(number(one)) for one in _TELLING.findall(text))


def _names(note: str) -> Iterable[str]:
    for found in _NAME.finditer(note):
        word = re.split("['’]", found[0])[0]
        if word[1:] and not (_BEGINS.search(note[: found.start()]) and _common(word.lower())):
            yield word
    yield from _KATAKANA.findall(note)
    yield from _BY_NAME.findall(note)
    yield from (next(filter(None, groups)) for groups in _QUOTED.findall(note))


def _common(word: str) -> bool:
    return word in _STARTERS or bool(_FORMED.fullmatch(word))
