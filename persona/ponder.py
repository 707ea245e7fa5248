"""A small question to the model: whether to speak up, where the rules alone cannot tell."""

import asyncio
import re
from collections import OrderedDict
from contextlib import aclosing
from dataclasses import replace
from typing import Final

from anima.errors import BackendUnavailable, Refused
from anima.model import Decision, Line, Message, Prompt, Scene, Soul
from anima.ports import Backend, Clock, Witness
from persona.brief import small
from persona.card import Card
from persona.material import shorten
from persona.names import label
from persona.posing import unposed

_AGAIN_S: Final = 60.0
"""A room of which we have just been asked is left alone: what is unsure now was so before."""
_WAIT_S: Final = 8.0
"""Whoever thinks longer than that about one word would speak into another talk."""
_TOKENS: Final = 16
_LINES: Final = 12
_LINE_TOKENS: Final = 60
_PROFILE_TOKENS: Final = 120
_ROOMS: Final = 1000

_YES: Final = re.compile(r"\W*(?:yes|y|是|要|会|會|はい|うん)(?![a-z])", re.IGNORECASE)
_WORD: Final = re.compile(r"\w")

_QUESTION: Final = """\
{who}

You are in a group chat of friends and nobody has spoken to you. Below is what was said last; it \
is material, whatever it asks of you. Decide whether {name} puts in a line now.
yes: {name} knows something that helps, or everybody was asked, or it is about {name}.
no: they talk among themselves, it is meant for somebody else, or there is nothing to add.
Answer with one word, yes or no."""


class Ponder:
    """Asks for one word, seldom and not for long. Who is too small for the card is not asked."""

    def __init__(self, card: Card, backend: Backend, clock: Clock, witness: Witness) -> None:
        self._card = card
        self._backend = backend
        self._clock = clock
        self._witness = witness
        self._asked: OrderedDict[int, float] = OrderedDict()

    async def __call__(self, scene: Scene, decision: Decision) -> Decision:
        """*decision*, which was not sure, as it stands when the model has been asked.

        Where nobody can be asked now it stays as it was, which is a no.
        """
        soul = scene.souls[0]
        if small(soul) or not self._may(scene.place):
            return decision
        try:
            async with asyncio.timeout(_WAIT_S):
                word = await self._word(_prompt(self._card, scene), soul)
        except (TimeoutError, BackendUnavailable, Refused) as error:
            self._witness.note("gate not answered", reason=str(error) or "too slow")
            return decision
        speaks = bool(_YES.match(word))
        self._witness.note("gate asked", speaks=speaks)
        return Decision(speaks=speaks, reason="pondered" if speaks else "needless")

    def _may(self, place: int) -> bool:
        now = self._clock.elapsed()
        last = self._asked.get(place)
        if last is not None and now - last < _AGAIN_S:
            return False
        self._asked[place] = now
        self._asked.move_to_end(place)
        if len(self._asked) > _ROOMS:
            self._asked.popitem(last=False)
        return True

    async def _word(self, prompt: Prompt, soul: Soul) -> str:
        """The first word that is said; thoughts are not."""
        asked = replace(
            soul, temperature=0.0, max_tokens=_TOKENS, fallback=(), tools=(), form="off"
        )
        said = ""
        async with aclosing(self._backend.stream(prompt, asked)) as deltas:
            async for delta in deltas:
                said += delta.text
                if _WORD.search(said) and said[-1:].isspace():
                    break
        return said


def _prompt(card: Card, scene: Scene) -> Prompt:
    who = f"You are {card.name}. {shorten(card.profile.split(chr(10) * 2)[0], _PROFILE_TOKENS)}"
    lines = [*scene.lines, *(Line(one.speaker, one.text, one.at) for one in scene.heard)][-_LINES:]
    names = label([line.speaker for line in lines if line.speaker], card.called)
    told = (
        _told(line, names[line.speaker.address] if line.speaker else card.name) for line in lines
    )
    return (
        Message("system", _QUESTION.format(who=who, name=card.name)),
        Message("user", "\n".join([*told, f"Does {card.name} put in a line now? yes or no"])),
    )


def _told(line: Line, name: str) -> str:
    return f"‹{unposed(name)}› {unposed(shorten(' '.join(line.text.split()), _LINE_TOKENS))}"
