"""`/language`: in which language somebody wants to be answered."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from anima.orders import Obeyed
from anima.ports import Clock
from anima.steps import Preferred
from persona.language import primary
from persona.tongue import LANGUAGES
from service.commands.table import Argument, Wish
from service.commands.words import Words, client_language

AUTO: Final = "auto"

LANGUAGE: Final = Argument(
    "language",
    "language",
    "en|zh|ja|…|auto",
    Words(
        en="a language, or auto: that of your message",
        zh="一种语言；auto：跟随你的消息",
        ja="言語。auto：あなたのメッセージに合わせる",
    ),
    options=(*LANGUAGES, AUTO),
    required=False,
)

NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "en": "English",
        "zh": "中文",
        "ja": "日本語",
        "ko": "한국어",
        "de": "Deutsch",
        "fr": "français",
        "es": "español",
        "pt": "português",
        "it": "italiano",
        "nl": "Nederlands",
        "ru": "русский",
        "uk": "українська",
        "ar": "العربية",
        "he": "עברית",
        "el": "ελληνικά",
        "th": "ไทย",
        "hi": "हिन्दी",
        "tr": "Türkçe",
        "pl": "polski",
        "vi": "Tiếng Việt",
    }
)
"""What each language is called by those who speak it."""

_MORE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "cn": "zh",
        "jp": "ja",
        "kr": "ko",
        "汉语": "zh",
        "漢語": "zh",
        "华语": "zh",
        "简体中文": "zh",
        "繁體中文": "zh",
        "中国語": "zh",
        "英语": "en",
        "英文": "en",
        "英語": "en",
        "日语": "ja",
        "日文": "ja",
        "日語": "ja",
        "自动": AUTO,
        "自動": AUTO,
        "off": AUTO,
    }
)
_KNOWN: Final[Mapping[str, str]] = MappingProxyType(
    {
        **_MORE,
        **{name.casefold(): code for code, name in NAMES.items()},
        **{name.casefold(): code for code, name in LANGUAGES.items()},
        **{code: code for code in (*LANGUAGES, AUTO)},
    }
)

_SET: Final = Words(
    en="I answer you in {name} from now on, wherever you write to me.",
    zh="好的，以后不管你在哪里跟我说话，我都用{name}回答你。",
    ja="これからは、どこで話しかけられても{name}で答えます。",
)
_AUTO: Final = Words(
    en="I answer you in the language that you write in.",
    zh="你用什么语言，我就用什么语言回答。",
    ja="あなたが書いた言葉で答えます。",
)


def meant_language(word: str) -> str | None:
    """The code that *word* means, in small narrow letters: a code, or a language's name."""
    return _KNOWN.get(word) or _KNOWN.get(primary(word))


@dataclass(frozen=True, slots=True)
class Preference:
    """Tells and keeps what somebody wants to be answered in."""

    clock: Clock

    async def language(self, wish: Wish) -> Obeyed:
        """`/language [CODE|auto]`; without a code it only tells. Our answer is in it already."""
        heard = wish.order.heard
        code = wish.given.get("language", heard.tongue or AUTO)
        wanted = "" if code == AUTO else code
        after = replace(heard, tongue=wanted)
        line = _SET if wanted else _AUTO
        text = line.to(client_language(after), name=NAMES.get(wanted, ""))
        if wanted == heard.tongue:
            return Obeyed(text)
        step = Preferred(heard.speaker.address, wanted, self.clock.now())
        return Obeyed(text, (step,))
