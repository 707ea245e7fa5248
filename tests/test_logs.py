"""Everything that is logged takes one road, and no secret passes it."""

import asyncio
import io
import logging
import sys
import threading
import warnings

import pytest
import structlog

from anima.errors import ConfigError
from service.logs import NOISY, configure, hear_loop, level_of

TOKEN = "123456789:AAHfiqksKZ8WmR2zSjiQ7_v4TMAKdiHm9T0"
KNOWN = "correct-horse-battery"
QUIETED = (*NOISY, "uvicorn.error")


pytestmark = pytest.mark.usefixtures("logging_as_before")


@pytest.fixture
def stream() -> io.StringIO:
    """What would be stderr."""
    return io.StringIO()


def log() -> structlog.stdlib.BoundLogger:
    bound: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger("anima")
    return bound


def fail(text: str) -> None:
    raise ValueError(text) from KeyError(f"inner {text}")


def after_time(line: str) -> str:
    time, _, rest = line.partition(" ")
    assert len("2026-01-02T03:04:05.678Z") == len(time)
    assert time.endswith("Z")
    return rest


def test_a_line_has_time_level_fact_and_keys(stream: io.StringIO) -> None:
    """An event is one line that people and programs read."""
    configure(stream)

    log().info("turn answered", bubbles=3, seconds=1.8, soul="KU 5", empty="", nothing=None)

    expected = 'info    turn answered bubbles=3 seconds=1.8 soul="KU 5" empty="" nothing=None\n'
    assert expected == after_time(stream.getvalue())


def test_what_is_bound_stands_in_every_line(stream: io.StringIO) -> None:
    """Conversation and turn are in our lines and in those of libraries."""
    configure(stream)

    with structlog.contextvars.bound_contextvars(conversation=12):
        log().info("heard")
        logging.getLogger("library").info("sent %s", 3)

    assert [
        "info    heard conversation=12",
        "info    sent 3 logger=library conversation=12",
    ] == [after_time(line) for line in stream.getvalue().splitlines()]


def test_no_value_breaks_a_line(stream: io.StringIO) -> None:
    """Line breaks and terminal codes in an event or a value cannot forge another line."""
    configure(stream)

    log().info("one\ntwo", three='a "b"\\\r\nc', four={"x": "\x1b[31m"})
    logging.getLogger("library").info("five\u2028six")

    lines = stream.getvalue().splitlines()
    assert [
        r'info    one\ntwo three="a \"b\"\\\r\nc" four="{\"x\": \"\\u001b[31m\"}"',
        r"info    five\u2028six logger=library",
    ] == [after_time(line) for line in lines]


@pytest.mark.parametrize("secret", [TOKEN, KNOWN, "sk-abcdefgh123"])
def test_no_secret_passes_by_any_way(stream: io.StringIO, secret: str) -> None:
    """Values, events, arguments, tracebacks and their causes are all cut, for every logger."""
    configure(stream, level=logging.DEBUG, secrets=[KNOWN])
    library = logging.getLogger("aiogram.client")

    log().error(f"failed with {secret}", url=f"https://t.me/{secret}/send", keys=[secret])
    library.error("POST /%s/send", secret)
    try:
        fail(secret)
    except ValueError:
        library.exception("broke")
        log().error("broke", exc_info=True)

    text = stream.getvalue()
    assert secret not in text
    assert 2 == text.count("ValueError: ***")


def test_a_traceback_follows_its_line(stream: io.StringIO) -> None:
    """An exception is told in full, below the line of its event."""
    configure(stream)

    log().error("broke", exc_info=ZeroDivisionError("no"))

    assert ["error   broke", "ZeroDivisionError: no"] == [
        after_time(stream.getvalue().splitlines()[0]),
        stream.getvalue().splitlines()[-1],
    ]


def test_exc_info_without_an_exception_is_nothing(stream: io.StringIO) -> None:
    """Asking for a traceback where nothing was raised adds nothing."""
    configure(stream)

    log().error("odd", exc_info=True)

    assert "error   odd\n" == after_time(stream.getvalue())


