"""Who holds a lease: a process that others on this machine can tell dead from alive."""

import os
import socket
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

_PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Holder:
    """*name* is `machine/process/birth/chance`; without a birth nothing can be said of it."""

    name: str

    @classmethod
    def me(cls) -> "Holder":
        """This process; each call names another holder."""
        pid = os.getpid()
        return cls(f"{_machine()}/{pid}/{_birth(pid)}/{token_hex(4)}")

    def outlived(self, other: str) -> bool:
        """Whether *other* was a process of this machine that is no more."""
        match other.split("/"):
            case [machine, pid, birth, _] if machine == _machine() and pid.isdigit() and birth:
                return _birth(int(pid)) != birth
        return False


def _machine() -> str:
    """One boot of one machine, and the process numbers as seen from here."""
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text().strip()
        return f"{boot}:{(_PROC / 'self/ns/pid').stat().st_ino}"
    except OSError:
        return socket.gethostname().replace("/", "-")


def _birth(pid: int) -> str:
    """When the process started, in the kernel's ticks; empty when there is none, or no telling."""
    try:
        stat = (_PROC / str(pid) / "stat").read_text()
    except OSError:
        return ""
    return stat.rpartition(")")[2].split()[19]
