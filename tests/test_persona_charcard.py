"""A character card as a persona: its folder, its prompt, and the card again."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from anima.errors import ConfigError
from anima.model import Speaker
from persona.card import Card, load
from persona.charcard import CharCard, parse
from persona.charcard_export import folded
from persona.charcard_folder import CARD, OURS, unfolded
from persona.charcard_spec import as_version
from persona.charcard_talk import to_examples, to_told
from persona.compose import compose
from persona.engine import Engine
from persona.folder import LARGEST_BYTES, read
from tests.cards import WHOLE, card, dumped
from tests.persona_fakes import SOUL, HandClock, Notebook, Script, heard, scene

ROOT = Path(__file__).parents[1]


def char(content: str | bytes = WHOLE) -> CharCard:
    return CharCard(*parse(content.encode() if isinstance(content, str) else content))


def of(**fields: Any) -> dict[str, str]:
    """The folder of a least card with *fields*."""
    return unfolded(char(dumped(**fields)))


def put(path: Path, texts: Mapping[str, str]) -> Path:
    for name, text in texts.items():
        (path / name).parent.mkdir(exist_ok=True, parents=True)
        (path / name).write_bytes(text.encode())
    return path


def direct(path: Path, content: str | bytes = WHOLE) -> Card:
    file = path / "direct.json"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return load(file)


def everything(prompt: object) -> str:
    return str(prompt)


def test_what_goes_where() -> None:
    """Each field of the card has its place in the folder, as it was written."""
    files = unfolded(char())

    assert {
        "persona.toml",
        "profile.md",
        "examples.md",
        "note.md",
        "lore/exam.md",
        "card.json",
    } == set(files)
    assert (
        "{{char}} keeps <USER> company. café\n\n## Personality\nwarm\n\n## Scenario\nat home\n\n"
        "## Instructions\n{{original}} Stay in voice.\n"
    ) == files["profile.md"]
    assert "- tired\n- Rest, Sensei.\n" == files["examples.md"]
    assert "Short lines, {{CHAR}}.\n" == files["note.md"]
    assert "keys: exam, 試験\norder: 10\n\nFinals are in June, {{user}}.\n" == files["lore/exam.md"]


def test_a_card_is_used_as_it_is(tmp_path: Path) -> None:
    """Names, languages, greetings, profile, examples, note and lore come from it."""
    known = direct(tmp_path)

    assert ("Kokoron", ("ja", "en", "zh"), ("Kokoron", "Koko")) == (
        known.name,
        known.languages,
        known.called,
    )
    assert {
        "ja": "先生、おかえり！",
        "en": "Hello! What have you done today?",
        "zh": "今天想聊什么呢？",
    } == dict(known.greeting)
    assert {"en": "Hello, {{user}}! What have you done today?"} == dict(known.welcome)
    assert ("Short lines, Koko.", 2) == (known.note, known.rules["scan_depth"])
    assert known.profile.startswith("Koko keeps the person you talk with company. café\n")
    assert known.profile.endswith("## Instructions\nStay in voice.")
    assert "Finals are in June, the person you talk with." == known.book[0]["content"]


def test_the_prompt_is_the_same_after_an_import(tmp_path: Path) -> None:
    """A card used directly is the persona that its folder is."""
    folder = put(tmp_path / "folder", unfolded(char()))

    known = load(folder)

    assert direct(tmp_path) == known
    assert {} == dict(known.lore)


def test_no_prompt_holds_what_makers_tell_each_other(tmp_path: Path) -> None:
    """`creator_notes`, `creator`, `tags` and the version are in no prompt, nor any placeholder."""
    known = direct(tmp_path)

    prompt = everything(compose(known, scene(heard("exam?")), SOUL))

    assert "Koko keeps the person you talk with company" in prompt
    assert [] == [word for word in ("CANARY", "{{", "<USER>") if word in prompt]


def test_unchanged_is_untouched() -> None:
    """A card comes back word for word: numbers, escapes, order and unknown fields."""
    assert WHOLE == folded(unfolded(char())).text


def test_a_change_changes_only_itself() -> None:
    """One edited line of the folder is one changed stretch of the card."""
    files = unfolded(char())
    files["profile.md"] = files["profile.md"].replace("warm", "cold")

    new = folded(files).text

    assert WHOLE.replace('"personality":"warm"', '"personality":"cold"') == new


def test_edits_reach_their_fields() -> None:
    """Every file of the folder can be changed, and the card says it."""
    files = unfolded(char())
    files["persona.toml"] = (
        files["persona.toml"]
        .replace('name = "Kokoron"', 'name = "Koko"')
        .replace("先生、おかえり！", "ただいま！")
        .replace("今天想聊什么呢？", "来啦？")
    )
    files["examples.md"] = "- hi\n- ho\n  ha\n\n- …\n- alone\n"
    files["note.md"] = "Long lines."
    files["lore/exam.md"] = "keys: test, /a,b/i\nalways: true\nsticky: 2\n\nIn July."

    data = json.loads(folded(files).text)["data"]

    assert ("Koko", "", "ただいま！") == (data["name"], data["nickname"], data["first_mes"])
    assert (
        "<START>\n{{user}}: hi\n{{char}}: ho\nha\n<START>\n{{char}}: alone" == data["mes_example"]
    )
    assert "Long lines." == data["post_history_instructions"]
    assert ["Hello, {{user}}! What have you done today?", "また来たの？", "来啦？"] == data[
        "alternate_greetings"
    ]
    entry = data["character_book"]["entries"][0]
    assert (["test", "/a,b/i"], "In July.", True, {"w": 1.0, "sticky": 2}) == (
        entry["keys"],
        entry["content"],
        entry["constant"],
        entry["extensions"],
    )
    assert 100 == entry["insertion_order"]


def test_an_edited_entry_is_read_from_its_file(tmp_path: Path) -> None:
    """As soon as a file of lore is changed, what it says counts; a file taken out is gone."""
    files = unfolded(char())
    files["lore/exam.md"] += "\nMore, {{char}}."

    known = load(put(tmp_path / "a", files))
    del files["lore/exam.md"]
    without = load(put(tmp_path / "b", files))

    assert (["off"], True) == (known.book[0]["keys"], "More, Koko." in known.lore["lore/exam.md"])
    assert (1, {}) == (len(without.book), dict(without.lore))


def test_a_header_alone_may_change() -> None:
    """What a file does not change of its entry stays as it was."""
    files = unfolded(char())
    files["lore/exam.md"] = files["lore/exam.md"].replace("order: 10", "order: 11")

    assert WHOLE.replace('order":10', 'order":11') == folded(files).text


@pytest.mark.parametrize(
    ("name", "greeting"),
    [("Ann", "Hello, Ann! What have you done today?"), ("", "Hello! What have you done today?")],
)
def test_who_comes_in_is_greeted_by_name(tmp_path: Path, name: str, greeting: str) -> None:
    """`{{user}}` in a greeting is the name of whoever has come in, if there is one."""
    clock = HandClock()
    engine = Engine(direct(tmp_path), Script(clock), clock, Notebook())

    said = engine.greeting(heard("Hello, what is this?", Speaker("telegram", "1", name, "en")))

    assert greeting == said


def test_lore_that_comes_and_goes() -> None:
    """New files are new entries; a file taken out takes its entry along, and no other."""
    files = unfolded(char())
    del files["lore/exam.md"]
    files["lore/cats.md"] = "keys: cat\nnot: dog，wolf\npriority: x\n\nCats."

    entries = json.loads(folded(files).text)["data"]["character_book"]["entries"]

    assert ["off"] == entries[0]["keys"]
    assert ("cats", ["cat"], ["dog", "wolf"], True, 2, 0) == (
        entries[1]["name"],
        entries[1]["keys"],
        entries[1]["secondary_keys"],
        entries[1]["selective"],
        entries[1]["extensions"]["selectiveLogic"],
        entries[1]["priority"],
    )


@pytest.mark.parametrize("book", [None, {"name": "b"}, {"name": "b", "entries": None}])
def test_a_first_entry(book: object) -> None:
    """Lore can be added where the card had no book, or one without entries."""
    files = of(character_book=book)
    files["lore/cats.md"] = "Just a text: with no header\nCats."

    data = json.loads(folded(files).text)["data"]["character_book"]

    assert "Just a text: with no header\nCats." == data["entries"][0]["content"]
    assert ("b" if book else None) == data.get("name")


@pytest.mark.parametrize("extensions", [None, {}, {"x": 1}])
def test_what_cards_have_no_words_for(extensions: object) -> None:
    """Manners and brief forms travel among the extensions, and come back as they were."""
    files = of(description="A cat.", extensions=extensions)
    files["persona.toml"] += '\n[manners]\nen = "Curt."\n'
    files["brief.md"] = "A cat!\n"

    back = unfolded(folded(files))

    assert {**files, CARD: ""} == {**back, CARD: ""}


def test_what_we_added_is_taken_back() -> None:
    """Once the folder says nothing special any more, neither do the extensions."""
    files = of(description="A cat.")
    plain = dict(files)
    files["brief.md"] = "A cat!\n"
    files[CARD] = folded(files).text

    del files["brief.md"]

    assert {} == json.loads(folded(files).text)["data"]["extensions"][OURS]
    assert {**plain, CARD: ""} == {**unfolded(folded(files)), CARD: ""}


def test_what_we_added_holds_for_its_card_alone() -> None:
    """When somebody changed the card elsewhere, our files beside it are out of date."""
    files = of(description="A cat.")
    files["brief.md"] = "A cat!\n"
    text = folded(files).text.replace("A cat.", "A dog.")

    assert "brief.md" not in unfolded(char(text))


@pytest.mark.parametrize("path", ["../x.md", "/x.md", "lore/../x.md", "lore/a\n.md", "run.py"])
def test_strangers_add_no_files(path: str) -> None:
    """Extensions of ours in a stranger's card make no file but those that folders hold."""
    text = json.loads(folded({**of(description="A cat."), "brief.md": "x"}).text)
    text["data"]["extensions"][OURS]["files"] = {path: "x", "note.md": 7}

    files = unfolded(char(json.dumps(text)))

    assert {"persona.toml", "profile.md", CARD} == set(files)


