"""Why we spoke or kept silent, in words."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from service.commands.words import Words

NOTHING: Final = Words(
    en="Nothing has been decided here yet.",
    zh="这里还没有什么可说的决定。",
    ja="ここではまだ何も決めていません。",
)
SPOKE: Final = Words(en="I spoke: {why}.", zh="我说话了：{why}。", ja="話しました。理由：{why}。")
SILENT: Final = Words(
    en="I kept silent: {why}.", zh="我没有说话：{why}。", ja="黙っていました。{why}。"
)
CHOSE: Final = Words(
    en="I thought of speaking ({why}), but had nothing to add.",
    zh="我本来想说话（{why}），但没什么要补充的。",
    ja="話そうと思いましたが（{why}）、付け加えることがありませんでした。",
)
BROKE: Final = Words(
    en="I wanted to speak ({why}), but something went wrong.",
    zh="我想说话（{why}），但是出了点问题。",
    ja="話そうとしましたが（{why}）、うまくいきませんでした。",
)
LATE: Final = Words(
    en="I kept silent: it had come too late to be answered.",
    zh="我没有说话：消息太久了，来不及回答。",
    ja="黙っていました。返事をするには遅すぎました。",
)

SPEAKING: Final[Mapping[str, Words]] = MappingProxyType(
    {
        "addressed": Words(en="I was spoken to", zh="有人叫我", ja="話しかけられた"),
        "private": Words(
            en="you wrote to me alone", zh="你单独找我说话", ja="二人だけの会話だった"
        ),
        "resumed": Words(
            en="I had begun to answer and was cut off",
            zh="我之前话没说完就断了",
            ja="話の途中で途切れた",
        ),
        "stopped": Words(
            en="you asked me, until you had read enough and stopped me",
            zh="你问了我，后来看够了，让我停下了",
            ja="聞かれたから。途中で「もう十分」と止められた",
        ),
        "question": Words(
            en="nobody asked me, but a question was open",
            zh="没人叫我，但有个问题没人回答",
            ja="呼ばれていないが、答えのない質問があった",
        ),
        "topic": Words(
            en="nobody asked me, but it was about “{fact}”, of which I know",
            zh="没人叫我，但说到了我了解的“{fact}”",
            ja="呼ばれていないが、私の知っている「{fact}」の話だった",
        ),
        "lately": Words(
            en="nobody asked me, but it was about “{fact}”, of which I had just spoken",
            zh="没人叫我，但说到了我刚提过的“{fact}”",
            ja="呼ばれていないが、さっき私が話した「{fact}」の話だった",
        ),
        "pondered": Words(
            en="nobody asked me, but I thought it over and had something to put in",
            zh="没人叫我，但我想了想，觉得有话可说",
            ja="呼ばれていないが、考えてみて言いたいことがあった",
        ),
        "return": Words(
            en="nobody asked me, but a talk of which I was a part went on after a pause",
            zh="没人叫我，但我参与过的话题在停了一阵后又继续了",
            ja="呼ばれていないが、私もいた会話が間をおいて再開した",
        ),
    }
)

KEEPING: Final[Mapping[str, Words]] = MappingProxyType(
    {
        "unasked": Words(
            en="nobody asked me, and here I speak only when I am spoken to",
            zh="没人叫我，而在这里只有叫我时我才说话",
            ja="呼ばれておらず、ここでは呼ばれたときだけ話します",
        ),
        "stranger": Words(
            en="I only talk with people I know",
            zh="我只和认识的人聊天",
            ja="知っている人とだけ話しています",
        ),
        "limit": Words(
            en="it was more than I may answer just now ({first})",
            zh="超过了我现在能回答的量（{first}）",
            ja="いま答えられる分を超えていました（{first}）",
        ),
        "machine": Words(
            en="the other one seems to be a bot, and that could go on for ever",
            zh="对方好像是个机器人，这样会没完没了",
            ja="相手はボットのようで、きりがなくなるからです",
        ),
        "other": Words(
            en="nobody asked me, and it was meant for somebody else",
            zh="没人叫我，那是对别人说的",
            ja="呼ばれておらず、ほかの人への言葉でした",
        ),
        "share": Words(
            en="nobody asked me, and I had spoken {first} of the last {second} lines",
            zh="没人叫我，而且最近 {second} 句里已有 {first} 句是我说的",
            ja="呼ばれておらず、直近の {second} 行のうち {first} 行が私の発言でした",
        ),
        "ignored": Words(
            en="nobody asked me, and nobody took up what I had put in; I wait {first} more minutes",
            zh="没人叫我，上次我插话也没人理；我再等 {first} 分钟",
            ja="呼ばれておらず、前に口をはさんだときも反応がなかったので、あと {first} 分待ちます",
        ),
        "soon": Words(
            en="nobody asked me, and I had spoken just before; I wait {first} more seconds",
            zh="没人叫我，而且我刚说过话；我再等 {first} 秒",
            ja="呼ばれておらず、話したばかりなので、あと {first} 秒待ちます",
        ),
        "nothing": Words(
            en="nobody asked me, and I had nothing to say to it",
            zh="没人叫我，我也没什么要说的",
            ja="呼ばれておらず、特に言うこともありませんでした",
        ),
        "needless": Words(
            en="nobody asked me; I thought it over, and it could do without me",
            zh="没人叫我；我想了想，觉得不用我开口",
            ja="呼ばれておらず、考えてみましたが、私の出番ではないと思いました",
        ),
        "unsure": Words(
            en="nobody asked me, and I was not sure that I was wanted",
            zh="没人叫我，我也不确定该不该开口",
            ja="呼ばれておらず、話してよいかわかりませんでした",
        ),
    }
)
