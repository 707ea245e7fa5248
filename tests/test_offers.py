"""What the house offers is one table, and what a form gives back is what text would have said."""

from collections.abc import Iterator, Mapping
from itertools import combinations

import pytest
from hypothesis import given as whenever
from hypothesis import strategies

from anima.offers import Offer, OfferedArgument, on
from anima.spelling import quoted, spelled
from service.commands import reading
from service.commands.called import CALLED
from service.commands.offering import offers
from service.commands.parts import Rest
from service.commands.table import Command
from service.commands.words import Words
from tests.counter import Counter

TABLE = Counter().door.table
OFFERS = offers(TABLE)
LEAVES = [leaf for one in OFFERS for leaf in one.leaves()]
VALUES = {
    "version": "KU5.0",
    "persona": "Kokoro the 2nd",
    "language": "ja",
    "share": "10 %",
    "turn": "ab12cd",
    "person": "telegram:8",
    "word": "30 9 * * 1-5",
    "text": 'two words, "quoted"\nand more',
}


def value(argument: OfferedArgument) -> str:
    """Something that may be given for *argument*."""
    return argument.options[-1] if argument.kind == "choice" else VALUES[argument.kind]


def understood(text: str) -> tuple[str, Mapping[str, str]]:
    """What the reader of text makes of it."""
    found = reading.find(TABLE, text)
    assert found
    meant = reading.narrowed(found, "en")
    assert isinstance(meant, reading.Meant)
    given = reading.arguments(meant, "en", ("KU1.0", "KU5.0"))
    assert not isinstance(given, reading.Wrong), given.text
    return meant.path, given


def filled(offer: Offer) -> Iterator[dict[str, str]]:
    """Every way to fill the form of *offer*: what is required, and any choice of the rest."""
    spare = [one for one in offer.arguments if not one.required]
    for count in range(len(spare) + 1):
        for chosen in combinations(spare, count):
            wanted = [one for one in offer.arguments if one.required or one in chosen]
            yield {one.name: value(one) for one in wanted}


@pytest.mark.parametrize(("path", "offer"), LEAVES, ids=[path for path, _ in LEAVES])
def test_a_form_is_read_as_text_is(path: str, offer: Offer) -> None:
    """However it is filled, the reader finds the same command with the same values."""
    for given in filled(offer):
        text = spelled(path, offer, given)

        if offer.speech:
            assert " ".join(given.values()) == text
            continue
        read = understood(text)
        expected = {
            name: {"10 %": "10"}.get(one, one) if name == "share" else one
            for name, one in given.items()
        }
        assert path == read[0]
        assert expected == {name: read[1][name] for name in expected}
        others = {name: one for name, one in read[1].items() if name not in expected}
        stands = {one.name: one.otherwise for one in offer.arguments}
        assert all(stands[name] == one for name, one in others.items())


@whenever(
    strategies.text(strategies.characters(exclude_characters="\"“'”", exclude_categories=["Cs"]))
)
def test_any_word_in_quotes_is_that_word(word: str) -> None:
    """Whatever is in it, the reader takes it for one, and leaves nothing over."""
    written = quoted(word)

    assert (word, False) == (Rest(written).word()[0], bool(Rest(written).word()[1]))


@pytest.mark.parametrize(
    ("word", "written"),
    [
        ("KU5.0", "KU5.0"),
        ("KU 5.0", '"KU 5.0"'),
        ("", '""'),
        ('5" screen', "'5\" screen'"),
        ('"', "'\"'"),
        ('it\'s "this" one', '“it\'s "this" one”'),
        ("全角　空白", '"全角　空白"'),
        ("“ ” \" ' „ ‘ ’ 「 『 ＂", '"“ ”  \' „ ‘ ’ 「 『 ＂"'),
    ],
)
def test_quotes_are_put_where_they_are_needed(word: str, written: str) -> None:
    """The first pair that does not stand in the word; with all of them in it, one is left out."""
    assert written == quoted(word)


def test_what_is_left_out_before_something_given_is_stood_for() -> None:
    """`/replay` by another version is about the last answer, if nobody says about which."""
    replay = dict(LEAVES)["replay"]

    assert "/replay last KU5.0" == spelled("replay", replay, {"version": "KU5.0"})
    assert "/replay" == spelled("replay", replay, {})


def test_nothing_of_the_table_is_lost() -> None:
    """Names, arguments, who may, and how it is written: all as the table has it."""

    def shape(one: Command | Offer) -> object:
        arguments = [(each.name, each.kind, each.required, each.options) for each in one.arguments]
        return one.name, one.who, one.alone, arguments, [shape(each) for each in one.subcommands]

    assert [shape(one) for one in TABLE] == [shape(one) for one in OFFERS]


def helps(one: Command) -> Iterator[Words]:
    """All that is said of a command."""
    yield one.help
    yield from (argument.help for argument in one.arguments)
    for sub in one.subcommands:
        yield from helps(sub)


def offered_helps(one: Offer) -> Iterator[Mapping[str, str]]:
    """The same of what is offered."""
    yield dict(one.help)
    yield from (dict(argument.help) for argument in one.arguments)
    for sub in one.subcommands:
        yield from offered_helps(sub)


def test_help_is_carried_in_three_languages() -> None:
    """Word for word, and in none of them is anything missing."""
    words = [{"en": one.en, "zh": one.zh, "ja": one.ja} for top in TABLE for one in helps(top)]

    assert words == [one for top in OFFERS for one in offered_helps(top)]
    assert all(text.strip() for one in words for text in one.values())


def names(one: Offer) -> Iterator[str]:
    """All names in a command."""
    yield one.name
    yield from (argument.name for argument in one.arguments)
    for sub in one.subcommands:
        yield from names(sub)


def test_every_name_is_called_something_in_chinese_and_japanese() -> None:
    """Forms that show names show them in the reader's language; text knows the English ones."""
    known = {name for one in OFFERS for name in names(one)}

    assert set() == known - set(CALLED)
    ask = next(one for one in OFFERS if one.name == "ask")
    assert {"zh": "说话", "ja": "話す"} == ask.called
    unnamed = Command("xyzzy", Words("a", "b", "c"))
    assert {} == offers((unnamed,))[0].called


def test_a_platform_has_what_is_for_all_and_what_is_its_own() -> None:
    """What belongs to one is not offered on another."""
    telegram, discord = (
        {one.name for one in on(platform, OFFERS)} for platform in ("telegram", "discord")
    )

    assert {"ask"} <= discord - telegram
    assert set() == telegram - discord


async def test_a_command_of_another_platform_is_talk() -> None:
    """Whoever writes it where it is not offered is understood as talking; help hides it, too."""
    counter = Counter()

    told = await counter.told("/help")

    assert "/ask" not in told
    assert "/memory why: " in told
