"""Speakers become one person by a code, and are parted again, on SQLite and on PostgreSQL."""

from asyncio import TaskGroup
from collections.abc import Sequence

import pytest

from anima.model import Account, Arrival, Conversation, Incoming, Speaker, Usage
from anima.steps import Preferred, Released
from memory.admitting import Admissions, Person
from memory.joining import HOLDS, Tried
from memory.link_codes import typed
from memory.linking import Change, Links, Parted
from memory.longterm.consenting import Consents
from memory.longterm.scope import visible
from memory.longterm.scribe import Scribe
from memory.longterm.viewing import Views
from memory.longterm.wanted import Everything
from memory.same import Side
from memory.spending import Spending
from memory.tables import link_code, linked, person, preference, relation
from memory.visitors import Visitors
from tests.contracts.databases import later, opened
from tests.contracts.ledgers import START, SqlLedgers
from tests.contracts.lived_in import KOKORO, House
from tests.contracts.words import BOTS, place

ANN = Speaker("telegram", "7", "Ann", "en")
PAGE = Speaker("web", "abc", "Guest", "ja")
DISC = Speaker("discord", "70", "ann_70", "zh")
BO = Speaker("telegram", "8", "Bo", "en")
WHERE = {
    ANN.address: place("7"),
    BO.address: place("8"),
    PAGE.address: Conversation("web", "page", "abc"),
    DISC.address: Conversation("discord", "anima", "d70"),
}
EVERY_BOT = (*BOTS, ("web", "page"), ("discord", "anima"))


def told(change: Change, language: str, others: Sequence[Side]) -> str:
    """What the other side hears."""
    return f"{change} {language} {' '.join(one.address for one in others)}"


