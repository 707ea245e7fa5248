"""How a message of the bot gets into its chat, whatever kind it is."""

import time
from typing import Final

from tests.far_side.botapi.journal import Sent
from tests.far_side.botapi.places import Place
from tests.far_side.botapi.text import LONGEST_CAPTION, LONGEST_TEXT, Formatted, formatted
from tests.far_side.botapi.wire import Json, Params, Refusal, Upload
from tests.far_side.botapi.world import World

_LONGEST_DATA_BYTES: Final = 64


def put(
    world: World, place: Place, params: Params, said: Formatted, *, fields: Json, kind: str = "text"
) -> Json:
    """Add the message to *place* and to what was sent; a refusal when it answers nothing."""
    extra = _thread(place, params) | markup(params)
    quoted = _reply(place, params)
    if quoted is not None:
        extra["reply_to_message"] = quoted
    message = world.post(place, extra.get("business_connection_id", ""), fields | extra)
    place.drafts.gone(params.whole("message_thread_id"))
    world.journal.took(
        Sent(
            chat_id=place.chat["id"],
            text=said.text,
            message_id=message["message_id"],
            at_monotonic=time.monotonic(),
            entities=said.entities,
            reply_to=quoted["message_id"] if quoted is not None else None,
            kind=kind,
            file_id=_file_id(fields.get(kind)),
            thread=extra.get("message_thread_id"),
            connection=extra.get("business_connection_id", ""),
            buttons=_buttons(extra.get("reply_markup")),
        )
    )
    return message


def _buttons(markup: Json | None) -> tuple[Json, ...]:
    return tuple(one for row in (markup or {}).get("inline_keyboard", ()) for one in row)


def put_file(world: World, params: Params, kind: str, file: Json | list[Json]) -> Json:
    """The same for a file with its caption."""
    said = _formatted(params, "caption", "caption_entities", LONGEST_CAPTION, "message caption")
    fields: Json = {kind: file}
    if said.text:
        fields["caption"] = said.text
    if said.entities:
        fields["caption_entities"] = list(said.entities)
    return put(world, world.place(params), params, said, fields=fields, kind=kind)


def written(params: Params, *, empty: bool = False) -> Formatted:
    """The text of a call with its entities; refused when it is too long, or *empty* unasked."""
    said = _formatted(params, "text", "entities", LONGEST_TEXT, "message")
    if not said.text and not empty:
        raise Refusal(400, "Bad Request: message text is empty")
    return said


def text_fields(said: Formatted) -> Json:
    """A text as the fields of a message."""
    if said.entities:
        return {"text": said.text, "entities": list(said.entities)}
    return {"text": said.text}


def markup(params: Params) -> Json:
    """The buttons that stay at a message: inline ones; keyboards belong to the client."""
    buttons = params.fields("reply_markup")
    for one in _buttons(buttons):
        if len(str(one.get("callback_data", "")).encode()) > _LONGEST_DATA_BYTES:
            raise Refusal(400, "Bad Request: BUTTON_DATA_INVALID")
    return {"reply_markup": dict(buttons)} if buttons.get("inline_keyboard") else {}


def taken_file(world: World, params: Params, name: str) -> Json:
    """The file that a call brings or names, kept."""
    value = params.get(name, "")
    if isinstance(value, str) and value.startswith("attach://"):
        value = params.get(value.removeprefix("attach://"), "")
    if isinstance(value, Upload):
        if not value.content:
            raise Refusal(400, "Bad Request: file must be non-empty")
        return world.files.keep(value.content, value.name)
    if not value:
        raise Refusal(400, f"Bad Request: there is no {name} in the request")
    return world.files.shown(str(value))


def _formatted(params: Params, text: str, entities: str, limit: int, what: str) -> Formatted:
    # Nobody parses markup here: our own bots send text and entities.
    if params.get("parse_mode"):
        raise Refusal(400, "Bad Request: unsupported parse_mode")
    return formatted(params.text(text), params.entries(entities) or (), limit, what)


def _thread(place: Place, params: Params) -> Json:
    fields: Json = {}
    if thread := params.whole("message_thread_id"):
        if place.chat.get("is_forum") and thread not in place.topics:
            raise Refusal(400, "Bad Request: message thread not found")
        fields |= {"message_thread_id": thread, "is_topic_message": True}
    if connection := params.text("business_connection_id"):
        fields["business_connection_id"] = connection
    return fields


def _reply(place: Place, params: Params) -> Json | None:
    reply = params.fields("reply_parameters")
    number = reply.whole("message_id") or params.whole("reply_to_message_id")
    if not number:
        return None
    quoted = place.quoted(number)
    lenient = any(one.flag("allow_sending_without_reply") for one in (reply, params))
    if quoted is None and not lenient:
        raise Refusal(400, "Bad Request: message to be replied not found")
    return quoted


def _file_id(file: Json | list[Json] | str | None) -> str:
    shown = file[-1] if isinstance(file, list) else file
    return str(shown["file_id"]) if isinstance(shown, dict) else ""
