"""Where the bot is mentioned and is no member: one answer, which can be edited afterwards."""

import time
from typing import Final

from tests.far_side.botapi.journal import Sent
from tests.far_side.botapi.posting import written
from tests.far_side.botapi.wire import Json, Params, Refusal
from tests.far_side.botapi.world import World

_SPENT: Final = "Bad Request: query is too old and response timeout expired or query ID is invalid"


def answer_guest_query(world: World, params: Params) -> Json:
    """The one answer to a message that mentioned the bot; only articles with a text are known."""
    query = params.text("guest_query_id")
    if query not in world.guests:
        raise Refusal(400, _SPENT)
    result = params.fields("result")
    if result.text("type") != "article" or not result.text("id") or not result.text("title"):
        raise Refusal(400, "Bad Request: RESULT_TYPE_INVALID")
    content = result.fields("input_message_content")
    said = written(Params(content | {"text": content.get("message_text", "")}))
    asked = world.guests.pop(query)
    name = f"inline-{len(world.inline) + 1}-of-{query}"
    world.inline[name] = {"text": said.text, "entities": list(said.entities)}
    world.journal.took(
        Sent(
            chat_id=asked["chat"]["id"],
            text=said.text,
            message_id=0,
            at_monotonic=time.monotonic(),
            entities=said.entities,
            reply_to=asked["message_id"],
            kind="guest",
        )
    )
    return {"inline_message_id": name}


def edit_inline(world: World, params: Params) -> bool:
    """An answer of this kind with another text; the same text again is refused."""
    message = world.inline.get(params.text("inline_message_id"))
    if message is None:
        raise Refusal(400, "Bad Request: MESSAGE_ID_INVALID")
    said = written(params)
    fields = {"text": said.text, "entities": list(said.entities)}
    if message == fields:
        raise Refusal(400, "Bad Request: message is not modified")
    message.update(fields)
    return True
