"""What people choose from Discord's list is heard as if they had written it."""

import json
from typing import Any

import pytest

from anima.model import Conversation, Speaker
from anima.orders import Order
from anima.steps import Chose
from bots.discord.interaction import Interaction
from tests.counter import TURN, Counter, claimed, says
from tests.far_side.botapi import Fault
from tests.far_side.discord.interactions import Reply
from tests.jump import JumpClock
from tests.slash_stage import raw_of, slashing

pytestmark = pytest.mark.jumping

AUTHORS = {"en-US": "Sorry", "zh-TW": "抱歉", "zh-CN": "抱歉", "ja": "申し訳", "de": "Sorry"}


async def test_a_command_is_heard_as_text(
    clock: JumpClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With its arguments in their order, quoted where they need it, and from whom it came."""
    async with slashing(clock, monkeypatch) as here:
        ann = here.far.person("Ann", language="ja")
        general = here.far.channel(here.far.guild("Home", ann))
        asked = here.far.uses(ann, general, "model use", where="everywhere", version="KU 5.0")

        await here.takes(asked)

        (heard,) = here.heard
        me = str(here.far.me.id)
        assert '/model use "KU 5.0" everywhere' == heard.text
        assert Conversation("discord", me, str(general.id)) == heard.conversation
        assert Speaker("discord", str(ann.id), "Ann", "ja") == heard.speaker
        assert (True, False, "general") == (heard.addressed, heard.private, heard.title)
        assert f"interaction:{asked.id}:quiet" == heard.message
        assert abs((heard.at - clock.now()).total_seconds()) < 1


@pytest.mark.parametrize(
    ("command", "given", "text"),
    [
        ("help", {}, "/help"),
        ("start", {"code": "invite_AB"}, "/start invite_AB"),
        ("memory forget", {"what": "all"}, "/memory forget all"),
        ("language", {"language": "ja"}, "/language ja"),
        ("talk", {"dial": "3"}, "/talk 3"),
        ("replay", {"version": "KU5.0"}, "/replay last KU5.0"),
        ("model canary", {"share": "10 %"}, '/model canary "10 %"'),
        ("model compare", {"text": "a b", "first": "A", "second": "B"}, "/model compare A B a b"),
    ],
)
async def test_each_command_is_spelled(
    clock: JumpClock,
    monkeypatch: pytest.MonkeyPatch,
    command: str,
    given: dict[str, str],
    text: str,
) -> None:
    """As the one reader of text understands it."""
    async with slashing(clock, monkeypatch) as here:
        ann = here.far.person()

        await here.takes(here.far.uses(ann, ann, command, **given))

        assert [text] == [one.text for one in here.heard]
        assert here.heard[0].private


async def test_the_door_obeys_what_was_chosen(
    clock: JumpClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the list to the step that lasts, by the same reader as on any other platform."""
    async with slashing(clock, monkeypatch) as here:
        ann = here.far.person()
        asked = here.far.uses(ann, ann, "model use", version="KU1.0", where="everywhere")
        await here.takes(asked)
        heard = here.heard[0]
        counter = Counter(admins=[heard.speaker.address])

        done = await counter.door.obey(Order(claimed(), says(heard.text, heard.speaker), TURN))
        refused = await Counter().door.obey(Order(claimed(), says(heard.text, heard.speaker), TURN))

        chosen = [one for one in done.steps if isinstance(one, Chose)]
        assert ["KU1.0"] == [one.choice.soul for one in chosen]
        assert refused.text.startswith("sorry (forbidden)")
        assert () == refused.steps


async def test_it_is_in_the_ledger_before_discord_is_told(
    clock: JumpClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then people see that an answer will come, and they alone, for most commands."""
    async with slashing(clock, monkeypatch) as here:
        ann, kept = here.far.person(), list[int]()
        here.far.on(
            "create_interaction_response", lambda _: kept.append(len(here.ledger.heard)), "received"
        )
        asked = here.far.uses(ann, ann, "memory what")

        await here.takes(asked)

        assert [1] == kept
        assert (Reply.LATER, True, True) == (asked.reply, asked.ephemeral, asked.thinking)
        raw = raw_of(here)
        assert ("INTERACTION_CREATE", asked.token) == (raw["t"], raw["d"]["token"])
        arrival = here.ledger.heard[0].arrival
        assert (f"discord:{here.far.me.id}", f"i{asked.id}") == (arrival.source, arrival.key)


@pytest.mark.parametrize(("command", "given"), [("ask", {"words": "Hi there!"}), ("start", {})])
async def test_talk_is_for_all_to_read(
    clock: JumpClock, monkeypatch: pytest.MonkeyPatch, command: str, given: dict[str, str]
) -> None:
    """What is said by `/ask` is no command, wherever somebody brought us."""
    async with slashing(clock, monkeypatch) as here:
        ann = here.far.person()
        asked = here.far.uses(ann, ann, command, **given)

        await here.takes(asked, context=2)

        assert not asked.ephemeral
        heard = here.heard[0]
        assert (given.get("words", "/start"), False) == (heard.text, heard.private)
        assert f"interaction:{asked.id}" == heard.message


async def test_a_repeat_is_one_command(clock: JumpClock, monkeypatch: pytest.MonkeyPatch) -> None:
    """A gateway that resumes may tell it again; what Discord says to the second word is noted."""
    async with slashing(clock, monkeypatch) as here:
        ann = here.far.person()
        asked = here.far.uses(ann, ann, "help")

        await here.takes(asked)
        await here.takes(asked)

        assert 1 == len(here.heard)
        assert 2 == here.far.count["create_interaction_response"]
        assert "interaction not answered" in here.events


@pytest.mark.parametrize("locale", AUTHORS)
async def test_what_cannot_be_kept_is_told_at_once(
    clock: JumpClock, monkeypatch: pytest.MonkeyPatch, locale: str
) -> None:
    """Discord never brings it again, so people have to know; to them alone, in their language."""
    async with slashing(clock, monkeypatch) as here:
        ann = here.far.person(language=locale)
        here.ledger.away = True
        asked = here.far.uses(ann, ann, "help")

        await here.takes(asked)

        assert (Reply.MESSAGE, [True]) == (asked.reply, asked.hidden)
        assert asked.texts[0].startswith(AUTHORS[locale])
        assert ("interaction not kept", {"reason": "gone fishing"}) in here.notes.noted


async def test_a_slow_ledger_is_not_waited_for(
    clock: JumpClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Discord waits for three seconds."""
    async with slashing(clock, monkeypatch) as here:
        ann = here.far.person()
        here.ledger.takes_s = 20
        asked = here.far.uses(ann, ann, "help")

        await here.takes(asked)

        assert (Reply.MESSAGE, [True]) == (asked.reply, asked.hidden)
        assert ("interaction not kept", {"reason": "it took too long"}) in here.notes.noted


async def test_a_command_that_is_gone_is_told_so(
    clock: JumpClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody's client still shows what an older version of us offered."""
    async with slashing(clock, monkeypatch) as here:
        ann = here.far.person()
        asked = here.far.uses(ann, ann, "help")

        await here.takes(asked, data={"name": "dance", "options": []})

        assert ["This command is not there any more; Discord will show the new ones soon."] == (
            asked.texts
        )
        assert [] == here.heard


@pytest.mark.parametrize(
    "broken",
    [{"id": None}, {"data": "what?"}, {"channel_id": {}}, {"token": 7}, {"type": "two"}],
)
async def test_nonsense_is_noted(
    clock: JumpClock, monkeypatch: pytest.MonkeyPatch, broken: dict[str, Any]
) -> None:
    """And the next one is taken all the same."""
    async with slashing(clock, monkeypatch) as here:
        ann = here.far.person()
        asked = here.far.uses(ann, ann, "help")

        await here.takes(asked, **broken)
        await here.takes(asked)

        assert "interaction not understood" in here.events
        assert ["/help"] == [one.text for one in here.heard]


@pytest.mark.parametrize("changed", [{"type": 3}, {"type": 5}, {"user": None}])
async def test_what_is_no_command_is_not_heard(
    clock: JumpClock, monkeypatch: pytest.MonkeyPatch, changed: dict[str, Any]
) -> None:
    """Buttons and forms are others' matter, and so is what nobody did."""
    async with slashing(clock, monkeypatch) as here:
        ann = here.far.person()

        await here.takes(here.far.uses(ann, ann, "help"), **changed)

        assert [] == here.heard


async def test_an_argument_is_completed(clock: JumpClock, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what the house knows, as much of it as Discord takes."""
    async with slashing(clock, monkeypatch) as here:
        ann = here.far.person()
        asked = here.far.completes(ann, ann, "model use", "version", "KU", where="here")

        await here.takes(asked)

        (typing,) = here.typings
        assert ("version", "KU", f"discord:{ann.id}") == (
            typing.kind,
            typing.typed,
            typing.speaker.address,
        )
        assert 25 == len(asked.choices)
        assert ("KU1.0", "KU1.0") == asked.choices[0]
        assert all(0 < len(name) <= 100 for name, _ in asked.choices)
        assert [] == here.heard


@pytest.mark.parametrize("data", [{"name": "dance"}, {"name": "help", "options": []}])
async def test_nothing_completes_what_is_gone(
    clock: JumpClock, monkeypatch: pytest.MonkeyPatch, data: dict[str, Any]
) -> None:
    """An empty list is an answer, too."""
    async with slashing(clock, monkeypatch) as here:
        ann = here.far.person()
        asked = here.far.completes(ann, ann, "model use", "version", "KU")

        await here.takes(asked, data=data)

        assert ([], []) == (asked.choices, here.typings)


async def test_discords_troubles_are_noted(
    clock: JumpClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was heard stays heard, and the next one is answered."""
    async with slashing(clock, monkeypatch) as here:
        ann = here.far.person()
        here.far.faults.add("create_interaction_response", Fault.status(400, "No"))
        first, second = (here.far.uses(ann, ann, one) for one in ("help", "start"))

        await here.takes(first)
        await here.takes(second)

        assert ["/help", "/start"] == [one.text for one in here.heard]
        assert (False, True) == (first.acknowledged, second.acknowledged)


@pytest.mark.parametrize(
    ("fields", "private"),
    [
        ({"context": 0, "guild_id": "5"}, False),
        ({"context": 1}, True),
        ({"context": 2}, False),
        ({"channel": {"type": 1}}, True),
        ({"channel": {"type": 3}}, False),
        ({"channel": {"type": 0}, "guild_id": "5"}, False),
        ({}, False),
    ],
)
def test_only_with_us_alone_is_private(fields: dict[str, Any], private: bool) -> None:
    """Somebody's private talk with somebody else is a group to us."""
    known = {"id": "1", "application_id": "2", "type": 2, "token": "t", "channel_id": "3"}

    assert private == Interaction.model_validate(known | fields).private


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"member": {"nick": "Annie", "user": {"id": "7", "global_name": "Ann"}}}, "Annie"),
        ({"member": {"nick": " ", "user": {"id": "7", "global_name": "Ann"}}}, "Ann"),
        ({"user": {"id": "7", "username": "ann7"}}, "ann7"),
        ({"user": {"id": "7"}}, "7"),
        ({}, "0"),
    ],
)
def test_people_are_called_what_they_are_called_there(fields: dict[str, Any], name: str) -> None:
    """In a server by their name in it."""
    known = {"id": "1", "application_id": "2", "type": 2, "token": "t", "channel_id": "3"}

    assert name == Interaction.model_validate(known | fields).name


async def test_half_a_character_does_not_hurt(
    clock: JumpClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The raw text can be kept, whatever somebody's keyboard makes."""
    async with slashing(clock, monkeypatch) as here:
        ann = here.far.person()
        asked = here.far.uses(ann, ann, "ask", words="half \ud83d")

        await here.takes(asked)

        raw = here.ledger.heard[0].arrival.raw
        assert raw.encode()
        assert "half \ud83d" == json.loads(raw)["d"]["data"]["options"][0]["value"]
