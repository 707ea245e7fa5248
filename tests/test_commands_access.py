"""`/allow`, `/ban`, `/unban`, `/audit` and `/stats` as admins read them, in three languages."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import pytest

from anima.model import Speaker
from anima.orders import Obeyed, Order
from memory.admitting import Person, Ruling
from memory.audited import Audited
from memory.budget import Spent
from memory.days import Days
from service import codes
from service.access import Invitations
from service.commands.access import Letting
from service.commands.audit import Auditing, line
from service.commands.audit_words import DEEDS
from service.commands.stats import Stats
from service.commands.stats_words import OUTCOMES
from service.commands.table import Wish
from service.commands.whom import Whom
from service.commands.words import Language
from tests.counter import LI, TURN, Counter, claimed, says
from tests.persona_fakes import NOW, HandClock

LANGUAGES: tuple[Language, ...] = ("en", "zh", "ja")
BO = Person("telegram:8", "Bo")
CODE = "BCDFGH"


@dataclass
class Book:
    """A door's book in which nothing lasts: it gives one *ruling*, and knows these *people*."""

    ruling: Ruling = "done"
    people: Sequence[Person] = (BO,)
    replied: Person | None = None
    confirms: bool = True
    welcomes: bool | None = True
    linked: Sequence[str] = ()
    deeds: list[tuple[str, ...]] = field(default_factory=list)
    reasons: str = ""

    async def allow(self, person: Person, by: str, place: int) -> Ruling:
        self.deeds.append(("allow", person.address, by, str(place)))
        return self.ruling

    async def confirm(self, digest: str, by: str, place: int) -> tuple[Person, Ruling] | None:
        known = self.confirms and digest == codes.kept(CODE)
        self.deeds.append(("confirm", str(known), by, str(place)))
        return (BO, self.ruling) if known else None

    async def ban(self, person: Person, reason: str, by: str, place: int) -> Ruling:
        self.deeds.append(("ban", person.address, reason, by, str(place)))
        return self.ruling

    async def unban(self, person: Person, by: str, place: int) -> Ruling:
        self.deeds.append(("unban", person.address, by, str(place)))
        return self.ruling

    async def invite(self, digest: str, until: datetime, by: str, place: int) -> None:
        self.deeds.append(("invite", digest, f"{until - NOW}", by, str(place)))

    async def redeem(self, digest: str, speaker: Speaker) -> bool | None:
        self.deeds.append(("redeem", digest, speaker.address))
        return self.welcomes

    async def those(self, kind: str, limit: int, past: int = 0) -> Sequence[tuple[Person, str]]:
        assert (limit, past) == (20, 0)
        return [(one, self.reasons) for one in self.people]

    async def same(self, address: str) -> Sequence[str]:
        return self.linked or (address,)

    async def replied_to(self, place: int, message: str) -> Person | None:
        return self.replied if message and place else None

    async def addressed(self, address: str) -> Person:
        return next((one for one in self.people if one.address == address), Person(address))

    async def named(self, name: str) -> Sequence[Person]:
        return [one for one in self.people if one.name.casefold() == name.casefold()]


class Road:
    """A channel into which a link leads, unless it is *closed*."""

    def __init__(self, *, closed: bool = False) -> None:
        self.closed = closed

    async def link(self, payload: str) -> str:
        return "" if self.closed else f"https://t.me/ku?start={payload}"


def letting(book: Book, road: object = None) -> Letting:
    """The commands over *book*; Ann and Ken are admins."""
    doorway = Counter(admins=["telegram:7", "telegram:9"]).doorway
    channels: dict[tuple[str, str], object] = {("telegram", "ku"): road or object()}
    links = Invitations(doorway, book, channels)
    return Letting(book, book, Whom(book), links, doorway.is_admin, HandClock())


def wish(
    language: Language = "en", *, private: bool = True, reply_to: str = "", **given: str
) -> Wish:
    """Ann wants it."""
    heard = replace(says("/…"), reply_to=reply_to)
    return Wish(Order(replace(claimed(), private=private), heard, TURN), language, given)


