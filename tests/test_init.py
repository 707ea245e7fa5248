"""`anima init`: five questions, answers checked at once, and a file that says what was answered."""

import io
import signal
import stat
import subprocess
import tomllib
from pathlib import Path

import pytest

from anima.errors import ConfigError
from service.init import init
from service.settings import Settings, load
from service.written import OPTIONAL, leaves, written
from tests.living import command, environ

NOTHING = "\n" * 5
TOKEN = "123456:ABC-DEF_ghi"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def answered(typed: str, *, force: bool = False) -> str:
    """What the terminal shows while *typed* is typed into it."""
    write = io.StringIO()
    assert 0 == init(Path("anima.toml"), io.StringIO(typed), write, force=force)
    return write.getvalue()


def test_enter_takes_every_default(here: Path) -> None:
    """Five times Enter is a file that means the same as none, and that only we may read."""
    answered(NOTHING)

    assert Settings() == load(None, {})
    assert 0o600 == stat.S_IMODE((here / "anima.toml").stat().st_mode)
    assert ["anima.toml"] == [path.name for path in here.iterdir()]


def test_every_answer_is_in_the_file() -> None:
    """Persona, token, server, key, model, database and password come back as they were typed."""
    base = "postgresql://ann:p%40ss@db.example/anima"
    lines = [
        "harrow",
        TOKEN,
        "2",
        "http://127.0.0.1:8000/v1",
        'sk-"q"\\',
        "ku-5",
        base,
        "pass word",
    ]

    answered("\n".join((*lines, "")))

    actual = load(None, {})
    mind, soul = actual.backends["default"], actual.souls[0]
    assert Path("personas/harrow") == actual.persona
    assert TOKEN == actual.telegram.token.get_secret_value()
    assert ("openai", lines[3], lines[4]) == (
        mind.kind,
        mind.base_url,
        mind.api_key.get_secret_value(),
    )
    assert ("ku-5", "ku-5") == (soul.name, soul.model)
    assert base == actual.database.url.get_secret_value()
    assert ("0.0.0.0", "pass word") == (actual.web.host, actual.web.password.get_secret_value())


@pytest.mark.parametrize(("folder", "model"), [("数据", "心心-5"), ("データ", "こころ")])
def test_chinese_and_japanese_answers_survive(folder: str, model: str) -> None:
    """They stand in the file as they are written, and come back from it."""
    answered(f"\n\n2\nhttp://127.0.0.1:1/v1\n\n{model}\n{folder}\n密码パスワード\n")

    actual = load(None, {})
    assert (Path(folder), model) == (actual.data, actual.souls[0].model)
    assert f"sqlite:///{folder}/anima.db" == actual.database.url.get_secret_value()
    assert "密码パスワード" == actual.web.password.get_secret_value()
    assert model in Path("anima.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("nowhere\n\n\n\n\n\n", "persona 'nowhere' is no folder"),
        ("\nhello\n\n\n\n\n", "is no bot token"),
        ("\n\n3\n\n\n\n", "'3' is neither 1 nor 2"),
        ("\n\n2\nhost\nhttp://127.0.0.1/v1\n\n\n\n\n", "is no web address"),
        ("\n\n2\n\nhttp://127.0.0.1/v1\n\n\n\n\n", "missing; say where the server is"),
        ("\n\n\npostgresql://\n\n\n", "is no database we know"),
        ("\n\n\n\nfile:/no/where\n\n", "cannot read '/no/where'"),
        ("\n\n\n\na\x1bb\n\n", "that is no plain text"),
    ],
)
def test_a_wrong_answer_is_asked_for_again(typed: str, said: str) -> None:
    """One line says what would be right, in the settings' own words; the next answer counts."""
    shown = answered(typed)

    assert 1 == shown.count(said)
    assert "canary" not in shown
    load(None, {})


