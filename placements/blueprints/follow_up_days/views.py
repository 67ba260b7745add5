"""The days of the cohorts; one day: when and where, what it is about, who was there."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from flask_babel import get_locale, gettext
from werkzeug.wrappers import Response

from placements import printing
from placements.access import current_user, roles_allowed
from placements.blueprints.follow_up_days import bp
from placements.blueprints.follow_up_days.forms import (
    CohortFilter,
    EnsureForm,
    PlanForm,
    RegisterForm,
    TopicForm,
    register_form,
)
from placements.clock import today
from placements.db import db
from placements.domain import cohorts, follow_up_days, follow_up_programmes, history
from placements.domain.rules import expect_version
from placements.history_words import tell
from placements.models.cohorts import Cohort
from placements.models.follow_up_days import FollowUpDay
from placements.web import attempt, back_to, fragment_or_redirect, get_or_404, page_or_fragment, pdf_shown

Answer = str | Response | tuple[str, int]


# The list


@bp.get("/follow-up-days")
@roles_allowed("coordinator", "teacher")
def index() -> Answer:
    wanted = CohortFilter(request.args).cohort.data or ""
    all_of = follow_up_days.cohorts_with_days(db.session(), current_user)
    shown = [cohort for cohort in all_of if wanted in ("", cohort.slug)]
    return page_or_fragment(
        "follow_up_days/index.html",
        "follow_up_days/_list.html",
        cohorts=all_of,
        wanted=wanted,
        groups=follow_up_days.by_cohort(db.session(), shown),
    )


@bp.post("/follow-up-days")
@roles_allowed("coordinator")
def ensure() -> Answer:
    form = EnsureForm()
    cohort: Cohort = get_or_404(cohorts.coordinated_by(current_user), slug=form.cohort.data or "")
    days = follow_up_days.ensure(db.session(), cohort)
    db.session.commit()
    return fragment_or_redirect(
        "follow_up_days/_cohort.html",
        f"/follow-up-days?cohort={cohort.slug}",
        message=gettext(
            "%(cohort)s har nu %(number)s opfølgningsdage. Sæt en dato på dem.",
            cohort=cohort.name,
            number=len(days),
        ),
        group=follow_up_days.by_cohort(db.session(), [cohort])[0],
        made=True,
    )


# One day


def _load(day_id: int) -> FollowUpDay:
    return get_or_404(follow_up_days.visible_to(current_user), day_id)


def _register_form(day: FollowUpDay, **values: Any) -> RegisterForm:
    return register_form(day.version, lambda: follow_up_days.participants(db.session(), day), **values)


def _topic_form(day: FollowUpDay, **values: Any) -> TopicForm:
    return TopicForm(**values).among(day.cohort.programme.modules)


def _page(day: FollowUpDay, fragment: str, status: int = 200, **forms: Any) -> tuple[str, int]:
    """The page with its forms as they stand, but for the one that was just sent."""
    session, coordinated = db.session(), day.cohort.programme_id in current_user.programme_ids
    values = {"register": _register_form(day, formdata=None), "topic": _topic_form(day, formdata=None)}
    return page_or_fragment(
        "follow_up_days/show.html",
        fragment,
        status,
        day=day,
        reached=follow_up_days.is_reached(day, today=today()),
        warnings=follow_up_days.warnings(session, day, current_user, held_on=day.held_on),
        other_dates=follow_up_days.sent_with_other_dates(session, day) if coordinated else {},
        entries=tell(session, history.of(session, day)),
        **(values | forms),
    )


@bp.get("/follow-up-days/<int:day_id>")
@roles_allowed("coordinator", "teacher")
def show(day_id: int) -> Answer:
    return _page(_load(day_id), "follow_up_days/_register.html")


@bp.get("/follow-up-days/<int:day_id>.pdf")
@roles_allowed("coordinator", "teacher", "host", "student")
def programme(day_id: int) -> Answer:
    """Also for those who see the day on the page of a placement."""
    day: FollowUpDay = get_or_404(follow_up_programmes.visible_to(current_user), day_id)
    session, locale = db.session(), str(get_locale())
    printed = printing.letters.follow_up_programme(session, day, on=today(), locale=locale)
    return pdf_shown(printed.filename, printed.pdf)


@bp.get("/follow-up-days/<int:day_id>/edit")
@roles_allowed("coordinator", "teacher")
def edit(day_id: int) -> Answer:
    """With a date in the address: what is to be known about that date."""
    day = _load(day_id)
    form = PlanForm(formdata=request.args if "held_on" in request.args else None, obj=day)
    notes = follow_up_days.foreseen(db.session(), day, current_user, held_on=form.held_on.data)
    return page_or_fragment(
        "follow_up_days/edit.html", "follow_up_days/_date_notes.html", day=day, form=form, notes=notes
    )


@bp.post("/follow-up-days/<int:day_id>/edit")
@roles_allowed("coordinator", "teacher")
def plan(day_id: int) -> Answer:
    day = _load(day_id)
    form = PlanForm(obj=day)

    def action() -> None:
        expect_version(day, form.version_number)
        wanted = {name: form[name].data for name in ("held_on", "starts_at", "ends_at", "place")}
        follow_up_days.plan(db.session(), day, **wanted)

    if refused := attempt(form, action, record=day):
        return render_template("follow_up_days/edit.html", day=day, form=form, notes=[]), refused
    db.session.commit()
    return back_to(f"/follow-up-days/{day_id}", message=gettext("Dagen er gemt."))


@bp.post("/follow-up-days/<int:day_id>/topics")
@roles_allowed("coordinator", "teacher")
def add_topic(day_id: int) -> Answer:
    day = _load(day_id)
    form = _topic_form(day)

    def action() -> None:
        follow_up_days.add_topic(
            db.session(), day, text=form.text.data or "", module_id=form.module_id.data or None
        )

    if refused := attempt(form, action):
        return _page(day, "follow_up_days/_topics.html", refused, topic=form)
    db.session.commit()
    return _topics(day, gettext("Emnet er tilføjet."))


@bp.post("/follow-up-days/<int:day_id>/topics/<int:topic_id>/remove")
@roles_allowed("coordinator", "teacher")
def remove_topic(day_id: int, topic_id: int) -> Answer:
    day = _load(day_id)
    follow_up_days.remove_topic(day, topic_id)
    db.session.commit()
    return _topics(day, gettext("Emnet er fjernet."))


def _topics(day: FollowUpDay, message: str) -> Response:
    return fragment_or_redirect(
        "follow_up_days/_topics.html",
        f"/follow-up-days/{day.id}#topics",
        message=message,
        day=day,
        topic=_topic_form(day, formdata=None),
        goes_on=True,
    )


@bp.post("/follow-up-days/<int:day_id>/attendance")
@roles_allowed("coordinator", "teacher")
def register(day_id: int) -> Answer:
    day = _load(day_id)
    form = _register_form(day)

    def action() -> None:
        expect_version(day, form.version_number)
        follow_up_days.register(db.session(), day, form.attendance, today=today())

    if refused := attempt(form, action, record=day):
        if form.conflicts:
            [form.changed_by] = history.of(db.session(), day, limit=1)
        return _page(day, "follow_up_days/_register.html", refused, register=form)
    db.session.commit()
    return fragment_or_redirect(
        "follow_up_days/_register.html",
        f"/follow-up-days/{day_id}#register",
        message=gettext("Fremmødet er gemt."),
        day=day,
        reached=True,
        saved=True,
        register=_register_form(day, formdata=None),
    )
