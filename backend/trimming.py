"""A prompt that its server finds too long, made shorter."""

from dataclasses import replace
from itertools import takewhile

from anima.model import Message, Prompt


def trimmed(prompt: Prompt) -> Prompt | None:
    """*prompt* without the older half of its talk, or, where there is none, without its pictures.

    None where nothing can be left out.

    Who it is and what was just heard stay: the system's words, wherever they stand, and all from
    the last user message on. The talk that is left begins with a user message.
    """
    first = sum(1 for _ in takewhile(_ours, prompt))
    last = _last(prompt)
    talk = [at for at in range(first, last) if not _ours(prompt[at])]
    if not talk:
        return _wordy(prompt)
    drop = len(talk) // 2 or 1
    while drop < len(talk) and prompt[talk[drop]].role != "user":
        drop += 1
    gone = frozenset(talk[:drop])
    return tuple(message for at, message in enumerate(prompt) if at not in gone)


def _wordy(prompt: Prompt) -> Prompt | None:
    shows = any(message.pictures for message in prompt)
    return tuple(replace(message, pictures=()) for message in prompt) if shows else None


def _ours(message: Message) -> bool:
    return message.role == "system"


def _last(prompt: Prompt) -> int:
    """Where the part begins that is never touched: at the last user message, or the last at all."""
    heard = [at for at, message in enumerate(prompt) if message.role == "user"]
    return heard[-1] if heard else len(prompt) - 1
