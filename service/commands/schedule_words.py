"""What is said of the schedule."""

from typing import Final

from service.commands.words import Words

ONCE: Final = Words(
    en="#{number} is on the schedule for {when}.",
    zh="#{number} 已安排在 {when}。",
    ja="#{number} を {when} に予定しました。",
)
AGAIN: Final = Words(
    en="#{number} is on the schedule ({cron}), next on {when}.",
    zh="#{number} 已安排（{cron}），下一次是 {when}。",
    ja="#{number} を予定しました（{cron}）。次は {when} です。",
)
NO_CRON: Final = Words(
    en="“{word}” is no cron: {reason}. Like this, at 9:30 from Monday to Friday:"
    ' /schedule add "30 9 * * 1-5" here Good morning',
    zh="“{word}” 不是正确的 cron（{reason}）。写法（周一到周五 9:30）："
    '/schedule add "30 9 * * 1-5" here 早上好',
    ja="「{word}」は正しい cron ではありません（{reason}）。書き方（月〜金の 9:30）："
    '/schedule add "30 9 * * 1-5" here おはよう',
)
NO_TIME: Final = Words(
    en='I cannot tell when “{word}” is. Like this: /schedule add "30 9 * * 1-5" here Good morning,'
    ' or /schedule add "tomorrow at 8" here Good morning',
    zh='看不出 “{word}” 是什么时候。写法：/schedule add "30 9 * * 1-5" here 早上好，'
    '或 /schedule add "明天早上八点" here 早上好',
    ja="「{word}」がいつか分かりません。書き方："
    '/schedule add "30 9 * * 1-5" here おはよう、または /schedule add "明日の8時" here おはよう',
)
NEVER: Final = Words(
    en='“{word}” never comes. Like this: /schedule add "30 9 * * 1-5" here Good morning',
    zh='“{word}” 不会再来了。写法：/schedule add "30 9 * * 1-5" here 早上好',
    ja='「{word}」はもう来ません。書き方：/schedule add "30 9 * * 1-5" here おはよう',
)
NOTHING: Final = Words(
    en='There is nothing to say. Like this: /schedule add "30 9 * * 1-5" here Good morning',
    zh='没有要说的话。写法：/schedule add "30 9 * * 1-5" here 早上好',
    ja='言うことがありません。書き方：/schedule add "30 9 * * 1-5" here おはよう',
)
TOO_LONG: Final = Words(
    en="That is too long; {most} characters fit into one message.",
    zh="太长了，一条消息最多 {most} 个字。",
    ja="長すぎます。一つのメッセージは {most} 文字までです。",
)
NONE: Final = Words(en="Nothing is on the schedule.", zh="现在没有安排。", ja="予定はありません。")
REMOVED: Final = Words(
    en="#{number} is off the schedule.", zh="#{number} 已取消。", ja="#{number} を取り消しました。"
)
NO_SUCH: Final = Words(
    en="There is no “{word}” on the schedule; /schedule list shows the numbers.",
    zh="没有 “{word}” 这一条。发 /schedule list 可以看到编号。",
    ja="「{word}」という予定はありません。番号は /schedule list で見られます。",
)
REMOVE: Final = Words(en="Remove", zh="取消", ja="取り消す")
SOMEBODYS: Final = Words(en="a reminder", zh="某人的提醒", ja="だれかのリマインダー")
MISSED: Final = Words(en="missed {count} ×", zh="错过 {count} 次", ja="逃した回数 {count}")
