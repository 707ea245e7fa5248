"""`anima model`: what there is, where it lies, and fetching it."""

import io
from dataclasses import replace
from pathlib import Path

import pytest

from anima.errors import ConfigError, Unavailable
from backend.weights import HubFile
from backend.weights_known import CODER, KNOWN, QWEN, SMOL
from backend.weights_search import Nowhere, Search
from service.builtin import finder, shelf
from service.minds import minds_of, souls_of
from service.models import fetched, listed
from service.settings import Settings
from tests.backend_fakes import HastyClock, Notes
from tests.far_side.hub import ModelHub


class Terminal(io.StringIO):
    """A place where a person looks on."""

    def isatty(self) -> bool:
        return True


def chosen(folder: Path, hub: str = "", **backend: object) -> Settings:
    """Settings with their data in *folder*."""
    tables = {"default": {"hub": hub, **backend}}
    return Settings.model_validate({"data": folder, "backends": tables})


def put(file: Path, size: int) -> None:
    """A file of *size* bytes that takes no room."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as opened:
        opened.truncate(size)


def test_the_list(tmp_path: Path) -> None:
    """Each line has a name, a size, a licence, the languages, and where it lies."""
    settings = chosen(tmp_path)
    put(shelf(settings).place(SMOL), SMOL.bytes)
    write = io.StringIO()

    code = listed(settings, write)

    lines = [line.split() for line in write.getvalue().splitlines()]
    assert 0 == code
    assert [known.name for known in KNOWN] == [line[0] for line in lines]
    assert [CODER.name, *["491", "MB", "Apache-2.0", "en", "zh", "ja", "not", "fetched"]] == lines[
        1
    ]
    assert [str(shelf(settings).place(SMOL))] == lines[-1][-1:]


def test_the_list_shows_the_owners_file(tmp_path: Path) -> None:
    """A file that the owner put beside the fetched ones is listed, and said to be used."""
    settings = chosen(tmp_path)
    put(tmp_path / "models" / "mine.gguf", 4)
    write = io.StringIO()

    listed(settings, write)

    assert "mine.gguf  yours, and used before all others" in write.getvalue()


async def test_fetching_shows_how_far_it_is(tmp_path: Path) -> None:
    """In a terminal a line moves, and the last one says where the file is."""
    file = QWEN.sources[0]
    assert isinstance(file, HubFile)
    path = f"{file.repository}/resolve/{file.revision}/{file.path}"
    write = Terminal()
    async with ModelHub({path: b"not the weights"}) as hub:
        settings = chosen(tmp_path, hub.url)

        with pytest.raises(Unavailable, match="it has another size there"):
            await fetched(settings, QWEN.name, HastyClock(), write)

    assert write.getvalue().startswith(f"\r{QWEN.name}:   0 % of 491 MB")
    assert write.getvalue().endswith("\n")


async def test_what_is_here_is_not_fetched_again(tmp_path: Path) -> None:
    """Weights that lie here need nobody, and nothing but the place is written to a file."""
    settings = chosen(tmp_path)
    put(shelf(settings).place(SMOL), SMOL.bytes)
    write = io.StringIO()

    code = await fetched(settings, SMOL.name, HastyClock(), write)

    assert 0 == code
    assert f"{SMOL.name} is in {shelf(settings).place(SMOL)}\n" == write.getvalue()


async def test_a_name_nobody_knows(tmp_path: Path) -> None:
    """A wrong name is answered with the right ones."""
    with pytest.raises(ConfigError, match=r"no weights are called 'gpt'; known: qwen2\.5-0\.5b"):
        await fetched(chosen(tmp_path), "gpt", HastyClock(), io.StringIO())


def test_weights_that_are_switched_off(tmp_path: Path) -> None:
    """`weights = "off"` looks nowhere."""
    found = finder(chosen(tmp_path, weights="off"), "default", HastyClock())

    assert isinstance(found, Nowhere)


def test_a_mistake_in_the_wish_is_told_before_anything_starts(tmp_path: Path) -> None:
    """A file that is not there is a mistake in the settings."""
    with pytest.raises(ConfigError, match=r"'mine\.gguf' is no file"):
        finder(chosen(tmp_path, weights="mine.gguf"), "default", HastyClock())


def test_weights_are_searched_where_the_server_is_installed(tmp_path: Path) -> None:
    """Without the program that serves them nothing is fetched; with it, it is."""
    pytest.importorskip("xllamacpp")

    found = finder(chosen(tmp_path), "default", HastyClock())

    assert isinstance(found, Search)


async def test_the_mind_is_the_built_in_model(tmp_path: Path) -> None:
    """The default backend tells how far it is, and is well while it is a stand-in."""
    settings = chosen(tmp_path, weights="off")

    async with minds_of(settings, HastyClock(), Notes()) as mind:
        await mind.probe()
        standing = mind.progress()

    assert standing is not None
    assert standing.state in {"loading", "stand-in"}


async def test_who_answers_nobody_starts_no_model(tmp_path: Path) -> None:
    """A process that only listens or serves pages leaves the weights alone, and is well."""
    async with minds_of(chosen(tmp_path), HastyClock(), Notes(), works=False) as mind:
        await mind.probe()
        standing = mind.progress()

    assert standing is None
    assert not (tmp_path / "models").exists()


def test_a_small_model_gets_what_suits_it(tmp_path: Path) -> None:
    """Where nothing else is set, the context, the answer and the temperature are small."""
    (small,) = souls_of(chosen(tmp_path))
    (mine,) = souls_of(chosen(tmp_path, context=9000, max_tokens=50))

    assert (4096, 400, 0.3) == (small.context, small.max_tokens, small.temperature)
    assert (9000, 50) == (mine.context, mine.max_tokens)


def test_the_file_is_what_its_name_says() -> None:
    """Weights are kept under their own name, whatever their source calls them."""
    renamed = replace(SMOL, name="other")

    assert "other.gguf" == renamed.file
    assert 98 == renamed.megabytes
