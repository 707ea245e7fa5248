"""What a guest's browser may say of an answer: which one, and how it was."""

import re
from dataclasses import dataclass
from typing import Final, cast, get_args

from anima.model import Verdict
from bots.web.brought import UnfitError, read

_LARGEST: Final = 2**63 - 1
_SAID: Final = re.compile(r"[1-9][0-9]{0,18}", re.ASCII)
_VERDICTS: Final = get_args(Verdict)


@dataclass(frozen=True, slots=True)
class Thumb:
    """A pressed button under our bubble *said*."""

    said: int
    verdict: Verdict


def thumb_of(body: bytes) -> Thumb:
    """The verdict in *body*. Raises `UnfitError`."""
    match read(body):
        case {"said": str(said), "verdict": str(verdict)} if _is_id(said) and verdict in _VERDICTS:
            return Thumb(int(said), cast("Verdict", verdict))
    one_of = " or ".join(f'"{one}"' for one in _VERDICTS)
    raise UnfitError(f'a verdict is {{"said": the key of an answer, "verdict": {one_of}}}')


def _is_id(text: str) -> bool:
    return bool(_SAID.fullmatch(text)) and int(text) <= _LARGEST
