"""What a message in a group shows at a glance: a question, and whom it is meant for."""

import re

_MOST = 300
"""Characters of a message that are looked at: what it asks for stands at its end."""

_ADDRESS = re.compile(r"\w+://\S+")
_MARK = re.compile(r"[?？](?:[\s!！?？~～)）」』”\"…。.]|\Z)")
_LATIN = re.compile(
    r"(?:\A|[.!…\n]\s*)(?:and |so |but |well,? |hey,? )?"
    r"(?:(?:who|when|where|why|which|whose)\b"
    r"|what(?:'?s| is| are| do| does| did| was| should| would| can| time| kind| if| about)\b"
    r"|how (?:do|does|did|to|much|many|long|far|is|are|was|can|could|come|about|old|often)\b"
    r"|(?:do|does|did|is|are|was|can|could|would|should|has|have|will)"
    r" (?:you|we|i|they|he|she|it|any\w*|some\w*|the|there|this|that)\b"
    r"|(?:any|some)(?:one|body)\b)[^.!\n]*\Z",
    re.IGNORECASE,
)
_CJK = re.compile(
    r"(?:吗|嗎|呢|么|吧不|没有|有没有|是不是|怎么[办样]|怎麼[辦樣]|多少|几点|哪[里儿个]|为什么|为何"
    r"|ですか|ますか|でしょうか|ませんか|だろうか|かな|かしら|っけ|のか)"
    r"[\s~～。.!！…wｗ笑)）]*\Z|(?:有没有人|有人|谁|誰)(?:知道|懂|会|會|能|想|要|记得|見た|知って)"
    r"|教えて|知ってる人|わかる人"
)
_ALL = re.compile(
    r"\b(?:any(?:one|body)|some(?:one|body)|every(?:one|body)|y'?all|you (?:all|guys)|folks|"
    r"any (?:idea|tip|suggestion|thought|recommendation)s?|who (?:knows|else|wants|has|can))\b"
    r"|有人|谁|大家|各位|你们|誰か|だれか|どなたか|みんな|皆さん|みなさん",
    re.IGNORECASE,
)
_ONE = re.compile(r"\A\s*[@＠]\w")
_LATIN_WORD = re.compile(r"[^\W\d_\u3040-\u9fff\uac00-\ud7a3]{5,}")
_DENSE = re.compile(r"[ァ-ヺー]{2,}|[\u4e00-\u9fff]{2,}|[\uac00-\ud7a3]{2,}")
_HAN = re.compile(r"[\u4e00-\u9fff]")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_COMMON = _words(
    "about after again already always around because before being could didn doesn every first"
    " going gonna great haven hello might never other people please really right should since"
    " something still thank thanks their there these thing things think those though through today"
    " tomorrow tonight until wanna where which while would yeah yesterday"
    " 今天 明天 昨天 我们 你们 他们 大家 什么 怎么 这个 那个 可以 没有 知道 觉得 现在 时候 一下"
    " 一个 自己 因为 所以 但是 不是 就是 还是 真的 今日 明日 昨日 自分 本当 大丈夫 一緒 何か 時間"
)
"""Words that are about nothing."""


def asks(text: str) -> bool:
    """Whether *text* asks something, with a mark or without."""
    shown = _shown(text)
    return any(sign.search(shown) for sign in (_MARK, _LATIN, _CJK))


def asks_all(text: str) -> bool:
    """Whether whoever knows is meant, and nobody in particular."""
    return bool(_ALL.search(_shown(text)))


def names_one(text: str) -> bool:
    """Whether *text* begins with somebody's handle."""
    return bool(_ONE.match(text))


def matters(text: str) -> frozenset[str]:
    """The words in *text* by which two lines may be about the same.

    Chinese is cut into overlapping pairs of characters, for nothing shows where its words end.
    """
    shown = _shown(text)
    words = {word.casefold() for word in _LATIN_WORD.findall(shown)}
    for run in _DENSE.findall(shown):
        words.update(_pairs(run) if _HAN.match(run) else (run,))
    return frozenset(words - _COMMON)


def _pairs(run: str) -> list[str]:
    return [run[place : place + 2] for place in range(len(run) - 1)]


def _shown(text: str) -> str:
    return _ADDRESS.sub(" ", text[-_MOST:]).strip()
