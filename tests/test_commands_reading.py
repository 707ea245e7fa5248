"""Commands as people write them, and what they are told when they write them wrong."""

from collections.abc import Mapping

import pytest

from anima.model import Soul, Speaker
from anima.orders import Obeyed, Order
from anima.spelling import quoted
from service.commands import reading
from service.commands.parts import Rest, head, short
from service.commands.table import Command, Wish, nothing
from service.commands.words import Words
from tests.counter import ANN, KEN, LI, NOBODY, TURN, Counter, claimed, says

SPACED = (Soul("KU 5.0", "x"), Soul("KU1.0", "x"), Soul("小酷", "x"))


def understood(text: str) -> tuple[str, Mapping[str, str]]:
    """The path of a command, and the values of its arguments."""
    counter = Counter(souls=SPACED)
    found = reading.find(counter.door.table, text)
    assert found
    meant = reading.narrowed(found, "en")
    assert isinstance(meant, reading.Meant)
    given = reading.arguments(meant, "en", counter.souls.names)
    assert not isinstance(given, reading.Wrong), given.text
    return meant.path, given


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/model", "model"),
        ("  /model list", "model"),
        ("/model@SomeBot use KU5.0", "model"),
        ("/model@", "model"),
        ("／model use KU5.0", "model"),
        ("／ｍｏｄｅｌ＠ｂｏｔ　list", "model"),
        ("/model\nlist", "model"),
        ("/MODEL list", "model"),
        ("/model\u3000list", "model"),
        ("model", None),
        ("say /model", None),
        ("//model", None),
        ("/", None),
        ("/ model", None),
        ("/model:", None),
        ("", None),
    ],
)
def test_a_command_is_known_by_its_first_word(text: str, expected: str | None) -> None:
    """A slash of any width and a name; the bot that it names is not part of it."""
    begun = head(text)

    assert expected == (begun and begun[0])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a b", ["a", "b"]),
        ("  a\u3000b\n c ", ["a", "b", "c"]),
        ('"a b" c', ["a b", "c"]),
        ("“a b” „c d“ 「e f」 『g h』 'i j' ＂k l＂", ["a b", "c d", "e f", "g h", "i j", "k l"]),
        ('"a b', ['"a', "b"]),
        ('"" a', ["", "a"]),
        ("10 % a", ["10 %", "a"]),
        ("１０　％", ["１０　％"]),
        ("KU6.0 % of", ["KU6.0", "%", "of"]),
        ("10 %x", ["10", "%x"]),
        ("", []),
        ("  ", []),
    ],
)
def test_words_are_taken_one_by_one(text: str, expected: list[str]) -> None:
    """What stands in quotes is one word, and so is a number with its percent sign."""
    rest = Rest(text)
    words = []

    while rest:
        word, rest = rest.word()
        words.append(word)

    assert expected == words
    assert len(expected) == Rest(text).words()


def test_after_the_last_word_there_is_none() -> None:
    """Whoever asks on is given nothing."""
    assert Rest(" ").word() == ("", Rest(""))


