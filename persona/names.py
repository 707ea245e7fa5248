"""What each speaker is called in a prompt, so that nobody can pose as another."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256

from anima.model import Speaker
from persona.material import plain

_LONGEST = 40
_RESERVED = frozenset({"now", "earlier"})  # our own marks
_SUFFIXED = re.compile(r"#[0-9a-f]{4}$")

# Letters of other scripts that look like a Latin one, small forms.
_LOOKALIKES = str.maketrans("аеорсухіјѕԁһκνοαιρτυӏ", "aeopcyxijsdhkvoaiptul")


def clean(name: str, longest: int = _LONGEST) -> str:
    """*name* on one line without control and direction characters, *longest* at most."""
    seen = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in name)
    return plain(" ".join(seen.split())[:longest])


def label(speakers: Iterable[Speaker], taken: Iterable[str] = ()) -> dict[str, str]:
    """By address, the label of each speaker, under the name they bear last.

    Whoever shares a name with another or with one of the *taken* gets a suffix, made from their id.
    """
    latest = {speaker.address: speaker.name for speaker in speakers}
    latest = {address: clean(name) for address, name in latest.items()}
    bearers = Counter(map(_looks, latest.values())) + Counter(_RESERVED | {*map(_looks, taken)})
    return {
        address: name if _unmistakable(name, bearers) else _suffixed(name, address)
        for address, name in latest.items()
    }


def _unmistakable(name: str, bearers: Counter[str]) -> bool:
    return bool(name) and bearers[_looks(name)] == 1 and not _SUFFIXED.search(name)


def _suffixed(name: str, address: str) -> str:
    return f"{name or 'somebody'} #{sha256(address.encode()).hexdigest()[:4]}"


def _looks(name: str) -> str:
    """What *name* looks like at a glance: widths, case, accents' forms and lookalikes folded."""
    folded = unicodedata.normalize("NFKC", name).casefold().translate(_LOOKALIKES)
    return "".join(folded.split())
