"""A session of the theory: when and where it is, and its register."""

from __future__ import annotations

from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.registers import bp
from placements.blueprints.registers.page import form_of, load, page
from placements.clock import now, today
from placements.db import db
from placements.domain import registers
from placements.domain.rules import expect_version
from placements.web import attempt, fragment_or_redirect

Answer = str | Response | tuple[str, int]


@bp.get("/teaching/<int:session_id>")
@roles_allowed("coordinator", "teacher")
def show(session_id: int) -> Answer:
    return page(load(session_id), "registers/_register.html")


@bp.post("/teaching/<int:session_id>/register")
@roles_allowed("coordinator", "teacher")
def keep(session_id: int) -> Answer:
    taught = load(session_id)
    form = form_of(taught)

    def action() -> None:
        expect_version(taught, form.version_number)
        registers.keep(db.session(), taught, form.marks, actor=current_user, today=today(), now=now())

    if refused := attempt(form, action, record=taught):
        return page(taught, "registers/_register.html", refused, form=form)
    db.session.commit()
    return fragment_or_redirect(
        "registers/_register.html",
        f"/teaching/{session_id}#register",
        message=gettext("Protokollen er gemt."),
        taught=taught,
        reached=True,
        saved=True,
        form=form_of(taught, formdata=None),
    )
