"""What comes to mind, over SQLite and a real PostgreSQL, by words alone and by meaning too."""

import random
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import Connection, update

from anima.errors import EmbeddingUnavailable
from backend.embedding.hashed import Hashed
from memory.longterm.asking import Asked
from memory.longterm.bearings import Compass
from memory.longterm.inking import Inker
from memory.longterm.keeping_facts import Learned, keep_fact
from memory.longterm.recall import Recalled
from memory.longterm.scope import Origin, Viewer, keys, visible
from memory.longterm.tables import fact, vector
from tests.contracts.ledgers import SqlLedgers
from tests.contracts.minds import LI, MEI, NOON, Mind, Named, minded

TALK = (
    "I bought a new camera yesterday",
    "my sister Anna is getting married in June",
    "the soup at the station was awful",
    "我明天要去上海看我妈妈",
    "我对花生过敏，千万别忘了",
    "我的猫叫小白，它喜欢睡在键盘上",
    "昨日は東京タワーに登りました",
    "来週からピアノを習い始めるんだ",
    "犬の散歩をしていたら雨が降った",
)
"""Lines in three languages, each of something else."""


@pytest.fixture(params=["words", "meaning"])
async def mind(request: pytest.FixtureRequest, sql_ledgers: SqlLedgers) -> Mind:
    """A process that finds by words alone, and one with an embedder."""
    return await minded(sql_ledgers, [Hashed()] if request.param == "meaning" else [])


@pytest.fixture
async def home(mind: Mind) -> int:
    """A place in which the talk was."""
    return await mind.place()


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("What did I buy?", 0),
        ("who marries in June", 1),
        ("我什么时候去上海？", 3),
        ("我对什么过敏？", 4),
        ("小白是谁", 5),
        ("東京タワーに行ったのはいつ？", 6),
        ("ピアノの調子はどう？", 7),
        ("雨の日に犬の散歩をした？", 8),
    ],
)
async def test_a_line_is_found_by_what_it_says(
    mind: Mind, home: int, question: str, line: int
) -> None:
    """In each language, also between lines of the others."""
    numbers = await mind.says(home, *TALK)
    await mind.ink()

    found = await mind.finds(home, question)

    assert numbers[line] == found[0]


async def test_a_hit_tells_who_said_it_when_and_where(mind: Mind, home: int) -> None:
    """And what the ledger calls it."""
    at = NOON - timedelta(days=9)
    (number,) = await mind.keep(mind.saying(home, "my cat is called Momo", at=at, heard=77))

    (hit,) = (await mind.asks(home, "the cat")).hits

    assert (number, "line", MEI, "Mei", "my cat is called Momo", at, True, home, (77,)) == (
        *(hit.id, hit.kind, hit.speaker, hit.name, hit.text),
        *(hit.at, hit.private, hit.place, hit.sources),
    )


@pytest.mark.parametrize("question", ["", "ok", "👍", "好的", "うん", "谢谢！", "..."])
async def test_a_nod_calls_nothing_to_mind(mind: Mind, home: int, question: str) -> None:
    """Whoever nods has not asked."""
    await mind.says(home, *TALK, "ok 好的 うん")

    found = await mind.asks(home, question)

    assert ((), True) == (found.hits, found.abstained)


async def test_what_was_never_spoken_of_is_not_made_up(mind: Mind, home: int) -> None:
    """Nothing fits, and it says so."""
    await mind.says(home, *TALK)

    found = await mind.asks(home, "quantum chromodynamics lattice")

    assert ((), True) == (found.hits, found.abstained)


async def test_a_place_without_memories_has_none(mind: Mind, home: int) -> None:
    """Nor does a viewer whom nobody knows."""
    assert [] == await mind.finds(home, "camera")


@pytest.mark.parametrize("more", ["", "about the camera and the rain, " * 20])
async def test_a_short_question_is_understood_by_what_stood_before_it(
    more: str, mind: Mind, home: int
) -> None:
    """`And her?` asks for what somebody said last, however long that was."""
    numbers = await mind.says(home, *TALK)

    before = f"{more}is my sister still getting married?"
    found = await mind.finds(home, "and her?", before=before)

    assert numbers[1] == found[0]


