"""How much of small talk over weeks is found again: it must not become less."""

from pathlib import Path

import pytest

from scripts.recall_score import CORPORA, FRIENDS, builtin, kept, read

CORPUS = {path.stem.removeprefix("recall_"): path for path in CORPORA}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "words", "both", "across"),
    [("en", 0.76, 0.92, None), ("zh", 0.74, 0.9, 0.8), ("ja", 0.85, 0.96, 0.85)],
)
async def test_what_was_said_is_found_again(
    language: str, words: float, both: float, across: float | None
) -> None:
    """Among the first ten; by words alone, with meaning, and asked in another language."""
    async with builtin() as embedder, kept(read(CORPUS[language]), embedder) as talk:
        by_words = await talk.recall([])
        by_both = await talk.recall([embedder])

    assert by_words.own >= words
    assert by_both.own >= both
    assert by_both.across is None or by_both.across >= (across or 1)
    assert by_both.own > by_words.own


@pytest.mark.slow
@pytest.mark.parametrize(
    ("talk", "both"), [("en_a", 0.62), ("en_b", 0.5), ("en_c", 0.45), ("zh", 0.58), ("ja", 0.63)]
)
async def test_what_is_asked_in_other_words_is_found(talk: str, both: float) -> None:
    """By somebody else, months later; words alone find much less."""
    path = FRIENDS[0].with_stem(f"friends_{talk}")
    async with builtin() as embedder, kept(read(path), embedder) as one:
        by_words = await one.recall([])
        by_both = await one.recall([embedder])

    assert by_both.own >= both > by_words.own


def test_the_corpora_are_whole() -> None:
    """Every question is answered by lines that are there, in each language by enough of them."""
    assert {"en", "ja", "zh"} == set(CORPUS)
    for path in (*CORPUS.values(), *FRIENDS):
        corpus = read(Path(path))
        ids = [row["id"] for row in corpus.lines]
        gold = {one for row in corpus.questions for one in row["gold"]}

        assert len(ids) == len(set(ids)) >= 140
        assert len(corpus.questions) >= 40
        assert gold <= set(ids)
