"""What `/business` says."""

from typing import Final

from service.commands.words import Words

HELP: Final = Words(
    en="the chats of yours in which I write in your place",
    zh="我替你说话的那些聊天",
    ja="あなたの代わりに書いているチャット",
)
SWITCH: Final = Words(
    en="whether I answer there", zh="我是否在那里回答", ja="そこで返事をするかどうか"
)
NAME: Final = Words(
    en="one chat, by name; without it: all of them",
    zh="某个聊天的名字；不写就是全部",
    ja="チャットの名前。なければすべて",
)
NONE: Final = Words(
    en="Nobody has connected me. In Telegram's settings, under Business and Chatbots, "
    "enter my name and choose the chats.",
    zh="还没有人连接我。请在 Telegram 设置的“商业版 → 聊天机器人”里填上我的名字，再选择聊天。",
    ja="まだ誰もつないでいません。Telegramの設定の「ビジネス」→「チャットボット」で"
    "私の名前を入れ、チャットを選んでください。",
)
CONNECTED: Final = Words(en="▶ {owner}: {state}", zh="▶ {owner}：{state}", ja="▶ {owner}：{state}")
CHAT: Final = Words(en="{name}: {state}", zh="{name}：{state}", ja="{name}：{state}")
ON: Final = Words(en="on", zh="开", ja="オン")
OFF: Final = Words(en="off", zh="关", ja="オフ")
DISCONNECTED: Final = Words(
    en="disconnected in Telegram", zh="已在 Telegram 里断开", ja="Telegramで切断されています"
)
NO_REPLY: Final = Words(
    en="Telegram gives me no right to reply",
    zh="Telegram 没有给我回复的权限",
    ja="Telegramで返信の権利がありません",
)
READS: Final = Words(en="marks messages as read", zh="会标为已读", ja="既読をつけます")
SILENT: Final = Words(
    en="you write there; silent until {until}",
    zh="你在那里说话；我沉默到 {until}",
    ja="あなたが書いています。{until} まで黙っています",
)
NOBODY_YET: Final = Words(
    en="Nobody has written there yet.", zh="那里还没有人说话。", ja="まだ誰も書いていません。"
)
MORE: Final = Words(en="… and {count} more", zh="……还有 {count} 个", ja="… ほか {count} 件")
DONE: Final = Words(
    en="Done. {name}: {state}", zh="好了。{name}：{state}", ja="はい。{name}：{state}"
)
EVERYWHERE: Final = Words(en="all chats", zh="所有聊天", ja="すべてのチャット")
UNKNOWN: Final = Words(
    en="I know no chat {word}. Those I know: {known}",
    zh="我不认识聊天 {word}。我认识的有：{known}",
    ja="{word} というチャットは知りません。知っているのは {known} です。",
)
SEVERAL: Final = Words(
    en="There are several called {word}. Write the number instead: {known}",
    zh="有好几个叫 {word} 的。请写号码：{known}",
    ja="{word} はいくつかあります。番号で書いてください：{known}",
)
BUTTON: Final = Words(en="{name}: {state}", zh="{name}：{state}", ja="{name}：{state}")
