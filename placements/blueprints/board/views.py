"""The board, and one row of it: changed in place, or on a page of its own without JavaScript."""

from __future__ import annotations

from urllib.parse import parse_qsl

from flask import make_response, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.board import bp, page
from placements.blueprints.board.forms import Asked, RowForm
from placements.clock import now, today
from placements.db import db
from placements.domain import board, board_choices
from placements.models.placements import Placement
from placements.web import attempt, fragment_or_redirect, get_or_404, page_or_fragment, wants_fragment

Answer = Response | tuple[str, int]


@bp.get("/placements")
@roles_allowed("coordinator")
def index() -> Answer:
    asked = Asked.read(request.args)
    shown = page.show(db.session(), current_user, asked, today=today())
    answer = make_response(page_or_fragment("board/index.html", "board/_answer.html", board=shown))
    answer.headers["HX-Push-Url"] = asked.address(after=asked.after)
    return answer


def _load(placement_id: int) -> Placement:
    return get_or_404(board.visible_to(current_user), placement_id)


def _asked() -> Asked:
    """The board that the row stands in."""
    return Asked.read(dict(parse_qsl(request.args.get("back", ""))))


def _form(placement: Placement) -> RowForm:
    offered = board_choices.row(db.session(), placement, current_user, day=today())
    return RowForm(obj=placement).offer(offered)


def _editor(placement: Placement, form: RowForm, status: int = 200) -> Answer:
    asked = _asked()
    return page_or_fragment(
        "board/edit.html",
        "board/_editor.html",
        status,
        placement=placement,
        form=form,
        back=page.back(asked),
        board_href=asked.address(after=asked.after),
    )


@bp.get("/placements/<int:placement_id>/edit")
@roles_allowed("coordinator")
def edit(placement_id: int) -> Answer:
    placement = _load(placement_id)
    return _editor(placement, _form(placement))


@bp.post("/placements/<int:placement_id>/edit")
@roles_allowed("coordinator")
def save(placement_id: int) -> Answer:
    placement, session = _load(placement_id), db.session()
    form, name = _form(placement), placement.student_name

    def action() -> None:
        board.save(session, placement, current_user, form.change(), today=today(), now=now())

    if refused := attempt(form, action, record=placement):
        return _editor(placement, form, refused)
    session.commit()
    asked = _asked()
    return fragment_or_redirect(
        "board/_rows.html",
        f"{asked.address(after=asked.after)}#placement-{placement_id}",
        message=gettext("Forløbet for %(name)s er gemt.", name=name),
        lines=_line(placement),
        back=page.back(asked),
        focus=True,
    )


@bp.get("/placements/<int:placement_id>/row")
@roles_allowed("coordinator")
def row(placement_id: int) -> Answer:
    """The row as it stands, for whoever cancels; without JavaScript the board it stands in."""
    placement, asked = _load(placement_id), _asked()
    if not wants_fragment():
        return redirect(f"{asked.address(after=asked.after)}#placement-{placement_id}", 303)
    values = {"lines": _line(placement), "back": page.back(asked), "focus": True}
    return page_or_fragment("board/_rows.html", "board/_rows.html", **values)


def _line(placement: Placement) -> list[page.Line]:
    return page.lines([board.row(db.session(), placement, today=today())])
