"""What commands and their arguments are called in Chinese and Japanese, where forms show names.

Whoever writes a command as text writes its one English name; so the handlers know no other.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

CALLED: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "start": ("开始", "開始"),
        "help": ("帮助", "ヘルプ"),
        "ask": ("说话", "話す"),
        "thread": ("话题", "スレッド"),
        "language": ("语言", "言語"),
        "why": ("为什么", "理由"),
        "talk": ("主动", "積極性"),
        "voice": ("语音", "ボイス"),
        "memory": ("记忆", "記憶"),
        "private": ("悄悄话", "内緒"),
        "model": ("版本", "モデル"),
        "persona": ("人设", "ペルソナ"),
        "replay": ("重答", "再回答"),
        "what": ("内容", "内容"),
        "export": ("导出", "書き出し"),
        "forget": ("忘记", "忘れる"),
        "wrong": ("更正", "訂正"),
        "off": ("关", "オフ"),
        "on": ("开", "オン"),
        "together": ("互通", "共有"),
        "list": ("列表", "一覧"),
        "use": ("使用", "使う"),
        "info": ("资料", "情報"),
        "rollback": ("撤回", "取り消し"),
        "canary": ("试用", "試用"),
        "compare": ("比较", "比較"),
        "reload": ("重新读取", "再読み込み"),
        "code": ("码", "コード"),
        "words": ("话", "言葉"),
        "title": ("标题", "タイトル"),
        "dial": ("程度", "程度"),
        "mode": ("方式", "モード"),
        "page": ("页", "ページ"),
        "switch": ("开关", "切り替え"),
        "version": ("版本", "版"),
        "where": ("范围", "範囲"),
        "share": ("比例", "割合"),
        "first": ("第一个", "一つ目"),
        "second": ("第二个", "二つ目"),
        "text": ("话", "言葉"),
        "turn": ("回答", "返事"),
    }
)
