"""The house's own words, in the three languages that it speaks."""

from collections.abc import Iterable
from dataclasses import dataclass

from anima import offers
from anima.model import Heard
from persona.language import guess, primary

Language = offers.Language


@dataclass(frozen=True, slots=True)
class Words:
    """The same in each language. Facts stand in braces, as in `str.format`."""

    en: str
    zh: str
    ja: str

    def to(self, language: Language, **facts: object) -> str:
        """What is said to somebody who speaks *language*."""
        match language:
            case "zh":
                return self.zh.format(**facts)
            case "ja":
                return self.ja.format(**facts)
        return self.en.format(**facts)


def listed(names: Iterable[str], language: Language) -> str:
    """*names* in a row, with the comma of the language."""
    return (", " if language == "en" else "、").join(names)


def client_language(heard: Heard) -> Language:
    """What the speaker chose; a command tells nothing of a language, so else the client's own."""
    return ours(heard.tongue or primary(heard.speaker.language))


def spoken_language(heard: Heard) -> Language:
    """What the speaker chose, else the language of the message, for those that are talk."""
    return ours(heard.tongue or guess(heard.text, heard.speaker.language or "en"))


def ours(code: str) -> Language:
    """The language of ours that is nearest to the one of this *code*."""
    match code:
        case "zh" | "ja":
            return code
    return "en"
