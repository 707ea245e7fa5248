"""What the ledger promises about what is heard and said aloud."""

from dataclasses import replace

import pytest

from anima.model import Attachment, Beside, Deleted, Edited, Renamed
from anima.ports import Ledger
from anima.sound import VoiceNote, Voicing
from anima.steps import Began, Ended, Muted, Released, Say, Sending, Transcribed, Voiced
from tests.contracts.ledgers import LEASE_S, START, Ledgers
from tests.contracts.words import (
    HOME,
    MEI,
    arrival,
    claimed,
    exchange,
    incoming,
    message,
    place,
    spoken,
    waiting,
)

VOICE = Attachment("voice", "AwAC-2", "audio/ogg", 12_000, duration_s=3.5)
CLEAR = replace(VOICE, sound="clear")


async def note(ledger: Ledger, key: str = "1") -> None:
    """Mei says something aloud."""
    spoken_one = replace(incoming("[voice message]", key), attachments=(VOICE,))
    await ledger.hear([arrival(key, spoken_one)])


def transcribed(heard: int, words: str) -> Transcribed:
    """What Mei said aloud."""
    text = f"[voice message] {words}"
    return Transcribed(heard, "[voice message]", text, (CLEAR,))


@pytest.mark.parametrize("words", ["I live by the sea", "我住在海边", "海のそばに住んでいる"])
async def test_what_was_said_aloud_is_what_was_heard(ledgers: Ledgers, words: str) -> None:
    """For every process, for the answer and for what is remembered; and it is known as listened."""
    ledger, other = await ledgers.open(), await ledgers.open()
    await note(ledger)
    claim = await claimed(ledger)

    await ledger.write(claim, transcribed(waiting(claim)[0], words))

    (heard,) = await other.waiting(claim)
    assert (f"[voice message] {words}", (CLEAR,)) == (heard.text, heard.attachments)
    await ledger.write(claim, *exchange(claim, 1, "nice"))
    assert [f"[voice message] {words}", "nice"] == spoken(await ledger.tail(claim, 9))


async def test_a_crash_after_listening_loses_no_word(ledgers: Ledgers) -> None:
    """Who claims it next finds it understood."""
    ledger, other = await ledgers.open(), await ledgers.open()
    await note(ledger)
    claim = await claimed(ledger)
    await ledger.write(claim, transcribed(waiting(claim)[0], "hello"))
    ledgers.clock.advance(LEASE_S + 1)

    (heard,) = (await claimed(other)).waiting

    assert ("[voice message] hello", "clear") == (heard.text, heard.attachments[0].sound)


@pytest.mark.parametrize(
    ("change", "left"),
    [
        (Edited(HOME, "1", "[voice message] look"), ["[voice message] look"]),
        (Deleted(HOME, ("1",)), []),
    ],
    ids=["rewritten", "taken back"],
)
async def test_what_changed_while_we_listened_stays_as_it_is(
    ledgers: Ledgers, change: Edited | Deleted, left: list[str]
) -> None:
    """Nobody's words come back by our ears."""
    ledger = await ledgers.open()
    await note(ledger)
    claim = await claimed(ledger)
    await ledger.hear([arrival("change", change)])

    await ledger.write(claim, transcribed(waiting(claim)[0], "secret"))

    assert left == [one.text for one in await ledger.waiting(claim)]


async def test_what_shall_be_spoken_is_known_after_a_crash(ledgers: Ledgers) -> None:
    """The wish is kept with the words, the sound is not; what is muted is written for good."""
    ledger, other = await ledgers.open(), await ledgers.open()
    await ledger.hear([message("1", "hi")])
    claim = await claimed(ledger)
    aloud = Beside(voice=True, note=VoiceNote(b"OggS", 1.0, b""))
    says = [Say(number, 1, f"b{number}", START, beside=aloud) for number in (10, 11)]
    await ledger.write(claim, Began(1, START), *says, Muted(11), Sending(11))
    ledgers.clock.advance(LEASE_S + 1)

    unsent = (await claimed(other)).unsent

    assert [(Beside(voice=True), "ready"), (Beside(), "sending")] == [
        (one.beside, one.state) for one in unsent
    ]


async def chooses(ledger: Ledger, key: str, mode: Voicing, chat: str = "7") -> None:
    """Mei says in *chat* when she wants to be answered aloud."""
    await ledger.hear([message(key, "/voice", place(chat))])
    claim = await claimed(ledger)
    ended = Ended(int(key), waiting(claim), "command", START)
    chosen = Voiced(MEI.address, mode, START)
    await ledger.write(claim, Began(int(key), START), chosen, ended, Released())


async def wants(ledger: Ledger, key: str, chat: str = "7") -> list[str]:
    """When Mei wants that, as her next message in *chat* tells."""
    await ledger.hear([message(key, "hi", place(chat))])
    claim = await claimed(ledger)
    found = [one.voicing for one in claim.waiting]
    await ledger.write(claim, *exchange(claim, int(key)))
    return [str(one) for one in found]


async def test_how_one_wants_to_be_answered_holds_in_its_own_place(ledgers: Ledgers) -> None:
    """The newest counts, in any process; elsewhere nothing was chosen."""
    ledger, other = await ledgers.open(), await ledgers.open()
    await chooses(ledger, "1", "always")
    await chooses(ledger, "2", "off")

    assert [["off"], [""]] == [await wants(other, "3"), await wants(other, "4", "8")]


@pytest.mark.parametrize(("there", "expected"), [(None, "always"), ("mirror", "mirror")])
async def test_it_moves_with_the_place(
    ledgers: Ledgers, there: Voicing | None, expected: str
) -> None:
    """What was chosen in the place that goes on counts first."""
    ledger = await ledgers.open()
    await chooses(ledger, "1", "always")
    await (chooses(ledger, "2", there, "-100") if there else wants(ledger, "2", "-100"))

    await ledger.hear([arrival("moved", Renamed(HOME, "-100"))])

    assert [expected] == await wants(ledger, "3", "-100")
