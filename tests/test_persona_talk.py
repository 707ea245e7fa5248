"""`anima persona check --talk FILE`: the table, and what a talk's file must be."""

import io
import json
from pathlib import Path

import pytest

from anima.errors import ConfigError
from service.cli import main
from service.persona_talk import check_talk, talk

KOKORO = Path("personas/kokoro")


def written(path: Path, *lines: object) -> Path:
    file = path / "talk.jsonl"
    texts = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    file.write_text("\n".join(texts), encoding="utf-8")
    return file


def told(file: Path) -> list[str]:
    write = io.StringIO()
    assert 0 == check_talk(KOKORO, file, write)
    return write.getvalue().splitlines()


def exchange(text: str) -> list[dict[str, str]]:
    return [{"who": "person", "text": "How are you?"}, {"who": "persona", "text": text}]


def test_a_steady_talk(tmp_path: Path) -> None:
    """Who it was, in how many replies; the thirds of each measure; and that it stayed itself."""
    lines = told(written(tmp_path, *exchange("Well, Sensei."), "", *exchange("Better, Sensei.")))

    assert "Kokoro: 2 replies, 2 in en" == lines[0]
    assert ["says", "Sensei", "(en)", "100%", "-", "100%"] in [line.split() for line in lines]
    assert "ok    it stayed itself" == lines[-1]


def test_a_drifting_talk(tmp_path: Path) -> None:
    """Each finding is a line of its own; drifting is no mistake."""
    slip = exchange("As an AI language model, I cannot do that.")

    lines = told(written(tmp_path, *exchange("Well, Sensei."), *slip))

    assert "drift slips and stock refusals: line 4" == lines[-1]


@pytest.mark.parametrize(
    ("lines", "mistake"),
    [
        (["{"], "line 1: no JSON; a line is "),
        (["", "[" * 100_000], "line 2: no JSON; a line is "),
        ([{"who": "person"}], "line 1: something is missing; a line is "),
        ([{"who": "person", "text": 1}], "line 1: something is missing"),
        (["[]"], "line 1: something is missing"),
        ([{"who": "bot", "text": "x"}], "line 1: who is 'bot'; it is"),
        ([{"who": "person", "text": "x"}], "nobody answers"),
        ([], "nobody answers"),
    ],
)
def test_mistakes(tmp_path: Path, lines: list[object], mistake: str) -> None:
    """What is no talk is one clear line with its place."""
    file = written(tmp_path, *lines)

    with pytest.raises(ConfigError, match=mistake):
        check_talk(KOKORO, file, io.StringIO())


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    """No file, a folder, and one that is not UTF-8 are told apart."""
    broken = tmp_path / "latin.jsonl"
    broken.write_bytes(b"{}\n\xe9")

    for file, mistake in (
        (tmp_path / "none", "cannot be read"),
        (tmp_path, "cannot be read"),
        (broken, "line 2: not UTF-8"),
    ):
        with pytest.raises(ConfigError, match=mistake):
            list(talk(file))


def test_a_file_too_large(tmp_path: Path) -> None:
    """A talk is not ten megabytes."""
    file = tmp_path / "large"
    with file.open("wb") as stream:
        stream.truncate(11 * 1024 * 1024)

    with pytest.raises(ConfigError, match="larger than 10 MiB"):
        list(talk(file))


def test_line_separators_within_a_text(tmp_path: Path) -> None:
    """Only a newline ends a line, whatever else a text holds; a byte order mark is nothing."""
    file = tmp_path / "talk.jsonl"
    file.write_text('{"who": "persona", "text": "a\u2028b"}\r\n', encoding="utf-8-sig")

    assert ["a\u2028b"] == [line.text for line in talk(file)]


def test_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--talk` prints the table; a broken file is one line and exit code 1."""
    good = written(tmp_path, *exchange("Well, Sensei."))
    code = main(["persona", "check", str(KOKORO), "--talk", str(good)])
    page = capsys.readouterr().out
    failed = main(["persona", "check", str(KOKORO), "--talk", str(tmp_path / "none")])

    assert (0, 1) == (code, failed)
    assert page.startswith("Kokoro: 1 replies, 1 in en\n")
    assert 1 == capsys.readouterr().err.count("\n")
