"""The few words that Discord is told when the house cannot even hear."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

LATER: Final[Mapping[str, str]] = MappingProxyType(
    {
        "en": "Sorry, a server error occurred, please try again later.",
        "zh": "抱歉，服务器出现错误，请稍后再试。",
        "ja": "申し訳ありません、サーバーエラーが発生しました。後でもう一度お試しください。",
    }
)
GONE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "en": "This command is not there any more; Discord will show the new ones soon.",
        "zh": "这个指令已经没有了，Discord 很快会显示新的指令。",
        "ja": "このコマンドはもうありません。新しいコマンドがまもなく表示されます。",
    }
)


def in_language(words: Mapping[str, str], locale: str) -> str:
    """*words* as somebody reads them whose client is set to *locale*: `zh-TW`."""
    return words.get(locale.partition("-")[0], words["en"])
