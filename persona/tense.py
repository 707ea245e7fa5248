"""Whether a sentence tells of what was, guessed from its verbs, in three languages."""

import re
from typing import Final

_ENGLISH: Final = (
    r"was|were|had|did|didn't|wasn't|weren't|went|came|saw|met|ate|took|made|left|told|said"
    r"|gave|fell|felt|found|forgot|heard|knew|lost|ran|slept|spoke|thought|woke|won|wore|wrote"
    r"|drove|flew|bought|broke|spent|sold|sent|sat|quit|called|visited|arrived|happened"
    r"|started|finished|ended|worked|watched|played|talked|cooked|walked|stayed|studied|passed"
    r"|failed|tried|asked|helped"
)
_COMING: Final = (
    r"will|won't|gonna|going to|moved to|postponed to|rescheduled to|i'm|im|am|is|are|have to"
    r"|has to|need to|gotta|must|can|should"
)
_PAST = re.compile(
    rf"\b(?:{_ENGLISH})\b"
    r"|了(?!吗|嗎|解)|[过過](?=[了吗嗎,，。.!！]|\Z)|刚刚|剛剛|刚才|剛才|已经|已經"
    r"|(?:た|だった)(?=[。.!！?？、,\s]|よ|ね|んだ|の|から|けど|が|し|って|\Z)"
)
_FUTURE = re.compile(
    rf"(?<![a-z])(?:{_COMING})(?![a-z])|'ll\b"
    r"|[要将將](?![るり])|[会會](?![いうえっおわ議場])|打算|[准準][备備]|快[要到]|得去"
    r"|予定|つもり|なきゃ|なければ|ないと|ことにな|決まった|入った|取れた"
)


def is_past(said: str) -> bool:
    """Whether *said*, in small letters, has verbs of the past and none of what is or will be."""
    return bool(_PAST.search(said)) and not _FUTURE.search(said)