@pytest.mark.parametrize("ours", [7, {}, {"files": {}}])
def test_strange_extensions_of_our_name_are_passed_over(ours: object) -> None:
    """Whatever stands in our place and is not ours changes nothing."""
    files = of(description="A cat.", extensions={OURS: ours})

    assert {"persona.toml", "profile.md", CARD} == set(files)


@pytest.mark.parametrize("files", [7, {}])
def test_our_extension_without_files(files: object) -> None:
    """Our mark over no files adds none."""
    text = json.loads(folded({**of(description="A cat."), "brief.md": "x"}).text)
    text["data"]["extensions"][OURS]["files"] = files

    assert {"persona.toml", "profile.md", CARD} == set(unfolded(char(json.dumps(text))))


@pytest.mark.parametrize("name", ["kokoro", "harrow"])
def test_a_shipped_persona_travels_as_a_card(name: str) -> None:
    """Exported and imported it has every file that it had, letter by letter."""
    texts = read(ROOT / "personas" / name).texts

    made = folded(texts)
    back = unfolded(made)

    assert texts == {path: back[path] for path in texts}
    assert {CARD} == set(back) - set(texts)
    assert {"group_only_greetings", "tags"} <= json.loads(made.text)["data"].keys()


def test_versions_are_made_of_each_other() -> None:
    """The other version has all that it needs, and nothing is lost on the way."""
    old = as_version(WHOLE, 2)
    new = as_version(
        dumped(character_book={"entries": [{"keys": [], "constant": True}]}).decode(), 3
    )

    data = json.loads(new)["data"]
    assert json.loads(WHOLE)["data"] == json.loads(old)["data"]
    assert ("chara_card_v2", "2.0") == tuple(
        json.loads(old)[key] for key in ("spec", "spec_version")
    )
    assert ("Ku", "", [], []) == (
        data["name"],
        data["scenario"],
        data["group_only_greetings"],
        data["alternate_greetings"],
    )
    assert {"keys": [], "constant": True, "use_regex": False} == data["character_book"]["entries"][
        0
    ]


