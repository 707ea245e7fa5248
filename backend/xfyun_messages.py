"""A prompt in the form that iFLYTEK takes: the system speaks once, and first."""

from collections.abc import Sequence
from itertools import takewhile

from anima.model import Message, Prompt


def arranged(prompt: Prompt) -> Prompt:
    """*prompt* with one system message at most, at its head, and no word of it lost.

    What the system says later is told with the next user message, after the last one with that;
    where no user speaks at all it goes to the head.
    """
    head = [*takewhile(lambda message: message.role == "system", prompt)]
    talk, late = _told(prompt[len(head) :])
    if late:
        talk, left = _told_last(talk, late)
        head += left
    return *_one(head), *talk


def _told(talk: Sequence[Message]) -> tuple[list[Message], list[Message]]:
    """*talk* without the system's messages, and those that no user's message followed."""
    told: list[Message] = []
    late: list[Message] = []
    for message in talk:
        if message.role == "system":
            late.append(message)
        elif message.role == "user" and late:
            told.append(_joined("user", [*late, message]))
            late = []
        else:
            told.append(message)
    return told, late


def _told_last(talk: list[Message], late: list[Message]) -> tuple[list[Message], Sequence[Message]]:
    """*talk* with *late* added to its last user message, and what found no such message."""
    heard = [at for at, message in enumerate(talk) if message.role == "user"]
    if not heard:
        return talk, late
    last = _joined("user", [talk[heard[-1]], *late])
    return [*talk[: heard[-1]], last, *talk[heard[-1] + 1 :]], ()


def _one(head: Sequence[Message]) -> Prompt:
    return (_joined("system", head),) if head else ()


def _joined(role: str, messages: Sequence[Message]) -> Message:
    text = "\n\n".join(message.content for message in messages if message.content)
    return Message("user" if role == "user" else "system", text)
