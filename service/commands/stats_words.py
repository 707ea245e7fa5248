"""What `/stats` says."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from service.commands.words import Words

TODAY: Final = Words(en="Today (UTC):", zh="今天（UTC）：", ja="今日（UTC）：")
WEEK: Final = Words(en="The last seven days:", zh="最近七天：", ja="この七日間：")
PEOPLE: Final = Words(
    en="· people: {people}, conversations: {places}",
    zh="· 人数：{people}，对话：{places}",
    ja="· 人数：{people}、会話：{places}",
)
ALL_TURNS: Final = Words(en="· turns: {turns}", zh="· 回合：{turns}", ja="· やりとり：{turns}")
TURNS: Final = Words(en="{outcome} {count}", zh="{outcome} {count}", ja="{outcome} {count}")
OUTCOMES: Final[Mapping[str, Words]] = MappingProxyType(
    {
        "answered": Words(en="answered", zh="已回答", ja="返事"),
        "failed": Words(en="failed", zh="失败", ja="失敗"),
        "refused": Words(en="refused", zh="婉拒", ja="お断り"),
        "silent": Words(en="kept silent", zh="没开口", ja="沈黙"),
        "expired": Words(en="too late", zh="过期", ja="時間切れ"),
        "command": Words(en="commands", zh="命令", ja="コマンド"),
        "notice": Words(en="notices", zh="通知", ja="お知らせ"),
    }
)
TOKENS: Final = Words(
    en="· tokens: {prompt} read, {completion} written",
    zh="· 令牌：读入 {prompt}，写出 {completion}",
    ja="· トークン：読み {prompt}、書き {completion}",
)
FIRST: Final = Words(
    en="· first word after (median): {first}",
    zh="· 首字等待（中位数）：{first}",
    ja="· 最初の一言まで（中央値）：{first}",
)
SECONDS: Final = Words(en="{seconds} s", zh="{seconds} 秒", ja="{seconds} 秒")
NEWEST: Final = Words(
    en="· there were more turns; these are the newest",
    zh="· 回合太多，这里只算最新的",
    ja="· 数が多いため、新しいものだけです",
)
BACKGROUND: Final = Words(
    en="Model calls today that nobody waited for: memory {memory} of {most}, writing first {first}",
    zh="今天的后台模型调用：记忆 {memory} / {most}，主动开口 {first}",
    ja="今日、待つ人のいない呼び出し：記憶 {most} 回中 {memory} 回、自分から書く {first} 回",
)
