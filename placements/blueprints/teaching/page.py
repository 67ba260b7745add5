"""What the page for changing a session holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from werkzeug.wrappers import Response

from placements.access import current_user
from placements.blueprints.teaching.forms import SessionForm, TeacherForm, session_form
from placements.db import db
from placements.domain import cohorts, session_lines, teaching, teaching_changes, teaching_teams, users
from placements.models.teaching import TeachingSession
from placements.web import fragment_or_redirect, get_or_404, page_or_fragment


def load(session_id: int) -> TeachingSession:
    return get_or_404(teaching.coordinated_by(current_user), session_id)


def form_of(taught: TeachingSession, **values: Any) -> SessionForm:
    return session_form(taught, cohorts.audiences(taught.run.cohort), **values)


def teacher_form(taught: TeachingSession, **values: Any) -> TeacherForm:
    teachers = users.teachers_of(db.session(), taught.run.cohort.programme_id)
    return TeacherForm(**values).among(teachers, sign_up=taught.run.sign_up)


def _values(taught: TeachingSession) -> dict[str, Any]:
    programme = taught.run.cohort.programme
    return {
        "taught": taught,
        "missing": teaching_teams.missing(taught, programme),
        "one_leads": teaching_teams.one_leads(programme),
    }


def foreseen(taught: TeachingSession, day: date) -> tuple[str, int]:
    """What is to be known about the session on that day, before it is saved."""
    form = form_of(taught, formdata=None)
    form.held_on.data = day
    return editor(taught, fragment="teaching/_clashes.html", on=day, form=form)


def editor(
    taught: TeachingSession,
    status: int = 200,
    *,
    fragment: str = "teaching/_teachers.html",
    on: date | None = None,
    **forms: Any,
) -> tuple[str, int]:
    """The page with its forms as they stand, but for the one that was just sent."""
    line = session_lines.line_of(taught)
    line = replace(line, held_on=on or line.held_on)
    values = {"form": form_of(taught, formdata=None), "teacher": teacher_form(taught, formdata=None)}
    return page_or_fragment(
        "teaching/edit.html",
        fragment,
        status,
        clashes=teaching_changes.clashes(db.session(), taught, line),
        kept=session_lines.is_kept(taught),
        **_values(taught),
        **(values | forms),
    )


def teachers_answer(taught: TeachingSession, message: str) -> Response:
    return fragment_or_redirect(
        "teaching/_teachers.html",
        f"/teaching/{taught.id}/edit#teachers",
        message=message,
        teacher=teacher_form(taught, formdata=None),
        goes_on=True,
        **_values(taught),
    )
