"""One's own application by the link: page by page, the summary, submitting, a copy, withdrawing."""

from __future__ import annotations

from typing import Any

from flask import abort, redirect, render_template
from flask_babel import get_locale, gettext
from werkzeug.wrappers import Response as BaseResponse

from placements import printing
from placements.access import public
from placements.blueprints.apply import bp
from placements.blueprints.apply.forms import PageForm, form_of
from placements.clock import moment, today
from placements.db import db
from placements.domain import (
    application_answers,
    application_decision_texts,
    application_decisions,
    application_interviews,
    application_letters,
    application_queue,
    application_replies,
    application_states,
    application_steps,
    application_texts,
    application_windows,
    applications,
)
from placements.domain.application_answers import Answers
from placements.domain.application_steps import Step
from placements.models.applications import Application
from placements.web import Form, attempt, back_to, pdf_shown

Answer = str | BaseResponse | tuple[str, int]


def _mine(token: str) -> Application:
    return applications.of_token(db.session(), token) or abort(404)


def _pages(application: Application, answers: Answers) -> list[Step]:
    cohort = application.cohort
    return application_steps.steps(cohort.programme, answers, on=cohort.starts_on)


def _summary(application: Application, token: str, form: Form) -> str:
    answers, cohort = application_answers.read(application), application.cohort
    return render_template(
        "apply/summary.html",
        application=application,
        told=application_texts.by_page(cohort, answers, locale=str(get_locale())),
        missing=application_steps.unmet(cohort, answers),
        window=application_windows.of(cohort),
        open=applications.may_change(application, now=moment()),
        early=application_windows.of(cohort).is_to_come(moment()),
        draft=applications.is_draft(application),
        interviews=application_interviews.concerns(db.session(), application, now=moment()),
        booked=application_interviews.booked_by(db.session(), application),
        form=form,
        token=token,
        contact=applications.contact_of(db.session(), application),
        **_answer(application),
    )


def _answer(application: Application) -> dict[str, Any]:
    """The answer that was sent, its letter, and whether it still waits for a yes or no."""
    decision = application_decisions.sent_to(db.session(), application)
    if decision is None:
        return {"decision": None}
    offered = application_states.is_offered(application)
    late = application_queue.is_late(decision, now=moment())
    return {
        "decision": decision,
        "letter": application_letters.paragraphs(application_decision_texts.letter(decision)),
        "asked": offered and not late,
        "late": (offered and late) or decision.lapsed_at is not None,
        "accepted": application_states.has_accepted(application),
        "declined": application_states.has_declined(application),
    }


@bp.get("/application/<token>")
@public
def summary(token: str) -> Answer:
    """Everything on one page: to come back to, to read through, to submit."""
    application = _mine(token)
    return _summary(application, token, Form(version=application.version, formdata=None))


def _page(application: Application, step: Step, token: str, form: PageForm) -> str:
    answers = application_answers.read(application)
    pages = _pages(application, answers)
    return render_template(
        "apply/step.html",
        cohort=application.cohort,
        step=step,
        number=pages.index(step) + 1,
        total=len(pages),
        previous=application_steps.before(pages, step),
        window=application_windows.of(application.cohort),
        open=applications.may_change(application, now=moment()),
        form=form,
        token=token,
    )


def _step(application: Application, answers: Answers, key: str) -> Step:
    return application_steps.step_of(_pages(application, answers), key) or abort(404)


@bp.get("/application/<token>/<key>")
@public
def show_step(token: str, key: str) -> Answer:
    application = _mine(token)
    answers = application_answers.read(application)
    step = _step(application, answers, key)
    form = form_of(step, application, answers, formdata=None)
    form.version.data = str(application.version)
    return _page(application, step, token, form)


@bp.post("/application/<token>/<key>")
@public
def save_step(token: str, key: str) -> Answer:
    """Saved, and on to the next page; the last one leads to the summary."""
    application, session = _mine(token), db.session()
    answers = application_answers.read(application)
    step = _step(application, answers, key)
    form = form_of(step, application, answers)

    def action() -> None:
        version, parts = form.version_number, form.parts()
        applications.save(session, application, version=version, today=today(), now=moment(), **parts)

    if refused := attempt(form, action, record=application):
        return _page(application, step, token, form), refused
    session.commit()
    answers = application_answers.read(application)
    following = application_steps.after(_pages(application, answers), step)
    return redirect(f"/application/{token}/{following.key}" if following else f"/application/{token}", 303)


@bp.post("/application/<token>/submit")
@public
def submit(token: str) -> Answer:
    application, form = _mine(token), Form()

    def action() -> None:
        applications.submit(db.session(), application, version=form.version_number, now=moment())

    if refused := attempt(form, action):
        return _summary(application, token, form), refused
    db.session.commit()
    return back_to(f"/application/{token}", message=gettext("Tak. Vi har modtaget din ansøgning."))


@bp.post("/application/<token>/accept")
@public
def accept(token: str) -> Answer:
    """Yes: a participant from now on. A second press changes nothing."""
    application_replies.accept(db.session(), _mine(token), now=moment())
    db.session.commit()
    return back_to(
        f"/application/{token}", message=gettext("Tak. Pladsen er din, og vi glæder os til at se dig.")
    )


@bp.post("/application/<token>/decline")
@public
def decline(token: str) -> Answer:
    application_replies.decline(db.session(), _mine(token), now=moment())
    db.session.commit()
    return back_to(
        f"/application/{token}", message=gettext("Tak for dit svar. Pladsen går videre til en anden.")
    )


@bp.get("/application/<token>/copy.pdf")
@public
def copy(token: str) -> Answer:
    """What was written, to keep; printed anew each time and kept nowhere."""
    printed = printing.applications.copy(_mine(token), on=today(), locale=str(get_locale()))
    return pdf_shown(printed.filename, printed.pdf)


@bp.post("/application/<token>/withdraw")
@public
def withdraw(token: str) -> Answer:
    application = _mine(token)
    slug = application.cohort.slug
    applications.withdraw(db.session(), application, now=moment())
    db.session.commit()
    return redirect(f"/apply/{slug}/withdrawn", 303)
