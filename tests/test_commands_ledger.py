"""Commands over a real ledger: what they choose lasts, once, and is written down."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from anima.ids import Ids
from anima.model import Claim, Conversation, Soul, Speaker
from anima.orders import Obeyed, Order
from anima.steps import Began, Chose, Ended, Released, Say
from memory.audited import Audit
from memory.past import Past
from memory.register import Register
from service.commands.offered import offered
from service.entry import entry_of
from service.house import FrontDoor
from service.minds import written_souls
from service.settings import Settings
from service.souls import Souls
from tests.contracts.databases import Store, opened
from tests.contracts.ledgers import HandClock as Watch
from tests.contracts.ledgers import SqlLedgers
from tests.contracts.words import BOTS, HOME, MEI, place
from tests.counter import SEALED, SEALED_FIRST, UNUSED, Players, Voice
from tests.mandate_book import Book
from tests.persona_fakes import HandClock

ADMIN = replace(MEI, language="en")
OTHER = place("8")
NAMES = ("KU1.0", "KU5.0", "KU6.0")


@dataclass
class Admin:
    """Somebody who sends commands to a house over *store*; *turns* counts them."""

    store: Store
    door: FrontDoor
    souls: Souls
    voice: Voice
    ids: Ids
    spoken: list[str] = field(default_factory=list)

    async def says(self, text: str, where: Conversation = HOME, who: Speaker = ADMIN) -> Obeyed:
        """The command is heard, obeyed and answered, as a turn does it."""
        await self.store.heard(text, where, who)
        (claim,) = await self.store.ledger.claim(1, BOTS)
        return await self.finish(claim)

    async def finish(self, claim: Claim) -> Obeyed:
        """Answer what waits in *claim*, in one write."""
        order = Order(claim, claim.waiting[0], self.ids.next())
        done = await self.door.obey(order)
        at = self.store.now
        await self.store.ledger.write(
            claim,
            Began(order.turn, at),
            Say(self.ids.next(), order.turn, done.text, at, state="failed"),
            *done.steps,
            Ended(order.turn, (order.heard.id,), "command", at),
            Released(),
        )
        self.spoken.append(done.text)
        return done

    async def speaking(self, where: Conversation = HOME) -> str:
        """Who would answer there now."""
        await self.store.heard("psst", where, ADMIN)
        (claim,) = await self.store.ledger.claim(1, BOTS)
        heard = tuple(one.id for one in claim.waiting)
        turn = self.ids.next()
        ended = Ended(turn, heard, "silent", self.store.now)
        await self.store.ledger.write(claim, Began(turn, self.store.now), ended, Released())
        return self.souls.of(claim)[0].name


@pytest.fixture
async def admin(tmp_path: Path) -> AsyncIterator[Admin]:
    """Mei, who may command, in a house with three versions."""
    async with AsyncExitStack() as stack:
        ledgers = SqlLedgers(f"sqlite:///{tmp_path / 'anima.db'}", stack)
        yield await house(await opened(ledgers), ledgers.clock)


async def house(store: Store, watch: Watch) -> Admin:
    """A process of the house over *store*."""
    written = [{"name": name, "model": name.lower()} for name in NAMES]
    access = {"admins": [ADMIN.address]}
    settings = Settings.model_validate({"souls": written, "access": access})
    register = Register(store.database, watch)
    await register.enrol(written_souls(settings))
    souls = Souls([Soul(name, "default") for name in NAMES])
    clock, ids = HandClock(), Ids(watch)
    voice = Voice(clock, {"KU6.0": ("Otherwise.",)})
    past = Past(store.database)
    entry = entry_of(settings, store.database, clock, ids, store.rang.extend, {})
    players = Players(voice)
    parts = (players, souls, register, past, SEALED, ids, clock, entry, Book())
    table = offered(*parts, {}, UNUSED, SEALED_FIRST)
    door = FrontDoor(players, souls, entry.doorway, table)
    return Admin(store, door, souls, voice, ids)


async def test_a_switch_lasts_here_and_leaves_other_places_alone(admin: Admin) -> None:
    """It is the conversation's own."""
    await admin.says("/model use KU5.0")

    assert "KU5.0" == await admin.speaking()
    assert "KU1.0" == await admin.speaking(OTHER)


async def test_a_switch_everywhere_reaches_every_place(admin: Admin) -> None:
    """Also those that had chosen for themselves."""
    await admin.says("/model use KU6.0", OTHER)
    await admin.says("/model use KU5.0 everywhere")

    assert ["KU5.0"] * 2 == [await admin.speaking(where) for where in (HOME, OTHER)]