@pytest.mark.parametrize(
    ("text", "path", "given"),
    [
        ("/model list", "model list", {}),
        ("/model LIST", "model list", {}),
        (
            "/model@SomeBot use KU1.0 everywhere",
            "model use",
            {"version": "KU1.0", "where": "everywhere"},
        ),
        ("/model use ku1.0", "model use", {"version": "KU1.0"}),
        ("  /model   use \n KU1.0   HERE ", "model use", {"version": "KU1.0", "where": "here"}),
        (
            "／ｍｏｄｅｌ　ｕｓｅ　ＫＵ１．０　ｈｅｒｅ",
            "model use",
            {"version": "KU1.0", "where": "here"},
        ),
        ('/model use "KU 5.0" here', "model use", {"version": "KU 5.0", "where": "here"}),
        ("/model use “ku 5.0”", "model use", {"version": "KU 5.0"}),
        (
            "/model use 「KU 5.0」 everywhere",
            "model use",
            {"version": "KU 5.0", "where": "everywhere"},
        ),
        ("/model use 小酷", "model use", {"version": "小酷"}),
        ("/model info", "model info", {}),
        ("/model info ku1.0", "model info", {"version": "KU1.0"}),
        ("/model info gone", "model info", {"version": "gone"}),
        ("/model rollback", "model rollback", {}),
        ("/model rollback everywhere", "model rollback", {"where": "everywhere"}),
        ("/model canary KU1.0 10%", "model canary", {"version": "KU1.0", "share": "10"}),
        ("/model canary KU1.0 10％", "model canary", {"version": "KU1.0", "share": "10"}),
        ("/model canary KU1.0 １０", "model canary", {"version": "KU1.0", "share": "10"}),
        ("/model canary KU1.0 12.5 %", "model canary", {"version": "KU1.0", "share": "12.5"}),
        ("/model canary 20%", "model canary", {"share": "20"}),
        ("/model canary off", "model canary", {"share": "0"}),
        ("/model canary KU1.0 OFF", "model canary", {"version": "KU1.0", "share": "0"}),
        (
            '/model compare ku1.0 "KU 5.0"  What is  "this"?\nTell me.',
            "model compare",
            {"first": "KU1.0", "second": "KU 5.0", "text": 'What is  "this"?\nTell me.'},
        ),
        ("/replay", "replay", {}),
        ("/replay last KU1.0", "replay", {"turn": "last", "version": "KU1.0"}),
        ("/replay #(A1B2C3) KU1.0", "replay", {"turn": "a1b2c3", "version": "KU1.0"}),
        ("/start ref_17 and more", "start", {"code": "ref_17 and more"}),
        ("/help me", "help", {}),
    ],
)
def test_a_command_is_understood(text: str, path: str, given: dict[str, str]) -> None:
    """Whatever its spaces, widths, quotes and capitals."""
    assert (path, given) == understood(text)


USE = "/model use NAME [here|everywhere]"
KNOWN = "list, use, info, rollback, canary, compare"
KNOWN_THERE = "list、use、info、rollback、canary、compare"
NO_SHARE = "is not a share from 0% to 100%. Like this: /model canary [NAME] 10%|off"
CANARY = "/model canary [NAME] 10%|off"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("/model", f"/model what? I know {KNOWN}. Like this: /model list"),
        ("/model ues KU5.0", f"There is no /model ues; I know {KNOWN}. Like this: {USE}"),
        ("/model use", f"NAME is missing. Like this: {USE}"),
        ("/model use KU5.O", f"There is no KU5.O; I have KU5.0, KU1.0, KU6.0. Like this: {USE}"),
        ('/model use ""', f'There is no ""; I have KU1.0, KU5.0, KU6.0. Like this: {USE}'),
        (
            "/model use KU5.0 evrywhere",
            f"“evrywhere” is not one of here, everywhere. Like this: {USE}",
        ),
        (
            "/model use KU5.0 here now please",
            f"“now please” does not belong there. Like this: {USE}",
        ),
        ("/model list all", "“all” does not belong there. Like this: /model list"),
        (
            "/model rollback there",
            "“there” is not one of here, everywhere. Like this: /model rollback [here|everywhere]",
        ),
        ("/model canary", f"10%|off is missing. Like this: {CANARY}"),
        ("/model canary KU6.0", f"“KU6.0” {NO_SHARE}"),
        ("/model canary KU6.0 101%", f"“101%” {NO_SHARE}"),
        ("/model canary KU6.0 -5%", f"“-5%” {NO_SHARE}"),
        ("/model canary KU6.0 nan", f"“nan” {NO_SHARE}"),
        (
            "/model canary KU7 10%",
            f"There is no KU7; I have KU6.0, KU1.0, KU5.0. Like this: {CANARY}",
        ),
        ("/model compare KU5.0 KU6.0", "TEXT is missing. Like this: /model compare A B TEXT"),
        ("/model compare KU5.0", "B is missing. Like this: /model compare A B TEXT"),
        (
            "/replay last KU9",
            "There is no KU9; I have KU6.0, KU1.0, KU5.0. Like this: /replay [TURN|last] [NAME]",
        ),
    ],
)
async def test_what_is_wrong_is_told_in_one_line(text: str, line: str) -> None:
    """With the right form, and the nearest name first."""
    answer = await Counter().obey(text)

    assert Obeyed(line) == answer


