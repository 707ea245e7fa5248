"""How well the stories in `tests/corpora` go: what comes first, what at all, and what never may.

Call it from the root: `.venv/bin/python -m scripts.story_score [stories.jsonl…]`. A line is a story
as `anima memory rank --scenarios` plays it, with what is expected of each ask: one of some messages
`first`, or `any` of them among three; `none` at all; and `never` some.
"""

import asyncio
import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from scripts.recall_score import FOLDER, Silent
from service.memory_scenarios import played
from service.settings import Settings

STORIES: Final = sorted(FOLDER.glob("stories_*.jsonl"))
_SEVERAL: Final = 3


@dataclass(frozen=True, slots=True)
class Score:
    """Parts of the asks: what was wanted came *first*, among *three* or was *found*.

    *none* came where none should, and *leaked* are those to which came what never may.
    """

    first: float
    three: float
    found: float
    none: float
    leaked: tuple[str, ...]


async def score(stories: Path, settings: Settings) -> Score:
    """Play *stories* with the embedder of *settings*."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.jsonl"
        await played(settings, Silent(), stories, out)
        answers = {(one["scenario"], one["ask"]): one["ranked"] for one in _read(out)}
    asks = [
        (f"{story['scenario']} {name}", wanted, answers[story["scenario"], name])
        for story in _read(stories)
        for name, wanted in story["expect"].items()
    ]
    wanted = [(one.get("first") or one["any"], got) for _, one, got in asks if _is_wanted(one)]
    return Score(
        first=_part([bool(got) and got[0] in ids for ids, got in wanted]),
        three=_part([not set(ids).isdisjoint(got[:_SEVERAL]) for ids, got in wanted]),
        found=_part([not set(ids).isdisjoint(got) for ids, got in wanted]),
        none=_part([not got for _, one, got in asks if one.get("none")]),
        leaked=tuple(name for name, one, got in asks if set(one.get("never", ())) & set(got)),
    )


def _read(file: Path) -> Sequence[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def _is_wanted(expected: Mapping[str, Any]) -> bool:
    return bool(expected.get("first") or expected.get("any"))


def _part(held: Sequence[bool]) -> float:
    return sum(held) / len(held)


async def main(paths: Sequence[Path]) -> None:
    """Print a table."""
    print(f"{'stories':12} {'first':>7} {'of three':>9} {'found':>7} {'none':>7}  leaked")
    for path in paths:
        one = await score(path, Settings())
        cells = f"{one.first:7.1%} {one.three:9.1%} {one.found:7.1%} {one.none:7.1%}"
        print(f"{path.stem:12} {cells}  {', '.join(one.leaked) or '-'}")


if __name__ == "__main__":
    asyncio.run(main([Path(one) for one in sys.argv[1:]] or STORIES))
