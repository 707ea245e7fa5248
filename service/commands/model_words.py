"""What is said about versions, and about switching between them."""

from typing import Final

from service.commands.words import Words

HERE: Final = Words(en="speaks here", zh="正在这里说话", ja="ここで話しています")
EVERYWHERE: Final = Words(en="speaks everywhere", zh="在各处说话", ja="どこでも話しています")
ELSEWHERE: Final = Words(en="speaks elsewhere", zh="在别处说话", ja="ほかの場所で話しています")
CANARY: Final = Words(en="canary, {percent}", zh="灰度 {percent}", ja="カナリア {percent}")
NOTED: Final = Words(en="{line}: {notes}", zh="{line}：{notes}", ja="{line}：{notes}")
RETIRED: Final = Words(en="retired", zh="已退役", ja="引退")

AFRESH: Final = Words(
    en="The talk here starts afresh; long-term memory stays.",
    zh="这里的对话重新开始，长期记忆保留。",
    ja="ここの会話は新しく始まります。長期の記憶は残ります。",
)
USED_HERE: Final = Words(
    en="{before} → {after}, here, from now on.",
    zh="{before} → {after}，从现在起在这里生效。",
    ja="{before} → {after}。今からここで有効です。",
)
USED_EVERYWHERE: Final = Words(
    en="{before} → {after}, everywhere, from now on.",
    zh="{before} → {after}，从现在起在所有地方生效。",
    ja="{before} → {after}。今からすべての場所で有効です。",
)
NOW_EVERYWHERE: Final = Words(
    en="{after} speaks everywhere from now on, also where another was chosen.",
    zh="从现在起所有地方都是 {after}，包括单独选过别的版本的地方。",
    ja="今からすべての場所で {after} が話します。別の版を選んだ場所でも同じです。",
)
SAME_HERE: Final = Words(
    en="{soul} speaks here already. Nothing has changed.",
    zh="这里已经是 {soul} 了，没有改动。",
    ja="ここではもう {soul} が話しています。何も変わりません。",
)
SAME_EVERYWHERE: Final = Words(
    en="{soul} speaks everywhere already. Nothing has changed.",
    zh="所有地方已经是 {soul} 了，没有改动。",
    ja="どこでももう {soul} が話しています。何も変わりません。",
)

TAKEN_HERE: Final = Words(
    en="Taken back, here: {before} → {after}.",
    zh="已撤回（这里）：{before} → {after}。",
    ja="取り消しました（ここ）：{before} → {after}。",
)
TAKEN_EVERYWHERE: Final = Words(
    en="Taken back, everywhere: {before} → {after}.",
    zh="已撤回（所有地方）：{before} → {after}。",
    ja="取り消しました（すべての場所）：{before} → {after}。",
)
TAKEN_CANARY: Final = Words(
    en="Taken back: the canary {soul} {percent}.",
    zh="已撤回：灰度 {soul} {percent}。",
    ja="取り消しました：カナリア {soul} {percent}。",
)
TAKEN_END: Final = Words(
    en="Taken back: the end of the canary {soul}.",
    zh="已撤回：结束灰度 {soul}。",
    ja="取り消しました：カナリア {soul} の終了。",
)
CANARY_NOW: Final = Words(
    en="The canary is {soul} {percent} now.",
    zh="现在的灰度：{soul} {percent}。",
    ja="今のカナリアは {soul} {percent} です。",
)
STILL_HERE: Final = Words(
    en="Here {soul} goes on speaking.",
    zh="这里仍然是 {soul}。",
    ja="ここでは引き続き {soul} が話します。",
)
NOTHING_TO_TAKE_BACK: Final = Words(
    en="There is nothing to take back.",
    zh="没有可以撤回的选择。",
    ja="取り消すものはありません。",
)

CANARY_SET: Final = Words(
    en="{soul} speaks in {percent} of the conversations, always the same ones;"
    " those with a choice of their own keep it.",
    zh="{soul} 在 {percent} 的对话里说话，始终是同一批；单独选过版本的对话不受影响。",
    ja="{soul} が会話の {percent} で話します。いつも同じ会話です。個別に選んだ会話はそのままです。",
)
AMONG: Final = Words(en="This one is among them.", zh="这里在其中。", ja="ここも含まれます。")
NOT_AMONG: Final = Words(
    en="This one is not among them.", zh="这里不在其中。", ja="ここは含まれません。"
)
CANARY_SAME: Final = Words(
    en="{soul} is the canary with {percent} already. Nothing has changed.",
    zh="{soul} 已经是 {percent} 的灰度了，没有改动。",
    ja="{soul} はもう {percent} のカナリアです。何も変わりません。",
)
CANARY_OVER: Final = Words(
    en="The canary {soul} {percent} is over.",
    zh="灰度 {soul} {percent} 已结束。",
    ja="カナリア {soul} {percent} は終わりました。",
)
NO_CANARY: Final = Words(
    en="There is no canary to end.", zh="没有正在进行的灰度。", ja="終了するカナリアはありません。"
)
WHOLE: Final = Words(
    en="That would be everybody. Like this: /model use {soul} everywhere",
    zh="那就是所有人了。写法：/model use {soul} everywhere",
    ja="それだと全員になります。書き方：/model use {soul} everywhere",
)

NOT_OF_THIS_ONE: Final = Words(
    en="“{soul}” is no version of the persona that plays here; known: {known}",
    zh="“{soul}” 不是这里这位的版本；可用的：{known}",
    ja="「{soul}」はここで話している人格の版ではありません。使えるもの：{known}",
)
"""Another persona's voice."""
