"""What a person asked by a command, a button or a form, and the calls that answer it."""

import asyncio
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, Final

from tests.far_side.discord import messages, posting
from tests.far_side.discord.places import Channel, Person
from tests.far_side.discord.posting import COMMAND, DEFAULT
from tests.far_side.discord.rules import EPHEMERAL, LOADING, check
from tests.far_side.discord.wire import Call, Json, invalid, refusal
from tests.far_side.discord.world import World

ANSWER_WITHIN_S: Final = 3.0
TOKEN_LASTS_S: Final = 900.0
_MOST_CHOICES: Final = 25
_LONGEST_CHOICE: Final = 100


class Asked(IntEnum):
    """The protocol's numbers for what a person may do."""

    COMMAND = 2
    COMPONENT = 3
    COMPLETION = 4
    FORM = 5


class Reply(IntEnum):
    """The protocol's numbers for what a bot may answer."""

    PONG = 1
    MESSAGE = 4
    LATER = 5
    LATER_CHANGE = 6
    CHANGE = 7
    CHOICES = 8
    FORM = 9


@dataclass(eq=False, slots=True)
class Interaction:
    """One thing that *person* asked, and all that came back; people see `texts`."""

    id: int
    token: str
    kind: Asked
    person: Person
    channel: Channel
    body: Json
    at: float
    reply: Reply | None = None
    ephemeral: bool = False
    original: Json | None = None
    pressed: Json | None = None
    messages: dict[int, Json] = field(default_factory=dict)
    choices: list[tuple[str, Any]] = field(default_factory=list)
    form: Json | None = None
    expired: bool = False

    @property
    def acknowledged(self) -> bool:
        """Whether the bot has answered at all."""
        return self.reply is not None

    @property
    def thinking(self) -> bool:
        """Whether the person sees that an answer will come."""
        return self.original is not None and bool(self.original["flags"] & LOADING)

    @property
    def texts(self) -> list[str]:
        """The answers that the person sees now, in order."""
        found = [one for _, one in sorted(self.messages.items())]
        return [one["content"] for one in found if not one["flags"] & LOADING]

    @property
    def hidden(self) -> list[bool]:
        """For each of these answers, whether the person alone sees it."""
        found = [one for _, one in sorted(self.messages.items())]
        return [bool(one["flags"] & EPHEMERAL) for one in found if not one["flags"] & LOADING]

    def expire(self) -> None:
        """Its time is over: whatever the bot says to it now is refused."""
        self.expired = True


def create_interaction_response(world: World, call: Call) -> Json | None:
    """The first answer, which must come at once, and only once."""
    asked = world.interactions.get(call.path["token"])
    late = asked is None or asked.expired or _age_s(asked) > ANSWER_WITHIN_S
    if asked is None or asked.id != call.id("interaction") or (late and not asked.acknowledged):
        raise refusal(10062)
    if asked.acknowledged:
        raise refusal(40060)
    reply = Reply(call.fields["type"])
    inner = Call(call.name, call.path, call.query, call.fields.get("data"), call.files)
    _ANSWERS[reply](world, asked, inner)
    asked.reply = reply
    world.journal.turned()
    return _callback(asked, reply) if call.flag("with_response") else None


def create_followup_message(world: World, asked: Interaction, call: Call) -> Json:
    """A further answer; the first one takes the place of what was still being thought of."""
    _still(asked)
    if not asked.acknowledged:
        raise refusal(10015)
    if asked.original is not None and asked.thinking:
        return _fill(world, asked, call)
    return _say(world, asked, call)


def get_interaction_message(asked: Interaction, call: Call) -> Json:
    """One answer as it is now."""
    _still(asked)
    return _find(asked, call.path["message"])


def edit_interaction_message(world: World, asked: Interaction, call: Call) -> Json:
    """One answer with another text."""
    _still(asked)
    message = _find(asked, call.path["message"])
    if message["flags"] & LOADING:
        return _fill(world, asked, call)
    return messages.change(world, asked.channel, message, call)


def delete_interaction_message(world: World, asked: Interaction, call: Call) -> None:
    """One answer is gone."""
    _still(asked)
    message = _find(asked, call.path["message"])
    asked.messages.pop(int(message["id"]), None)
    if message is asked.original:
        asked.original = None
    if int(message["id"]) in asked.channel.messages:
        messages.remove(world, asked.channel, message)
    world.journal.turned()


def _still(asked: Interaction) -> None:
    if asked.expired or _age_s(asked) > TOKEN_LASTS_S:
        raise refusal(50027)


def _age_s(asked: Interaction) -> float:
    return asyncio.get_running_loop().time() - asked.at


