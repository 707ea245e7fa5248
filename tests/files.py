"""Looking for words in the bytes of a database's files."""

from pathlib import Path

from memory.database import Database


async def found_in_files(database: Database, *words: str) -> int:
    """How often any of *words* stands in the files of an SQLite database; 0 for PostgreSQL."""
    url = await database.read(lambda connection: connection.engine.url)
    if url.get_backend_name() != "sqlite":
        return 0
    return sum(count_in(Path(str(url.database)), word) for word in words)


def count_in(file: Path, word: str) -> int:
    """How often *word* stands in *file*, in its log, and in what lies beside it."""
    parts = [file, *(file.with_name(file.name + end) for end in ("-wal", "-shm", "-journal"))]
    return sum(part.read_bytes().count(word.encode()) for part in parts if part.exists())