@pytest.mark.parametrize(
    ("ruling", "words"),
    [
        ("done", ("may talk with me now", "现在可以和我聊天了", "これから私と話せます")),
        ("already", ("already", "本来就可以", "もう私と話せます")),
        ("banned", ("/unban", "/unban", "/unban")),
    ],
)
@pytest.mark.parametrize("who", [CODE, "bcd-fgh", "ＢＣＤＦＧＨ", "Bo", "bo", "telegram:8"])
async def test_somebody_is_let_in(who: str, ruling: Ruling, words: Sequence[str]) -> None:
    """By a code, a name or an address; the line tells whom it is about."""
    for language, word in zip(LANGUAGES, words, strict=True):
        book = Book(ruling)

        told = await letting(book).allow(wish(language, who=who))

        assert word in told.text
        assert "Bo (telegram:8)" in told.text
        assert ["telegram:7", "3"] == list(book.deeds[-1][-2:])


@pytest.mark.parametrize(
    ("who", "people", "words"),
    [
        ("Vera", (), ("nobody called “Vera”", "“Vera”", "「Vera」")),
        ("Bo", (BO, Person("discord:8", "bo")), ("discord:8", "discord:8", "discord:8")),
        ("BCDFGJ", (), ("BCDFGJ is no code", "BCDFGJ 不是有效", "BCDFGJ は有効な")),
    ],
)
@pytest.mark.parametrize("deed", ["allow", "ban", "unban"])
async def test_it_must_be_clear_who_is_meant(
    deed: str, who: str, people: Sequence[Person], words: Sequence[str]
) -> None:
    """Else nothing is done, and a line says what would do."""
    if who == "BCDFGJ" and deed != "allow":
        words = ("“BCDFGJ”", "“BCDFGJ”", "「BCDFGJ」")
    for language, word in zip(LANGUAGES, words, strict=True):
        book = Book(people=people)

        told: Obeyed = await getattr(letting(book), deed)(wish(language, who=who))

        assert word in told.text
        assert {"confirm"} >= {one[0] for one in book.deeds}


async def test_a_name_may_look_like_a_code() -> None:
    """Then whoever has it is meant, if nobody was given that code."""
    book = Book(people=[Person("telegram:9", "Vkhrms"), Person("telegram:8", "Bcdfgh")])
    book.confirms = False

    told = await letting(book).allow(wish(who="bcdfgh"))

    assert told.text.startswith("Bcdfgh (telegram:8) may talk")


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({}, ""),
        ({"who": "Bo"}, ""),
        ({"who": "telegram:8", "reason": "spam"}, "spam"),
        ({"who": "selling"}, "selling"),
        ({"who": "selling", "reason": "stamps all day"}, "selling stamps all day"),
    ],
)
async def test_a_reply_tells_whom_to_ban(given: dict[str, str], reason: str) -> None:
    """What means nobody is a part of the reason; in groups as well."""
    book = Book(replied=BO)

    told = await letting(book).ban(wish(private=False, reply_to="77", **given))

    assert told.text.startswith("I do not hear Bo (telegram:8) any more.")
    assert [("ban", "telegram:8", reason, "telegram:7", "3")] == book.deeds


async def test_a_reply_lets_in_and_ends_a_ban() -> None:
    """Without another word."""
    book = Book(replied=BO)

    lines = [
        (await letting(book).allow(wish(private=False, reply_to="77"))).text,
        (await letting(book).unban(wish(private=False, reply_to="77"))).text,
    ]

    assert ["allow", "unban"] == [one[0] for one in book.deeds]
    assert all(one.startswith("Bo (telegram:8)") for one in lines)


@pytest.mark.parametrize(
    ("deed", "words"),
    [("ban", ("Whom?", "是谁？", "だれですか")), ("unban", ("Whom?", "是谁？", "だれですか"))],
)
async def test_nobody_is_meant(deed: str, words: Sequence[str]) -> None:
    """The form is told."""
    for language, word in zip(LANGUAGES, words, strict=True):
        told: Obeyed = await getattr(letting(Book()), deed)(wish(language))

        assert told.text.startswith(word)
        assert f"/{deed} telegram:123" in told.text


@pytest.mark.parametrize("deed", ["ban", "unban"])
@pytest.mark.parametrize("ruling", ["done", "already"])
@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_ruling_has_its_line(deed: str, ruling: Ruling, language: Language) -> None:
    """One line, with the address by which it is undone."""
    told: Obeyed = await getattr(letting(Book(ruling)), deed)(wish(language, who="Bo"))

    assert (1, True) == (len(told.text.splitlines()), "telegram:8" in told.text)


