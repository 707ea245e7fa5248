"""Database addresses as people write them, and as the drivers want them."""

from pathlib import Path
from typing import Final

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from anima.errors import ConfigError

_DRIVERS: Final = {
    "postgresql": "postgresql+asyncpg",
    "postgres": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
    "sqlite": "sqlite",
    "sqlite+aiosqlite": "sqlite",
}


def to_url(written: str) -> URL:
    """The address for SQLAlchemy. Raises `ConfigError` without the password."""
    try:
        url = make_url(written)
        driver = _DRIVERS[url.drivername]
    except (ArgumentError, KeyError, ValueError):
        raise ConfigError(
            "database.url: should look like sqlite:///data/anima.db or postgresql://name@host/base"
        ) from None
    url = url.set(drivername=driver)
    return _sqlite(url) if driver.startswith("sqlite") else _postgresql(url)


def _sqlite(url: URL) -> URL:
    if url.database in (None, "", ":memory:"):
        raise ConfigError(
            "database.url: a database in memory forgets all; name a file: sqlite:///data/anima.db"
        )
    path = Path(str(url.database)).expanduser()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(
            f"database.url: cannot make the folder {str(path.parent)!r}: {error.strerror}"
        ) from error
    return url.set(database=str(path))


def _postgresql(url: URL) -> URL:
    """Libpq's word for encryption is `sslmode`, asyncpg's is `ssl`."""
    mode = url.query.get("sslmode")
    if mode is None:
        return url
    return url.difference_update_query(["sslmode"]).update_query_dict({"ssl": mode})
