"""What `/audit` says."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from service.commands.words import Words

LINE: Final = Words(
    en="· {at} · {by} {what}", zh="· {at} · {by} {what}", ja="· {at} · {by}：{what}"
)
HOUSE: Final = Words(en="the house", zh="系统", ja="システム")
WHERE: Final[Mapping[str, Words]] = MappingProxyType(
    {
        "here": Words(en="in one conversation", zh="在一个对话里", ja="一つの会話で"),
        "everywhere": Words(en="everywhere", zh="在所有地方", ja="すべての場所で"),
    }
)
DEEDS: Final[Mapping[str, Words]] = MappingProxyType(
    {
        "model use": Words(
            en="chose version {after} {subject}; before: {before}",
            zh="{subject}选了版本 {after}，之前是 {before}",
            ja="{subject}版を {after} に（前は {before}）",
        ),
        "model canary": Words(
            en="began a trial of {after}; before: {before}",
            zh="开始试用 {after}，之前是 {before}",
            ja="{after} の試用を開始（前は {before}）",
        ),
        "model rollback": Words(
            en="took a choice back {subject}: {after} speaks again, no more {before}",
            zh="{subject}撤回了选择：{before} 换回 {after}",
            ja="{subject}選択を取り消し、{before} から {after} に戻した",
        ),
        "persona use": Words(
            en="had {after} play {subject}; before: {before}",
            zh="{subject}让 {after} 来聊，之前是 {before}",
            ja="{subject}話す人を {after} に（前は {before}）",
        ),
        "persona reload": Words(
            en="had the personas read again", zh="重新读取了人设", ja="人格を読み直した"
        ),
        "talk": Words(
            en="set /talk from {before} to {after}",
            zh="把 /talk 从 {before} 改成 {after}",
            ja="/talk を {before} から {after} に変えた",
        ),
        "memory forget": Words(
            en="had memories forgotten: {before}",
            zh="删除了记忆：{before}",
            ja="記憶を消した：{before}",
        ),
        "notice": Words(
            en="told its owner: {subject}: {after}",
            zh="通知了主人：{subject}：{after}",
            ja="持ち主に知らせた：{subject}：{after}",
        ),
        "allow": Words(
            en="let {subject} in ({after})",
            zh="同意了 {subject}（{after}）",
            ja="{subject} を入れた（{after}）",
        ),
        "ban": Words(
            en="banned {subject}{why}", zh="禁止了 {subject}{why}", ja="{subject} を締め出した{why}"
        ),
        "unban": Words(
            en="unbanned {subject}",
            zh="解除了对 {subject} 的禁止",
            ja="{subject} の締め出しを解いた",
        ),
        "invite": Words(
            en="made an invitation, good until {after}",
            zh="发出了邀请，有效期到 {after}",
            ja="招待を作った（{after} まで）",
        ),
    }
)
UNKNOWN: Final = Words(
    en="{deed} {subject}: {before} → {after}",
    zh="{deed} {subject}：{before} → {after}",
    ja="{deed} {subject}：{before} → {after}",
)
REASON: Final = Words(en=": {reason}", zh="：{reason}", ja="：{reason}")
EMPTY: Final = Words(
    en="Nothing was done to the house yet.",
    zh="还没有任何管理记录。",
    ja="まだ何の記録もありません。",
)
NO_PAGE: Final = Words(
    en="There is no page {page}. Like this: /audit 2",
    zh="没有第 {page} 页。写法：/audit 2",
    ja="{page} ページはありません。書き方：/audit 2",
)
MORE: Final = Words(en="Older ones: {form}", zh="更早的：{form}", ja="前のもの：{form}")
OLDER: Final = Words(en="Older ones", zh="更早的", ja="前のもの")
