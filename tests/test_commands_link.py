"""What `/link` and `/unlink` say, without a database."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

import pytest

from anima.model import Conversation
from anima.orders import Obeyed, Order
from memory.joining import Result, Tried
from memory.linking import Parted
from memory.same import Side
from service.commands.link import Linking, told
from service.commands.table import Wish
from service.commands.words import Language
from tests.counter import ANN, HOME, TURN, claimed, says

PAGE = Side("web:abc", "Guest", 2, Conversation("web", "page", "abc"))
SHIP = Side("matrix:@ann", "Ann\nof the very, very, very long name that she has", 3, HOME)


@dataclass
class Links:
    """Links that say what a test wants, and remember what they were asked."""

    tried: Tried = field(default_factory=lambda: Tried("wrong"))
    parted: Parted = field(default_factory=Parted)
    linked: tuple[Side, ...] = ()
    asked: list[tuple[str, ...]] = field(default_factory=list)

    async def others(self, who: str) -> tuple[Side, ...]:
        self.asked.append(("others", who))
        return self.linked

    async def code(self, side: Side) -> str:
        self.asked.append(("code", side.address))
        return "ABCD2345"

    async def bring(self, side: Side, code: str, *, sure: bool) -> Tried:
        self.asked.append(("bring", side.address, code, str(sure)))
        return self.tried

    async def part(self, who: str, platform: str = "") -> Parted:
        self.asked.append(("part", who, platform))
        return self.parted


class Archives(list[str]):
    """Remembers whose archives were taken away."""

    def drop(self, speakers: Collection[str]) -> None:
        self.extend(speakers)


def wish(
    given: Mapping[str, str] | None = None,
    where: Conversation = HOME,
    language: Language = "en",
) -> Wish:
    """Somebody's wish, said in private."""
    claim = replace(claimed(), conversation=where)
    return Wish(Order(claim, says("/link"), TURN), language, given or {})


async def linked(
    links: Links, code: str = "", language: Language = "en", where: Conversation = HOME
) -> Obeyed:
    """What `/link` says."""
    given = {"code": code} if code else {}
    return await Linking(links, Archives()).link(wish(given, where, language))


@pytest.mark.parametrize(
    ("language", "told_"),
    [
        ("en", "Your code: ABCD-2345"),
        ("zh", "你的代码：ABCD-2345"),
        ("ja", "あなたのコード：ABCD-2345"),
    ],
)
async def test_a_code_is_shown_in_groups(language: Language, told_: str) -> None:
    """With how long it holds, and a warning."""
    links = Links()

    said = await linked(links, language=language)

    assert said.text.startswith(told_)
    assert "10" in said.text
    assert [("others", ANN.address), ("code", ANN.address)] == links.asked


async def test_who_is_linked_is_told_with_whom() -> None:
    """And how to undo it, or to add one more."""
    links = Links(linked=(PAGE,))

    said = await linked(links)

    assert said.text.startswith("Here you are one person for me with “Guest” on the web page.")
    assert "/unlink" in said.text
    assert [("others", ANN.address)] == links.asked


@pytest.mark.parametrize("typed", ["abcd2345", "ＡＢＣＤ-2345", "abcd 2345"])
async def test_a_code_is_shown_whose_it_is(typed: str) -> None:
    """Nothing is done before the yes, for which there is a button."""
    links = Links(Tried("found", (PAGE,)))

    said = await linked(links, typed)

    assert said.text.startswith("This code is from “Guest” on the web page. Is that you?")
    assert said.text.endswith("/link ABCD-2345 yes")
    assert ["/link ABCD-2345 yes"] == [one.says for one in said.beside.buttons]
    assert [("bring", ANN.address, "ABCD2345", "False")] == links.asked


@pytest.mark.parametrize("yes", ["yes", "YES", "是", "确定", "はい"])
async def test_a_yes_does_it(yes: str) -> None:
    """In each of our languages, with the code before it."""
    links = Links(Tried("linked", (PAGE,)))

    said = await linked(links, f"ABCD-2345 {yes}")

    assert said.text.startswith("You are one person for me now, with “Guest” on the web page.")
    assert [("bring", ANN.address, "ABCD2345", "True")] == links.asked


@pytest.mark.parametrize(
    ("result", "line"),
    [
        ("wrong", "This code is not right, or no longer."),
        ("own", "That is your own code from here. Write it to me on the other platform: /link"),
        ("same", "You are one person for me already, with “Guest” on the web page."),
        ("wait", "There were too many wrong codes. Please try again in 2 min."),
    ],
)
async def test_each_trouble_has_one_line(result: Result, line: str) -> None:
    """Which says what to do."""
    said = await linked(Links(Tried(result, (PAGE,), wait_s=61)), "ABCD2345")

    assert said.text.startswith(line)
    assert "\n" not in said.text
    assert () == said.beside.buttons


async def test_through_a_connection_there_is_no_link() -> None:
    """Somebody else reads along there."""
    links = Links()

    said = await linked(links, where=replace(HOME, connection="biz"))

    assert said.text.startswith("That is for the two of us alone")
    assert [] == links.asked


async def test_what_was_written_down_for_both_is_taken_away() -> None:
    """When they are parted; nobody has files of the other then."""
    archives = Archives()
    links = Links(parted=Parted(gone=(PAGE,)))

    said = await Linking(links, archives).unlink(wish({"platform": "web"}))

    assert said.text.startswith("Done: “Guest” on the web page and you are no longer one person")
    assert [ANN.address, PAGE.address] == archives
    assert [("part", ANN.address, "web")] == links.asked


async def test_nothing_to_part_is_said() -> None:
    """Whether there is no link at all, or none there."""
    none = await Linking(Links(), Archives()).unlink(wish())
    elsewhere = await Linking(Links(parted=Parted(stays=(PAGE,))), Archives()).unlink(
        wish({"platform": "discord"})
    )

    assert none.text.startswith("You are linked with nobody.")
    line = "You are not linked with anybody on Discord, only with “Guest” on the web page."
    assert line == elsewhere.text


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "“Guest” on the web page and you are one person for me from now on"),
        ("fr", "“Guest” on the web page and you are one person for me from now on"),
        ("", "“Guest” on the web page and you are one person for me from now on"),
        ("zh", "从现在起，网页上的“Guest”和你在我这里是同一个人"),
        ("ja", "これから、ウェブページの「Guest」とあなたは私にとって同じ人です"),
    ],
)
def test_the_other_side_is_told_in_its_language(language: str, line: str) -> None:
    """With the way to undo it."""
    said = told("linked", language, (PAGE,))

    assert said.startswith(line)
    assert "/unlink" in said


def test_a_long_name_is_one_short_line() -> None:
    """However it is written; a platform that has no words yet has its name."""
    ship = replace(SHIP, where=Conversation("matrix", "anima", "1"))

    said = told("parted", "en", (ship, PAGE))

    name = "Ann of the very, very, very long name t…"
    assert said.startswith(f"“{name}” on Matrix, “Guest” on the web page and you are no longer")
