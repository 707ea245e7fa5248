"""Database addresses as people write them."""

from pathlib import Path

import pytest

from anima.errors import ConfigError
from memory.address import to_url


@pytest.mark.parametrize(
    ("written", "driven"),
    [
        ("postgresql://me@host/base", "postgresql+asyncpg://me@host/base"),
        ("postgres://me@host/base", "postgresql+asyncpg://me@host/base"),
        ("postgresql+asyncpg://host:5433/base", "postgresql+asyncpg://host:5433/base"),
        (
            "postgresql://me:p%40ss@host/base?sslmode=require",
            "postgresql+asyncpg://me:p%40ss@host/base?ssl=require",
        ),
        (
            "postgres://host/base?sslmode=disable&application_name=anima",
            "postgresql+asyncpg://host/base?application_name=anima&ssl=disable",
        ),
    ],
)
def test_a_server_may_be_written_as_people_do(written: str, driven: str) -> None:
    """Every usual form reaches the one driver, with its word for encryption."""
    url = to_url(written)

    assert driven == url.render_as_string(hide_password=False)


def test_a_file_may_be_named_from_the_root(tmp_path: Path) -> None:
    """Four slashes, and the folders are made."""
    path = tmp_path / "a" / "b" / "anima.db"

    url = to_url(f"sqlite:///{path}")

    assert ("sqlite", str(path)) == (url.drivername, url.database)
    assert path.parent.is_dir()


def test_a_file_may_be_named_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three slashes: below the working directory."""
    monkeypatch.chdir(tmp_path)

    url = to_url("sqlite:///data/anima.db")

    assert "data/anima.db" == url.database
    assert (tmp_path / "data").is_dir()


def test_a_file_may_be_named_from_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder that is made is the one that is opened."""
    monkeypatch.setenv("HOME", str(tmp_path))

    url = to_url("sqlite:///~/avatar/anima.db")

    assert str(tmp_path / "avatar/anima.db") == url.database
    assert (tmp_path / "avatar").is_dir()


@pytest.mark.parametrize("written", ["sqlite://", "sqlite:///", "sqlite:///:memory:"])
def test_a_database_in_memory_is_refused(written: str) -> None:
    """It would forget all, so the message says what to write instead."""
    with pytest.raises(ConfigError, match=r"name a file: sqlite:///data/anima\.db"):
        to_url(written)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "anima.db",
        "mysql://me:hush@host/base",
        "postgresql://me:hush@host:port/base",
        "postgresql+psycopg2://me:hush@host/base",
        "redis://:hush@host",
    ],
)
def test_another_address_is_refused_without_its_password(written: str) -> None:
    """One line that says how it should look, and shows no secret, nor does its cause."""
    with pytest.raises(ConfigError, match=r"database\.url: should look like") as refused:
        to_url(written)

    assert "hush" not in str(refused.value)
    assert refused.value.__suppress_context__


def test_a_folder_that_cannot_be_made_is_a_mistake_in_the_settings(tmp_path: Path) -> None:
    """A file in the way is told as a line, not as a traceback."""
    (tmp_path / "data").write_text("no folder")

    with pytest.raises(ConfigError, match=r"database\.url: .*data"):
        to_url(f"sqlite:///{tmp_path}/data/anima.db")
