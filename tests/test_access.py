"""Every route, every method, every role: who gets in, who is shown what, and who is told nothing.

A new route needs a row in `tests/access_routes*.py`; `tests/world.py` says what its arguments are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import pytest
from flask import Flask
from sqlalchemy import event
from werkzeug.routing import Rule
from werkzeug.test import TestResponse as Answer

from placements.db import db
from placements.web import CSP
from tests import access_routes, access_routes_applications, access_routes_teaching
from tests.factories import Factory
from tests.pages import lasting
from tests.world import ARGUMENT, FOREIGN, ROLES, World


def key(rule: Rule, method: str) -> str:
    return f"{method} " + ARGUMENT.sub(r"<\1>", rule.rule)


@cache
def routes(app: Flask) -> dict[str, Rule]:
    return {
        key(rule, method): rule
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def table() -> dict[str, dict[str, str]]:
    """What the table says: route, role, answer."""
    found = {}
    tables = (access_routes, access_routes_teaching, access_routes_applications)
    for line in "".join(part.ROUTES for part in tables).strip().splitlines():
        if line and not line.startswith("#"):
            method, *answers, path = line.split()
            found[f"{method} {path}"] = dict(zip(ROLES, answers, strict=True))
    return found


TABLE = table()
GETS = [route for route in TABLE if route.startswith("GET")]
POSTS = [route for route in TABLE if not route.startswith("GET")]

# What a read may write: a look at what only a few may see, and a wrong code of a diploma.
LOOKED = {"INSERT INTO look"}
COUNTED = {"GET /verify/<code>": {"INSERT INTO wrong_code", "DELETE FROM wrong_code"}}


@pytest.fixture
def world(app: Flask, make: Factory) -> World:
    return World.of(app, make)


def ask(world: World, route: str, role: str, *, missing: bool = False, **values: object) -> Answer:
    method = route.split()[0]
    path = world.path(routes(world.app)[route].rule, missing=missing)
    if method != "GET":
        values.setdefault("data", {"posted": "1"})
    answer = world.browser(role).open(path, method=method, **values)
    assert isinstance(answer, Answer)
    return answer


def in_short(answer: Answer) -> str:
    if answer.status_code == 303:
        return "in" if answer.location.startswith("/login?next=") else ">"
    return str(answer.status_code)


# The table


def test_every_route_has_a_row_and_every_row_a_route(app: Flask) -> None:
    there, said = set(routes(app)), set(TABLE)
    assert not there - said, "\n".join(("Add a row to ROUTES for each of:", *sorted(there - said)))
    assert not said - there, "\n".join(("Rows of ROUTES that have no route:", *sorted(said - there)))


def wrong_answers(world: World, role: str) -> Iterator[str]:
    for route, answers in TABLE.items():
        with written() as wrote:
            answer = ask(world, route, role)
        if in_short(answer) != answers[role]:
            yield f"{route}: {in_short(answer)}, and the table says {answers[role]}"
        shown = lasting(answer.data.decode(errors="replace"))
        leaked = [word for word in FOREIGN.get(role, ()) if word in shown]
        if leaked:
            yield f"{route}: names {leaked}"
        if "/static/" not in route and (missing := unguarded(answer)) != published(route):
            yield f"{route}: without {missing}"
        if route in GETS and wrote != COUNTED.get(route, set()) and wrote != LOOKED:
            yield f"{route}: a read that writes {wrote}"
        if route in POSTS and answer.status_code < 400:
            world.restore()


@contextmanager
def written() -> Iterator[set[str]]:
    """The beginnings of the statements that are no questions."""
    wrote: set[str] = set()

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.lstrip().upper().startswith(("BEGIN", "SELECT")):
            wrote.add(" ".join(statement.split()[:3]))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield wrote
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def published(route: str) -> list[str]:
    """What is the same for everybody and about nobody may be kept on the way."""
    return ["Cache-Control"] if route.startswith(("GET /.well-known/", "GET /badges/")) else []


def unguarded(answer: Answer) -> list[str]:
    """The headers that are missing or wrong."""
    wanted = {
        "Content-Security-Policy": CSP,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
    return [name for name, value in wanted.items() if answer.headers.get(name) != value]


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_what_the_table_says(world: World, role: str) -> None:
    """With every header, and no read changes a row but for looks and wrong codes, which are counted."""
    assert list(wrong_answers(world, role)) == []


@pytest.mark.parametrize("role", ROLES)
def test_what_is_not_yours_looks_like_what_is_not_there(world: World, role: str) -> None:
    """The same bytes, but for the address that was asked for and the token against forged requests."""
    differing = []
    for route, answers in TABLE.items():
        if "<" not in route or answers[role] != "404":
            continue
        foreign, missing = ask(world, route, role), ask(world, route, role, missing=True)
        rule = routes(world.app)[route].rule
        pages = [
            lasting(answer.text).replace(world.path(rule, missing=gone), "")
            for answer, gone in ((foreign, False), (missing, True))
        ]
        if pages[0] != pages[1] or foreign.status_code != missing.status_code:
            differing.append(route)
    assert differing == []


@pytest.mark.parametrize("role", ["coordinator", "host", "student"])
def test_what_is_not_there_is_404_for_those_who_may_look(world: World, role: str) -> None:
    told = {
        route: ask(world, route, role, missing=True).status_code
        for route, answers in TABLE.items()
        if re.search(r"<\w+_id>|<slug>", route) and answers[role] not in {"403", "404"}
    }
    assert {route: status for route, status in told.items() if status != 404} == {}
