"""The page that the board is measured against: one primary-key read, and fifty rows in a plain template.

A Flask application with nothing else in it: no sign-in, no layout, no languages, no headers of its own, no other query.
Its rows are the texts of fifty rows of the board, ready made: a cell for each, and a link on the name.
"""

from __future__ import annotations

from flask import Flask, render_template
from jinja2 import DictLoader
from sqlalchemy import Engine, bindparam, select

from placements.models.placements import Placement

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


def application(engine: Engine, rows: list[dict[str, str]]) -> Flask:
    app = Flask("bare")
    app.jinja_loader = DictLoader({"bare.html": TEMPLATE})
    placement_id = int(rows[0]["id"])

    @app.get("/")
    def page() -> str:
        with engine.connect() as connection:
            placement = connection.execute(READ, {"id": placement_id}).one()
        return render_template("bare.html", placement=placement, rows=rows)

    return app
