"""The moments at which a process may be killed, as the far sides see them."""

import asyncio
from collections.abc import Callable
from typing import Any

from tests.far_side.botapi import Fault
from tests.talk import Talk


class Nth:
    """Kills at the *number*th time that it is called and *meets*."""

    def __init__(
        self,
        talk: Talk,
        number: int = 1,
        *,
        meets: Callable[[Any], bool] = lambda _: True,
        later: bool = False,
        then: Callable[[], object] = lambda: None,
    ) -> None:
        self._talk = talk
        self._left = number
        self._meets = meets
        self._later = later
        self._then = then
        self.killed = asyncio.Event()

    def __call__(self, seen: Any) -> None:
        if not self._meets(seen):
            return
        self._left -= 1
        if self._left == 0 and self._later:
            asyncio.get_running_loop().call_later(0.001, self._kill)  # the answer is on its way
        elif self._left == 0:
            self._kill()

    def _kill(self) -> None:
        self._talk.anima.kill()
        self._then()
        self.killed.set()


Moment = Callable[[Talk], Nth]


def of_ann(params: Any) -> bool:
    """Whether a call is about her chat."""
    return str(params.get("chat_id")) == "7"


def handing_out(talk: Talk) -> Nth:
    """When the update is about to be given to a poll."""
    nth = Nth(talk, meets=lambda _: talk.telegram.pending > 0)
    talk.telegram.on("getUpdates", nth)
    return nth


def handed_out(talk: Talk) -> Nth:
    """When the update has just been given to a poll."""
    nth = Nth(talk, meets=lambda _: talk.telegram.pending > 0, later=True)
    talk.telegram.on("getUpdates", nth)
    return nth


def confirming(talk: Talk) -> Nth:
    """When the poll comes that confirms the update."""
    confirmed = talk.telegram.world.inbox.next_id() + 1
    nth = Nth(talk, meets=lambda params: params.whole("offset") >= confirmed)
    talk.telegram.on("getUpdates", nth, "received")
    return nth


def asking(talk: Talk) -> Nth:
    """When the model is asked."""
    nth = Nth(talk)
    talk.model.on_request = nth
    return nth


def streaming(number: int) -> Moment:
    """When the model has written its *number*th chunk."""

    def moment(talk: Talk) -> Nth:
        nth = Nth(talk, meets=lambda written: written == number)
        talk.model.on_chunk = nth
        return nth

    return moment


def sending(number: int) -> Moment:
    """When the *number*th bubble has come to Telegram, which takes it and cannot say so."""

    def moment(talk: Talk) -> Nth:
        nth = Nth(talk, number, meets=of_ann)
        talk.telegram.on("sendMessage", nth, "received")
        return nth

    return moment


def losing(number: int) -> Moment:
    """When the *number*th bubble is on its way to Telegram, where it never arrives."""

    def moment(talk: Talk) -> Nth:
        def lose() -> None:
            talk.telegram.faults.add("sendMessage", Fault.cut())

        nth = Nth(talk, number, meets=of_ann, then=lose)
        talk.telegram.on("sendMessage", nth, "received")
        return nth

    return moment


def sent(number: int) -> Moment:
    """When the *number*th bubble has been answered just now."""

    def moment(talk: Talk) -> Nth:
        nth = Nth(talk, number, meets=of_ann, later=True)
        talk.telegram.on("sendMessage", nth)
        return nth

    return moment
