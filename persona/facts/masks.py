"""What in a sentence is nobody's own word: quotations, addresses, code."""

import re
import unicodedata
from typing import Final

VEIL: Final = "\ufffc"
"""Stands for each letter that is not read; no rule knows it."""
_NARROW: Final = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {
    0x3000: 0x20, ord("’"): ord("'"), ord("‘"): ord("'"),
}  # fmt: skip
_NAME: Final = 8  # letters of a quoted name or title; a longer quotation is somebody's words
_TALK = re.compile(
    r"```.*?(?:```|\Z)|`[^`\n]*`|\b\w{2,20}://\S+|\A\s*>.*"
    r"|「(?P<a>[^「」]*)」|『(?P<b>[^『』]*)』|“(?P<c>[^“”]*)”|\"(?P<d>[^\"]*)\"",
    re.DOTALL,
)
_SAYS = re.compile(
    r"(?:[:说說道讲講唱]|\b(?:said|says?|told me|goes|went|like))[\s,:]*\Z", re.IGNORECASE
)
_SAID = re.compile(r"\s*(?:って(?!い|言い|呼|名)|と(?:言[っわう]|いっ|叫))")


def masked(sentence: str) -> str:
    """*sentence* letter for letter, narrow, without what others said."""
    narrow = sentence.translate(_NARROW)
    return _TALK.sub(_veiled, narrow)


def _veiled(found: re.Match[str]) -> str:
    inside = next((said for said in found.groups() if said is not None), None)
    if inside is not None and _is_name(inside) and not _is_said(found):
        return f" {inside} "
    return VEIL * len(found[0])


def _is_said(found: re.Match[str]) -> bool:
    """Whether somebody said it: a colon before it, or a verb on either side."""
    return bool(
        _SAYS.search(found.string[: found.start()]) or _SAID.match(found.string[found.end() :])
    )


def _is_name(inside: str) -> bool:
    return len(inside) <= _NAME and not any(unicodedata.category(c)[0] == "P" for c in inside)
