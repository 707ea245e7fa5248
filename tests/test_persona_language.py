"""Guessing the language of what people write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.language import guess, latest, primary
from tests.persona_fakes import UNHURRIED

EXAMPLES = [
    ("Hello there", "en", "en"),
    ("你好", "en", "zh"),
    ("こんにちは", "en", "ja"),
    ("안녕하세요", "en", "ko"),
    ("привет", "en", "ru"),
    ("привіт, як справи? їжак", "en", "uk"),
    ("привет", "bg", "bg"),
    ("مرحبا", "en", "ar"),
    ("سلام", "fa-IR", "fa"),
    ("สวัสดี", "en", "th"),
    ("שלום", "en", "he"),
    ("γεια", "en", "el"),
    ("नमस्ते", "en", "hi"),
    ("გამარჯობა", "de", "de"),
    ("东京", "ja", "zh"),
    ("東京", "ja", "ja"),
    ("東京", "zh", "zh"),
    ("東京駅", "zh", "ja"),
    ("今天天气不错", "ja", "zh"),
    ("我是学生", "ja", "zh"),
    ("谢谢の", "ja", "zh"),
    ("猫の手", "zh", "ja"),
    ("我用 Python 写了一个 bot", "en", "zh"),
    ("Thanks 老师", "en", "zh"),
    ("OKです", "en", "ja"),
    ("I love すし so much", "ja", "en"),
    ("That's 不错 though, really", "zh", "en"),
    ("「ありがとう」是什么意思？", "ja", "zh"),
    ("「谢谢」はどういう意味ですか", "zh", "ja"),
    ('what does "你好吗" mean', "zh", "en"),
    ("「你好」", "en", "zh"),
    ("한국 韓", "en", "ko"),
    ("Hi", "de", "de"),
    ("Hi", "zh", "en"),
    ("Was ist das und wie geht es dir", "en", "de"),
    ("what are you doing today", "de", "en"),
    ("où est le chat, je ne sais pas", "en", "fr"),
    ("¿cómo está el gato y qué come?", "en", "es"),
    ("merhaba nasılsın", "tr", "tr"),
    ("ok", "zh", "zh"),
    ("hahaha", "ja", "ja"),
    ("😊👍", "zh-Hans", "zh"),
    ("12345 !!", "ja", "ja"),
    ("https://example.com/hello/world", "zh", "zh"),
    ("@ku_bot /start", "ja", "ja"),
    ("`import this`", "zh", "zh"),
    ("看这个 ```\nimport asyncio\nprint('hello')\n```", "en", "zh"),
    ("", "", "en"),
]


@pytest.mark.parametrize(("text", "fallback", "expected"), EXAMPLES)
def test_guess(text: str, fallback: str, expected: str) -> None:
    """The language of a text is known from its script and its small words, else expected."""
    language = guess(text, fallback)

    assert expected == language


@UNHURRIED
@given(st.text(max_size=60), st.sampled_from(["", "en", "de", "zh-TW", "ja", "ru", "xx"]))
def test_guess_of_anything(text: str, fallback: str) -> None:
    """Whatever stands in a message, there is an answer, a primary code."""
    language = guess(text, fallback)

    assert primary(language) == language != ""


def test_latest_goes_back_to_what_tells() -> None:
    """A text that tells no language leaves the question to the one before it."""
    language = latest(["ok 👍", "好的，明天见", "hello"], "en")

    assert language == "zh"


def test_latest_of_nothing() -> None:
    """Where no text tells, the expected language stands, or English."""
    languages = latest(["ok"], "zh-CN"), latest([], "")

    assert ("zh", "en") == languages
