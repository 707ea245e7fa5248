"""Files that come with Anima, and where the settings mean them."""

from pathlib import Path

import personas


def found(path: Path) -> Path:
    """*path* as the operator means it: from here, or one of the personas that are shipped."""
    shipped = Path(personas.__path__[0])
    if path.exists() or path.is_absolute() or path.parts[:1] != (shipped.name,):
        return path
    return shipped.parent / path
