"""Where weights lie on this machine."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from backend.weights import Weights


@dataclass(frozen=True, slots=True)
class Shelf:
    """Fetched weights lie in *folder*; *beside* is a folder where the owner may put some."""

    folder: Path
    beside: Path = Path("models")

    def place(self, weights: Weights) -> Path:
        """Where *weights* lie once they are whole and checked."""
        return self.folder / weights.file

    def part(self, weights: Weights) -> Path:
        """Where they grow while they are being fetched."""
        return self.folder / f"{weights.file}.part"

    def holds(self, weights: Weights) -> bool:
        """Whether they are here. Only what was checked is ever put into its place."""
        return size(self.place(weights)) == weights.bytes

    def own(self, known: Iterable[Weights]) -> Path | None:
        """The first file that the owner put here, beside those that are *known*."""
        fetched = {self.place(weights) for weights in known}
        files = [*sorted(self.beside.glob("*.gguf")), *sorted(self.folder.glob("*.gguf"))]
        return next((file for file in files if file not in fetched), None)


def size(file: Path) -> int:
    """The bytes of *file*; 0 when there is none."""
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0
