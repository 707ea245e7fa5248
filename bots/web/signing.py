"""The key that only we have, and what it signs."""

import hashlib
import hmac
import os
from pathlib import Path
from secrets import token_bytes, token_hex
from typing import Final

from anima.errors import ConfigError

_KEY_BYTES: Final = 32


def kept_key(file: Path) -> bytes:
    """The key in *file*, made there once, readable by nobody else. Raises `ConfigError`."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        key = file.read_bytes() if file.exists() else _made(file)
    except OSError as error:
        reason = (error.strerror or "no access").lower()
        raise ConfigError(f"{file}: the key of the chat page cannot be kept: {reason}") from error
    if len(key) < _KEY_BYTES:
        raise ConfigError(f"{file}: no key of ours; remove the file, and everybody is a new guest")
    return key


def _made(file: Path) -> bytes:
    """A new key, there as a whole or not at all; of two processes the first one makes it."""
    draft = file.with_name(f"{file.name}.{token_hex(4)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as new:
            new.write(token_bytes(_KEY_BYTES))
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink(missing_ok=True)
    return file.read_bytes()


class Signature:
    """Signs words for one *purpose*, so that those for another are worth nothing here."""

    def __init__(self, key: bytes, purpose: str) -> None:
        self._key = hmac.new(key, purpose.encode(), hashlib.sha256).digest()

    def signed(self, word: str) -> str:
        """*word* and proof that it is from us."""
        return f"{word}.{hmac.new(self._key, word.encode(), hashlib.sha256).hexdigest()}"

    def word(self, signed: str) -> str | None:
        """The word that we *signed*, or None for anything else."""
        word = signed.rpartition(".")[0]
        genuine = hmac.compare_digest(self.signed(word).encode(), signed.encode())
        return word if word and genuine else None
