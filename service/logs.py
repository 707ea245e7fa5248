"""The one road of everything that is logged: a line of text without secrets, on one stream."""

import asyncio
import logging
import sys
import threading
from collections.abc import Iterable, Mapping
from contextlib import suppress
from types import TracebackType
from typing import Final, TextIO

import structlog

from anima.errors import ConfigError
from anima.private import redactor
from service.log_lines import Lines

LEVELS: Final = {
    name: getattr(logging, name.upper()) for name in ("debug", "info", "warning", "error")
}

NOISY = (
    "aiogram",
    "alembic",
    "apscheduler",
    "asyncio",
    "discord",
    "httpcore",
    "httpcore2",
    "httpx",
    "httpx2",
    "openai",
    "sqlalchemy",
    "uvicorn",
)
"""Libraries that tell at info what only their authors want to know."""

ANSWERED_BY_US = "uvicorn.error"
"""Uvicorn logs again what our web server has logged with its reference; only the worst passes."""

log = structlog.stdlib.get_logger("anima")


class Outlet(logging.StreamHandler[TextIO]):
    """Writes records to *stream* with every secret cut out of the finished text.

    It sits at the root, for a logger's own filters never see what other loggers pass up.
    """

    def __init__(self, stream: TextIO, secrets: Iterable[str]) -> None:
        super().__init__(stream)
        self.setFormatter(Lines())
        self._redact = redactor(secrets)

    def format(self, record: logging.LogRecord) -> str:
        """The finished text, arguments, traceback and all, without secrets."""
        return self._redact(super().format(record))

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 (logging's name)
        """Name the record that could not be written, for logging's own report shows arguments."""
        error = sys.exc_info()[0]
        if self.stream.closed or error is None or issubclass(error, OSError):
            return
        with suppress(OSError):
            self.stream.write(f"{record.levelname.lower()} {record.name}: {error.__name__}\n")


def level_of(environ: Mapping[str, str]) -> int:
    """How much `ANIMA_LOG` wants logged; info unless it says. Raises `ConfigError`."""
    name = environ.get("ANIMA_LOG", "") or "info"
    if name.lower() not in LEVELS:
        raise ConfigError(f"ANIMA_LOG: {name!r} must be one of {', '.join(LEVELS)}")
    return int(LEVELS[name.lower()])


def configure(stream: TextIO, *, level: int = logging.INFO, secrets: Iterable[str] = ()) -> None:
    """Send all that anybody logs, warns or dies of to *stream*. May be called again."""
    root = logging.getLogger()
    root.handlers[:] = [Outlet(stream, secrets)]
    root.setLevel(level)
    for name in NOISY:
        logging.getLogger(name).setLevel(
            logging.INFO if level <= logging.DEBUG else max(level, logging.WARNING)
        )
    logging.getLogger(ANSWERED_BY_US).setLevel(logging.CRITICAL)
    logging.captureWarnings(capture=True)
    _structlog(level)
    sys.excepthook = _died
    sys.unraisablehook = _unraisable
    threading.excepthook = _thread_died


def hear_loop(loop: asyncio.AbstractEventLoop) -> None:
    """Send what *loop* cannot give to anybody the same road."""
    loop.set_exception_handler(_loop_complained)


def _structlog(level: int) -> None:
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def _died(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return  # somebody pressed Ctrl+C and knows it
    log.critical("died", exc_info=(kind, error, trace))


def _unraisable(what: "sys.UnraisableHookArgs") -> None:
    log.error("could not be raised", where=repr(what.object), exc_info=what.exc_value or False)


def _thread_died(what: threading.ExceptHookArgs) -> None:
    name = what.thread.name if what.thread else ""
    log.error("a thread died", thread=name, exc_info=what.exc_value or False)


def _loop_complained(_loop: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
    log.error("the loop complained", what=context.get("message"), exc_info=context.get("exception"))
