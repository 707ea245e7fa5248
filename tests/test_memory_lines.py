"""The files for measuring memory are read line by line, and what is wrong is told with its line."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from anima.errors import ConfigError
from service.memory_lines import Ask, CorpusLine, Forget, Question, Said, Scenario, lines

LINE = {"sample_id": "s", "id": 7, "session": 1, "time": 0, "speaker": "Ann", "text": "hello"}


def written(folder: Path, *objects: object) -> Path:
    """A file of *objects*; a text stands there as it is."""
    file = folder / "lines.jsonl"
    texts = (one if isinstance(one, str) else json.dumps(one) for one in objects)
    file.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("time", "read"),
    [
        ("2023-05-08T13:56:00Z", datetime(2023, 5, 8, 13, 56, tzinfo=UTC)),
        ("2023-05-08T13:56:00+09:00", datetime(2023, 5, 8, 4, 56, tzinfo=UTC)),
        ("2023-05-08 13:56", datetime(2023, 5, 8, 13, 56, tzinfo=UTC)),
        ("1:56 pm on 8 May, 2023", datetime(2023, 5, 8, 13, 56, tzinfo=UTC)),
        ("2023/05/08 (Mon) 13:56", datetime(2023, 5, 8, 13, 56, tzinfo=UTC)),
        (1683554160, datetime(2023, 5, 8, 13, 56, tzinfo=UTC)),
        (1683554160000, datetime(2023, 5, 8, 13, 56, tzinfo=UTC)),
    ],
)
def test_times_are_read_as_people_write_them(tmp_path: Path, time: object, read: datetime) -> None:
    """ISO 8601, seconds and milliseconds, and what public corpora have."""
    (line,) = lines(written(tmp_path, LINE | {"time": time}), CorpusLine)

    assert read == line.time


def test_a_picture_is_remembered_by_its_caption(tmp_path: Path) -> None:
    """With the words, or alone; ids may be numbers, and empty lines are nothing."""
    bare = {key: value for key, value in LINE.items() if key != "text"}
    file = written(tmp_path, LINE | {"caption": "a cat"}, "", bare | {"caption": "a dog"}, LINE)

    assert ["hello [a cat]", "[a dog]", "hello"] == [one.whole for one in lines(file, CorpusLine)]
    assert {("s", "7", "1")} == {
        (one.sample_id, one.id, one.session) for one in lines(file, CorpusLine)
    }


def test_a_scenario_is_read_whole(tmp_path: Path) -> None:
    """What is said, forgotten and asked, in its order."""
    said = {"op": "msg", "id": "m", "chat": "c", "chat_type": "dm", "user": "u", "text": "x"}
    forget = {"op": "forget", "user": "u", "chat": "c", "what": {"ids": ["m"]}}
    ask = {"op": "ask", "id": "a", "user": "u", "chat": "c", "chat_type": "group", "query": "x?"}
    events: list[dict[str, Any]] = [one | {"time": 1} for one in (said, forget, ask)]

    (scenario,) = lines(written(tmp_path, {"scenario": 1, "events": events}), Scenario)

    assert [Said, Forget, Ask] == [type(one) for one in scenario.events]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "line 2: no JSON; a line is one object"),
        ("[" * 100_000, "line 2: no JSON; a line is one object"),
        ({"qid": "q", "question": "?"}, "line 2: sample_id is wrong (Field required)"),
        ({"sample_id": True, "qid": "q", "question": "?"}, "an id is a text or a number): True"),
        ({"sample_id": "s", "qid": "q", "question": 3}, "question is wrong"),
    ],
)
def test_a_wrong_line_is_told_with_its_place(tmp_path: Path, line: object, told: str) -> None:
    """In one line that says what is wrong."""
    file = written(tmp_path, {"sample_id": "s", "qid": "q", "question": "?"}, line)

    with pytest.raises(ConfigError) as refusal:
        list(lines(file, Question))

    assert told in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("time", ["tomorrow", None, True, "2023-13-01"])
def test_what_is_no_time_is_told(tmp_path: Path, time: object) -> None:
    """With what would be right."""
    with pytest.raises(ConfigError, match="a time is like 2026-03-02T19:00:00Z"):
        list(lines(written(tmp_path, LINE | {"time": time}), CorpusLine))


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    """No file, and no UTF-8."""
    with pytest.raises(ConfigError, match="cannot be read: No such file"):
        list(lines(tmp_path / "none.jsonl", CorpusLine))
    (tmp_path / "latin").write_bytes(b'{"text": "\xe9"}')
    with pytest.raises(ConfigError, match="not UTF-8"):
        list(lines(tmp_path / "latin", CorpusLine))
