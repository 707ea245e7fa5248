"""Discord is heard whatever happens, in order, and nothing that was told is lost."""

import asyncio
import json
from collections.abc import AsyncIterator

import pytest

from anima.errors import ConfigError, LedgerUnavailable, Unreachable
from anima.model import Beside, Button, Closed, Deleted, Edited, Incoming, Pressed, Rated
from bots.discord.outgoing import Outgoing
from bots.discord.shards import Shards
from bots.gate import Gates
from tests.discord_side import Listening, listening, poised
from tests.far_side.discord import Channel, Discord, Fault, Person
from tests.jump import JumpClock

pytestmark = [pytest.mark.jumping, pytest.mark.slow]


@pytest.fixture
async def far(clock: JumpClock) -> AsyncIterator[Discord]:
    """Discord, on the clock of the test."""
    async with Discord(now=lambda: clock.now().timestamp()) as server:
        yield server


async def test_what_people_say_is_heard(clock: JumpClock, far: Discord) -> None:
    """In private and in a channel."""
    ann = far.person("Ann")
    guild = far.guild("Friends", ann)
    general = far.channel(guild, "general")
    async with listening(clock, far) as bot:
        far.says(ann, ann, "hello")
        far.says(ann, general, f"{far.me.mention} and here?")

        await bot.hears("hello", "and here?")

    private, public = bot.meanings
    assert isinstance(private, Incoming)
    assert isinstance(public, Incoming)
    assert (True, True, "") == (private.private, private.addressed, private.title)
    assert (False, True, "#general · Friends") == (public.private, public.addressed, public.title)


async def test_edits_deletions_thumbs_and_closed_places_are_heard(
    clock: JumpClock, far: Discord
) -> None:
    """Each as what it is, in its order; what closes where nothing was heard is nothing."""
    ann = far.person("Ann")
    guild = far.guild("Friends", ann)
    general, _silent = far.channel(guild, "general"), far.channel(guild, "silent")
    async with listening(clock, far) as bot:
        first, second = far.says(ann, general, "helo"), far.says(ann, general, "two")
        far.edits(first, "hello")
        far.deletes(second)
        await bot.until(lambda: len(bot.meanings) == 4)
        outgoing = Outgoing(bot.account.http, Gates(clock), bot.notes)
        where = bot.places.ledger.store.places[1].conversation
        await outgoing.send(where, "Hi", key=1, reply_to="")
        far.reacts(ann, far.sent[0], "👍")
        far.kicks(guild)
        await bot.until(lambda: len(bot.meanings) == 6)

    kinds = [type(one) for one in bot.meanings]
    assert [Incoming, Incoming, Edited, Deleted, Rated, Closed] == kinds
    assert "hello" == bot.ledger.heard[0].text
    assert str(far.sent[0].id) == getattr(bot.meanings[4], "message", "")


async def test_a_broken_line_is_taken_up_again(clock: JumpClock, far: Discord) -> None:
    """What was said meanwhile is told then, and nothing twice."""
    ann = far.person("Ann")
    async with listening(clock, far) as bot:
        far.says(ann, ann, "one")
        await bot.hears("one")

        far.drop_gateway()
        far.says(ann, ann, "two")
        await bot.hears("one", "two")

    assert (1, 1) == (far.identified, far.resumed)
    assert 2 == len(bot.troubles())
    assert "-" == bot.troubles()[1]


@pytest.mark.parametrize("code", [4000, 4009, 1000, 4001])
async def test_it_connects_again_whatever_code_it_was_closed_with(
    code: int, clock: JumpClock, far: Discord
) -> None:
    """As long as it may."""
    ann = far.person("Ann")
    async with listening(clock, far) as bot:
        far.says(ann, ann, "one")
        await bot.hears("one")

        far.drop_gateway(code=code)
        far.says(ann, ann, "two")

        await bot.hears("one", "two")


