"""What short-term memory promises, over every cache of tails: in the process, in a real Valkey."""

from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, aclosing, nullcontext
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
import redis.asyncio

from anima.errors import Unavailable
from anima.model import Claim, Conversation, Line, Said, Speaker
from anima.ports import Memory
from memory.redis_tail import PAUSE_S, RedisTail
from memory.shortterm import Kept, LocalTail, ShortTerm, Tail
from tests import servers

HERE = Conversation("telegram", "anima_bot", "42", thread="7")
MEI = Speaker("telegram", "123", "梅", "zh")
NOON = datetime(2026, 1, 5, 12, 0, 0, 123456, tzinfo=UTC)


class TailOfLedger:
    """A ledger of which the last lines are known; *asked* counts how often they were read."""

    def __init__(self, *texts: str) -> None:
        self.lines = tuple(said(text) for text in texts)
        self.asked = 0

    async def tail(self, claim: Claim, limit: int) -> tuple[Line, ...]:
        self.asked += 1
        return self.lines[-limit:]


class Notes:
    """A witness that keeps the events in a list."""

    def __init__(self) -> None:
        self.events = list[str]()

    def note(self, event: str, **facts: object) -> None:
        self.events.append(event)

    def broke(self, event: str, **facts: object) -> None:
        self.events.append(event)

    def about(self, **facts: object) -> AbstractContextManager[None]:
        return nullcontext()


