"""The one table of the protocol's methods."""

from collections.abc import Callable
from typing import Final

from tests.far_side.botapi import account, business, commands, sending, visiting
from tests.far_side.botapi.wire import Params
from tests.far_side.botapi.world import World

Method = Callable[[World, Params], object]

# The one method that waits; the inbox carries it out.
POLL: Final = "getUpdates"

METHODS: Final[dict[str, Method]] = {
    "getMe": account.get_me,
    "setWebhook": account.set_webhook,
    "deleteWebhook": account.delete_webhook,
    "getWebhookInfo": account.get_webhook_info,
    "setMyCommands": commands.set_my_commands,
    "getMyCommands": commands.get_my_commands,
    "deleteMyCommands": commands.delete_my_commands,
    "getChat": account.get_chat,
    "getChatMember": account.get_chat_member,
    "answerCallbackQuery": account.answer_callback_query,
    "getFile": account.get_file,
    "answerGuestQuery": visiting.answer_guest_query,
    "getBusinessConnection": business.get_business_connection,
    "readBusinessMessage": business.read_business_message,
    "sendMessage": sending.send_message,
    "sendMessageDraft": sending.send_message_draft,
    "sendSticker": sending.send_sticker,
    "sendVoice": sending.send_voice,
    "sendPhoto": sending.send_photo,
    "sendDocument": sending.send_document,
    "sendChatAction": sending.send_chat_action,
    "editMessageText": sending.edit_message_text,
    "editMessageReplyMarkup": sending.edit_message_reply_markup,
    "deleteMessage": sending.delete_message,
    "setMessageReaction": sending.set_message_reaction,
}
NAMES: Final = {name.lower(): name for name in (*METHODS, POLL)}
