"""`anima persona import` and `export`: cards to folders and back, whole or not at all."""

import io
import json
from pathlib import Path

import pytest

from anima.errors import ConfigError
from persona import png
from persona.card import load
from persona.charcard import CharCard, parse
from persona.charcard_file import opened, written
from service.cli import main
from service.persona_import import exported, imported
from tests.cards import WHOLE, dumped, picture, text


def brought(card: Path, to: Path | None, *, force: bool = False) -> str:
    """What importing tells."""
    write = io.StringIO()
    assert 0 == imported(card, to, write, force=force)
    return write.getvalue()


def taken(persona: Path, file: Path, *, old: bool = False, force: bool = False) -> str:
    """What exporting tells."""
    write = io.StringIO()
    assert 0 == exported(persona, file, write, old=old, force=force)
    return write.getvalue()


@pytest.fixture
def charx(tmp_path: Path) -> Path:
    """A card with a picture and two files."""
    file = tmp_path / "card.charx"
    files = {"assets/x_lora/w.bin": b"\0\1", "module.risum": b"2"}
    card = CharCard(*parse(WHOLE.encode()), png.blank(), files)
    file.write_bytes(written(card, file, 3))
    return file


@pytest.fixture
def in_png(tmp_path: Path) -> Path:
    """The same card in a picture."""
    file = tmp_path / "card.png"
    file.write_bytes(picture(text("ccv3", WHOLE)))
    return file


def test_an_import_tells_what_went_where(in_png: Path, tmp_path: Path) -> None:
    """Each field has a line with its place, and makers' notes are told to be in no prompt."""
    lines = brought(in_png, tmp_path / "ku").splitlines()

    assert "Kokoron, character card version 3" == lines[0]
    told = "\n".join(" ".join(line.split()) for line in lines)
    for line in (
        "personality profile.md, ## Personality",
        "character_book lore/, 1 files for 2 entries",
        "the picture avatar.png",
        "creator_notes, creator, tags, character_version card.json; never in a prompt",
        "extensions card.json, as they are: depth_prompt, z, a",
        "the rest card.json, as it is: assets, x_unknown",
        f'persona = "{tmp_path}/ku" in anima.toml',
    ):
        assert line in told


