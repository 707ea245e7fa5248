"""The command line as people meet it: a process, its two streams and its exit code."""

import asyncio
import os
import re
import signal
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest

from tests.far_side import replies
from tests.far_side.botapi import BotApi, Fault
from tests.far_side.model import ModelServer
from tests.living import TOKEN, Living, Nursery, command, environ, settings
from tests.servers import free_port

pytestmark = pytest.mark.slow

KEY = "sk-canary-0123456789"
NOTHING = 'web.port = 0\n[telegram]\ntoken = ""\n'


async def done(folder: Path, born: Nursery, text: str, *words: str, **more: str) -> Living:
    """`anima` with these *words*, over settings of this *text*, when it has ended."""
    process = Living(folder, born, text).start(words, **more)
    process.code = await process.ended()
    return process


def cold(folder: Path, *words: str, typed: str = "") -> "subprocess.CompletedProcess[str]":
    """`anima` from a cold start, with *typed* as its input."""
    return subprocess.run(
        [*command, *words],
        cwd=folder,
        env=environ(),
        input=typed,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_a_newcomer_is_answered(tmp_path: Path) -> None:
    """With no configuration at all the stand-in talks, says what it is, and ends with the input."""
    talk = cold(tmp_path, "chat", typed="Hello there\n")

    greeting, *answers = talk.stdout.splitlines()
    assert 0 == talk.returncode
    assert greeting.startswith("Kokoro")
    assert "stand-in" in answers[0]
    assert "Hello there" in answers[0]
    assert "" == talk.stderr


@pytest.mark.parametrize("words", [(), ("fly",), ("run", "--confg", "x"), ("db",)])
async def test_wrong_usage_is_told_apart(
    words: tuple[str, ...], tmp_path: Path, born: Nursery
) -> None:
    """What nobody understands ends with 2 and the usage."""
    end = await done(tmp_path, born, NOTHING, *words)

    assert 2 == end.code
    assert end.log.startswith("usage: anima")
    assert "Traceback" not in end.log


def test_it_knows_its_version(tmp_path: Path) -> None:
    """The version of the installed package, or one line that it is not installed."""
    try:
        expected = (0, f"anima {version('anima')}\n")
    except PackageNotFoundError:
        expected = (1, "")

    told = cold(tmp_path, "version")

    assert expected == (told.returncode, told.stdout)
    assert told.stderr.count("\n") <= 1


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("[telegram]\ntokn = 1\n", ["telegram.tokn: unknown; did you mean telegram.token?"]),
        ('[telegram]\ntoken = "canary-secret"\n', ["telegram.token: is no bot token; it has"]),
        ("[pace]\nlinger_s = -1\ntyping = 3\n", ["pace.linger_s: -1", "pace.typing: 3"]),
        ('persona = "nowhere"\n', ["persona 'nowhere' is no folder"]),
        ("[web\n", ["anima.toml, "]),
        ("[web]\nport = 70000\n", ["web.port: 70000 must be at most 65535"]),
        ('[[souls]]\nname = "a"\nbackend = "b"\n', ["souls.0.backend: 'b' is no backend; known:"]),
    ],
    ids=["key", "token", "two", "persona", "syntax", "port", "backend"],
)
async def test_each_mistake_is_one_line(
    text: str, lines: list[str], tmp_path: Path, born: Nursery
) -> None:
    """Before anything starts: exit 1, a line that says what would be right, and no secret."""
    end = await done(tmp_path, born, text, "run")

    told = end.log.removeprefix("anima: ").splitlines()
    assert 1 == end.code
    assert [True] * len(lines) == [
        one.startswith(line) for one, line in zip(told, lines, strict=True)
    ]
    assert "canary" not in end.log
    assert "" == end.told


async def test_a_missing_configuration_is_one_line(tmp_path: Path, born: Nursery) -> None:
    """A file that was named and is not there is no reason to start with other settings."""
    end = await done(tmp_path, born, "", "run", "--config", "other.toml")

    assert (1, "anima: other.toml: cannot be read: no such file or directory\n") == (
        end.code,
        end.log,
    )


