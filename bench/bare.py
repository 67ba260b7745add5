"""The page that the board is measured against: one primary-key read, and fifty rows in a plain template.

Its rows are the texts of fifty rows of the board, ready made: a cell for each, and a link on the name. It
is served twice: by a Flask application with nothing else in it, and by the product itself, as any of its
pages that asks who you are.
"""

from __future__ import annotations

from flask import Flask, render_template
from jinja2 import ChoiceLoader, DictLoader
from sqlalchemy import Engine, bindparam, select

from placements.access import current_user, roles_allowed
from placements.domain import board
from placements.models.placements import Placement
from placements.web import get_or_404

ADDRESS = "/bare"

TEMPLATE = """<!doctype html>
<html lang="da">
<head><meta charset="utf-8"><title>{{ placement.student_name }}</title></head>
<body>
<h1>{{ placement.student_name }}</h1>
<table>
<tbody>
{% for row in rows %}
<tr>
<td><a href="/placements/{{ row.id }}">{{ row.student }}</a></td>
<td>{{ row.cohort }}</td>
<td>{{ row.unit }}</td>
<td>{{ row.sector }}</td>
<td>{{ row.weeks }}</td>
<td>{{ row.days }}</td>
<td>{{ row.supervisor }}</td>
<td>{{ row.hours }}</td>
<td>{{ row.follow_up }}</td>
<td>{{ row.status }}</td>
</tr>
{% endfor %}
</tbody>
</table>
</body>
</html>
"""
READ = select(Placement.__table__).where(Placement.__table__.c.id == bindparam("id"))


Rows = list[dict[str, str]]


def alone(engine: Engine, rows: Rows) -> Flask:
    """Flask and the page: no sign-in, no session, no token, no headers, no log."""
    app = Flask("bare")
    app.jinja_loader = DictLoader({"bare.html": TEMPLATE})

    @app.get(ADDRESS)
    def page() -> str:
        with engine.connect() as connection:
            placement = connection.execute(READ, {"id": int(rows[0]["id"])}).one()
        return render_template("bare.html", placement=placement, rows=rows)

    return app


def within(app: Flask, rows: Rows) -> None:
    """The same page among the product's own: before its first request, and filled in later."""
    assert app.jinja_loader is not None
    app.jinja_loader = ChoiceLoader([app.jinja_loader, DictLoader({"bare.html": TEMPLATE})])

    @app.get(ADDRESS)
    @roles_allowed("coordinator")
    def page() -> str:
        placement = get_or_404(board.visible_to(current_user), int(rows[0]["id"]))
        return render_template("bare.html", placement=placement, rows=rows)