@pytest.mark.parametrize("kind", ["json", "png", "charx"])
@pytest.mark.parametrize("source", ["charx", "in_png"])
def test_a_card_survives_the_round(
    source: str, kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Imported and exported, every field is as it was, in any kind of file."""
    card = request.getfixturevalue(source)
    brought(card, tmp_path / "ku")

    taken(tmp_path / "ku", tmp_path / f"new.{kind}")

    before, after = opened(card), opened(tmp_path / f"new.{kind}")
    old, new = json.loads(before.text), json.loads(after.text)
    if source == "in_png" and kind == "charx":
        assert "embeded://assets/icon/images/main.png" == new["data"].pop("assets")[0]["uri"]
        assert "ccdefault:" == old["data"].pop("assets")[0]["uri"]
    else:
        assert before.text == after.text
    assert old == new
    assert kind == "json" or before.picture == after.picture
    assert kind != "charx" or {**before.files} == {
        path: file for path, file in after.files.items() if source == "charx"
    }


def test_a_card_is_the_same_persona_before_and_after(charx: Path, tmp_path: Path) -> None:
    """Used directly, or from the folder made of it."""
    brought(charx, tmp_path / "ku")

    assert load(charx) == load(tmp_path / "ku")


def test_what_stays_behind_is_told(charx: Path, tmp_path: Path) -> None:
    """A JSON takes neither picture nor files, and says so."""
    told = taken(charx, tmp_path / "new.json", old=True)

    assert "new.json is written: Kokoron, character card version 2\n" in told
    assert "3 files that belong to it stay behind; only a .charx takes them" in told
    assert "the picture stays behind; a .png or a .charx takes it" in told
    assert "chara_card_v2" == json.loads((tmp_path / "new.json").read_text())["spec"]


def test_the_usual_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a place it is a folder below `personas`, named after the character."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "c.json").write_bytes(dumped(name="小 ../Ku", tags=["x"] * 2, description="A cat."))

    told = brought(Path("c.json"), None)

    assert 'persona = "personas/小-..-Ku"' in told
    assert "A cat." == load(tmp_path / "personas" / "小-..-Ku").profile


def test_nothing_is_replaced_unasked(in_png: Path, tmp_path: Path) -> None:
    """A folder or file that is there stays, and one line says how to go on."""
    (tmp_path / "ku").mkdir()
    (tmp_path / "ku" / "mine").write_text("x")
    (tmp_path / "new.json").write_text("mine")

    with pytest.raises(ConfigError, match=r"ku is there already; .* --force"):
        brought(in_png, tmp_path / "ku")
    with pytest.raises(ConfigError, match=r"new.json is there already; .* --force"):
        taken(in_png, tmp_path / "new.json")

    assert ["mine"] == [file.name for file in (tmp_path / "ku").iterdir()]
    assert "mine" == (tmp_path / "new.json").read_text()


def test_what_is_replaced_is_kept(in_png: Path, tmp_path: Path) -> None:
    """Forced, the folder is new and the old one stands beside it, each time under another name."""
    (tmp_path / "ku").mkdir()
    (tmp_path / "ku" / "mine").write_text("x")

    told = [brought(in_png, tmp_path / "ku", force=True) for _ in range(3)]

    assert all("what was there is now in" in one for one in told)
    assert "x" == (tmp_path / "ku.old" / "mine").read_text()
    assert {"ku", "ku.old", "ku.old2", "ku.old3"} == {
        file.name for file in tmp_path.iterdir() if file.is_dir()
    }
    assert "mine" not in {file.name for file in (tmp_path / "ku").iterdir()}


def test_an_empty_folder_is_filled(in_png: Path, tmp_path: Path) -> None:
    """A folder without anything in it is as good as none."""
    (tmp_path / "ku").mkdir()

    assert "what was there" not in brought(in_png, tmp_path / "ku")


def test_a_failure_leaves_nothing(tmp_path: Path) -> None:
    """Files that cannot stand beside each other are one line, and no half folder is left."""
    file = tmp_path / "c.charx"
    card = CharCard(*parse(dumped()), files={"a": b"1", "a/b": b"2"})
    file.write_bytes(written(card, file, 2))

    with pytest.raises(ConfigError, match="ku cannot be written: "):
        brought(file, tmp_path / "ku")

    assert ["c.charx"] == [one.name for one in tmp_path.iterdir()]


def test_a_broken_card_leaves_nothing(tmp_path: Path) -> None:
    """Nothing is written before the whole card is understood."""
    (tmp_path / "c.json").write_text('{"spec":"chara_card_v2","data":{"name":7}}')

    with pytest.raises(ConfigError, match=r"c.json: 'data.name' is 7"):
        brought(tmp_path / "c.json", tmp_path / "ku")

    assert not (tmp_path / "ku").exists()


def test_a_place_where_no_file_can_be(in_png: Path, tmp_path: Path) -> None:
    """A missing folder is made; a file in its place is one line."""
    taken(in_png, tmp_path / "a" / "b.json")

    with pytest.raises(ConfigError, match="cannot be written: "):
        taken(in_png, in_png / "c.json")


def test_no_kind_of_card(tmp_path: Path) -> None:
    """The kinds are named, before anything is read."""
    with pytest.raises(ConfigError, match=r"name it .json, .png or .charx"):
        taken(tmp_path, tmp_path / "c.txt")


def test_both_are_commands(
    in_png: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`anima persona import` and `export` do it, and a mistake ends with 1 and one line."""
    folder, file = str(tmp_path / "ku"), str(tmp_path / "new.png")

    codes = [
        main(["persona", "import", str(in_png), "--to", folder]),
        main(["persona", "export", folder, file, "--v2"]),
        main(["persona", "export", folder, file]),
        main(["persona", "check", folder]),
    ]

    told = capsys.readouterr()
    assert [0, 0, 1, 0] == codes
    assert f"anima: {file} is there already; name another, or use --force\n" == told.err
    assert "ok    Kokoron, languages: ja, en, zh, " in told.out
