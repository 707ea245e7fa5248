"""What is said at the door."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from service.commands.words import Words

STRANGER: Final = Words(
    en="I only talk with people I know. Please ask my owner to let you in.",
    zh="我只和认识的人聊天，请先让我的主人同意。",
    ja="知っている人とだけお話ししています。まず私の持ち主に声をかけてください。",
)
PAIRING: Final = Words(
    en="I do not know you yet. Please give my owner this code, within the hour: {code}",
    zh="我还不认识你。请在一小时内把这个配对码告诉我的主人：{code}",
    ja="まだあなたを知りません。一時間以内に、このコードを私の持ち主に伝えてください：{code}",
)
WELCOME: Final = Words(
    en="{name}, my owner has let you in. I am glad you are here: just write to me.",
    zh="{name}，我的主人同意了。很高兴认识你，直接跟我说话就好。",
    ja="{name}さん、持ち主の許しが出ました。会えてうれしいです。ふつうに話しかけてください。",
)
WELCOME_SOMEBODY: Final = Words(
    en="My owner has let you in. I am glad you are here: just write to me.",
    zh="我的主人同意了。很高兴认识你，直接跟我说话就好。",
    ja="持ち主の許しが出ました。会えてうれしいです。ふつうに話しかけてください。",
)
NO_INVITATION: Final = Words(
    en="This invitation is not good any more. Please ask whoever gave it to you for a new one.",
    zh="这个邀请已经失效了。请向给你邀请的人要一个新的。",
    ja="この招待はもう使えません。招待してくれた人に新しいものをもらってください。",
)
LIMITS: Final[Mapping[str, Words]] = MappingProxyType(
    {
        "person": Words(
            en="That is a lot at once. Give me a minute, then I am all ears again.",
            zh="一下子说得太多啦。给我一分钟，之后我再好好听你说。",
            ja="一度にたくさんで追いつきません。一分ほど待ってください、そのあとまた聞きます。",
        ),
        "group": Words(
            en="It is lively here. Let me catch my breath for a minute.",
            zh="这里好热闹，让我歇一分钟。",
            ja="にぎやかですね。一分だけ息をつかせてください。",
        ),
        "day": Words(
            en="I have talked with you as much as I may in a day. Let us go on tomorrow.",
            zh="今天我能和你聊的已经聊完了，明天再继续吧。",
            ja="今日あなたと話せる分は終わりました。続きは明日にしましょう。",
        ),
        "house": Words(
            en="I have talked as much as I may in a day. Let us go on tomorrow.",
            zh="今天我能说的话已经说完了，明天再继续吧。",
            ja="今日話せる分は終わりました。続きは明日にしましょう。",
        ),
    }
)


def welcome(name: str, language: str) -> str:
    """What is said to somebody whom an admin has just let in."""
    words = WELCOME if name else WELCOME_SOMEBODY
    return words.to("zh" if language == "zh" else "ja" if language == "ja" else "en", name=name)
