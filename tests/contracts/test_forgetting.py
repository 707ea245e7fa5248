"""What somebody wants forgotten goes for good, on SQLite and on PostgreSQL."""

from collections.abc import Sequence
from datetime import datetime

import pytest
from sqlalchemy import update

from anima.model import Arrival, Attachment, Quote, Rated, Speaker
from memory.longterm.forgetting import Forgetting
from memory.longterm.keeping_facts import Episode, keep_episode
from memory.longterm.scope import Origin
from memory.longterm.scribe import Scribe
from memory.longterm.wanted import Everything, Ids, Matching, Place
from memory.tables import (
    audit,
    conversation,
    fact,
    feedback,
    heard,
    memory,
    memory_source,
    note,
    relation,
    said,
    schedule,
    sitting,
    thread,
    tombstone,
    turn,
    vector,
)
from persona.facts.kinds import Fact
from tests.contracts.databases import BOTS, opened
from tests.contracts.ledgers import START, SqlLedgers
from tests.contracts.lived_in import KOKORO, ROOM, TOM, House, viewer
from tests.contracts.words import MEI, place
from tests.files import found_in_files

WHO = MEI.address


@pytest.fixture
async def house(sql_ledgers: SqlLedgers) -> House:
    """An empty house over each kind of database."""
    return House(await opened(sql_ledgers))


async def test_one_line_goes_with_the_answer_to_it(house: House) -> None:
    """In private both go, everywhere; the rest stays, and nothing is answered twice."""
    here = await house.talk(1, "hello", "Hi.")
    await house.talk(2, "I love apricots", "Apricots, then.")

    which = Ids((await house.id_of("I love apricots"),))
    receipt = await house.forgetting.forget(viewer(here), which, WHO)

    assert (1, 1) == (receipt.counts["lines"], receipt.counts["answers"])
    assert ["hello", "Hi."] == await house.remembered()
    assert ["hello", "Hi."] == await house.written()
    assert {"answered"} == {row.state for row in await house.store.rows(heard)}
    assert () == await house.store.ledger.claim(9, BOTS)
    assert [here] == house.tail


async def test_what_is_found_is_what_goes(house: House) -> None:
    """The counts are the same before and after, and a few lines are shown."""
    here = await house.talk(1, "I love apricots", "Apricots, then.")
    await house.talk(2, "an apricot tree", "Nice.")
    await house.talk(3, "pears", "Pears.")

    found = await house.forgetting.find(viewer(here), Matching("APRICOT"))
    receipt = await house.forgetting.forget(viewer(here), Matching("APRICOT"), WHO)

    assert ("an apricot tree", "I love apricots") == found.samples
    assert found.counts == receipt.counts
    assert ["pears", "Pears."] == await house.remembered()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("我养了一只猫", "一只猫"), ("猫を飼っています", "猫"), ("My ＣＡＴ is ill", "cat my")],
)
async def test_words_are_found_in_every_script(house: House, text: str, wanted: str) -> None:
    """However wide they are, and with no gaps between them."""
    here = await house.talk(1, text, "…")
    await house.talk(2, "hello", "Hi.")

    await house.forgetting.forget(viewer(here), Matching(wanted), WHO)

    assert ["hello", "Hi."] == await house.remembered()


@pytest.mark.parametrize("nothing", ["", "  ", "plum"])
async def test_what_is_not_there_takes_nothing_along(house: House, nothing: str) -> None:
    """No words are not every word."""
    here = await house.talk(1, "apricot", "Yes.")

    receipt = await house.forgetting.forget(viewer(here), Matching(nothing), WHO)

    assert 0 == sum(receipt.counts.values())
    assert ["apricot", "Yes."] == await house.remembered()


async def test_facts_and_episodes_go_with_their_lines(house: House) -> None:
    """What was made of a forgotten line is told anew, from what is left."""
    here = await house.talk(1, "my cat is Tama", "Lovely.")
    await house.talk(2, "I hate rain", "Me too.")
    cat, rain = await house.id_of("my cat is Tama"), await house.id_of("I hate rain")
    await house.learn(here, MEI, "has a cat", cat)
    await house.learn(here, MEI, "hates rain", rain)
    origin = Origin(KOKORO, here, private=True)
    told = Episode("They spoke of Tama and the rain.", START, 1)
    await house.store.database.write(
        lambda seen: keep_episode(seen, [origin, origin], told, [cat, rain])
    )
    done = update(sitting).values(distilled_at=START, tries=2)
    await house.store.database.write(lambda connection: connection.execute(done))

    receipt = await house.forgetting.forget(viewer(here), Ids((cat,)), WHO)

    assert (1, 1) == (receipt.counts["facts"], receipt.counts["episodes"])
    assert ["I hate rain", "Me too.", "hates rain"] == await house.remembered()
    assert 1 == len(await house.store.rows(memory_source))
    (left,) = await house.store.rows(sitting)
    assert (None, 0, 2) == (left.distilled_at, left.tries, left.lines)


