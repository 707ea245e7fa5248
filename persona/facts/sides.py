"""One word for those who have many: a mum is a mother, and a kitten a cat."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_SAME: Final[Mapping[str, str]] = MappingProxyType(
    {
        "mother": "mom mum mam mama mommy",
        "father": "dad daddy papa",
        "grandmother": "grandma granny nana gran",
        "grandfather": "grandpa granddad grandad",
        "brother": "bro",
        "sister": "sis",
        "cat": "kitten kitty",
        "dog": "puppy pup pupper doggo",
        "rabbit": "bunny",
        "妈妈": "妈 母亲 老妈 媽媽 媽 母親 老媽",
        "爸爸": "爸 父亲 老爸 老爹 父親",
        "哥哥": "哥 老哥 大哥",
        "姐姐": "姐 老姐 大姐 姊姊",
        "弟弟": "弟 老弟 小弟",
        "妹妹": "妹 老妹 小妹",
        "母": "お母さん 母親 ママ おかん 母さん",
        "父": "お父さん 父親 パパ おとん 父さん",
        "姉": "お姉さん お姉ちゃん 姉ちゃん 姉さん",
        "兄": "お兄さん お兄ちゃん 兄ちゃん 兄さん",
        "猫": "貓 小猫 猫咪 小貓 貓咪 小奶猫 奶猫 ねこ ネコ 子猫 仔猫 猫ちゃん にゃんこ ニャンコ",
        "狗": "狗狗 小狗 狗子",
        "犬": "いぬ イヌ 子犬 仔犬 わんこ ワンコ わんちゃん 愛犬",
    }
)
_BY_WORD: Final[Mapping[str, str]] = MappingProxyType(
    {word: one for one, words in _SAME.items() for word in words.split()}
)


def plain_side(said: str) -> str:
    """The word by which the side *said* of a slot is compared."""
    return _BY_WORD.get(said, said)