@pytest.mark.parametrize("book", [{}, 7])
def test_a_book_without_entries_has_no_entries_to_fit(book: object) -> None:
    """Another version of a card with an empty book is made without it."""
    text = json.dumps(card(character_book=book))

    assert book == json.loads(as_version(text, 3))["data"]["character_book"]


@pytest.mark.parametrize(
    ("told", "examples"),
    [
        ("", ""),
        ("Just how it talks.\n<start>\nSo.", "Just how it talks.\n\nSo."),
        ("{{user}}: a\nb\n\n<BOT>: c", "- a\n  b\n- c"),
        (
            "<START>\nShe smiles.\n{{char}}: c\nKu: d\n<user>: e",
            "- …\n- She smiles.\n  c\n  d\n- e",
        ),
        ("You: a\n{{CHAR}}: b", "- …\n- You: a\n  b"),
    ],
)
def test_examples_of_talk(told: str, examples: str) -> None:
    """A person's turn and the answer alternate, whoever speaks in a card."""
    assert examples == to_examples(told, "Ku")


def test_examples_without_turns_stay() -> None:
    """What nobody says in particular is an example as it stands."""
    assert "<START>\nSo it talks." == to_told("So it talks.\n\n\n")


@pytest.mark.parametrize(
    ("fields", "greeting"),
    [
        ({}, {"en": "Hello, I'm Ku."}),
        ({"description": "它是一只猫。"}, {"zh": "你好，我是Ku。"}),
        ({"description": "Это она, кошка."}, {"ru": "Hello, I'm Ku."}),
        ({"first_mes": "{{user}}, come in"}, {"en": "you, come in"}),
        ({"alternate_greetings": ["", "x" * 30_000]}, {"en": "x" * 20_000}),
    ],
)
def test_there_is_always_a_greeting(
    tmp_path: Path, fields: dict[str, object], greeting: dict[str, str]
) -> None:
    """Where a card has none the house greets, in the language of its description."""
    known = direct(tmp_path, dumped(**fields))

    assert greeting == dict(known.greeting)


