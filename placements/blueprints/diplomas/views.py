"""One person: what they were given, issuing, replacing and revoking, and the frozen document."""

from __future__ import annotations

from flask import Response, abort, render_template
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from placements import printing
from placements.access import current_user, roles_allowed
from placements.blueprints.diplomas import bp
from placements.blueprints.diplomas.forms import ReissueForm, RevokeForm
from placements.clock import now, today
from placements.db import db
from placements.domain import certificates, diploma_gates, diplomas, enrolments, history
from placements.domain.diploma_states import is_valid, standing, standing_certificate
from placements.history_words import tell
from placements.models.diplomas import Diploma
from placements.models.enrolments import Enrolment
from placements.web import attempt, back_to, chosen, get_or_404, pdf_shown

Answer = str | BaseResponse | tuple[str, int]


def _enrolment(enrolment_id: int) -> Enrolment:
    return get_or_404(enrolments.coordinated_by(current_user), enrolment_id)


def _diploma(diploma_id: int) -> Diploma:
    return get_or_404(diplomas.coordinated_by(current_user), diploma_id)


@bp.get("/enrolments/<int:enrolment_id>/diploma")
@roles_allowed("coordinator")
def show(enrolment_id: int) -> Answer:
    enrolment, session = _enrolment(enrolment_id), db.session()
    given = diplomas.of_person(session, enrolment)
    return render_template(
        "diplomas/show.html",
        enrolment=enrolment,
        valid=[one for one in (standing(given), standing_certificate(given)) if one],
        earlier=[one for one in given if not is_valid(one)],
        checks=diploma_gates.checks_for_issue(session, enrolment),
        certificate_checks=certificates.checks_for_issue(session, enrolment),
        attended=certificates.attended(session, enrolment),
        has_diploma=standing(given) is not None,
        entries=tell(session, history.of(session, enrolment)),
    )


@bp.post("/enrolments/<int:enrolment_id>/diploma")
@roles_allowed("coordinator")
def issue(enrolment_id: int) -> Answer:
    """Number, code, printed document and mail: all of it, or nothing."""
    enrolment = _enrolment(enrolment_id)
    diploma = diplomas.issue(db.session(), enrolment, today=today())
    printing.diplomas.hand_out(db.session(), diploma, now=now())
    db.session.commit()
    said = gettext("Beviset til %(name)s er udstedt.", name=enrolment.user.name)
    return back_to(f"/enrolments/{enrolment.id}/diploma", message=said)


@bp.post("/enrolments/<int:enrolment_id>/certificate")
@roles_allowed("coordinator")
def issue_certificate(enrolment_id: int) -> Answer:
    enrolment = _enrolment(enrolment_id)
    diploma = diplomas.issue_certificate(db.session(), enrolment, today=today())
    printing.diplomas.hand_out(db.session(), diploma, now=now())
    db.session.commit()
    said = gettext("Deltagerbeviset til %(name)s er udstedt.", name=enrolment.user.name)
    return back_to(f"/enrolments/{enrolment.id}/diploma", message=said)


@bp.get("/diplomas/<int:diploma_id>.pdf")
@roles_allowed("coordinator", "student")
def download(diploma_id: int) -> Answer:
    diploma = get_or_404(diplomas.visible_to(current_user), diploma_id)
    if diploma.document is None:
        abort(404)
    return pdf_shown(diploma.document.filename, diploma.document.content)


@bp.get("/diplomas/<int:diploma_id>/badge")
@roles_allowed("coordinator", "student")
def badge(diploma_id: int) -> Answer:
    """What the document carries, as a file of its own."""
    carried = printing.badges.of(get_or_404(diplomas.visible_to(current_user), diploma_id))
    if carried is None:
        abort(404)
    return Response(
        carried.content,
        mimetype=carried.mimetype,
        headers={"Content-Disposition": f'attachment; filename="{carried.name}"'},
    )


@bp.get("/diplomas/<int:diploma_id>/reissue")
@roles_allowed("coordinator")
def correct(diploma_id: int) -> Answer:
    diploma = _diploma(diploma_id)
    form = ReissueForm(name=diploma.person_name, issued_on=diploma.issued_on, version=diploma.version)
    return _correction(diploma, form)


@bp.post("/diplomas/<int:diploma_id>/reissue")
@roles_allowed("coordinator")
def reissue(diploma_id: int) -> Answer:
    """The new one with number, code, document and mail, and the old one marked: all of it, or nothing."""
    diploma, form, session = _diploma(diploma_id), ReissueForm(), db.session()

    def action() -> None:
        day, version = chosen(form.issued_on), form.version_number
        name = form.name.data or ""
        new = diplomas.reissue(session, diploma, name=name, issued_on=day, version=version, today=today())
        printing.diplomas.hand_out(session, new, now=now())

    if refused := attempt(form, action):
        return _correction(diploma, form, refused)
    session.commit()
    said = gettext(
        "Der er udstedt et nyt bevis til %(name)s. Det gamle gælder ikke længere.", name=form.name.data
    )
    return back_to(f"/enrolments/{diploma.enrolment_id}/diploma", message=said)


@bp.get("/diplomas/<int:diploma_id>/revoke")
@roles_allowed("coordinator")
def confirm_revocation(diploma_id: int) -> Answer:
    diploma = _diploma(diploma_id)
    return _revocation(diploma, RevokeForm(version=diploma.version))


@bp.post("/diplomas/<int:diploma_id>/revoke")
@roles_allowed("coordinator")
def revoke(diploma_id: int) -> Answer:
    diploma, form = _diploma(diploma_id), RevokeForm()

    def action() -> None:
        reason, version = form.reason.data or "", form.version_number
        diplomas.revoke(diploma, reason=reason, version=version, today=today())

    if refused := attempt(form, action):
        return _revocation(diploma, form, refused)
    db.session.commit()
    said = gettext("Beviset til %(name)s er trukket tilbage.", name=diploma.person_name)
    return back_to(f"/enrolments/{diploma.enrolment_id}/diploma", message=said)


def _correction(diploma: Diploma, form: ReissueForm, status: int = 200) -> tuple[str, int]:
    values = {"diploma": diploma, "form": form, "valid": is_valid(diploma)}
    return render_template("diplomas/reissue.html", **values), status


def _revocation(diploma: Diploma, form: RevokeForm, status: int = 200) -> tuple[str, int]:
    values = {"diploma": diploma, "form": form, "valid": is_valid(diploma)}
    return render_template("diplomas/revoke.html", **values), status
