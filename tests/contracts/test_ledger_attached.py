"""What the ledger promises about what comes besides words: pictures, files, quotes, albums."""

from dataclasses import replace

import pytest

from anima.model import Attachment, Quote, Speaker
from tests.contracts.ledgers import Ledgers
from tests.contracts.words import arrival, claimed, exchange, incoming

PHOTO = Attachment("photo", "AgAC-1", "image/jpeg", 81_000, width=1280, height=960)
VOICE = Attachment("voice", "AwAC-2", "audio/ogg", 12_000, duration_s=3.5)
PAPER = Attachment("document", "BQAC-3", "text/plain", 400, name="日記 “1”.txt")
KEN = Speaker("telegram", "8", "Ken 健", "ja")


@pytest.mark.parametrize(
    "attachments",
    [(), (PHOTO,), (VOICE, PAPER), (Attachment("location", name="52.52, 13.40"),)],
    ids=["nothing", "a picture", "several", "a place"],
)
async def test_what_came_along_is_kept(
    ledgers: Ledgers, attachments: tuple[Attachment, ...]
) -> None:
    """All that the platform told of it, in its order, is there for who answers."""
    ledger = await ledgers.open()

    await ledger.hear([arrival("1", replace(incoming("see?"), attachments=attachments))])

    claim = await claimed(ledger)
    assert [attachments] == [one.attachments for one in claim.waiting]
    assert [attachments] == [one.attachments for one in await ledger.waiting(claim)]


@pytest.mark.parametrize(
    "quote",
    [None, Quote("晚安，做个好梦"), Quote('"no"', KEN), Quote("お前", KEN, chosen=True)],
    ids=["nothing", "ours", "somebody's", "a part"],
)
async def test_what_is_quoted_is_kept(ledgers: Ledgers, quote: Quote | None) -> None:
    """Words, speaker, and whether they were picked."""
    ledger = await ledgers.open()

    await ledger.hear([arrival("1", replace(incoming("so?"), quoted=quote, reply_to="9"))])

    assert [quote] == [one.quoted for one in (await claimed(ledger)).waiting]


async def test_an_album_is_known_by_its_name(ledgers: Ledgers) -> None:
    """Each part says which album it belongs to."""
    ledger = await ledgers.open()
    parts = [replace(incoming("[photo]", key), album="9000") for key in "12"]

    await ledger.hear([arrival(one.message, one) for one in parts])

    assert ["9000", "9000"] == [one.album for one in (await claimed(ledger)).waiting]


async def test_what_no_database_takes_is_left_out(ledgers: Ledgers) -> None:
    """Half a character in a file's name, or in a quote, loses nobody the message."""
    ledger = await ledgers.open()
    odd = replace(
        incoming("see?"),
        attachments=(Attachment("document", "r", name="a\0b\ud83d.txt"),),
        quoted=Quote("\ud83d well\0"),
    )

    await ledger.hear([arrival("1", odd)])

    (heard,) = (await claimed(ledger)).waiting
    assert "see?" == heard.text
    assert heard.quoted is not None
    assert "well" in heard.quoted.text.encode().decode()
    assert "b" in heard.attachments[0].name.encode().decode()


async def test_a_part_of_an_album_that_was_answered_asks_for_nothing(ledgers: Ledgers) -> None:
    """The rest of it comes late and is only noted; another album asks as ever."""
    ledger = await ledgers.open()
    first, late, other = (
        replace(incoming("[photo]", key), album=album)
        for key, album in (("1", "9000"), ("2", "9000"), ("3", "9001"))
    )
    await ledger.hear([arrival("1", first)])
    claim = await claimed(ledger)
    await ledger.write(claim, *exchange(claim, 1, "Nice."))

    await ledger.hear([arrival("2", late), arrival("3", other)])

    claim = await claimed(ledger)
    assert [False, True] == [one.addressed for one in claim.waiting]
    assert claim.waiting == await ledger.waiting(claim)


async def test_a_part_of_an_album_that_nobody_answered_asks_as_ever(ledgers: Ledgers) -> None:
    """In a group the part that calls us may be the last to come."""
    ledger = await ledgers.open()
    first = replace(incoming("[photo]", "1"), album="9000", addressed=False)
    await ledger.hear([arrival("1", first)])
    claim = await claimed(ledger)
    await ledger.write(claim, *exchange(claim, 1, outcome="silent"))

    await ledger.hear([arrival("2", replace(first, message="2", addressed=True))])

    assert [True] == [one.addressed for one in (await claimed(ledger)).waiting]


async def test_the_tail_knows_albums(ledgers: Ledgers) -> None:
    """What was sent together is known as that for as long as it is remembered."""
    ledger = await ledgers.open()
    parts = [replace(incoming("[photo]", key), album="9000") for key in "12"]
    await ledger.hear([arrival(one.message, one) for one in parts])
    claim = await claimed(ledger)
    await ledger.write(claim, *exchange(claim, 1, "Nice."))

    assert ["9000", "9000", ""] == [line.album for line in await ledger.tail(claim, 9)]
