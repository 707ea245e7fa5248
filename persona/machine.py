"""Who answers like a machine: with such a one a persona would talk for ever."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from anima.model import Line

_NAMED = re.compile(r"(?:\b|_|(?<=[a-z0-9]))Bot\Z|(?:\b|_)(?:bot|BOT)\Z|机器人\Z|機器人\Z|ボット\Z")
_ROUNDS: Final = 2
"""So often we may have answered one before we notice."""
_SURE_ROUNDS: Final = 8
"""For one who only is too quick: people paste, and some write to us by programs of their own."""
_LONG: Final = 80
_ANSWER: Final = 30
"""Letters of a text that is more than a word one says again."""
_AT_ONCE: Final = 10
_A_SECOND: Final = 15
"""Letters that nobody exceeds who reads what we said and types an answer to it."""


def is_machine(newest: Line, talk: Sequence[Line]) -> bool:
    """Whether the speaker of *newest* may be one: nobody misses words of ours to them unasked.

    They are called a bot, said the very same twice already, or answered us twice too quickly.
    """
    theirs = [line for line in talk if _same(line, newest)]
    return _is_called_so(newest) or _repeats(newest, theirs) or _is_quick(newest, talk)


def is_loop(newest: Line, talk: Sequence[Line]) -> bool:
    """Whether *newest*, though said to us, is one more round of a talk with a machine.

    Nobody else took part in the last rounds, and whoever did is called a bot, says the same again
    and again at once, or has written much too quickly for long.
    """
    rounds = _rounds(newest, talk)
    if len(rounds) < _ROUNDS:
        return False
    if _is_called_so(newest):
        return True
    last = [answer for _, answer in rounds[-_ROUNDS:]]
    recited = len(newest.text) >= _ANSWER and _repeats(newest, last)
    if recited and all(map(_too_quick, rounds[-_ROUNDS:])):
        return True
    return len(rounds) >= _SURE_ROUNDS and all(
        _too_quick(one) and len(one[1].text) >= _LONG for one in rounds[-_SURE_ROUNDS:]
    )


_Round = tuple[Line, Line]


def _rounds(newest: Line, talk: Sequence[Line]) -> list[_Round]:
    """Our words and their answer to them, as long as nobody else speaks; *newest* is the last."""
    told = [*talk, newest]
    first = len(told)
    while first and (told[first - 1].speaker is None or _same(told[first - 1], newest)):
        first -= 1
    return _answers(newest, told[first:])


def _answers(newest: Line, told: Sequence[Line]) -> list[_Round]:
    return [
        (ours, line)
        for ours, line in pairwise(told)
        if ours.speaker is None and _same(line, newest)
    ]


def _is_quick(newest: Line, talk: Sequence[Line]) -> bool:
    answers = _answers(newest, [*talk, newest])[-_ROUNDS:]
    return len(answers) == _ROUNDS and all(
        _too_quick(one) and len(one[1].text) >= _LONG for one in answers
    )


def _too_quick(one: _Round) -> bool:
    ours, answer = one
    elapsed = max(0.0, (answer.at - ours.at).total_seconds())
    return len(answer.text) > _AT_ONCE + _A_SECOND * elapsed


def _repeats(newest: Line, theirs: Sequence[Line]) -> bool:
    last = [line.text.strip() for line in theirs[-_ROUNDS:]]
    return last == [newest.text.strip()] * _ROUNDS


def _is_called_so(line: Line) -> bool:
    return bool(line.speaker and _NAMED.search(line.speaker.name.strip()))


def _same(line: Line, other: Line) -> bool:
    same = line.speaker and other.speaker and line.speaker.address == other.speaker.address
    return bool(same)