class Linked:
    """A house, its links, and the sides of people who have said hello there."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.turn = 0
        self.at: dict[str, int] = {}

    @property
    def links(self) -> Links:
        """The links as this process has them."""
        store = self.house.store
        return Links(store.database, store.ledgers.clock, store.ids, store.rang.extend, told)

    async def says(
        self,
        who: Speaker,
        text: str = "hello",
        where: Conversation | None = None,
        account: Account | None = None,
    ) -> int:
        """*who* says *text* in private, by default in the place of their own, and is answered."""
        self.turn += 1
        there, key = where or WHERE[who.address], f"{who.id} {self.turn}"
        spoken = Incoming(there, who, text, self.house.store.now, key)
        source = f"{there.platform}:{there.bot}"
        await self.house.store.ledger.hear([Arrival(source, key, text, spoken)])
        (claim,) = await self.house.store.ledger.claim(1, EVERY_BOT)
        here = await self.house.store.goes_on(claim, self.turn, persona=KOKORO, account=account)
        self.at.setdefault(who.address, here)
        return here

    async def meets(self, *people: Speaker) -> None:
        """They say hello."""
        for one in people:
            await self.says(one)

    def side(self, who: Speaker) -> Side:
        """*who* where they said hello."""
        return Side(who.address, who.name, self.at[who.address], WHERE[who.address])

    async def link(self, one: Speaker, other: Speaker) -> Tried:
        """*one* asks for a code, *other* brings it."""
        code = await self.links.code(self.side(one))
        return await self.links.bring(self.side(other), code, sure=True)

    async def others(self, who: Speaker) -> list[str]:
        """Who else is one person with *who*."""
        return [one.address for one in await self.links.others(who.address)]

    async def unsent(self) -> dict[str, list[str]]:
        """What is to be said, by the chat in which."""
        claims = await self.house.store.ledger.claim(9, EVERY_BOT)
        for one in claims:
            await self.house.store.ledger.write(one, Released())
        return {one.conversation.chat: [b.text for b in one.unsent] for one in claims if one.unsent}

    async def sees(self, who: Speaker, where: int | None = None) -> int:
        """How many keys *who* holds."""
        here = where or self.at[who.address]
        return len(visible(await Views(self.house.store.database).of(KOKORO, here, [who.address])))

    async def kept(self) -> None:
        """All that was said becomes memory."""
        scribe = Scribe(self.house.store.database)
        for where in await scribe.behind():
            await scribe.catch_up(where)

    def passes(self, seconds: float) -> None:
        """Time goes by."""
        self.house.store.ledgers.clock.advance(seconds)


@pytest.fixture
async def homes(sql_ledgers: SqlLedgers) -> Linked:
    """An empty house over each kind of database."""
    return Linked(House(await opened(sql_ledgers)))


async def test_a_code_makes_one_person_of_two(homes: Linked) -> None:
    """The first time it is brought it only tells who is at the other end."""
    await homes.meets(ANN, PAGE)
    code = await homes.links.code(homes.side(ANN))

    found = await homes.links.bring(homes.side(PAGE), code, sure=False)
    before = await homes.others(PAGE)
    done = await homes.links.bring(homes.side(PAGE), code, sure=True)

    assert Tried("found", (homes.side(ANN),)) == found
    assert [] == before
    assert Tried("linked", (homes.side(ANN),)) == done
    assert [ANN.address] == await homes.others(PAGE)
    assert [PAGE.address] == await homes.others(ANN)


async def test_the_other_side_is_told_in_its_own_language(homes: Linked) -> None:
    """Whoever brought the code sees it in the answer; the place of the other one rings."""
    await homes.meets(ANN, PAGE)
    homes.house.store.rang.clear()

    await homes.link(PAGE, ANN)
    rang = list(homes.house.store.rang)
    linked_told = await homes.unsent()
    await homes.links.part(ANN.address)
    parted_told = await homes.unsent()

    assert [homes.at[PAGE.address]] == rang
    assert {"abc": ["linked ja telegram:7"]} == linked_told
    assert {"abc": ["linked ja telegram:7", "parted ja telegram:7"]} == parted_told


async def test_nobody_can_read_a_code_out_of_the_database(homes: Linked) -> None:
    """Two people with the same code would be kept differently, too."""
    await homes.meets(ANN, BO)
    code = await homes.links.code(homes.side(ANN))
    await homes.links.code(homes.side(BO))

    one, other = await homes.house.store.rows(link_code)

    assert code == typed(code)
    assert not [value for value in one if code in str(value)]
    assert one.salt != other.salt
    assert 64 == len(one.digest)


async def test_a_code_works_once(homes: Linked) -> None:
    """Nobody else can use it; for who did the same turn taken up again finds it done."""
    await homes.meets(ANN, PAGE, BO)
    code = await homes.links.code(homes.side(ANN))
    await homes.links.bring(homes.side(PAGE), code, sure=True)

    again = await homes.links.bring(homes.side(PAGE), code, sure=True)
    another = await homes.links.bring(homes.side(BO), code, sure=True)
    await homes.links.part(PAGE.address)
    afterwards = await homes.links.bring(homes.side(PAGE), code, sure=True)

    assert Tried("linked", (homes.side(ANN),)) == again
    assert ("wrong", "wrong") == (another.result, afterwards.result)
    assert [] == await homes.others(BO)
    assert [] == await homes.others(PAGE)


async def test_a_code_holds_for_ten_minutes(homes: Linked) -> None:
    """To the second; a restart in between changes nothing."""
    await homes.meets(ANN, PAGE)
    code = await homes.links.code(homes.side(ANN))
    homes.passes(HOLDS.total_seconds() - 1)
    homes.house = House(await homes.house.store.another())

    holds = await homes.links.bring(homes.side(PAGE), code, sure=False)
    homes.passes(1)
    over = await homes.links.bring(homes.side(PAGE), code, sure=True)

    assert ("found", "wrong") == (holds.result, over.result)


async def test_a_new_code_takes_the_homes_the_old_one(homes: Linked) -> None:
    """And what has run out is not kept."""
    await homes.meets(ANN, PAGE, BO)
    old = await homes.links.code(homes.side(ANN))
    new = await homes.links.code(homes.side(ANN))

    found = [
        (await homes.links.bring(homes.side(PAGE), code, sure=False)).result for code in (old, new)
    ]
    homes.passes(HOLDS.total_seconds())
    await homes.links.code(homes.side(BO))

    assert ["wrong", "found"] == found
    assert [BO.address] == [row.speaker for row in await homes.house.store.rows(link_code)]


async def test_nobody_is_linked_with_themself(homes: Linked) -> None:
    """Nor twice with the same one; neither is a guess."""
    await homes.meets(ANN, PAGE)
    own = await homes.links.code(homes.side(ANN))
    results = [(await homes.links.bring(homes.side(ANN), own, sure=True)).result for _ in range(9)]
    await homes.links.bring(homes.side(PAGE), own, sure=True)
    other = await homes.links.code(homes.side(PAGE))

    same = await homes.links.bring(homes.side(ANN), other, sure=True)

    assert {"own"} == set(results)
    assert Tried("same", (homes.side(PAGE),)) == same


async def test_after_five_wrong_codes_somebody_waits(homes: Linked) -> None:
    """For what is left of an hour since the first of them; also with the right one."""
    await homes.meets(ANN, PAGE, BO)
    code = await homes.links.code(homes.side(ANN))
    page, bo = homes.side(PAGE), homes.side(BO)
    for _ in range(5):
        await homes.links.bring(page, "AAAAAAAA", sure=True)
        homes.passes(10)

    refused = await homes.links.bring(page, code, sure=True)
    somebody_else = await homes.links.bring(bo, code, sure=False)
    homes.passes(3600 - 50)
    fresh = await homes.links.code(homes.side(ANN))
    heard_again = await homes.links.bring(page, fresh, sure=True)

    assert Tried("wait", wait_s=3600 - 50) == refused
    assert ("found", "linked") == (somebody_else.result, heard_again.result)


@pytest.mark.slow
async def test_many_speakers_guess_no_faster_than_one(homes: Linked) -> None:
    """After so many wrong codes of all together the bot listens to no code; another one does."""
    await homes.meets(ANN, PAGE)
    side, page = homes.side(ANN), homes.side(PAGE)
    crowd = [Side(f"telegram:{n}", "X", side.place, side.where) for n in range(100, 125)]
    results = [
        (await homes.links.bring(one, "AAAAAAAA", sure=True)).result
        for one in crowd
        for _ in range(4)
    ]

    refused = await homes.links.bring(side, "AAAAAAAA", sure=True)
    elsewhere = await homes.links.bring(page, "AAAAAAAA", sure=True)

    assert {"wrong"} == set(results)
    assert Tried("wait", wait_s=3600) == refused
    assert Tried("wrong") == elsewhere


async def test_three_platforms_are_one_person(homes: Linked) -> None:
    """Whichever of them brings the next one in; two persons become one, and all are told."""
    await homes.meets(ANN, PAGE, DISC, BO)
    await homes.link(ANN, PAGE)
    await homes.link(DISC, BO)
    await homes.unsent()

    joined = await homes.link(BO, PAGE)

    addresses = {ANN.address, PAGE.address, DISC.address, BO.address}
    assert addresses - {PAGE.address} == {one.address for one in joined.sides}
    for one in (ANN, PAGE, DISC, BO):
        assert addresses - {one.address} == set(await homes.others(one))
    assert 1 == len(await homes.house.store.rows(person))
    newest = {chat: lines[-1] for chat, lines in (await homes.unsent()).items()}
    assert "linked en discord:70 telegram:8" == newest["7"]
    assert {"linked zh", "linked en"} == {newest[chat][:9] for chat in ("d70", "8")}


async def test_somebody_leaves_and_the_others_stay(homes: Linked) -> None:
    """They themself, or those on the platform that they name."""
    await homes.meets(ANN, PAGE, DISC)
    await homes.link(ANN, PAGE)
    await homes.link(ANN, DISC)

    nobody = await homes.links.part(ANN.address, "console")
    one = await homes.links.part(ANN.address, "web")
    left = await homes.others(ANN)
    itself = await homes.links.part(ANN.address, "telegram")

    assert {PAGE.address, DISC.address} == {each.address for each in nobody.stays}
    assert () == nobody.gone
    assert Parted((homes.side(PAGE),)) == one
    assert [DISC.address] == left
    assert Parted((homes.side(DISC),)) == itself
    assert Parted() == await homes.links.part(ANN.address)
    assert ([], []) == (
        await homes.house.store.rows(linked),
        await homes.house.store.rows(person),
    )


async def test_who_linked_whom_is_written_down(homes: Linked) -> None:
    """And who undid it."""
    await homes.meets(ANN, PAGE)
    await homes.link(ANN, PAGE)
    await homes.links.part(ANN.address)

    rows = await homes.house.store.ledgers.audit()

    first, second = rows
    assert ("web:abc", "link", "telegram:7", "") == first[:4]
    assert {"telegram:7", "web:abc"} == set(first[4].split())
    assert ("telegram:7", "unlink", "telegram:7") == second[:3]
    assert ({"telegram:7", "web:abc"}, "") == (set(second[3].split()), second[4])


async def test_private_talks_of_one_person_know_each_other(homes: Linked) -> None:
    """The link alone opens those of the others; their own stay as they wish."""
    await homes.meets(ANN, PAGE, BO)
    second = await homes.says(ANN, "hello again", place("7.1"))
    await homes.kept()
    apart = [await homes.sees(ANN), await homes.sees(ANN, second), await homes.sees(PAGE)]

    await homes.link(ANN, PAGE)
    one = [await homes.sees(ANN), await homes.sees(ANN, second), await homes.sees(PAGE)]
    await Consents(homes.house.store.database, homes.house.store.ledgers.clock).wish(PAGE.address)
    wished = await homes.sees(ANN)
    await homes.links.part(PAGE.address)
    again = [await homes.sees(ANN), await homes.sees(ANN, second), await homes.sees(PAGE)]

    assert [2, 2, 2] == apart  # the place, and what they said in company
    assert [4, 4, 5] == one
    assert 5 == wished
    assert apart == again


async def test_a_place_in_which_somebody_reads_along_is_on_its_own(homes: Linked) -> None:
    """What comes through a business connection is seen by its owner, too."""
    await homes.meets(ANN, PAGE)
    shop = await homes.says(ANN, "how much is it?", Conversation("telegram", "anima", "7", "biz"))
    await homes.kept()
    await homes.link(ANN, PAGE)

    viewer = await Views(homes.house.store.database).of(KOKORO, shop, [ANN.address])

    assert ((), ()) == (viewer.speakers, viewer.together)


async def test_of_several_who_speak_nobody_is_looked_up(homes: Linked) -> None:
    """Where two people share what a platform calls private, only what both may see is seen."""
    await homes.meets(ANN, PAGE)
    await homes.kept()
    await homes.link(ANN, PAGE)

    both = await Views(homes.house.store.database).of(
        KOKORO, homes.at[ANN.address], [ANN.address, BO.address]
    )

    assert ((ANN.address, BO.address), ()) == (both.speakers, both.together)


async def test_how_close_we_are_is_the_same_everywhere(homes: Linked) -> None:
    """As with the one who was known longer; afterwards each keeps it."""
    await homes.meets(ANN, PAGE)
    for who, first, turns in ((ANN, 5, 3), (PAGE, 0, 20)):
        await homes.house.store.add(
            relation,
            persona=KOKORO,
            speaker=who.address,
            closeness=turns / 100,
            turns=turns,
            first_at=later(first),
            last_at=later(9),
            lately=0.0,
        )

    await homes.link(ANN, PAGE)
    linked_rows = await homes.house.store.rows(relation)
    await homes.links.part(ANN.address)

    assert [(ANN.address, 20), (PAGE.address, 20)] == [
        (row.speaker, row.turns) for row in linked_rows
    ]
    assert linked_rows == await homes.house.store.rows(relation)


async def test_a_chosen_language_is_the_persons(homes: Linked) -> None:
    """The one that was chosen last, for whoever chose none; later choices are for all of them."""
    await homes.meets(ANN, PAGE, DISC)
    for who, tongue, at in ((ANN, "ja", 1), (PAGE, "zh", 2)):
        await homes.house.store.add(preference, speaker=who.address, tongue=tongue, at=later(at))

    await homes.link(ANN, PAGE)
    await homes.link(DISC, ANN)
    linked_rows = {row.speaker: row.tongue for row in await homes.house.store.rows(preference)}
    await homes.says(ANN)
    (claim,) = await homes.house.store.ledger.claim(1, BOTS)
    await homes.house.store.ledger.write(claim, Preferred(ANN.address, "fr", START), Released())
    chosen = {row.speaker: row.tongue for row in await homes.house.store.rows(preference)}
    (claim,) = await homes.house.store.ledger.claim(1, BOTS)
    await homes.house.store.ledger.write(claim, Preferred(ANN.address, "", START), Released())

    people = (ANN.address, PAGE.address, DISC.address)
    assert dict(zip(people, ("ja", "zh", "zh"), strict=True)) == linked_rows
    assert dict.fromkeys(people, "fr") == chosen
    assert [] == await homes.house.store.rows(preference)


async def test_forgetting_everything_parts_as_well(homes: Linked) -> None:
    """And goes through all of the person's places; nothing is left of who they were."""
    await homes.meets(ANN, PAGE, DISC)
    await homes.kept()
    await homes.link(ANN, PAGE)
    await homes.links.code(homes.side(ANN))
    views = Views(homes.house.store.database)
    viewer = await views.of(KOKORO, homes.at[ANN.address], [ANN.address])

    everyone = await views.person(ANN.address)
    found = await homes.house.forgetting.find(viewer, Everything(everyone))
    await homes.house.forgetting.forget(viewer, Everything(everyone), ANN.address)

    assert (ANN.address, PAGE.address) == everyone
    assert (2, 2) == (found.counts["links"], found.counts["lines"])
    for table in (linked, person, link_code):
        assert [] == await homes.house.store.rows(table)
    assert ["hello"] == await homes.house.remembered()