async def test_it_goes_where_it_is_asked_to(clock: JumpClock, far: Discord) -> None:
    """Asked to connect anew, it goes on; told that its session is no good, it begins afresh."""
    ann = far.person("Ann")
    async with listening(clock, far) as bot:
        far.says(ann, ann, "one")
        await bot.hears("one")
        far.asks_to_reconnect()
        await bot.until(lambda: far.resumed == 1)
        far.says(ann, ann, "two")
        await bot.hears("one", "two")

        far.invalidates()
        far.says(ann, ann, "three")
        await bot.hears("one", "two", "three")

    assert 2 == far.identified


@pytest.mark.parametrize("frame", ["{", "[]", '{"op":0,"t":"READY","s":9,"d":{}}', '{"op":10}'])
async def test_nonsense_ends_nothing(frame: str, clock: JumpClock, far: Discord) -> None:
    """What cannot be read at all costs the connection, and what it held back is fetched."""
    ann = far.person("Ann")
    async with listening(clock, far) as bot:
        far.says(ann, ann, "one")
        await bot.hears("one")

        far.garbles(frame)
        far.says(ann, ann, "two")

        await bot.hears("one", "two")


async def test_an_event_that_nobody_can_read_is_set_aside(clock: JumpClock, far: Discord) -> None:
    """With its raw text; the line goes on."""
    ann = far.person("Ann")
    async with listening(clock, far) as bot:
        far.says(ann, ann, "one")
        far.garbles()
        far.says(ann, ann, "two")
        await bot.hears("one", "two")

    assert [None] == [one for one in bot.meanings if one is None]
    assert "stands nowhere" in bot.arrivals[1].raw
    assert 1 == far.identified
    assert ["set aside"] == [event for event, _ in bot.notes.noted if event == "set aside"]


async def test_what_was_missed_is_fetched_after_a_start(clock: JumpClock, far: Discord) -> None:
    """In every place that is known, in its order, more than one page, and nothing twice."""
    ann = far.person("Ann")
    guild = far.guild("Friends", ann)
    general, other = far.channel(guild, "general"), far.channel(guild, "other")
    async with listening(clock, far) as bot:
        for place in (ann, general, other):
            far.says(ann, place, "before")
        await bot.hears("before", "before", "before")
        before = bot
    for number in range(120):
        far.says(ann, general, f"missed {number}")
    far.says(ann, ann, "missed too")

    async with listening(clock, far, after=before) as bot:
        await bot.until(lambda: len(bot.texts()) == 124)
        far.says(ann, general, "after")
        await bot.until(lambda: bot.texts()[-1] == "after")

    here = [
        one.text
        for one in bot.meanings
        if isinstance(one, Incoming) and one.conversation.chat == str(general.id)
    ]
    assert ["before", *(f"missed {number}" for number in range(120)), "after"] == here
    assert "missed too" in bot.texts()
    asked = [call.path["channel"] for call in far.calls if call.name == "get_channel_messages"]
    assert str(other.id) not in asked
    fetched = [one for one in bot.meanings if isinstance(one, Incoming) and not one.private]
    assert {"#general · Friends", "#other · Friends"} == {one.title for one in fetched}


async def test_what_is_too_old_is_not_fetched(clock: JumpClock, far: Discord) -> None:
    """Nobody waits for an answer to it any more."""
    ann = far.person("Ann")
    async with listening(clock, far) as bot:
        far.says(ann, ann, "before")
        await bot.hears("before")
        before = bot
    far.says(ann, ann, "long ago")
    await clock.sleep(1000)
    far.says(ann, ann, "just now")

    async with listening(clock, far, after=before) as bot:
        await bot.hears("before", "just now")


@pytest.mark.parametrize(
    "fault", [Fault.gateway(503), Fault.cut(), Fault.garbage(), Fault.slow_down(3)]
)
async def test_fetching_is_patient(fault: Fault, clock: JumpClock, far: Discord) -> None:
    """What is said meanwhile waits for what was missed."""
    ann = far.person("Ann")
    async with listening(clock, far) as bot:
        far.says(ann, ann, "before")
        await bot.hears("before")
        far.faults.add("get_channel_messages", fault, times=2)

        far.drop_gateway(resumable=False)
        far.says(ann, ann, "missed")
        await bot.until(lambda: far.count["get_channel_messages"])
        far.says(ann, ann, "after")

        await bot.hears("before", "missed", "after")


