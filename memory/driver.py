"""Straight to SQLite's driver: a fifth of what a statement of SQLAlchemy costs."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError


def fetched(connection: Connection, statement: str, values: Sequence[Any]) -> list[Any]:
    """All that *statement* finds with these *values*, as the driver has it."""
    with _in_our_words(statement):
        found: list[Any] = _driver(connection).execute(statement, values).fetchall()
        return found


def changed(connection: Connection, statement: str, values: Sequence[Any]) -> int:
    """How many rows *statement* changes with these *values*."""
    with _in_our_words(statement):
        count: int = _driver(connection).execute(statement, values).rowcount
        return count


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection


@contextmanager
def _in_our_words(statement: str) -> Iterator[None]:
    """Raise what SQLAlchemy would raise: whoever waits for the job knows no other errors."""
    try:
        yield
    except sqlite3.Error as error:
        raise DBAPIError.instance(
            statement, None, error, sqlite3.Error, hide_parameters=True
        ) from error
