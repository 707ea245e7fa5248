"""Character cards in files: JSON, PNG and CHARX, and all that may be wrong with one."""

import base64
import io
import json
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from anima.errors import ConfigError
from persona import charx, png
from persona.card import load
from persona.charcard import CharCard, parse
from persona.charcard_file import is_card, opened, written
from tests.cards import WHOLE, card, dumped, international, packed, picture, text

V2, V3 = dumped(description="two"), json.dumps(card(description="three")).encode()


def at(path: Path, content: bytes | str, name: str = "card.json") -> Path:
    file = path / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def zipped(files: dict[str, bytes | str]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, file in files.items():
            archive.writestr(name, file)
    return content.getvalue()


@pytest.mark.parametrize(
    "chunk",
    [
        text("chara", V2),
        packed("chara", V2),
        international("chara", V2, squeezed=False),
        international("chara", V2, squeezed=True),
        (b"tEXt", b"chara\0" + base64.b64encode(V2).rstrip(b"=") + b"\n"),
    ],
    ids=["tEXt", "zTXt", "iTXt", "iTXt packed", "sloppy"],
)
def test_a_card_in_a_picture(tmp_path: Path, chunk: tuple[bytes, bytes]) -> None:
    """The card is read out of any kind of text, and the picture is kept without it."""
    file = at(tmp_path, picture((b"tEXt", b"Title\0x"), chunk), "card.PNG")

    read = opened(file)

    assert (V2.decode(), picture((b"tEXt", b"Title\0x"))) == (read.text, read.picture)


def test_the_newer_text_is_preferred(tmp_path: Path) -> None:
    """Of `chara` and `ccv3` the latter counts, wherever it stands."""
    file = at(tmp_path, picture(text("ccv3", V3), text("chara", V2)), "card.png")

    assert "three" == opened(file).sheet.description


def test_a_charx_brings_its_files(tmp_path: Path) -> None:
    """Its main icon is the picture, and every file of it is kept under its path."""
    icons = [
        {"type": "icon", "uri": "embeded://assets/icon/other.png", "name": "other", "ext": "png"},
        {"type": "icon", "uri": "embedded://assets/icon/a.png", "name": "main", "ext": "png"},
    ]
    files = {"assets/icon/a.png": png.blank(), "assets/x_lora/w.bin": b"\0\1", "assets/": b""}
    file = at(tmp_path, zipped({"card.json": dumped(assets=icons), **files}), "card.charx")

    read = opened(file)

    assert (png.blank(), {*files} - {"assets/"}) == (read.picture, {*read.files})


@pytest.mark.parametrize("name", ["c.json", "c.png", "c.charx"])
def test_what_is_written_is_read_again(tmp_path: Path, name: str) -> None:
    """The JSON, the picture and the files come back; the JSON word for word."""
    old = CharCard(*parse(WHOLE.encode()), files={"assets/a.bin": b"1"})

    new = opened(at(tmp_path, written(old, Path(name), 3), name))

    assert (WHOLE, {"assets/a.bin"} if "charx" in name else set()) == (new.text, {*new.files})


def test_a_picture_gets_both_versions(tmp_path: Path) -> None:
    """Old readers find version 2, new ones version 3; what stood there before is gone."""
    old = opened(at(tmp_path, picture(text("chara", b"old"), text("ccv3", WHOLE)), "a.png"))
    new = written(old, Path("b.png"), 3)

    texts = png.texts(new, frozenset({"chara", "ccv3"}))

    specs = {key: json.loads(base64.b64decode(value))["spec"] for key, value in texts.items()}
    assert {"chara": "chara_card_v2", "ccv3": "chara_card_v3"} == specs
    assert (1, 1) == (new.count(b"chara\0"), new.count(b"ccv3\0"))


def test_version_2_alone(tmp_path: Path) -> None:
    """Whoever asks for version 2 gets no other."""
    del tmp_path

    new = written(CharCard(*parse(WHOLE.encode())), Path("b.png"), 2)

    assert {"chara"} == set(png.texts(new, frozenset({"chara", "ccv3"})))


@pytest.mark.parametrize(
    ("assets", "place"),
    [
        ([], "assets/icon/images/main.png"),
        ([{"type": "icon", "uri": "ccdefault:", "name": "main"}], "assets/icon/images/main.png"),
        ([{"type": "x", "uri": "embeded://b.png"}], "assets/icon/images/main.png"),
        ([{"type": "icon", "uri": "embeded://b.webp"}], "assets/icon/images/main.png"),
        ([{"type": "icon", "uri": "embeded://c/b.png"}], "c/b.png"),
    ],
)
def test_a_picture_goes_into_a_charx(
    tmp_path: Path, assets: list[dict[str, str]], place: str
) -> None:
    """It becomes the main icon, in the place that the card names if that is one for a PNG."""
    text_, sheet = parse(dumped(assets=assets))
    old = CharCard(text_, sheet, png.blank())

    new = opened(at(tmp_path, written(old, Path("b.charx"), 2), "b.charx"))

    assert (png.blank(), [place]) == (new.picture, [*new.files])


def test_a_card_of_version_1(tmp_path: Path) -> None:
    """A bare card without a version is one of version 2 from then on."""
    read = opened(at(tmp_path, '{"name":"Ku","description":"A cat.", "x":1.0}\n'))

    assert ("Ku", True) == (read.sheet.name, '"x":1.0' in read.text)
    assert "chara_card_v2" == json.loads(read.text)["spec"]


@pytest.mark.parametrize("number", ["2.0", "3.0", "3.1", 2, None])
def test_versions_that_are_known(number: object) -> None:
    """A version may be sloppily written, or newer by a bit."""
    said = {**card(), "spec_version": number}

    _, sheet = parse(json.dumps(said).encode())

    assert "Ku" == sheet.name


def test_null_says_nothing_and_bad_letters_are_replaced() -> None:
    """`null` is as good as absent; half a character becomes a mark, a Windows line end a plain."""
    data = card(name=" Ku ", description="a\r\n\ud83d", personality=None, character_book=None)

    _, sheet = parse(b"\xef\xbb\xbf" + json.dumps(data).encode())

    assert ("Ku", "a\n�", "", []) == (
        sheet.name,
        sheet.description,
        sheet.personality,
        sheet.character_book.entries,
    )


def test_a_book_may_be_no_book() -> None:
    """A book that is no object is a mistake like any other."""
    with pytest.raises(ConfigError, match=r"'data\.character_book' is"):
        parse(dumped(character_book="x"))


DEEP = b'{"spec":"chara_card_v2","data":{"name":"Ku","x":%s%s}}'
BOMB = b"zTXt", b"chara\0\0" + zlib.compress(b"\0" * (png.LARGEST_TEXT_BYTES + 1))
HUGE = b'{"spec":"chara_card_v2","data":{"name":"Ku","description":"' + b"x" * 10_000_000 + b'"}}'
CUT = b"zTXt", b"chara\0\0" + zlib.compress(b"abcdefgh")[:-4]
GOOD = picture(text("chara", V2))
BROKEN: dict[str, tuple[str, bytes | str, str]] = {
    "no JSON": ("c.json", '{"a":\n1,}', "line 2: not JSON: "),
    "empty": ("c.json", "", "line 1: not JSON: expecting value"),
    "NaN": ("c.json", '{"x":NaN}', "not JSON: it holds NaN"),
    "a huge number": ("c.json", '{"x":' + "9" * 5000 + "}", "not JSON: exceeds the limit"),
    "1000 deep": ("c.json", DEEP % (b"[" * 1000, b"]" * 1000), "nested deeper than 100"),
    "100000 deep": ("c.json", b'{"a":' * 100_000, "nested deeper than 100"),
    "150 deep": ("c.json", DEEP % (b'{"a":[' * 75, b"]}" * 75), "nested deeper than 100"),
    "10 MB": ("c.json", HUGE, "larger than 4 MiB"),
    "10 MB in a picture": ("c.png", picture(text("chara", HUGE)), "larger than 4 MiB"),
    "not UTF-8": ("c.json", b'{\n"\xff"}', "line 2: not UTF-8"),
    "UTF-16": ("c.json", "{}".encode("utf-16"), "line 1: not UTF-8"),
    "a list": ("c.json", "[]", "no character card; it should be an object"),
    "no spec": ("c.json", '{"data":{}}', "'spec' is null; a card's is one of chara_card_v2"),
    "a wrong spec": ("c.json", '{"spec":"chara_card_v9"}', "'spec' is \"chara_card_v9\""),
    "a lorebook": ("c.json", '{"spec":"lorebook_v3","data":{}}', "'spec' is \"lorebook_v3\""),
    "a wrong kind of spec": ("c.json", '{"spec":["x"]}', "'spec' is"),
    "a wrong number": (
        "c.json",
        '{"spec":"chara_card_v3","spec_version":"9.0","data":{}}',
        "'spec_version' is \"9.0\"; known are '2.0' and '3.0'",
    ),
    "no data": ("c.json", '{"spec":"chara_card_v3"}', "'data' is missing"),
    "no name": ("c.json", '{"spec":"chara_card_v3","data":{}}', "'data.name' is missing"),
    "an empty name": ("c.json", dumped(name=" "), "'data.name' is \" \"; string should have"),
    "a wrong kind": ("c.json", dumped(description=7), "'data.description' is 7; input should be"),
    "a long wrong kind": ("c.json", dumped(tags=[], scenario=["x" * 90]), "xxxx…; input should"),
    "a wrong entry": (
        "c.json",
        dumped(character_book={"entries": [7]}),
        "'data.character_book.entries.0' is 7",
    ),
    "no PNG": ("c.png", b"\xff\xd8\xff", "no PNG: it does not begin as one"),
    "an empty picture": ("c.png", b"", "no PNG"),
    "no card in it": ("c.png", png.blank(), "no character card: a picture without a text 'chara'"),
    "cut": ("c.png", GOOD[:-9], "broken PNG: it ends before its IEND"),
    "cut in a chunk": ("c.png", GOOD[:-30], "broken PNG: it ends inside of a 'tEXt'"),
    "a flipped bit": ("c.png", GOOD[:-20] + b"!" + GOOD[-19:], "checksum of a 'tEXt' is wrong"),
    "a lying length": (
        "c.png",
        png.SIGNATURE + struct.pack(">I4s", 2**32 - 1, b"IDAT") + b"\0" * 9,
        "broken PNG: it ends inside of a 'IDAT'",
    ),
    "no base64": (
        "c.png",
        picture((b"tEXt", b"chara\0%%%=====%%%")),
        "its text 'chara' is not base64",
    ),
    "one letter": ("c.png", picture((b"tEXt", b"chara\0A")), "its text 'chara' is not base64"),
    "a bomb": ("c.png", picture(BOMB), "its text 'chara' unpacks to far too much"),
    "packed badly": ("c.png", picture((b"zTXt", b"chara\0\0xx")), "'chara' cannot be unpacked"),
    "packed and cut": ("c.png", picture(CUT), "its text 'chara' is not whole"),
    "no zip": ("c.charx", b"PK no", "broken CHARX: file is not a zip file"),
    "no card.json": ("c.charx", zipped({"a": "b"}), "no character card: it has no card.json"),
    "out of the folder": (
        "c.charx",
        zipped({"card.json": V2, "assets/../../x": "b"}),
        "its file 'assets/../../x' would leave the folder",
    ),
    "an absolute path": ("c.charx", zipped({"card.json": V2, "/x": "b"}), "'/x' would leave"),
    "a Windows path": ("c.charx", zipped({"card.json": V2, "c:x": "b"}), "'c:x' would leave"),
    "too many files": (
        "c.charx",
        zipped({str(number): b"" for number in range(charx.MOST_FILES + 1)}),
        "2001 files in one card; 2000 are the most",
    ),
    "another kind": ("c.webp", b"", "is no character card; known are .json, .png, .charx"),
}


@pytest.mark.parametrize(("name", "content", "message"), BROKEN.values(), ids=BROKEN)
def test_a_broken_card_is_one_clear_line(
    tmp_path: Path, name: str, content: bytes | str, message: str
) -> None:
    """Whatever is wrong with a card, one line names the file and says what."""
    file = at(tmp_path, content, name)

    with pytest.raises(ConfigError) as error:
        opened(file)

    assert str(error.value).startswith(str(file))
    assert (True, 1) == (message in str(error.value), str(error.value).count("\n") + 1)


def test_every_mistake_is_told() -> None:
    """Each wrong field is a line."""
    with pytest.raises(ConfigError) as error:
        parse(dumped(description=7, scenario=[], alternate_greetings=[1, "x"]))

    assert 3 == len(str(error.value).splitlines())


def test_a_zip_that_unpacks_to_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All files together have a limit, whatever the zip says of itself."""
    monkeypatch.setattr(charx, "LARGEST_BYTES", 1 << 20)
    file = at(tmp_path, zipped({"card.json": V2, "a": b"\0" * (1 << 20)}), "c.charx")

    with pytest.raises(ConfigError, match="larger than 1 MiB when it is unpacked"):
        opened(file)


def test_a_zip_that_is_cut(tmp_path: Path) -> None:
    """A damaged file in it is told, and no other error comes out."""
    content = bytearray(zipped({"card.json": V2}))
    content[45:60] = b"\xff" * 15
    file = at(tmp_path, bytes(content), "c.charx")

    with pytest.raises(ConfigError, match="broken CHARX: "):
        opened(file)


def test_a_file_that_is_far_too_large(tmp_path: Path) -> None:
    """A file of many megabytes is not even looked at."""
    file = tmp_path / "c.png"
    with file.open("wb") as hole:
        hole.truncate((64 << 20) + 1)

    with pytest.raises(ConfigError, match="larger than 64 MiB"):
        opened(file)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """It is named with the system's reason."""
    with pytest.raises(ConfigError, match=r"none.json cannot be read: no such file"):
        load(tmp_path / "none.json")


def test_what_ends_as_a_card() -> None:
    """Case does not matter."""
    assert (True, False) == (is_card(Path("a.CHARX")), is_card(Path("a")))