@pytest.mark.parametrize("words", [("run",), ("chat",), ("db", "check"), ("db", "upgrade")])
async def test_a_database_out_of_reach_is_one_line(
    words: tuple[str, ...], tmp_path: Path, born: Nursery
) -> None:
    """It says so, and not with which password we tried."""
    url = f"postgresql://anima:canary-pw@127.0.0.1:{free_port()}/anima"

    end = await done(tmp_path, born, f'web.port = 0\ndatabase.url = "{url}"\n', *words)

    assert 1 == end.code
    assert end.log.startswith("anima: the database did not answer")
    assert 1 == end.log.count("\n")
    assert "canary" not in end.log


async def test_a_port_that_is_taken_is_one_line(tmp_path: Path, born: Nursery) -> None:
    """The line names the setting."""
    server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        end = await done(tmp_path, born, f"web.port = {port}\n", "run")

    assert 1 == end.code
    last = end.log.splitlines()[-1]
    assert last.startswith(f"anima: web.port: {port} is taken on '127.0.0.1'; ")
    assert "Traceback" not in end.log


async def test_a_token_nobody_knows_is_one_line(tmp_path: Path, born: Nursery) -> None:
    """Telegram's 401 ends the service, with a line that does not show the token."""
    async with BotApi("42:OTHER") as telegram:
        end = await done(tmp_path, born, settings(telegram.url, telegram.url), "run")

    assert 1 == end.code
    assert end.log.splitlines()[-1].startswith("anima: telegram.token: ")
    assert TOKEN not in end.log
    assert "Traceback" not in end.log


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return "sqlite:///anima.db"
    return str(request.getfixturevalue("postgres_url"))


async def test_the_database_is_brought_up_to_date(
    database: str, tmp_path: Path, born: Nursery
) -> None:
    """Checked, it is found wanting; upgraded, it is in order; upgraded again, nothing changes."""
    place = Living(tmp_path, born, f'database.url = "{database}"\n')
    deeds = ("check", "upgrade", "check", "upgrade")

    codes = [await place.start(("db", deed)).ended() for deed in deeds]

    assert [1, 0, 0, 0] == codes
    told = place.told.splitlines()
    assert re.fullmatch(r"the database is upgraded to version \w+", told[-3])
    assert re.fullmatch(r"the database is at version \w+, as it should be", told[-2])
    assert re.fullmatch(r"the database is already at version \w+", told[-1])
    assert "Traceback" not in place.log


async def test_a_piped_talk_is_answered_to_the_end(tmp_path: Path, born: Nursery) -> None:
    """Every line of the input is answered by the model before the talk ends."""
    async with ModelServer() as model:
        chosen = settings("http://127.0.0.1:9", model.url)
        talk = Living(tmp_path, born, chosen)
        (tmp_path / "in").write_text("one\ntwo\n/help\n", encoding="utf-8")

        code = await talk.start(("chat",)).ended()

    assert 0 == code
    assert "two" in talk.told
    assert "Just write to me" in talk.told
    assert "one" in str(model.requests[0].body)
    assert "" == talk.log


async def test_a_failing_model_is_told_politely_in_the_terminal(
    tmp_path: Path, born: Nursery
) -> None:
    """A line with a reference, which the log has too, and the talk goes on."""
    async with ModelServer() as model:
        model.otherwise = replies.error(400, "canary", "BadRequestError")
        talk = Living(tmp_path, born, settings("http://127.0.0.1:9", model.url))
        (tmp_path / "in").write_text("one\n", encoding="utf-8")

        code = await talk.start(("chat",)).ended()

    reference = re.findall(r"\(([0-9a-f]{6})\)", talk.told)
    assert 0 == code
    assert 1 == len(reference)
    assert reference[0] in talk.log
    assert "canary" not in talk.told


