"""One transaction at a time, where two that see the same must not both act on it."""

from hashlib import sha256
from typing import Final

from sqlalchemy import BigInteger, Connection, bindparam, func, select

_LOCK: Final = select(func.pg_advisory_xact_lock(bindparam("number", type_=BigInteger())))


def alone(connection: Connection, subject: str) -> None:
    """Wait for whoever else is past here with *subject*; lasts until the transaction is over.

    SQLite has one writer, who is alone in any case.
    """
    if connection.dialect.name == "postgresql":
        digest = sha256(subject.encode()).digest()
        number = int.from_bytes(digest[:8], "big", signed=True)
        connection.execute(_LOCK, {"number": number})
