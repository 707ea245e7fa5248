"""Settings come from a file and the environment, and every mistake is one clear line."""

from pathlib import Path

import pytest

from anima.errors import ConfigError
from service.settings import Settings, is_loopback, load, secrets

TOKEN = "123456:ABC-DEF"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(text: str, **environ: str) -> Settings:
    Path("anima.toml").write_text(text, encoding="utf-8")
    return load(None, environ)


def complaints(text: str, **environ: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        written(text, **environ)
    return str(caught.value).splitlines()


def test_nothing_is_required() -> None:
    """Without a file and variables all defaults hold, with one soul on the default backend."""
    actual = load(None, {"PATH": "/bin"})

    assert Settings() == actual
    assert [("default", "default", "")] == [
        (soul.name, soul.backend, soul.model) for soul in actual.souls
    ]


def test_the_file_here_is_read() -> None:
    """`anima.toml` in the working directory counts without being named."""
    actual = written("[pace]\nlinger_s = 0\ntyping = false\n")

    assert (0, False) == (actual.pace.linger_s, actual.pace.typing)


def test_a_named_file_must_exist() -> None:
    """A `--config` that does not exist stops the start."""
    with pytest.raises(ConfigError) as caught:
        load(Path("nowhere.toml"), {})

    assert "nowhere.toml: cannot be read: no such file or directory" == str(caught.value)


def test_a_named_file_is_read_instead(here: Path) -> None:
    """`--config` wins over the file in the working directory."""
    (here / "anima.toml").write_text("data = 'usual'")
    other = here / "other.toml"
    other.write_text("data = 'named'")

    actual = load(other, {})

    assert Path("named") == actual.data


def test_a_byte_order_mark_is_no_part_of_the_file(here: Path) -> None:
    """A file as Notepad saves it is read like any other."""
    (here / "anima.toml").write_bytes(b"\xef\xbb\xbfdata = 'x'\r\n")

    actual = load(None, {})

    assert Path("x") == actual.data


def test_a_file_in_another_encoding_is_named_with_its_line(here: Path) -> None:
    """What is not UTF-8 is one line with the place, not a traceback."""
    (here / "anima.toml").write_bytes("data = 'x'\npersona = 'é'".encode("latin-1"))

    with pytest.raises(ConfigError) as caught:
        load(None, {})

    assert "anima.toml, line 2: not UTF-8; save the file as UTF-8" == str(caught.value)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[web]\nport = = 3\n", "anima.toml, line 2, column 8: "),
        ("[web", "anima.toml, at its end: "),
    ],
)
def test_broken_toml_is_named_with_its_place(text: str, place: str) -> None:
    """A slip in the file is told with line and column."""
    actual = complaints(text)

    assert [True] == [line.startswith(place) for line in actual]


def test_a_bottomless_file_is_refused() -> None:
    """A file nested a thousand times deep is one line too."""
    actual = complaints(f"x = {'[' * 5000}{']' * 5000}")

    assert ["anima.toml: nested too deeply"] == actual


def test_the_environment_wins() -> None:
    """A variable counts more than the file, and reaches every level and type."""
    actual = written(
        "[web]\nport = 1\n[backends.Kimi]\nkind = 'openai'\nbase_url = 'http://a'\n",
        ANIMA_WEB__PORT="0",
        ANIMA_BACKENDS__KIMI__BASE_URL="https://b.example/v1/",
        ANIMA_BACKENDS__KIMI__HEADERS='{"X-Team": "a"}',
        ANIMA_BACKENDS__DEFAULT__KIND="scripted",
        ANIMA_PACE__TYPING="0",
        ANIMA_PACE__LINGER_S="0.5",
        ANIMA_ACCESS__ADMINS="telegram:1, discord:2",
        ANIMA_ACCESS__LISTED='["telegram:3"]',
        ANIMA_SOULS='[{"name": "KU5.0", "backend": "Kimi", "temperature": 1}]',
    )

    assert (0, False, 0.5) == (actual.web.port, actual.pace.typing, actual.pace.linger_s)
    assert "https://b.example/v1" == actual.backends["Kimi"].base_url
    assert {"X-Team": "a"} == actual.backends["Kimi"].headers
    assert ["Kimi", "default"] == sorted(actual.backends)
    assert (("telegram:1", "discord:2"), ("telegram:3",)) == (
        actual.access.admins,
        actual.access.listed,
    )
    assert ["KU5.0"] == [soul.name for soul in actual.souls]