async def test_an_answer_follows_its_question(mind: Mind, home: int) -> None:
    """What stands right after a good line is found with it."""
    await mind.says(home, *TALK)
    await mind.says(home, "what is your favourite dish?", who="", name="")
    (answer,) = await mind.says(home, "dumplings, obviously")
    await mind.says(home, *(f"something else {n}" for n in range(9)))

    found = await mind.finds(home, "my favourite dish")

    assert answer in found[:2]


async def test_what_follows_a_question_rises_more(mind: Mind, home: int) -> None:
    """Than what follows the same words of somebody who told them."""
    later = {"at": NOON + timedelta(days=9)}
    _, answer = await mind.says(home, "was the Oslo train late?", "by an hour")
    said = mind.saying(home, "the Oslo train was late", **later)
    _, remark = await mind.keep(said, mind.saying(home, "such a shame", **later))
    await mind.says(home, *(f"something else {n}" for n in range(9)))

    found = await mind.finds(home, "the late train to Oslo", days=20)

    assert found.index(answer) < found.index(remark)


async def test_whoever_is_named_in_the_question_comes_first(mind: Mind, home: int) -> None:
    """Two said the same, one of them is asked about."""
    group = {"private": False}
    (theirs,) = await mind.says(home, "I adore jazz", who=LI, name="Li", **group)
    (hers,) = await mind.says(home, "I adore jazz", **group)

    for name, expected in (("Li", theirs), ("Mei", hers)):
        found = await mind.finds(Viewer("kokoro", home, private=False), f"does {name} adore jazz?")
        assert expected == found[0]


async def test_what_stands_in_the_talk_is_not_remembered(mind: Mind, home: int) -> None:
    """Nor told as what follows; whatever older line was kept after it. Elsewhere it is news."""
    elsewhere = await mind.place()
    now = NOON + timedelta(days=9)
    early, last = await mind.says(home, "my brother plays the cello", "in an orchestra")
    then = NOON + timedelta(minutes=mind.minutes)
    theirs = await mind.says(elsewhere, "the cello, again", who=MEI, private=False, at=now)
    loud = await mind.says(home, "that cello is so loud today", "I cannot sleep", at=now)
    await mind.says(home, "and another thing", at=NOON - timedelta(days=1))
    viewer = Viewer("kokoro", home, private=True, speakers=(MEI,))

    async def asks(since: datetime | None) -> Recalled:
        return await mind.longterm.recall(viewer, Asked("cello", at=now, since=since))

    everything, news = await asks(None), await asks(now)

    found = {hit.id for hit in (*news.hits, *news.after.values())}
    assert {early, *theirs, *loud} <= {hit.id for hit in everything.hits}
    assert {early, *theirs} <= found
    assert not {*loud} & found
    assert news.after[early].id == last
    assert early not in (await asks(then)).after
    assert (await asks(NOON - timedelta(days=2))).hits[0].id == theirs[0]


async def test_what_we_said_comes_later_unless_it_is_asked_for(mind: Mind, home: int) -> None:
    """We repeat what we are told."""
    await mind.says(home, *TALK, at=NOON - timedelta(days=20))
    (theirs,) = await mind.says(home, "a red bicycle!", at=NOON - timedelta(days=9))
    (ours,) = await mind.says(home, "a red bicycle!", who="", name="")

    assert [theirs, ours] == (await mind.finds(home, "which bicycle is red?"))[:2]
    assert [ours, theirs] == (await mind.finds(home, "did you say the bicycle is red?"))[:2]


async def test_who_asks_of_themselves_comes_first(mind: Mind, home: int) -> None:
    """Of those who said the same in a group; who asks what is between us, is as all are."""
    said = {"who": LI, "name": "Li", "private": False, "at": NOON - timedelta(days=9)}
    (first,) = await mind.says(home, "my job starts early", private=False)
    (second,) = await mind.says(home, "my job starts early", **said)
    group = Viewer("kokoro", home, private=False)

    async def asks(question: str, by: str) -> list[int]:
        asked = Asked(question, at=NOON + timedelta(days=1), by=by)
        return [hit.id for hit in (await mind.longterm.recall(group, asked)).hits]

    assert first == (await asks("when does my job start?", "Mei"))[0]
    assert second == (await asks("when does my job start?", "Li"))[0]
    between = [await asks("did you ask when my job starts?", one) for one in ("Mei", "Li")]
    assert between[0] == between[1]


