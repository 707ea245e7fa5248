"""What people see as one character, and which no cut may take apart."""

import unicodedata

_JOINER = "\u200d"
_FLAGS = range(0x1F1E6, 0x1F200)
_MODIFIERS = range(0x1F3FB, 0x1F400)
_TAGS = range(0xE0020, 0xE0080)
_HIGH, _LOW = range(0xD800, 0xDC00), range(0xDC00, 0xE000)


def together(text: str, at: int) -> bool:
    """Whether the characters before and after *at* belong together."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if _JOINER in {before, after} or before + after == "\r\n":
        return True
    if unicodedata.category(after).startswith("M"):
        return not before.isspace()
    code = ord(after)
    if code in _FLAGS:
        return _flags_before(text, at) % 2 == 1
    return code in _MODIFIERS or code in _TAGS or (code in _LOW and ord(before) in _HIGH)


def _flags_before(text: str, at: int) -> int:
    """How many letters of flags stand right before *at*: they come in pairs."""
    first = at
    while first and ord(text[first - 1]) in _FLAGS:
        first -= 1
    return at - first
