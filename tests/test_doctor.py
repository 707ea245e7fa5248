"""The doctor: each part tried for real, and one clear line for each thing broken on purpose."""

import asyncio
import io
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg  # type: ignore[import-untyped]  # it ships no types
import httpx2
import pytest

from anima.clock import SystemClock
from memory.address import to_url
from memory.database import Database
from memory.schema import upgrade
from service.builtin import RUNTIME
from service.compose import composed
from service.doctor import attempt, doctor, examine, time_of_day
from service.doctor_house import MEGABYTE, data_folder
from service.findings import Part
from service.settings import Settings
from service.web import app, serve, telegram_hook
from tests.far_side import replies, xfyun_replies
from tests.far_side.botapi import BotApi, Fault
from tests.far_side.model import ModelServer
from tests.far_side.vllm import VllmServer, adapter
from tests.far_side.xfyun import XfyunServer
from tests.living import command, environ
from tests.servers import Valkey, free_port

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
TOKEN = "42:TEST-canary"
KEY = "sk-canary-0123456789"


class AheadClock(SystemClock):
    """A clock that somebody set wrong."""

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(minutes=5)


class LateClock(SystemClock):
    """One that is so late that no signature is good."""

    def now(self) -> datetime:
        return datetime.now(UTC) - timedelta(minutes=7)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def chosen(folder: Path, **tables: object) -> Settings:
    """Settings of a place of its own, with *tables* on top."""
    place = {"url": f"sqlite:///{folder / 'data' / 'anima.db'}"}
    usual = {"backends": {"default": {"kind": "scripted"}}, "memory": {"embeddings": "off"}}
    tables = {"database": place} | usual | tables
    return Settings.model_validate({"data": str(folder / "data"), "web": {"port": 0}, **tables})


def mind(url: str, **more: object) -> dict[str, object]:
    """The table of a server of models at *url*."""
    return {"default": {"kind": "openai", "base_url": url, "api_key": KEY, **more}}


def bot(telegram: BotApi, **more: object) -> dict[str, object]:
    """The table of the bot at *telegram*."""
    return {"token": TOKEN, "api_base": telegram.url, **more}


async def told(settings: Settings, clock: SystemClock | None = None) -> tuple[int, dict[str, str]]:
    """The exit code and the line of each part."""
    write = io.StringIO()
    code = await examine(settings, write, clock=clock)
    lines = write.getvalue().splitlines()
    assert "canary" not in write.getvalue()
    assert "Traceback" not in write.getvalue()
    return code, {line.split()[1].removesuffix(":"): line for line in lines}


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[None]:
    """The web server of an Anima with these *settings*, with its door for Telegram."""
    hook = telegram_hook(settings.telegram.hook_secret(), _forget)
    async with composed(settings) as house:
        site = app(house.health(), house.registry, [hook])
        async with serve(site, settings.web.host, settings.web.port):
            yield


async def _forget(_updates: object) -> None:
    """Keep nothing."""


@asynccontextmanager
async def nobody() -> AsyncIterator[None]:
    """No Anima runs."""
    yield


async def hook_at(telegram: BotApi, url: str) -> None:
    """Register a webhook at *url*, as somebody may have done before us."""
    async with httpx2.AsyncClient(trust_env=False) as client:
        answer = await client.post(f"{telegram.url}/bot{TOKEN}/setWebhook", json={"url": url})
    assert answer.json()["ok"]


def assert_wrong(line: str, what: str, advice: str) -> None:
    """*line* says what is wrong and what to do."""
    assert line.startswith("WRONG ")
    said, _, todo = line.partition(" — ")
    assert what in said
    assert advice in todo


async def test_a_newcomer_is_well(here: Path) -> None:
    """With no settings at all nothing is wrong, and nothing is left behind."""
    write = io.StringIO()

    environ = {"ANIMA_WEB__PORT": "0", "ANIMA_BACKENDS__DEFAULT__HUB": ""}
    code = await doctor(None, environ, write)

    lines = write.getvalue().splitlines()
    assert 0 == code
    assert {"ok", "off"} == {line.split()[0] for line in lines}
    assert not await asyncio.to_thread(lambda: list(here.iterdir()))


