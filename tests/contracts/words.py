"""What people say in the ledger's tests, and what is answered."""

from collections.abc import Sequence
from datetime import timedelta

from anima.model import Arrival, Claim, Conversation, Incoming, Line, Meaning, Speaker
from anima.ports import Ledger
from anima.steps import Began, Delivered, Ended, Outcome, Released, Say, Step
from tests.contracts.ledgers import START

BOTS = (("telegram", "anima"),)
HOME = Conversation("telegram", "anima", "7")
MEI = Speaker("telegram", "5", "Mei", "zh")


def place(chat: str) -> Conversation:
    """Another chat of the same bot."""
    return Conversation("telegram", "anima", chat)


def incoming(text: str, message: str = "1", where: Conversation = HOME) -> Incoming:
    """Mei's message."""
    return Incoming(where, MEI, text, START, message)


def arrival(key: str, meaning: Meaning | None, source: str = "telegram:anima") -> Arrival:
    """The update *key*, as the platform's own text and as we understood it."""
    return Arrival(source, key, f'{{"update_id": "{key}"}}', meaning)


def message(key: str, text: str, where: Conversation = HOME) -> Arrival:
    """The update *key* with Mei's message of the same number."""
    return arrival(key, incoming(text, key, where))


async def claimed(ledger: Ledger, limit: int = 1) -> Claim:
    """The one conversation that is due."""
    (claim,) = await ledger.claim(limit, BOTS)
    return claim


def texts(claim: Claim) -> list[str]:
    """What waits in *claim*."""
    return [heard.text for heard in claim.waiting]


def waiting(claim: Claim) -> tuple[int, ...]:
    """The ids of what waits in *claim*."""
    return tuple(heard.id for heard in claim.waiting)


def spoken(lines: Sequence[Line]) -> list[str]:
    """The words of *lines*."""
    return [line.text for line in lines]


def said(id_: int, turn: int, text: str) -> tuple[Step, Step]:
    """A bubble decided and delivered."""
    later = START + timedelta(seconds=1)
    return Say(id_, turn, text, later, state="sending"), Delivered(id_, f"m{id_}", later)


def exchange(
    claim: Claim, turn: int, *answers: str, outcome: Outcome = "answered"
) -> tuple[Step, ...]:
    """A whole turn that deals with all that waits in *claim*."""
    bubbles = [
        step
        for number, text in enumerate(answers, start=turn * 10)
        for step in said(number, turn, text)
    ]
    ended = Ended(turn, waiting(claim), outcome, START)
    return (Began(turn, START), *bubbles, ended, Released())
