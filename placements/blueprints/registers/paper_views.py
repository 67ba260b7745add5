"""A paper register pasted in: read into the register's form, and saved by the register's own button alone."""

from __future__ import annotations

from flask import render_template
from werkzeug.wrappers import Response

from placements.access import roles_allowed
from placements.blueprints.registers import bp
from placements.blueprints.registers.forms import PaperForm
from placements.blueprints.registers.page import form_of, load, page
from placements.clock import today
from placements.db import db
from placements.domain import paper_registers, registers
from placements.web import attempt

Answer = str | Response | tuple[str, int]


@bp.get("/teaching/<int:session_id>/register/paste")
@roles_allowed("coordinator", "teacher")
def paper(session_id: int) -> Answer:
    return render_template("registers/paste.html", taught=load(session_id), form=PaperForm())


@bp.post("/teaching/<int:session_id>/register/paste")
@roles_allowed("coordinator", "teacher")
def read_paper(session_id: int) -> Answer:
    """The session's page with what was read; nothing is saved."""
    taught, form = load(session_id), PaperForm()
    if refused := attempt(form, lambda: registers.require_reached(taught, today=today())):
        return render_template("registers/paste.html", taught=taught, form=form), refused
    people = registers.of(db.session(), taught).open_entries
    reading = paper_registers.read(form.text.data or "", {one.enrolment_id: one.name for one in people})
    register = form_of(taught, read=reading.marks, formdata=None)
    return page(taught, "registers/_register.html", form=register, read=reading)
