"""Codes that somebody reads on one screen and types on another; what is kept tells none of them."""

import secrets
from hashlib import sha256
from hmac import compare_digest
from typing import Final
from unicodedata import category, normalize

LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Nothing that looks like something else: no 0 and O, no 1, I and L, no U beside V."""
LENGTH: Final = 8
_GROUP: Final = 4
_BETWEEN: Final = frozenset({"Pd", "Zs", "Zl", "Zp", "Cc", "Cf"})
"""Kinds of characters that only part letters: dashes, gaps, and what nobody sees."""


def fresh() -> str:
    """A new code, one of 656 milliards."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def shown(code: str) -> str:
    """*code* as it is easily read: `ABCD-EFGH`."""
    return "-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))


def typed(text: str) -> str:
    """The code that *text* is, however large, wide or parted it was typed; empty where it is none.

    Minus signs count as dashes.
    """
    plain = normalize("NFKC", text).upper()
    code = "".join(one for one in plain if one not in "−_." and category(one) not in _BETWEEN)
    fits = len(code) == LENGTH and all(one in LETTERS for one in code)
    return code if fits else ""


def salted() -> str:
    """A new salt, so that equal codes are kept differently."""
    return secrets.token_hex(16)


def digest(salt: str, code: str) -> str:
    """What is kept of *code*."""
    return sha256(f"{salt}{code}".encode()).hexdigest()


def is_it(code: str, salt: str, kept: str) -> bool:
    """Whether *kept* is what was kept of *code*; how long that takes tells nothing of it."""
    return compare_digest(digest(salt, code), kept)
