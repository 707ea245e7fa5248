"""The answer to what somebody chose stands where Discord keeps a place for it."""

import asyncio
from datetime import timedelta

import discord
import pytest

from anima.errors import SlowDown, Undelivered, Unreachable
from bots.discord.interaction_answers import Said
from tests.far_side.botapi import Fault
from tests.far_side.discord.interactions import Interaction
from tests.jump import JumpClock
from tests.slash_stage import Slashes, slashing

pytestmark = pytest.mark.jumping


async def asks(here: Slashes, command: str = "memory what", **given: str) -> Interaction:
    """Ann uses a command in a server, and sees that we think."""
    ann = here.far.person()
    general = here.far.channel(here.far.guild("Home", ann))
    asked = here.far.uses(ann, general, command, **given)
    await here.takes(asked)
    return asked


@pytest.mark.parametrize(
    ("command", "given", "hidden"), [("memory what", {}, True), ("ask", {"words": "Hi"}, False)]
)
async def test_the_answer_takes_its_place(
    clock: JumpClock,
    monkeypatch: pytest.MonkeyPatch,
    command: str,
    given: dict[str, str],
    hidden: bool,
) -> None:
    """All of it: the first bubble where we thought, the others below, for the same eyes."""
    async with slashing(clock, monkeypatch) as here:
        asked = await asks(here, command, **given)

        ids = [await here.says(text) for text in ("One.", "Two.", "Three @everyone.")]

        assert ["One.", "Two.", "Three @everyone."] == asked.texts
        assert [hidden] * 3 == asked.hidden
        assert [str(number) for number in sorted(asked.messages)] == ids
        assert not any(one["mentions"] for one in asked.messages.values())


async def test_an_answer_may_be_faster_than_the_sign_that_it_comes(
    clock: JumpClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Discord knows of no place yet; a moment later it does."""
    async with slashing(clock, monkeypatch) as here:
        ann = here.far.person()
        asked = here.far.uses(ann, ann, "help")
        here.far.faults.add("create_interaction_response", Fault.slow(1.5))
        async with asyncio.TaskGroup() as group:
            group.create_task(here.takes(asked))
            await here.far.sees(lambda: here.far.count["create_interaction_response"])

            sent = await here.says("Quick.")

        assert sent
        assert ["Quick."] == asked.texts
        assert here.far.count["get_webhook_message"] > 1


async def test_a_bubble_that_was_sent_is_not_sent_again(
    clock: JumpClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where only Discord's word for it was lost."""
    async with slashing(clock, monkeypatch) as here:
        asked = await asks(here)
        here.far.faults.add("edit_webhook_message", Fault.status(400, "?").afterwards())
        with pytest.raises(Undelivered):
            await here.says("Once.")

        again = await here.says("Once.")

        assert again
        assert ["Once."] == asked.texts


async def test_after_a_quarter_of_an_hour_all_may_read_it_elsewhere(
    clock: JumpClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was no secret becomes an ordinary message; Discord is not even asked."""
    async with slashing(clock, monkeypatch) as here:
        await asks(here, "ask", words="Hi")
        await clock.sleep(timedelta(minutes=15).total_seconds())

        sent = await here.says("Late.")

        assert None is sent
        assert 0 == here.far.count["get_webhook_message"]


@pytest.mark.parametrize("expires", [True, False])
async def test_what_is_for_one_goes_to_them_in_private(
    clock: JumpClock, monkeypatch: pytest.MonkeyPatch, expires: bool
) -> None:
    """When its place is gone, by its time or by Discord's word."""
    async with slashing(clock, monkeypatch) as here:
        asked = await asks(here)
        if expires:
            await clock.sleep(timedelta(minutes=16).total_seconds())
        else:
            asked.expire()
            await clock.sleep(6)

        sent = await here.says("Secret.")

        channel = here.far.dm(asked.person)
        said = here.far.sent[-1]
        assert (channel.id, "Secret.", "1000") == (said.channel_id, said.text, said.nonce)
        assert str(said.id) == sent
        assert [] == asked.texts


async def test_whose_door_is_shut_is_told_nothing(
    clock: JumpClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Better nothing than before everybody; the log says so."""
    async with slashing(clock, monkeypatch) as here:
        asked = await asks(here)
        here.far.dm(asked.person).closed = 50007
        await clock.sleep(1000)

        with pytest.raises(Undelivered, match="Cannot send messages to this user"):
            await here.says("Secret.")

        assert "answer told nobody" in here.events
        assert [] == here.far.sent


@pytest.mark.parametrize("raw", ["", "{}", "nonsense"])
async def test_who_is_forgotten_is_told_nothing(
    clock: JumpClock, monkeypatch: pytest.MonkeyPatch, raw: str
) -> None:
    """The token was in what arrived; a secret without it reaches nobody, other talk all."""
    async with slashing(clock, monkeypatch) as here:

        async def forgotten(_source: str, _key: str) -> str:
            return raw

        here.answers._kept = forgotten

        with pytest.raises(Undelivered, match="who asked"):
            await here.answers.send("interaction:77:quiet", Said("Secret.", 1))

        assert None is await here.answers.send("interaction:77", Said("Talk.", 2))
        assert [("answer told nobody", {"reason": "who asked is forgotten"})] == [
            one for one in here.notes.noted if one[0] == "answer told nobody"
        ]


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault.status(400, "No"), Undelivered),
        (Fault.status(500, "Oh"), Unreachable),
        (Fault.cut(), Unreachable),
        (Fault.garbage(), Unreachable),
    ],
)
async def test_troubles_are_told_apart(
    clock: JumpClock, monkeypatch: pytest.MonkeyPatch, fault: Fault, error: type[Exception]
) -> None:
    """What helps to try again, and what does not."""
    async with slashing(clock, monkeypatch) as here:
        await asks(here)
        here.far.faults.add("edit_webhook_message", fault, times=5)

        with pytest.raises(error):
            await here.says("Hello.")


async def test_a_limit_is_told(clock: JumpClock, monkeypatch: pytest.MonkeyPatch) -> None:
    """A client that does not sit it out says how long it is."""
    async with slashing(clock, monkeypatch) as here:
        await asks(here)
        here.wire._http.max_ratelimit_timeout = 1
        here.far.faults.add("edit_webhook_message", Fault.slow_down(7))

        with pytest.raises(SlowDown) as slow:
            await here.says("Hello.")

        assert 1 <= slow.value.retry_after


async def test_a_place_that_goes_meanwhile_is_gone(
    clock: JumpClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its time may be over between a look and a word."""
    async with slashing(clock, monkeypatch) as here:
        asked = await asks(here, "ask", words="Hi")
        here.far.on("get_webhook_message", lambda _: asked.expire())

        assert None is await here.says("Late.")


async def test_buttons_and_files_come_along(
    clock: JumpClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As with any other bubble; a file is read anew wherever it has to go."""
    async with slashing(clock, monkeypatch) as here:
        asked = await asks(here)
        view = discord.ui.View(timeout=None)
        view.add_item(discord.ui.Button(label="Yes", custom_id="yes"))

        await here.says("Sure?", view=view)
        await here.says("Here.", file=("export.txt", b"all of it"))

        first, second = (one for _, one in sorted(asked.messages.items()))
        assert "yes" == first["components"][0]["components"][0]["custom_id"]
        assert ["export.txt"] == [one["filename"] for one in second["attachments"]]
        assert [True, True] == asked.hidden
