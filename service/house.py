"""What the house says before any model is asked: commands, and who may come in."""

from typing import Final

from anima.model import Heard
from anima.ports import Persona
from persona.language import guess
from service.settings import Settings

_HELP: Final = {
    "en": "Just write to me, as you would to anybody. /start: we begin. /help: this.",
    "zh": "直接跟我说话就好。/start: 开始聊天。/help: 显示这段说明。",
    "ja": "ふつうに話しかけてください。/start: 話しはじめる。/help: この説明。",
}
_STRANGER: Final = {
    "en": "I only talk with people I know. Please ask my owner to let you in.",
    "zh": "我只和认识的人聊天，请先让我的主人同意。",
    "ja": "知っている人とだけお話ししています。まず私の持ち主に声をかけてください。",
}
_MOST_TOLD = 10_000
"""Strangers to whom we remember having said so; beyond that one of them may hear it twice."""


class FrontDoor:
    """The port `House`."""

    def __init__(self, settings: Settings, persona: Persona) -> None:
        access = settings.access
        self._known = {*access.admins, *access.listed}
        self._open = access.who == "everyone"
        self._persona = persona
        self._told: dict[str, None] = {}

    def admits(self, heard: Heard) -> bool:
        return self._open or heard.speaker.address in self._known

    def refusal(self, heard: Heard) -> str:
        address = heard.speaker.address
        if address in self._told:
            return ""
        self._told[address] = None
        if len(self._told) > _MOST_TOLD:
            del self._told[next(iter(self._told))]
        return _in_words(_STRANGER, heard)

    def answer(self, heard: Heard) -> str | None:
        match heard.text.split(maxsplit=1)[:1]:
            case ["/start"]:
                return self._persona.greeting(heard)
            case ["/help"]:
                return _in_words(_HELP, heard)
        return None


def _in_words(lines: dict[str, str], heard: Heard) -> str:
    """A command tells nothing of a language, so the client's own counts for it."""
    words = "" if heard.text.startswith("/") else heard.text
    return lines.get(guess(words, heard.speaker.language or "en"), lines["en"])
