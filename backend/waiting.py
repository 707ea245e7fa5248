"""What is said in place of an answer while the built-in model is on its way."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

from anima.model import Prompt
from backend.stand_in import heard
from persona.language import guess

FETCHING: Final[Mapping[str, str]] = MappingProxyType(
    {
        "en": "I'm still fetching my first mind: {percent} % of {megabytes} MB are here."
        " It is needed only once; ask me again in a moment.",
        "zh": "我还在下载我的第一个头脑：{megabytes} MB 已完成 {percent} %。"
        "只需这一次，请稍等一下再问我。",
        "ja": "はじめての頭脳を取り込んでいます：{megabytes} MB のうち {percent} %。"
        "一度きりですので、少し待ってからまた話しかけてください。",
    }
)
LOADING: Final[Mapping[str, str]] = MappingProxyType(
    {
        "en": "I'm just waking up: my model is being loaded. Ask me again in a moment.",
        "zh": "我刚刚醒来，模型正在加载。请稍等一下再问我。",
        "ja": "今ちょうど目を覚ますところで、モデルを読み込んでいます。"
        "少し待ってからまた話しかけてください。",
    }
)


def waiting(
    state: Literal["fetching", "loading"], prompt: Prompt, *, percent: int = 0, megabytes: int = 0
) -> str:
    """An honest line in the language of the last thing said."""
    lines = FETCHING if state == "fetching" else LOADING
    line = lines.get(guess(heard(prompt)), lines["en"])
    return line.format(percent=percent, megabytes=megabytes)
