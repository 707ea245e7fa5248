"""A model's own tokenizer counts what a prompt costs, and remembers it."""

import json
import sys
from collections.abc import Callable
from copy import copy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anima.errors import ConfigError
from anima.model import Soul
from backend.counted import Counted
from backend.tokenizer import tokenizer
from persona.card import load
from persona.compose import compose
from persona.tokens import MESSAGE_TOKENS, Counting, estimate
from tests.persona_fakes import SOUL, UNHURRIED, heard, ours, scene, theirs
from tests.tiny_tokenizer import SENTENCES, package, saved, trained

CARD = load(Path(__file__).parent.parent / "personas" / "kokoro")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a tiny tokenizer."""
    return saved(tmp_path_factory.mktemp("tokenizer"))


@pytest.fixture(scope="module")
def count(file: Path) -> Counting:
    """What it counts."""
    return tokenizer(file)


@pytest.mark.parametrize("text", [*SENTENCES, "", "龘靐 🎉 ﷽", "x <|im_end|> y", "a\nb\n\n"])
def test_it_counts_as_the_model_does(count: Counting, file: Path, text: str) -> None:
    """Each text costs as many tokens as the package itself makes of it, in any script."""
    theirs = package().Tokenizer.from_file(str(file))

    assert len(theirs.encode(text).ids) == count(text)


def test_what_it_was_trained_with_is_left_out(tmp_path: Path) -> None:
    """A length to cut or to fill, and the marks around a whole prompt, are not a text's."""
    made = trained()
    kit = package()
    plain = len(made.encode("先生、公園へ行きませんか").ids)
    made.enable_truncation(3)
    made.enable_padding(length=200)
    made.post_processor = kit.processors.TemplateProcessing(
        single="<s> $A", special_tokens=[("<s>", made.token_to_id("<s>"))]
    )

    counted = tokenizer(saved(tmp_path, made))

    assert [plain, 0] == [counted("先生、公園へ行きませんか"), counted("")]


def test_half_a_character_is_counted(count: Counting) -> None:
    """What no file could hold costs what its replacement does."""
    assert count("a?b") == count("a\ud83db")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[" * 100_000,
        b"\x0a\x07<unk>\xff",
        b'{"model": {"type": "BPE", "vocab": {"a": 0}, "merges": ["a b"]}}',
    ],
    ids=["nothing", "JSON", "deep", "sentencepiece", "merges"],
)
def test_what_is_no_tokenizer(tmp_path: Path, content: bytes) -> None:
    """The line names the file and what would be right."""
    package()
    file = tmp_path / "tokenizer.model"
    file.write_bytes(content)

    with pytest.raises(ConfigError) as caught:
        tokenizer(file)

    right = "name the tokenizer.json that lies beside the model's weights"
    assert f"{str(file)!r} is no tokenizer; {right}" == str(caught.value)


@pytest.mark.parametrize(
    "made",
    [
        lambda kit: kit.models.WordLevel({"a": 0}, unk_token="<unk>"),
        lambda kit: kit.models.BPE({"a": 0}, [], unk_token="<unk>"),
        lambda kit: kit.models.Unigram([("a", 0.0)]),
    ],
    ids=["words", "pairs", "likely"],
)
def test_one_that_would_fail_later_is_refused_now(
    tmp_path: Path, made: Callable[[Any], Any]
) -> None:
    """What has no answer for a character that it lacks must not fail in the middle of a turn."""
    kit = package()
    file = saved(tmp_path, kit.Tokenizer(made(kit)))

    with pytest.raises(ConfigError, match="cannot read every text"):
        tokenizer(file)


@pytest.mark.parametrize(
    "made",
    [
        lambda kit: kit.models.WordLevel({"a": 0, "<unk>": 1}, unk_token="<unk>"),
        lambda kit: kit.models.Unigram([("<unk>", 0.0), ("a", 0.0)], unk_id=0),
    ],
    ids=["words", "likely"],
)
def test_one_that_knows_the_unknown_counts(tmp_path: Path, made: Callable[[Any], Any]) -> None:
    """Where a character is lacking, the sign for it counts."""
    kit = package()

    counted = tokenizer(saved(tmp_path, kit.Tokenizer(made(kit))))

    assert 1 == counted("猫")


@pytest.mark.slow
def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    """No file, a folder and something as large as weights are told apart."""
    large = tmp_path / "model.safetensors"
    with large.open("wb") as stream:
        stream.truncate(129 * 1024 * 1024)

    for path, told in (
        (tmp_path / "none.json", "cannot be read: no such file or directory; name the tokenizer"),
        (tmp_path, "cannot be read: is a directory"),
        (large, "is larger than 128 MiB; name the tokenizer.json"),
    ):
        with pytest.raises(ConfigError, match=told):
            tokenizer(path)


