"""Which language a persona answers in: the one it was just spoken to in, or told to speak."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from anima.model import Heard
from persona.card import Card
from persona.language import latest

WALK_BACK = 6
"""So many lines of the talk before may tell the language when the newest words do not."""

LANGUAGES: Mapping[str, str] = MappingProxyType(
    {
        "en": "English",
        "zh": "Chinese",
        "ja": "Japanese",
        "ko": "Korean",
        "de": "German",
        "fr": "French",
        "es": "Spanish",
        "pt": "Portuguese",
        "it": "Italian",
        "nl": "Dutch",
        "ru": "Russian",
        "uk": "Ukrainian",
        "ar": "Arabic",
        "he": "Hebrew",
        "el": "Greek",
        "th": "Thai",
        "hi": "Hindi",
        "tr": "Turkish",
        "pl": "Polish",
        "vi": "Vietnamese",
    }
)


def tongue(card: Card, heard: Sequence[Heard], before: Sequence[str] = ()) -> str:
    """The code of the language in which to answer *heard*; *before* is the talk until then.

    What the newest speaker chose to be answered in comes before all that their words tell.
    """
    if heard and heard[-1].tongue:
        return heard[-1].tongue
    client = heard[-1].speaker.language if heard else ""
    texts = [message.text for message in reversed(heard)]
    return latest([*texts, *reversed(before[-WALK_BACK:])], client or card.languages[0])
