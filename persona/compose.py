"""The one prompt maker: from a card and a scene to messages that every chat template takes.

The order is: who it is (never changes), the talk (only grows), the late block, what was just
heard. So all but the end is the same as in the turn before, which a prefix cache turns into speed.
"""

from collections.abc import Mapping, Sequence
from itertools import accumulate

from anima.model import Message, Prompt, Scene, Soul, Speaker
from persona.brief import brief, small
from persona.card import Card
from persona.late import Aside, answered_in, aside, curt, late, noted
from persona.layers import equipped, first
from persona.lore_shelf import shelf
from persona.lore_told import Told, told
from persona.material import shorten
from persona.names import label
from persona.posing import unposed
from persona.tokens import MESSAGE_TOKENS, estimate

_MARGIN = 64  # for what a template adds on its own
_BLOCK = 10  # old talk goes in blocks, so that the rest stays a prefix for several turns
_LEAST = 64  # what was heard is never cut below this, whatever the card costs
_EARLIER = Message("user", "‹earlier› The talk begins with words of yours.")
_WORDLESS = "…"  # templates refuse a message without a character

_Labels = Mapping[str, str]


def compose(
    card: Card,
    scene: Scene,
    soul: Soul,
    *,
    asides: Sequence[Aside] = (),
    notes: Sequence[str] = (),
    tools: str = "",
) -> Prompt:
    """The prompt for *scene*, within the context of *soul*.

    Where that is too small, the oldest talk goes first, then the lore that came to mind, the least
    important first, then the examples, then all talk. The card stays, and so does what was just
    heard, of which too long messages keep beginning and end. A small soul gets the brief form of
    the card, in the language of what was heard. *asides* and *notes* are told in the late block,
    *tools* on the first page.
    """
    speakers = [line.speaker for line in scene.lines if line.speaker]
    labels = label([*speakers, *(heard.speaker for heard in scene.heard)], card.called)
    shown = {} if scene.private else labels
    talk = [_turn(line.speaker, line.text, shown) for line in scene.lines]
    openings = [equipped(opening, tools) for opening in _openings(card, scene, soul)]
    block = noted(_block(card, scene, soul, labels, asides), notes)
    heard = [_turn(message.speaker, message.text, shown).content for message in scene.heard]
    room = soul.context - soul.max_tokens - _MARGIN - _cost(block)
    heard = _fit(heard, room - _whole(openings[-1]))
    room -= sum(map(_cost, heard))
    known = told(shelf(card).lore, scene, room - _whole(openings[0]), few=small(soul))
    opening, kept, known = _choose(openings, talk, known, room)
    parts = ("\n".join(filter(None, (known.text, block))), "\n".join(heard))
    newest = Message("user", "\n\n".join(filter(None, parts)) or _WORDLESS)
    return *opening, *_alternating([*kept, newest])


def _block(card: Card, scene: Scene, soul: Soul, labels: _Labels, asides: Sequence[Aside]) -> str:
    """The late block without lore. A small mind would answer the note instead of heeding it."""
    lines = [aside(one) for one in asides]
    if small(soul):
        return "\n".join(filter(None, (*lines, curt(card, scene))))
    note = [aside(Aside("note", card.note))] if card.note else []
    return "\n".join((*lines, *note, late(card, scene, labels)))


def _openings(card: Card, scene: Scene, soul: Soul) -> tuple[Prompt, Prompt]:
    """What stands before the talk: with the card's examples, and without."""
    if small(soul):
        code = answered_in(card, scene)
        return brief(card, code), brief(card, code, examples=False)
    return (first(card),), (first(card, examples=False),)


def _turn(speaker: Speaker | None, text: str, labels: _Labels) -> Message:
    if speaker is None:
        return Message("assistant", unposed(text))
    mark = f"‹{unposed(labels[speaker.address])}› " if labels else ""
    return Message("user", mark + unposed(text))


def _cost(text: str) -> int:
    return estimate(text) + MESSAGE_TOKENS


def _whole(prompt: Prompt) -> int:
    return sum(_cost(message.content) for message in prompt)


def _fit(texts: Sequence[str], room: int) -> list[str]:
    """*texts* within *room*, the longest ones shortened to an equal share."""
    left, share = max(room, _LEAST), 0
    for done, cost in enumerate(sorted(map(_cost, texts))):
        share = left // (len(texts) - done)
        left -= min(cost, share)
    return [shorten(text, max(share - MESSAGE_TOKENS, 1)) for text in texts]


def _choose(
    openings: Sequence[Prompt], talk: Sequence[Message], known: Told, room: int
) -> tuple[Prompt, Sequence[Message], Told]:
    """The first opening that leaves room for talk, as much of the *talk* as fits, and of lore."""
    costs = [*accumulate((_cost(turn.content) for turn in reversed(talk)), initial=0)][::-1]
    whole, bare = openings[0], openings[-1]
    choices = [*((whole, less) for less in known.dwindling()), (bare, known.none())]
    for opening, lore in choices:
        left = room - _whole(opening) - lore.cost
        for start in range(0, len(talk) or 1, _BLOCK):
            if costs[start] <= left:
                return opening, talk[start:], lore
    return bare, (), known.none()


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
