"""What a secret looks like, and how it is cut out of a text."""

import json
import re
from collections.abc import Callable, Iterable
from urllib.parse import quote

HIDDEN = "***"

WHOLE_WORD_BELOW = 8
"""A known secret shorter than this is cut only where it stands alone, or it would eat words."""

SHORTEST = 4
"""A known secret shorter than this is no secret: cutting it out would leave no log to read."""

_VALUE = r"""[^\s"'\\,;&)}\]]+"""

_NAMES = (
    r"(?:[a-z]+[_-])?(?:api[_-]?(?:key|secret)|password|passwd|secret(?:[_-](?:key|token))?"
    r"|token|authorization|signature)"
)

_IS = r"""(?:\\?["']\s*[:=]\s*|=)\\?["']?"""

_HEADERS = r"(?:api-key|authorization|secret-token)"

# Each pattern may keep its beginning, by the group `keep…`, so that a reader sees what was cut.
_PATTERNS = (
    # a key or a password by its name: api_key=…, "api_key": "…", x-api-key: …
    rf"(?P<keep1>(?<![A-Za-z0-9]){_NAMES}{_IS}(?!Bearer|Basic)){_VALUE}",
    rf"(?P<keep2>(?<![A-Za-z0-9]){_HEADERS}\s*:\s*(?!Bearer|Basic)){_VALUE}",
    rf"(?P<keep3>\b(?:Bearer|Basic)\s+){_VALUE}",
    # postgres://name:password@host; the last @ ends it, for people forget to escape
    r"(?P<keep4>://[^\s/:@\"']*:)[^\s\"'<>]{1,256}(?=@)",
    # Telegram's bot token, also inside …/bot<token>/sendMessage
    r"(?<!\d)\d{5,}(?::|%3A)[A-Za-z0-9_-]{30,}",
    # Discord's bot token, and a signed web token
    r"(?<![\w-])[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{6,}\.[A-Za-z0-9_-]{27,}",
    r"(?<![A-Za-z0-9])[sp]k-[A-Za-z0-9_-]{6,}",
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)",
)


def redact(text: str) -> str:
    """*text* with `***` in the place of all that looks like a secret."""
    return _GENERAL(text)


def redactor(secrets: Iterable[str]) -> Callable[[str], str]:
    """A `redact` that also knows these *secrets*, in each way they are commonly written."""
    forms = {form for secret in secrets if len(secret) >= SHORTEST for form in _forms(secret)}
    exact = (_exactly(form) for form in sorted(forms, key=len, reverse=True))
    pattern = re.compile("|".join((*exact, *_PATTERNS)), re.IGNORECASE | re.DOTALL)
    return lambda text: pattern.sub(_cut, text)


def _forms(secret: str) -> set[str]:
    return {
        secret,
        quote(secret, safe=""),
        json.dumps(secret)[1:-1],
        json.dumps(secret, ensure_ascii=False)[1:-1],
        repr(secret)[1:-1],
    }


def _exactly(form: str) -> str:
    escaped = re.escape(form)
    return rf"(?<!\w){escaped}(?!\w)" if len(form) < WHOLE_WORD_BELOW else escaped


def _cut(found: re.Match[str]) -> str:
    return f"{found[found.lastgroup] if found.lastgroup else ''}{HIDDEN}"


_GENERAL = redactor(())
