"""The one prompt maker: from a card and a scene to messages that every chat template takes.

The order is: who it is (never changes), the talk (only grows), the late block, what was just
heard. So all but the end is the same as in the turn before, which a prefix cache turns into speed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from anima.model import Message, Prompt, Scene, Soul, Speaker
from persona.albums import joined, messages, together
from persona.brief import brief, small
from persona.budget import Budget
from persona.card import Card
from persona.inward import inward
from persona.laid import Cut, Laid, Layer, Name, Page, spaced
from persona.late import Aside, answered_in, aside, curt, first, late, noted
from persona.layers import equipped, page
from persona.lore_shelf import shelf
from persona.lore_told import names, told
from persona.names import label
from persona.posing import unposed
from persona.quoting import answering, authors
from persona.recollection import recollected
from persona.sights import cost, read, visible
from persona.tokens import Counting, estimate

_MARGIN = 64  # for what a template adds on its own
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
    count: Counting = estimate,
) -> Prompt:
    """The prompt for *scene*, within the context of *soul*, whose tokens *count* tells.

    Where that is too small, the oldest talk goes first, then the lore that came to mind, the least
    important first, then the examples, then all talk. The card stays, and so does what was just
    heard, of which too long messages keep beginning and end. A small soul gets the brief form of
    the card, in the language of what was heard. *asides* and *notes* are told in the late block,
    *tools* on the first page.
    """
    return laid(card, scene, soul, asides=asides, notes=notes, tools=tools, count=count).prompt


def laid(
    card: Card,
    scene: Scene,
    soul: Soul,
    *,
    asides: Sequence[Aside] = (),
    notes: Sequence[str] = (),
    tools: str = "",
    count: Counting = estimate,
) -> Laid:
    """The same prompt in its layers, with what found no room."""
    budget = Budget(count)
    speakers = [line.speaker for line in scene.lines if line.speaker]
    labels = label([*speakers, *(heard.speaker for heard in scene.heard)], card.called)
    shown = {} if scene.private and not scene.conversation.borrowed else labels
    marks = {address: f"‹{unposed(name)}› " for address, name in shown.items()}
    talk = [_turn(line.speaker, line.text, marks) for line in together(scene.lines)]
    openings = [budget.opening(equipped(one, tools)) for one in _openings(card, scene, soul)]
    block = noted(
        _block(card, scene, soul, labels, asides, count=count), [*first(scene), *notes], count
    )
    said = _told(card, scene, marks, count)
    left = room(soul) - budget.cost(block)
    pictures = visible(scene, left - openings[-1].cost) if soul.sees else ()
    left -= sum(map(cost, pictures))
    heard = budget.fit(said, left - openings[-1].cost)
    left -= sum(map(budget.cost, heard))
    few, lore = small(soul), shelf(card).lore
    known = told(lore, scene, left - openings[0].cost, few=few, count=count)
    opening, start, kept = budget.choose(openings, talk, known, left)
    cut = Cut(
        lines=start,
        lore=names(known.entries[len(kept.entries) :]),
        passed=names(known.passed),
        examples=opening.cost < openings[0].cost,
        shortened=sum(one != whole for one, whole in zip(heard, said, strict=True)),
    )
    before, newest = _ended(talk[start:], kept.text, block, "\n".join(heard))
    return Laid(opening.pages, before, replace(newest, pictures=pictures), cut)


def room(soul: Soul) -> int:
    """The tokens that a prompt for *soul* may cost: its context without what an answer takes."""
    return soul.context - soul.max_tokens - _MARGIN


def _block(
    card: Card,
    scene: Scene,
    soul: Soul,
    labels: _Labels,
    asides: Sequence[Aside],
    *,
    count: Counting,
) -> str:
    """The late block without lore. A small mind would answer the note instead of heeding it."""
    inner = () if small(soul) else inward(card, scene)
    memories = recollected(scene.remembered, scene.now)
    lines = [aside(one, count=count) for one in (*memories, *inner, *asides)]
    if small(soul):
        return "\n".join(filter(None, (*lines, curt(card, scene, labels, count))))
    note = [aside(Aside("note", card.note), count=count)] if card.note else []
    return "\n".join((*lines, *note, late(card, scene, labels, count)))


def _openings(card: Card, scene: Scene, soul: Soul) -> Sequence[tuple[Page, ...]]:
    """What stands before the talk: with the card's examples, and without."""
    if not small(soul):
        whole = page(card)
        return (whole,), (whole.without("examples"),)
    code = answered_in(card, scene)
    forms = brief(card, code), brief(card, code, examples=False)
    return [tuple(map(_briefly, form)) for form in forms]


def _briefly(message: Message) -> Page:
    name: Name = "who you are" if message.role == "system" else "examples"
    return Page(message.role, (Layer(name, message.content),))


def _turn(speaker: Speaker | None, text: str, marks: _Labels) -> Message:
    if speaker is None:
        return Message("assistant", unposed(text))
    return Message("user", _mark(speaker, marks) + unposed(text))


def _told(card: Card, scene: Scene, marks: _Labels, count: Counting) -> list[str]:
    """What was just heard, message by message, with what it answers and what came along."""
    names = authors(scene, card.called)
    return [
        _mark(parts[0].speaker, marks)
        + "".join(answering(one, scene, names, count) for one in parts)
        + unposed(joined(one.text for one in parts))
        + read(scene, {one.id for one in parts})
        for parts in messages(scene.heard)
    ]


def _mark(speaker: Speaker, marks: _Labels) -> str:
    """What stands before the words of *speaker*; nothing where only one speaks."""
    return marks[speaker.address] if marks else ""


def _ended(talk: Sequence[Message], lore: str, block: str, heard: str) -> tuple[Prompt, Page]:
    """*talk* as templates want it, and the message that ends it with what is told now.

    Where a person had the last word before, that is where this one begins.
    """
    turns = _alternating(talk)
    last = turns.pop().content if turns and turns[-1].role == "user" else ""
    gap = "\n\n" if lore or block else "\n"
    layers = spaced(
        (
            ("the talk", "", last),
            ("lore called up", "\n", lore),
            ("late block", "\n", block),
            ("what was just heard", gap, heard if heard or lore or block else _WORDLESS),
        )
    )
    return tuple(turns), Page("user", tuple(layers))


def _alternating(turns: Sequence[Message]) -> list[Message]:
    """*turns* with neighbours of one role made one, beginning with a person's."""
    told = [turn for turn in turns if turn.content]
    merged = [_EARLIER] if told and told[0].role == "assistant" else []
    for turn in told:
        if merged and merged[-1].role == turn.role:
            gap = "\n\n" if turn.role == "assistant" else "\n"
            merged[-1] = Message(turn.role, merged[-1].content + gap + turn.content)
        else:
            merged.append(turn)
    return merged