def test_without_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the package is not installed the line says how to install it."""
    file = tmp_path / "tokenizer.json"
    file.write_text("{}", encoding="utf-8")
    monkeypatch.setitem(sys.modules, "tokenizers", None)

    with pytest.raises(ConfigError, match=r"not installed; `pip install 'anima\[tokenizers\]'`"):
        tokenizer(file)


class Counter:
    """Counts characters, and how often it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, text: str) -> int:
        self.asked.append(text)
        return len(text)


def test_a_text_is_counted_once() -> None:
    """What was counted before is known."""
    counter = Counter()
    counted = Counted(counter)

    costs = [counted(text) for text in ("ab", "c", "ab", "", "")]

    assert ([2, 1, 2, 0, 0], ["ab", "c", ""]) == (costs, counter.asked)


@given(st.lists(st.integers(0, 40), max_size=200), st.integers(1, 9))
def test_what_is_known_is_bounded(numbers: list[int], most: int) -> None:
    """The last *most* texts are known, and none that twice as many came after."""
    counted = Counted(Counter(), most)

    costs = [counted("x" * number) for number in numbers]

    latest = list(dict.fromkeys(reversed(numbers)))
    asked = [number for number in latest if is_asked_again(counted, "x" * number)]
    assert numbers == costs
    assert not set(asked) & set(latest[:most])
    assert set(latest[2 * most :]) <= set(asked)


def is_asked_again(counted: Counted, text: str) -> bool:
    """Whether it would count *text* anew; *counted* itself stays as it is."""
    counter = Counter()
    asked = copy(counted)
    asked._count = counter
    asked._recent, asked._before = dict(counted._recent), dict(counted._before)
    asked(text)
    return bool(counter.asked)


def cost(texts: list[str], count: Counting) -> int:
    return sum(count(text) + MESSAGE_TOKENS for text in texts)


@pytest.mark.slow
@UNHURRIED
@given(
    said=st.lists(st.sampled_from([*SENTENCES, "猫" * 80, "x y " * 30, "🎉" * 9]), max_size=30),
    free=st.integers(700, 3000),
)
def test_the_budget_holds_to_the_token(count: Counting, said: list[str], free: int) -> None:
    """Counted by the model's own tokenizer the prompt fits, whatever the talk is in."""
    counted = Counted(count)
    page = counted(compose(CARD, scene(heard("hi")), SOUL, count=counted)[0].content)
    soul = replace(SOUL, context=4096 + page + free, max_tokens=4096)
    lines = [(ours if n % 2 else theirs)(text) for n, text in enumerate(said * 4)]

    prompt = compose(CARD, scene(heard("今天怎么样"), lines=lines), soul, count=counted)

    assert cost([message.content for message in prompt], counted) <= page + free


def test_who_counts_exactly_remembers_more(count: Counting) -> None:
    """Where a vocabulary is poorer than the estimate less talk is told, where richer more."""
    lines = [(ours if n % 2 else theirs)("今天天气真好，我们去公园走走吧。") for n in range(200)]
    turn, soul = scene(heard("hi"), lines=lines), Soul("a", "b", context=8192)

    poor = compose(CARD, turn, soul, count=lambda text: 3 * estimate(text))
    rich = compose(CARD, turn, soul, count=lambda text: estimate(text) // 3)

    told = [len(prompt) for prompt in (poor, compose(CARD, turn, soul), rich)]
    assert sorted(told) == told
    assert told[0] < told[1] < told[2]
    assert compose(CARD, turn, soul, count=count)[0] == rich[0]


def test_a_turn_later_little_is_counted() -> None:
    """Of a long talk only what is new is counted again."""
    counter = Counter()
    counted = Counted(counter)
    lines = [(ours if n % 2 else theirs)(f"line {n}") for n in range(100)]
    soul = replace(SOUL, context=65536)
    compose(CARD, scene(heard("one"), lines=lines), soul, count=counted)
    before = len(counter.asked)

    later = [*lines, theirs("one"), ours("two")]
    compose(CARD, scene(heard("three"), lines=later), soul, count=counted)

    assert before > 100
    assert len(counter.asked) - before <= 4


def test_a_file_is_read_as_it_is(file: Path) -> None:
    """The tiny tokenizer is a file of the usual form."""
    assert "BPE" == json.loads(file.read_text(encoding="utf-8"))["model"]["type"]