async def test_a_place_that_cannot_be_read_holds_up_nobody(clock: JumpClock, far: Discord) -> None:
    """What is said there from now on is heard."""
    ann = far.person("Ann")
    async with listening(clock, far) as bot:
        far.says(ann, ann, "before")
        await bot.hears("before")
        no = Fault(code=403, description="Missing Access", parameters={"code": 50001})
        far.faults.add("get_channel_messages", no)

        far.drop_gateway(resumable=False)
        await bot.until(lambda: far.count["get_channel_messages"])
        far.says(ann, ann, "after")

        await bot.hears("before", "after")


async def test_fetching_gives_up_in_the_end(clock: JumpClock, far: Discord) -> None:
    """What is said from now on is not held up for ever."""
    ann = far.person("Ann")
    async with listening(clock, far) as bot:
        far.says(ann, ann, "before")
        await bot.hears("before")
        far.faults.add("get_channel_messages", Fault.cut(), times=None)

        far.drop_gateway(resumable=False)
        await bot.until(lambda: far.count["get_channel_messages"])
        far.says(ann, ann, "after")

        await bot.hears("before", "after")

    assert "backfill failed" in [event for event, _ in bot.notes.noted]


async def test_a_place_that_the_gateway_has_not_told_of_is_asked_for(
    clock: JumpClock, far: Discord
) -> None:
    """A thread that rests belongs to its server all the same."""
    ann = far.person("Ann")
    general = far.channel(far.guild("Friends", ann), "general")
    thread = far.thread(ann, general, "Soup")
    async with listening(clock, far) as before:
        far.says(ann, thread, "before")
        await before.hears("before")
    thread.archived = True
    far.says(ann, thread, "missed")

    async with listening(clock, far, after=before) as bot:
        await bot.hears("before", "missed")

    assert 1 == far.count["get_channel"]

    found = [one for one in bot.meanings if isinstance(one, Incoming)]
    assert [False, False] == [one.private for one in found]
    assert ["Soup · Friends"] * 2 == [one.title for one in found]


async def test_a_database_that_is_away_loses_nothing(clock: JumpClock, far: Discord) -> None:
    """What was told waits until it can be kept."""
    ann = far.person("Ann")
    async with listening(clock, far) as bot:
        far.says(ann, ann, "one")
        await bot.hears("one")
        bot.ledger.fail_next(*[LedgerUnavailable("away")] * 3)

        far.says(ann, ann, "two")
        far.says(ann, ann, "three")

        await bot.hears("one", "two", "three")

    assert 1 == len([event for event, _ in bot.notes.noted if event == "not kept yet"])


async def test_a_press_is_kept_and_then_acknowledged(clock: JumpClock, far: Discord) -> None:
    """In private what was said by a button goes away; a verdict is thanked for, to that one."""
    ann = far.person("Ann", language="zh-CN")
    async with listening(clock, far) as bot:
        far.says(ann, ann, "hello")
        await bot.hears("hello")
        message = await _asks(bot, far, ann)

        said, rated = far.presses(ann, message, "say:7:0"), far.presses(ann, message, "rate:7:good")
        await bot.until(lambda: said.acknowledged and rated.acknowledged)

    kinds = [type(one) for one in bot.meanings]
    assert [Incoming, Pressed, Rated] == kinds
    assert ["谢谢！"] == rated.texts
    assert [True] == rated.hidden
    left = [one["custom_id"] for row in message["components"] for one in row["components"]]
    assert ["rate:7:good", "rate:7:bad", "rate:7:unlike"] == left


async def test_in_company_the_buttons_stay(clock: JumpClock, far: Discord) -> None:
    """Who may not press them must not take them from who may."""
    ann = far.person("Ann")
    general = far.channel(far.guild("Friends", ann), "general")
    async with listening(clock, far) as bot:
        far.says(ann, general, "hello")
        await bot.hears("hello")
        message = await _asks(bot, far, general)
        before = message["components"]

        said = far.presses(ann, message, "say:7:0")
        await bot.until(lambda: said.acknowledged)

    assert before == message["components"]


