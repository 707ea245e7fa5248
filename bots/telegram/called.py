"""Which of the personas behind a bot a message in a group calls by name."""

import re
from collections.abc import Callable, Mapping, Sequence

from aiogram.types import Message

from bots.telegram.content import command_for

Names = Callable[[], Mapping[str, Sequence[str]]]
"""All that each persona is called, by what the house calls it; the newest are asked for."""

_CJK = "㐀-鿿ぁ-ゖァ-ヺー가-힣"
# A letter that would make a longer word of a name. Chinese and Japanese write no spaces, so their
# letters do not: they may stand right beside a Latin name, and a name of theirs inside anything.
_LETTER = rf"[^\W{_CJK}]"
_ENDS_IN_CJK = re.compile(rf"[{_CJK}]\Z")
_BEGINS_IN_CJK = re.compile(rf"[{_CJK}]")


class Called:
    """Finds the names, which may change while we listen."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._known: Mapping[str, Sequence[str]] = {}
        self._patterns: Mapping[str, re.Pattern[str]] = {}

    def __call__(self, message: Message) -> tuple[str, ...]:
        """The personas that *message* calls; in private, and by a command, nobody is called."""
        if message.chat.type == "private" or command_for(message) is not None:
            return ()
        if message.is_automatic_forward:
            return ()
        text = message.text or message.caption or ""
        return tuple(name for name, known in self._newest().items() if known.search(text))

    def _newest(self) -> Mapping[str, re.Pattern[str]]:
        names = self._names()
        if names != self._known:
            self._known = names
            self._patterns = {name: _any(known) for name, known in names.items()}
        return self._patterns


def _any(names: Sequence[str]) -> re.Pattern[str]:
    known = [_pattern(name.strip()) for name in names if name.strip()]
    return re.compile("|".join(known) or r"(?!)", re.IGNORECASE)


def _pattern(name: str) -> str:
    before = "" if _BEGINS_IN_CJK.match(name) else rf"(?<!{_LETTER})"
    after = "" if _ENDS_IN_CJK.search(name) else rf"(?!{_LETTER})"
    return before + re.escape(name) + after
