"""Is this diploma genuine? Tells whoever holds the code, and nobody without it."""

from __future__ import annotations

from flask import redirect, render_template, request
from werkzeug.wrappers import Response

from placements.access import public
from placements.blueprints.verify import bp
from placements.blueprints.verify.forms import CodeForm
from placements.clock import now
from placements.db import db, writing
from placements.domain import diploma_states, diplomas, verify
from placements.web import attempt

Answer = str | Response | tuple[str, int] | tuple[str, int, dict[str, str]]


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
    """A wrong code is counted, so this reads and writes at once. No search engine keeps the page."""
    session = db.session()
    session.rollback()
    with writing():
        diploma = verify.look_up(session, code, address=request.remote_addr or "", now=now())
        session.commit()
    page = render_template(
        "verify/show.html",
        diploma=diploma,
        valid=diploma is not None and diploma_states.is_valid(diploma),
        replaced=diploma is not None and diploma_states.is_replaced(diploma),
    )
    return page, 200 if diploma else 404, {"X-Robots-Tag": "noindex"}
