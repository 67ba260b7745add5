"""The agreement: read by its parties, written and sent by the coordinator, signed by each, then frozen."""

from __future__ import annotations

from typing import cast

from flask import abort, render_template
from flask_babel import get_locale, gettext
from werkzeug.wrappers import Response as BaseResponse

from placements import printing
from placements.access import current_user, roles_allowed
from placements.blueprints.agreements import bp
from placements.blueprints.agreements.forms import AgreementForm, SeenForm, SignForm
from placements.clock import now, today
from placements.db import db
from placements.domain import (
    agreement_paper,
    agreement_remarks,
    agreement_reminders,
    agreements,
    placements,
)
from placements.domain.agreement_states import (
    is_newest,
    is_signed,
    of_placement,
    party_to_sign,
)
from placements.domain.rules import Stale, expect_version
from placements.models.agreements import Agreement, AgreementVersion
from placements.models.placements import Placement
from placements.models.users import User
from placements.pdf.agreement.values import Values
from placements.web import attempt, back_to, get_or_404, pdf_shown

Answer = str | BaseResponse | tuple[str, int]


def _load(placement_id: int) -> tuple[Placement, Agreement | None]:
    placement = get_or_404(placements.visible_to(current_user), placement_id)
    return placement, of_placement(db.session(), placement.id)


def _shown(placement_id: int) -> tuple[Agreement, AgreementVersion]:
    """The agreement and the version that this person may read, or 404."""
    _placement, agreement = _load(placement_id)
    version = agreements.shown_version(agreement, current_user) if agreement else None
    if agreement is None or version is None:
        abort(404)
    return agreement, version


def _coordinated(placement_id: int) -> Agreement:
    """The agreement of a placement that this coordinator may change."""
    agreement = of_placement(
        db.session(), get_or_404(placements.coordinated_by(current_user), placement_id).id
    )
    if agreement is None:
        abort(404)
    return agreement


def _page(
    placement: Placement, agreement: Agreement | None, form: SignForm, status: int = 200
) -> tuple[str, int]:
    version = agreements.shown_version(agreement, current_user) if agreement else None
    page = render_template(
        "agreements/show.html",
        placement=placement,
        agreement=agreement,
        version=version,
        values=_values(version) if version else None,
        tongue="da" if version and is_signed(version) else str(get_locale()),
        standings=agreements.standings(db.session(), version, today=today()) if version else [],
        party=party_to_sign(version, current_user) if version else None,
        amendable=version is not None and is_signed(version),
        replaced=version is not None and not is_newest(version),
        checks=agreements.checks_for_send(version) if version else [],
        scans=agreement_paper.scans_of(version) if version else [],
        to_remind=_to_remind(version) if version else [],
        remarks=agreement_remarks.on(db.session(), agreement, current_user) if agreement else [],
        form=form,
        may_edit=placement.programme_id in current_user.programme_ids,
    )
    return page, status


def _to_remind(version: AgreementVersion) -> list[User]:
    """Whom the coordinator can remind; nobody else reminds."""
    if version.placement.programme_id not in current_user.programme_ids:
        return []
    return agreement_reminders.to_remind(db.session(), version, current_user)


def _values(version: AgreementVersion) -> Values:
    """What it says, in the reader's language; once signed, what was signed, in Danish like the document."""
    if version.document is not None and is_signed(version):
        return cast(Values, version.document.printed)
    return printing.agreements.values_of(db.session(), version, locale=str(get_locale()))


@bp.get("/agreement")
@roles_allowed("coordinator", "host", "student")
def show(placement_id: int) -> Answer:
    placement, agreement = _load(placement_id)
    version = agreements.shown_version(agreement, current_user) if agreement else None
    return _page(placement, agreement, SignForm(number=version.number if version else ""))


@bp.post("/agreement/draft")
@roles_allowed("coordinator")
def draft(placement_id: int) -> Answer:
    placement = get_or_404(placements.coordinated_by(current_user), placement_id)
    agreements.draft(db.session(), placement, today=today())
    db.session.commit()
    return back_to(
        f"/placements/{placement_id}/agreement/edit", message=gettext("Kladden er klar til at blive skrevet.")
    )


@bp.get("/agreement/edit")
@roles_allowed("coordinator")
def edit(placement_id: int) -> Answer:
    agreement = _coordinated(placement_id)
    form = AgreementForm.on(agreement.current)
    return render_template("agreements/edit.html", agreement=agreement, form=form)


@bp.post("/agreement/edit")
@roles_allowed("coordinator")
def write(placement_id: int) -> Answer:
    agreement = _coordinated(placement_id)
    form = AgreementForm.on(agreement.current)

    def action() -> None:
        _expect_number(agreement, form.number.data)
        expect_version(agreement.current, form.version_number)
        agreements.write(agreement, sections=form.sections)

    if refused := attempt(form, action, record=agreement.current):
        if refused == 409:  # like its hidden version: a second save is a conscious one
            form.number.data = str(agreement.current.number)
        return render_template("agreements/edit.html", agreement=agreement, form=form), refused
    db.session.commit()
    return back_to(f"/placements/{placement_id}/agreement", message=gettext("Aftalen er gemt."))


def _expect_number(agreement: Agreement, number: str | None) -> None:
    """Another version than the one that was opened has come in between."""
    if number != str(agreement.current.number):
        raise Stale


@bp.post("/agreement/send")
@roles_allowed("coordinator")
def send(placement_id: int) -> Answer:
    agreement = _coordinated(placement_id)
    seen = SeenForm()
    _expect_number(agreement, seen.number.data)
    expect_version(agreement.current, seen.version_number)
    printing.agreements.send(db.session(), agreement.current, now=now())
    db.session.commit()
    return back_to(
        f"/placements/{placement_id}/agreement",
        message=gettext("Aftalen er sendt til underskrift. Alle parter får en mail med et link."),
    )


@bp.post("/agreement/remind")
@roles_allowed("coordinator")
def remind(placement_id: int) -> Answer:
    agreement = _coordinated(placement_id)
    reminded = agreement_reminders.remind(db.session(), agreement.current, current_user, now=now())
    db.session.commit()
    names = ", ".join(user.name for user in reminded)
    said = gettext("Påmindelse sendt til %(names)s.", names=names)
    return back_to(f"/placements/{placement_id}/agreement", message=said)


@bp.post("/agreement/sign")
@roles_allowed("coordinator", "host", "student")
def sign(placement_id: int) -> Answer:
    agreement, version = _shown(placement_id)
    form = SignForm()

    def action() -> None:
        printing.agreements.freeze_to_sign(db.session(), version, now=now())
        agreements.sign(db.session(), version, current_user, read=form.read_number, now=now())
        printing.agreements.freeze_when_signed(db.session(), version, now=now())

    if refused := attempt(form, action):
        return _page(agreement.placement, agreement, form.anew(version), refused)
    db.session.commit()
    return back_to(f"/placements/{placement_id}/agreement", message=gettext("Tak. Din underskrift er gemt."))


@bp.get("/agreement.pdf")
@roles_allowed("coordinator", "host", "student")
def download(placement_id: int) -> Answer:
    """The frozen document once all have signed; before that a print of what there is to sign."""
    _agreement, version = _shown(placement_id)
    filename, content = printing.agreements.pdf_of(db.session(), version)
    return pdf_shown(filename, content)
