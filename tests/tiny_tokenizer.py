"""A real tokenizer of a few hundred tokens, made on the spot; it needs the extra `tokenizers`."""

import importlib
import os
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

PACKAGE = "tokenizers"
SENTENCES = (
    "老师，今天上班累不累呀？晚上想吃什么，我陪你挑。",
    "今天天气真好，我们去公园走走吧，老师。",
    "先生、お疲れさまです。今日は早く帰れましたか？",
    "今日はいい天気ですね。公園まで歩きませんか、先生？",
    "Sensei, the exam was on Friday, so I kept your evening free.",
    "What a day. Shall we walk to the park, Sensei?",
)


def package() -> Any:
    """The package; where it is absent the test is skipped, but never in CI."""
    if find_spec(PACKAGE) is None and os.environ.get("CI", "") in {"", "0", "false"}:
        pytest.skip(f"the extra {PACKAGE} is not installed")
    return importlib.import_module(PACKAGE)


def trained() -> Any:
    """A byte-level BPE, trained on *SENTENCES*, that knows one mark of a chat template."""
    kit = package()
    made = kit.Tokenizer(kit.models.BPE())
    made.pre_tokenizer = kit.pre_tokenizers.ByteLevel(add_prefix_space=False)
    trainer = kit.trainers.BpeTrainer(
        vocab_size=500,
        special_tokens=["<|im_end|>", "<s>"],
        initial_alphabet=kit.pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    made.train_from_iterator(SENTENCES * 3, trainer)
    return made


def saved(folder: Path, made: Any = None) -> Path:
    """The file of *made*, or of the one that is *trained*, in *folder*."""
    file = folder / "tokenizer.json"
    (made or trained()).save(str(file))
    return file
