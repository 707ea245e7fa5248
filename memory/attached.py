"""What came with a message besides its words, as the ledger keeps it: JSON, or nothing at all."""

import json
from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any, Final

from anima.model import Attachment, Quote, Speaker
from memory.text import storable

_BLANK: Final = {field.name: field.default for field in fields(Attachment)}


def kept(attachments: Sequence[Attachment]) -> str:
    """*attachments* as text, without what is not known of them."""
    return _text([_known(one) for one in attachments]) if attachments else ""


def found(text: str) -> tuple[Attachment, ...]:
    """What was `kept` as *text*."""
    return tuple(Attachment(**facts) for facts in json.loads(text)) if text else ()


def kept_quote(quote: Quote | None) -> str:
    """*quote* as text; letters stay as they are, so that who looks for a word finds it."""
    if quote is None:
        return ""
    who = quote.speaker
    named = [who.platform, who.id, who.name, who.language] if who else None
    return _text({"text": quote.text, "speaker": named, "chosen": quote.chosen})


def found_quote(text: str) -> Quote | None:
    """What was `kept_quote` as *text*."""
    if not text:
        return None
    facts = json.loads(text)
    named = facts["speaker"]
    return Quote(facts["text"], Speaker(*named) if named else None, facts["chosen"])


def _known(one: Attachment) -> dict[str, Any]:
    return {name: value for name, value in asdict(one).items() if value != _BLANK[name]}


def _text(facts: object) -> str:
    return storable(json.dumps(facts, ensure_ascii=False, separators=(",", ":")))