async def test_all_parts_that_work_are_ok(
    here: Path, postgres_url: str, valkey_server: Valkey
) -> None:
    """PostgreSQL, Redis, a model and Telegram: tried, found well, in one line each."""
    async with BotApi(TOKEN) as telegram, ModelServer(key=KEY) as model:
        settings = chosen(
            here,
            database={"url": postgres_url},
            redis={"url": valkey_server.url},
            backends=mind(model.url),
            souls=[{"name": "KU1.0", "model": "base"}],
            telegram=bot(telegram),
        )
        code, lines = await told(settings)

    assert 0 == code
    parts = ("database", "redis", "backends.default", "telegram", "clock")
    assert ["ok"] * 5 == [lines[part].split()[0] for part in parts]
    assert "PostgreSQL" in lines["database"]
    assert "'KU1.0' (base) speaks after" in lines["backends.default"]
    assert "@anima_test_bot, by polling" in lines["telegram"]
    assert "privacy mode is on" in lines["telegram"]
    assert 1 == model.requests[0].body["max_tokens"]
    assert 0 == telegram.count["getUpdates"]


async def test_mistakes_in_the_settings_are_all_told(here: Path) -> None:
    """Each mistake is a line, and nothing else is tried."""
    (here / "anima.toml").write_text("[pace]\nlinger_s = -1\n[web]\nprot = 1\n", encoding="utf-8")
    write = io.StringIO()

    code = await doctor(None, {}, write)

    lines = write.getvalue().splitlines()
    assert 1 == code
    assert any(line.startswith("WRONG settings: pace.linger_s: -1") for line in lines)
    assert "WRONG settings: web.prot: unknown; did you mean web.port?" in lines
    assert lines[-1].startswith("off   all else: ")


async def test_a_broken_persona_is_named(here: Path) -> None:
    """The file, the line in it and the key."""
    shutil.copytree(ROOT / "personas" / "kokoro", here / "mine")
    toml = here / "mine" / "persona.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace("[greeting]", "[greting]"))

    code, lines = await told(chosen(here, persona=str(here / "mine")))

    assert 1 == code
    assert_wrong(lines["persona"], "unknown key 'greting'", "anima persona check")


async def test_a_folder_nobody_may_write_to(here: Path) -> None:
    """Not even root makes folders in /proc."""
    code, lines = await told(chosen(here, data="/proc/anima"))

    assert 1 == code
    assert_wrong(lines["data"], "cannot write to '/proc/anima'", "or set data")


@pytest.mark.parametrize(
    ("free", "state", "words"),
    [(5, "WRONG", "make room"), (100, "ok", "make room soon"), (5000, "ok", "5000 MB free")],
)
async def test_room_on_the_disk_is_told(here: Path, free: int, state: str, words: str) -> None:
    """Nearly none is wrong, little is a hint."""
    findings = await data_folder(here, lambda _folder: free * MEGABYTE)

    assert state == findings[0].state
    assert words in findings[0].words


async def test_a_file_that_is_no_database(here: Path) -> None:
    """It is told apart from one that is not there."""
    (here / "data").mkdir()
    (here / "data" / "anima.db").write_text("no database at all, only words " * 99)

    code, lines = await told(chosen(here))

    assert 1 == code
    assert_wrong(lines["database"], "damaged or no database", "restore a backup")


async def test_a_database_from_the_future(here: Path) -> None:
    """An older Anima does not touch it."""
    path = here / "data" / "anima.db"
    path.parent.mkdir()
    async with Database(to_url(f"sqlite:///{path}")) as database:
        await upgrade(database)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()

    code, lines = await told(chosen(here))

    assert 1 == code
    assert_wrong(lines["database"], "version 9999", "newer Anima")


@pytest.mark.parametrize(
    ("mode", "state", "words"),
    [(0o600, "ok", "at version"), (0o644, "ok", "chmod 600"), (0o666, "WRONG", "chmod 600")],
)
async def test_who_else_may_read_the_database(
    here: Path, mode: int, state: str, words: str
) -> None:
    """Readers are a hint, writers are wrong; looking changes nothing."""
    path = here / "data" / "anima.db"
    path.parent.mkdir()
    async with Database(to_url(f"sqlite:///{path}")) as database:
        await upgrade(database)
    path.chmod(mode)
    before = path.read_bytes()

    _, lines = await told(chosen(here))

    assert state == lines["database"].split()[0]
    assert words in lines["database"]
    assert before == path.read_bytes()