async def test_the_time_of_which_is_asked_counts(mind: Mind, home: int) -> None:
    """Of lines that are alike the one of that day comes first."""
    days = (NOON - timedelta(days=n) for n in (40, 9, 3))
    lines = [mind.saying(home, f"we went swimming, round {n}", at=at) for n, at in enumerate(days)]
    _, middle, _ = await mind.keep(*lines)

    found = await mind.finds(home, "swimming on April 25?")

    assert middle == found[0]


async def test_the_same_words_are_told_once(mind: Mind, home: int) -> None:
    """However often somebody said them."""
    await mind.says(home, "good old jazz", "good old jazz", "good old jazz!")

    assert 1 == len(await mind.finds(home, "jazz"))


def learned(text: str, **more: Any) -> Learned:
    """A fact about Mei."""
    return replace(Learned(MEI, "Mei", text, NOON, "likes", text, text), **more)


async def test_a_fact_stands_for_its_line(mind: Mind, home: int) -> None:
    """The line is not told again, and the ledger's id of it stays known."""
    origin = Origin("kokoro", home, private=True, speaker=MEI)
    line, *_ = await mind.keep(mind.saying(home, "I like oolong", heard=5), mind.saying(home, "hm"))
    made = await mind.store.database.write(
        lambda found: keep_fact(found, [origin], learned("Mei likes oolong"), [line])
    )

    hits = (await mind.asks(home, "oolong")).hits

    assert [(made, "fact", (5,), (line,))] == [
        (one.id, one.kind, one.sources, one.lines) for one in hits if "oolong" in one.text
    ]
    assert hits[0].fact
    assert ("likes", True) == (hits[0].fact.slot, hits[0].fact.current)


@pytest.mark.parametrize(
    ("question", "which"),
    [
        ("what do I do for a living?", 0),
        ("我的宠物叫什么？", 1),
        ("now honestly, guess whichever occupation pays all those ridiculous bills of mine", 0),
    ],
)
async def test_a_fact_is_found_by_its_kind(
    mind: Mind, home: int, question: str, which: int
) -> None:
    """Though no word of it, in another language even, stands in the question."""
    origin = Origin("kokoro", home, private=True, speaker=MEI)
    lines = await mind.says(home, "up at four for the bread", "Miso scratched me", *TALK)
    facts = [learned("Mei bakes bread", slot="job"), learned("Miso", slot="pet")]

    def keeping(connection: Connection) -> list[int]:
        return [
            keep_fact(connection, [origin], one, [line])
            for one, line in zip(facts, lines, strict=False)
        ]

    made = await mind.store.database.write(keeping)
    await mind.ink()

    assert made[which] in (await mind.finds(home, question))[:2]
    assert not {*made} & {*await mind.finds(home, "what is your job? 你的宠物呢？")}


async def test_what_is_over_yields_unless_the_past_is_asked(mind: Mind, home: int) -> None:
    """And what was retracted is not told at all."""
    origin = Origin("kokoro", home, private=True, speaker=MEI)
    lines = await mind.says(home, "one", "two", "three")

    def keeping(connection: object) -> list[int]:
        return [
            keep_fact(connection, [origin], learned(text, valid_to=to), [line])  # type: ignore[arg-type]
            for line, text, to in zip(
                lines,
                ("Mei lives in Kyoto", "Mei lives in Osaka", "Mei lives in Nara"),
                (NOON, None, None),
                strict=True,
            )
        ]

    old, new, wrong = await mind.store.database.write(keeping)
    retract = update(fact).where(fact.c.memory_id == wrong).values(retracted_at=NOON)
    await mind.store.database.write(lambda connection: connection.execute(retract))

    now = await mind.finds(home, "which city does she live in: Kyoto, Osaka or Nara?")
    then = await mind.finds(home, "did she live in Kyoto before?")

    assert now.index(new) < now.index(old)
    assert old == then[0]
    assert wrong not in now


