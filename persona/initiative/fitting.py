"""What a persona wants to write first, weighed as a whole before any of it is said."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace

from anima.model import Account, Bubble, Speech
from anima.ports import Witness
from persona.initiative.impelled import declines, leaks

MOST = 3
"""Bubbles; who writes first does not give a speech."""


async def fit(
    speech: AsyncGenerator[Speech, None], witness: Witness
) -> AsyncGenerator[Speech, None]:
    """*speech* without its drafts, once it is whole; only its account, where it declines or leaks.

    Nobody waits for it, so there is time to look at all of it.
    """
    bubbles: list[Bubble] = []
    account: Account | None = None
    async with aclosing(speech):
        async for one in speech:
            match one:
                case Bubble():
                    bubbles.append(replace(one, account=None))
                    account = one.account or account
                case Account():
                    account = one
                case _:
                    continue  # a draft would show what may not be said
    for one in _kept(bubbles, account, witness):
        yield one


def _kept(bubbles: list[Bubble], account: Account | None, witness: Witness) -> list[Speech]:
    leaked = any(leaks(one.text) for one in bubbles)
    if leaked:
        witness.note("not written first", reason="it would have told how it came about")
    if leaked or declines("\n".join(one.text for one in bubbles)):
        return [account] if account else []
    *before, last = bubbles[:MOST]
    return [*before, replace(last, account=account)]
