"""Is this diploma genuine? Tells whoever holds the code, and nobody without it."""

from __future__ import annotations

from flask import redirect, render_template
from werkzeug.wrappers import Response

from placements.access import public
from placements.blueprints.verify import bp
from placements.blueprints.verify.forms import CodeForm
from placements.db import db
from placements.domain import diploma_states, diplomas
from placements.web import attempt

Answer = str | Response | tuple[str, int]


@bp.get("/verify")
@public
def ask() -> Answer:
    return render_template("verify/ask.html", form=CodeForm())


@bp.post("/verify")
@public
def look_up() -> Answer:
    form = CodeForm()
    if refused := attempt(form, lambda: None):
        return render_template("verify/ask.html", form=form), refused
    return redirect(f"/verify/{diplomas.tidy(form.code.data or '') or '-'}", 303)


@bp.get("/verify/<code>")
@public
def show(code: str) -> Answer:
    diploma = diplomas.by_code(db.session(), code)
    valid = diploma is not None and diploma_states.is_valid(diploma)
    return render_template("verify/show.html", diploma=diploma, valid=valid), 200 if diploma else 404