async def test_admins_stay() -> None:
    """Oneself, and others that the settings name; nothing is written down."""
    book = Book()

    lines = [(await letting(book).ban(wish(who=f"telegram:{one}"))).text for one in (7, 9)]

    assert ["I will not shut you out of your own house.", []] == [lines[0], book.deeds]
    assert lines[1].startswith("telegram:9 is one of my admins")


@pytest.mark.parametrize(
    ("other", "told"),
    [("telegram:7", "your own house"), ("telegram:9", "one of my admins"), ("discord:3", "Bo")],
)
async def test_admins_stay_by_whichever_name(other: str, told: str) -> None:
    """Bo is linked with somebody else: who that is decides whether he may be shut out."""
    book = Book(linked=("telegram:8", other))

    answer = await letting(book).ban(wish(who="Bo"))

    assert told in answer.text
    assert (other == "discord:3") == bool(book.deeds)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_invitation_is_a_link_or_words(language: Language) -> None:
    """Good for three days; only its digest is kept."""
    for road, begins in (
        (Road(), "https://t.me/ku?start="),
        (Road(closed=True), "/start "),
        (None, "/start "),
    ):
        book = Book()

        told = await letting(book, road).allow(wish(language, who="invite"))

        last = told.text.splitlines()[-1]
        code = last.removeprefix(f"{begins}invite_")
        assert len(code) == codes.INVITATION
        assert [("invite", codes.kept(code), "3 days, 0:00:00", "telegram:7", "3")] == book.deeds
        assert "2026-01-08" in told.text or str(NOW.year) in told.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("deed", "given", "buttons"),
    [
        ("allow", {}, ["/allow telegram:8"]),
        ("allow", {"who": "list"}, ["/allow telegram:8"]),
        ("allow", {"who": "LIST"}, ["/allow telegram:8"]),
        ("ban", {"who": "list"}, ["/unban telegram:8"]),
    ],
)
async def test_lists_bring_buttons(
    language: Language, deed: str, given: dict[str, str], buttons: list[str]
) -> None:
    """Whom it concerns and why, and what is wanted next; an empty list says so."""
    full, empty = letting(Book(reasons="spam")), letting(Book(people=()))

    told: Obeyed = await getattr(full, deed)(wish(language, **given))
    nobody: Obeyed = await getattr(empty, deed)(wish(language, **given))

    assert "· Bo (telegram:8)" in told.text
    assert buttons == [one.says for one in told.beside.buttons]
    assert ((), False) == (nobody.beside.buttons, "·" in nobody.text)
    assert f"/{deed} " in nobody.text.splitlines()[-1]


@pytest.mark.parametrize(
    ("deed", "given"),
    [
        ("allow", {}),
        ("allow", {"who": "list"}),
        ("allow", {"who": "invite"}),
        ("ban", {"who": "list"}),
    ],
)
async def test_nothing_of_it_is_told_aloud(deed: str, given: dict[str, str]) -> None:
    """Neither names nor invitations are for a group."""
    book = Book()

    told: Obeyed = await getattr(letting(book), deed)(wish(private=False, **given))

    assert told.text.startswith("That is for the two of us alone")
    assert ([], ()) == (book.deeds, told.beside.buttons)


@pytest.mark.parametrize(
    ("welcomes", "expected"),
    [(True, None), (False, "这个邀请已经失效了"), (None, "")],
)
async def test_who_comes_with_a_code_is_let_in_or_not(
    welcomes: bool | None,
    expected: str | None,
) -> None:
    """Once it is worth nothing they are told; after too many guesses not even that."""
    book = Book(welcomes=welcomes)
    stranger = says("/start invite_x", replace(LI, id="99"))
    doorway = Counter(who="paired").doorway

    told = await Invitations(doorway, book, {}).invited("bcdfghjkmnpq", stranger)

    assert (told is None) == (expected is None)
    assert told is None or told.text.startswith(expected or "")
    assert [("redeem", codes.kept("BCDFGHJKMNPQ"), "telegram:99")] == book.deeds


