"""Whose words one turn answers: in a group everybody's burst is kept apart from the others'."""

from collections.abc import Sequence

from anima.model import Heard

_Messages = tuple[Heard, ...]


def head(waiting: _Messages) -> _Messages:
    """The messages that the next turn in a group deals with, in their order.

    It is about the first who asks: all that they wrote, and what others said without asking before
    the next one asks. Where nobody asks it is all of it.
    """
    asker = _asker(waiting)
    if not asker:
        return waiting
    askers = (place for place, one in enumerate(waiting) if one.addressed and not _is(asker, one))
    end = next(askers, len(waiting))
    return tuple(one for place, one in enumerate(waiting) if place < end or _is(asker, one))


def one(waiting: _Messages) -> _Messages:
    """What is waiting up to the first message that asks, where each of them has its own answer."""
    asks = (place for place, one in enumerate(waiting, start=1) if one.addressed)
    return waiting[: next(asks, len(waiting))]


def burst(heard: _Messages) -> _Messages:
    """The words in *heard* that are answered: those of who asks, else of who spoke last."""
    whose = _asker(heard) or _address(heard[-1:])
    return tuple(one for one in heard if _is(whose, one))


def _asker(heard: _Messages) -> str:
    return _address([one for one in heard if one.addressed])


def _address(heard: Sequence[Heard]) -> str:
    return heard[0].speaker.address if heard else ""


def _is(whose: str, one: Heard) -> bool:
    return one.speaker.address == whose