async def test_other_interactions_go_to_whoever_takes_them(clock: JumpClock, far: Discord) -> None:
    """Commands are no part of the talk."""
    ann = far.person("Ann")
    async with listening(clock, far) as bot:
        command = {"id": "5", "type": 2, "token": "t", "data": {"name": "help"}, "channel_id": "9"}
        far.dispatches("INTERACTION_CREATE", {**command, "user": ann.shown()})
        await bot.until(lambda: bot.commands)

    assert ["help"] == [one["data"]["name"] for one in bot.commands]
    assert [] == bot.meanings


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("INTERACTION_CREATE", {"data": {"custom_id": 5}}),
        ("INTERACTION_CREATE", {"type": 3, "data": {"custom_id": "say:1:1"}}),
        ("READY", {"guilds": [{"id": []}, 5], "session_id": "s", "resume_gateway_url": "ws://x"}),
        ("MESSAGE_CREATE", []),
        ("GUILD_CREATE", {"id": "x", "channels": 5}),
    ],
)
async def test_events_of_any_form_end_nothing(
    kind: str, fields: object, clock: JumpClock, far: Discord
) -> None:
    """What comes after them is heard."""
    ann = far.person("Ann")
    async with listening(clock, far) as bot:
        far.says(ann, ann, "one")
        await bot.hears("one")

        far.dispatches(kind, fields)  # type: ignore[arg-type]  # no object at all is one of them
        far.says(ann, ann, "two")

        await bot.hears("one", "two")


async def test_a_channel_that_is_told_of_strangely_holds_up_nobody(
    clock: JumpClock, far: Discord
) -> None:
    """Where a message belongs nobody knows then, so it is not fetched."""
    ann = far.person("Ann")
    thread = far.thread(ann, far.channel(far.guild("Friends", ann), "general"), "Soup")
    async with listening(clock, far) as before:
        far.says(ann, thread, "before")
        await before.hears("before")
    thread.archived = True
    far.says(ann, thread, "missed")
    far.faults.add("get_channel", Fault.garbage('{"id": "x"}'))

    async with listening(clock, far, after=before) as bot:
        await bot.until(lambda: far.count["get_channel"])
        far.says(ann, thread, "after")

        await bot.hears("before", "after")


@pytest.mark.parametrize("code", [4004, 4010, 4014])
async def test_what_cannot_be_put_right_by_waiting_ends_it(
    code: int, clock: JumpClock, far: Discord
) -> None:
    """With a line that says what to do."""
    async with poised(clock, far) as bot, asyncio.TaskGroup() as group:
        running = group.create_task(_wrong(bot))
        await bot.until(lambda: far.connected)
        far.drop_gateway(code=code)
        message = await running

    assert message.startswith("discord.")


async def test_a_bot_that_may_not_read_says_so(clock: JumpClock, far: Discord) -> None:
    """It is a switch on Discord's page."""
    far.line.allowed = type(far.line.allowed)(0)
    async with poised(clock, far) as bot:
        assert "Message Content Intent" in await _wrong(bot)


async def test_a_token_that_nobody_knows_ends_it(clock: JumpClock, far: Discord) -> None:
    """Before anything is connected."""
    async with poised(clock, far, token="wrong.token.here") as bot:
        assert "discord.token" in await _wrong(bot)

    assert 0 == far.count["connect"]


@pytest.mark.parametrize("name", ["get_current_user", "get_gateway_bot", "connect"])
@pytest.mark.parametrize(
    "fault", [Fault.gateway(502), Fault.cut(), Fault.garbage("[]"), Fault.slow_down(2)]
)
async def test_it_starts_when_discord_is_back(
    name: str, fault: Fault, clock: JumpClock, far: Discord
) -> None:
    """However it was away; meanwhile it is not healthy, and says why."""
    ann = far.person("Ann")
    far.faults.add(name, fault, times=2)
    async with poised(clock, far) as bot, asyncio.TaskGroup() as group:
        with pytest.raises(Unreachable):
            await bot.listener.probe()
        running = group.create_task(bot.listener.run())
        await bot.until(lambda: far.connected)
        far.says(ann, ann, "hello")
        await bot.hears("hello")
        await bot.listener.probe()
        running.cancel()

    assert name == "get_current_user" or "-" == (bot.troubles() or "-")[-1]