async def test_a_fact_goes_with_the_lines_it_comes_from(house: House) -> None:
    """Otherwise it would be found in them again."""
    here = await house.talk(1, "my cat is Tama", "Lovely.")
    known = await house.learn(here, MEI, "has a cat", await house.id_of("my cat is Tama"))

    await house.forgetting.forget(viewer(here), Ids((known,)), WHO)

    assert [] == await house.remembered()


async def test_what_a_forgotten_fact_had_closed_holds_again(house: House) -> None:
    """Nothing tells that there was something newer."""
    here = await house.talk(1, "I live in Kobe", "Nice.")
    await house.talk(2, "I live in Nara now", "Oh.")
    old = await house.learn(here, MEI, "Kobe", await house.id_of("I live in Kobe"))
    new = await house.learn(here, MEI, "Nara", await house.id_of("I live in Nara now"))
    closed = update(fact).where(fact.c.memory_id == old)
    closed = closed.values(superseded_by=new, valid_to=START)
    await house.store.database.write(lambda connection: connection.execute(closed))

    await house.forgetting.forget(viewer(here), Matching("Nara"), WHO)

    (left,) = await house.store.rows(fact)
    assert ("Kobe", None, None) == (left.norm, left.superseded_by, left.valid_to)


async def test_what_a_forgotten_denial_had_ended_holds_again(house: House) -> None:
    """It leaves no row behind that could tell, so the line itself is what ended it."""
    told = ("I have a cat called Miso", "Miso died")
    facts = Told(*told)
    for number, text in enumerate(told, 1):
        await house.hear(MEI, text, place(MEI.id))
        (claim,) = await house.store.ledger.claim(1, BOTS)
        here = await house.store.goes_on(claim, number, persona=KOKORO)
    await Scribe(house.store.database, facts).catch_up(here)
    (ended,) = await house.store.rows(fact)

    await house.forgetting.forget(viewer(here), Matching("died"), WHO)

    (left,) = await house.store.rows(fact)
    assert ended.valid_to is not None
    assert (None, None) == (left.valid_to, left.superseded_by)


async def test_a_rating_shows_nothing_of_what_it_rated(house: House) -> None:
    """A platform sends the bubble along with the press of a button below it."""
    here = await house.talk(1, "I love apricots", "Apricots, then.")
    (bubble,) = await house.store.rows(said)
    liked = Rated(place(MEI.id), MEI, bubble.id, "good")
    await house.store.ledger.hear([Arrival("telegram:9", "liked", '{"t":"Apricots"}', liked)])

    await house.forgetting.forget(viewer(here), Matching("apricots"), WHO)

    assert {""} == {row.raw for row in await house.store.rows(heard) if row.state == "event"}
    assert bubble.message


class Told:
    """Finds a cat in one line, and in another that it is no more."""

    def __init__(self, has: str, lost: str) -> None:
        self._lines = {has: False, lost: True}

    def found(self, line_text: str, at: datetime, speaker: str, language: str) -> Sequence[Fact]:
        negated = self._lines.get(line_text)
        if negated is None:
            return ()
        return (Fact("", "pet", "Miso", "cat:miso", line_text, "en", line_text, negated=negated),)


class Lives:
    """Finds where people live, in lines like `I live in Kobe`."""

    def found(self, line_text: str, at: datetime, speaker: str, language: str) -> Sequence[Fact]:
        if not line_text.startswith("I live in "):
            return ()
        city = line_text.rpartition(" ")[2]
        return (Fact("", "lives_in", city, f"at:{city}", line_text, "en", line_text),)


