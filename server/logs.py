"""Logs as JSON lines that name nobody: ids, endpoint names, statuses, milliseconds.

No address, query, body, name, email or error message is written: a message often quotes the value
that caused it. What is left of an error is its kind and where in the code it rose.
"""

import json
import logging
import re
import sys
import time
import traceback
from typing import Any

import structlog
from flask import Flask, Response, g, has_request_context, request

from schema.frames import NDJSON
from schema.ids import new_id
from server import moments

_log = structlog.get_logger("server")
_REQUEST_ID = re.compile(r"[0-9A-Za-z-]{8,64}")


_SHARED: list[Any] = [
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def capture() -> None:
    """Send what libraries of this process log to standard error too, in the same form."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(WithoutValues())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)


class WithoutValues(logging.Formatter):
    """Another library's line: its words before values are filled in, and an error's kind."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one JSON object."""
        error = record.exc_info[0] if record.exc_info else None
        facts = {
            "event": str(record.msg)[:200] if record.args else "logged",
            "kind": error.__name__ if error else None,
            "level": record.levelname.lower(),
            "logger": record.name,
            "where": f"{record.filename}:{record.lineno}",
        }
        return json.dumps({name: value for name, value in facts.items() if value}, sort_keys=True)


def init_app(app: Flask) -> None:
    """Log each request when it is answered, to standard error, one JSON object a line."""
    structlog.configure(
        processors=[*_SHARED, structlog.processors.JSONRenderer(sort_keys=True)],
        logger_factory=lambda *_names: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )
    app.before_request(_begin)
    app.after_request(_end)


def event(name: str, **facts: str | int | float) -> None:
    """One line about something that happened; facts are ids, codes and counts."""
    _log.info(name, **facts)


def failed(error: BaseException) -> None:
    """One line about a fault: its kind and where it rose, without what it says."""
    frames = traceback.extract_tb(error.__traceback__)[-12:]
    where = [f"{frame.filename.rpartition('/')[2]}:{frame.lineno}:{frame.name}" for frame in frames]
    cause = type(error.__cause__).__name__ if error.__cause__ else ""
    _log.error("failed", kind=type(error).__name__, cause=cause, where=where, **_request())


def _begin() -> None:
    g.began = time.perf_counter()
    given = request.headers.get("X-Request-Id", "")
    g.request_id = given if _REQUEST_ID.fullmatch(given) else new_id(moments.milliseconds())


def _end(response: Response) -> Response:
    elapsed = time.perf_counter() - g.get("began", time.perf_counter())
    if response.mimetype != NDJSON:
        response.headers["X-Request-Id"] = g.get("request_id", "")
    _log.info("request", status=response.status_code, ms=round(elapsed * 1000, 1), **_request())
    return response


def _request() -> dict[str, str]:
    """What may be said of a request: never its address, for that may hold what was searched."""
    if not has_request_context():
        return {}
    device_row = g.get("device_row")
    actor = g.get("actor")
    facts = {
        "request_id": g.get("request_id"),
        "endpoint": request.endpoint,
        "method": request.method,
        "account": getattr(actor, "account_id", None),
        "device": device_row["id"] if device_row else None,
    }
    return {name: value for name, value in facts.items() if value}
