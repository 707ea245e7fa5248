"""SQLite and PostgreSQL rank alike: the same memories, in the same order."""

from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from backend.embedding.hashed import Hashed
from scripts.recall_score import CORPORA, read
from tests.contracts.ledgers import SqlLedgers
from tests.contracts.minds import Mind, minded


async def ranked(mind: Mind, path: Path) -> list[list[int]]:
    """What each question of a corpus finds, as places in the talk."""
    corpus = read(path)
    place = await mind.place()
    sayings = [mind.saying(place, row["text"], name=row["speaker"]) for row in corpus.lines]
    numbers = await mind.keep(*sayings)
    await mind.ink()
    await mind.drop(*numbers[10:20])
    found = [await mind.finds(place, row["question"], days=9) for row in corpus.questions]
    return [[numbers.index(one) for one in each] for each in found]


@pytest.mark.slow
@pytest.mark.usefixtures("_alembic")
@pytest.mark.parametrize("path", CORPORA, ids=lambda path: path.stem)
@pytest.mark.parametrize("meaning", [False, True], ids=["words", "meaning"])
async def test_both_rank_alike(
    path: Path, meaning: bool, tmp_path: Path, postgres_url: str
) -> None:
    """By words alone and by meaning too, in three languages, with some lines dropped."""
    embedders = [Hashed()] if meaning else []
    async with AsyncExitStack() as stack:
        urls = (f"sqlite:///{tmp_path / 'anima.db'}", postgres_url)
        minds = [await minded(SqlLedgers(url, stack), embedders) for url in urls]

        ours, theirs = [await ranked(mind, path) for mind in minds]

    assert ours == theirs
    assert sum(map(len, ours)) > 100
