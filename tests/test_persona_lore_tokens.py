"""The estimate of tokens, held against a corpus whose tokens were counted once."""

import json
from pathlib import Path
from typing import Any

import pytest

from persona.tokens import estimate

CORPUS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "golden" / "token_counts.json").read_text(encoding="utf-8")
)
"""Texts of ours, of *kind* talk or rare, and what they cost in four vocabularies of 100,000 and
more tokens; the first of the four is the oldest and the poorest in Chinese and Japanese."""


@pytest.mark.parametrize("sample", CORPUS, ids=lambda one: one["text"][:8])
def test_what_people_say_costs_no_more(sample: dict[str, Any]) -> None:
    """Talk costs at most its estimate; in the poorest vocabulary a fifth more, rare text twice."""
    poorest, *usual = sample["counts"]
    slack = {"talk": (1.0, 1.2), "rare": (2.2, 2.2)}[sample["kind"]]

    estimated = estimate(sample["text"])

    assert max(usual) <= estimated * slack[0]
    assert poorest <= estimated * slack[1]


def test_a_whole_prompt_costs_no_more() -> None:
    """All of it together, with what is rare, costs less than its estimate in each vocabulary."""
    totals = [sum(counts) for counts in zip(*(one["counts"] for one in CORPUS), strict=True)]

    estimated = sum(estimate(one["text"]) for one in CORPUS)

    assert max(totals) <= estimated
