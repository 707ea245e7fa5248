"""How many tokens a text may cost, estimated so that the guess is rather too high."""

MESSAGE_TOKENS = 4
"""What a chat template spends around one message: its role and its marks."""

_LETTERS_A_TOKEN = 3  # English runs at four or more; digits, code and typos at less


def estimate(text: str) -> int:
    """About as many tokens as *text* costs in any current vocabulary, seldom fewer.

    A CJK character counts one, an emoji two, and ASCII a third.
    """
    plain = len(text.encode("ascii", "ignore"))
    units = len(text.encode("utf-16-le", "surrogatepass")) // 2
    return -(-plain // _LETTERS_A_TOKEN) + units - plain
