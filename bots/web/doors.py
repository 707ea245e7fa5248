"""The door before everything, when the owner has set a password."""

import hashlib
import hmac
from collections import OrderedDict
from math import ceil
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from anima.ports import Clock
from bots.web.guests import keep
from bots.web.signing import Signature

COOKIE: Final = "anima_door"
KEPT_S: Final = 30 * 24 * 3600
_LONGEST_WAIT_S: Final = 900
_FREE: Final = 3
"""Mistakes that cost no time: everybody mistypes."""
_KNOWN: Final = 10_000


class Door:
    """Knows the *password*. Its cookie dies with the password, with the key, and by age."""

    def __init__(self, key: bytes, password: str, clock: Clock) -> None:
        self._password = password.encode()
        purpose = "door " + hashlib.sha256(self._password).hexdigest()
        self._signature = Signature(key, purpose)
        self._clock = clock
        self._wrong: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def knows(self, request: Request) -> bool:
        """Whether whoever asks has been let in before, or brings the password as a bearer."""
        opened = self._signature.word(request.cookies.get(COOKIE, ""))
        if opened is not None:
            return self._clock.now().timestamp() - int(opened) < KEPT_S
        kind, _, given = request.headers.get("authorization", "").partition(" ")
        if kind.lower() != "bearer" or self.closed_s(_address(request)):
            return False
        # a header's bytes were read as Latin-1, and the password may be in any script
        words = given.strip().encode("latin-1", "replace").decode("utf-8", "replace")
        return self.opens(request, words)

    def opens(self, request: Request, given: str) -> bool:
        """Whether *given* is the password; a mistake makes the next try wait longer."""
        # digests, so that not even the length shows in how long it takes
        right = hmac.compare_digest(
            _digest(given.encode("utf-8", "replace")), _digest(self._password)
        )
        if right:
            self._wrong.pop(_address(request), None)
        else:
            self._remember(_address(request))
        return right

    def wait_s(self, request: Request) -> int:
        """How long whoever asks has to wait before the next try."""
        return self.closed_s(_address(request))

    def closed_s(self, address: str) -> int:
        """How long nobody at *address* may try."""
        _, until = self._wrong.get(address, (0, 0.0))
        return max(0, ceil(until - self._clock.elapsed()))

    def remember(self, request: Request, response: Response) -> None:
        """Let the browser in from now on."""
        word = str(int(self._clock.now().timestamp()))
        keep(response, request, COOKIE, self._signature.signed(word), KEPT_S)

    def _remember(self, address: str) -> None:
        times = self._wrong.get(address, (0, 0.0))[0] + 1
        delay = min(_LONGEST_WAIT_S, 2 ** min(times - _FREE, 12)) if times >= _FREE else 0
        self._wrong[address] = times, self._clock.elapsed() + delay
        self._wrong.move_to_end(address)
        if len(self._wrong) > _KNOWN:
            self._wrong.popitem(last=False)


def _digest(words: bytes) -> bytes:
    return hashlib.sha256(words).digest()


def _address(request: Request) -> str:
    return request.client.host if request.client else ""
