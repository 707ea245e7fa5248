"""What an HTTP header can carry."""

from collections.abc import Mapping

from anima.errors import ConfigError


def carried(value: str) -> bool:
    """Whether a header can have this *value*."""
    return value.isascii() and value.isprintable() and value == value.strip()


def check_carried(sent: Mapping[str, str]) -> None:
    """Raise `ConfigError`, by the name alone, for a value in *sent* that no header can carry."""
    for name, value in sent.items():
        if not carried(value):
            raise ConfigError(f"the backend's {name} holds what no HTTP header can carry")
