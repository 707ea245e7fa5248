"""How a record is written: time, level, what happened, and its facts as key=value."""

import json
import logging
import re
import sys
import time
from collections.abc import Mapping

import structlog

PLAIN = re.compile(r"[^\s\"'=\\\x00-\x1f\x7f]+")
"""What can stand after a `=` without quotes."""

BREAKING = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
"""What would break a line in two, or colour the terminal."""


class Lines(logging.Formatter):
    """One line a record, the traceback below it."""

    def format(self, record: logging.LogRecord) -> str:
        """`2026-01-02T03:04:05.678Z info    turn answered bubbles=3`."""
        event = record.msg if isinstance(record.msg, dict) else {}
        if "event" not in event:
            about = structlog.contextvars.get_contextvars()
            event = {"event": record.getMessage(), "logger": record.name, **about}
        facts = {key: value for key, value in event.items() if key not in ("event", "exc_info")}
        head = f"{_time(record.created)} {record.levelname.lower():<7} {_one_line(event['event'])}"
        trace = self._trace(event.get("exc_info") or record.exc_info)
        return " ".join((head, *(_fact(key, facts[key]) for key in facts))) + trace

    def _trace(self, raised: object) -> str:
        if isinstance(raised, BaseException):
            raised = (type(raised), raised, raised.__traceback__)
        if raised is True:
            raised = sys.exc_info()
        if not isinstance(raised, tuple) or raised[0] is None:
            return ""
        return f"\n{self.formatException(raised)}"


def _time(created: float) -> str:
    seconds, milliseconds = divmod(int(created * 1000), 1000)
    return f"{time.strftime('%Y-%m-%dT%H:%M:%S', time.gmtime(seconds))}.{milliseconds:03d}Z"


def _fact(key: object, value: object) -> str:
    return f"{key}={_value(value)}"


def _value(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.3f}".rstrip("0").rstrip(".")
    text = json.dumps(value, default=str) if isinstance(value, Mapping) else str(value)
    return text if PLAIN.fullmatch(text) else f'"{_one_line(text, quoted=True)}"'


def _one_line(value: object, *, quoted: bool = False) -> str:
    text = str(value)
    if quoted:
        text = text.replace("\\", "\\\\").replace('"', '\\"')
    return BREAKING.sub(lambda found: json.dumps(found[0])[1:-1], text)