def test_a_whole_table_may_come_as_json() -> None:
    """A table in one variable is read before the variables that go deeper."""
    actual = load(None, {"ANIMA_WEB": '{"port": 1}', "ANIMA_WEB__HOST": "::1"})

    assert (1, "::1") == (actual.web.port, actual.web.host)


def test_an_empty_variable_leaves_what_is_not_text() -> None:
    """A number or a list that a compose file passes on empty stays at its default."""
    names = ("WEB__PORT", "PACE__TYPING", "SOULS", "DATABASE__URL", "TELEGRAM__TOKEN")

    actual = load(None, {f"ANIMA_{name}": "" for name in names})

    assert Settings() == actual


def test_variables_of_the_platform_are_no_settings() -> None:
    """What Kubernetes tells every container about services, and our log's level, is left alone."""
    actual = load(
        None,
        {
            "ANIMA_SERVICE_HOST": "10.0.0.1",
            "ANIMA_PORT": "tcp://10.0.0.1:8080",
            "ANIMA_WEB_PORT_8080_TCP_ADDR": "10.0.0.1",
            "ANIMA_WEB_SERVICE_PORT_HTTP": "8080",
            "ANIMA_LOG": "debug",
        },
    )

    assert Settings() == actual


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[telegram]\ntokn = 'x'", "telegram.tokn: unknown; did you mean telegram.token?"),
        ("[telegrm]\ntoken = 'x'", "telegrm: unknown; did you mean telegram?"),
        ("token = 'x'", "token: unknown; did you mean telegram.token?"),
        (
            "[backends.mine]\nbaseurl = 'x'",
            "backends.mine.baseurl: unknown; did you mean backends.mine.base_url?",
        ),
        (
            "[[souls]]\nname = 'a'\ntemprature = 1",
            "souls.0.temprature: unknown; did you mean souls.0.temperature?",
        ),
    ],
)
def test_an_unknown_key_names_the_nearest(text: str, line: str) -> None:
    """A misspelt key is told with the whole path of the one that was probably meant."""
    actual = complaints(text)

    assert [line] == actual


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        (
            "ANIMA_TELEGRAM_TOKEN",
            TOKEN,
            "ANIMA_TELEGRAM_TOKEN: unknown; did you mean ANIMA_TELEGRAM__TOKEN (telegram.token)?",
        ),
        ("ANIMA_WEB__PORT", "eighty", "web.port: 'eighty' must be a whole number"),
        (
            "ANIMA_WEB_PORT",
            "80",
            "ANIMA_WEB_PORT: unknown; did you mean ANIMA_WEB__PORT (web.port)?",
        ),
        ("ANIMA_PACE__TYPING", "maybe", "pace.typing: 'maybe' must be true or false"),
        ("ANIMA_PACE__LINGER_S", "nan", "pace.linger_s: 'nan' must be a number"),
        (
            "ANIMA_SOULS",
            "[",
            (
                "souls: ANIMA_SOULS is not JSON (expecting value); "
                'write it like [{"name": "KU5.0", "model": "ku-5"}]'
            ),
        ),
        ("ANIMA_SOULS", "{}", "souls: must be a list of tables"),
        (
            "ANIMA_SOULS__0__NAME",
            "x",
            (
                "ANIMA_SOULS__0__NAME: unknown; set ANIMA_SOULS as JSON, "
                'write it like [{"name": "KU5.0", "model": "ku-5"}]'
            ),
        ),
        (
            "ANIMA_ACCESS__ADMINS",
            "[1",
            (
                "access.admins: ANIMA_ACCESS__ADMINS is not JSON (expecting ',' delimiter); "
                'write it like ["one", "two"] or one,two'
            ),
        ),
        (
            "ANIMA_BACKENDS__DEFAULT__BODY",
            "[" * 100_000,
            (
                "backends.default.body: ANIMA_BACKENDS__DEFAULT__BODY is not JSON (unreadable); "
                'write it like {"key": "value"}'
            ),
        ),
    ],
)
def test_a_wrong_variable_is_one_line(name: str, value: str, line: str) -> None:
    """A variable that is unknown or says nonsense is told with what would be right."""
    actual = complaints("", **{name: value})

    assert [line] == actual