async def test_what_other_lines_tell_is_still_known(house: House) -> None:
    """A fact with two sources is told anew from the one that is left."""
    finds = Lives()
    for number, text in enumerate(("I live in sunny Kobe", "I live in Kobe"), 1):
        await house.hear(MEI, text, place(MEI.id))
        (claim,) = await house.store.ledger.claim(1, BOTS)
        here = await house.store.goes_on(claim, number, persona=KOKORO)
    await Scribe(house.store.database, finds).catch_up(here)
    clock = house.store.ledgers.clock
    forgetting = Forgetting(house.store.database, clock, house.tail, house.erasing, finds)
    (before,) = await house.store.rows(fact)

    await forgetting.forget(viewer(here), Matching("sunny"), WHO)

    (after,) = await house.store.rows(fact)
    assert ("I live in sunny Kobe", "I live in Kobe") == (before.quote, after.quote)
    assert ["I live in Kobe", "I live in Kobe"] == await house.remembered()


async def test_in_company_answers_to_others_stay(house: House) -> None:
    """They are named; an answer to nobody else goes."""
    await house.hear(MEI, "apricots for me", ROOM)
    await house.hear(TOM, "pears for me", ROOM)
    room = await house.answer(1, "Apricots and pears.")
    await house.talk(2, "more apricots", "More apricots!", where=ROOM)

    receipt = await house.forgetting.forget(viewer(room, private=False), Matching("apricots"), WHO)

    assert ["pears for me", "Apricots and pears."] == await house.remembered()
    assert 1 == receipt.counts["shared"]
    assert "shared" in receipt.remains


@pytest.mark.slow
async def test_nobody_forgets_for_others(house: House) -> None:
    """Not in company, not by number, not by word, and not what we said to them."""
    room = await house.talk(1, "Tom's apricots", "Yes, Tom.", who=TOM, where=ROOM)
    there = await house.talk(2, "Tom's secret apricots", "I see.", who=TOM)
    here = await house.talk(3, "hello", "Hi.")
    ids = Ids(tuple(range(1, 20)))
    asking = [viewer(room, private=False), viewer(there), viewer(here)]

    for one in asking:
        for what in (
            ids,
            Matching("apricots"),
            Place(room),
            Place(there),
            Everything((TOM.address,)),
        ):
            await house.forgetting.forget(one, what, WHO)

    left = await house.remembered()
    assert ["Tom's apricots", "Yes, Tom.", "Tom's secret apricots", "I see."] == left[:4]


async def test_nothing_of_a_private_talk_is_shown_or_found_in_company(house: House) -> None:
    """Whoever asks in a group reaches only what they said there."""
    await house.talk(1, "my secret apricots", "I see.")
    room = await house.talk(2, "apricots!", "Yes.", where=ROOM)
    asking = viewer(room, private=False)

    by_word = await house.forgetting.find(asking, Matching("apricots"))
    by_number = await house.forgetting.find(asking, Ids((await house.id_of("my secret apricots"),)))
    all_of_it = await house.forgetting.find(asking, Everything((WHO,)))

    assert ("apricots!",) == by_word.samples
    assert 0 == by_number.counts["lines"]
    assert ("apricots!",) == all_of_it.samples
    assert 2 == all_of_it.counts["lines"]


async def left_behind(house: House, here: int, who: Speaker, word: str) -> None:
    """Somebody leaves something in every table there is."""
    where = {"conversation_id": here, "at": START}
    store = house.store
    digest = f"{word} {who.id} {here}"
    await store.add(note, digest=digest, text=word, by=who.address, persona=KOKORO, **where)
    await store.add(thread, persona=KOKORO, speaker=who.address, text=word, due=None, **where)
    told = {"due_at": START, "language": "en", "state": "told", "deed": "remind", "by": who.address}
    nothing = {"asked_in": here, "cron": "", "zone": "", "attempts": 0, "missed": 0}
    await store.add(schedule, digest=digest, text=word, **told, **nothing, **where)
    first = (await store.rows(memory))[0]
    await store.add(vector, memory_id=first.id, embedder="e", cells=b"\1\2", scale=1.0)


async def test_a_place_goes_wholly(house: House) -> None:
    """What was said there, what we said unasked, and all that came of it; other places stay."""
    here = await house.talk(1, "apricot", "So, apricot.")
    await house.talk(2, "hello from there", "Hi.", where=place("8"))
    await left_behind(house, here, MEI, "apricot")

    receipt = await house.forgetting.forget(viewer(here), Place(), WHO)

    assert ["hello from there", "Hi."] == await house.remembered()
    tables = (note, thread, schedule, vector)
    assert [[]] * 4 == [await house.store.rows(table) for table in tables]
    kinds = ("lines", "answers", "notes", "threads", "reminders", "vectors")
    assert [1] * 6 == [receipt.counts[kind] for kind in kinds]


