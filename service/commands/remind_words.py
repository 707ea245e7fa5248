"""What is said of reminders."""

from typing import Final

from service.commands.words import Words

FORM: Final = Words(
    en="Like this: /remind tomorrow at 8 call mum · /remind in 20m tea · /remind every weekday at 9"
    " stand up",
    zh="写法：/remind 明天早上八点 打电话 · /remind 20分钟后 喝茶 · /remind 每个工作日9点 站会",
    ja="書き方：/remind 明日の8時 電話する · /remind 20分後 お茶 · /remind 平日9時 朝会",
)
ONCE: Final = Words(
    en="I will remind you on {when}: {text}",
    zh="好的，{when} 提醒你：{text}",
    ja="{when} に知らせますね：{text}",
)
AGAIN: Final = Words(
    en="I will remind you again and again, next on {when}: {text}",
    zh="好的，我会每次都提醒你，下一次是 {when}：{text}",
    ja="毎回知らせますね。次は {when} です：{text}",
)
CLOCK: Final = Words(
    en="I went by UTC, for I do not know your clock. If yours is another one, tell me (/timezone"
    " Berlin) and ask me again.",
    zh="我还不知道你的时区，这次是按 UTC 算的。如果不对，请先告诉我（/timezone 上海），再说一遍。",
    ja="あなたの時計を知らないので UTC で数えました。違っていたら、/timezone 東京 のように教えて"
    "から、もう一度頼んでください。",
)
WHEN: Final = Words(
    en="I cannot tell when that is: “{word}”. Like this: /remind tomorrow at 8 call mum, /remind in"
    " 20m tea",
    zh="我看不出是什么时候：“{word}”。写法：/remind 明天早上八点 打电话、/remind 20分钟后 喝茶",
    ja="いつのことか分かりませんでした：「{word}」。書き方：/remind 明日の8時 電話する、"
    "/remind 20分後 お茶",
)
WHAT: Final = Words(
    en="What shall I remind you of? Like this: /remind in 20m tea",
    zh="要提醒你什么呢？写法：/remind 20分钟后 喝茶",
    ja="何を知らせましょうか？書き方：/remind 20分後 お茶",
)
OVER: Final = Words(
    en="{when} is over already.", zh="{when} 已经过去了。", ja="{when} はもう過ぎています。"
)
TOO_FAR: Final = Words(
    en="That is more than five years away, or on no calendar.",
    zh="那是五年以后的事，或者日历上没有这一天。",
    ja="五年より先か、暦にない日です。",
)
TOO_LONG: Final = Words(
    en="That is too long; {most} characters will do.",
    zh="太长了，{most} 个字以内就好。",
    ja="長すぎます。{most} 文字までにしてください。",
)
FULL: Final = Words(
    en="You have {most} reminders waiting, which is all I can keep for one person. /remind list",
    zh="你已经有 {most} 个提醒了，一个人最多这么多。/remind list",
    ja="もう {most} 件お預かりしています。一人分はここまでです。/remind list",
)
NONE: Final = Words(
    en="You have no reminders waiting.",
    zh="你没有待办的提醒。",
    ja="お預かりしている予定はありません。",
)
REMOVED: Final = Words(
    en="Done, I will not remind you of it: {text}",
    zh="好的，不再提醒：{text}",
    ja="取り消しました：{text}",
)
NO_SUCH: Final = Words(
    en="You have no reminder “{word}”. /remind list shows them with their numbers.",
    zh="没有 “{word}” 这个提醒。发 /remind list 可以看到编号。",
    ja="「{word}」という予定はありません。番号は /remind list で見られます。",
)
REMOVE: Final = Words(en="Remove", zh="取消", ja="取り消す")
REMOVE_NUMBER: Final = Words(en="Remove #{number}", zh="取消 #{number}", ja="#{number} を取り消す")
