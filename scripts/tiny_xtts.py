"""Make a tiny XTTS of random weights: `tiny_xtts.py FOLDER`, run in .venv-coqui.

Nothing is trained: what it says is noise, but coqui-tts's own code runs to make that, from a text
in a language and a recording, or one of its speakers, to sound.
"""

import sys
from pathlib import Path
from typing import Final

import torch
from tokenizers import Tokenizer, models, pre_tokenizers, trainers
from TTS.tts.configs.xtts_config import XttsConfig
from TTS.tts.models.xtts import Xtts, XttsArgs, XttsAudioConfig

LANGUAGES: Final = ("en", "zh-cn", "ja")
LEARNT: Final = ("hello how are you today", "ni3 hao3 jin1 tian1", "konnichiwa kyou wa ii tenki")
SPECIAL: Final = (*("[STOP]", "[UNK]", "[SPACE]", "[START]"), *(f"[{code}]" for code in LANGUAGES))
CHANNELS: Final = 128
SPEAKER: Final = "Ana"


def make(folder: Path) -> None:
    """Write all files of the model into *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(8)
    _vocabulary(folder / "vocab.json")
    config = _config(folder)
    model = Xtts.init_from_config(config)
    model.tokenizer = type(model.tokenizer)(vocab_file=str(folder / "vocab.json"))
    model.init_models()
    torch.save({"model": model.state_dict()}, folder / "model.pth")
    latent, embedding = torch.randn(1, 32, CHANNELS), torch.randn(1, 512, 1)
    known = {SPEAKER: {"gpt_cond_latent": latent, "speaker_embedding": embedding}}
    torch.save(known, folder / "speakers_xtts.pth")
    config.save_json(str(folder / "config.json"))


def _vocabulary(file: Path) -> None:
    tokenizer = Tokenizer(models.BPE(unk_token="[UNK]"))  # noqa: S106  # no password
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    trainer = trainers.BpeTrainer(vocab_size=160, special_tokens=list(SPECIAL))
    tokenizer.train_from_iterator(LEARNT, trainer)
    tokenizer.save(str(file))


def _config(folder: Path) -> XttsConfig:
    arguments = XttsArgs(
        gpt_layers=2,
        gpt_n_model_channels=CHANNELS,
        gpt_n_heads=4,
        gpt_max_audio_tokens=60,
        gpt_use_perceiver_resampler=True,
        gpt_num_audio_tokens=1026,
        gpt_start_audio_token=1024,
        gpt_stop_audio_token=1025,
        decoder_input_dim=CHANNELS,
        tokenizer_file=str(folder / "vocab.json"),
    )
    audio = XttsAudioConfig(sample_rate=22_050, output_sample_rate=24_000)
    return XttsConfig(model_args=arguments, audio=audio, languages=list(LANGUAGES))


if __name__ == "__main__":
    make(Path(sys.argv[1]))
