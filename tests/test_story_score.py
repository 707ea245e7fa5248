"""Stories of people, groups and what they want forgotten, in three languages."""

import json
from pathlib import Path

import pytest

from scripts.story_score import STORIES, score
from service.settings import Settings


def secrets(path: Path, folder: Path) -> Path:
    """Those stories in which something must not come, in a file of their own."""
    stories = path.read_text("utf-8").splitlines(keepends=True)
    file = folder / path.name
    file.write_text("".join(one for one in stories if '"never"' in one), "utf-8")
    return file


@pytest.mark.slow
@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
async def test_nothing_comes_to_whom_it_must_not(path: Path, tmp_path: Path) -> None:
    """Nor what was forgotten; by words alone much comes to whom it may."""
    found = await score(
        secrets(path, tmp_path), Settings.model_validate({"memory": {"embeddings": "off"}})
    )

    assert () == found.leaked
    assert 0.3 < found.found < 1
    assert found.none > 0.5


def test_the_stories_are_whole() -> None:
    """Whatever is expected of an ask is there to be asked and to come, or not to."""
    assert ["stories_en", "stories_ja", "stories_zh"] == [path.stem for path in STORIES]
    for path in STORIES:
        stories = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        for story in stories:
            told = {one["id"] for one in story["events"] if one["op"] == "msg"}
            asked = {one["id"] for one in story["events"] if one["op"] == "ask"}
            wanted = story["expect"].values()

            assert asked >= story["expect"].keys()
            assert told >= {
                name for one in wanted for ids in one.values() if ids is not True for name in ids
            }
        assert 45 == len(stories)
