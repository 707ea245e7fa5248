"""The two bots: how each is started, and where it keeps what it keeps."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from persona.card import load
from persona.layers import first
from tests.bench.farsides import TOKEN, FarSides

ROOT: Final = Path(__file__).parent.parent.parent
_CLI: Final = "import sys; from service.cli import main; sys.exit(main())"
_SYSTEM: Final = "system.txt"
_CONFIG: Final = "anima.toml"
_SETTINGS: Final = """\
persona = "personas/kokoro"
telegram = {{ token = {token}, api_base = {telegram} }}
web = {{ port = 0 }}
backends.default = {{ kind = "openai", base_url = {model}, api_key = "none" }}
souls = [{{ name = "KU5.0", model = "base" }}]
pace = {{ linger_s = 0, typing = false }}
limits = {{ per_minute = 100000 }}
memory = {{ embeddings = {embeddings} }}
"""


@dataclass(frozen=True, slots=True)
class Contender:
    """A bot: *prepared* puts into a folder what it reads there and gives the words after python."""

    name: str
    prepared: Callable[[FarSides, Path], Sequence[str]]


def _bare(far: FarSides, folder: Path) -> Sequence[str]:
    """With the same words about who it is, so that the model reads as much from both."""
    system = folder / _SYSTEM
    system.write_text(first(load(ROOT / "personas/kokoro")).content, encoding="utf-8")
    return ("-m", "tests.bench.bare", TOKEN, far.bot.url, far.model.url, str(system))


def _anima(far: FarSides, folder: Path, embeddings: str = "off") -> Sequence[str]:
    return ("-c", _CLI, "run", "--config", str(settings(far, folder, embeddings=embeddings)))


def settings(far: FarSides, folder: Path, *, embeddings: str = "off") -> Path:
    """The file of settings for *far*; the database will be in *folder*, too."""
    places = {"token": TOKEN, "telegram": far.bot.url, "model": far.model.url}
    places["embeddings"] = embeddings
    written = _SETTINGS.format(**{key: json.dumps(value) for key, value in places.items()})
    path = folder / _CONFIG
    path.write_text(written, encoding="utf-8")
    return path


BARE: Final = Contender("bare bot", _bare)
ANIMA: Final = Contender("anima", _anima)
EMBEDDING: Final = Contender("anima, embedding", partial(_anima, embeddings="builtin"))
BOTH: Final = (BARE, ANIMA)
