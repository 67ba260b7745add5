"""What a programme asks, and how it is asked: the questions, and an evaluation's way from sent to closed."""

from __future__ import annotations

from flask import abort, render_template
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.evaluations import bp
from placements.blueprints.evaluations.forms import EditQuestionForm, NewQuestionForm
from placements.clock import now
from placements.db import db
from placements.domain import cohorts, evaluation_figures, evaluation_questions, evaluations, programmes
from placements.domain.rules import expect_version
from placements.models.cohorts import Cohort
from placements.models.evaluations import Evaluation, Moment
from placements.models.programmes import Programme
from placements.web import attempt, back_to, get_or_404

Answer = str | Response | tuple[str, int]


# The questions


def _programme(slug: str) -> Programme:
    return get_or_404(programmes.coordinated_by(current_user), slug=slug)


def _questions(programme: Programme, form: NewQuestionForm) -> str:
    return render_template(
        "evaluations/questions.html",
        programme=programme,
        form=form,
        always=evaluation_questions.FIXED,
        own=evaluation_questions.of_programme(db.session(), programme),
        moments=list(Moment),
    )


@bp.get("/programmes/<slug>/evaluation")
@roles_allowed("coordinator")
def questions(slug: str) -> Answer:
    return _questions(_programme(slug), NewQuestionForm(formdata=None))


@bp.post("/programmes/<slug>/evaluation")
@roles_allowed("coordinator")
def add_question(slug: str) -> Answer:
    programme, form, session = _programme(slug), NewQuestionForm(), db.session()

    def action() -> None:
        evaluation_questions.add(session, programme, moment=Moment(form.moment.data), **form.values())

    if refused := attempt(form, action):
        return _questions(programme, form), refused
    session.commit()
    return back_to(f"/programmes/{programme.slug}/evaluation", message=gettext("Spørgsmålet er tilføjet."))


@bp.get("/evaluation-questions/<int:question_id>/edit")
@roles_allowed("coordinator")
def edit_question(question_id: int) -> Answer:
    question = get_or_404(evaluation_questions.visible_to(current_user), question_id)
    return render_template(
        "evaluations/question.html", question=question, form=EditQuestionForm(obj=question)
    )


@bp.post("/evaluation-questions/<int:question_id>/edit")
@roles_allowed("coordinator")
def save_question(question_id: int) -> Answer:
    question = get_or_404(evaluation_questions.visible_to(current_user), question_id)
    form = EditQuestionForm(obj=question)

    def action() -> None:
        expect_version(question, form.version_number)
        evaluation_questions.edit(question, **form.values())

    if refused := attempt(form, action, record=question):
        return render_template("evaluations/question.html", question=question, form=form), refused
    db.session.commit()
    slug = question.programme.slug
    return back_to(f"/programmes/{slug}/evaluation", message=gettext("Spørgsmålet er gemt."))


@bp.post("/evaluation-questions/<int:question_id>/delete")
@roles_allowed("coordinator")
def remove_question(question_id: int) -> Answer:
    question = get_or_404(evaluation_questions.visible_to(current_user), question_id)
    slug = question.programme.slug
    evaluation_questions.remove(db.session(), question)
    db.session.commit()
    return back_to(f"/programmes/{slug}/evaluation", message=gettext("Spørgsmålet er fjernet."))


# An evaluation of a cohort


def _cohort(slug: str) -> Cohort:
    return get_or_404(cohorts.coordinated_by(current_user), slug=slug)


def _moment(name: str) -> Moment:
    return next((moment for moment in Moment if moment.value == name), None) or abort(404)


def _evaluation(cohort: Cohort, moment: str) -> Evaluation:
    return evaluations.of_cohort(db.session(), cohort, _moment(moment)) or abort(404)


@bp.get("/cohorts/<slug>/evaluation")
@roles_allowed("coordinator")
def show(slug: str) -> Answer:
    cohort = _cohort(slug)
    standings = [evaluations.standing(db.session(), cohort, moment) for moment in Moment]
    return render_template(
        "evaluations/cohort.html",
        cohort=cohort,
        standings=standings,
        figures={
            one.moment: evaluation_figures.of_evaluation(one.evaluation)
            for one in standings
            if one.evaluation
        },
    )


@bp.post("/cohorts/<slug>/evaluation/<moment>/send")
@roles_allowed("coordinator")
def send(slug: str, moment: str) -> Answer:
    cohort = _cohort(slug)
    number = evaluations.send(db.session(), cohort, _moment(moment), now=now())
    db.session.commit()
    said = ngettext("Skemaet er sendt til %(num)s person.", "Skemaet er sendt til %(num)s personer.", number)
    return back_to(f"/cohorts/{cohort.slug}/evaluation", message=said)


@bp.post("/cohorts/<slug>/evaluation/<moment>/remind")
@roles_allowed("coordinator")
def remind(slug: str, moment: str) -> Answer:
    cohort = _cohort(slug)
    number = evaluations.remind(db.session(), _evaluation(cohort, moment), now=now())
    db.session.commit()
    said = ngettext("%(num)s person er mindet om det.", "%(num)s personer er mindet om det.", number)
    return back_to(f"/cohorts/{cohort.slug}/evaluation", message=said)


@bp.post("/cohorts/<slug>/evaluation/<moment>/close")
@roles_allowed("coordinator")
def close(slug: str, moment: str) -> Answer:
    cohort = _cohort(slug)
    evaluations.close(db.session(), _evaluation(cohort, moment), now=now())
    db.session.commit()
    return back_to(f"/cohorts/{cohort.slug}/evaluation", message=gettext("Skemaet er lukket."))


@bp.get("/programmes/<slug>/figures")
@roles_allowed("coordinator")
def figures(slug: str) -> Answer:
    programme = _programme(slug)
    years = evaluation_figures.over_years(db.session(), programme)
    rows = cohorts.by_start(db.session(), cohorts.coordinated_by(current_user).filter_by(programme=programme))
    return render_template("evaluations/figures.html", programme=programme, years=years, cohorts=rows)
