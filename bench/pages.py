"""The pages that are measured, called as a server calls them: by WSGI, with cookie and token.

`python -m bench.pages DATABASE`, run by callgrind, calls each page between two markers; see `instructions`.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import select

from bench import bare, databases
from placements.clock import now
from placements.db import db, writing
from placements.domain import sign_ins
from placements.models.placements import Placement, PlacementStatus
from placements.models.sign_ins import SignInMethod
from placements.models.users import User

ALONE, WITHIN = "bare page, Flask alone", "bare page, same application"
FIRST = "/placements"
FILTERED = "/placements?sector=regional&status=active"
NAMES = (
    "id",
    "student",
    "cohort",
    "unit",
    "sector",
    "weeks",
    "days",
    "supervisor",
    "hours",
    "follow_up",
    "status",
)
WARM = 5
COUNTED = 5


@dataclass(frozen=True)
class Page:
    """`prepare` gives what `call` needs, and is not measured."""

    name: str
    prepare: Callable[[], Any]
    call: Callable[[Any], object]


class Browser:
    """Calls an application without a network; keeps the session's cookie."""

    def __init__(self, app: Flask, cookie: str = "") -> None:
        self.app, self.cookie = app.wsgi_app, cookie

    def environ(
        self, address: str, form: dict[str, str] | None = None, *, fragment: bool = False
    ) -> dict[str, Any]:
        path, _, query = address.partition("?")
        body = urlencode(form or {}).encode()
        asked = (
            {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": f"http://localhost{FIRST}"} if fragment else {}
        )
        return asked | {
            "REQUEST_METHOD": "GET" if form is None else "POST",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "localhost",
            "HTTP_COOKIE": self.cookie,
            "HTTP_ACCEPT": "text/html",
            "CONTENT_TYPE": "application/x-www-form-urlencoded" if form is not None else "",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": BytesIO(body),
            "wsgi.errors": sys.stderr,
            "wsgi.url_scheme": "http",
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
        }

    def answer(self, environ: dict[str, Any]) -> str:
        statuses: list[str] = []
        body = self.app(environ, lambda status, _headers, *_rest: statuses.append(status))
        text = b"".join(body)
        getattr(body, "close", lambda: None)()
        assert statuses[0][:3] in {"200", "303"}, statuses
        return text.decode()


def signed_in(app: Flask) -> Browser:
    """A coordinator's browser; the cookie already holds the token of the forms."""
    with app.test_request_context(), writing():
        user = db.session.scalars(select(User).where(User.email == databases.EMAIL)).one()
        actor = sign_ins.open_session(db.session(), user, method=SignInMethod.CODE, now=now())
        db.session.commit()
    client = app.test_client()
    with client.session_transaction() as session:
        session.permanent = True
        session["_user_id"], session["_fresh"] = actor.session_key, True
        session["seen"] = int(now().timestamp())
    client.get("/placements")
    cookie = client.get_cookie("session")
    assert cookie is not None
    return Browser(app, f"session={cookie.value}")


def pages(database: Path) -> list[Page]:
    app, texts = databases.application(database), []
    bare.within(app, texts)
    board = signed_in(app)
    texts += _texts(board)
    with app.app_context():
        plain = Browser(bare.alone(db.engine, texts))
        placement = db.session.execute(
            select(Placement.id, Placement.student_name)
            .where(Placement.status == PlacementStatus.ACTIVE)
            .order_by(Placement.id)
            .limit(1)
        ).one()
        db.session.remove()
    name = " ".join([placement.student_name.split()[0], placement.student_name.split()[-1]])
    row = f"/placements/{placement.id}/edit"

    def get(name: str, browser: Browser, address: str) -> Page:
        return Page(name, lambda: browser.environ(address), browser.answer)

    return [
        get(ALONE, plain, bare.ADDRESS),
        get(WITHIN, board, bare.ADDRESS),
        get("first page", board, FIRST),
        get("filtered", board, FILTERED),
        get("searched by name", board, f"/placements?{urlencode({'q': name})}"),
        Page("row opened", lambda: board.environ(row, fragment=True), board.answer),
        Page("row saved", lambda: _saving(board, row), board.answer),
    ]


def _texts(browser: Browser) -> list[dict[str, str]]:
    """What the first page of the board says in its rows."""
    page = browser.answer(browser.environ(FIRST))
    rows = re.findall(r'<tr id="placement-(\d+)">(.*?)</tr>', page, re.DOTALL)
    assert len(rows) == 50, len(rows)
    return [dict(zip(NAMES, (id_, *_cells(row)), strict=True)) for id_, row in rows]


def _cells(row: str) -> list[str]:
    """The texts of a row, empty ones too; the last cell is the link that opens the row."""
    cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)[:-1]
    return [
        unescape(text) for cell in cells for text in list(filter(None, re.split(r"<[^>]+>", cell))) or [""]
    ]


def _saving(browser: Browser, address: str) -> dict[str, Any]:
    """The form as the page has it, with other hours than those stored."""
    page = browser.answer(browser.environ(address, fragment=True))
    form = page[page.index('class="row-editor"') :]
    fields = dict(re.findall(r'<input[^>]* name="(\w+)"[^>]* value="([^"]*)"', form))
    fields |= {
        name: value for value, name in re.findall(r'<input[^>]* value="([^"]*)"[^>]* name="(\w+)"', form)
    }
    for select_, options in re.findall(r'<select[^>]* name="(\w+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option[^>]*selected[^>]* value="([^"]*)"', options)
        fields[select_] = chosen[1] if chosen else ""
    fields["weekly_hours"] = "7" if fields["weekly_hours"] != "7" else "8"
    return browser.environ(address, fields, fragment=True)


def instructions(database: Path) -> None:
    """Call each page between two markers. The reader of callgrind's files counts on this order."""
    measured = pages(database)
    for page in measured:
        for _ in range(WARM):
            page.call(page.prepare())
    print("\n".join(page.name for page in measured), "", sep="\n", flush=True)
    sys.stdin.readline()
    for page in measured:
        for _ in range(COUNTED):
            prepared = page.prepare()
            os.getppid()
            page.call(prepared)
            os.getppid()


if __name__ == "__main__":
    instructions(Path(sys.argv[1]))
