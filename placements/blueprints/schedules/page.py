"""What the pages with sessions line by line hold: the lines, and what is to be known about each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from placements.access import current_user
from placements.blueprints.schedules.forms import LinesForm
from placements.domain import cohorts, session_lines, teaching_clashes, teaching_teams, timetables
from placements.domain.attendance_ledger import length
from placements.domain.session_lines import Line
from placements.models.cohorts import Cohort
from placements.models.programmes import Audience, Module
from placements.models.teaching import TeachingSession
from placements.web import get_or_404

CONFLICT = 409


def load_cohort(slug: str) -> Cohort:
    return get_or_404(cohorts.coordinated_by(current_user), slug=slug)


def rows(form: LinesForm, cohort: Cohort, known: Sequence[TeachingSession]) -> list[dict[str, Any]]:
    """Each row of the form with its warnings, its session, and for whom it is."""
    by_id = {one.id: one for one in known}
    notes = iter(_notes(form.lines, cohort, known))
    return [
        {
            "fields": fields,
            "line": line,
            "notes": next(notes) if line else [],
            "session": by_id.get(line.session_id) if line and line.session_id else None,
            "audiences": [Audience(audience) for audience in line.audiences] if line else [],
            "extra": {Audience(who): more for who, more in line.extra_minutes.items()} if line else {},
        }
        for fields, line in form.written
    ]


def _notes(lines: Sequence[Line], cohort: Cohort, known: Sequence[TeachingSession]) -> list[list[str]]:
    """Of each line, in their order."""
    kept = [one for one in known if session_lines.is_kept(one)]
    clashes = teaching_clashes.of([*kept, *lines], cohort)[len(kept) :]
    by_id = {one.id: one for one in known}
    found: list[list[str]] = []
    for line, said in zip(lines, clashes, strict=True):
        taught = by_id.get(line.session_id) if line.session_id else None
        lacking = teaching_teams.missing(taught, cohort.programme) if taught else []
        found.append([*(clash.text for clash in said), *(one.text for one in lacking)])
    return found


def after_conflict(form: LinesForm, known: Sequence[TeachingSession]) -> None:
    """What another has changed is known now, and what another has called off would be a new session.

    After a conflict alone: whoever was refused for another reason has not seen what another has changed.
    """
    form.seen.data = str(session_lines.mark(known))
    ids = {str(one.id) for one in known}
    for fields in form.rows if form.conflicts else ():
        if str(fields["id"].data) not in ids:
            fields["id"].data = ""


def values(form: LinesForm, cohort: Cohort, known: Sequence[TeachingSession]) -> dict[str, Any]:
    kept = [one for one in known if session_lines.is_kept(one)]
    all_of = [*map(session_lines.line_of, kept), *form.lines]
    return {
        "cohort": cohort,
        "form": form,
        "rows": rows(form, cohort, known),
        "kept": kept,
        "total_hours": sum(length(one.starts_at, one.ends_at) for one in all_of) / 60,
    }


def open_lines(known: Sequence[TeachingSession]) -> list[Line]:
    return [session_lines.line_of(one) for one in known if not session_lines.is_kept(one)]


def unlike(form: LinesForm, cohort: Cohort, known: Sequence[TeachingSession]) -> list[tuple[Module, int]]:
    """Modules that would be taught for longer or shorter than the programme says."""
    kept = [session_lines.line_of(one) for one in known if session_lines.is_kept(one)]
    slots = [(line.module_id, length(line.starts_at, line.ends_at)) for line in (*kept, *form.lines)]
    return timetables.unlike(cohort.programme, slots)
