"""The methods that put something into a chat, change it or take it away."""

from typing import Final

from telegram.constants import ReactionEmoji

from tests.far_side.botapi.drafts import Draft
from tests.far_side.botapi.posting import markup, put, put_file, taken_file, text_fields, written
from tests.far_side.botapi.visiting import edit_inline
from tests.far_side.botapi.wire import Json, Params, Refusal
from tests.far_side.botapi.world import World

_ACTIONS: Final = frozenset(
    {
        "choose_sticker",
        "find_location",
        "record_video",
        "record_video_note",
        "record_voice",
        "typing",
        "upload_document",
        "upload_photo",
        "upload_video",
        "upload_video_note",
        "upload_voice",
    }
)
_PICTURES: Final = (b"RIFF", b"\x89PNG", b"\x1aE\xdf\xa3", b"\x1f\x8b")
"""How files of WebP, PNG, WebM and packed animations begin."""
_FACES: Final = frozenset(one.value for one in ReactionEmoji)
"""Those that another library knows of."""
_SAME: Final = (
    "Bad Request: message is not modified: specified new message content and reply markup are"
    " exactly the same as a current content and reply markup of the message"
)


def send_message(world: World, params: Params) -> Json:
    """A text; an empty one or one that is too long is refused."""
    place, said = world.place(params), written(params)
    return put(world, place, params, said, fields=text_fields(said))


def send_voice(world: World, params: Params) -> Json:
    """A voice note, uploaded or known by its id."""
    world.place(params)
    voice = taken_file(world, params, "voice")
    voice |= {"duration": params.whole("duration"), "mime_type": "audio/ogg"}
    return put_file(world, params, "voice", voice)


def send_sticker(world: World, params: Params) -> Json:
    """A sticker, uploaded or known by its id; it has no caption, and no picture is no sticker."""
    world.place(params)
    sticker = taken_file(world, params, "sticker")
    if not world.files.contents[sticker["file_id"]].startswith(_PICTURES):
        raise Refusal(400, "Bad Request: wrong file type")
    look = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
    return put_file(world, params, "sticker", sticker | look)


def send_photo(world: World, params: Params) -> Json:
    """A picture, uploaded or known by its id; nobody looks how large it is."""
    world.place(params)
    size = taken_file(world, params, "photo") | {"width": 90, "height": 90}
    return put_file(world, params, "photo", [size])


def send_document(world: World, params: Params) -> Json:
    """A file under its own name, uploaded or known by its id."""
    world.place(params)
    file = taken_file(world, params, "document")
    name = world.files.paths[file["file_id"]].rpartition("/")[2]
    return put_file(world, params, "document", file | {"file_name": name})


def send_message_draft(world: World, params: Params) -> bool:
    """The beginning of a text that is still being written; private chats only."""
    place = world.place(params)
    if place.chat["type"] != "private":
        raise Refusal(400, "Bad Request: drafts can be sent only to private chats")
    if params.text("business_connection_id"):
        raise Refusal(400, "Bad Request: drafts can't be sent on behalf of a business account")
    if not params.whole("draft_id"):
        raise Refusal(400, "Bad Request: draft_id must be non-zero")
    said = written(params, empty=True)
    draft = Draft(params.whole("draft_id"), said.text, said.entities, params.flag("can_stop"))
    place.drafts.show(params.whole("message_thread_id"), draft, world.now())
    return True


def send_chat_action(world: World, params: Params) -> bool:
    """The people there see that something is coming."""
    world.place(params)
    if params.text("action") not in _ACTIONS:
        raise Refusal(400, "Bad Request: wrong parameter action in request")
    return True


def edit_message_text(world: World, params: Params) -> Json | bool:
    """The bot's own message with another text; the same text again is refused."""
    if params.text("inline_message_id"):
        return edit_inline(world, params)
    message = _own(world, params)
    fields = text_fields(written(params)) | markup(params)
    if _look(message) == _look(fields):
        raise Refusal(400, _SAME)
    for name in ("entities", "reply_markup"):
        message.pop(name, None)
    message.update(fields, edit_date=world.at())
    return message


def edit_message_reply_markup(world: World, params: Params) -> Json:
    """The bot's own message with other buttons, or with none; the same ones are refused."""
    message = _own(world, params)
    buttons = markup(params).get("reply_markup")
    if message.get("reply_markup") == buttons:
        raise Refusal(400, _SAME)
    message.pop("reply_markup", None)
    message.update({"reply_markup": buttons} if buttons else {}, edit_date=world.at())
    return message


def delete_message(world: World, params: Params) -> bool:
    """A message is gone for everybody."""
    if world.place(params).messages.pop(params.whole("message_id"), None) is None:
        raise Refusal(400, "Bad Request: message to delete not found")
    return True


def set_message_reaction(world: World, params: Params) -> bool:
    """The one reaction of the bot, or none; an unknown message or face is refused."""
    place, number = world.place(params), params.whole("message_id")
    if number not in place.messages:
        raise Refusal(400, "Bad Request: message to react not found")
    faces = [str(one.get("emoji")) for one in params.entries("reaction") or ()]
    if len(faces) > 1:
        raise Refusal(400, "Bad Request: REACTIONS_TOO_MANY")
    if not _FACES.issuperset(faces):
        raise Refusal(400, "Bad Request: REACTION_INVALID")
    place.reactions[number] = "".join(faces)
    world.journal.turned()
    return True


def _own(world: World, params: Params) -> Json:
    """The bot's message that is to be edited."""
    message = world.place(params).messages.get(params.whole("message_id"))
    if message is None:
        raise Refusal(400, "Bad Request: message to edit not found")
    if message.get("sender_business_bot", message["from"])["id"] != world.me["id"]:
        raise Refusal(400, "Bad Request: message can't be edited")
    return message


def _look(message: Json) -> tuple[object, ...]:
    return tuple(message.get(name) for name in ("text", "entities", "reply_markup"))