def test_a_variable_into_a_wrong_table_leaves_the_file_to_be_blamed() -> None:
    """When the file has no table where a variable goes, the file's mistake is told."""
    actual = complaints("web = 3\n[backends]\ndefault = 1", ANIMA_BACKENDS__DEFAULT__URL="x")

    assert ["web: must be a table", "backends.default: must be a table"] == actual


def test_a_variable_below_what_is_no_table_leaves_the_file_to_be_blamed() -> None:
    """The same holds two levels further down."""
    actual = complaints("backends = 3", ANIMA_BACKENDS__DEFAULT__URL="x")

    assert ["backends: must be a table"] == actual


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[web]\nport = '80'", "web.port: '80' must be a whole number"),
        ("[web]\nport = true", "web.port: True must be a whole number"),
        ("[web]\nport = 65536", "web.port: 65536 must be at most 65535"),
        ("[web]\nhost = ''", "web.host: '' must not be empty"),
        ("[pace]\nlinger_s = -1", "pace.linger_s: -1 must be at least 0"),
        ("[pace]\nlinger_s = inf", "pace.linger_s: inf must be a number"),
        ("[limits]\nper_minute = 0", "limits.per_minute: 0 must be more than 0"),
        ("[access]\nadmins = [1]", "access.admins.0: 1 must be a text in quotes"),
        (
            "[access]\nadmins = 'x'",
            'access.admins: \'x\' must be a list of texts, like ["one", "two"]',
        ),
        (
            "[access]\nadmins = ['bob']",
            'access.admins.0: \'bob\' names nobody; write it like "telegram:123" or "discord:456"',
        ),
        ("[access]\nwho = 'me'", "access.who: 'me' must be 'everyone', 'listed' or 'paired'"),
        ("[[souls]]\nname = 'a'\ntemperature = 3", "souls.0.temperature: 3 must be at most 2"),
        ("[[souls]]\nmodel = 'a'", "souls.0.name: missing; the version's name."),
        ("persona = 3", "persona: 3 must be a text in quotes"),
        (
            f"persona = ['{'x' * 200}']",
            "persona: must be a text in quotes",
        ),
        (f"[pace]\ntyping = '{'x' * 200}'", f"pace.typing: '{'x' * 79}… must be true or false"),
        (
            "[telegram]\napi_base = 'api.telegram.org'",
            (
                "telegram.api_base: 'api.telegram.org' is no web address; "
                "it begins with https:// or http:// and names a host"
            ),
        ),
        (
            "[backends.default]\nbase_url = 'http://[::1'",
            (
                "backends.default.base_url: 'http://[::1' is no web address; "
                "it begins with https:// or http:// and names a host"
            ),
        ),
        (
            "[backends.default]\nbase_url = 'http://me:pass@host'",
            (
                "backends.default.base_url: 'http://me:***@host' "
                "holds a name or a password, which belong into a key or a header"
            ),
        ),
    ],
)
def test_a_wrong_value_is_one_line(text: str, line: str) -> None:
    """A value that cannot be right is shown, with what would be."""
    actual = complaints(text)

    assert [line] == actual


