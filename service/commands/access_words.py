"""What `/allow`, `/ban` and `/unban` say."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from memory.admitting import Ruling
from service.commands.words import Words

NOBODY: Final = Words(
    en="I know nobody called “{word}”. An address like telegram:123 will do, or a reply to them.",
    zh="我不认识叫“{word}”的人。可以用 telegram:123 这样的地址，或者回复对方的消息。",
    ja="「{word}」という人は知りません。telegram:123 のようなアドレスか、その人への返信で。",
)
SEVERAL: Final = Words(
    en="There are several called “{word}”: {known}. Which one?",
    zh="叫“{word}”的不止一个：{known}。是哪一个？",
    ja="「{word}」は何人もいます：{known}。どの人ですか？",
)
NO_CODE: Final = Words(
    en="{code} is no code that is open. They last an hour; who writes to me again gets another.",
    zh="{code} 不是有效的配对码。配对码一小时内有效，对方再给我发消息会得到新的。",
    ja="{code} は有効なコードではありません。一時間で切れますが、また話しかければ新しく出ます。",
)
WHOM: Final = Words(
    en="Whom? Reply to a message of theirs, or like this: {form}",
    zh="是谁？请回复对方的消息，或者这样写：{form}",
    ja="だれですか？その人のメッセージに返信するか、次の書き方で：{form}",
)
NOT_YOURSELF: Final = Words(
    en="I will not shut you out of your own house.",
    zh="我可不会把你关在自己家门外。",
    ja="あなたをご自分の家から締め出すことはしません。",
)
NOT_ADMINS: Final = Words(
    en="{who} is one of my admins; only the settings can change that.",
    zh="{who} 是我的管理员，只有在设置里才能改。",
    ja="{who} は管理者です。変えられるのは設定だけです。",
)
NOT_ALOUD: Final = Words(
    en="That is for the two of us alone: ask me in a private chat.",
    zh="这个只能私下说：请在私聊里问我。",
    ja="これは二人だけのときに：個別のチャットで聞いてください。",
)

ALLOWED: Final[Mapping[Ruling, Words]] = MappingProxyType(
    {
        "done": Words(
            en="{who} may talk with me now.",
            zh="{who} 现在可以和我聊天了。",
            ja="{who} はこれから私と話せます。",
        ),
        "already": Words(
            en="{who} may talk with me already.",
            zh="{who} 本来就可以和我聊天。",
            ja="{who} はもう私と話せます。",
        ),
        "banned": Words(
            en="{who} is banned; /unban them first.",
            zh="{who} 已被禁止，请先用 /unban 解除。",
            ja="{who} は締め出されています。先に /unban してください。",
        ),
    }
)
BANNED: Final[Mapping[Ruling, Words]] = MappingProxyType(
    {
        "done": Words(
            en="I do not hear {who} any more. Like this it ends: /unban {address}",
            zh="我不会再理会 {who} 了。要解除：/unban {address}",
            ja="{who} の言葉はもう聞きません。戻すには：/unban {address}",
        ),
        "already": Words(
            en="{who} is banned already.",
            zh="{who} 已经被禁止了。",
            ja="{who} はもう締め出されています。",
        ),
    }
)
UNBANNED: Final[Mapping[Ruling, Words]] = MappingProxyType(
    {
        "done": Words(
            en="{who} is not banned any more.",
            zh="{who} 已解除禁止。",
            ja="{who} の締め出しを解きました。",
        ),
        "already": Words(
            en="{who} is not banned.", zh="{who} 没有被禁止。", ja="{who} は締め出されていません。"
        ),
    }
)

INVITATION_LINK: Final = Words(
    en="Pass this on; it lets in the first who opens it, until {day} UTC:\n{link}",
    zh="把这个链接转给对方；第一个打开的人可以进来，有效期到 {day}（UTC）：\n{link}",
    ja="これを渡してください。最初に開いた人が入れます。{day}（UTC）まで：\n{link}",
)
INVITATION: Final = Words(
    en="Pass this on; it lets in the first who says it to me, until {day} UTC:\n"
    "/start invite_{code}",
    zh="把这句话转给对方；第一个对我说的人可以进来，有效期到 {day}（UTC）：\n/start invite_{code}",
    ja="これを渡してください。最初に私に言った人が入れます。{day}（UTC）まで：\n"
    "/start invite_{code}",
)

LISTS: Final[Mapping[str, Words]] = MappingProxyType(
    {
        "waiting": Words(en="At the door:", zh="等着进来的：", ja="入りたい人："),
        "allowed": Words(en="Let in:", zh="已同意的：", ja="入れた人："),
        "banned": Words(en="Banned:", zh="被禁止的：", ja="締め出した人："),
    }
)
EMPTY: Final[Mapping[str, Words]] = MappingProxyType(
    {
        "waiting": Words(
            en="Nobody is at the door.", zh="没有人等着进来。", ja="入りたい人はいません。"
        ),
        "allowed": Words(
            en="Nobody was let in yet.", zh="还没有同意过谁。", ja="まだだれも入れていません。"
        ),
        "banned": Words(en="Nobody is banned.", zh="没有人被禁止。", ja="締め出した人はいません。"),
    }
)
REASON: Final = Words(en=": {reason}", zh="：{reason}", ja="：{reason}")
HOW: Final[Mapping[str, Words]] = MappingProxyType(
    {
        "waiting": Words(
            en="Like this: /allow CODE, /allow telegram:123, /allow invite, /allow list",
            zh="写法：/allow 配对码、/allow telegram:123、/allow invite、/allow list",
            ja="書き方：/allow コード、/allow telegram:123、/allow invite、/allow list",
        ),
        "allowed": Words(
            en="Like this: /allow CODE, /allow telegram:123, /allow invite, /ban telegram:123",
            zh="写法：/allow 配对码、/allow telegram:123、/allow invite、/ban telegram:123",
            ja="書き方：/allow コード、/allow telegram:123、/allow invite、/ban telegram:123",
        ),
        "banned": Words(
            en="Like this: /ban telegram:123 REASON, /unban telegram:123",
            zh="写法：/ban telegram:123 原因、/unban telegram:123",
            ja="書き方：/ban telegram:123 理由、/unban telegram:123",
        ),
    }
)
ALLOW: Final = Words(en="Allow {name}", zh="同意 {name}", ja="{name} を入れる")
UNBAN: Final = Words(en="Unban {name}", zh="解除 {name}", ja="{name} を解く")
