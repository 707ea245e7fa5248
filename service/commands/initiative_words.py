"""What is told of writing first, and of leaving somebody alone."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from service.commands.words import Words

HOURS: Final = Words(
    en="Between {hours}, by your clock, I write only if you write to me.",
    zh="按你的时间，{hours} 之间我不会主动打扰你，你找我我才回。",
    ja="{hours}（あなたの時計で）は、話しかけられたときだけ返事をします。",
)
UNTIL: Final = Words(
    en="I will not write first until {until}.",
    zh="在 {until} 之前我不会主动找你。",
    ja="{until} まで、こちらからは連絡しません。",
)
FOREVER: Final = Words(
    en="I will never write to you first again. If you change your mind: /quiet off",
    zh="好，以后我不会再主动找你了。如果改变主意：/quiet off",
    ja="わかりました。もうこちらからは連絡しません。気が変わったら：/quiet off",
)
WELCOME: Final = Words(
    en="I may write first again, outside {hours}.",
    zh="那我偶尔会主动找你，{hours} 除外。",
    ja="また、こちらからも連絡しますね。{hours} は除きます。",
)
WRONG: Final = Words(
    en="Say it like this: /quiet 22:00-08:00, /quiet 3d, /quiet forever or /quiet off",
    zh="请这样写：/quiet 22:00-08:00、/quiet 3d、/quiet forever 或 /quiet off",
    ja="こう書いてください：/quiet 22:00-08:00、/quiet 3d、/quiet forever、/quiet off",
)
GROUP_ON: Final = Words(
    en="I may write here first from now on, when there is a reason.",
    zh="从现在起，有事的时候我会在这里主动说话。",
    ja="これからは、用があればここでこちらからも話しかけます。",
)
GROUP_OFF: Final = Words(
    en="I will not write here first.",
    zh="我不会在这里主动说话。",
    ja="ここでこちらから話しかけることはありません。",
)
ADMINS_ONLY: Final = Words(
    en="In a group only those who look after me decide that.",
    zh="在群里，这个只能由管理我的人来决定。",
    ja="グループでは、私の世話をしている人だけが決められます。",
)
OFF: Final = Words(
    en="I never write first in this house.",
    zh="这里设置成我从不主动找人。",
    ja="ここでは、こちらから連絡しない設定になっています。",
)
NOTHING: Final = Words(
    en="I have nothing in mind to write to you about.",
    zh="我现在没有打算主动跟你说的事。",
    ja="いまのところ、こちらから書こうと思っていることはありません。",
)
AHEAD: Final = Words(en="In mind:", zh="心里想着：", ja="考えていること：")
BEHIND: Final = Words(en="Lately:", zh="最近：", ja="最近：")
GUESS: Final = Words(
    en="(times by a guess at your clock; /timezone tells me)",
    zh="（时间是我猜的；可以用 /timezone 告诉我）",
    ja="（時刻は推測です。/timezone で教えてください）",
)
LINE: Final = Words(
    en="{when} · {kind}{words}{note}",
    zh="{when} · {kind}{words}{note}",
    ja="{when} · {kind}{words}{note}",
)
HELD: Final = Words(en=" · waits: {why}", zh=" · 先等着：{why}", ja=" · 保留：{why}")
ENDED: Final = Words(en=" · {how}", zh=" · {how}", ja=" · {how}")

KINDS: Final[Mapping[str, Words]] = MappingProxyType(
    {
        "thread": Words(en="ask how it went", zh="问问后来怎么样", ja="どうだったか聞く"),
        "promise": Words(en="keep a promise", zh="兑现说过的话", ja="約束を守る"),
        "occasion": Words(en="a day of the year", zh="特别的日子", ja="特別な日"),
        "silence": Words(en="a long silence", zh="好久没聊", ja="しばらく話していない"),
        "morning": Words(en="good morning", zh="早安", ja="おはよう"),
        "zone": Words(en="which clock is yours", zh="你那边几点", ja="そちらの時刻"),
    }
)

STATES: Final[Mapping[str, Words]] = MappingProxyType(
    {
        "said": Words(en="written", zh="说了", ja="書いた"),
        "declined": Words(en="I had nothing to say", zh="想了想没说", ja="言うことがなかった"),
        "expired": Words(en="missed, and too late now", zh="错过了", ja="時機を逃した"),
        "dropped": Words(en="no reason any more", zh="已经没必要了", ja="もう理由がない"),
    }
)

WHY: Final[Mapping[str, Words]] = MappingProxyType(
    {
        "off": Words(en="the house wants none of it", zh="这里不让我主动", ja="この家では無効"),
        "guest": Words(en="I am a guest there", zh="我在那里只是客人", ja="そこではゲスト"),
        "borrowed": Words(
            en="that chat is somebody's own", zh="那是别人自己的聊天", ja="人のチャットなので"
        ),
        "closed": Words(en="the place is shut to me", zh="那里我进不去了", ja="そこには入れない"),
        "stranger": Words(en="I may not talk with you", zh="我不能和你聊", ja="話せない相手"),
        "group": Words(
            en="no admin has allowed it", zh="管理员没有允许", ja="管理者が許していない"
        ),
        "opted out": Words(
            en="you want me to wait for you", zh="你不想我主动找你", ja="連絡しないでと言われた"
        ),
        "quiet": Words(en="you want quiet", zh="你想安静一阵", ja="静かにしてほしいと言われた"),
        "asleep": Words(en="you are asleep", zh="你睡了", ja="寝ているはず"),
        "quiet hours": Words(en="your quiet hours", zh="你的安静时段", ja="静かにする時間帯"),
        "talking": Words(en="we are talking", zh="我们正在聊", ja="話している最中"),
        "on its way": Words(en="another one goes first", zh="先说另一件", ja="別のことが先"),
        "unanswered": Words(
            en="you have not answered the last one", zh="上一句你还没回", ja="前のにまだ返事がない"
        ),
        "ignored": Words(
            en="you seem to want it more seldom", zh="你好像想少一点", ja="少なめがよさそう"
        ),
        "too soon": Words(en="too soon after the last one", zh="离上次太近", ja="前回から間がない"),
        "enough today": Words(en="enough for today", zh="今天说够了", ja="今日はもう十分"),
        "budget": Words(
            en="today's budget is spent", zh="今天的额度用完了", ja="今日の分を使い切った"
        ),
        "nobody came": Words(en="nobody came to it", zh="没来得及", ja="手が回らなかった"),
        "too late": Words(en="it came too late", zh="来晚了", ja="遅すぎた"),
        "failed": Words(en="the model was away", zh="模型不在", ja="モデルが不在"),
        "zone": Words(
            en="I asked you for your clock first", zh="先问了你几点", ja="先に時刻を聞いた"
        ),
    }
)

QUESTION: Final = Words(
    en="By when you write I guess that it is about {time} with you. Is that right?"
    " Else tell me with /timezone.",
    zh="看你写消息的时间，我猜你那边现在大概是 {time}，对吗？不对的话用 /timezone 告诉我。",
    ja="書いてくれる時間からすると、そちらは今 {time} ごろでしょうか。"
    "違ったら /timezone で教えてください。",
)
RIGHT: Final = Words(en="That is right", zh="对", ja="合っています")
