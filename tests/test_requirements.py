"""The pins in requirements/ are whole, agree with pyproject.toml and name no host."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
FILES = (
    "core.txt",
    "builtin.txt",
    "tokenizers.txt",
    "second.txt",
    "voice.txt",
    "voice-builtin.txt",
    "whisper.txt",
    "test.txt",
    "browser.txt",
    "check.txt",
    "build.txt",
    "uv.txt",
)
PIN = re.compile(r"^(\S+)==(\S+)(?: ; [^\\]+)? \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)")


def pins(file: str) -> dict[str, str]:
    """The exact version of each package in *file*."""
    lines = re.split(r"(?m)^(?=\S)", (ROOT / "requirements" / file).read_text())[1:]
    found = [match for line in lines if (match := PIN.fullmatch(line))]
    assert len(lines) == len(found), f"{file} holds something that is no pin with hashes"
    return {canonicalize_name(match[1]): match[2] for match in found}


def wishes() -> Iterator[tuple[str, str]]:
    """What pyproject.toml asks for, each with the file that must answer it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    yield from (("core.txt", wish) for wish in project["project"]["dependencies"])
    for extra, names in project["project"]["optional-dependencies"].items():
        yield from ((f"{extra}.txt", wish) for wish in names)
    for group, names in project["dependency-groups"].items():
        yield from ((f"{group}.txt", wish) for wish in names)


@pytest.mark.parametrize("file", FILES)
def test_each_pin_is_exact_and_hashed(file: str) -> None:
    """Every line is a package, one version of it and the hashes of its files; no address."""
    text = (ROOT / "requirements" / file).read_text()

    versions = pins(file)

    assert versions
    assert "://" not in text


@pytest.mark.parametrize(("file", "wish"), list(wishes()))
def test_each_wish_is_pinned_within_its_bounds(file: str, wish: str) -> None:
    """What pyproject.toml asks for is there, in a version that it allows."""
    wanted = Requirement(wish)

    version = pins(file).get(canonicalize_name(wanted.name), "nothing")

    assert wanted.specifier.contains(version), "call scripts/pin.sh"


def test_the_files_agree_with_each_other() -> None:
    """A package that stands in two files has one version, so they can be installed together."""
    versions = {(name, version) for file in FILES for name, version in pins(file).items()}

    names = sorted(name for name, _ in versions)

    assert sorted(set(names)) == names


def test_the_core_is_small() -> None:
    """What an avatar needs to run, the tools to install it included, is at most 60 packages."""
    needed = {name for file in ("core.txt", "build.txt", "uv.txt") for name in pins(file)}

    count = len(needed)

    assert count <= 60
