"""The words of a short talk that nobody had, to look at a prompt by."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class TalkWords:
    """*one* says *hello* and then what is *asked*; the *other*, in a group, puts in an *aside*."""

    one: str
    other: str
    hello: str
    asked: str
    aside: str


WORDS: Final[Mapping[str, TalkWords]] = MappingProxyType(
    {
        "en": TalkWords(
            one="Ann",
            other="Ben",
            hello="Hello! Are you there?",
            asked="What a long day. What would you do with a free evening?",
            aside="I'd go straight to bed.",
        ),
        "zh": TalkWords(
            one="小安",
            other="小波",
            hello="你好，在吗？",
            asked="今天忙了一整天。晚上要是有空，你会做点什么？",
            aside="要是我就直接睡了。",
        ),
        "ja": TalkWords(
            one="杏",
            other="健",
            hello="こんにちは。",
            asked="今日は長い一日だったなあ。もし夜に時間ができたら、何する？",
            aside="俺ならすぐ寝るけどね。",
        ),
    }
)
"""By language; whoever speaks another one is talked to in English and answers in their own."""
