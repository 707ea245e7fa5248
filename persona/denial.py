"""Whether a word is denied where it stands: not happy, 不开心, 嬉しくない."""

import re
from typing import Final

REACH: Final = 24
"""Letters before and behind a word in which it may be denied."""

_EN = re.compile(
    r"(?:\b(?:not|never(?! been (?:so|this|that|more) )|no|hardly|without"
    r"|cannot|cant|dont|isnt|wasnt|didnt)|n't)"
    r"(?: (?:so|very|really|too|that|all|at|an?|any|the|be|being|been|feel|feeling|get|of|to|much"
    r"|even|exactly|particularly|your|my))* \Z"
)
_ZH = re.compile(
    r"(?<![是有])((?:不是|[没沒]有|[不没沒别別]|毫[无無])+)"
    r"(?:[太很要用再算]|怎么|怎麼|那么|那麼|[会會]|能|[觉覺]得|感到|[够夠]|什么|什麼){0,2}\Z"
)
_ZH_SIGN = re.compile("[不没沒别別无無]")
_JA = re.compile(
    r"(?:[いくしてでじゃはもがっまたらり]){0,5}"
    r"(?:な(?:い|か[っろ]|く[てはも]|さそ)|(?:ありま|いりま|いま|しま)せん|ね[えー])"
    r"(?!.{0,3}\?)"  # 楽しくない? asks whether it is not fun indeed
)


def is_denied(before: str, behind: str) -> bool:
    """Whether the words right *before* a word, or right *behind* it, deny it; small letters."""
    chinese = _ZH.search(before)
    if chinese:
        return len(_ZH_SIGN.findall(chinese[1])) % 2 == 1
    return bool(_EN.search(before) or _JA.match(behind))