def test_a_record_that_fits_nothing_is_named_without_its_arguments(
    stream: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    """A library's broken record neither raises nor shows what it held."""
    configure(stream)

    logging.getLogger("library").error("%d", KNOWN)

    assert "error library: TypeError\n" == stream.getvalue()
    assert ("", "") == capsys.readouterr()


def test_a_closed_stream_is_no_reason_to_stop(
    stream: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    """When nobody reads the log any more, the avatar goes on."""
    configure(stream)
    stream.close()

    log().error("unheard", key=KNOWN)

    assert ("", "") == capsys.readouterr()


def test_a_broken_pipe_is_no_reason_to_stop(capsys: pytest.CaptureFixture[str]) -> None:
    """A reader that went away is not told about on another road."""

    class Broken(io.StringIO):
        def write(self, text: str, /) -> int:
            raise BrokenPipeError(text)

    configure(Broken())

    log().error("unheard", key=KNOWN)

    assert ("", "") == capsys.readouterr()


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        (logging.DEBUG, ["ours debug", "ours info", "theirs info", "theirs warning"]),
        (logging.INFO, ["ours info", "theirs warning"]),
        (logging.WARNING, ["theirs warning"]),
        (logging.ERROR, []),
    ],
)
def test_libraries_speak_less_than_we_do(
    stream: io.StringIO, level: int, expected: list[str]
) -> None:
    """At info, only warnings of the libraries are kept."""
    configure(stream, level=level)

    log().debug("ours debug")
    log().info("ours info")
    logging.getLogger("httpx").debug("theirs debug")
    logging.getLogger("httpx").info("theirs info")
    logging.getLogger("httpx").warning("theirs warning")

    lines = stream.getvalue().splitlines()
    assert expected == [" ".join(after_time(line).split()[1:3]) for line in lines]


def test_configuring_again_does_not_double_a_line(stream: io.StringIO) -> None:
    """The last call holds."""
    configure(io.StringIO())
    configure(stream)

    log().info("once")

    assert 1 == len(stream.getvalue().splitlines())


def test_a_warning_takes_the_road(stream: io.StringIO) -> None:
    """Python's own warnings are logged."""
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        configure(stream)

        warnings.warn(f"old: {TOKEN}", UserWarning, stacklevel=1)
        logging.captureWarnings(capture=False)

    assert "UserWarning: old: ***" in stream.getvalue()


def test_dying_takes_the_road(stream: io.StringIO) -> None:
    """An exception that nobody caught is cut like any other."""
    configure(stream)
    error = ValueError(TOKEN)

    sys.excepthook(ValueError, error, None)

    assert "critical died" == after_time(stream.getvalue().splitlines()[0])
    assert "ValueError: ***" == stream.getvalue().splitlines()[-1]


def test_an_interrupt_is_not_told(stream: io.StringIO) -> None:
    """Who presses Ctrl+C knows it."""
    configure(stream)

    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)

    assert "" == stream.getvalue()


def test_a_dying_thread_takes_the_road(stream: io.StringIO) -> None:
    """An exception that ends a thread is cut like any other."""
    configure(stream)

    def die() -> None:
        raise ValueError(TOKEN)

    thread = threading.Thread(target=die, name="worker")
    thread.start()
    thread.join()

    assert "error   a thread died thread=worker" == after_time(stream.getvalue().splitlines()[0])
    assert "ValueError: ***" == stream.getvalue().splitlines()[-1]


def test_what_cannot_be_raised_takes_the_road(stream: io.StringIO) -> None:
    """An exception while something is thrown away is cut like any other."""
    configure(stream)

    class Dying:
        def __del__(self) -> None:
            raise ValueError(TOKEN)

    Dying()

    assert "ValueError: ***" == stream.getvalue().splitlines()[-1]


async def test_what_the_loop_cannot_give_to_anybody_takes_the_road(stream: io.StringIO) -> None:
    """A callback's exception is logged with its traceback, and cut."""
    configure(stream)
    loop = asyncio.get_running_loop()
    hear_loop(loop)

    def fail() -> None:
        raise ValueError(TOKEN)

    loop.call_soon(fail)
    await asyncio.sleep(0)
    await asyncio.sleep(0)

    assert "error   the loop complained" in stream.getvalue()
    assert "ValueError: ***" == stream.getvalue().splitlines()[-1]


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, logging.INFO),
        ({"ANIMA_LOG": ""}, logging.INFO),
        ({"ANIMA_LOG": "Debug"}, logging.DEBUG),
        ({"ANIMA_LOG": "error"}, logging.ERROR),
    ],
)
def test_the_level_is_a_variable(environ: dict[str, str], expected: int) -> None:
    """`ANIMA_LOG` says how much is logged."""
    actual = level_of(environ)

    assert expected == actual


def test_an_unknown_level_is_refused() -> None:
    """A level that does not exist is one clear line."""
    with pytest.raises(ConfigError) as caught:
        level_of({"ANIMA_LOG": "loud"})

    assert "ANIMA_LOG: 'loud' must be one of debug, info, warning, error" == str(caught.value)
