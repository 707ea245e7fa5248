"""The one prompt maker: from a card and a scene to messages that every chat template takes.

The order is: who it is (never changes), the talk (only grows), the late block, what was just
heard. So all but the end is the same as in the turn before, which a prefix cache turns into speed.
"""

from collections.abc import Mapping, Sequence
from itertools import accumulate

from anima.model import Message, Prompt, Scene, Soul, Speaker
from persona.card import Card
from persona.late import late
from persona.layers import first
from persona.material import plain, shorten
from persona.names import label
from persona.tokens import MESSAGE_TOKENS, estimate

_MARGIN = 64  # for what a template adds on its own
_BLOCK = 10  # old talk goes in blocks, so that the rest stays a prefix for several turns
_LEAST = 64  # what was heard is never cut below this, whatever the card costs
_EARLIER = Message("user", "‹earlier› The talk begins with words of yours.")

_Labels = Mapping[str, str]


def compose(card: Card, scene: Scene, soul: Soul) -> Prompt:
    """The prompt for *scene*, within the context of *soul*.

    Where that is too small, the oldest talk goes first, then the examples, then all talk. The card
    stays, and so does what was just heard, of which too long messages keep beginning and end.
    """
    speakers = [line.speaker for line in scene.lines if line.speaker]
    labels = label([*speakers, *(heard.speaker for heard in scene.heard)], card.called)
    shown = {} if scene.private else labels
    talk = [_turn(line.speaker, line.text, shown) for line in scene.lines]
    block = late(card, scene, labels)
    heard = [_turn(message.speaker, message.text, shown).content for message in scene.heard]
    room = soul.context - soul.max_tokens - _MARGIN - _cost(block)
    heard = _fit(heard, room - _cost(first(card, examples=False).content))
    system, kept = _choose(card, talk, room - sum(map(_cost, heard)))
    newest = Message("user", "\n\n".join(filter(None, (block, "\n".join(heard)))))
    return system, *_alternating([*kept, newest])


def _turn(speaker: Speaker | None, text: str, labels: _Labels) -> Message:
    if speaker is None:
        return Message("assistant", plain(text))
    mark = f"‹{labels[speaker.address]}› " if labels else ""
    return Message("user", mark + plain(text))


def _cost(text: str) -> int:
    return estimate(text) + MESSAGE_TOKENS


def _fit(texts: Sequence[str], room: int) -> list[str]:
    """*texts* within *room*, the longest ones shortened to an equal share."""
    left, share = max(room, _LEAST), 0
    for done, cost in enumerate(sorted(map(_cost, texts))):
        share = left // (len(texts) - done)
        left -= min(cost, share)
    return [shorten(text, max(share - MESSAGE_TOKENS, 1)) for text in texts]


def _choose(card: Card, talk: Sequence[Message], room: int) -> tuple[Message, Sequence[Message]]:
    """The first message and as much of the *talk* as fits into *room* with it."""
    costs = [*accumulate((_cost(turn.content) for turn in reversed(talk)), initial=0)][::-1]
    for examples in (True, False):
        system = first(card, examples=examples)
        left = room - _cost(system.content)
        for start in range(0, len(talk) or 1, _BLOCK):
            if costs[start] <= left:
                return system, talk[start:]
    return system, ()


def _alternating(turns: Sequence[Message]) -> list[Message]:
    """*turns* with neighbours of one role made one, beginning with a person's."""
    told = [turn for turn in turns if turn.content]
    merged = [_EARLIER] if told[0].role == "assistant" else []
    for turn in told:
        if merged and merged[-1].role == turn.role:
            gap = "\n\n" if turn.role == "assistant" else "\n"
            merged[-1] = Message(turn.role, merged[-1].content + gap + turn.content)
        else:
            merged.append(turn)
    return merged
