"""The methods about people's own chats, in which the bot writes for them."""

from tests.far_side.botapi.wire import Json, Params, Refusal
from tests.far_side.botapi.world import World, chat_id


def get_business_connection(world: World, params: Params) -> Json:
    """Whose account it is, and what the bot may do there."""
    return world.links.at(params.text("business_connection_id")).shown(world.at())


def read_business_message(world: World, params: Params) -> bool:
    """All up to this message is read."""
    link = world.links.at(params.text("business_connection_id"))
    if "can_read_messages" not in link.rights:
        raise Refusal(400, "Bad Request: BUSINESS_CONNECTION_NOT_ALLOWED")
    chat, number = chat_id(params), params.whole("message_id")
    if number not in link.open(chat, world.at()).messages:
        raise Refusal(400, "Bad Request: message not found")
    link.read[chat] = max(link.read.get(chat, 0), number)
    world.journal.turned()
    return True
