"""How signs feel: emoji, WeChat's codes for faces, kaomoji."""

from collections.abc import Iterator
from typing import Final

from persona.emote_codes import EMOTES

_EMOJI: Final = (
    (0.7, 0.3, 0.8, "❤|🧡|💛|💚|💙|💜|🖤|🤍|💕|💖|💗|💘|💝|💞|💓|😘|😚|💋|😍|🥰|💑|🫶"),
    (0.4, 0.0, 0.7, "🤗|🙏|🌹|💐|🤝|🫂"),
    (0.8, 0.8, 0.2, "🎉|🥳|🎊|🤩|💃|🕺|🎆|🙌|👏"),
    (0.6, 0.4, 0.1, "😊|😄|😁|😀|😃|😆|☺|🙂|😋|😸|😺|😇|🤭|😝|😜|😎|👍|👌|✌|🎁|🎂"),
    (0.5, 0.5, 0.0, "😂|🤣|😹|😅"),
    (0.4, 0.4, 0.2, "💪|✨|🌟|🔥|🤟"),
    (0.5, -0.4, 0.1, "😌|🍵"),
    (0.2, 0.8, 0.0, "😲|😳|😮|🤯"),
    (-0.5, -0.3, 0.0, "😢|😭|😔|😞|🙁|☹|😿|💔|🥀|😩|😟|😣|😖|😥|🥺|🥹"),
    (-0.3, -0.6, 0.0, "😪|😴|🥱|😫|😮‍💨|😑|😓|🤒|🤧|😷"),
    (-0.5, 0.5, 0.0, "😰|😨|😱|😧|😬"),
    (-0.6, 0.7, -0.2, "😡|😠|🤬|👿|😤"),
    (-0.4, 0.2, -0.3, "🙄|😒|🖕|👎|🤮|💩"),
)
_CODES: Final = (
    # Young people send this smile when they have nothing more to say to somebody.
    (0.0, -0.1, 0.0, "[微笑]|[smile]"),
    (0.5, 0.3, 0.1, "[旺柴]|[doge]|[耶]|[嘿哈]|[加油]"),
    (-0.4, 0.2, -0.3, "[弱]|[差劲]|[鄙视]|[左哼哼]|[右哼哼]|[白眼]|[翻白眼]|[敲打]|[菜刀]|[炸弹]"),
    (-0.4, -0.2, 0.0, "[裂开]|[苦涩]|[叹气]|[衰]|[晕]|[委屈]|[可怜]|[快哭了]"),
    (0.3, 0.3, 0.0, "[捂脸]|[破涕为笑]|[偷笑]|[坏笑]|[奸笑]"),
)
_KAOMOJI: Final = (
    (0.6, 0.4, 0.1, "^_^|^^|(^^)|(^_^)|(^▽^)|(^o^)|(*^^*)|(*^▽^*)|(≧▽≦)|(´▽`)|(´∀`)|(๑•̀ㅂ•́)و✧"),
    (0.6, 0.4, 0.1, "(*´▽`*)|(o^^o)|(*´∀`*)|(≧∇≦)|(ﾟ∀ﾟ)|ヽ(´▽`)/|\\(^o^)/|:)|:-)|:d|=)|xd|(◕‿◕)"),
    (0.6, 0.2, 0.7, "<3|(づ｡◕‿‿◕｡)づ|(っ´▽`)っ|(´ε`)|(*´³`*)|( ˘ ³˘)♥|♥|♡"),
    (-0.5, -0.3, 0.0, "t_t|t^t|qaq|qwq|tat|;_;|(;_;)|(t_t)|(´;ω;`)|(ノд`)|:(|:-(|:'(|orz|otz"),
    (-0.5, -0.3, 0.0, "(´･_･`)|(´・ω・`)|(´･ω･`)|(._.)|(>_<)|>_<|>.<|(╥﹏╥)|(;´д`)"),
    (-0.6, 0.7, -0.2, "(╯°□°)╯|╯︵|(`ε´)|(#`皿´)|(`д´)|(-_-#)|(・`へ´・)|ヽ(`д´)ﾉ|>:("),
    (-0.2, -0.4, 0.0, "-_-|=_=|(-_-)|(=_=)|(¬_¬)|-_-||"),
)  # fmt: skip


def _coded() -> Iterator[tuple[float, float, float, str]]:
    """Each code as the face that it stands for."""
    for pleasure, energy, warmth, faces in _EMOJI:
        known = set(faces.split("|"))
        codes = [code for code, face in EMOTES.items() if face.removesuffix("\ufe0f") in known]
        yield pleasure, energy, warmth, "|".join(codes)


SIGNS: Final = (*_EMOJI, *_coded(), *_CODES, *_KAOMOJI)
"""Rows of pleasure, energy, warmth, and the signs that show them; a later row wins."""