SECRET = "hunter2-is-my-secret"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            f"telegram.token = '{SECRET}'",
            (
                "telegram.token: is no bot token; "
                "it has the form 123456:ABC-DEF… and @BotFather on Telegram gives it"
            ),
        ),
        (f"telegram = '{SECRET}'", "telegram: must be a table"),
        (f"web.password = ['{SECRET}']", "web.password: must be a text in quotes"),
        (
            f'web.password = "{SECRET}\\nx"',
            "web.password: has a line break or a control character; put one line there",
        ),
        (f"backends.default.headers = '{SECRET}'", "backends.default.headers: must be a table"),
        (
            f"backends.default.headers.Authorization = ['{SECRET}']",
            "backends.default.headers.Authorization: must be a text in quotes",
        ),
        (
            f"telegram.webhook_secret = '{SECRET}!'",
            "telegram.webhook_secret: must be 1 to 256 of the characters A-Z a-z 0-9 _ -",
        ),
        (
            f"redis.url = '{SECRET}'",
            "redis.url: is no address of Redis; write redis://host:6379/0, rediss:// or unix://",
        ),
    ],
)
def test_a_wrong_secret_is_never_shown(text: str, line: str) -> None:
    """The line about a secret says what would be right and not what is there."""
    actual = complaints(text)

    assert [line] == actual


def test_all_mistakes_are_told_at_once() -> None:
    """Whoever made three mistakes reads three lines."""
    actual = complaints("[web]\nport = -1\nprot = 1", ANIMA_NONSENSE="1")

    assert 3 == len(actual)


def test_a_secret_may_live_in_a_file(here: Path) -> None:
    """`file:` reads a secret from there, without the newline that editors add."""
    (here / "token").write_text(f"{TOKEN}\n")

    actual = load(None, {"ANIMA_TELEGRAM__TOKEN": f"file:{here / 'token'}"})

    assert TOKEN == actual.telegram.token.get_secret_value()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "cannot read 'key': no such file or directory"),
        (b"\xff\xfe", "'key' is not UTF-8; save it as plain text"),
        (b"x" * 70_000, "'key' is longer than 65536 bytes; that is no secret"),
    ],
)
def test_a_secret_file_that_cannot_be_one_is_told(
    here: Path, content: bytes | None, reason: str
) -> None:
    """A missing, binary or endless file is one line that names it."""
    if content is not None:
        (here / "key").write_bytes(content)

    actual = complaints("[web]\npassword = 'file:key'")

    assert [f"web.password: {reason}"] == actual


def test_no_secret_is_shown_by_accident() -> None:
    """Printing the settings shows neither keys nor headers nor passwords."""
    settings = written(
        f"""
        telegram.token = "{TOKEN}"
        database.url = "postgresql://me:{SECRET}@host/db"
        backends.default.api_key = "{SECRET}"
        backends.default.headers.Authorization = "Bearer {SECRET}"
        backends.default.body.api_token = "{SECRET}"
        """
    )

    shown = repr(settings) + str(settings)

    assert (False, False) == (SECRET in shown, TOKEN in shown)


def test_every_secret_is_known_to_the_log() -> None:
    """The values to cut out are the keys, the passwords inside addresses, and telling headers."""
    settings = written(
        f"""
        telegram.token = "{TOKEN}"
        telegram.webhook_secret = "hook"
        database.url = "postgres://me:p%40ss@host/db"
        web.password = "{SECRET}"
        backends.default.headers = {{ Authorization = "Bearer abc", X-Team = "red" }}
        """
    )

    actual = secrets(settings)

    assert {TOKEN, "hook", "p%40ss", "p@ss", SECRET, "Bearer abc", "abc"} == actual


def test_without_secrets_there_is_nothing_to_cut() -> None:
    """The plain address of a database is no secret."""
    actual = secrets(Settings())

    assert frozenset() == actual


