"""The phrases in which models fall out of their part, in every language that the house speaks.

They are written for folded text: small letters, narrow marks, straight quotes, and the word "ai" in
capitals, which is found at once that way. Before each stand words, one of which it always holds.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from persona.slip_brands import BRANDS
from persona.slip_chinese import CHINESE, CHINESE_OF_ITSELF
from persona.slip_english import ENGLISH, ENGLISH_OF_ITSELF
from persona.slip_japanese import JAPANESE, JAPANESE_OF_ITSELF

Stance = Literal["open", "character"]
"""What a persona says of being an AI: that it is one, in its own words, or nothing at all."""

_OTHERS: Final = (
    (
        "als ",
        (
            r"\bals (?:ein )?(?:(?:grosses |ki-?)?sprachmodell|ki(?:-assistent(?:in)?)?"
            r"|künstliche intelligenz)[, ]+"
            r"(?:kann|habe|bin|darf|verfüge|besitze)"
        ),
    ),
    (
        "sprachmodell",
        r"\bich bin (?:nur |lediglich |bloss )?ein (?:grosses |ki-)?sprachmodell\b(?!-)",
    ),
    (
        "tant",
        r"\ben tant (?:que |qu')(?:(?:grand )?modèle de langage|ia\b|intelligence artificielle)",
    ),
    (
        "modèle",
        (
            r"\bje (?:ne )?suis (?:qu'|juste |seulement |simplement"
            r" )?un (?:grand )?modèle de langage"
        ),
    ),
    (
        "como ",
        (
            r"(?:^|, )como (?:(?:un )?(?:gran )?modelo de lenguaje|(?:una )?(?:ia"
            r"|inteligencia artificial),? no)"
        ),
    ),
    (
        "modelo",
        r"\bsoy (?:solo |sólo |simplemente )?un (?:gran )?modelo de lenguaje",
    ),
    (
        "модель",
        r"(?:\bкак|\bя(?: всего лишь| просто| лишь| —| -)*) (?:большая |ии-)?языковая модель",
    ),
    (
        "모델|로서",
        r"(?:저는|나는|난)[^.!?]{0,12}?언어 ?모델(?:입|이|로|일)|(?:언어 ?모델|AI|인공지능)로서",
    ),
)

_KNOWN_BRANDS: Final = (
    "qwen|tongyi|gpt|deep|claude|llama|meta AI|gemma|gemini|bard|mixtral|mistral|grok|kimi|ernie"
    "|doubao|glm|baichuan|hunyuan|internlm|minimax|copilot|通义|通義|千问|千問|文心|豆包|清言"
    "|星火|混元|百川"
)


class Phrase(NamedTuple):
    """A line that is no speech, and the words of which it always holds one."""

    telling: frozenset[str]
    pattern: re.Pattern[str]


@lru_cache(maxsize=64)  # to compile them takes longer than all else at a persona's start
def phrases(names: tuple[str, ...], stance: Stance) -> tuple[Phrase, ...]:
    """What a persona of this *stance* never says; its *names* are itself, and no brand."""
    known: Sequence[tuple[str, str]] = (*ENGLISH, *CHINESE, *JAPANESE, *_OTHERS)
    if stance == "character":
        known = (*known, *ENGLISH_OF_ITSELF, *CHINESE_OF_ITSELF, *JAPANESE_OF_ITSELF)
    own = "|".join(re.escape(name.casefold()) for name in names)
    filled = (
        ("@I@", rf"(?:i(?:'m| am)|(?:{own})(?:'s| is))"),
        ("@我@", f"(?:我|本人|{own})"),
        ("@私@", f"(?:私|わたし|あたし|僕|ぼく|俺|{own})"),
        ("@BRAND@", rf"(?!(?:{own})(?![a-z])){BRANDS}"),
    )
    return tuple(_phrase(telling, text, filled) for telling, text in known)


def _phrase(telling: str, text: str, filled: Iterable[tuple[str, str]]) -> Phrase:
    for mark, words in filled:
        text = text.replace(mark, words)
    if telling == "@BRAND@":
        telling = _KNOWN_BRANDS
    return Phrase(frozenset(telling.split("|")), re.compile(text))
