"""`anima memory`: how well memory finds, and what the owner does with it, from the command line."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from service.cli import main
from tests.migrated import sqlite_at

Command = Callable[..., int]

pytestmark = pytest.mark.usefixtures("logging_as_before")

CORPUS = [
    ("a", 1, "Ann", "I adopted a kitten called Miso"),
    ("a", 2, "Bo", "How lovely, does she sleep well?"),
    ("a", 3, "Ann", "The trip to Lisbon was wonderful"),
    ("b", 1, "李", "我的猫叫年糕"),
    ("b", 2, "王", "下周去成都出差"),
    ("c", 1, "健", "うちの犬はモモといいます"),
    ("c", 2, "ゆき", "来月大阪に引っ越すの"),
]
QUESTIONS = [
    ("a", "q1", "Where was Ann's trip?", "3"),
    ("b", "q2", "年糕是什么？", "1"),
    ("c", "q3", "犬の名前は？", "1"),
]


@pytest.fixture
def anima(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """The command, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ANIMA_MEMORY__EMBEDDINGS", "off")
    return lambda *words: main(["memory", *map(str, words)])


def written(file: str, *lines: dict[str, Any]) -> str:
    """A file of *lines*."""
    Path(file).write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
    return file


def read(file: str) -> list[dict[str, Any]]:
    """The lines of a file."""
    return [json.loads(line) for line in Path(file).read_text("utf-8").splitlines()]


def corpus() -> str:
    """What was said, a minute after each other."""
    return written(
        "corpus.jsonl",
        *(
            {
                "sample_id": s,
                "id": str(i),
                "session": 1,
                "time": 60 * i,
                "speaker": who,
                "text": text,
            }
            for s, i, who, text in CORPUS
        ),
    )


def test_questions_are_answered_with_what_was_said(anima: Command) -> None:
    """Each in its own sample, the best first, with how long it took."""
    asked = written(
        "questions.jsonl",
        *({"sample_id": s, "qid": qid, "question": text} for s, qid, text, _ in QUESTIONS),
    )

    code = anima("rank", "--corpus", corpus(), "--questions", asked, "--out", "ranked.jsonl")

    answers = read("ranked.jsonl")
    assert 0 == code
    assert [(s, qid, gold) for s, qid, _, gold in QUESTIONS] == [
        (one["sample_id"], one["qid"], one["ranked"][0]) for one in answers
    ]
    assert all(one["ms"] > 0 for one in answers)


def test_what_a_line_tells_is_found_by_its_kind(anima: Command) -> None:
    """Facts are learnt from a corpus as from any talk, and stand for their lines."""
    line = {"sample_id": "a", "session": 1, "speaker": "Ann"}
    said = ["I'm a baker now", "We met at the lake", "The bread is nearly done"]
    lines = (
        line | {"id": str(n), "time": 90_000 * n, "text": text} for n, text in enumerate(said, 1)
    )
    asked = {"sample_id": "a", "qid": 1, "question": "what is her profession?"}
    files = written("corpus.jsonl", *lines), written("questions.jsonl", asked)

    assert 0 == anima("rank", "--corpus", files[0], "--questions", files[1], "--out", "o.jsonl")

    assert [["1"]] == [one["ranked"] for one in read("o.jsonl")]


def test_a_sample_that_nobody_spoke_in_has_no_answer(anima: Command) -> None:
    """And nothing of the others."""
    asked = written("questions.jsonl", {"sample_id": "z", "qid": 1, "question": "the kitten?"})

    assert 0 == anima("rank", "--corpus", corpus(), "--questions", asked, "--out", "o.jsonl")

    assert [[]] == [one["ranked"] for one in read("o.jsonl")]


@pytest.mark.slow
def test_stories_are_played(anima: Command) -> None:
    """What is private stays so, and what was forgotten comes to nobody's mind."""
    said = {"op": "msg", "id": "1", "chat": "d", "chat_type": "dm", "user": "u", "time": 60}
    answer = {"op": "msg", "id": "2", "chat": "d", "chat_type": "dm", "user": "bot", "time": 61}
    ask = {"op": "ask", "chat_type": "dm", "query": "Who plays the cello?", "time": 999}
    group = {"chat": "g", "chat_type": "group"}
    events = [
        said | {"text": "My brother plays the cello"},
        answer | {"text": "The cello, how fine"},
        ask | {"id": "mine", "user": "u", "chat": "d"},
        ask | {"id": "others", "user": "v", "chat": "e"},
        ask | {"id": "group", "user": "u"} | group,
        {"op": "forget", "user": "u", "chat": "d", "time": 1000, "what": {"ids": ["1"]}},
        ask | {"id": "gone", "user": "u", "chat": "d"},
    ]
    stories = written("stories.jsonl", {"scenario": "s", "events": events})

    assert 0 == anima("rank", "--scenarios", stories, "--out", "out.jsonl")

    told = {one["ask"]: one["ranked"] for one in read("out.jsonl")}
    assert {"1", "2"} == set(told["mine"])
    assert [[], [], []] == [told[name] for name in ("others", "group", "gone")]


