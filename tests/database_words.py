"""The one table of the database's tests, and jobs that write and read it."""

from collections.abc import Callable

from sqlalchemy import Connection, text

MAKE = text("CREATE TABLE word (text VARCHAR PRIMARY KEY)")
READ = text("SELECT text FROM word ORDER BY text")


def put(connection: Connection, word: str) -> str:
    """Write *word* down."""
    connection.execute(text("INSERT INTO word VALUES (:word)"), {"word": word})
    return word


def putting(word: str) -> Callable[[Connection], str]:
    """A job that writes *word* down."""
    return lambda connection: put(connection, word)


def words(connection: Connection) -> list[str]:
    """What was written down."""
    return list(connection.execute(READ).scalars())