async def test_a_database_that_somebody_holds(here: Path) -> None:
    """Another program that does not let go is the trouble, and the line says so."""
    path = here / "data" / "anima.db"
    path.parent.mkdir()
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")

    code, lines = await told(chosen(here))
    holder.close()

    assert 1 == code
    assert_wrong(lines["database"], "locked", "end the other program")


async def test_a_postgresql_that_is_gone(here: Path) -> None:
    """The address is named without name and password."""
    url = f"postgresql://ann:canary-pw@127.0.0.1:{free_port()}/anima"

    code, lines = await told(chosen(here, database={"url": url}))

    assert 1 == code
    assert_wrong(lines["database"], "PostgreSQL at 127.0.0.1:", "start it")
    assert "ann" not in lines["database"].replace("anima", "")


@asynccontextmanager
async def locked(url: str) -> AsyncIterator[str]:
    """The server at *url* under a role that needs another password; taken back at the end."""
    parts = urlsplit(url)
    role = f"role_{parts.path.removeprefix('/')}"
    connection = await asyncpg.connect(url)
    file = await connection.fetchval("SHOW hba_file")
    rules = await connection.fetchval("SELECT pg_read_file($1)", file)

    async def rule(content: str) -> None:
        async with connection.transaction():
            made = "SELECT lo_from_bytea(0, convert_to($1, 'UTF8'))"
            number = await connection.fetchval(made, content)
            await connection.fetch("SELECT lo_export($1, $2), lo_unlink($1)", number, file)
        await connection.fetch("SELECT pg_reload_conf()")

    try:
        await rule(f"host all {role} 127.0.0.1/32 scram-sha-256\n{rules}")
        yield parts._replace(netloc=f"{role}:canary-pw@{parts.hostname}:{parts.port}").geturl()
    finally:
        await rule(rules)
        await connection.close()


async def test_a_wrong_password_for_the_database(here: Path, postgres_url: str) -> None:
    """A server that does not let us in is not one that is away."""
    async with locked(postgres_url) as url:
        code, lines = await told(chosen(here, database={"url": url}))

    assert 1 == code
    assert_wrong(lines["database"], "refuses our name or password", "database.url")


async def test_a_database_that_was_never_made(here: Path, postgres_url: str) -> None:
    """The server is there and the database is not."""
    url = urlsplit(postgres_url)._replace(path="/nowhere").geturl()

    code, lines = await told(chosen(here, database={"url": url}))

    assert 1 == code
    assert_wrong(lines["database"], "no such database", "createdb")


async def test_a_replica_is_not_enough(here: Path, postgres_url: str) -> None:
    """A database that lets us read only is found before the first message is."""
    connection = await asyncpg.connect(postgres_url)
    name = urlsplit(postgres_url).path.removeprefix("/")
    await connection.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    await connection.close()

    code, lines = await told(chosen(here, database={"url": postgres_url}))

    assert 1 == code
    assert_wrong(lines["database"], "read only", "name the primary")


async def test_redis_that_is_gone(here: Path) -> None:
    """It is wrong, though the avatar lives without it."""
    url = f"redis://:canary-pw@127.0.0.1:{free_port()}/0"

    code, lines = await told(chosen(here, redis={"url": url}))

    assert 1 == code
    assert_wrong(lines["redis"], "does not answer", "start it")


async def test_redis_that_refuses_us(here: Path, valkey_server: Valkey) -> None:
    """A password where none is known is told apart from a server that is away."""
    url = valkey_server.url.replace("://", "://nobody:canary-pw@")

    code, lines = await told(chosen(here, redis={"url": url}))

    assert 1 == code
    assert_wrong(lines["redis"], "refuses our password", "redis.url")


async def test_a_model_that_is_gone(here: Path) -> None:
    """The line names the host and the setting."""
    port = free_port()

    code, lines = await told(chosen(here, backends=mind(f"http://127.0.0.1:{port}/v1")))

    assert 1 == code
    what = f"127.0.0.1:{port} does not answer: nobody listens there"
    assert_wrong(lines["backends.default"], what, "backends.default.base_url")


async def test_a_key_that_is_refused(here: Path) -> None:
    """401 is about the key, and no word is asked for."""
    async with ModelServer(key="another") as model:
        code, lines = await told(chosen(here, backends=mind(model.url)))

    assert 1 == code
    assert_wrong(lines["backends.default"], "refuses our key, with 401", "default.api_key")
    assert [] == model.requests