async def test_everything_is_everything(house: House) -> None:
    """In every place, with how close we were; of others nothing goes, and verdicts stay."""
    here = await house.talk(1, "apricot one", "Apricot.")
    await house.talk(2, "apricot two", "Apricot.", where=place("8"))
    await house.talk(3, "apricot three", "Apricot.", where=ROOM)
    await house.talk(4, "pear", "Pear.", who=TOM, where=ROOM)
    for who in (MEI, TOM):
        row = {"persona": KOKORO, "speaker": who.address, "closeness": 0.5, "turns": 3}
        times = {"first_at": START, "last_at": START, "lately": 0.1}
        await house.store.add(relation, **row, **times)
    verdict = {"turn_id": 1, "said_id": 10001, "conversation_id": here, "speaker": WHO}
    await house.store.add(feedback, **verdict, verdict="good", soul="KU5.0", at=START)

    receipt = await house.forgetting.forget(viewer(here), Everything((WHO,)), WHO)

    assert ["pear", "Pear."] == await house.remembered()
    assert ["pear", "Pear."] == await house.written()
    assert [TOM.address] == [row.speaker for row in await house.store.rows(relation)]
    assert 1 == len(await house.store.rows(feedback))
    assert (3, 1) == (receipt.counts["lines"], receipt.counts["relations"])
    assert {"Mei"} & {row.speaker_name for row in await house.store.rows(heard)} == set()


async def test_what_waits_for_an_answer_stays(house: House) -> None:
    """It is not history yet, and is answered."""
    here = await house.talk(1, "apricot", "Yes.")
    await house.hear(MEI, "and an apricot cake?", place(MEI.id))

    await house.forgetting.forget(viewer(here), Everything((WHO,)), WHO)

    (claim,) = await house.store.ledger.claim(1, BOTS)
    assert ["and an apricot cake?"] == [one.text for one in claim.waiting]


async def test_the_words_of_the_wish_itself_go(house: House) -> None:
    """A command to forget a word has that word in it."""
    here = await house.talk(1, "hello", "Hi.")
    await house.hear(MEI, "/memory forget apricot", place(MEI.id))
    (claim,) = await house.store.ledger.claim(1, BOTS)
    asked = [one.id for one in claim.waiting]

    await house.forgetting.forget(viewer(here), Matching("apricot"), WHO, asked)
    await house.store.goes_on(claim, 2, outcome="command")

    assert ["hello", "Hi."] == await house.written()


async def test_what_is_forgotten_does_not_come_back(house: House) -> None:
    """Neither is it caught up with, nor kept when it is brought again."""
    here = await house.talk(1, "apricot", "Yes.")
    await house.hear(MEI, "apricot two", place(MEI.id))
    (claim,) = await house.store.ledger.claim(1, BOTS)
    await house.store.goes_on(claim, 2, "Two.", persona=KOKORO)  # nobody has looked at it yet

    await house.forgetting.forget(viewer(here), Matching("apricot"), WHO)
    await Scribe(house.store.database).catch_up(here)

    assert [] == await house.remembered()
    assert 4 == len(await house.store.rows(tombstone))


async def test_a_cached_tail_fits_no_claim_any_more(house: House) -> None:
    """Also where the cache was away when it should have dropped it."""
    here = await house.talk(1, "apricot", "Yes.")
    (before,) = await house.store.rows(conversation)

    await house.forgetting.forget(viewer(here), Place(), WHO)

    (after,) = await house.store.rows(conversation)
    assert before.epoch + 1 == after.epoch


async def test_whoever_asks_keeps_hold_of_the_place(house: House) -> None:
    """The turn in which it is asked goes on."""
    here = await house.talk(1, "apricot", "Yes.")
    await house.hear(MEI, "/memory forget here", place(MEI.id))
    (claim,) = await house.store.ledger.claim(1, BOTS)

    await house.forgetting.forget(viewer(here), Place(), WHO)

    assert here == await house.store.goes_on(claim, 2, "Done.", outcome="command")


