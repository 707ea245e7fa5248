"""Whether a persona stays the same over a long talk, counted by thirds of it, without a model."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from persona.card import Card
from persona.echo import folded
from persona.language import guess
from persona.plainly import plainly
from persona.signs import SIGNS, THOUGHT, politeness
from persona.slips import Slips
from persona.thirds import LEAST, Measured, Reply, Row, by_thirds, each, moved, thirds

_LONGER: Final = 2.0
_POLITE: Final = {"polite": (0.7, 1.0), "mixed": (0.4, 1.0), "plain": (0.0, 0.5)}  # by tone

_TRANSLATED: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({"Sensei": ("Teacher",)})
"""What a form of address is not to become."""


class Utterance(NamedTuple):
    """One line of a talk, and who said it."""

    who: Literal["person", "persona"]
    text: str


@dataclass(frozen=True, slots=True)
class Drift:
    """What was counted, and in a line each where the persona did not stay itself."""

    replies: tuple[Reply, ...]
    rows: tuple[Row, ...]
    findings: tuple[str, ...]


def drift(card: Card, talk: Sequence[Utterance]) -> Drift:
    """How steady *card* was in *talk*."""
    replies = tuple(_replies(card, talk))
    measured = [found for measure in _MEASURES for found in measure(card, replies)]
    rows = tuple(row for row, _ in measured if row)
    return Drift(replies, rows, tuple(finding for _, all_ in measured for finding in all_))


def _replies(card: Card, talk: Sequence[Utterance]) -> Iterator[Reply]:
    asked = card.languages[0]
    for who, turn in groupby(enumerate(talk, 1), key=lambda one: one[1].who):
        lines = list(turn)
        text = "\n\n".join(utterance.text for _, utterance in lines)
        if who == "person":
            asked = guess(text, asked)
        else:
            yield Reply(lines[0][0], text, asked, guess(text, asked))


def _language(card: Card, replies: Sequence[Reply]) -> Iterator[Measured]:
    def other(reply: Reply) -> bool:
        return reply.asked in card.languages and reply.code != reply.asked

    row, _ = by_thirds("answered in another language", replies, other)
    yield row, each(row.name, filter(other, replies))


def _address(card: Card, replies: Sequence[Reply]) -> Iterator[Measured]:
    for code, address in card.address.items():
        foreign = [word for word in card.address.values() if word not in address]
        foreign += _TRANSLATED.get(address, ())

        def spoken(reply: Reply, code: str = code) -> bool:
            return reply.code == code

        def called(reply: Reply, word: str = address) -> bool:
            return word.casefold() in reply.text.casefold()

        def miscalled(reply: Reply, code: str = code, words: Sequence[str] = foreign) -> bool:
            return reply.code == code and any(word in reply.text for word in words)

        if any(map(spoken, replies)):
            yield by_thirds(f"says {address} ({code})", replies, called, spoken)
            wrong = f"does not keep {address} ({code})"
            yield None, each(wrong, filter(miscalled, replies))


def _register(card: Card, replies: Sequence[Reply]) -> Iterator[Measured]:
    counted = [_politeness(third) for third in thirds(replies)]
    rates = [polite / judged if judged else None for polite, judged in counted]
    told = [rate for rate in rates if rate is not None]
    if told:
        name = "です・ます (ja)"
        least, most = _POLITE.get(card.nature.tone.get("ja", ""), (0.0, 1.0))
        off = [
            f"{name}: {r:.0%} is not the tone of its card" for r in told if not least <= r <= most
        ]
        enough = min(counted[0][1], counted[-1][1]) >= LEAST
        yield Row(name, tuple(rates)), [*(moved(name, rates) if enough else []), *off]


def _politeness(replies: Sequence[Reply]) -> tuple[int, int]:
    """How many sentences of the Japanese *replies* are polite, and of how many."""
    counts = [politeness(reply.text) for reply in replies if reply.code == "ja"]
    return sum(polite for polite, _ in counts), sum(judged for _, judged in counts)


def _habits(card: Card, replies: Sequence[Reply]) -> Iterator[Measured]:
    habits = card.nature.habits
    kept = {"emoji": habits.emoji, "kaomoji": habits.kaomoji, "emotes": habits.emotes}
    for name, sign in SIGNS.items():

        def holds(reply: Reply, search: Callable[[str], object] = sign.search) -> bool:
            return bool(search(reply.text))

        row, moved = by_thirds(f"{name}", replies, holds)
        never = each(f"{name}, never by its card", filter(holds, replies))
        yield row, never if kept[name] == "never" else moved
    for code, particles in habits.particles.items():

        def likes(reply: Reply, words: Sequence[str] = particles) -> bool:
            return any(word in reply.text for word in words)

        def spoken(reply: Reply, code: str = code) -> bool:
            return reply.code == code

        yield by_thirds(f"particles ({code})", replies, likes, spoken)


def _forbidden(card: Card, replies: Sequence[Reply]) -> Iterator[Measured]:
    slips = Slips(card.called, card.stance)
    again = {
        reply.line
        for before, reply in pairwise(replies)
        if folded(before.text) == folded(reply.text)
    }
    kinds: list[tuple[str, Callable[[Reply], bool]]] = [
        ("slips and stock refusals", lambda reply: slips.holds(reply.text)),
        ("thinks aloud", lambda reply: bool(THOUGHT.search(reply.text))),
        ("repeats itself", lambda reply: reply.line in again),
    ]
    if not card.nature.habits.markdown:
        marked = ("markdown", lambda reply: plainly(reply.text) != reply.text.strip())
        kinds.append(marked)
    for name, holds in kinds:
        row, _ = by_thirds(name, replies, holds)
        yield row, each(name, filter(holds, replies))


def _length(_: Card, replies: Sequence[Reply]) -> Iterator[Measured]:
    lengths = [[len(reply.text) for reply in third] for third in thirds(replies)]
    medians = [median(third) if third else None for third in lengths]
    first, last = medians[0], medians[-1]
    told = []
    enough = min(len(lengths[0]), len(lengths[-1])) >= LEAST
    if enough and first and last and not 1 / _LONGER < last / first < _LONGER:
        told = [f"length: {first:.0f} characters at first, {last:.0f} at last"]
    yield Row("characters in a reply", tuple(medians), share=False), told


_MEASURES: Final = (_language, _address, _register, _habits, _forbidden, _length)
