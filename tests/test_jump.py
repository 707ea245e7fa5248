"""The loop that jumps, and both clocks."""

import asyncio
import socket
import threading
import time
from datetime import UTC, timedelta

import pytest

from anima.clock import SystemClock
from tests.jump import START, DeadlockError, JumpClock, JumpingLoop


async def rest(seconds: float) -> float:
    """Sleep, and tell what time the loop has then."""
    await asyncio.sleep(seconds)
    return asyncio.get_running_loop().time()


@pytest.mark.jumping
async def test_a_day_of_sleep_costs_nothing() -> None:
    """Sleeping for two days ends at once, exactly two days later."""
    clock, began = JumpClock(), time.monotonic()

    await clock.sleep(2 * 86_400)

    assert START + timedelta(days=2) == clock.now()
    assert time.monotonic() - began < 1


@pytest.mark.jumping
async def test_sleepers_wake_in_the_order_of_their_timers() -> None:
    """Who sleeps less wakes first, each at its own instant."""
    woken: list[tuple[str, float]] = []

    async def sleeper(name: str, seconds: float) -> None:
        woken.append((name, await rest(seconds)))

    async with asyncio.TaskGroup() as tasks:
        for name, seconds in [("late", 30.0), ("early", 0.5), ("middle", 7.25)]:
            tasks.create_task(sleeper(name, seconds))

    assert [("early", 0.5), ("middle", 7.25), ("late", 30.0)] == woken


@pytest.mark.jumping
async def test_a_timeout_fires_at_its_time() -> None:
    """A limit of a minute cuts off an hour of waiting after that minute."""
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(60):
            await asyncio.sleep(3600)

    assert asyncio.get_running_loop().time() == 60


@pytest.mark.jumping
async def test_time_stands_still_while_something_is_ready() -> None:
    """Giving way to others is not waiting: no time passes."""
    for _ in range(100):
        await asyncio.sleep(0)

    assert asyncio.get_running_loop().time() == 0


@pytest.mark.jumping
async def test_work_in_a_thread_is_waited_for() -> None:
    """A timer does not overtake work that was given to an executor."""
    gate, order = threading.Event(), list[str]()

    async def timer() -> None:
        await asyncio.sleep(1)
        order.append("timer")

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(timer())
        asyncio.get_running_loop().call_soon(gate.set)
        await asyncio.to_thread(gate.wait)
        order.append("thread")

    assert ["thread", "timer"] == order


@pytest.mark.jumping
async def test_a_loopback_answer_arrives_before_a_timeout() -> None:
    """A line between two ends in one loop is quicker than any jump."""

    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(await reader.readline())
        writer.close()

    async with await asyncio.start_server(echo, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        async with asyncio.timeout(0.001):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write("你好\n".encode())
            answer = await reader.readline()
        writer.close()
        await writer.wait_closed()

    assert answer.decode() == "你好\n"


def test_waiting_for_nobody_is_an_error_that_names_the_place() -> None:
    """A task that nothing can ever wake stops the loop and is named."""

    async def forlorn() -> None:
        await asyncio.Event().wait()

    with (
        asyncio.Runner(loop_factory=JumpingLoop) as runner,
        pytest.raises(DeadlockError, match=r"nothing will ever happen; waiting: .*test_jump\.py"),
    ):
        runner.run(forlorn())


def test_each_loop_begins_at_the_same_instant() -> None:
    """Two runs see the same times, whatever the wall clock says."""

    async def instants() -> list[float]:
        return [await rest(1.5), await rest(0.1)]

    def run() -> list[float]:
        with asyncio.Runner(loop_factory=JumpingLoop) as runner:
            return runner.run(instants())

    first, second = run(), run()

    assert [1.5, 1.6] == first == second


@pytest.mark.jumping
async def test_elapsed_is_the_time_since_the_start() -> None:
    """The jumping clock's two readings agree."""
    clock = JumpClock()

    await clock.sleep(12.5)

    assert (12.5, timedelta(seconds=12.5)) == (clock.elapsed(), clock.now() - START)


async def test_an_unmarked_test_has_an_ordinary_loop(clock: JumpClock) -> None:
    """Without the mark time is real."""
    loop = asyncio.get_running_loop()

    jumps = isinstance(loop, JumpingLoop)

    assert not jumps
    assert clock.elapsed() > 0


async def test_the_system_clock_tells_aware_utc() -> None:
    """The product's clock names the instant with its zone, and elapsed time only rises."""
    clock = SystemClock()

    before = clock.elapsed()
    await clock.sleep(0)
    after = clock.elapsed()

    assert UTC == clock.now().tzinfo
    assert before <= after


@pytest.mark.jumping
async def test_a_silent_socket_does_not_stop_time() -> None:
    """An open line on which nobody speaks lets a timeout fire."""
    ours, theirs = socket.socketpair()
    ours.setblocking(False)

    with ours, theirs, pytest.raises(TimeoutError):
        async with asyncio.timeout(20):
            await asyncio.get_running_loop().sock_recv(ours, 1)

    assert asyncio.get_running_loop().time() == 20
