"""A process that names itself as a holder of leases and dies, or lives until it is told."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from memory.holder import Holder

_NAMES_ITSELF = "from memory.holder import Holder; print(Holder.me().name, flush=True); input()"
_ROOT = Path(__file__).parent.parent


@contextmanager
def living() -> Iterator[Holder]:
    """A holder that lives on this machine for as long as this is entered."""
    command = [sys.executable, "-S", "-c", _NAMES_ITSELF]
    with subprocess.Popen(
        command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield Holder(process.stdout.readline().strip())
        process.communicate("go\n")


def dead() -> Holder:
    """A holder that lived on this machine."""
    with living() as holder:
        pass
    return holder