async def test_it_is_written_down_that_it_was_done(house: House) -> None:
    """By whom and how much; no word of what."""
    here = await house.talk(1, "apricot", "Yes.")

    receipt = await house.forgetting.forget(viewer(here), Matching("apricot"), WHO)

    (deed,) = await house.store.rows(audit)
    assert (WHO, "memory forget", "matching") == (deed.by, deed.deed, deed.subject)
    assert "lines 1" in deed.before
    assert "apricot" not in f"{deed}"
    assert {"backups", "souls", "platform"} <= set(receipt.remains)


async def test_thoughts_go_with_the_turn(house: House) -> None:
    """Why we spoke may quote what was said."""
    here = await house.talk(1, "apricot", "Yes.")
    why = update(turn).values(reason="asked: apricot")
    await house.store.database.write(lambda connection: connection.execute(why))

    await house.forgetting.forget(viewer(here), Matching("apricot"), WHO)

    assert [""] == [row.reason for row in await house.store.rows(turn)]


async def test_what_came_with_the_words_goes_with_them(house: House) -> None:
    """A picture's caption is the least of it: no name, no reference, and no quote stays."""
    sent = Attachment("document", "BQAC-apricot", "text/plain", 9, name="apricot.txt")
    quoted = Quote("which apricot?", TOM, chosen=True)
    await house.hear(MEI, "apricot", place(MEI.id), attachments=(sent,), quoted=quoted)
    here = await house.answer(1, "Yes.")

    await house.forgetting.forget(viewer(here), Matching("apricot"), WHO)

    (row,) = await house.store.rows(heard)
    assert ("", "", "") == (row.text, row.attachments, row.quoted)
    assert 0 == await found_in_files(house.store.database, "apricot")


async def test_a_quote_goes_with_what_it_quotes(house: House) -> None:
    """Whoever answered it keeps their own words, and not those of others."""
    await house.hear(MEI, "I love apricots", ROOM)
    (first,) = [row.message for row in await house.store.rows(heard)]
    quoted = Quote("I love apricots", MEI)
    await house.hear(TOM, "me too", ROOM, reply_to=first, quoted=quoted)
    here = await house.answer(1, "Ah.")

    await house.forgetting.forget(viewer(here, private=False), Everything((WHO,)), WHO)

    rows = await house.store.rows(heard)
    assert [("", ""), ("me too", "")] == [(row.text, row.quoted) for row in rows]
    assert 0 == await found_in_files(house.store.database, "apricots")


WORDS = ("apricot", "杏子", "あんず")


async def planted(house: House) -> int:
    """A hundred lines, some of which have the words, also in notes and in facts."""
    for number in range(1, 31):
        word = WORDS[number % 3] if number % 4 == 0 else "plain"
        text = f"{word} {number} " * (1 + 40 * (number % 7 == 0))
        here = await house.talk(number, text, f"{word}!")
    await house.learn(here, MEI, "apricot eater", await house.id_of("杏子 28 " * 41))
    await left_behind(house, here, MEI, "apricot")
    return here


@pytest.mark.slow
async def test_no_byte_of_it_is_left_in_the_files(house: House) -> None:
    """Not in the file, its log, or its index of words."""
    here = await planted(house)
    before = await found_in_files(house.store.database, *WORDS)

    receipt = await house.forgetting.forget(viewer(here), Everything((WHO,)), WHO)

    on_disk = "sqlite" in house.store.ledgers.url
    assert on_disk == (before > 0)
    assert ("gone" if on_disk else "vacuumed") == receipt.erased
    assert on_disk != ("server" in receipt.remains)
    assert 0 == await found_in_files(house.store.database, *WORDS)


class Away(Exception):
    """Stands for a death after the transaction."""


class DeadTail:
    """The process dies when the cache is to be dropped."""

    async def drop(self, conversation_id: int) -> None:
        raise Away


@pytest.mark.slow
async def test_a_death_after_the_transaction_is_made_good(house: House) -> None:
    """The rows are gone; the bytes go at the next start, once."""
    here = await planted(house)
    house.tail = DeadTail()  # type: ignore[assignment] # another cache

    with pytest.raises(Away):
        await house.forgetting.forget(viewer(here), Everything((WHO,)), WHO)
    rows = await house.written()
    again = House(await house.store.another())
    owed = [await again.erasing.resume(), await again.erasing.resume()]

    assert [] == rows
    assert ["sqlite" in house.store.ledgers.url, False] == owed
    assert 0 == await found_in_files(house.store.database, *WORDS)
