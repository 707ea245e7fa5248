"""What is said aloud: when, in which order, and what happens when the sound does not come."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from anima.errors import SlowDown, Undelivered, Unreachable
from anima.model import Beside, Bubble, Button, Decision, Draft, Sticker
from anima.pace import Pace
from anima.sound import Manner
from tests.cast import ACCOUNT, Life
from tests.sounds import VOICE, Handset, Studio
from tests.stage import Stage

pytestmark = pytest.mark.jumping

WRITES = Pace(linger_s=0, typing=True, poll_s=1000, pause_s=0, per_second=1)


def stage(*scripts: Any, studio: Studio | None = None, **more: Any) -> Stage:
    """A house that can speak, on a phone that can be spoken to."""
    return Stage(*scripts, notes=studio or Studio(), phone=Handset, **more)


def handset(one: Stage) -> Handset:
    """Its phone."""
    assert isinstance(one.phone, Handset)
    return one.phone


async def speaks(one: Stage, **facts: Any) -> None:
    """Somebody sends a voice message."""
    (words,) = one.words("[voice message]", **facts)
    await one.happens(replace(words, attachments=(VOICE,)))


async def wants(one: Stage, voicing: Any) -> None:
    """Ann wants to be answered so."""
    one.ledger.store.voicings["telegram:1", 1] = voicing


async def test_a_voice_is_answered_by_a_voice() -> None:
    """Bubble by bubble, in their order; the ledger has the words."""
    house = stage(["one", "two|three"])
    await speaks(house)

    await house.plays()

    assert ["♪ one", "♪ two", "♪ three"] == handset(house).heard
    assert ["[voice message]", "one", "two", "three"] == house.transcript
    assert {"delivered"} == {row.state for row in house.ledger.said}


async def test_words_are_answered_by_words() -> None:
    """Unless somebody wants it otherwise."""
    house = stage()
    await house.hears("hello")

    await house.plays()

    assert ["re: hello"] == handset(house).heard


@pytest.mark.parametrize(
    ("voicing", "spoken", "heard"),
    [
        ("off", True, False),
        ("mirror", True, True),
        ("mirror", False, False),
        ("always", True, True),
        ("always", False, True),
    ],
)
async def test_who_has_chosen_is_answered_so(voicing: str, *, spoken: bool, heard: bool) -> None:
    """Never, when they spoke, or always."""
    house = stage(["yes"])
    await (speaks(house) if spoken else house.hears("hello"))
    await wants(house, voicing)

    await house.plays()

    assert ["♪ yes" if heard else "yes"] == handset(house).heard


async def test_a_persona_may_rather_write() -> None:
    """It is asked with the scene, and with what was chosen."""
    house, asked = stage(["yes"]), []

    def chooses(scene: Any, voicing: Any) -> bool:
        asked.append((scene.heard[0].text, voicing))
        return False

    role = house.troupe.roles["kokoro"]
    house.troupe.roles["kokoro"] = replace(role, chooses=chooses)
    await speaks(house)
    await house.plays()

    assert ["yes"] == handset(house).heard
    assert [("[voice message]", "mirror")] == asked


async def test_a_place_without_notes_gets_words() -> None:
    """And no note is asked for."""
    studio = Studio()
    house = stage(["yes"], studio=studio)
    handset(house).deaf = True
    await speaks(house)

    await house.plays()

    assert ["yes"] == handset(house).heard
    assert [] == studio.made


async def test_a_house_without_a_voice_writes() -> None:
    """Whatever anybody has chosen."""
    house = Stage(["yes"], phone=Handset)
    await speaks(house)
    await wants(house, "always")

    await house.plays()

    assert ["yes"] == handset(house).heard


async def test_what_was_to_be_spoken_is_written_by_who_cannot() -> None:
    """The process that takes over has no voice, or the place has forbidden notes meanwhile."""
    house = stage(["one", "two"], studio=Studio(takes_s=9))
    await speaks(house)
    async with house.attending():
        await house.clock.sleep(1)
        house.dies()
    later = house.beside(["one", "two"], phone=Handset)
    await later.clock.sleep(30)

    await later.plays()

    assert ["one", "two"] == handset(later).heard


async def test_a_plain_channel_is_written_to() -> None:
    """One that knows of no notes, where somebody wants them always."""
    house = Stage(["yes"], notes=Studio())
    await speaks(house)
    await wants(house, "always")

    await house.plays()

    assert [("yes", Beside())] == [
        (text, beside) for text, beside in zip(house.phone.texts, house.phone.besides, strict=True)
    ]


async def test_what_is_for_the_eye_is_not_spoken() -> None:
    """Pictures and what has buttons; commands and apologies are no talk."""
    ask = Bubble("sure?", beside=Beside((Button("Yes", "yes"),)))
    house = stage([Bubble("", None), ask, Bubble("[wave]"), Bubble("❤"), Bubble("so", ACCOUNT)])
    role = house.troupe.roles["kokoro"]
    picture = Sticker("wave", Path("wave.webp"))
    house.troupe.roles["kokoro"] = replace(
        role,
        drawn=lambda text: picture if text == "[wave]" else None,
        reaction=lambda text: "❤" if text == "❤" else "",
    )
    await speaks(house)
    await house.plays()

    assert ["sure?", "[wave]", "❤", "♪ so"] == handset(house).heard


async def test_a_failure_is_told_in_words() -> None:
    """Whoever is sorry does not perform it."""
    house = stage([RuntimeError("broken")])
    await speaks(house)

    await house.plays()

    assert not any(one.startswith("♪") for one in handset(house).heard)
    assert 1 == len(handset(house).heard)


async def test_what_cannot_be_said_is_written_and_the_rest_is_said() -> None:
    """Each bubble for itself, and for good: the ledger knows that it was written."""
    house = stage(["one", "two", "three"], studio=Studio(mute=frozenset({"two"})))
    await speaks(house)

    await house.plays()

    assert ["♪ one", "two", "♪ three"] == handset(house).heard
    assert [True, False, True] == [row.words.beside.voice for row in house.ledger.said]
    assert "Muted+Sending" in house.diary


async def test_the_first_note_leaves_while_the_next_one_is_made() -> None:
    """Nobody waits for all of it; meanwhile it shows that we speak."""
    house = stage(["one", "two", "three"], studio=Studio(takes_s=6))
    await speaks(house)

    await house.plays()

    assert [6, 12.25, 18.5] == handset(house).sent_at
    assert handset(house).recorded_at[:2] == [0, 4]
    assert [] == handset(house).typed_at


async def test_making_a_note_is_all_the_time_that_it_takes() -> None:
    """Nobody types between two notes; before what is written after all, we do."""
    studio = Studio(mute=frozenset({"thirteen"}), takes_s=1)
    house = stage(["one", "two", "thirteen"], studio=studio, pace=WRITES)
    await speaks(house)

    await house.plays()

    assert ["♪ one", "♪ two", "thirteen"] == handset(house).heard
    one, two, three = handset(house).sent_at
    assert two - one < 2 < three - two


async def test_words_show_no_beginning_of_what_is_spoken() -> None:
    """A draft would say it twice."""
    house = stage([Draft("o"), "one", Draft("tw"), "two"])
    handset(house).drafts = True
    await speaks(house)

    await house.plays()

    assert [] == handset(house).drafted
    assert ["♪ one", "♪ two"] == handset(house).heard


async def test_a_note_that_may_have_arrived_is_sent_again_as_it_was() -> None:
    """The same sound under the same key: a platform that knows it gives the first one's id."""
    house = stage(["one"])
    handset(house).faults = [Unreachable("cut")]
    await speaks(house)

    await house.plays()

    assert ["♪ one"] == handset(house).heard
    assert [("one", "delivered", 2)] == [
        (row.text, row.state, row.words.attempts) for row in house.ledger.said
    ]