def _find(asked: Interaction, name: str) -> Json:
    if name == "@original":
        if asked.original is None:
            raise refusal(10008)
        return asked.original
    found = asked.messages.get(int(name)) if name.isdecimal() else None
    if found is None:
        raise refusal(10008)
    return found


def _message(world: World, asked: Interaction, call: Call) -> None:
    asked.original = _say(world, asked, call)


def _later(world: World, asked: Interaction, call: Call) -> None:
    flags = int(call.fields.get("flags") or 0)
    asked.ephemeral = bool(flags & EPHEMERAL)
    message = posting.make(world, asked.channel, world.me, "", **_metadata(world, asked))
    message["flags"] = flags & EPHEMERAL | LOADING
    asked.original = message
    _place(world, asked, message)


def _later_change(_world: World, asked: Interaction, _call: Call) -> None:
    asked.original = _pressed(asked)


def _change(world: World, asked: Interaction, call: Call) -> None:
    message = asked.original = _pressed(asked)
    messages.change(world, asked.channel, message, call)


def _choices(_world: World, asked: Interaction, call: Call) -> None:
    if asked.kind is not Asked.COMPLETION:
        raise invalid("type", "INTERACTION_CALLBACK_TYPE", "Not an autocomplete interaction.")
    offered = call.fields.get("choices") or []
    if len(offered) > _MOST_CHOICES:
        raise invalid("data.choices", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
    for index, one in enumerate(offered):
        if not 1 <= len(one["name"]) <= _LONGEST_CHOICE:
            words = "Must be between 1 and 100 in length."
            raise invalid(f"data.choices.{index}.name", "BASE_TYPE_BAD_LENGTH", words)
    asked.choices = [(one["name"], one["value"]) for one in offered]


def _form(_world: World, asked: Interaction, call: Call) -> None:
    if asked.kind is Asked.FORM:
        raise invalid("type", "INTERACTION_CALLBACK_TYPE", "A form cannot answer a form.")
    asked.form = call.fields


def _pong(_world: World, _asked: Interaction, _call: Call) -> None:
    raise invalid("type", "INTERACTION_CALLBACK_TYPE", "Nobody pinged.")


_ANSWERS: Final = {
    Reply.PONG: _pong,
    Reply.MESSAGE: _message,
    Reply.LATER: _later,
    Reply.LATER_CHANGE: _later_change,
    Reply.CHANGE: _change,
    Reply.CHOICES: _choices,
    Reply.FORM: _form,
}


def _pressed(asked: Interaction) -> Json:
    """The message whose button was pressed."""
    number = int(asked.body["message"]["id"])
    found = asked.pressed
    if found is None or not (found["flags"] & EPHEMERAL or number in asked.channel.messages):
        raise refusal(10008)
    asked.messages[number] = found
    return found


def _say(world: World, asked: Interaction, call: Call) -> Json:
    message = posting.taken(world, asked.channel, call, world.me, **_metadata(world, asked))
    if asked.original is not None:
        message["type"] = DEFAULT
    hidden = bool(message["flags"] & EPHEMERAL)
    posting.took(world, asked.channel, message, ephemeral=hidden)
    _place(world, asked, message)
    return message


def _fill(world: World, asked: Interaction, call: Call) -> Json:
    message = asked.original
    assert message is not None
    check(asked.channel, call)
    messages.change(world, asked.channel, message, call)
    posting.took(world, asked.channel, message, ephemeral=bool(message["flags"] & EPHEMERAL))
    return message


def _place(world: World, asked: Interaction, message: Json) -> None:
    """Ephemeral answers stand nowhere but with the person, and no event tells of them."""
    number = int(message["id"])
    asked.messages[number] = message
    if message["flags"] & EPHEMERAL:
        del asked.channel.messages[number]
    else:
        posting.announce(world, asked.channel, message)
    world.journal.turned()


def _metadata(world: World, asked: Interaction) -> Json:
    told: Json = {
        "type": COMMAND if asked.kind is Asked.COMMAND else DEFAULT,
        "application_id": str(world.me.id),
        "webhook_id": str(world.me.id),
        "interaction_metadata": {
            "id": str(asked.id),
            "type": int(asked.kind),
            "user": asked.person.shown(),
            "authorizing_integration_owners": asked.body["authorizing_integration_owners"],
        },
    }
    return told


def _callback(asked: Interaction, reply: Reply) -> Json:
    told: Json = {"id": str(asked.id), "type": int(asked.kind)}
    message = asked.original if reply in {Reply.MESSAGE, Reply.LATER, Reply.CHANGE} else None
    if message is None:
        return {"interaction": told}
    told["response_message_id"] = message["id"]
    told["response_message_loading"] = bool(message["flags"] & LOADING)
    told["response_message_ephemeral"] = bool(message["flags"] & EPHEMERAL)
    return {"interaction": told, "resource": {"type": int(reply), "message": message}}
