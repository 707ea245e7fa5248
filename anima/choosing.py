"""Which version of the soul speaks in a conversation, from what people chose."""

from collections.abc import Collection, Iterable, Sequence
from hashlib import sha256

from anima.model import Choice, Conversation

EVERYBODY = 100
"""Percent from which on a choice is no canary."""


def chosen(
    choices: Sequence[Choice], conversation: Conversation, known: Collection[str], first: str
) -> str:
    """The soul that speaks in *conversation*: of the newest choice that names a *known* one.

    Without any it is *first*. A canary comes before the choice for everywhere, where it is newer
    and the conversation belongs to its share; never before the conversation's own.
    """
    own = _newest(one for one in choices if one.here and one.soul in known)
    common = _newest(one for one in _full(choices) if one.soul in known)
    if own and (common is None or own.id > common.id):
        return own.soul
    trial = canary(choices, known)
    if trial and takes_part(trial, conversation):
        return trial.soul
    return common.soul if common else first


def everywhere(choices: Sequence[Choice], known: Collection[str], first: str) -> str:
    """The soul that speaks wherever neither the conversation's own choice nor a canary counts."""
    common = _newest(one for one in _full(choices) if one.soul in known)
    return common.soul if common else first


def canary(choices: Sequence[Choice], known: Collection[str]) -> Choice | None:
    """The canary that holds: a newer word for everywhere ends it, and so does a share of nothing.

    Both do whether or not the soul that they name is still *known*: nobody who ended a canary
    shall see it again because a version was taken out of the settings.
    """
    trials = (one for one in choices if not one.here and one.percent < EVERYBODY)
    trial = _newest(one for one in trials if one.soul in known or one.percent <= 0)
    full = _newest(_full(choices))
    if trial is None or trial.percent <= 0 or (full and full.id > trial.id):
        return None
    return trial


def takes_part(trial: Choice, conversation: Conversation) -> bool:
    """Whether *conversation* belongs to the share of the canary *trial*.

    Its place depends on nothing but the soul's name and its own address: it is the same in every
    process, and who takes part at 10 percent does so at 20.
    """
    place = conversation
    words = (trial.soul, place.platform, place.bot, place.chat, place.connection, place.thread)
    digest = sha256("\0".join(words).encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8]) * EVERYBODY < trial.percent * 2**64


def _full(choices: Iterable[Choice]) -> Iterable[Choice]:
    return (one for one in choices if not one.here and one.percent >= EVERYBODY)


def _newest(choices: Iterable[Choice]) -> Choice | None:
    return max(choices, key=lambda one: one.id, default=None)
