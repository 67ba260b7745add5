"""The list of cohorts, and one cohort: key dates, the practicum week by week, the people."""

from __future__ import annotations

from flask import render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.cohorts import bp
from placements.blueprints.cohorts.forms import ParticipantForm, PracticumForm
from placements.clock import now, today
from placements.db import db
from placements.domain import (
    admissions,
    attendance_ledger,
    cohorts,
    enrolments,
    history,
    programmes,
    timelines,
)
from placements.domain.rules import expect_version
from placements.history_words import tell
from placements.models.cohorts import Cohort
from placements.models.programmes import Audience
from placements.web import attempt, back_to, chosen, get_or_404

Answer = str | Response | tuple[str, int]


@bp.get("/cohorts")
@roles_allowed("coordinator", "teacher", "admin")
def index() -> Answer:
    session = db.session()
    return render_template(
        "cohorts/index.html",
        cohorts=cohorts.by_start(session, cohorts.visible_to(current_user)),
        programmes=programmes.by_name(session, programmes.visible_to(current_user)),
        may_create=bool(current_user.programme_ids),
        may_load=programmes.may_load_some(current_user),
    )


def _load(slug: str) -> Cohort:
    return get_or_404(cohorts.visible_to(current_user), slug=slug)


def _coordinated(slug: str) -> Cohort:
    """Seen is not run: who coordinates one programme may teach, host or learn in another."""
    return get_or_404(cohorts.coordinated_by(current_user), slug=slug)


@bp.get("/cohorts/<slug>")
@roles_allowed("coordinator", "teacher", "admin")
def show(slug: str) -> Answer:
    cohort = _load(slug)
    people = enrolments.shown_to(db.session(), cohort, current_user)
    return render_template(
        "cohorts/show.html",
        cohort=cohort,
        people=people,
        timeline=timelines.shown_to(db.session(), cohort, current_user, today=today()),
        theory_weeks=cohorts.theory_weeks(cohort),
        registers_here=attendance_ledger.cohorts_with_sessions(db.session(), [cohort.id]),
        entries=tell(db.session(), history.of(db.session(), cohort)),
        may_edit=cohort.programme_id in current_user.programme_ids,
        has_pairs=any(map(admissions.applies, people)),
    )


@bp.get("/cohorts/<slug>/people/new")
@roles_allowed("coordinator")
def new_participant(slug: str) -> Answer:
    cohort = _coordinated(slug)
    form = ParticipantForm().offer(cohorts.audiences(cohort))
    return render_template("cohorts/participant.html", cohort=cohort, form=form)


@bp.post("/cohorts/<slug>/people/new")
@roles_allowed("coordinator")
def enrol(slug: str) -> Answer:
    cohort = _coordinated(slug)
    form = ParticipantForm().offer(cohorts.audiences(cohort))

    def action() -> None:
        enrolments.invite(
            db.session(),
            cohort,
            form.email.data or "",
            name=form.name.data or "",
            audience=Audience(form.audience.data),
            municipality=form.municipality.data or None,
            now=now(),
        )

    if refused := attempt(form, action):
        return render_template("cohorts/participant.html", cohort=cohort, form=form), refused
    db.session.commit()
    said = gettext("%(name)s er nu på holdet.", name=form.name.data)
    return back_to(f"/cohorts/{slug}", message=said)


@bp.get("/cohorts/<slug>/practicum")
@roles_allowed("coordinator")
def edit_practicum(slug: str) -> Answer:
    cohort = _coordinated(slug)
    return render_template("cohorts/practicum.html", cohort=cohort, form=PracticumForm(obj=cohort))


@bp.post("/cohorts/<slug>/practicum")
@roles_allowed("coordinator")
def set_practicum(slug: str) -> Answer:
    cohort = _coordinated(slug)
    form = PracticumForm(obj=cohort)

    def action() -> None:
        expect_version(cohort, form.version_number)
        cohorts.set_practicum(
            db.session(),
            cohort,
            starts_on=chosen(form.practicum_starts_on),
            ends_on=chosen(form.practicum_ends_on),
        )

    if refused := attempt(form, action, record=cohort):
        return render_template("cohorts/practicum.html", cohort=cohort, form=form), refused
    db.session.commit()

    return back_to(f"/cohorts/{slug}", message=gettext("Praktikkens datoer er gemt."))


@bp.post("/enrolments/<int:enrolment_id>/confirm-theory")
@roles_allowed("coordinator")
def confirm_theory(enrolment_id: int) -> Answer:
    enrolment = get_or_404(enrolments.coordinated_by(current_user), enrolment_id)
    enrolments.confirm_theory(db.session(), enrolment, today=today())
    db.session.commit()

    return back_to(
        f"/cohorts/{enrolment.cohort.slug}#people",
        message=gettext("Fremmødet i teorien er bekræftet for %(name)s.", name=enrolment.user.name),
    )
