"""Amendments: read by their parties, sent and withdrawn by the coordinator, signed by each."""

from __future__ import annotations

from flask import render_template
from flask_babel import get_locale, gettext
from werkzeug.wrappers import Response as BaseResponse

from placements import printing
from placements.access import current_user, roles_allowed
from placements.blueprints.amendments import bp
from placements.blueprints.amendments.forms import SignForm
from placements.clock import now, today
from placements.db import db
from placements.domain import amendment_tasks, amendments, placements
from placements.domain.amendment_lines import lines
from placements.domain.amendment_states import is_awaiting, is_draft, is_open, is_withdrawn, party_to_sign
from placements.domain.amendment_states import stands_on_newest as stands
from placements.models.amendments import Amendment
from placements.web import Form, attempt, back_to, get_or_404, pdf_shown

Answer = str | BaseResponse | tuple[str, int]


def _load(placement_id: int, number: int) -> Amendment:
    return get_or_404(amendments.numbered(amendments.visible_to(current_user), placement_id, number))


def _coordinated(placement_id: int, number: int) -> Amendment:
    return get_or_404(amendments.numbered(amendments.coordinated_by(current_user), placement_id, number))


def _page(amendment: Amendment, form: SignForm, status: int = 200) -> tuple[str, int]:
    session, placement = db.session(), amendment.placement
    coordinates = placement.programme_id in current_user.programme_ids
    page = render_template(
        "amendments/show.html",
        amendment=amendment,
        placement=placement,
        here=amendments.page_of(amendment),
        sees_placement=placements.is_visible(session, placement, current_user),
        lines=lines(amendment, locale=str(get_locale())),
        standings=amendments.standings(session, amendment, today=today()),
        party=party_to_sign(amendment, current_user),
        to_remind=amendment_tasks.to_remind(session, amendment, current_user) if coordinates else [],
        draft=is_draft(amendment),
        awaiting=is_awaiting(amendment),
        withdrawn=is_withdrawn(amendment),
        outdated=is_open(amendment) and not stands(amendment),
        may_withdraw=coordinates and is_open(amendment),
        coordinates=coordinates,
        form=form,
    )
    return page, status


@bp.get("")
@roles_allowed("coordinator", "host", "student")
def index(placement_id: int) -> Answer:
    placement = get_or_404(placements.visible_to(current_user), placement_id)
    coordinates = placement.programme_id in current_user.programme_ids
    return render_template(
        "amendments/index.html",
        placement=placement,
        found=amendments.of_placement(db.session(), placement, current_user),
        may_begin=coordinates and amendments.may_begin(db.session(), placement),
        coordinates=coordinates,
    )


@bp.get("/<int:number>")
@roles_allowed("coordinator", "host", "student")
def show(placement_id: int, number: int) -> Answer:
    return _page(_load(placement_id, number), SignForm())


@bp.post("/<int:number>/send")
@roles_allowed("coordinator")
def send(placement_id: int, number: int) -> Answer:
    amendment, seen = _coordinated(placement_id, number), Form().version_number
    printing.amendments.send(db.session(), amendment, version=seen, today=today(), now=now())
    db.session.commit()
    said = gettext("Tillægget er sendt til underskrift. Parterne får en mail med et link.")
    return back_to(amendments.page_of(amendment), message=said)


@bp.post("/<int:number>/sign")
@roles_allowed("coordinator", "host", "student")
def sign(placement_id: int, number: int) -> Answer:
    amendment, form = _load(placement_id, number), SignForm()

    def action() -> None:
        amendments.sign(db.session(), amendment, current_user, today=today(), now=now())
        printing.amendments.freeze_when_signed(db.session(), amendment, now=now())

    if refused := attempt(form, action):
        return _page(amendment, form, refused)
    db.session.commit()
    return back_to(amendments.page_of(amendment), message=gettext("Tak. Din underskrift er gemt."))


@bp.post("/<int:number>/withdraw")
@roles_allowed("coordinator")
def withdraw(placement_id: int, number: int) -> Answer:
    amendment, seen = _coordinated(placement_id, number), Form().version_number
    amendments.withdraw(db.session(), amendment, version=seen, now=now())
    db.session.commit()
    said = gettext("Tillægget er trukket tilbage. Aftalen gælder uændret.")
    return back_to(amendments.page_of(amendment), message=said)


@bp.post("/<int:number>/remind")
@roles_allowed("coordinator")
def remind(placement_id: int, number: int) -> Answer:
    amendment = _coordinated(placement_id, number)
    reminded = amendment_tasks.remind(db.session(), amendment, current_user, now=now())
    db.session.commit()
    names = ", ".join(user.name for user in reminded)
    said = gettext("Påmindelse sendt til %(names)s.", names=names)
    return back_to(amendments.page_of(amendment), message=said)


@bp.get("/<int:number>.pdf")
@roles_allowed("coordinator", "host", "student")
def download(placement_id: int, number: int) -> Answer:
    """The agreement and its amendments as one, with this as the last."""
    amendment = get_or_404(amendments.numbered(amendments.readable_to(current_user), placement_id, number))
    filename, content = printing.amendments.pdf_of(db.session(), amendment, today=today())
    return pdf_shown(filename, content)
