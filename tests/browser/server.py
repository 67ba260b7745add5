"""A real server for the browser tests, which also keeps every page it sends so that they can be validated."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

from werkzeug.serving import WSGIRequestHandler, make_server

TOOLS = Path(__file__).resolve().parents[2] / ".cache" / "assets-dev" / "node_modules"
VNU = TOOLS / "vnu-jar" / "build" / "dist" / "vnu.jar"
HTMX_4 = TOOLS / "htmx4" / "dist" / "htmx.min.js"

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class QuietHandler(WSGIRequestHandler):
    def log_request(self, *args: object) -> None:
        """Say nothing: a failing test shows what it asked for."""


@contextmanager
def serve(application: Wsgi) -> Iterator[str]:
    """Runs the application on a free port of this machine and yields its address."""
    server = make_server("127.0.0.1", 0, finished(application), threaded=True, request_handler=QuietHandler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def finished(application: Wsgi) -> Wsgi:
    """Each answer is closed before it is sent: this server forgets to when a browser is quick to hang up.

    What is done after an answer, as sending mails, is done by the time that the browser has it.
    """

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        body = application(environ, start_response)
        try:
            return [b"".join(body)]
        finally:
            getattr(body, "close", lambda: None)()

    return answer


def with_htmx_4(application: Wsgi) -> Wsgi:
    """The same site with the other major version of htmx: pages are written in what both understand."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if not environ["PATH_INFO"].endswith("/htmx.min.js"):
            return application(environ, start_response)
        script = HTMX_4.read_bytes()
        start_response("200 OK", [("Content-Type", "text/javascript"), ("Content-Length", str(len(script)))])
        return [script]

    return answer


def keep_pages(application: Wsgi, folder: Path) -> Wsgi:
    """Writes each whole HTML page that is sent into the folder, under a name that says which page it was."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        kind = ""

        def note_kind(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            nonlocal kind
            kind = dict(headers).get("Content-Type", "")
            return start_response(status, headers, *rest)

        body = finished(application)(environ, note_kind)
        if not kind.startswith("text/html"):
            return body
        page = b"".join(body)
        if page.lstrip()[:9].lower() == b"<!doctype":
            name = re.sub(r"[^\w.-]+", "-", environ["PATH_INFO"].strip("/") or "front")
            (folder / f"{name}.{hashlib.sha256(page).hexdigest()[:8]}.html").write_bytes(page)
        return [page]

    return answer


def invalid_html(folder: Path) -> list[str]:
    """What the Nu Html Checker finds wrong in a folder of pages: one line a fault, the same said once."""
    if not shutil.which("java") or not VNU.exists():
        raise RuntimeError("The HTML checker is missing: run `make setup` (it needs a Java runtime).")
    command = [
        "java",
        "-Xss1m",
        "-jar",
        VNU,
        "--errors-only",
        "--format",
        "json",
        "--exit-zero-always",
        folder,
    ]
    found = subprocess.run(command, capture_output=True, text=True, check=True)
    faults: dict[str, str] = {}
    for message in json.loads(found.stderr)["messages"]:
        page = message.get("url", "").rpartition("/")[2]
        extract = " ".join(message.get("extract", "").split())
        faults.setdefault(
            message["message"], f"{page}:{message.get('lastLine')}: {message['message']} … {extract}"
        )
    return list(faults.values())