async def test_with_what_is_over_comes_what_holds_now(mind: Mind, home: int) -> None:
    """And before it, though it shares no word with the question; not where the past is asked."""
    origin = Origin("kokoro", home, private=True, speaker=MEI)
    lines = await mind.says(home, "I live in Kyoto", "Moving day!", "Otaru at last")
    facts = [learned(text, valid_to=NOON) for text in ("Mei lives in Kyoto", "Nara", "Otaru")]
    facts[-1] = replace(facts[-1], valid_to=None)

    def keeping(connection: Connection) -> list[int]:
        made = [
            keep_fact(connection, [origin], one, [line])
            for one, line in zip(facts, lines, strict=True)
        ]
        for old, heir in pairwise(made):
            over = update(fact).where(fact.c.memory_id == old)
            connection.execute(over.values(superseded_by=heir))
        return made

    kyoto, nara, otaru = await mind.store.database.write(keeping)

    now = await mind.finds(home, "where does Mei live?")
    then = await mind.finds(home, "where did Mei live before?")

    assert otaru == now[0]
    assert {kyoto, nara} <= set(now)
    assert kyoto == then[0]


async def test_a_line_is_told_by_what_holds_of_it(mind: Mind, home: int) -> None:
    """Not by what is over, where it told both."""
    origin = Origin("kokoro", home, private=True, speaker=MEI)
    line, *_ = await mind.says(home, "pier, quay, harbour, marina", "Mei sings", "Mei runs")
    facts = [learned("has Miso"), learned("was in Kyoto", valid_to=NOON)]
    holds, over = await mind.store.database.write(
        lambda found: [keep_fact(found, [origin], one, [line]) for one in facts]
    )

    found = await mind.finds(home, "Mei at the pier, quay, harbour, marina")

    assert holds == found[0]
    assert over in found


async def test_what_is_new_is_found_at_once(mind: Mind, home: int) -> None:
    """By a process that has read the place before, whoever wrote it, with its vector or without."""
    other = await minded(mind.store.ledgers, mind.embedders)
    await mind.says(home, *TALK)
    await mind.ink()
    await mind.asks(home, "camera")

    (number,) = await other.says(home, "the marmalade is from Dundee", at=NOON)
    before = await mind.finds(home, "marmalade")
    await other.ink()
    after = await mind.finds(home, "marmalade")

    assert number == before[0] == after[0]


async def test_what_was_dropped_is_gone_at_once(mind: Mind, home: int) -> None:
    """Also from what another process holds, and a new line with its number is another line."""
    other = await minded(mind.store.ledgers, mind.embedders)
    *_, gone = await mind.says(home, *TALK, "the marmalade is from Dundee")
    await mind.ink()
    await other.ink()
    before = [await one.finds(home, "marmalade from Dundee") for one in (mind, other)]

    await other.drop(gone)
    (new,) = await mind.says(home, "the piano needs tuning")
    after = [await one.finds(home, "marmalade from Dundee") for one in (mind, other)]

    assert [gone, gone] == [found[0] for found in before]
    for one, found in zip((mind, other), after, strict=True):
        told = (await one.asks(home, "marmalade from Dundee")).hits
        assert not [hit for hit in told if "marmalade" in hit.text]
        assert gone not in found or gone == new


