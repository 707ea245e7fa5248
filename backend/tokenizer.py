"""A model's own tokenizer, read from the file that lies beside its weights."""

import importlib
import json
from pathlib import Path
from typing import Any, Final

from anima.errors import ConfigError
from persona.tokens import Counting

PACKAGE: Final = "tokenizers"

_LARGEST_BYTES: Final = 128 * 1024 * 1024
"""Three times the largest that we know of; whoever names weights by mistake is told so at once."""

_RIGHT: Final = "name the tokenizer.json that lies beside the model's weights"


def tokenizer(path: Path) -> Counting:
    """Counts the tokens of a text as the model does whose `tokenizer.json` is at *path*.

    Raises `ConfigError`, one line, for what cannot be read or is none, or when the extra is absent.
    """
    content = _content(path)
    try:
        package: Any = importlib.import_module(PACKAGE)  # an extra, which may be missing
    except ImportError as error:
        brings = f"`pip install 'anima[{PACKAGE}]'` brings it"
        raise ConfigError(f"the package {PACKAGE} is not installed; {brings}") from error
    try:
        rules = package.Tokenizer.from_buffer(content)
    except ValueError as error:
        raise ConfigError(f"{str(path)!r} is no tokenizer; {_RIGHT}") from error
    if not _knows_all(rules.model, content):
        raise ConfigError(f"{str(path)!r} cannot read every text; {_RIGHT}")
    rules.no_truncation()  # some files still hold what their training wanted
    rules.no_padding()

    def count(text: str) -> int:
        try:
            return len(rules.encode(text, add_special_tokens=False))
        except TypeError:  # half a surrogate pair, which it does not take for text
            whole = text.encode("utf-8", "replace").decode()
            return len(rules.encode(whole, add_special_tokens=False))

    return count


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST_BYTES + 1)
    except OSError as error:
        reason = (error.strerror or "unreadable").lower()
        raise ConfigError(f"{str(path)!r} cannot be read: {reason}; {_RIGHT}") from error
    if len(content) > _LARGEST_BYTES:
        most = _LARGEST_BYTES // 1024 // 1024
        raise ConfigError(f"{str(path)!r} is larger than {most} MiB; {_RIGHT}")
    return content


def _knows_all(model: Any, content: bytes) -> bool:
    """Whether *model* counts whatever it is given: a character that it lacks is an error in some.

    That error has no type of its own, so it must not come up in the middle of a turn.
    """
    if unknown := getattr(model, "unk_token", None):
        return model.token_to_id(unknown) is not None
    if type(model).__name__ != "Unigram":
        return True
    return json.loads(content)["model"].get("unk_id") is not None
