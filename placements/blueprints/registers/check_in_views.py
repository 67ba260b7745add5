"""The code that is shown in class, and the page where a participant types it."""

from __future__ import annotations

from flask import current_app, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.registers import bp
from placements.blueprints.registers.forms import CheckInForm
from placements.blueprints.registers.page import load
from placements.clock import moment, today
from placements.db import db, writing
from placements.domain import check_ins, registers
from placements.pdf.qr import qr_svg
from placements.web import attempt, back_to, page_or_fragment

Answer = str | Response | tuple[str, int]


def _secret() -> str:
    return str(current_app.config["SECRET_KEY"])


@bp.get("/teaching/<int:session_id>/check-in")
@roles_allowed("coordinator", "teacher")
def show_code(session_id: int) -> Answer:
    """Asked for again every few seconds: the code changes every half minute."""
    taught, session = load(session_id), db.session()
    code = check_ins.code_of(_secret(), taught, now=moment())
    return page_or_fragment(
        "registers/check_in.html",
        "registers/_code.html",
        taught=taught,
        open=check_ins.is_open(taught, today=today()),
        code=code,
        picture=qr_svg(f"{current_app.config['BASE_URL']}/check-in?code={code}"),
        address=f"{current_app.config['BASE_URL']}/check-in".partition("://")[2],
        there=check_ins.checked_in(session, taught),
        expected=len(registers.of(session, taught).open_entries),
    )


@bp.get("/check-in")
@roles_allowed("student")
def type_code() -> Answer:
    """With `?code=` from the picture: only the button is left to press."""
    form = CheckInForm(formdata=None, data={"code": request.args.get("code", "")[: check_ins.DIGITS]})
    return _page(form)


def _page(form: CheckInForm, status: int = 200) -> tuple[str, int]:
    own = check_ins.own_today(db.session(), current_user, today=today())
    return render_template("registers/type_code.html", form=form, own=own), status


@bp.post("/check-in")
@roles_allowed("student")
def check_in() -> Answer:
    form, session = CheckInForm(), db.session()
    _note_try()

    def action() -> None:
        typed = form.code.data or ""
        check_ins.check_in(session, current_user, typed, secret=_secret(), today=today(), now=moment())

    if refused := attempt(form, action):
        return _page(form, refused)
    session.commit()
    return back_to("/check-in", message=gettext("Du er tjekket ind. Velkommen."))


def _note_try() -> None:
    """Before the code is looked at, so that a wrong one counts."""
    with writing():
        check_ins.note_try(db.session(), current_user, now=moment())
        db.session.commit()
