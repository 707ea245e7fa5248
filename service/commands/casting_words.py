"""What `/persona` says."""

from typing import Final

from service.commands.words import Words

PLAIN: Final = Words(en="{name} ({title})", zh="{name}（{title}）", ja="{name}（{title}）")
LINE: Final = Words(
    en="{name} ({title}): {notes}", zh="{name}（{title}）：{notes}", ja="{name}（{title}）：{notes}"
)
HERE: Final = Words(en="plays here", zh="正在这里聊天", ja="ここで話しています")
AT_HOME: Final = Words(en="at home on {places}", zh="默认在 {places}", ja="{places} にいつもいます")
HOW: Final = Words(
    en="Somebody else here: /persona use NAME",
    zh="换一位：/persona use NAME",
    ja="別の人に替える：/persona use NAME",
)
UNKNOWN: Final = Words(
    en="There is no “{word}” in this house; known: {known}",
    zh="这里没有 “{word}”；可选：{known}",
    ja="「{word}」はここにいません。いるのは：{known}",
)
SAME: Final = Words(
    en="{name} plays here already.",
    zh="这里已经是 {name} 了。",
    ja="ここで話しているのは{name}です。",
)
USED: Final = Words(
    en="{before} → {after}, here, from now on. What each of them remembers stays their own.",
    zh="{before} → {after}，从现在起在这里生效。两位的记忆各归各。",
    ja="{before} → {after}。今からここで。それぞれの記憶は混ざりません。",
)
RELOADED: Final = Words(
    en="Read again: {names}", zh="已重新读取：{names}", ja="読み直しました：{names}"
)
UNREADABLE: Final = Words(
    en="Not everything could be read; what could not goes on as it was:",
    zh="有的读不了，读不了的照旧：",
    ja="読めないものがあり、それは前のまま続けます：",
)