async def test_a_model_that_nobody_serves(here: Path) -> None:
    """The models that the server has are named."""
    async with ModelServer(models=("base", "ku-5"), key=KEY) as model:
        model.otherwise = replies.no_model("ku-6")
        souls = [{"name": "KU6.0", "model": "ku-6"}]
        code, lines = await told(chosen(here, backends=mind(model.url), souls=souls))

    assert 1 == code
    what = "no model 'ku-6' for soul 'KU6.0'"
    assert_wrong(
        lines["backends.default"], what, "souls.0.model to one that it has: 'base', 'ku-5'"
    )


async def test_a_model_that_is_served_unlisted(here: Path) -> None:
    """The word counts more than the list."""
    async with ModelServer(key=KEY) as model:
        souls = [{"name": "KU6.0", "model": "ku-6"}]
        code, lines = await told(chosen(here, backends=mind(model.url), souls=souls))

    assert 0 == code
    assert "does not list that model" in lines["backends.default"]


async def test_a_server_that_loads_or_fails(here: Path) -> None:
    """A 503 for the list, and a 500 for the word, are lines of their own."""
    found = []
    async with ModelServer(key=KEY) as model:
        settings = chosen(here, backends=mind(model.url))
        model.models_reply = replies.busy()
        found.append((await told(settings))[1]["backends.default"])
        model.models_reply = None
        model.otherwise = replies.error(500, f"broken {KEY}", "InternalServerError")
        found.append((await told(settings))[1]["backends.default"])

    assert_wrong(found[0], "answers 503", "still loading")
    assert_wrong(found[1], "does not speak: the server answered 500", "base_url")


async def test_a_server_without_a_list_may_speak(here: Path) -> None:
    """Some providers have no list of models; the word is what counts."""
    async with ModelServer(key=KEY) as model:
        model.models_reply = replies.html(404)
        souls = [{"name": "KU1.0", "model": "base"}]
        code, lines = await told(chosen(here, backends=mind(model.url), souls=souls))

    assert 0 == code
    assert "'KU1.0' (base) speaks" in lines["backends.default"]


async def test_a_backend_that_no_soul_uses(here: Path) -> None:
    """It is asked for its models and for no word."""
    async with ModelServer(key=KEY) as model:
        backends = {"default": {"kind": "scripted"}, "spare": mind(model.url)["default"]}
        code, lines = await told(chosen(here, backends=backends))

    assert 0 == code
    assert "no soul uses it" in lines["backends.spare"]
    assert [] == model.requests


async def test_a_token_that_nobody_knows(here: Path) -> None:
    """Telegram's 401 is about the token."""
    async with BotApi("42:OTHER") as telegram:
        code, lines = await told(chosen(here, telegram=bot(telegram)))

    assert 1 == code
    assert_wrong(lines["telegram"], "does not know this token", "@BotFather")


async def test_an_address_that_is_no_bot_api(here: Path) -> None:
    """A page where the Bot API should be is not blamed on the token."""
    async with BotApi(TOKEN) as telegram:
        telegram.faults.add("getMe", Fault.gateway(502))
        code, lines = await told(chosen(here, telegram=bot(telegram)))

    assert 1 == code
    assert_wrong(lines["telegram"], "answers 502", "telegram.api_base")


async def test_a_webhook_left_set(here: Path) -> None:
    """Telegram would refuse to be polled; the line says so before anybody waits for an answer."""
    async with BotApi(TOKEN) as telegram:
        await hook_at(telegram, "http://127.0.0.1:9/elsewhere")
        code, lines = await told(chosen(here, telegram=bot(telegram)))

    assert 1 == code
    assert_wrong(lines["telegram"], "a webhook is set at 127.0.0.1:9", "deleteWebhook")


async def test_a_webhook_that_leads_elsewhere(here: Path) -> None:
    """Another address than ours is registered."""
    async with BotApi(TOKEN) as telegram:
        await hook_at(telegram, "http://127.0.0.1:9/elsewhere")
        mode = {"mode": "webhook", "public_url": "https://anima.example"}
        code, lines = await told(chosen(here, telegram=bot(telegram, **mode)))

    assert 1 == code
    assert_wrong(lines["telegram"], "leads to another address", "start Anima")