async def test_who_is_known_uses_no_invitation_up() -> None:
    """An admin, who tries a link, leaves it good."""
    book = Book()

    assert None is await Invitations(Counter().doorway, book, {}).invited("x", says("/start"))
    assert [] == book.deeds


@pytest.mark.parametrize("letters", [codes.PAIRING, codes.INVITATION])
def test_codes_are_read_however_they_are_written(letters: int) -> None:
    """Small, wide or parted; and no two are alike."""
    made = {codes.new(letters) for _ in range(50)}

    for code in made:
        assert code == codes.meant(f"{code[:3]}-{code[3:].lower()}", letters)
        assert "" == codes.meant(code + "B", letters) == codes.meant("A" + code[1:], letters)
    assert len(made) == 50


class Records(list[Audited]):
    """The audit, the newest first."""

    async def newest(self, limit: int, past: int = 0) -> Sequence[Audited]:
        return self[past : past + limit]


def done(deed: str, subject: str = "telegram:8", after: str = "x") -> Audited:
    """A deed of Ann's."""
    return Audited(NOW, "telegram:7", deed, 3, subject, "", after)


@pytest.mark.parametrize("deed", [*DEEDS, "something new"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("subject", ["here", "everywhere", "telegram:8"])
def test_every_deed_has_its_line(deed: str, language: Language, subject: str) -> None:
    """With when and who, and without a hole; one that we do not know is shown as it is."""
    told = line(done(deed, subject), language)

    assert (1, True) == (
        len(told.splitlines()),
        told.startswith(f"· {NOW:%Y-%m-%d %H:%M} · telegram:7"),
    )
    assert not {"{", "}"} & set(told)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_audit_has_pages(language: Language) -> None:
    """Ten deeds each, with a button for the older ones; there is an end."""
    book = Auditing(Records(done("ban", f"telegram:{one}") for one in range(15)))

    pages = [await book.audit(wish(language, **given)) for given in ({}, {"page": "2"})]
    beyond = [
        (await book.audit(wish(language, page=one))).text for one in ("3", "0", "x", "²", "9999999")
    ]
    empty = await Auditing(Records()).audit(wish(language))

    assert [11, 5] == [len(one.text.splitlines()) for one in pages]
    assert ["/audit 2"] == [one.says for one in pages[0].beside.buttons]
    assert () == pages[1].beside.buttons
    assert all("/audit 2" in one and "·" not in one for one in beyond)
    assert "/audit" not in empty.text


def test_the_house_has_a_name() -> None:
    """What nobody in particular did."""
    assert "· the house unbanned" in line(replace(done("unban"), by="house"), "en")


class Figures:
    """The same figures each day."""

    def __init__(self, days: Days) -> None:
        self.days, self.asked = days, list[datetime]()

    async def since(self, then: datetime) -> Days:
        self.asked.append(then)
        return self.days


@dataclass
class Accounts:
    """What was spent today."""

    spent: Sequence[Spent]

    async def today(self) -> Sequence[Spent]:
        return self.spent


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_figures_are_told(language: Language) -> None:
    """Of today and of seven days; every outcome by name, and what there was none of is left out."""
    turns = {kind: count for count, kind in enumerate(OUTCOMES, start=100)}
    counts = Figures(Days(3, 4, turns, 12_345, 678, first_s=1.25, whole=False))

    spent = [Spent("", "distilling", 5, 9), Spent("a", "initiative", 3, 9)]
    spent.append(Spent("b", "initiative", 4, 9))
    told = await Stats(counts, Accounts(spent), 200, HandClock()).stats(wish(language))

    assert 13 == len(told.text.splitlines())
    assert all(f" {count}" in told.text for count in turns.values())
    assert all(word in told.text for word in ("12,345", "678", "1.2", "200"))
    assert {"5", "200", "7"} == set(re.findall(r"\d+", told.text.splitlines()[-1]))
    assert [0, 6] == [(NOW.date() - one.date()).days for one in counts.asked]


async def test_there_may_be_nothing_to_tell() -> None:
    """A house in which nothing happened yet."""
    told = await Stats(Figures(Days()), Accounts(()), 200, HandClock()).stats(wish())

    assert "· turns: –" in told.text
    assert "(median): –" in told.text
