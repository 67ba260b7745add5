"""The log: one JSON line each, with the route's template and ids; never a token, never a value.

An exception is logged by its type and its place: its message may hold what somebody wrote about themselves.
"""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from time import perf_counter
from typing import Any, TextIO, cast

from flask import Flask, g, has_request_context, request
from flask.logging import wsgi_errors_stream
from werkzeug.wrappers import Response

from placements.frames import frames_of

_requests = logging.getLogger("placements.requests")
_security = logging.getLogger("placements.security")


class JsonLines(logging.Formatter):
    """`extra={"told": {...}}` adds fields; everything is escaped, so a line stays a line."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "log": record.name,
            "message": record.getMessage(),
            **getattr(record, "told", {}),
        }
        if record.exc_info and record.exc_info[1]:
            line |= {"error": record.exc_info[1].__class__.__name__, "frames": frames_of(record.exc_info[2])}
        return json.dumps(line, ensure_ascii=False, default=str)


def security(event: str, *, actor: int | None = None) -> None:
    """Something about who may come in: who, from where, within which request (none: at the shell)."""
    told = {"address": request.remote_addr, **_of_request()} if has_request_context() else {}
    _security.info(event, extra={"told": {"actor": actor, **told}})


def bug(error: BaseException) -> None:
    trouble("bug", error, **_of_request())


def trouble(message: str, error: BaseException, **told: Any) -> None:
    """Something went wrong: what it was and where, without what it said."""
    told |= {"error": type(error).__name__, "frames": frames_of(error.__traceback__)}
    logging.getLogger("placements").error(message, extra={"told": told})


def alarm(message: str, **told: Any) -> None:
    """Something is wrong that nobody did just now: ids and numbers, never a value."""
    logging.getLogger("placements").error(message, extra={"told": told})


def _of_request() -> dict[str, Any]:
    return {"request": g.get("request_id"), "route": request.url_rule.rule if request.url_rule else None}


def _start() -> None:
    g.started = perf_counter()


def _finish(response: Response) -> Response:
    """The actor is told when the request had one; nobody is looked up for the sake of the log."""
    seconds = perf_counter() - g.get("started", perf_counter())
    told = {
        **_of_request(),
        "method": request.method,
        "status": response.status_code,
        "ms": round(seconds * 1000, 1),
        "actor": getattr(g.get("_login_user"), "id", None),
    }
    _requests.info("request", extra={"told": told})
    return response


def _configure() -> None:
    """Once for the process. The development server's own lines name addresses, and addresses hold tokens."""
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    root = logging.getLogger("placements")
    root.setLevel(logging.INFO)
    if not root.handlers:
        handler = logging.StreamHandler(cast(TextIO, wsgi_errors_stream))
        handler.setFormatter(JsonLines())
        root.addHandler(handler)


def init_app(app: Flask) -> None:
    _configure()
    app.log_exception = lambda info: bug(info[1])  # type: ignore[method-assign, assignment, arg-type]
    app.before_request(_start)
    app.after_request(_finish)
