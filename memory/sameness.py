"""When two texts say the same."""

from hashlib import sha256
from unicodedata import normalize


def digest(text: str) -> str:
    """One name for *text*, however its letters, widths and gaps are written."""
    plain = " ".join(normalize("NFKC", text).casefold().split())
    return sha256(plain.encode()).hexdigest()
