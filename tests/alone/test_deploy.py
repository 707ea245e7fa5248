"""What an operator deploys: the papers agree with the product, the wheel runs, backups restore."""

import asyncio
import re
import runpy
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from prometheus_client import CollectorRegistry

from service.metrics import counts
from service.settings import Settings, load
from service.settings_keys import find
from tests.far_side.botapi import BotApi
from tests.far_side.model import ModelServer
from tests.living import TOKEN, Living, Nursery, environ, nursery, settings

ROOT = Path(__file__).parent.parent.parent
DEPLOY = ROOT / "deploy"
SLOWEST_STOP_S = 10
"""What a stop may need after the drain: closing lines, the last commit."""


@pytest.fixture(scope="module")
def born() -> Iterator[Nursery]:
    """Where the processes of this file come from."""
    with nursery() as found:
        yield found


def read(name: str) -> str:
    """The text of a file in deploy."""
    return (DEPLOY / name).read_text(encoding="utf-8")


def service(name: str) -> str:
    """The part of compose.yaml that is about the service *name*."""
    found = re.search(rf"^  {name}:\n((?:    .*\n|\n)+)", read("compose.yaml"), re.MULTILINE)
    assert found, name
    return found[1]


def uncommented() -> dict[str, str]:
    """Every variable of env.example, as if the # before it were gone."""
    lines = re.findall(r"^# (ANIMA_\w+)=(.*)$", read("env.example"), re.MULTILINE)
    return {name: value for name, value in lines if name != "ANIMA_LOG"}


def test_the_example_of_variables_is_current() -> None:
    """`deploy/env.example` is what `scripts/env_example.py` writes today."""
    page = runpy.run_path(str(ROOT / "scripts" / "env_example.py"))["page"]

    assert page() == read("env.example")


def test_the_example_of_variables_holds_the_defaults() -> None:
    """With every # taken away it means the same as no variable."""
    actual = load(None, uncommented())

    assert Settings() == actual


@pytest.mark.parametrize("name", ["compose.yaml", "Dockerfile", "anima.service"])
def test_every_variable_that_is_set_exists(name: str) -> None:
    """No paper names a setting that the product does not know."""
    names = set(re.findall(r"\bANIMA_[A-Z_]+\b", read(name)))

    paths = {each: tuple(each.removeprefix("ANIMA_").lower().split("__")) for each in names}
    assert paths
    assert [] == [each for each, path in paths.items() if find(path) is None]


@pytest.mark.parametrize("name", ["anima", "postgres", "redis", "vllm"])
def test_every_container_is_shut_in(name: str) -> None:
    """Read-only, without capabilities or new ones, restarted, and with a health check."""
    text = service(name)

    wanted = ("read_only: true", "cap_drop: [ALL]", "no-new-privileges:true", "restart: unless")
    assert [] == [each for each in wanted if each not in text]
    assert name == "anima" or "healthcheck:" in text
    assert "privileged" not in text.replace("no-new-privileges", "")


def test_only_this_machine_reaches_the_containers() -> None:
    """The one port that is published is on loopback."""
    ports = re.findall(r'^    ports: \["(.+)"\]$', read("compose.yaml"), re.MULTILINE)

    assert ["127.0.0.1:8080:8080"] == ports


def test_secrets_are_files() -> None:
    """Each secret that a container asks for is a file, and none stands in the papers."""
    text = read("compose.yaml")
    asked = set(re.findall(r"/run/secrets/(\w+)", text))
    declared = dict(re.findall(r"^  (\w+):\n    file: (.+)$", text, re.MULTILINE))

    assert asked == set(declared)
    assert all(place == f"secrets/{name}" for name, place in declared.items())
    for name in ("anima", "postgres"):
        needs = set(re.findall(r"/run/secrets/(\w+)", service(name)))
        listed = re.search(r"secrets: \[(.+)\]", service(name))
        assert listed
        assert needs == set(listed[1].split(", "))
    assert not re.search(r"(?i)password: (?!file:)\S", text)


def test_the_image_is_no_roots_and_has_no_compiler() -> None:
    """Two stages, a base by its tag, hashes for all that is installed, and an ordinary account."""
    text = read("Dockerfile")
    last = text.rpartition("FROM ")[2]

    assert 2 == len(re.findall(r"^FROM python:\$\{PYTHON\}", text, re.MULTILINE))
    assert re.search(r"^ARG PYTHON=3\.\d+-slim", text, re.MULTILINE)
    assert "\nUSER 10001\n" in last
    assert "HEALTHCHECK" in last
    assert "/livez" in last
    assert "pip" not in last
    installs = re.findall(r"install [^&]*?-r [^&]*", text)
    assert 2 == len(installs)
    assert all("--require-hashes" in each and "--only-binary" in each for each in installs)
    assert not re.search(r"apt-get|gcc|build-essential", text)


def test_the_image_holds_every_room() -> None:
    """What the wheel packs is copied, and what is copied is let through."""
    packed = re.search(
        r"targets\.wheel\]\npackages = \[(.+)\]", (ROOT / "pyproject.toml").read_text()
    )
    assert packed
    rooms = re.findall(r'"(\w+)"', packed[1])

    ignored = read("Dockerfile.dockerignore").splitlines()

    assert [] == [room for room in rooms if f"COPY {room} {room}\n" not in read("Dockerfile")]
    assert [] == [room for room in rooms if f"!{room}" not in ignored]