@pytest.mark.parametrize(
    ("speaker", "text", "line"),
    [
        (LI, "/model use KU5.O", f"没有 KU5.O，现有：KU5.0、KU1.0、KU6.0。写法：{USE}"),
        (
            KEN,
            "/model use KU5.O",
            f"KU5.O はありません。あるのは KU5.0、KU1.0、KU6.0 です。書き方：{USE}",
        ),
        (
            NOBODY,
            "/model use KU5.O",
            f"There is no KU5.O; I have KU5.0, KU1.0, KU6.0. Like this: {USE}",
        ),
        (LI, "／model　use　KU5.0　这里", f"“这里” 不行，只能是：here、everywhere。写法：{USE}"),
        (KEN, "/model use", f"NAME がありません。書き方：{USE}"),
        (LI, "/model list x", "“x” 是多余的。写法：/model list"),
        (
            KEN,
            "/model canary KU6.0 半分",
            f"「半分」は 0% から 100% までの割合ではありません。書き方：{CANARY}",
        ),
        (LI, "/model 列表", f"没有 /model 列表，可以用：{KNOWN_THERE}。写法：/model list"),
        (
            KEN,
            "/model",
            f"/model で何をしますか？使えるのは {KNOWN_THERE} です。書き方：/model list",
        ),
    ],
)
async def test_it_is_told_in_the_language_of_the_client(
    speaker: Speaker, text: str, line: str
) -> None:
    """The words of a command are no sign of a language."""
    counter = Counter(admins=(*(one.address for one in (LI, KEN, NOBODY)),))

    assert line == await counter.told(text, speaker=speaker)


async def test_many_names_are_cut_short() -> None:
    """A line with thirty names would not be read."""
    souls = [Soul(f"V{number}", "x") for number in range(30)]

    line = await Counter(souls=souls).told("/model use W7")

    assert line.startswith("There is no W7; I have V7, ")
    assert line.count("V") == 8
    assert ", …. Like this" in line


async def test_a_name_with_a_space_is_shown_in_quotes() -> None:
    """For that is how it has to be written."""
    line = await Counter(souls=SPACED).told("/model use KU5.0")

    assert line.startswith('There is no KU5.0; I have "KU 5.0", ')


async def test_what_people_wrote_is_repeated_in_short() -> None:
    """A page of text stays one line of forty characters, and braces are plain text."""
    line = await Counter().told("/model use KU5.0 here {x}\n" + "y" * 5_000)

    assert line == f"“{{x}} {'y' * 35}…” does not belong there. Like this: {USE}"


def test_short_text_stays_as_it_is() -> None:
    """But for its line breaks."""
    assert (short("a\n b"), quoted("a b"), quoted("a")) == ("a b", '"a b"', "a")


async def test_a_command_that_has_subcommands_does_nothing_itself() -> None:
    """Each of its subcommands says how it is done."""
    wish = Wish(Order(claimed(), says("/x"), TURN), "en", {})

    assert Obeyed("") == await nothing(wish)
    assert Command("x", Words("x", "x", "x")).how is nothing


def test_every_command_can_be_offered_as_a_form() -> None:
    """A platform with commands of its own needs names, kinds, options and help in each language."""
    table = Counter().door.table
    commands = [one for top in table for one in (top.subcommands or (top,))]

    arguments = [argument for one in commands for argument in one.arguments]

    manners = ["start", "help", "ask", "thread", "language", "why", "talk"]
    matters = ["quiet", "initiative", "voice", "memory", "private", "link", "unlink"]
    owners = ["model", "persona", "business", "replay"]
    later = ["remind", "timezone", "schedule", "say"]
    people = ["allow", "ban", "unban", "stats", "audit"]
    assert [*manners, *matters, *owners, *later, *people] == [one.name for one in table]
    assert all(one.help.en and one.help.zh and one.help.ja for one in (*commands, *arguments))
    assert all(bool(one.options) == (one.kind in {"choice", "language"}) for one in arguments)
    assert all(one.arguments[-1].kind == "text" for one in commands if "compare" in one.name)


def test_a_stranger_to_the_table_is_talk() -> None:
    """Words that only begin like a command go to the persona."""
    door = Counter().door

    talk = [door.commands(says(text, ANN)) for text in ("/startle", "/unknown", "/moon", "hi")]

    assert [False] * 4 == talk
