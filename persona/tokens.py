"""How many tokens a text may cost: counted by who can, else estimated rather too high."""

from collections.abc import Callable

Counting = Callable[[str], int]
"""Tells what a text costs a model: exactly where its own tokenizer counts, else by `estimate`."""

MESSAGE_TOKENS = 4
"""What a chat template spends around one message: its role and its marks."""

_LETTERS_A_TOKEN = 3  # English runs at four or more; digits, code and typos at less
_BYTES_A_TOKEN = 2  # measured: a Chinese character costs 0.7 to 1.5 tokens, a rare one up to 2


def estimate(text: str) -> int:
    """About as many tokens as *text* costs in any current vocabulary, seldom fewer.

    A CJK character, of three bytes, counts one and a half, an emoji two, and ASCII a third.
    """
    plain = len(text.encode("ascii", "ignore"))
    others = len(text.encode("utf-8", "surrogatepass")) - plain
    return -(-plain // _LETTERS_A_TOKEN) - (-others // _BYTES_A_TOKEN)