@pytest.mark.parametrize(
    ("name", "pattern"),
    [("compose.yaml", r"stop_grace_period: (\d+)s"), ("anima.service", r"TimeoutStopSec=(\d+)")],
)
def test_there_is_time_to_stop(name: str, pattern: str) -> None:
    """Whoever stops us waits longer than we need to finish what is running."""
    found = re.search(pattern, read(name))

    assert found
    assert int(found[1]) >= Settings().pace.drain_s + SLOWEST_STOP_S


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not on this machine")
def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    """It has no complaint about any line, and calls the exposure small."""
    unit = tmp_path / "anima.service"
    text = read("anima.service").replace("/opt/anima/bin/anima", "/bin/true")
    unit.write_text(text.replace("Documentation=file:///opt/anima", "Documentation=file:///tmp"))

    verified = subprocess.run(
        [str(shutil.which("systemd-analyze")), "verify", "--man=no", str(unit)],
        capture_output=True,
        text=True,
        check=False,
    )

    ours = [line for line in verified.stderr.splitlines() if "anima.service" in line]
    assert (0, []) == (verified.returncode, ours)


def test_no_paper_names_a_registry() -> None:
    """Where packages come from is the machine's own affair."""
    texts = [path.read_text(encoding="utf-8") for path in DEPLOY.iterdir() if path.is_file()]
    texts.append((ROOT / "docs" / "operate.md").read_text(encoding="utf-8"))

    assert not [text for text in texts if re.search(r"pypi|--index-url|--extra-index", text)]


@pytest.mark.slow
async def test_the_wheel_runs_from_an_empty_folder(tmp_path: Path) -> None:
    """Built as in the Dockerfile and installed alone, it knows its version and serves its pages."""
    site, empty = tmp_path / "site", tmp_path / "empty"
    empty.mkdir()
    await run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path))
    await asyncio.to_thread(unpack, tmp_path, site)
    start = "import sys; from service.cli import main; sys.exit(main())"
    around = environ(
        PYTHONPATH=str(site), ANIMA_WEB__PORT="0", ANIMA_BACKENDS__DEFAULT__WEIGHTS="off"
    )
    version = await run(sys.executable, "-c", start, "version", cwd=empty, env=around)
    where = await run(
        sys.executable, "-c", "import service; print(service.__file__)", cwd=empty, env=around
    )

    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", start, "run"),
        cwd=empty,
        env=around,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    assert process.stdout is not None
    told = (await asyncio.wait_for(process.stdout.readline(), 30)).decode()
    url = told.rpartition(" ")[2].strip()
    async with httpx2.AsyncClient(base_url=url, trust_env=False) as web:
        answers = [(await web.get(path)).status_code for path in ("/livez", "/")]
    process.send_signal(signal.SIGTERM)
    code = await asyncio.wait_for(process.wait(), 30)

    assert version.startswith("anima ")
    assert where.startswith(str(site))
    assert [200, 200] == answers
    assert 0 == code


def unpack(folder: Path, site: Path) -> None:
    """Put what the wheel in *folder* holds into *site*, as installing it does."""
    (wheel,) = folder.glob("anima-*.whl")
    shutil.unpack_archive(wheel, site, "zip")


async def run(*words: str, cwd: Path = ROOT, env: dict[str, str] | None = None) -> str:
    """What a command says that ends well."""
    process = await asyncio.create_subprocess_exec(
        *words,
        cwd=cwd,
        env=env or environ(),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    assert process.returncode == 0, err.decode()
    return out.decode()


@pytest.mark.slow
async def test_a_backup_made_while_it_talks_restores(tmp_path: Path, born: Nursery) -> None:
    """VACUUM INTO from a running service; elsewhere the copy answers and remembers the talk."""
    here, there = tmp_path / "here", tmp_path / "there"
    for folder in (here, there):
        (folder / "data").mkdir(parents=True)
    async with BotApi(TOKEN) as telegram, ModelServer() as model:
        chosen = settings(telegram.url, model.url, database="sqlite:///data/anima.db")
        ann = telegram.person()
        first = Living(here, born, chosen).start()
        telegram.says(ann, ann, "my cat is called Mochi")
        await telegram.until(lambda: telegram.texts(ann), timeout=30)
        telegram.says(ann, ann, "she is grey")
        await telegram.until(lambda: len(telegram.texts(ann)) > 1, timeout=30)
        await asyncio.to_thread(back_up, here / "data" / "anima.db", there / "data" / "anima.db")
        first.signal(signal.SIGTERM)
        await first.ended()
        second = Living(there, born, chosen).start()
        telegram.says(ann, ann, "what is my cat called?")
        last = "You said: what is my cat called?"
        await telegram.until(lambda: last in telegram.texts(ann), timeout=30)
        second.signal(signal.SIGTERM)
        code = await second.ended()

    said = [message["content"] for message in model.requests[-1].body["messages"]]
    assert 0 == code
    assert any(text.endswith("my cat is called Mochi") for text in said)
    assert "You said: my cat is called Mochi" in said


def back_up(source: Path, copy: Path) -> None:
    """As docs/operate.md says it."""
    connection = sqlite3.connect(source)
    connection.execute("VACUUM INTO ?", (str(copy),))
    connection.close()


def test_every_metric_is_explained() -> None:
    """Each counter, gauge and histogram of ours stands in docs/operate.md."""
    registry = CollectorRegistry()
    counts(registry)
    page = (ROOT / "docs" / "operate.md").read_text(encoding="utf-8")

    names = [family.name for family in registry.collect() if family.name.startswith("anima_")]

    assert names
    assert [] == [name for name in names if f"`{name}" not in page]