async def test_codes_are_tried_one_after_the_other(homes: Linked) -> None:
    """Whoever tries many at once tries no more of them."""
    await homes.meets(ANN, PAGE)
    another = House(await homes.house.store.another())
    page = homes.side(PAGE)

    async with TaskGroup() as group:
        tries = []
        for _ in range(4):
            for house in (homes.house, another):
                links = Linked(house).links
                tries.append(group.create_task(links.bring(page, "AAAAAAAA", sure=True)))

    results = [one.result().result for one in tries]
    assert (5, 3) == (results.count("wrong"), results.count("wait"))


def door(homes: Linked) -> Admissions:
    """Who may come in."""
    store = homes.house.store
    rang = store.rang.extend
    return Admissions(store.database, store.ledgers.clock, store.ids, rang, lambda *_: "welcome")


async def banned(homes: Linked) -> list[tuple[str, str]]:
    """Who is shut out, by address and name."""
    found = await Visitors(homes.house.store.database).those("banned", 9)
    return sorted((one.address, one.name) for one, _ in found)


async def test_who_is_shut_out_is_so_as_whichever_speaker(homes: Linked) -> None:
    """And is let in again as all of them."""
    await homes.meets(ANN, DISC, BO)
    await homes.link(ANN, DISC)
    person, here = Person(DISC.address, DISC.name), homes.at[ANN.address]

    rulings = [await door(homes).ban(person, "rude", BO.address, here) for _ in range(2)]
    out = await banned(homes)
    ended = await door(homes).unban(Person(ANN.address), BO.address, here)

    assert ["done", "already", "done"] == [*rulings, ended]
    assert [(DISC.address, DISC.name), (ANN.address, ANN.name)] == out
    assert [] == await banned(homes)


async def test_nobody_becomes_one_with_who_is_shut_out(homes: Linked) -> None:
    """A code that they asked for before is good for nothing."""
    await homes.meets(ANN, DISC)
    code = await homes.links.code(homes.side(ANN))
    await door(homes).ban(Person(ANN.address), "", BO.address, homes.at[ANN.address])

    tried = await homes.links.bring(homes.side(DISC), code, sure=True)

    assert ("wrong", []) == (tried.result, await homes.others(DISC))


async def test_the_tokens_of_a_day_are_a_persons(homes: Linked) -> None:
    """What we answered one speaker counts for the other."""
    for price, who in ((10, ANN), (20, DISC), (500, BO)):
        await homes.says(who, account=Account("ku", "r1", Usage(price, 1)))
    await homes.link(ANN, DISC)

    spending = Spending(homes.house.store.database)

    assert [32, 32, 501] == [await spending.of(one.address, 0) for one in (ANN, DISC, BO)]
