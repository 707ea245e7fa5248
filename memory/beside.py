"""What comes with a bubble besides its words, as the ledger keeps it: JSON, or nothing at all."""

import json
from pathlib import Path

from anima.model import NOTHING, Beside, Button
from memory.text import storable


def kept(beside: Beside) -> str:
    """*beside* as text; letters stay as they are, so that who looks for a word finds it."""
    if beside == NOTHING:
        return ""
    facts = {
        "buttons": [[one.shown, one.says] for one in beside.buttons],
        "document": str(beside.document or ""),
        "name": beside.name,
    } | ({"voice": True} if beside.voice else {})
    return storable(json.dumps(facts, ensure_ascii=False, separators=(",", ":")))


def found(text: str) -> Beside:
    """What was `kept` as *text*."""
    if not text:
        return NOTHING
    facts = json.loads(text)
    return Beside(
        buttons=tuple(Button(shown, says) for shown, says in facts["buttons"]),
        document=Path(facts["document"]) if facts["document"] else None,
        name=facts["name"],
        voice=facts.get("voice", False),
    )