async def test_each_sees_what_is_theirs(mind: Mind, home: int) -> None:
    """In private what was said there and what they said in company; in company the latter alone."""
    elsewhere, group, topic = [await mind.place() for _ in range(3)]
    ours, hers, theirs = [
        (await mind.says(where, f"jazz number {n}", who=who, private=private))[0]
        for n, (where, who, private) in enumerate(
            ((home, "", True), (home, MEI, True), (elsewhere, LI, True))
        )
    ]
    (public,) = await mind.says(group, "jazz in company", private=False)
    (his,) = await mind.says(group, "jazz in company for Li", who=LI, private=False)
    (foreign,) = await mind.says(home, "jazz for harrow", persona="harrow")

    alone = Viewer("kokoro", home, private=True, speakers=(MEI,))
    assert {ours, hers, public} == set(await mind.finds(alone, "jazz"))
    assert {public, his} == set(await mind.finds(Viewer("kokoro", group, private=False), "jazz"))
    above = Viewer("kokoro", topic, private=False, above=(group,))
    assert {public, his} == set(await mind.finds(above, "jazz"))
    assert {theirs, his} == set(
        await mind.finds(Viewer("kokoro", elsewhere, private=True, speakers=(LI,)), "jazz")
    )
    joined = replace(alone, place=elsewhere, together=(home,), speakers=())
    assert {ours, hers, theirs} == set(await mind.finds(joined, "jazz"))
    assert [foreign] == await mind.finds(replace(alone, persona="harrow"), "jazz")


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
async def test_nothing_of_anothers_ever(sql_ledgers: SqlLedgers, seed: int) -> None:
    """Random lines and drops against the rule itself: a viewer finds all theirs and no other."""
    chance = random.Random(seed)
    mind = await minded(sql_ledgers, [Hashed()], cached_bytes=chance.choice([0, 50_000, 10**8]))
    places = [await mind.place() for _ in range(4)]
    known: dict[int, Origin] = {}
    for _ in range(40):
        where = chance.choice(places)
        who = chance.choice((MEI, LI, ""))
        private = where in places[:2]
        persona = chance.choice(("kokoro", "harrow"))
        (number,) = await mind.says(
            where, f"jazz {mind.minutes}", who=who, private=private, persona=persona
        )
        known[number] = Origin(persona, where, private, who)
        if chance.random() < 0.3:
            number = chance.choice(list(known))
            await mind.drop(number)
            del known[number]
        if chance.random() < 0.3:
            await mind.ink()
        here = chance.choice(places)
        viewer = Viewer(
            chance.choice(("kokoro", "harrow")),
            here,
            private=here in places[:2],
            speakers=tuple(chance.sample((MEI, LI), chance.randint(0, 2))),
            above=tuple(chance.sample(places[2:], chance.randint(0, 1))),
            together=tuple(chance.sample(places[:2], chance.randint(0, 1))),
        )

        found = set(await mind.finds(viewer, "jazz"))

        held = visible(viewer)
        assert {one for one, origin in known.items() if not held.isdisjoint(keys(origin))} == found


async def test_the_meaning_is_left_out_when_it_takes_too_long_or_fails(
    sql_ledgers: SqlLedgers,
) -> None:
    """Words find all the same, and it is told that they were alone."""
    embedder = Named("moody", far=True)
    mind = await minded(sql_ledgers, [embedder], embed_s=0)
    home = await mind.place()
    numbers = await mind.says(home, *TALK)
    await mind.ink()

    late = await mind.asks(home, "camera")
    embedder.broken = EmbeddingUnavailable("away")
    failed = await mind.asks(home, "camera")

    assert (numbers[0], "") == (late.hits[0].id, late.embedder)
    assert (numbers[0], "") == (failed.hits[0].id, failed.embedder)


@pytest.mark.parametrize("far", [False, True])
async def test_a_meaning_finds_wherever_it_is_made(sql_ledgers: SqlLedgers, *, far: bool) -> None:
    """In the thread that searches or ahead of it; where it fails there, words find alone."""
    embedder = Named("near or far", far=far)
    mind = await minded(sql_ledgers, [embedder])
    home = await mind.place()
    numbers = await mind.says(home, *TALK)
    await mind.ink()

    found = await mind.asks(home, "camera")
    embedder.broken = EmbeddingUnavailable("away")
    failed = await mind.asks(home, "camera")

    assert (numbers[0], "near or far") == (found.hits[0].id, found.embedder)
    assert (numbers[0], "") == (failed.hits[0].id, failed.embedder)
    assert 1 == embedder.given.count("camera")


async def test_another_embedder_takes_over_in_the_background(sql_ledgers: SqlLedgers) -> None:
    """Line by line; what the former made goes, and nothing is embedded twice."""
    first = await minded(sql_ledgers, [Named("first")])
    home = await first.place()
    numbers = await first.says(home, *TALK)
    await first.ink()
    later = Named("second")
    second = await minded(sql_ledgers, [later])
    before = await second.asks(home, "camera")

    await second.inker.ink()
    await second.ink()
    after = await second.asks(home, "camera")
    again = len(later.given)
    await second.ink()

    assert {("second", one) for one in numbers} == {
        (row.embedder, row.memory_id) for row in await second.store.rows(vector)
    }
    assert numbers[0] == before.hits[0].id == after.hits[0].id
    assert "second" == after.embedder
    assert again == len(later.given)


