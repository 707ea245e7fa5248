"""Writing down what has already happened, though the database may be away for a moment."""

from anima.errors import LedgerUnavailable
from anima.model import Claim
from anima.pace import backoff_s
from anima.ports import Clock, Ledger
from anima.steps import Step


async def persist(
    ledger: Ledger, clock: Clock, claim: Claim, *steps: Step, within_s: float
) -> None:
    """Write *steps*, again and again while the ledger is away, for *within_s* at most.

    They must do no harm when they are taken twice: a write that failed may have been kept.
    """
    until = clock.elapsed() + within_s
    attempt = 0
    while True:
        attempt += 1
        try:
            return await ledger.write(claim, *steps)
        except LedgerUnavailable:
            if clock.elapsed() + backoff_s(attempt) > until:
                raise
        await clock.sleep(backoff_s(attempt))