async def test_a_note_that_waits_leaves_when_it_may() -> None:
    """Patience survives a crash, for sounds as for words."""
    house = stage(["one"])
    handset(house).faults = [SlowDown(90)]
    await speaks(house)
    async with house.attending():
        await house.clock.sleep(1)
        house.dies()
    later = house.beside(notes=Studio(), phone=Handset)
    await later.clock.sleep(30)

    await later.plays()

    assert ["♪ one"] == handset(later).heard
    assert 90 <= handset(later).sent_at[0]


async def test_what_is_refused_is_not_tried_for_ever() -> None:
    """As with words."""
    house = stage(["one", "two"])
    handset(house).faults = [Undelivered("no")]
    await speaks(house)

    await house.plays()

    assert ["♪ two"] == handset(house).heard
    assert ["failed", "delivered"] == [row.state for row in house.ledger.said]


@pytest.mark.parametrize("ends", range(1, 40))
async def test_whenever_it_dies_each_bubble_is_there_once(ends: int) -> None:
    """A note or its words, in order; at most the one that was on its way comes twice."""
    studio = Studio(mute=frozenset({"two"}), takes_s=2)
    house = stage(["one", "two", "three"], studio=studio, life=Life(ends))
    await speaks(house)
    async with house.attending():
        await house.clock.sleep(60)
    sent = handset(house).heard
    later = house.beside(["one", "two", "three"], notes=studio, phone=Handset)
    await later.clock.sleep(60)

    await later.plays()

    every = [*sent, *handset(later).heard]
    once = list(dict.fromkeys(every))
    assert ["♪ one", "two", "♪ three"] == once
    assert len(every) <= len(once) + 1
    assert [] == [row.text for row in house.ledger.said if row.state != "delivered"]


async def test_it_speaks_in_the_manner_of_who_plays() -> None:
    """The persona's voice, and what is shown of its words."""
    studio = Studio()
    house = stage(["hm"], studio=studio, shown=str.upper)
    manner = Manner(voice="kokoro", marked=True)
    house.troupe.roles["kokoro"] = replace(house.troupe.roles["kokoro"], manner=manner)
    await speaks(house)

    await house.plays()

    assert (["HM"], [manner]) == (studio.made, studio.manners)


async def test_a_group_that_asks_nobody_is_not_spoken_to() -> None:
    """A persona that speaks up by itself writes."""
    house = stage(["yes"])
    await speaks(house, private=False, addressed=False)
    house.ledger.store.places[1].dial = 5
    house.actor.weighs = lambda scene, dial: Decision(
        speaks=True, reason=f"dial {dial} of {scene.title}"
    )

    await house.plays()

    assert ["yes"] == handset(house).heard