async def test_an_embedder_that_was_away_is_got_to_know_later(sql_ledgers: SqlLedgers) -> None:
    """When it has read something, at the latest."""
    embedder, compass = Named("first", broken=EmbeddingUnavailable("away")), Compass()
    mind = await minded(sql_ledgers, [embedder])
    await mind.says(await mind.place(), *TALK)
    inker = Inker(mind.store.database, [embedder], mind.store.ledgers.clock, compass)
    with pytest.raises(EmbeddingUnavailable):
        await inker.ink()
    embedder.broken = None

    before, _, after = compass.usual("first"), await inker.ink(), compass.usual("first")

    assert before is None
    assert after is not None
    assert len(TALK) == len(await mind.store.rows(vector))


async def test_a_line_is_embedded_with_two_before_it(sql_ledgers: SqlLedgers) -> None:
    """Of the same sitting; alone, too."""
    embedder = Named("first")
    mind = await minded(sql_ledgers, [embedder])
    home = await mind.place()
    await mind.says(home, "a", "b", "c", "d")
    await mind.says(home, "e", at=NOON + timedelta(days=9))

    await mind.ink()

    alone, together = embedder.given[:5], embedder.given[5:]
    assert ["Mei: a", "Mei: b", "Mei: c", "Mei: d", "Mei: e"] == alone
    assert ["Mei: a\nMei: b", "Mei: a\nMei: b\nMei: c", "Mei: b\nMei: c\nMei: d"] == together


async def test_what_is_dropped_is_in_no_vector_any_more(sql_ledgers: SqlLedgers) -> None:
    """Those of the lines after it were made of it, and are made anew; others stay."""
    embedder = Named("first")
    mind = await minded(sql_ledgers, [embedder])
    home = await mind.place()
    a, b, c, d, e = await mind.says(home, "a", "b", "c", "d", "e")
    later = await mind.says(home, "f", at=NOON + timedelta(days=9))
    await mind.ink()
    embedder.given.clear()

    await mind.drop(b)
    left = {row.memory_id for row in await mind.store.rows(vector)}
    await mind.ink()

    assert {a, e, *later} == left
    assert ["Mei: c", "Mei: d", "Mei: a\nMei: c", "Mei: a\nMei: c\nMei: d"] == embedder.given
    assert {a, c, d, e, *later} == {row.memory_id for row in await mind.store.rows(vector)}


async def test_the_meaning_of_a_question_has_no_names_in_it(sql_ledgers: SqlLedgers) -> None:
    """Of those who speak where somebody asks, also when they are asked for first."""
    embedder = Named("first")
    mind = await minded(sql_ledgers, [embedder])
    home, group = await mind.place(), await mind.place()
    await mind.says(home, *TALK)
    await mind.says(group, *TALK, who=LI, name="Li", private=False)
    await mind.ink()
    embedder.given.clear()

    for place in (home, Viewer("kokoro", group, private=False)):
        for name in ("Li", "Mei", "Bo"):
            await mind.asks(place, f"did {name} lose the camera?")

    asked = [" ".join(one.split()) for one in embedder.given]
    theirs = ["did Li lose the camera?", "did lose the camera?", "did Bo lose the camera?"]
    assert [*theirs, "did lose the camera?", "did Mei lose the camera?", theirs[2]] == asked


async def test_who_asked_the_same_before_has_no_answer(mind: Mind, home: int) -> None:
    """What tells something comes before it, though it has fewer of the words."""
    await mind.says(home, *TALK, at=NOON - timedelta(days=20))
    (asked,) = await mind.says(home, "Why did the camera break?", at=NOON - timedelta(days=9))
    (told,) = await mind.says(home, "The camera broke on the ferry, in the rain of last Tuesday")

    assert [told, asked] == (await mind.finds(home, "why did the camera break?"))[:2]


async def test_two_embedders_find_together(sql_ledgers: SqlLedgers) -> None:
    """Each with vectors of its own; both are named."""
    mind = await minded(sql_ledgers, [Named("one"), Named("other")])
    home = await mind.place()
    numbers = await mind.says(home, *TALK)
    await mind.ink()

    found = await mind.asks(home, "camera")

    assert (numbers[0], "one+other") == (found.hits[0].id, found.embedder)
    assert 2 * len(TALK) == len(await mind.store.rows(vector))


async def test_what_follows_a_hit_comes_with_it(mind: Mind, home: int) -> None:
    """To be told as well where there is room."""
    first, second, *_ = await mind.says(home, *TALK)

    found = await mind.asks(home, "camera")

    assert second == found.after[first].id