def test_any_words_survive_toml(tmp_path: Path) -> None:
    """Quotes, backslashes, line ends and control characters stand in the greeting as they were."""
    text = 'a "q" \\n """\n\tb\x7f\x00\x1b[0m \'\'\' end"'

    known = direct(tmp_path, dumped(name='K"u\\\n' + "x" * 90, first_mes=text))

    assert (text, 60) == (known.greeting["en"], len(known.name))


def test_the_person_is_called_by_the_address(tmp_path: Path) -> None:
    """Where the folder says what it calls people, `{{user}}` is that, in each language."""
    files = of(description="{{user}} is all.", first_mes="Hi, {{user}}.")
    files["persona.toml"] += '\n[address]\nen = "Sensei"\n'

    known = load(put(tmp_path / "a", files))

    assert ("Sensei is all.", "Hi, Sensei.", {}) == (
        known.profile,
        known.greeting["en"],
        dict(known.welcome),
    )


def test_chance_is_no_chance(tmp_path: Path) -> None:
    """Remarks are nothing, and of several choices it is the first, so that the page stays."""
    known = direct(
        tmp_path, dumped(description="a{{// no}} {{random: x, y}} {{pick::z}} {{comment: no}}b")
    )

    assert "a x z b" == known.profile


def test_a_card_without_words(tmp_path: Path) -> None:
    """A name alone is enough."""
    known = direct(tmp_path, dumped())

    assert "Ku" == known.profile
    assert dumped().decode() == folded(unfolded(char(dumped()))).text


ENTRIES = [
    {"keys": ["a,b"], "content": "1", "name": "CON/\\:"},
    {"keys": ["k"], "content": "2", "name": "con", "selective": True, "secondary_keys": ["s"]},
    {"keys": ["a.c"], "content": "3", "name": 7, "comment": "...", "use_regex": True},
    {"content": "4", "constant": True, "case_sensitive": True, "extensions": 3, "priority": 2.5},
    {"keys": "x", "content": "5", "extensions": {"selectiveLogic": [], "cooldown": 3}},
    {"keys": ["n"], "content": "6", "extensions": {"selectiveLogic": 3}, "priority": 9},
    {"keys": [], "content": " "},
]


def test_files_of_lore() -> None:
    """Each entry that says anything has a file of its own with a fitting name."""
    files = of(character_book={"entries": ENTRIES})

    assert {
        "lore/CON.md": "keys: a,b\n\n1\n",
        "lore/con 2.md": "keys: k\nand: s\n\n2\n",
        "lore/a.c.md": "keys: /a.c/\n\n3\n",
        "lore/entry.md": "keys: \nalways: true\ncase: true\n\n4\n",
        "lore/entry 2.md": "keys: \ncooldown: 3\n\n5\n",
        "lore/n.md": "keys: n\npriority: 9\n\n6\n",
    } == {path: text for path, text in files.items() if path.startswith("lore/")}


def test_a_text_that_is_too_large(tmp_path: Path) -> None:
    """A profile beyond all measure is refused, in a card as in a folder."""
    with pytest.raises(ConfigError, match=r"direct.json: profile.md is larger than 256 KiB"):
        direct(tmp_path, dumped(description="x" * (LARGEST_BYTES + 1)))


def test_a_folder_with_a_broken_card(tmp_path: Path) -> None:
    """All mistakes of a folder are told at once, each with its place."""
    files = of(description="A cat.") | {CARD: "{\n,", "profile.md": "", "brief.fr.md": "x"}
    files["persona.toml"] = files["persona.toml"].replace("name =", "nam =") + "x = 1\n"
    put(tmp_path / "a", files)
    (tmp_path / "a" / "note.md").write_bytes(b"\xff")

    with pytest.raises(ConfigError) as error:
        load(tmp_path / "a")

    lines = [line.removeprefix(f"{tmp_path}/a/") for line in str(error.value).splitlines()]
    assert "note.md, line 1: not UTF-8; save the file as UTF-8" == lines[0]
    assert "persona.toml, line 1: unknown key 'nam'; did you mean 'name'?" in lines
    assert any(line.startswith("persona.toml, line 9: 'greeting.x' names no") for line in lines)
    assert any(line.startswith("card.json: line 2: not JSON") for line in lines)
    assert any(line.startswith("profile.md is empty") for line in lines)


@pytest.mark.slow
def test_many_entries_of_one_name_take_no_time() -> None:
    """A book of thousands is unfolded and made newer at once, not in minutes."""
    entries = [{"keys": ["k"], "content": str(at), "name": "x"} for at in range(3000)]

    files = of(character_book={"entries": entries})

    assert "2999" in files["lore/x 3000.md"]
    assert 3000 == as_version(files[CARD], 3).count('"use_regex":false')