async def test_ctrl_c_ends_a_talk(tmp_path: Path, born: Nursery) -> None:
    """Interrupted while it waits for a key, it ends at once and without a word."""
    os.mkfifo(tmp_path / "keys")
    keys = os.open(tmp_path / "keys", os.O_RDWR)
    async with ModelServer() as model:
        talk = Living(tmp_path, born, settings("http://127.0.0.1:9", model.url))
        (tmp_path / "in").unlink()
        (tmp_path / "in").symlink_to("keys")
        talk.start(("chat",))
        os.write(keys, b"one\n")
        await model.until(lambda: model.finished)

        talk.signal(signal.SIGINT)
        code = await talk.ended()
    os.close(keys)

    assert 0 == code
    assert "You said: one" in talk.told
    assert "" == talk.log


async def test_whoever_reads_our_words_may_leave(tmp_path: Path, born: Nursery) -> None:
    """A pipe that is closed at its other end is no reason for a traceback."""
    os.mkfifo(tmp_path / "out")
    reader = os.open(tmp_path / "out", os.O_RDONLY | os.O_NONBLOCK)
    async with ModelServer() as model:
        model.on_request = lambda _: os.close(reader)
        talk = Living(tmp_path, born, settings("http://127.0.0.1:9", model.url))
        (tmp_path / "in").write_text("one\n", encoding="utf-8")

        code = await talk.start(("chat",)).ended()

    assert 1 == code
    assert "Traceback" not in talk.log


@pytest.mark.parametrize("words", [("--help",), ("db", "check"), ("chat",)])
async def test_a_short_answer_may_stay_unread_too(
    words: tuple[str, ...], tmp_path: Path, born: Nursery
) -> None:
    """What nobody was there to read is no reason for a complaint at the very end."""
    place = Living(tmp_path, born, NOTHING)
    await place.start(("db", "upgrade")).ended()
    read, write = os.pipe()
    os.close(read)
    (tmp_path / "out").unlink()
    (tmp_path / "out").symlink_to(f"/proc/{os.getpid()}/fd/{write}")

    code = await place.start(words).ended()
    os.close(write)

    assert 1 == code
    assert "" == place.log


async def test_no_secret_is_ever_logged(tmp_path: Path, born: Nursery, postgres_url: str) -> None:
    """A whole talk at debug, with failures on all sides: no token, no key, no password."""
    parts = urlsplit(postgres_url)
    named = parts._replace(netloc=f"{parts.username}:canary-pw@{parts.hostname}:{parts.port}")
    async with BotApi(TOKEN) as telegram, ModelServer(key=KEY) as model:
        more = f'drain_s = 5\n[backends.default.headers]\nx-key = "{KEY}-2"\n'
        chosen = settings(telegram.url, model.url, database=named.geturl(), more=more)
        chosen = chosen.replace('kind = "openai"', f'kind = "openai"\napi_key = "{KEY}"')
        life = Living(tmp_path, born, chosen).start(ANIMA_LOG="debug")
        ann = telegram.person()
        telegram.faults.add("getUpdates", Fault.garbage(f"<{TOKEN} {KEY}>"))
        telegram.faults.add("sendMessage", Fault.cut())
        telegram.says(ann, ann, "one")
        await telegram.until(lambda: telegram.texts(ann), timeout=40)
        model.script(replies.error(400, f"bad key {KEY}", "BadRequestError"))
        telegram.says(ann, ann, "two")
        await telegram.until(lambda: len(telegram.texts(ann)) == 2, timeout=40)
        told = life.told
        async with httpx2.AsyncClient(
            base_url=told.rpartition(" ")[2].strip(), trust_env=False
        ) as web:
            pages = [await web.get(path) for path in ("/readyz", "/metrics", "/livez", "/")]

        life.signal(signal.SIGINT)
        code = await life.ended()

    assert 0 == code
    everything = "\n".join([life.log, life.told, *(page.text for page in pages)])
    secrets = (TOKEN, TOKEN.partition(":")[2], KEY, f"{KEY}-2", "canary-pw")
    assert [] == [secret for secret in secrets if secret in everything]
    assert [200, 200, 200, 200] == [page.status_code for page in pages]
    assert "anima_answered_total 1.0" in pages[1].text.splitlines()
    assert re.search(r"^\S+ info    stopped$", life.log, re.MULTILINE)