def test_a_secret_that_was_refused_is_not_shown() -> None:
    """A token with a typing error is still nobody's business."""
    shown = answered("\n42:canary canary\n\n\n\n\n")

    assert "is no bot token" in shown
    assert "canary" not in shown


@pytest.mark.parametrize("typed", ["", "\n", "harrow\n123456:ABC\n2\nhttp://127.0.0.1/v1\n"])
def test_an_early_end_leaves_nothing(here: Path, typed: str) -> None:
    """When the input ends in the middle no file is there, not even a draft."""
    with pytest.raises(ConfigError, match="the input ended before the last answer"):
        answered(typed)

    assert [] == [path.name for path in here.iterdir()]


@pytest.mark.parametrize("refusal", ["\n", "no\n", "n\n"])
def test_what_is_there_stays(here: Path, refusal: str) -> None:
    """Without a clear yes the file is left as it was."""
    (here / "anima.toml").write_text("[web]\nport = 1\n")

    with pytest.raises(ConfigError, match="left as it was"):
        answered(refusal + NOTHING)

    assert "[web]\nport = 1\n" == (here / "anima.toml").read_text()


@pytest.mark.parametrize(("typed", "force"), [("yes\n" + NOTHING, False), (NOTHING, True)])
def test_what_is_there_may_be_replaced(here: Path, typed: str, force: bool) -> None:
    """By a yes, or by --force, which does not ask; nobody else may read the new one."""
    (here / "anima.toml").write_text("[web]\nport = 1\n")

    answered(typed, force=force)

    assert Settings() == load(None, {})
    assert 0o600 == stat.S_IMODE((here / "anima.toml").stat().st_mode)


def test_a_folder_that_is_not_there_is_said_first(here: Path) -> None:
    """Nobody answers five questions for nothing."""
    with pytest.raises(ConfigError, match="there is no folder 'no/where'"):
        init(Path("no/where/a.toml"), io.StringIO(NOTHING), io.StringIO())

    assert [] == list(here.iterdir())


def test_every_setting_stands_in_the_file_as_a_comment() -> None:
    """Each key with its meaning; with every default uncommented the file means the same."""
    text = written({("souls", "*", "name"): "default"})

    lines = text.splitlines()
    missing = [
        key.path
        for key in leaves()
        if not any(line.lstrip("# ").startswith(f"{key.path[-1]} = ") for line in lines)
    ]
    assert [] == missing
    names = tuple(f"# {key.path[-1]} = " for key in leaves())
    bare = "\n".join(line[2:] if line.startswith(names) else line for line in lines)
    Path("anima.toml").write_text(bare, encoding="utf-8")
    plain = load(None, {})
    assert set(tomllib.loads(bare)) == set(Settings.model_fields) - OPTIONAL
    assert plain.model_dump(exclude={"database"}) == Settings().model_dump(exclude={"database"})


@pytest.mark.slow
def test_answers_may_come_through_a_pipe(here: Path) -> None:
    """The real command, line by line, and the next steps at its end."""
    end = subprocess.run(
        [*command, "init", "mine.toml"],
        cwd=here,
        env=environ(),
        input=f"\n{TOKEN}\n1\n\n\n",
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert (0, "") == (end.returncode, end.stderr)
    assert "mine.toml is written. Next: anima doctor" in end.stdout
    assert TOKEN == load(here / "mine.toml", {}).telegram.token.get_secret_value()


@pytest.mark.slow
def test_ctrl_c_leaves_nothing(here: Path) -> None:
    """Interrupted at the second question: exit 130, no file, no traceback."""
    listening = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    python, option, start = command  # whoever runs us in the background may have it ignored
    process = subprocess.Popen(
        [python, option, listening + start, "init"],
        cwd=here,
        env=environ(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("\n")
    process.stdin.flush()
    while "2. A bot on Telegram?" not in process.stdout.readline():
        pass

    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)

    assert (130, "") == (process.returncode, err)
    assert [] == [path.name for path in here.iterdir()]
