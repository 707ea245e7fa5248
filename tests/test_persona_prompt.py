"""`anima persona prompt`: what a model would be told, layer by layer, through the command line."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from service.cli import main
from tests.tiny_tokenizer import saved

HERE = Path(__file__).parent
KOKORO = HERE.parent / "personas" / "kokoro"
AT = "2026-11-21T10:48:00+00:00"

CLUB = [
    {"who": "person", "name": "Ann", "text": "rain again, no boats today", "at": AT},
    {"who": "person", "name": "小波", "text": "那去看猫吧，墨墨在店里"},
    {"who": "persona", "text": "我也想看墨墨！"},
    {"who": "person", "name": "Ann", "text": "the cat is called Ink, isn't she?"},
    {"who": "person", "name": "健", "text": "澪は猫が好き？", "at": "2026-11-21T10:50:00Z"},
    {"who": "person", "name": "健", "text": "一緒に行こうよ", "at": "2026-11-21T19:51:00+09:00"},
]
LORE = {
    "cat.md": "keys: cat, 猫, ねこ\n\nA black cat called Ink (墨墨, 墨) lives in the tea shop.",
    "shop.md": "keys: shop, 店, お茶\n\n茶店在河边，周一休息。",
    "town.md": "always: true\n\nThe town is called Reed. 町の名前は葦原です。",
}


TOML = """
name = "Mio"
languages = ["en", "zh", "ja"]
tools = ["silence"]
[names]
zh = ["美绪"]
ja = ["澪"]
[greeting]
en = "Hello, I'm Mio."
[manners]
en = "Dry and short."
zh = "口语，不用敬语。"
ja = "タメ口で、短く。"
"""
EXAMPLES = "- it's late\n- So go to bed.\n\n- 好累\n- 那就别干了。\n\n- 疲れた\n- 寝なよ。\n"


@pytest.fixture
def keeper(tmp_path: Path) -> Path:
    """A small persona in three languages, with lore in each and a note of her author's."""
    folder = tmp_path / "mio"
    (folder / "lore").mkdir(parents=True)
    for name, text in (
        *((f"lore/{name}", text) for name, text in LORE.items()),
        ("persona.toml", TOML),
        ("profile.md", "You keep a tea shop by the river, and a cat."),
        ("examples.md", EXAMPLES),
        ("note.md", "Ask at most one question. 短めに。别太客气。"),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def persona(tmp_path: Path) -> Path:
    """Kokoro with lore in three languages."""
    folder = tmp_path / "kokoro"
    shutil.copytree(KOKORO, folder)
    (folder / "lore").mkdir()
    for name, text in LORE.items():
        (folder / "lore" / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory without settings."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(folder: Path, *lines: object) -> str:
    """The path of a talk with these *lines*."""
    file = folder / "talk.jsonl"
    texts = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    file.write_text("\n".join(texts), encoding="utf-8")
    return str(file)


class Told:
    """What `anima persona prompt` says to *words*."""

    def __init__(self, capsys: pytest.CaptureFixture[str], *words: object) -> None:
        self.code = main(["persona", "prompt", *map(str, words)])
        self.out, self.err = capsys.readouterr()

    @property
    def fields(self) -> Any:
        return json.loads(self.out)

    def layers(self, *names: str) -> list[str]:
        """The texts of the layers of these *names*, in their order."""
        layers = [layer for one in self.fields["messages"] for layer in one["layers"]]
        return [layer["text"] for layer in layers if layer["name"] in names]


def test_a_golden_group(keeper: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A group in three languages, with lore and a note, is what was read, to the letter."""
    golden = (HERE / "golden" / "prompt_layers_group.txt").read_text(encoding="utf-8")
    talk = written(tmp_path, *CLUB)

    told = Told(capsys, keeper, "--talk", talk, "--group", "船部 Boat club 划船社")

    assert (0, golden) == (told.code, told.out)


def test_whose_words_are_answered(
    persona: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of several who spoke last the burst of the last one is answered; the others are the talk."""
    told = Told(capsys, persona, "--talk", written(tmp_path, *CLUB), "--json")

    assert ["‹健› 澪は猫が好き？\n‹健› 一緒に行こうよ"] == told.layers("what was just heard")
    assert "‹Ann› the cat is called Ink, isn't she?" == told.layers("the talk")[-1]
    assert "10:51 UTC · group with ‹Ann›, ‹小波›, ‹健›" in told.layers("late block")[0]


def test_as_json(persona: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Messages, layers and sums are told to programs; Chinese and Japanese stand as they are."""
    told = Told(capsys, persona, "--talk", written(tmp_path, *CLUB), "--json").fields

    layers = [layer for one in told["messages"] for layer in one["layers"]]
    volatile = [layer["name"] for layer in layers if not layer["stable"]]
    assert ["Kokoro", "default", "ja", 8192, 1024, "estimated", []] == [
        told[key]
        for key in ("persona", "soul", "language", "context", "max_tokens", "counted", "cut")
    ]
    assert ["lore called up", "late block", "what was just heard"] == volatile
    assert told["tokens"] == sum(one["tokens"] for one in told["messages"])
    assert told["stable_share"] == round(told["stable_tokens"] / told["tokens"], 4)
    assert told["stable_tokens"] > 0.8 * told["tokens"]


def test_a_plain_talk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without names and times it is a private talk of now, and all that waits is answered."""
    lines = [{"who": "persona", "text": "Hi."}, *[{"who": "person", "text": t} for t in "ab"]]

    told = Told(capsys, KOKORO, "--talk", written(tmp_path, *lines), "--json")

    assert (["a\nb"], True) == (
        told.layers("what was just heard"),
        "private talk with ‹Guest›" in told.layers("late block")[0],
    )


def test_one_name_is_one_person(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where a single name stands in the file, lines without one are of the same person."""
    lines = [{"who": "person", "text": "a"}, {"who": "person", "text": "b", "name": "Ann"}]

    told = Told(capsys, KOKORO, "--talk", written(tmp_path, *lines), "--json")

    assert "private talk with ‹Ann›" in told.layers("late block")[0]


@pytest.mark.parametrize(
    ("words", "heard"),
    [
        ((), "What a long day. What would you do with a free evening?"),
        (("--language", "zh"), "今天忙了一整天。晚上要是有空，你会做点什么？"),
        (("--language", "日本語", "--group", ""), "‹杏› 今日は長い一日だったなあ。"),
        (("--language", "de"), "What a long day."),
    ],
    ids=["first", "code", "name", "other"],
)
def test_a_made_up_scene(
    words: tuple[str, ...], heard: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a talk there is a short one, in the card's first language or the one wished for."""
    told = Told(capsys, KOKORO, "--json", *words)

    assert told.layers("what was just heard")[0].startswith(heard)
    assert (words or ("", "en"))[1].replace("日本語", "ja") == told.fields["language"]
    assert told.layers("the talk")


def test_a_made_up_group(capsys: pytest.CaptureFixture[str]) -> None:
    """In a group somebody else puts in a word."""
    told = Told(capsys, KOKORO, "--group", "Club", "--json")

    assert "‹Ben› I'd go straight to bed." == told.layers("the talk")[-1]
    assert "group ‹Club› with ‹Ann›, ‹Ben›" in told.layers("late block")[0]


def test_what_was_cut(persona: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In a small context each thing that had no room is a line, with the reason."""
    (persona / "lore" / "cat.md").write_text(f"keys: cat\n\n{'Ink. ' * 60}", encoding="utf-8")
    said = [
        {"who": ("person", "persona")[n % 2], "text": f"{n} cat {'x' * 200}"} for n in range(41)
    ]
    talk = written(tmp_path, *said, {"who": "person", "text": "x" * 90_000})

    pages = [Told(capsys, persona, "--talk", talk, "--context", size).out for size in (4097, 4600)]

    cuts = [[line[6:] for line in page.splitlines() if line[:6] == "cut   "] for page in pages]
    room = 4097 - 512 - 64
    assert f"the talk: the 40 oldest of 40 lines; there is room for {room} tokens" == cuts[0][0]
    assert "the middle of what was just heard, in 1 of 2 messages; " in "\n".join(cuts[0])
    assert any(line.startswith("the examples; ") for line in cuts[0])
    assert any(line.startswith("lore: cat; it may take 800 tokens, ") for line in cuts[1])


def test_a_small_model(persona: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is told the brief form and little lore, and the page says so."""
    (persona / "lore" / "tea.md").write_text("keys: cat\n\nTea.", encoding="utf-8")
    talk = written(tmp_path, {"who": "person", "text": "the cat in the shop"})

    page = Told(capsys, persona, "--talk", talk, "--context", 4096).out

    assert "the brief form: up to a context of 4096 a model is told little" in page
    assert "a small model is told 2 entries at most" in page
    assert "context 4096: 512 for the answer, 64 for the template, 3520 for the prompt; " in page


def test_a_card_that_is_too_large(persona: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The card is never cut; what it takes too much is told."""
    (persona / "profile.md").write_text("Long. " * 3000, encoding="utf-8")

    page = Told(capsys, persona, "--context", 5000).out

    assert "cut   not enough: nothing more can go, and it is " in page


@pytest.mark.slow
def test_a_block_of_talk_that_goes_next(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the next turn has to cut, the talk is not called stable."""
    said = [{"who": ("person", "persona")[n % 2], "text": f"{n} {'x' * 200}"} for n in range(41)]
    talk = written(tmp_path, *said)

    shares = {
        Told(capsys, KOKORO, "--talk", talk, "--context", size, "--json").fields["stable_share"]
        for size in range(5300, 5700, 40)
    }

    assert (True, True) == (min(shares) < 0.7, max(shares) > 0.9)


def test_what_a_terminal_would_obey(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Control characters and halves of letters are shown, not written."""
    talk = written(tmp_path, {"who": "person", "text": "a\x1b[2Jb\ud83d\x9b"})

    page = Told(capsys, KOKORO, "--talk", talk).out
    told = Told(capsys, KOKORO, "--talk", talk, "--json")

    assert r"    a\x1b[2Jb\ud83d\x9b" in page.splitlines()
    assert ["a\x1b[2Jb\ud83d\x9b"] == told.layers("what was just heard")


@pytest.mark.parametrize(
    ("lines", "mistake"),
    [
        ([], "nobody waits for an answer; the last line has"),
        ([{"who": "persona", "text": "Hi."}], "nobody waits for an answer"),
        (["{"], "line 1: no JSON; a line is "),
        ([{"who": "bot", "text": "x"}], "line 1: who is 'bot'; it is"),
        ([{"who": "person"}], "line 1: something is missing; a line is "),
        ([{"who": "person", "text": "x", "name": 7}], "line 1: name is 7; input should be a"),
        ([{"who": "person", "text": "x", "at": "noon"}], "line 1: at is 'noon'; it is a time"),
        ([{"who": "person", "text": "x", "at": 1795258080}], "line 1: at is 1795258080; it is"),
        ([{"who": "person", "text": "x", "at": "0001-01-01T00:00+09:00"}], "; it is a time"),
    ],
    ids=["empty", "answered", "json", "who", "text", "name", "at", "number", "before time"],
)
def test_mistakes(
    tmp_path: Path, lines: list[object], mistake: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is no talk is one clear line with its place, and exit code 1."""
    told = Told(capsys, KOKORO, "--talk", written(tmp_path, *lines))

    assert (1, "", 1) == (told.code, told.out, told.err.count("\n"))
    assert mistake in told.err


@pytest.mark.parametrize(
    "words",
    [("--context", "0"), ("--context", "many"), ("--language", "auto"), ("--language", "x1")],
    ids=" ".join,
)
def test_wrong_usage(words: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    """What can be no number of tokens and no language ends with 2."""
    with pytest.raises(SystemExit) as caught:
        Told(capsys, KOKORO, *words)

    assert 2 == caught.value.code
    assert f"argument {words[0]}: " in capsys.readouterr().err


def test_no_such_persona(capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that is not there is one line."""
    told = Told(capsys, "nowhere")

    assert (1, 1) == (told.code, told.err.count("\n"))


@pytest.mark.slow
def test_as_the_settings_have_it(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a persona the settings' own one is told as their first soul would be."""
    (here / "anima.toml").write_text(
        'persona = "personas/harrow"\n[backends.default]\nkind = "scripted"\ncontext = 6000\n'
        'max_tokens = 500\n[[souls]]\nname = "KU5.0"\n',
        encoding="utf-8",
    )

    mine = Told(capsys, "--json").fields
    other = Told(capsys, KOKORO, "--config", "anima.toml", "--context", 9000, "--json").fields

    assert [["Harrow", "KU5.0", 6000, 500], ["Kokoro", "KU5.0", 9000, 500]] == [
        [told[key] for key in ("persona", "soul", "context", "max_tokens")]
        for told in (mine, other)
    ]
    assert "tools" not in [row["name"] for one in mine["messages"] for row in one["layers"]]


@pytest.mark.slow
def test_counted_by_its_own_tokenizer(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the first soul names a tokenizer, that counts; one that is none is one line."""
    settings = '[backends.default]\nkind = "scripted"\n[[souls]]\nname = "a"\ntokenizer = "{}"\n'
    (here / "bad.toml").write_text(settings.format("none.json"), encoding="utf-8")
    bad = Told(capsys, "--config", "bad.toml")
    assert (1, 1) == (bad.code, bad.err.count("\n"))
    assert bad.err.startswith("anima: souls.0.tokenizer: 'none.json' cannot be read: ")
    (here / "good.toml").write_text(settings.format(saved(here)), encoding="utf-8")

    told = Told(capsys, "--config", "good.toml")

    assert f" for the prompt; tokens are counted by {here / 'tokenizer.json'}\n" in told.out


def test_an_old_file_is_still_a_talk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What `--talk` of `persona check` took before it takes now, whatever else a line holds."""
    said = [{"who": "person", "text": "Hi", "at": 7}, {"who": "persona", "text": "Yo", "name": 7}]

    code = main(["persona", "check", str(KOKORO), "--talk", written(tmp_path, *said)])

    assert (0, "Kokoro: 1 replies") == (code, capsys.readouterr().out[:17])