FEW = [
    ("I don't like mushrooms anymore", "should we put fungi on the pizza?", "what is ten?"),
    ("我搬到成都了", "我住在哪里?", "讲个笑话"),
    ("犬を飼い始めたよ", "うちのペットは?", "明日の天気は?"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("text", "query", "other"), FEW)
def test_among_few_lines_meaning_finds_too(
    anima: Command, monkeypatch: pytest.MonkeyPatch, text: str, query: str, other: str
) -> None:
    """What shares no word with the question; and nothing comes to mind of something else."""
    monkeypatch.delenv("ANIMA_MEMORY__EMBEDDINGS")
    here = {"chat": "d", "chat_type": "dm", "user": "u"}
    events = [
        here | {"op": "msg", "id": "1", "time": 60, "text": text},
        here | {"op": "ask", "id": "asked", "query": query, "time": 99_999},
        here | {"op": "ask", "id": "other", "query": other, "time": 99_999},
    ]
    stories = written("stories.jsonl", {"scenario": "s", "events": events})

    assert 0 == anima("rank", "--scenarios", stories, "--out", "out.jsonl")

    assert [["1"], []] == [one["ranked"] for one in read("out.jsonl")]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "then", "query"),
    [
        ("I live in Leeds", "I moved to Oslo", "where do I live?"),
        ("我住在杭州", "我搬到成都了", "我现在住在哪里？"),
        ("大阪に住んでいます", "福岡に引っ越しました", "今どこに住んでる?"),
    ],
)
def test_what_holds_now_comes_first(anima: Command, text: str, then: str, query: str) -> None:
    """Without a model, and though the old line is nearer to the question."""
    here = {"chat": "d", "chat_type": "dm", "user": "u"}
    events = [
        here | {"op": "msg", "id": "old", "time": 60, "text": text},
        here | {"op": "msg", "id": "new", "time": 99_999, "text": then},
        here | {"op": "ask", "id": "asked", "query": query, "time": 199_999},
    ]
    stories = written("stories.jsonl", {"scenario": "s", "events": events})

    assert 0 == anima("rank", "--scenarios", stories, "--out", "out.jsonl")

    assert [["new", "old"]] == [one["ranked"] for one in read("out.jsonl")]


@pytest.mark.slow
@pytest.mark.parametrize("what", [{"chat": "d"}, {"all": True}])
def test_a_place_or_all_of_somebody_is_forgotten(anima: Command, what: dict[str, Any]) -> None:
    """Of another nothing goes."""
    line = {"op": "msg", "chat_type": "dm", "time": 60}
    ask = {"op": "ask", "chat_type": "dm", "query": "the cello", "time": 999}
    events = [
        line | {"id": "1", "chat": "d", "user": "u", "text": "I play the cello"},
        line | {"id": "2", "chat": "e", "user": "v", "text": "My cello is old"},
        {"op": "forget", "user": "u", "chat": "d", "time": 1000, "what": what},
        ask | {"id": "gone", "user": "u", "chat": "d"},
        ask | {"id": "kept", "user": "v", "chat": "e"},
    ]
    stories = written("stories.jsonl", {"scenario": "s", "events": events})

    assert 0 == anima("rank", "--scenarios", stories, "--out", "out.jsonl")

    assert [("gone", []), ("kept", ["2"])] == [
        (one["ask"], one["ranked"]) for one in read("out.jsonl")
    ]


@pytest.mark.parametrize(
    "words",
    [["--corpus", "c.jsonl"], ["--corpus", "c", "--questions", "q", "--scenarios", "s"], []],
)
def test_what_does_not_go_together_is_told(
    anima: Command, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    """In one line, and nothing is written."""
    assert 1 == anima("rank", *words, "--out", "o.jsonl")

    assert "name --corpus and --questions together, or --scenarios alone" in capsys.readouterr().err


def test_the_owner_carries_and_forgets(
    anima: Command, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there is nothing, too; what would go is told first."""
    monkeypatch.setenv("ANIMA_DATABASE__URL", sqlite_at(Path("anima.db").absolute()))
    ann = ("--speaker", "telegram:7")

    codes = [
        anima("export", *ann, "--out", "ann.jsonl"),
        anima("export", *ann, "--out", "ann.jsonl"),
        anima("export", *ann, "--out", "ann.jsonl", "--force"),
        anima("import", *ann, "ann.jsonl"),
        anima("import", *ann, "none.jsonl"),
        anima("forget", *ann),
        anima("forget", *ann, "--yes"),
        anima("forget", "--speaker", "nobody", "--yes"),
    ]

    told = capsys.readouterr()
    assert [0, 1, 0, 0, 1, 0, 0, 1] == codes
    assert "0 records of telegram:7 in ann.jsonl" in told.out
    assert "ann.jsonl is there already; --force writes over it" in told.err
    assert "0 new, 0 known before, 0 forgotten before and left so" in told.out
    assert "none.jsonl cannot be read: No such file or directory" in told.err
    assert "would be forgotten for good: nothing; add --yes to do it" in told.out
    assert "out of reach: backups, souls, platform" in told.out
    assert "'nobody' is no speaker; one is like telegram:123" in told.err