async def test_another_process_knows_it(admin: Admin) -> None:
    """The choice is in the database, and nowhere else."""
    await admin.says("/model use KU5.0 everywhere")

    another = await house(await admin.store.another(), admin.store.ledgers.clock)

    assert "KU5.0" == await another.speaking(OTHER)


async def test_rollback_goes_back_step_by_step(admin: Admin) -> None:
    """However many choices there were."""
    for name in ("KU5.0", "KU6.0", "KU5.0"):
        await admin.says(f"/model use {name}")

    speaking = []
    for _ in range(3):
        await admin.says("/model rollback")
        speaking.append(await admin.speaking())
    last = await admin.says("/model rollback")

    assert ["KU6.0", "KU5.0", "KU1.0"] == speaking
    assert Obeyed("There is nothing to take back.") == last


async def test_what_was_done_is_written_down(admin: Admin) -> None:
    """By whom, where, from which version and to which."""
    for text in (
        "use KU5.0",
        "use KU6.0 everywhere",
        "rollback",
        "use KU9",
        "canary KU6.0 10%",
        "canary off",
    ):
        await admin.says(f"/model {text}")

    deeds = await Audit(admin.store.database).newest(10)

    assert [
        ("model use", "here", "KU1.0", "KU5.0"),
        ("model use", "everywhere", "KU1.0", "KU6.0"),
        ("model rollback", "everywhere", "KU6.0", "KU1.0"),
        ("model canary", "everywhere", "KU1.0", "KU6.0 10%"),
        ("model canary", "everywhere", "KU1.0", "KU6.0 0%"),
    ] == [(one.deed, one.subject, one.before, one.after) for one in reversed(deeds)]
    assert {ADMIN.address} == {one.by for one in deeds}


async def test_a_crash_before_the_answer_leaves_one_choice(admin: Admin) -> None:
    """What was obeyed and not written never was; the turn is begun again after the lease."""
    await admin.store.heard("/model use KU5.0", HOME, ADMIN)
    (claim,) = await admin.store.ledger.claim(1, BOTS)
    lost = await admin.door.obey(Order(claim, claim.waiting[0], admin.ids.next()))
    admin.store.ledgers.clock.advance(60)
    (again,) = await admin.store.ledger.claim(1, BOTS)

    done = await admin.finish(again)

    assert lost.text == done.text
    assert isinstance(done.steps[0], Chose)
    assert 1 == len(await Audit(admin.store.database).newest(10))
    assert "KU5.0" == await admin.speaking()


async def test_an_ended_canary_stays_ended(admin: Admin) -> None:
    """Whatever canaries there were before it, nobody is tried on any more."""
    for text in ("KU5.0 99.9%", "KU6.0 50%", "off"):
        await admin.says(f"/model canary {text}")

    assert ["KU1.0"] * 8 == [await admin.speaking(place(str(chat))) for chat in range(20, 28)]


async def test_the_list_and_the_figures_come_from_the_database(admin: Admin) -> None:
    """The register knows the versions that the settings name."""
    await admin.store.speaks("KU1.0", turn=1)

    info = await admin.says("/model info")
    listed = await admin.says("/model list")

    assert info.text.startswith("KU1.0: speaks everywhere\nBackend: default\nModel: ku1.0\n")
    assert "\nAnswers: 1\n" in info.text
    assert 3 == len(listed.text.splitlines())


async def test_replay_finds_the_turns_of_this_conversation_only(admin: Admin) -> None:
    """A turn of another one is not shown, not even to an admin."""
    await admin.store.speaks("KU1.0", turn=0xAAAAAA1, where=OTHER)
    await admin.store.talk(0xAAAAAA2, "And you?", "Fine.")

    listed = await admin.says("/replay")
    again = await admin.says("/replay last KU6.0")
    elsewhere = await admin.says("/replay aaaaa1 KU6.0")

    assert listed.text.splitlines()[0].startswith("aaaaa2 · ")
    assert 2 == len(listed.text.splitlines())
    assert again.text.endswith("then\nFine.\n\nKU6.0 · 0.0 s\nOtherwise.")
    assert "“aaaaa1” is not one of this talk; /replay shows the last ones." == elsewhere.text
    assert [["And you?"]] == [[one.text for one in scene.heard] for scene in admin.voice.scenes]