class HandClock:
    """A clock that moves when a test moves it; the sockets of these tests want a real loop."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> datetime:
        return NOON + timedelta(seconds=self.seconds)

    def elapsed(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.seconds += seconds


def said(text: str, speaker: Speaker | None = None) -> Line:
    """One line of the transcript."""
    return Line(speaker, text, NOON)


BEFORE = 10
"""So many claims were there before those that a test counts."""


def claim(epoch: int, conversation_id: int = 1) -> Claim:
    """A claim of the conversation in which nothing was left over."""
    return Claim(conversation_id, HERE, BEFORE + epoch, private=True, title="", waiting=())


def kept(epoch: int, *lines: Line) -> Kept:
    """A tail of the conversation."""
    return Kept(HERE, BEFORE + epoch, lines)


def texts(lines: tuple[Line, ...]) -> list[str]:
    """What was said in *lines*."""
    return [line.text for line in lines]


def over_redis(url: str, notes: Notes | None = None, clock: HandClock | None = None) -> RedisTail:
    """The cache in Redis, as the composition makes it."""
    return RedisTail(url, "anima:", 3600, notes or Notes(), clock or HandClock())


@pytest.fixture
def in_process() -> Tail:
    return LocalTail()


@pytest.fixture
async def in_valkey(valkey_server: servers.Valkey) -> AsyncIterator[Tail]:
    async with aclosing(over_redis(valkey_server.url)) as tail:
        yield tail


@pytest.fixture(params=["in_process", "in_valkey"])
def tail(request: pytest.FixtureRequest) -> Tail:
    """Every cache that the product has."""
    cache: Tail = request.getfixturevalue(request.param)
    return cache


async def test_the_first_recall_reads_the_ledger(tail: Tail) -> None:
    """With nothing kept the lines come from the ledger."""
    memory: Memory = ShortTerm(TailOfLedger("hello", "hi"), tail)

    lines = await memory.recall(claim(1))

    assert ["hello", "hi"] == texts(lines)


async def test_before_the_first_claim_nothing_was_said(tail: Tail) -> None:
    """A conversation that was never claimed has no past, and the ledger need not be asked."""
    memory = ShortTerm(TailOfLedger("not asked"), tail)

    lines = await memory.recall(claim(1 - BEFORE))

    assert () == lines


async def test_the_next_claim_is_answered_from_the_cache(tail: Tail) -> None:
    """The very next epoch recalls what was recalled and remembered before, without the ledger."""
    ledger = TailOfLedger("hello")
    memory = ShortTerm(ledger, tail)
    await memory.recall(claim(1))
    await memory.remember(claim(1), [said("how are you?", MEI), said("well!")])

    lines = await memory.recall(claim(2))

    assert ["hello", "how are you?", "well!"] == texts(lines)
    assert ledger.asked == 1


@pytest.mark.parametrize("epoch", [3, 4, 6, 7])
async def test_any_other_epoch_reads_the_ledger(tail: Tail, epoch: int) -> None:
    """A tail that another claim may have outdated, or that comes from later, is not believed."""
    memory = ShortTerm(TailOfLedger("the truth"), tail)
    await tail.put(1, kept(4, said("kept under four")))

    lines = await memory.recall(claim(epoch))

    assert ["the truth"] == texts(lines)


async def test_a_claim_that_remembered_nothing_outdates_the_tail(tail: Tail) -> None:
    """After a crash in between, the ledger is read again."""
    ledger = TailOfLedger("hello")
    memory = ShortTerm(ledger, tail)
    await memory.recall(claim(1))
    await memory.remember(claim(1), [said("one")])
    await memory.recall(claim(2))
    ledger.lines = (said("hello"), said("one"), said("of the crashed"))

    lines = await memory.recall(claim(3))

    assert ["hello", "one", "of the crashed"] == texts(lines)


async def test_the_tail_of_another_conversation_is_never_told(tail: Tail) -> None:
    """A number that belonged to another conversation in an older database brings nothing back."""
    memory = ShortTerm(TailOfLedger("ours"), tail)
    await tail.put(1, Kept(replace(HERE, chat="43"), BEFORE + 1, (said("a secret of theirs"),)))

    lines = await memory.recall(claim(2))

    assert ["ours"] == texts(lines)


async def test_the_last_lines_are_kept_and_no_more(tail: Tail) -> None:
    """Recalled and new lines together are cut to the limit, the oldest first."""
    memory = ShortTerm(TailOfLedger("one", "two", "three"), tail, limit=4, leap=0)
    await memory.recall(claim(1))
    await memory.remember(claim(1), [said("four"), said("five"), said("six")])

    lines = await memory.recall(claim(2))

    assert ["three", "four", "five", "six"] == texts(lines)


async def test_the_tail_begins_at_the_same_line_for_some_turns(tail: Tail) -> None:
    """The beginning stays while the tail grows, and leaps ahead only when it has grown enough."""
    memory = ShortTerm(TailOfLedger("a", "b"), tail, limit=2, leap=2)

    begins = []
    for epoch in range(1, 6):
        begins.append(texts(await memory.recall(claim(epoch)))[0])
        await memory.remember(claim(epoch), [said(f"said in {epoch}")])

    assert ["a", "a", "a", "said in 2", "said in 2"] == begins


async def test_remembering_without_a_recall_extends_what_is_kept(tail: Tail) -> None:
    """A claim that only sent something adds it to the tail of the claim before."""
    ledger = TailOfLedger("not asked")
    memory = ShortTerm(ledger, tail)
    await tail.put(1, kept(4, said("one")))

    await memory.remember(claim(5), [said("two")])

    assert ["one", "two"] == texts(await memory.recall(claim(6)))
    assert ledger.asked == 0


async def test_remembering_without_knowing_what_was_before_drops(tail: Tail) -> None:
    """New lines without the older ones are no tail; the next claim reads the ledger."""
    memory = ShortTerm(TailOfLedger("the", "truth"), tail)
    await tail.put(1, kept(2, said("older")))

    await memory.remember(claim(5), [said("truth")])

    assert await tail.get(1) is None
    assert ["the", "truth"] == texts(await memory.recall(claim(6)))


@pytest.mark.parametrize(
    "unfinished",
    [{"turn": 9}, {"unsent": (Said(3, 9, "half"),)}],
    ids=["an open turn", "an unsent bubble"],
)
async def test_leftovers_of_a_crash_are_read_from_the_ledger(
    tail: Tail, unfinished: dict[str, object]
) -> None:
    """While an older turn is being finished, nothing kept is believed and nothing is kept."""
    memory = ShortTerm(TailOfLedger("the truth"), tail)
    await tail.put(1, kept(1, said("before the crash")))
    resumed = replace(claim(2), **unfinished)  # type: ignore[arg-type]  # fields of Claim

    lines = await memory.recall(resumed)
    await memory.remember(resumed, [said("half")])

    assert ["the truth"] == texts(lines)
    assert await tail.get(1) is None


async def test_recalling_twice_under_one_claim_gives_the_same(tail: Tail) -> None:
    """A burst that grows while the model writes may recall again."""
    memory = ShortTerm(TailOfLedger("one"), tail)
    first = await memory.recall(claim(1))

    second = await memory.recall(claim(1))
    await memory.remember(claim(1), [said("two")])

    assert first == second
    assert ["one", "two"] == texts(await memory.recall(claim(2)))


async def test_speakers_languages_and_times_survive(tail: Tail) -> None:
    """A kept line comes back as it was: its speaker, its characters, its instant."""
    berlin = NOON.astimezone(timezone(timedelta(hours=1)))
    lines = (
        Line(MEI, "你好，在吗？\n“引号” \x00 🌸", NOON),
        Line(Speaker("discord", "5", "こころ"), "おはよう！", berlin),
        Line(None, "", NOON.replace(microsecond=0)),
    )

    await tail.put(1, kept(1, *lines))

    assert kept(1, *lines) == await tail.get(1)


async def test_conversations_are_kept_apart(tail: Tail) -> None:
    """Each conversation has its own tail; dropping one leaves the other."""
    await tail.put(1, kept(1, said("one")))
    await tail.put(11, kept(1, said("eleven")))

    await tail.drop(1)

    assert await tail.get(1) is None
    assert kept(1, said("eleven")) == await tail.get(11)


async def test_dropping_nothing_is_fine(tail: Tail) -> None:
    """What is not kept can be dropped."""
    await tail.drop(404)

    assert await tail.get(404) is None


async def test_an_archived_past_is_not_recalled(tail: Tail) -> None:
    """Neither under the same claim nor later; what this claim brought is what stays."""
    ledger = TailOfLedger("not asked")
    memory: Memory = ShortTerm(ledger, tail)
    await tail.put(1, kept(1, said("of the old soul")))

    await memory.archive(claim(2))
    during = await memory.recall(claim(2))
    await memory.remember(claim(2), [said("hello again", MEI), said("of the new soul")])

    assert () == during
    assert ["hello again", "of the new soul"] == texts(await memory.recall(claim(3)))
    assert ledger.asked == 0


async def test_what_was_recalled_before_the_archive_is_not_kept(tail: Tail) -> None:
    """The turn that switched knew the past; the ones after it do not."""
    memory = ShortTerm(TailOfLedger("of the old soul"), tail)
    await memory.recall(claim(1))

    await memory.archive(claim(1))
    await memory.remember(claim(1), [said("of the new soul")])

    assert ["of the new soul"] == texts(await memory.recall(claim(2)))


@pytest.mark.parametrize("archived", [True, False], ids=["after the archive", "before it"])
async def test_a_crash_at_a_switch_brings_nothing_back(tail: Tail, archived: bool) -> None:
    """Whoever takes over reads the ledger, which knows where the new talk begins."""
    ledger = TailOfLedger("of the new soul")
    crashed, next_one = ShortTerm(ledger, tail), ShortTerm(ledger, tail)
    await tail.put(1, kept(1, said("of the old soul")))
    if archived:
        await crashed.archive(claim(2))

    lines = await next_one.recall(claim(3))

    assert ["of the new soul"] == texts(lines)


async def test_a_switch_under_leftovers_keeps_nothing(tail: Tail) -> None:
    """An older turn that is being finished is for the ledger to tell, and the past stays away."""
    memory = ShortTerm(TailOfLedger("of the new soul"), tail)
    await tail.put(1, kept(1, said("of the old soul")))
    resumed = replace(claim(2), unsent=(Said(3, 9, "half"),))

    await memory.recall(resumed)
    await memory.archive(resumed)
    during = await memory.recall(resumed)
    await memory.remember(resumed, [said("half")])

    assert () == during
    assert ["of the new soul"] == texts(await memory.recall(claim(3)))


async def test_an_archive_is_of_one_conversation(tail: Tail) -> None:
    """A switch next door takes nothing away here."""
    memory = ShortTerm(TailOfLedger("not asked"), tail)
    await tail.put(1, kept(1, said("ours")))
    await tail.put(2, kept(1, said("theirs")))

    await memory.archive(claim(2, 2))

    assert ["ours"] == texts(await memory.recall(claim(2, 1)))


async def test_a_switch_reaches_the_cache_of_another_process() -> None:
    """Each process keeps its own tails; one that was kept before the switch is never believed."""
    ledger = TailOfLedger("of the new soul", "another word")
    here, there = ShortTerm(ledger, LocalTail()), ShortTerm(ledger, LocalTail())
    await here.recall(claim(1))
    await here.remember(claim(1), [said("of the old soul")])
    await there.archive(claim(2))
    await there.remember(claim(2), [said("of the new soul")])
    await there.recall(claim(3))
    await there.remember(claim(3), [said("another word")])

    lines = await here.recall(claim(4))

    assert ["of the new soul", "another word"] == texts(lines)


async def test_a_switch_while_redis_is_away_is_a_switch(valkey_server: servers.Valkey) -> None:
    """What Redis still holds when it is back belongs to a claim long gone."""
    ledger, clock = TailOfLedger("of the old soul"), HandClock()
    async with aclosing(over_redis(valkey_server.url, Notes(), clock)) as tail:
        memory = ShortTerm(ledger, tail)
        await memory.recall(claim(1))
        await memory.remember(claim(1), [said("of the old soul as well")])
        valkey_server.stop()
        await memory.archive(claim(2))
        await memory.remember(claim(2), [said("of the new soul")])
        valkey_server.start()
        await clock.sleep(PAUSE_S)
        ledger.lines = (said("of the new soul"),)

        lines = await memory.recall(claim(3))

    assert ["of the new soul"] == texts(lines)


async def test_the_process_keeps_the_conversations_in_use() -> None:
    """A full cache forgets the conversation that was not touched for longest."""
    tail = LocalTail(limit=2)
    await tail.put(1, kept(1, said("one")))
    await tail.put(2, kept(1, said("two")))
    await tail.get(1)

    await tail.put(3, kept(1, said("three")))

    assert [True, False, True] == [await tail.get(number) is not None for number in (1, 2, 3)]


async def test_more_claims_than_are_held_lose_nothing_but_speed() -> None:
    """A recall that was pushed out by others makes the next claim read the ledger."""
    ledger = TailOfLedger("truth")
    memory = ShortTerm(ledger, LocalTail(), claims=1)
    await memory.recall(claim(1, 1))
    await memory.recall(claim(1, 2))

    await memory.remember(claim(1, 1), [said("new")])

    assert ["truth"] == texts(await memory.recall(claim(2, 1)))
    assert ledger.asked == 3


async def test_two_processes_share_what_redis_keeps(valkey_server: servers.Valkey) -> None:
    """One process remembers; the next claim, in another process, recalls it."""
    here, there = TailOfLedger("hello"), TailOfLedger("not asked")
    async with (
        aclosing(over_redis(valkey_server.url)) as first,
        aclosing(over_redis(valkey_server.url)) as second,
    ):
        memory = ShortTerm(here, first)
        await memory.recall(claim(1))
        await memory.remember(claim(1), [said("you too", MEI)])

        lines = await ShortTerm(there, second).recall(claim(2))

    assert ["hello", "you too"] == texts(lines)
    assert there.asked == 0


async def test_redis_gone_in_the_middle_is_noted_once(valkey_server: servers.Valkey) -> None:
    """The talk goes on from the ledger, with one note when Redis goes and one when it is back."""
    ledger, notes, clock = TailOfLedger("one"), Notes(), HandClock()
    async with aclosing(over_redis(valkey_server.url, notes, clock)) as tail:
        memory = ShortTerm(ledger, tail)
        await memory.recall(claim(1))
        await memory.remember(claim(1), [said("two")])
        valkey_server.stop()
        ledger.lines = (said("one"), said("two"))

        during = [await memory.recall(claim(epoch)) for epoch in (2, 3)]
        await memory.remember(claim(3), [said("three")])
        await clock.sleep(PAUSE_S)
        await memory.recall(claim(4))
        valkey_server.start()
        await clock.sleep(PAUSE_S)
        await memory.recall(claim(5))
        await memory.remember(claim(5), [said("four")])
        asked = ledger.asked
        after = await memory.recall(claim(6))

    assert [["one", "two"]] * 2 == [texts(lines) for lines in during]
    assert ["cache lost", "cache back"] == notes.events
    assert ["one", "two", "four"] == texts(after)
    assert asked == ledger.asked


async def test_redis_that_is_away_is_left_alone(valkey_server: servers.Valkey) -> None:
    """Until the pause is over no turn asks Redis again, even when it is back already."""
    notes, clock = Notes(), HandClock()
    async with aclosing(over_redis(valkey_server.url, notes, clock)) as tail:
        valkey_server.stop()
        await tail.get(1)
        valkey_server.start()
        await clock.sleep(PAUSE_S - 0.1)

        await tail.put(1, kept(1, said("not kept")))
        early = await tail.get(1)
        await clock.sleep(0.1)
        await tail.put(1, kept(1, said("kept")))

        assert early is None
        assert kept(1, said("kept")) == await tail.get(1)
    assert ["cache lost", "cache back"] == notes.events


@pytest.mark.parametrize(
    "garbage",
    [
        b"",
        b"not json",
        b"\xff\xfe",
        b"[]",
        b'{"epoch":11}',
        (
            b'{"conversation":{"platform":"telegram","bot":"b","chat":"4"},"epoch":11,'
            b'"lines":[{"speaker":null,"text":"no zone","at":"2026-01-05T12:00:00"}]}'
        ),
    ],
)
async def test_what_redis_holds_is_not_trusted(
    valkey_server: servers.Valkey, garbage: bytes
) -> None:
    """A value that is no tail of ours counts as nothing, and is no failure of Redis."""
    notes = Notes()
    async with (
        redis.asyncio.Redis.from_url(valkey_server.url) as stranger,
        aclosing(over_redis(valkey_server.url, notes)) as tail,
    ):
        await stranger.set("anima:tail:1", garbage)

        found = await tail.get(1)

    assert found is None
    assert [] == notes.events


async def test_a_value_of_another_type_is_overwritten(valkey_server: servers.Valkey) -> None:
    """A list under our key counts as nothing and gives way to a tail."""
    notes = Notes()
    async with (
        redis.asyncio.Redis.from_url(valkey_server.url) as stranger,
        aclosing(over_redis(valkey_server.url, notes)) as tail,
    ):
        await stranger.rpush("anima:tail:1", "a", "list")
        found = await tail.get(1)

        await tail.put(1, kept(1, said("ours")))

        assert found is None
        assert kept(1, said("ours")) == await tail.get(1)
    assert [] == notes.events


async def test_a_tail_leaves_redis_by_itself(valkey_server: servers.Valkey) -> None:
    """What is kept there has an end, under the installation's own prefix."""
    async with (
        redis.asyncio.Redis.from_url(valkey_server.url) as stranger,
        aclosing(over_redis(valkey_server.url)) as tail,
    ):
        await tail.put(1, kept(1, said("ours")))

        seconds = await stranger.ttl("anima:tail:1")

    assert 3590 < seconds <= 3600


async def test_the_probe_tells_the_truth(valkey_server: servers.Valkey) -> None:
    """It passes while Redis answers and fails while it does not, pause or no pause."""
    notes = Notes()
    async with aclosing(over_redis(valkey_server.url, notes)) as tail:
        await tail.probe()
        valkey_server.stop()

        with pytest.raises(Unavailable, match="redis does not answer"):
            await tail.probe()
        valkey_server.start()
        await tail.probe()

    assert ["cache lost", "cache back"] == notes.events
