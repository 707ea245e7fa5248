"""Make a tiny Qwen3 with a tokenizer and adapters: `tiny_model.py FOLDER`, run in .venv-vllm.

Nothing is trained. The model's layers are random and silent, and its head is set so that each token
calls for the next one of `ANSWER`: it thinks, speaks three languages, and stops. The adapters are
random and give the layers a voice, so what is said with one of them depends on the whole prompt.
"""

import json
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import PreTrainedTokenizerFast, Qwen3Config, Qwen3ForCausalLM
from transformers.utils.logging import disable_progress_bar

THOUGHT: Final = "somebody greets me"
TEXT: Final = "Hello, I am small. 你好！こんにちは。🍵"
ANSWER: Final = f"\n<think>{THOUGHT}</think>\n\n{TEXT}<|im_end|>"
"""The head knows one follower of each token, so no token may come twice; the first is the prompt's
last. The tea is not in what the tokenizer learns: it leaves in four pieces that are no characters.
"""

LEARNT: Final = (
    *(THOUGHT, TEXT.removesuffix("🍵"), "system", "user", "assistant"),
    *("How are you today?", "The weather is fine, let us go out.", "one two three four five"),
    *("今天天气真好，我们出去走走吧。", "你叫什么名字？"),
    *("今日はいい天気ですね。", "お元気ですか？"),
)

SPECIAL: Final = ("<|endoftext|>", "<|im_start|>", "<|im_end|>", "<think>", "</think>")

CHAT: Final = (
    "{% for message in messages %}<|im_start|>{{ message.role }}\n"
    "{{ message.content }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n"
    "{% if enable_thinking is defined and not enable_thinking %}<think>\n\n</think>\n\n{% endif %}"
    "{% endif %}"
)

WIDTH: Final = 128
LAYERS: Final = 2
HEADS: Final = 4

ADAPTERS: Final = {"adapter_a": 8, "adapter_b": 8, "adapter_wide": 64}
"""Each with its rank; the wide one is more than the server is told to take."""

LOUD: Final = 2.0
"""An adapter's share of what the head hears, in the model's own: it must drown that."""


def tokenizer() -> PreTrainedTokenizerFast:
    """One that knows the words of `LEARNT` whole, and all else byte by byte."""
    bare = Tokenizer(models.BPE())
    bare.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    bare.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=1000,
        min_frequency=1,
        show_progress=False,
        special_tokens=list(SPECIAL),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
    )
    bare.train_from_iterator(LEARNT, trainer)
    bare.add_tokens(["\n\n"])  # one token as in the real ones, which cut words by another rule
    return PreTrainedTokenizerFast(
        tokenizer_object=bare,
        eos_token="<|im_end|>",  # noqa: S106 - a token of another kind
        pad_token="<|endoftext|>",  # noqa: S106 - same
        chat_template=CHAT,
    )


def model(words: PreTrainedTokenizerFast) -> Qwen3ForCausalLM:
    """Random, but for a head that knows `ANSWER` by heart."""
    config = Qwen3Config(
        vocab_size=len(words),
        hidden_size=WIDTH,
        intermediate_size=WIDTH,
        num_hidden_layers=LAYERS,
        num_attention_heads=HEADS,
        num_key_value_heads=HEADS // 2,
        head_dim=WIDTH // HEADS,
        max_position_embeddings=2048,
        tie_word_embeddings=False,
        eos_token_id=words.eos_token_id,
        pad_token_id=words.pad_token_id,
        dtype="float32",
    )
    made = Qwen3ForCausalLM(config)
    with torch.no_grad():
        _silence(made)
        _teach(made, words.encode(ANSWER))
    return made


def _silence(made: Qwen3ForCausalLM) -> None:
    """Let the layers compute something, and say nothing of it."""
    for layer in made.model.layers:
        layer.self_attn.v_proj.weight.normal_(std=WIDTH**-0.5)
        layer.self_attn.o_proj.weight.zero_()
        layer.mlp.down_proj.weight.zero_()


def _teach(made: Qwen3ForCausalLM, answer: Sequence[int]) -> None:
    """Let each token of *answer* call for the next."""
    if len(set(answer)) < len(answer):
        sys.exit("a token comes twice in the answer")
    tokens, head = made.model.embed_tokens.weight, made.lm_head.weight
    for rows in (tokens, head):
        rows.copy_(torch.nn.functional.normalize(torch.randn_like(rows)))
    for now, then in pairwise(answer):
        head[then] = tokens[now]


def adapter(folder: Path, rank: int) -> None:
    """Write a LoRA adapter of *rank* that speaks at random, and always with the same words."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = {
        "peft_type": "LORA",
        "task_type": "CAUSAL_LM",
        "r": rank,
        "lora_alpha": rank,
        "target_modules": ["o_proj"],
        "bias": "none",
    }
    (folder / "adapter_config.json").write_text(json.dumps(settings, indent=2))
    size = (LOUD / WIDTH) ** 0.5
    weights = {}
    for layer in range(LAYERS):
        name = f"base_model.model.model.layers.{layer}.self_attn.o_proj"
        weights[f"{name}.lora_A.weight"] = torch.randn(rank, WIDTH) * size
        weights[f"{name}.lora_B.weight"] = torch.randn(WIDTH, rank) * size
    save_file(weights, folder / "adapter_model.safetensors")


def main(folder: Path) -> None:
    """Write all of it into *folder*."""
    torch.manual_seed(20)
    disable_progress_bar()
    words = tokenizer()
    words.save_pretrained(folder / "model")
    model(words).save_pretrained(folder / "model")
    for name, rank in ADAPTERS.items():
        adapter(folder / name, rank)
    print(f"{folder}: a model of {len(words)} tokens, {', '.join(ADAPTERS)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