@pytest.mark.parametrize("alive", [True, False])
async def test_the_way_to_our_own_door(here: Path, alive: bool) -> None:
    """The public address must lead to our hook, and only ours knows how to refuse a stranger."""
    port = free_port()
    async with BotApi(TOKEN) as telegram:
        table = bot(telegram, mode="webhook", public_url=f"http://127.0.0.1:{port}")
        settings = chosen(here, telegram=table, web={"port": port})
        async with running(settings) if alive else nobody():
            code, lines = await told(settings)

    if alive:
        assert "the webhook is registered at the next start" in lines["telegram"]
    else:
        assert 1 == code
        assert_wrong(lines["telegram"], "telegram.public_url", "let the proxy pass")


async def test_updates_that_telegram_could_not_bring(here: Path) -> None:
    """What Telegram last complained of is told while it is fresh."""
    address = f"http://127.0.0.1:{free_port()}"
    async with BotApi(TOKEN) as telegram:
        await hook_at(telegram, f"{address}/hooks/telegram")
        ann = telegram.person()
        telegram.says(ann, ann, "hello")
        await telegram.until(lambda: telegram.world.mishap)
        table = bot(telegram, mode="webhook", public_url=address)
        code, lines = await told(chosen(here, telegram=table))

    assert 1 == code
    assert_wrong(lines["telegram"], "could not bring updates: Connection failed", "public_url")


