"""A reaction on its way: onto the message that it answers, or as a face where there is none."""

from dataclasses import dataclass, field, replace
from functools import partial

import pytest

from anima.errors import SlowDown, Undelivered
from anima.model import Conversation
from persona.reactions import faces, reaction
from tests.cast import BOT, HOME, Phone, place
from tests.stage import Stage

pytestmark = pytest.mark.jumping
ROOM = place("-100")


@dataclass
class Expressive(Phone):
    """The port `Reacts` beside: keeps reactions where it *takes* them; *moods* happen first."""

    takes: bool = True
    moods: list[Exception] = field(default_factory=list)
    reactions: list[tuple[str, str, str]] = field(default_factory=list)

    async def react(self, conversation: Conversation, message: str, face: str) -> bool:
        if self.moods:
            raise self.moods.pop(0)
        if self.takes:
            self.reactions.append((conversation.chat, message, face))
        return self.takes


def stage(*scripts: list[str], takes: bool = True) -> tuple[Stage, Expressive]:
    """A stage whose persona reacts, and a platform that knows reactions."""
    made = Stage(*scripts, shown=faces)
    role = made.troupe.roles["kokoro"]
    made.troupe.roles["kokoro"] = replace(role, reaction=partial(reaction, ("❤",)))
    phone = Expressive(made.clock, made.diary, made.life, takes=takes)
    made.attendant._channels[BOT] = phone  # type: ignore[index] # another one
    return made, phone


@pytest.mark.parametrize("private", [True, False], ids=["private", "group"])
async def test_it_stands_on_the_message_that_it_answers(*, private: bool) -> None:
    """The newest that asked; nothing is sent beside it, and it is remembered."""
    made, phone = stage(["[react ❤]"])
    where = HOME if private else ROOM
    await made.hears("one", "two", where=where, private=private)

    await made.plays()

    assert [(where.chat, "2", "❤")] == phone.reactions
    assert [] == phone.sent
    assert ["one", "two", "[react ❤]"] == made.transcript == await made.remembered()
    assert ["delivered"] == [row.state for row in made.ledger.said]
    assert ["answered"] == made.outcomes


async def test_where_nobody_asked_it_stands_on_the_newest() -> None:
    """A group that lets us speak up."""
    made, phone = stage(["[react ❤]"])
    await made.hears("/talk 3", where=ROOM, private=False)
    await made.hears("what a day!", where=ROOM, private=False, addressed=False)

    await made.plays()

    assert [(ROOM.chat, "2", "❤")] == phone.reactions


async def test_words_after_it_point_at_what_they_answer() -> None:
    """As the first words of an answer do, and no others."""
    made, phone = stage(["[react ❤]", "One.", "Two."])
    await made.hears("hi", where=ROOM, private=False)

    await made.plays()

    assert 1 == len(phone.reactions)
    assert [("One.", "1"), ("Two.", "")] == list(zip(phone.texts, phone.replies, strict=True))


async def test_it_may_come_after_words() -> None:
    """And points all the same."""
    made, phone = stage(["One.", "[react ❤]"])
    await made.hears("hi")

    await made.plays()

    assert [(HOME.chat, "1", "❤")] == phone.reactions
    assert [""] == phone.replies


async def test_a_message_that_takes_none_gets_the_face() -> None:
    """Where people have switched reactions off."""
    made, phone = stage(["[react ❤]"], takes=False)
    await made.hears("hi")

    await made.plays()

    assert ["❤"] == phone.texts


async def test_a_place_that_knows_none_gets_the_face() -> None:
    """It is what people would send there."""
    made = Stage(["[react ❤]"], shown=faces)
    role = made.troupe.roles["kokoro"]
    made.troupe.roles["kokoro"] = replace(role, reaction=partial(reaction, ("❤",)))
    await made.hears("hi")

    await made.plays()

    assert ["❤"] == made.phone.texts


async def test_it_waits_like_words() -> None:
    """A tired platform is asked again, and one that says no is left alone."""
    made, phone = stage(["[react ❤]", "[react ❤]"])
    phone.moods = [SlowDown(7), Undelivered("no")]
    await made.hears("hi")

    await made.plays()

    assert [(HOME.chat, "1", "❤")] == phone.reactions
    assert made.clock.elapsed() >= 7
    assert 1 == made.witness.count("undelivered")
    assert ["failed", "delivered"] == [row.state for row in made.ledger.said]
