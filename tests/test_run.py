"""The life of the service: it goes deaf first, finishes what runs, and says why it cannot start."""

import asyncio
import os
import signal
from pathlib import Path

import pytest

from anima.errors import ConfigError
from service.compose import composed
from service.run import live, run, signalled
from service.settings import Settings
from tests.servers import free_port

pytestmark = pytest.mark.slow


class Ears:
    """A bot that hears nothing, or finds its settings *wrong*."""

    def __init__(self, wrong: str = "") -> None:
        self.wrong = wrong
        self.hears = asyncio.Event()
        self.deaf = False

    async def run(self) -> None:
        self.hears.set()
        if self.wrong:
            raise ConfigError(self.wrong)
        try:
            await asyncio.Event().wait()
        finally:
            self.deaf = True


WORDS = {"embeddings": "off"}


def chosen(folder: Path, **tables: object) -> Settings:
    """Settings with a database of their own and any free port."""
    place = {"url": f"sqlite:///{folder / 'anima.db'}"}
    mind = {"default": {"kind": "scripted"}}
    return Settings.model_validate(
        {"database": place, "web": {"port": 0}, "backends": mind, "memory": WORDS, **tables}
    )


async def test_it_lives_until_it_is_stopped(tmp_path: Path) -> None:
    """Told to stop, it listens no more and comes to its end."""
    ears, stopped = Ears(), asyncio.Event()
    async with composed(chosen(tmp_path)) as house, asyncio.TaskGroup() as group:
        house.bots.append(ears)
        living = group.create_task(live(house, stopped))
        await ears.hears.wait()
        alive = not living.done()

        stopped.set()
        await living

    assert alive
    assert ears.deaf


async def test_mistakes_that_show_late_are_told_together(tmp_path: Path) -> None:
    """Two bots with wrong settings are two lines of one error, and nothing else is left running."""
    ears = Ears()
    async with composed(chosen(tmp_path)) as house:
        house.bots += [ears, Ears("one is wrong"), Ears("two is wrong")]

        with pytest.raises(ConfigError, match=r"\Aone is wrong\ntwo is wrong\Z"):
            await live(house, asyncio.Event())

    assert ears.deaf


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_asks_it_to_stop(number: signal.Signals) -> None:
    """The first signal is a request; the ways of before are back after it."""
    before = signal.getsignal(number)
    with signalled() as stopped:
        os.kill(os.getpid(), number)

        await asyncio.wait_for(stopped.wait(), 5)

        assert before == signal.getsignal(number) or number is signal.SIGINT


async def test_the_address_is_told_and_served(tmp_path: Path) -> None:
    """Whoever starts it learns where the web server is, and a signal ends it all."""
    told = asyncio.Event()
    addresses: list[str] = []

    def tell(url: str) -> None:
        addresses.append(url)
        told.set()

    async with asyncio.TaskGroup() as group:
        group.create_task(run(chosen(tmp_path), tell))
        await told.wait()
        read, write = await asyncio.open_connection("127.0.0.1", int(addresses[0].split(":")[-1]))
        write.write(b"GET /readyz HTTP/1.0\r\n\r\n")
        answer = await read.read()
        write.close()
        await write.wait_closed()
        os.kill(os.getpid(), signal.SIGTERM)

    assert b" 200 OK" in answer.splitlines()[0]
    assert b'"database":"ok"' in answer
    assert b'"redis":"off"' in answer


async def test_a_port_that_is_taken_is_told_at_the_start(tmp_path: Path) -> None:
    """One clear error."""
    port = free_port()
    taken = await asyncio.start_server(lambda *_: None, "127.0.0.1", port)
    settings = chosen(tmp_path, web={"port": port})
    async with taken:
        with pytest.raises(ConfigError, match=rf"web\.port: {port} is taken"):
            await run(settings, str)