async def test_a_port_that_is_taken(here: Path) -> None:
    """Whatever listens there, it is not us."""
    server = await asyncio.start_server(lambda _read, write: write.close(), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        code, lines = await told(chosen(here, web={"port": port}))

    assert 1 == code
    assert_wrong(lines["web"], f"web.port: {port} is taken", "0 for any free one")


async def test_a_port_that_is_ours_already(here: Path) -> None:
    """An Anima that runs is found, and what it says of itself is told."""
    port = free_port()
    settings = chosen(here, web={"port": port})
    async with running(settings):
        code, lines = await told(settings)

    assert 0 == code
    assert f"Anima runs at http://127.0.0.1:{port} and is well" in lines["web"]


async def test_a_clock_that_is_wrong(here: Path) -> None:
    """A far side's own date tells."""
    async with ModelServer(key=KEY) as model:
        code, lines = await told(chosen(here, backends=mind(model.url)), AheadClock())

    assert 1 == code
    assert_wrong(lines["clock"], " s ahead of 127.0.0.1:", "timedatectl")


def test_a_clock_that_is_behind() -> None:
    """The worst far side is named, and the direction."""
    finding = time_of_day({"a.example": 3.0, "b.example": -100.0})

    assert_wrong(str(finding), "100 s behind b.example", "NTP")


async def weights(here: Path, **table: object) -> str:
    """The line of the built-in model."""
    _, lines = await told(chosen(here, backends={"default": {"kind": "builtin", **table}}))
    return lines["backends.default"]


@pytest.fixture
def runtime(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """A place where the model's server can be imported from, whether it is installed or not."""
    folder = tmp_path_factory.mktemp("runtime")
    (folder / f"{RUNTIME}.py").touch()
    monkeypatch.syspath_prepend(folder)


@pytest.mark.usefixtures("runtime")
async def test_the_built_in_model_is_asked_for_its_weights(here: Path) -> None:
    """Here, to be fetched, switched off, or wished for by a name that nobody knows."""
    async with ModelServer() as hub:
        address = hub.url.removesuffix("/v1")
        to_come = await weights(here, hub=address)
        away = await weights(here, hub=f"http://127.0.0.1:{free_port()}")
    without = await weights(here, hub="")
    off = await weights(here, weights="off")
    unknown = await weights(here, weights="llama-9000")
    (here / "models").mkdir()
    (here / "models" / "mine.gguf").write_bytes(b"weights")
    mine = await weights(here, hub="")

    assert "answers, and they are fetched at the first start" in to_come
    assert "a stand-in answers meanwhile" in away
    assert "packages are asked at the first start" in without
    assert "the scripted stand-in answers" in off
    assert_wrong(unknown, "'llama-9000' is no file", "anima model list")
    assert "its weights are here: models/mine.gguf" in mine


async def test_the_command_tells_it_all_and_fails(here: Path) -> None:
    """The real `anima doctor`: five things broken, a line for each, exit 1, no traceback."""
    async with BotApi("42:OTHER") as telegram, ModelServer(key="another") as model:
        gone = free_port()
        settings = f"""
        data = "/proc/anima"
        persona = "nowhere"
        database.url = "sqlite:///{here}/anima.db"
        redis.url = "redis://127.0.0.1:{gone}/0"
        web.port = 0
        [telegram]
        token = "{TOKEN}"
        api_base = "{telegram.url}"
        [backends.default]
        kind = "openai"
        base_url = "{model.url}"
        api_key = "{KEY}"
        """
        (here / "anima.toml").write_text(settings, encoding="utf-8")
        process = await asyncio.create_subprocess_exec(
            *(*command, "doctor"),
            cwd=here,
            env=environ(),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        out, err = await asyncio.wait_for(process.communicate(), 60)

    wrong = [line.split()[1] for line in out.decode().splitlines() if line.startswith("WRONG")]
    assert (1, b"") == (process.returncode, err)
    assert ["persona:", "data:", "redis:", "backends.default:", "telegram:"] == wrong
    assert b"canary" not in out


async def test_a_part_that_hangs_is_given_up() -> None:
    """One that never answers is a line of its own, and the others are told all the same."""
    never = Part("slow", asyncio.Event().wait, "wake it")  # type: ignore[arg-type] # never returns

    findings = await attempt(never, limit_s=0.01)

    assert_wrong(str(findings[0]), "no answer within 0.01 s", "wake it")


async def minds(settings: Settings, clock: SystemClock | None = None) -> tuple[int, list[str]]:
    """The exit code and all lines about servers of models."""
    write = io.StringIO()
    code = await examine(settings, write, clock=clock)
    for secret in ("canary", "made-up-secret", "made-up-key", "authorization="):
        assert secret not in write.getvalue()
    return code, [line for line in write.getvalue().splitlines() if " backends." in line]


def gpus(*urls: str, **more: object) -> dict[str, object]:
    """The table of vLLM servers."""
    return {"default": {"kind": "vllm", "base_url": list(urls), "api_key": KEY, **more}}


def adapted(path: str) -> list[dict[str, object]]:
    """A soul that is an adapter."""
    return [{"name": "KU5.0", "model": "ku-5", "adapter": path}]


def spark(server: XfyunServer, **more: object) -> dict[str, object]:
    """The table of iFLYTEK's WebSocket."""
    keys = {"app_id": server.app_id, "api_key": server.key, "api_secret": server.secret}
    return {"default": {"kind": "xfyun", "url": server.url, **keys, **more}}


SPARKED = [{"name": "KU8.0", "model": "xs", "adapter": "2048000000000000"}]


async def test_vllm_is_well(here: Path) -> None:
    """A line for each replica; the adapter is loaded under the name it will be asked by."""
    path = adapter(here, "ku-5")
    async with VllmServer(key=KEY) as one, VllmServer(key=KEY) as two:
        settings = chosen(here, backends=gpus(one.url, two.url), souls=adapted(path))
        code, lines = await minds(settings)
        again = await minds(settings)

    assert 0 == code == again[0]
    assert [True, True] == ["soul 'KU5.0' (ku-5) speaks" in line for line in lines]
    assert {"ku-5": path} == one.adapters == two.adapters
    assert ["ku-5"] == one.loads == two.loads


async def test_one_replica_of_two_is_away(here: Path) -> None:
    """It is named, the other one is well, and the doctor fails."""
    gone = free_port()
    async with VllmServer(key=KEY) as one:
        backends = gpus(one.url, f"http://127.0.0.1:{gone}/v1")
        souls = adapted(adapter(here, "ku-5"))
        code, lines = await minds(chosen(here, backends=backends, souls=souls))

    assert 1 == code
    assert lines[0].startswith("ok ")
    assert_wrong(lines[1], f"127.0.0.1:{gone} does not answer", "backends.default.base_url")


@pytest.mark.parametrize("fault", ["rank", "path", "closed", "base"])
async def test_an_adapter_that_is_refused(here: Path, fault: str) -> None:
    """The server's own reason, and the soul's keys; nothing is left loaded."""
    path = "/nowhere/ku-5" if fault == "path" else adapter(here, "ku-5", rank=64)
    async with VllmServer(key=KEY, updating=fault != "closed") as server:
        souls = adapted(path)
        if fault == "base":
            souls[0]["model"] = "base"
        code, lines = await minds(chosen(here, backends=gpus(server.url), souls=souls))

    said = {
        "rank": "LoRA rank 64 is greater than max_lora_rank 16",
        "path": "No adapter found for /nowhere/ku-5",
        "closed": "VLLM_ALLOW_RUNTIME_LORA_UPDATING=1",
        "base": "a base model has this name",
    }
    assert 1 == code
    assert_wrong(lines[0], said[fault], "souls.0.adapter or souls.0.model")
    assert {} == server.adapters


async def test_maas_is_well_or_refuses_our_key(here: Path) -> None:
    """A list it may not have; a word with the adapter in its header tells."""
    souls = [{"name": "KU7.0", "model": "xq", "adapter": "1947000000000000"}]
    async with ModelServer(key=KEY) as server:
        server.models_reply = replies.html(404)
        settings = chosen(here, backends=mind(server.url, kind="maas"), souls=souls)
        well = await minds(settings)
        server.key = "another"
        refused = await minds(settings)
        server.key = KEY
        server.otherwise = replies.Reply([replies.iflytek(11200, "no licence")])
        unlicensed = await minds(settings)

    assert 0 == well[0]
    assert "'KU7.0' (xq) speaks" in well[1][0]
    assert "1947000000000000" == server.requests[0].headers["lora_id"]
    assert_wrong(refused[1][0], "answered 401", "put right backends.default.api_key")
    assert_wrong(unlicensed[1][0], "11200: no right to this model", "souls.0.adapter")
    assert [1, 1] == [refused[0], unlicensed[0]]


async def test_spark_is_well(here: Path) -> None:
    """A word of the soul, with its patch, and the clocks are compared."""
    async with XfyunServer(SystemClock()) as server:
        code, lines = await told(chosen(here, backends=spark(server), souls=SPARKED))

    assert 0 == code
    assert "soul 'KU8.0' (xs) speaks" in lines["backends.default"]
    assert f"agrees with 127.0.0.1:{server.port}" in lines["clock"]
    assert ["2048000000000000"] == server.requests[0].frame["header"]["patch_id"]


async def test_headers_go_to_spark_too(here: Path) -> None:
    """As to every other kind of server."""
    async with XfyunServer(SystemClock()) as server:
        backends = spark(server, headers={"X-Team": "blue"})
        code, _ = await minds(chosen(here, backends=backends, souls=SPARKED))

    assert 0 == code
    assert "blue" == server.requests[0].headers["X-Team"]


async def test_spark_that_is_away(here: Path) -> None:
    """The host and the setting are named."""
    async with XfyunServer(SystemClock()) as server:
        settings = chosen(here, backends=spark(server), souls=SPARKED)
    code, lines = await minds(settings)

    assert 1 == code
    assert_wrong(lines[0], f"127.0.0.1:{server.port} does not answer", "backends.default.url")


async def test_a_wrong_secret_for_spark(here: Path) -> None:
    """The signature is refused, and neither it nor the secret is shown."""
    async with XfyunServer(SystemClock()) as server:
        backends = spark(server, api_secret="canary-secret")
        code, lines = await minds(chosen(here, backends=backends, souls=SPARKED))

    assert 1 == code
    assert_wrong(lines[0], "refused our signature, with 401", "api_secret of backends.default")


async def test_a_clock_too_wrong_for_spark(here: Path) -> None:
    """Both lines say so: the signature's, and the clock's."""
    async with XfyunServer(SystemClock()) as server:
        settings = chosen(here, backends=spark(server), souls=SPARKED)
        code, lines = await told(settings, LateClock())

    assert 1 == code
    assert_wrong(lines["backends.default"], "this machine's clock", "iFLYTEK's console")
    assert_wrong(lines["clock"], "s behind 127.0.0.1:", "timedatectl")


@pytest.mark.parametrize("number", [10016, 10163, 11200, 11201])
async def test_what_spark_has_against_us(here: Path, number: int) -> None:
    """Its number and what that means."""
    async with XfyunServer(SystemClock()) as server:
        server.otherwise = xfyun_replies.Told([xfyun_replies.code(number)])
        code, lines = await minds(chosen(here, backends=spark(server), souls=SPARKED))

    assert 1 == code
    assert_wrong(lines[0], f"broke off with {number}: ", "souls.0.model and souls.0.adapter")