def test_the_hook_has_a_secret_of_its_own() -> None:
    """Without a webhook secret one is made from the token, the same in every process."""
    one = written(f"telegram.token = '{TOKEN}'")
    two = written(f"telegram.token = '{TOKEN}'")

    actual = one.telegram.hook_secret()

    assert two.telegram.hook_secret() == actual
    assert 64 == len(actual)
    assert TOKEN not in actual


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("sqlite:///data/x.db", "sqlite:///data/x.db"),
        ("sqlite:////var/x.db", "sqlite:////var/x.db"),
        ("sqlite+aiosqlite:///x.db", "sqlite:///x.db"),
        ("postgresql://a:b@c/d", "postgresql://a:b@c/d"),
        ("postgres://a:b@c:5/d?x=1", "postgresql://a:b@c:5/d?x=1"),
        ("postgresql+asyncpg://c/d", "postgresql://c/d"),
    ],
)
def test_a_database_is_named_as_people_name_it(url: str, expected: str) -> None:
    """The usual spellings of an address mean the same."""
    actual = load(None, {"ANIMA_DATABASE__URL": url})

    assert expected == actual.database.url.get_secret_value()


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("mysql://a:b@c/d", "is no database we know"),
        ("postgresql:", "is no database we know"),
        ("postgresql://", "is no database we know"),
        ("data/anima.db", "is no database we know"),
        ("sqlite://", "would forget everything at the end"),
        ("sqlite:///", "would forget everything at the end"),
        ("sqlite:///:memory:", "would forget everything at the end"),
        ("sqlite://data/x.db", "needs three slashes before a relative path"),
    ],
)
def test_another_database_is_refused(url: str, reason: str) -> None:
    """An engine that we do not speak, or that forgets, is one clear line."""
    actual = complaints(f"database.url = '{url}'")

    assert [True] == [line.startswith(f"database.url: {reason}") for line in actual]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("data = '/var/anima'", "sqlite:////var/anima/anima.db"),
        ("data = 'here'", "sqlite:///here/anima.db"),
        ("data = 'here'\ndatabase.url = 'sqlite:///there.db'", "sqlite:///there.db"),
    ],
)
def test_the_database_lies_with_what_we_keep(text: str, expected: str) -> None:
    """Whoever moves `data` moves the database with it, unless its address is set."""
    actual = written(text)

    assert expected == actual.database.url.get_secret_value()


def test_an_empty_list_of_souls_is_none() -> None:
    """`souls = []` means the same as saying nothing."""
    actual = written("souls = []")

    assert ["default"] == [soul.name for soul in actual.souls]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "telegram.mode = 'webhook'",
            [
                (
                    "telegram.public_url: missing; the webhook needs the https address that "
                    'reaches us, or set telegram.mode to "polling"'
                )
            ],
        ),
        (
            "telegram.mode = 'webhook'\ntelegram.public_url = 'http://a.example/'",
            ["telegram.public_url: 'http://a.example' must begin with https://"],
        ),
        (
            "web.host = '0.0.0.0'",
            [
                (
                    "web.password: missing; '0.0.0.0' can be reached from outside, so the owner "
                    'needs one, or set web.host to "127.0.0.1"'
                )
            ],
        ),
        (
            "discord.shards = 2\ndiscord.shard_ids = [1, 2]",
            ["discord.shard_ids: 2 is none of 2, which are numbered from 0"],
        ),
        (
            "backends.default.kind = 'vllm'",
            ["backends.default.base_url: missing; say where the server is, like https://host/v1"],
        ),
        (
            "backends.default = {kind = 'maas', base_url = ['http://a/v1', 'http://b/v1']}",
            ["backends.default.base_url: 'maas' has one address; only vllm takes several"],
        ),
        (
            "backends.default = {kind = 'vllm', base_url = ['http://a/v1', 'b']}",
            [
                (
                    "backends.default.base_url: is no web address; it begins with https:// or http://"
                    " and names a host"
                )
            ],
        ),
        (
            "backends.default = {kind = 'vllm', base_url = 7}",
            [
                (
                    "backends.default.base_url: 7 must be a text in quotes, or a list like"
                    ' ["http://a/v1", "http://b/v1"]'
                )
            ],
        ),
        (
            (
                "backends.default = {kind = 'xfyun', url = 'https://a/chat', app_id = 'a',"
                " domain = 'd'}"
            ),
            [
                (
                    "backends.default.url: 'https://a/chat' is no WebSocket address; it is like"
                    " wss://host/v1.1/chat"
                ),
                "backends.default.api_key: missing; iFLYTEK's console shows it",
                "backends.default.api_secret: missing; iFLYTEK's console shows it",
            ],
        ),
        (
            "souls = [{name = 'a', adapter = 'b'}]",
            [
                (
                    "souls.0.adapter: 'builtin' loads no adapters; use a backend of kind vllm, maas"
                    " or xfyun, or name what it serves in model"
                )
            ],
        ),
        (
            (
                "backends.default = {kind = 'vllm', base_url = 'http://a/v1'}\n"
                "souls = [{name = 'a', model = 'm', adapter = '/1'},"
                " {name = 'b', model = 'm', adapter = '/2'}]"
            ),
            [
                (
                    "souls.1.model: 'm' is the name of another adapter already; an adapter is never"
                    " replaced, so give each its own"
                )
            ],
        ),
        (
            "backends.default.kind = 'openai'",
            ["backends.default.base_url: missing; say where the server is, like https://host/v1"],
        ),
        (
            "backends.default.context = 1000",
            [
                (
                    "backends.default.max_tokens: 1024 leaves no room for the question; "
                    "it must be less than context (1000)"
                )
            ],
        ),
        (
            "souls = [{name='a', backend='b', fallback=['c', 'a']}, {name='a'}]",
            [
                "souls: 'a' is there 2 times; each version needs its own name",
                "souls.0.backend: 'b' is no backend; known: 'default'",
                "souls.0.fallback: 'c' is no other soul; known: 'a'",
                "souls.0.fallback: 'a' is no other soul; known: 'a'",
            ],
        ),
        (
            "backends.mine.kind = 'scripted'",
            [
                (
                    "souls: none is configured, and the default one needs backends.default; "
                    "known: 'mine'"
                )
            ],
        ),
        (
            "backends = {}",
            ["souls: none is configured, and the default one needs backends.default; known: none"],
        ),
        (
            "memory = {embeddings = 'openai', api_key = 'ключ'}",
            [
                "memory.base_url: missing; say where the server is, like https://host/v1",
                "memory.model: missing; say which of the server's models makes vectors of texts",
                (
                    "memory.api_key: holds what no HTTP header can carry; it is plain letters and"
                    " digits"
                ),
            ],
        ),
        (
            "memory.base_url = 'http://h/v1'",
            ['memory.embeddings: missing; with memory.base_url it is "openai"'],
        ),
        (
            "memory = {embeddings = 'off', second = true}",
            [
                (
                    "memory.second: there is no second model without a first; set it to false, or"
                    ' memory.embeddings to "builtin"'
                )
            ],
        ),
    ],
)
def test_what_does_not_go_together_is_told(text: str, lines: list[str]) -> None:
    """Settings that are right one by one and wrong together stop the start."""
    actual = complaints(text)

    assert lines == actual


