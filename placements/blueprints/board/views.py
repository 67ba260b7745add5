"""The board, and one row of it: changed in place, or on a page of its own without JavaScript."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import parse_qsl, urlsplit

from flask import make_response, redirect, request
from flask_babel import get_locale, gettext
from markupsafe import Markup
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.board import bp
from placements.blueprints.board.forms import Asked, RowForm
from placements.blueprints.board.page import back, show
from placements.blueprints.board.rows import rows
from placements.clock import now, today
from placements.db import db
from placements.domain import agreement_states, board, board_choices, undoing
from placements.domain.actors import Actor
from placements.models.placements import Placement
from placements.web import attempt, fragment_or_redirect, get_or_404, page_or_fragment, wants_fragment

Answer = Response | tuple[str, int]


@bp.get("/placements")
@roles_allowed("coordinator")
def index() -> Answer:
    asked = Asked.read(request.args)
    shown = show(db.session(), _actor(), asked, today=today())
    answer = make_response(page_or_fragment("board/index.html", "board/_answer.html", board=shown))
    answer.headers["HX-Push-Url"] = asked.address(after=asked.after)
    return answer


def _actor() -> Actor:
    """The person behind the proxy: each question to a proxy costs more than the answer."""
    actor: Actor = cast(Any, current_user)._get_current_object()
    return actor


def _load(placement_id: int) -> Placement:
    return get_or_404(board.visible_to(current_user), placement_id)


def _asked() -> Asked:
    """The board that the row stands in: htmx tells the page's address, otherwise it follows the row's own."""
    query = urlsplit(request.headers.get("HX-Current-URL", "")).query if wants_fragment() else ""
    return Asked.read(dict(parse_qsl(query or request.args.get("back", ""))))


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
        amendable=agreement_states.is_concluded(db.session(), placement),
        back=back(asked),
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
    form, version = _form(placement), placement.version

    def action() -> None:
        board.save(session, placement, current_user, form.change(), today=today(), now=now())

    if refused := attempt(form, action, record=placement):
        return _editor(placement, form, refused)
    session.commit()
    asked = _asked()
    return fragment_or_redirect(
        "board/_rows.html",
        f"{asked.address(after=asked.after)}#placement-{placement_id}",
        message=gettext("Forløbet for %(name)s er gemt.", name=placement.student_name),
        undo=_undo_of(placement) if placement.version != version else None,
        rows=_row(placement, asked),
    )


def _undo_of(placement: Placement) -> int | None:
    """What was just saved, unless somebody has been told of it."""
    newest = undoing.newest(db.session(), placement)
    return newest.id if newest else None


@bp.get("/placements/<int:placement_id>/row")
@roles_allowed("coordinator")
def row(placement_id: int) -> Answer:
    """The row as it stands, for whoever cancels; without JavaScript the board it stands in."""
    placement, asked = _load(placement_id), _asked()
    if not wants_fragment():
        return redirect(f"{asked.address(after=asked.after)}#placement-{placement_id}", 303)
    return page_or_fragment("board/_rows.html", "board/_rows.html", rows=_row(placement, asked))


def _row(placement: Placement, asked: Asked) -> Markup:
    line = board.row(db.session(), placement, today=today())
    return rows([line], back(asked), str(get_locale()), focus=True)
