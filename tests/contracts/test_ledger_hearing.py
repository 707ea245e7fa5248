"""What the ledger promises about what it hears."""

import asyncio
from dataclasses import replace

from anima.model import Deleted, Edited
from tests.contracts.ledgers import Ledgers
from tests.contracts.words import (
    BOTS,
    HOME,
    MEI,
    arrival,
    claimed,
    exchange,
    incoming,
    message,
    place,
    texts,
)


async def test_a_heard_message_is_seen_by_another_process(ledgers: Ledgers) -> None:
    """What was heard is there for a process that did not hear it."""
    ear, mouth = await ledgers.open(), await ledgers.open()

    new = await ear.hear([message("1", "hello")])

    assert 1 == new
    assert ["hello"] == texts(await claimed(mouth))


async def test_a_message_keeps_all_that_is_known_of_it(ledgers: Ledgers) -> None:
    """Speaker, time, reply and address survive as they were."""
    ledger = await ledgers.open()
    meaning = replace(incoming("hello", "77"), addressed=False, reply_to="70")
    ledgers.clock.advance(3)

    await ledger.hear([arrival("1", meaning)])

    (heard,) = (await claimed(ledger)).waiting
    assert (meaning.speaker, meaning.at) == (heard.speaker, heard.at)
    assert ("77", False, "70") == (heard.message, heard.addressed, heard.reply_to)
    assert ledgers.clock.now() == heard.heard_at


async def test_a_repeat_changes_nothing(ledgers: Ledgers) -> None:
    """The same update of the same source is kept once, whatever it says the second time."""
    ledger = await ledgers.open()
    await ledger.hear([message("1", "hello")])

    new = await ledger.hear([message("1", "changed"), message("2", "more"), message("2", "more")])

    assert 1 == new
    assert ["hello", "more"] == texts(await claimed(ledger))


async def test_a_repeat_of_an_answered_message_rings_nobody(ledgers: Ledgers) -> None:
    """An update that comes again after its answer makes nothing due."""
    ledger = await ledgers.open()
    await ledger.hear([message("1", "hello")])
    claim = await claimed(ledger)
    await ledger.write(claim, *exchange(claim, 1, "Hi."))
    ledgers.rang.clear()

    new = await ledger.hear([message("1", "hello")])

    assert 0 == new
    assert () == await ledger.claim(9, BOTS)
    assert [] == ledgers.rang


async def test_the_same_key_of_another_source_is_another_message(ledgers: Ledgers) -> None:
    """Two bots count their updates each for itself."""
    ledger = await ledgers.open()
    await ledger.hear([message("1", "hello")])

    new = await ledger.hear([arrival("1", incoming("hello again", "2"), "telegram:other")])

    assert 1 == new
    assert ["hello", "hello again"] == texts(await claimed(ledger))


async def test_two_processes_that_hear_the_same_keep_it_once(ledgers: Ledgers) -> None:
    """Of two who hear the same updates at once, in whatever order, each update is new to one."""
    one, other = await ledgers.open(), await ledgers.open()
    batch = [message(str(key), f"word {key}", place(str(key % 3))) for key in range(12)]

    async with asyncio.TaskGroup() as group:
        first = group.create_task(one.hear(batch))
        second = group.create_task(other.hear(batch[::-1]))

    claims = await one.claim(9, BOTS)
    assert 12 == first.result() + second.result()
    assert sorted(f"word {key}" for key in range(12)) == sorted(
        text for claim in claims for text in texts(claim)
    )


async def test_an_arrival_without_meaning_is_kept_and_blocks_nobody(ledgers: Ledgers) -> None:
    """What we cannot understand is set aside, once, and the rest of the batch goes on."""
    ledger = await ledgers.open()

    new = await ledger.hear([arrival("1", None), arrival("1", None), message("2", "hello")])

    assert 2 == new
    assert [("", "aside"), ("hello", "waiting")] == await ledgers.heard()
    assert ["hello"] == texts(await claimed(ledger))


async def test_nothing_heard_is_nothing_new(ledgers: Ledgers) -> None:
    """An empty batch does no harm."""
    ledger = await ledgers.open()

    new = await ledger.hear([])

    assert 0 == new


async def test_a_message_rings_its_conversation_after_it_is_kept(ledgers: Ledgers) -> None:
    """Whoever waits for work is told where, once for each conversation."""
    ledger = await ledgers.open()

    await ledger.hear([message("1", "a"), message("2", "b"), message("3", "c", place("8"))])

    claims = await ledger.claim(9, BOTS)
    assert sorted(claim.id for claim in claims) == sorted(ledgers.rang)


async def test_a_group_is_a_group_whatever_was_heard_of_it_first(ledgers: Ledgers) -> None:
    """An event says nothing of the kind of place; its first message does, and names it."""
    ledger = await ledgers.open()
    word = replace(incoming("hi all", "2"), private=False, title="Tea 茶")
    await ledger.hear([arrival("1", Edited(HOME, "0", "nothing"))])

    await ledger.hear([arrival("2", word)])

    claim = await claimed(ledger)
    assert (False, "Tea 茶") == (claim.private, claim.title)


async def test_a_group_that_is_renamed_goes_by_its_new_title(ledgers: Ledgers) -> None:
    """The title is the one of the last message that had one."""
    ledger = await ledgers.open()
    word = replace(incoming("hi all"), private=False, title="Tea")
    later = replace(word, title="Coffee", message="2")
    untitled = replace(word, title="", message="3")
    await ledger.hear([arrival("1", word)])

    await ledger.hear([arrival("2", later), arrival("3", untitled)])

    assert "Coffee" == (await claimed(ledger)).title


async def test_words_of_every_script_survive_and_halves_of_them_do_no_harm(
    ledgers: Ledgers,
) -> None:
    """Chinese, Japanese and emoji come back as they were; what no database stores is left out."""
    ledger = await ledgers.open()

    await ledger.hear([message("1", "你好、こんにちは👩‍🚀"), message("2", "nu\0ll \ud83d half")])

    assert ["你好、こんにちは👩‍🚀", "null ? half"] == texts(await claimed(ledger))


async def test_a_strange_language_blocks_nobody(ledgers: Ledgers) -> None:
    """What a client says it speaks may be as long as it likes; we keep the beginning."""
    ledger = await ledgers.open()
    speaker = replace(MEI, language="zh-Hant-HK-u-co-pinyin-x-private")

    await ledger.hear([arrival("1", replace(incoming("hello"), speaker=speaker))])

    (heard,) = (await claimed(ledger)).waiting
    assert "zh-Hant-HK-u-co-" == heard.speaker.language


async def test_what_was_taken_back_is_not_answered(ledgers: Ledgers) -> None:
    """A message that waits is withdrawn without its words; an answered one is no longer waiting."""
    ledger = await ledgers.open()
    await ledger.hear([message("1", "hello"), message("2", "secret"), message("3", "bye")])
    ledgers.rang.clear()

    await ledger.hear([arrival("4", Deleted(HOME, ("2", "99"))), arrival("5", Deleted(HOME, ()))])

    claim = await claimed(ledger)
    assert ["hello", "bye"] == texts(claim)
    assert [("hello", "waiting"), ("", "withdrawn"), ("bye", "waiting")] == (await ledgers.heard())[
        :3
    ]
    assert [claim.id] == ledgers.rang