def test_a_whole_file_goes_together() -> None:
    """A webhook, an open door with a password and two souls that stand in for each other."""
    actual = written(
        f"""
        telegram = {{ token = "{TOKEN}", mode = "webhook", public_url = "https://a.example/" }}
        web = {{ host = "0.0.0.0", password = "x" }}
        backends.one = {{ kind = "openai", base_url = "http://127.0.0.1:1/v1" }}
        redis.url = "redis://127.0.0.1/0"
        [[souls]]
        name = "a"
        backend = "one"
        fallback = ["b"]
        [[souls]]
        name = "b"
        backend = "one"
        """
    )

    assert (("b",), ()) == tuple(soul.fallback for soul in actual.souls)


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("Localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("anima.example", False),
    ],
)
def test_loopback_is_known(host: str, expected: bool) -> None:
    """Only an address of this machine itself needs no password."""
    actual = is_loopback(host)

    assert expected == actual


@pytest.mark.parametrize(
    ("given", "addresses"),
    [
        ("'http://a/v1'", ("http://a/v1",)),
        ("['http://a/v1/']", ("http://a/v1",)),
        ("['http://a/v1', 'http://b/v1', 'http://a/v1']", ("http://a/v1", "http://b/v1")),
        ("'http://a/v1, http://b/v1'", ("http://a/v1", "http://b/v1")),
    ],
)
def test_a_vllm_may_have_replicas(given: str, addresses: tuple[str, ...]) -> None:
    """One address is a text; several are a list, or in a variable a text with commas."""
    settings = written(f"backends.default = {{kind = 'vllm', base_url = {given}}}")

    actual = settings.backends["default"].addresses

    assert addresses == actual


def test_settings_do_not_change() -> None:
    """Once loaded, nothing can set a value."""
    settings = Settings()

    with pytest.raises(ValueError, match="frozen"):
        settings.web.port = 1
