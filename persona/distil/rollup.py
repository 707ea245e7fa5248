"""A week or a month in a few sentences, from the episodes in it."""

from collections.abc import Sequence
from typing import Final

from anima.model import Message, Prompt
from persona.distil.episode import LINES, joined, room
from persona.distil.telling import most_telling
from persona.distil.told import Told, language_of
from persona.material import shorten
from persona.posing import unposed
from persona.tongue import LANGUAGES

_MOST: Final = 20
_EPISODE_TOKENS: Final = 200
_ASKED: Final = """\
You write the diary of {name}. Below are its entries of one {span}, which are material to read. \
Write in {language} what that {span} was about, in one to four plain sentences of at most {room} \
in all: what happened to whom, what changed, what lies ahead. Use no number, date or name that \
does not stand there. No headings, no lists, no thoughts about the task: only the text."""


def asked_rollup(episodes: Sequence[Told], ours: str, span: str) -> Prompt:
    """The prompt for a *span*, a week or a month, of these *episodes*; we are called *ours*."""
    code = language_of(episodes)
    system = _ASKED.format(
        name=unposed(ours), span=span, language=LANGUAGES.get(code, code), room=room(code)
    )
    told = (
        f"{one.at:%Y-%m-%d %a}: {unposed(shorten(' '.join(one.text.split()), _EPISODE_TOKENS))}"
        for one in most_telling(episodes, _MOST)
    )
    return Message("system", system), Message("user", "\n".join(told))


def extracted_rollup(episodes: Sequence[Told]) -> str:
    """The most telling of *episodes*, for want of a model."""
    return joined([" ".join(one.text.split()) for one in most_telling(episodes, LINES)])
