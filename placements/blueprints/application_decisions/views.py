"""One table for all answers; the letters read through and sent in one step; the same letters on paper."""

from __future__ import annotations

from flask import abort, render_template, request
from flask_babel import ngettext
from werkzeug.wrappers import Response as BaseResponse

from placements import printing
from placements.access import current_user, roles_allowed
from placements.blueprints.application_decisions import bp
from placements.blueprints.application_decisions.forms import DecisionsForm, decisions_form
from placements.clock import moment, today
from placements.db import db
from placements.domain import application_decisions, application_queue, applications, cohorts
from placements.domain.application_decisions import Line
from placements.models.applications import Application
from placements.models.cohorts import Cohort
from placements.pdf.decision_letter.context import REASONS
from placements.web import attempt, back_to, get_or_404, note_look, pdf_shown

Answer = str | BaseResponse | tuple[str, int]


def _load(slug: str) -> tuple[Cohort, list[Line]]:
    """The names are need-to-know, so the look is written down."""
    cohort = get_or_404(cohorts.coordinated_by(current_user), slug=slug)
    note_look("cohort_applications", cohort.id)
    cohort = get_or_404(cohorts.coordinated_by(current_user), slug=slug)
    return cohort, application_decisions.lines(db.session(), cohort, current_user)


def _page(cohort: Cohort, found: list[Line], form: DecisionsForm) -> str:
    sent = [line for line in found if line.sent]
    return render_template(
        "application_decisions/show.html",
        cohort=cohort,
        form=form,
        sent=sent,
        files=printing.application_letters.files(len(sent)),
        prepared=sum(line.prepared is not None for line in found),
        offers=application_decisions.prepared_offers(found),
        seats=application_queue.seats(db.session(), cohort),
        suggestions=REASONS.values(),
    )


@bp.get("/cohort/<slug>/decisions")
@roles_allowed("coordinator")
def show(slug: str) -> Answer:
    cohort, found = _load(slug)
    return _page(cohort, found, decisions_form(found, now=moment(), formdata=None))


@bp.post("/cohort/<slug>/decisions")
@roles_allowed("coordinator")
def prepare(slug: str) -> Answer:
    cohort = get_or_404(cohorts.coordinated_by(current_user), slug=slug)
    session = db.session()
    found = application_decisions.lines(session, cohort, current_user)
    form = decisions_form(found, now=moment())

    def action() -> None:
        application_decisions.prepare(
            session,
            cohort,
            current_user,
            [row.choice for row in form.rows],
            answer_by=form.answer_by,
            by=current_user.signed_name,
            now=moment(),
        )

    if refused := attempt(form, action):
        return _page(cohort, application_decisions.lines(session, cohort, current_user), form), refused
    session.commit()
    number = sum(row.choice.kind is not None for row in form.rows)
    message = ngettext(
        "%(num)d svar er klar. Ingen har fået besked endnu.",
        "%(num)d svar er klar. Ingen har fået besked endnu.",
        number,
    )
    onward = "/letters" if "onward" in request.form and number else ""
    return back_to(f"/applications/cohort/{slug}/decisions{onward}", message=message)


@bp.get("/cohort/<slug>/decisions/letters")
@roles_allowed("coordinator")
def letters(slug: str) -> Answer:
    """All of them as they will be sent."""
    cohort, found = _load(slug)
    written = application_decisions.letters(db.session(), cohort, found)
    return render_template(
        "application_decisions/letters.html",
        cohort=cohort,
        letters=written,
        files=printing.application_letters.files(len(written)),
        seal=application_decisions.seal(written),
        sent=any(line.sent for line in found),
    )


@bp.post("/cohort/<slug>/decisions/send")
@roles_allowed("coordinator")
def send(slug: str) -> Answer:
    cohort = get_or_404(cohorts.coordinated_by(current_user), slug=slug)
    seen = request.form.get("seal", "")
    number = application_decisions.send(db.session(), cohort, current_user, seen=seen, now=moment())
    db.session.commit()
    message = ngettext("%(num)d svar er sendt.", "%(num)d svar er sendt.", number)
    return back_to(f"/applications/cohort/{slug}/decisions", message=message)


@bp.get("/cohort/<slug>/decisions/letters.pdf")
@roles_allowed("coordinator")
def print_all(slug: str) -> Answer:
    """For the printer: those that are prepared, or else the last that were sent; of many some at a time."""
    cohort, found = _load(slug)
    written = application_decisions.letters(db.session(), cohort, found)
    number = request.args.get("file", 1, type=int)
    chosen = printing.application_letters.file_of(
        written or application_decisions.sent_letters(found), number
    ) or abort(404)
    bound = printing.application_letters.bound(db.session(), cohort, chosen, on=today())
    return pdf_shown(f"breve-{cohort.slug}-{number}.pdf", bound)


@bp.get("/<int:application_id>/letter.pdf")
@roles_allowed("coordinator")
def print_one(application_id: int) -> Answer:
    application = _application(application_id)
    note_look("application", application_id)
    application = _application(application_id)
    letter = application_decisions.letter_to(db.session(), application, current_user) or abort(404)
    printed = printing.application_letters.letter(db.session(), application.cohort, letter, on=today())
    return pdf_shown(printed.filename, printed.pdf)


def _application(application_id: int) -> Application:
    return get_or_404(applications.coordinated_by(current_user), application_id)
