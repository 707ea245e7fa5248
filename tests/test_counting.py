"""Souls that name a tokenizer are counted by it: from the settings to the engine and the doctor."""

import io
import subprocess
import sys
from pathlib import Path

import pytest

from anima.clock import SystemClock
from anima.errors import ConfigError
from service.compose import composed
from service.counting import countings
from service.doctor import examine
from service.minds import souls_of, written_souls
from service.settings import Settings
from tests.living import command, environ
from tests.tiny_tokenizer import saved


def chosen(folder: Path, *tokenizers: Path | str) -> Settings:
    """Settings of a place of its own, with a soul for each of *tokenizers*."""
    return Settings.model_validate(
        {
            "data": str(folder),
            "web": {"port": 0},
            "database": {"url": f"sqlite:///{folder / 'anima.db'}"},
            "backends": {"default": {"kind": "scripted"}},
            "memory": {"embeddings": "off"},
            "souls": [
                {"name": f"KU{n}", "tokenizer": str(file)} for n, file in enumerate(tokenizers)
            ],
        }
    )


async def test_each_soul_has_its_own(tmp_path: Path) -> None:
    """By name, for those that name one; who shares a file shares what is known of it."""
    file = saved(tmp_path)

    counts = await countings(chosen(tmp_path, file, "", file))

    assert ["KU0", "KU2"] == list(counts)
    assert counts["KU0"] is counts["KU2"]
    assert counts["KU0"]("老师，今天") < len("老师，今天".encode())


async def test_each_mistake_is_a_line(tmp_path: Path) -> None:
    """Every soul whose file is of no use is named by its key, at once."""
    broken = tmp_path / "broken.json"
    saved(tmp_path)
    broken.write_text("{}", encoding="utf-8")

    with pytest.raises(ConfigError) as caught:
        await countings(chosen(tmp_path, tmp_path / "none", tmp_path / "tokenizer.json", broken))

    first, second = str(caught.value).splitlines()
    assert first.startswith(f"souls.0.tokenizer: '{tmp_path}/none' cannot be read: no such file")
    assert second.startswith(f"souls.2.tokenizer: '{broken}' is no tokenizer; name the")


async def test_the_start_is_refused(tmp_path: Path) -> None:
    """Who answers does not start without what its settings name; who only listens needs none."""
    settings = chosen(tmp_path, tmp_path / "none")

    with pytest.raises(ConfigError, match=r"souls\.0\.tokenizer: .* cannot be read"):
        async with composed(settings):
            pass
    async with composed(settings, works=False) as house:
        assert house.company.main


async def test_a_house_counts(tmp_path: Path) -> None:
    """With a tokenizer that can be read the house is whole."""
    async with composed(chosen(tmp_path, saved(tmp_path))) as house:
        assert house.company.main


async def test_a_tokenizer_is_no_part_of_a_version(tmp_path: Path) -> None:
    """A version that has another one, or none, is the same to the register and to its backend."""
    with_one, without = chosen(tmp_path, "a.json"), chosen(tmp_path, "")

    assert written_souls(without) == written_souls(with_one)
    assert souls_of(without) == souls_of(with_one)


async def told(settings: Settings) -> tuple[int, list[str]]:
    """The doctor's exit code, and its lines on tokenizers."""
    write = io.StringIO()
    code = await examine(settings, write, clock=SystemClock())
    return code, [line for line in write.getvalue().splitlines() if "tokenizer" in line]


@pytest.mark.slow
async def test_the_doctor_reads_them(tmp_path: Path) -> None:
    """Each that is named has a line: what it counts, or what is wrong and what would be right."""
    file = saved(tmp_path)

    code, lines = await told(chosen(tmp_path, file, "", tmp_path / "none"))

    good, bad = lines
    assert 1 == code
    assert good.startswith(f"ok    souls.0.tokenizer: '{file}' counts for soul 'KU0', whose name")
    assert bad.startswith(f"WRONG souls.2.tokenizer: '{tmp_path}/none' cannot be read: no such")
    assert bad.endswith("— or take the key out: tokens are estimated then")


@pytest.mark.slow
async def test_the_doctor_is_silent_where_none_is_named(tmp_path: Path) -> None:
    """Nobody is told of what they did not ask for."""
    code, lines = await told(chosen(tmp_path, ""))

    assert (0, []) == (code, lines)


@pytest.mark.slow
async def test_without_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Start and doctor say in a line how to install it."""
    (tmp_path / "tokenizer.json").write_text("{}", encoding="utf-8")
    settings = chosen(tmp_path, tmp_path / "tokenizer.json")
    monkeypatch.setitem(sys.modules, "tokenizers", None)
    how = "the package tokenizers is not installed; `pip install 'anima[tokenizers]'` brings it"

    code, lines = await told(settings)

    assert 1 == code
    assert lines[0].startswith(f"WRONG souls.0.tokenizer: {how}")
    with pytest.raises(ConfigError) as caught:
        await countings(settings)
    assert f"souls.0.tokenizer: {how}" == str(caught.value)


@pytest.mark.slow
def test_nobody_waits_for_what_is_not_named(tmp_path: Path) -> None:
    """Without such a soul neither the package nor what reads its files is loaded at the start."""
    script = (
        "import asyncio, sys\n"
        "from service.compose import composed\n"
        "from service.settings import Settings\n"
        "async def start():\n"
        "    async with composed(Settings(backends={'default': {'kind': 'scripted'}})):\n"
        "        print([name for name in sys.modules if 'tokenizer' in name])\n"
        "asyncio.run(start())\n"
    )

    started = subprocess.run(
        [command[0], "-c", script],
        cwd=tmp_path,
        env=environ(),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )

    assert "[]" == started.stdout.splitlines()[-1]