async def test_a_bot_without_a_line_is_not_healthy(clock: JumpClock, far: Discord) -> None:
    """Until it has one again."""
    ann = far.person("Ann")
    async with listening(clock, far) as bot:
        far.says(ann, ann, "one")
        await bot.hears("one")
        await bot.listener.probe()
        far.faults.add("connect", Fault.gateway(503), times=3)

        far.drop_gateway()
        await bot.until(bot.troubles)
        with pytest.raises(Unreachable):
            await bot.listener.probe()
        await bot.until(lambda: bot.troubles()[-1] == "-")
        await bot.listener.probe()


async def test_no_session_is_begun_where_none_is_left(clock: JumpClock, far: Discord) -> None:
    """Discord counts them, and says when there are some again."""
    limit = {"total": 1000, "remaining": 0, "reset_after": 20_000, "max_concurrency": 1}
    told = {"url": far.gateway, "shards": 1, "session_start_limit": limit}
    far.faults.add("get_gateway_bot", Fault.garbage(json.dumps(told)))
    async with poised(clock, far) as bot, asyncio.TaskGroup() as group:
        running = group.create_task(bot.listener.run())
        await bot.until(bot.troubles)
        began = clock.elapsed()
        await bot.until(lambda: far.connected)
        running.cancel()

    assert 19 < clock.elapsed() - began < 30


async def test_shards_are_opened_one_after_the_other(clock: JumpClock, far: Discord) -> None:
    """Two of three here: what is told to the third is heard elsewhere."""
    ann = far.person("Ann")
    guilds = [far.guild(f"G{number}", ann, id=number << 22 | 1) for number in range(3)]
    rooms = [far.channel(guild, "general") for guild in guilds]
    async with listening(clock, far, shards=Shards(3, (0, 2))) as bot:
        await bot.until(lambda: len(far.connected) == 2)
        for number, room in enumerate(rooms):
            far.says(ann, room, f"in {number}")
        far.says(ann, ann, "alone")
        await bot.until(lambda: len(bot.texts()) == 3)
        later = clock.elapsed()

    assert {"in 0", "in 2", "alone"} == set(bot.texts())
    assert 5 <= later


async def test_each_shard_fetches_what_is_its_own(clock: JumpClock, far: Discord) -> None:
    """And places of others wait for nobody."""
    ann = far.person("Ann")
    guilds = [far.guild(f"G{number}", ann, id=number << 22 | 1) for number in range(3)]
    rooms = [far.channel(guild, "general") for guild in guilds]
    async with listening(clock, far, shards=Shards(3, (0, 2))) as bot:
        await bot.until(lambda: len(far.connected) == 2)
        everywhere: list[Channel | Person] = [*rooms, ann]
        for place in everywhere:
            far.says(ann, place, "before")
        await bot.until(lambda: len(bot.texts()) == 3)
        far.drop_gateway(resumable=False)
        for place in everywhere:
            far.says(ann, place, "missed")
        await bot.until(lambda: len(bot.texts()) == 6)

    assert str(rooms[1].id) not in {call.path.get("channel") for call in far.calls}


async def _asks(bot: Listening, far: Discord, place: Channel | Person) -> dict[str, object]:
    """Our bubble 7, with a button and thumbs, as it stands there."""
    outgoing = Outgoing(bot.account.http, Gates(bot.clock), bot.notes)
    where = bot.places.ledger.store.places[1].conversation
    beside = Beside((Button("Yes", "yes"),))
    await outgoing.send(where, "Really?", key=7, reply_to="", asks=True, beside=beside)
    channel = far.place(place)
    return channel.messages[far.sent[-1].id]


async def _wrong(bot: Listening) -> str:
    """What it says when it ends."""
    with pytest.raises(ConfigError) as error:
        await bot.listener.run()
    return str(error.value)
