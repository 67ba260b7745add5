"""What the page of one placement shows to whoever opens it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from placements.access import current_user
from placements.blueprints.placements import next_steps
from placements.blueprints.placements.forms import AcceptForm, LegalBasisForm, ReasonForm, SupervisorForm
from placements.clock import today
from placements.db import db
from placements.domain import (
    agreement_states,
    agreements,
    history,
    hosts,
    hours_totals,
    placement_days,
    placement_ends,
    placement_links,
    placement_reminders,
    placements,
    student_answer_states,
    student_answers,
    supervisions,
    talk_work,
    undoing,
)
from placements.domain.placement_days import DayOfPlacement
from placements.history_words import Told, tell
from placements.i18n import _
from placements.models.offers import WayOfWorking
from placements.models.placements import Placement
from placements.models.users import Role


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the checklist, and where it is mended."""

    text: str
    met: bool
    href: str


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    href: str


def _mended_at(key: str, placement: Placement, days: list[DayOfPlacement], signed: bool) -> str:
    here, cohort = f"/placements/{placement.id}", placement.cohort
    numbered = {f"follow_up_{line.day.number}": f"/follow-up-days/{line.day.id}" for line in days}
    places = {
        "enrolment": f"/cohorts/{cohort.slug}",
        "offer": f"/offers/{placement.offer_id}",
        "legal_basis": f"{here}#legal-basis",
        "supervisor": f"{here}#supervisor",
        "student": f"{here}#next",
        "first_day": f"{here}/amendments/new" if signed else f"{here}/edit",
        "last_day": f"{here}/amendments/new" if signed else f"{here}/edit",
        "practicum": f"/programmes/{cohort.programme.slug}",
    }
    if key.startswith("follow_up_"):
        return numbered.get(key, f"/follow-up-days?cohort={cohort.slug}")
    return places.get(key, f"{here}/agreement")


def _day_to_name(placement: Placement) -> date:
    """Units are called here what they were called while the practicum ran (D-05)."""
    return max(placement.starts_on, min(today(), placement.ends_on))


def _agreement(placement: Placement) -> dict[str, Any]:
    agreement = agreement_states.of_placement(db.session(), placement.id)
    version = agreements.shown_version(agreement, current_user) if agreement else None
    return {
        "agreement": agreement if version else None,
        "version": version,
        "standings": agreements.standings(db.session(), version, today=today()) if version else [],
        "may_sign": bool(version and agreement_states.party_to_sign(version, current_user)),
    }


def _student_answer(placement: Placement, role: Role) -> dict[str, Any]:
    """Student and coordinator see the answer, and give it; the host does not."""
    asks = role is not Role.HOST and student_answers.may_answer(db.session(), placement)
    answer = student_answer_states.of_placement(db.session(), placement.id) if asks else None
    return {"asks_student": asks, "student_answer": answer}


def _place(placement: Placement) -> dict[str, Any]:
    day = _day_to_name(placement)
    return {
        "unit_name": placement.unit.name_on(day),
        "owner_name": hosts.owner_name(placement.unit, day),
        "ways": [WayOfWorking(way) for way in placement.offer.ways] if placement.offer else [],
    }


def _onward(placement: Placement) -> list[Link]:
    """Where a placement that is over leads: to the diploma, to the seat that came free, to another seat."""
    if placement.status in placements.FINISHED:
        return [Link(_("Gå til beviset"), f"/enrolments/{placement.enrolment_id}/diploma")]
    if placement.status not in placements.RELEASED:
        return []
    found = [Link(_("Find en ledig plads"), f"/offers?cohort={placement.cohort.slug}&status=open")]
    if placement_ends.has_free_seat(db.session(), placement):
        found.insert(0, Link(_("Placér den næste på pladsen"), f"/placements/new?offer={placement.offer_id}"))
    return found


def _history(placement: Placement) -> list[Told]:
    """What happened, with the way to take back the newest edit."""
    session = db.session()
    newest = undoing.newest(session, placement)
    told = tell(session, history.of(session, placement))
    return [
        replace(line, undo=f"/history/{line.event_id}/undo")
        if newest and line.event_id == newest.id
        else line
        for line in told
    ]


def _for_staff(placement: Placement, days: list[DayOfPlacement], signed: bool) -> dict[str, Any]:
    """The checklist, the warnings and the history are the coordinator's alone."""
    session = db.session()
    gate, checks = placements.next_gate(session, placement, today=today())
    lines = [Line(check.text, check.met, _mended_at(check.key, placement, days, signed)) for check in checks]
    return {
        "gate": gate,
        "lines": lines,
        "onward": _onward(placement),
        "warnings": [
            *placements.warnings(session, placement),
            *hours_totals.warnings(session, placement, today()),
            *talk_work.warnings(session, placement, today()),
            *supervisions.warnings(session, placement, today()),
        ],
        "entries": _history(placement),
    }


def undo_of(placement: Placement) -> int | None:
    """The event that this person could take back right now."""
    if placements.speaks_as(placement, current_user) is not Role.COORDINATOR:
        return None
    newest = undoing.newest(db.session(), placement)
    return newest.id if newest else None


def supervisor_form(placement: Placement, **options: Any) -> SupervisorForm:
    people = placements.possible_supervisors(db.session(), placement.unit_id)
    return SupervisorForm.on(placement, people, **options)


def accept_form(placement: Placement, **options: Any) -> AcceptForm:
    people = placements.possible_supervisors(db.session(), placement.unit_id)
    return AcceptForm.on(placement, people, **options)


def _waiting(placement: Placement, verbs: list[str], staff: bool) -> dict[str, Any]:
    """Until the unit has answered: its form for that, and for the coordinator when it was last asked."""
    if not placement_reminders.is_waiting(placement):
        return {}
    asked = placement_reminders.last_asked(db.session(), placement) if staff else None
    answers = "accept" in verbs and not staff
    return {
        "accept_form": accept_form(placement, formdata=None) if answers else None,
        "decline_form": ReasonForm(formdata=None) if answers else None,
        "may_remind": staff,
        "last_asked": asked,
    }


def values_of(placement: Placement, **forms: Any) -> dict[str, Any]:
    """Everything the page and its fragment need; `forms` are those that were refused."""
    role = placements.speaks_as(placement, current_user)
    staff, answers = role is Role.COORDINATOR, role is not Role.STUDENT
    days = placement_days.of_placement(db.session(), placement)
    verbs = placements.verbs_for(placement, current_user)
    signed = agreement_states.is_concluded(db.session(), placement)
    values: dict[str, Any] = {
        "placement": placement,
        "role": role.value,
        "title": next_steps.title(placement, role),
        "text": next_steps.text(placement, role),
        "calm": not forms,
        "verbs": verbs,
        **_waiting(placement, verbs, staff),
        "days": days,
        "links": placement_links.links_for(db.session(), placement, current_user),
        "may_name": answers and placements.is_accepted(placement) and not signed,
        "may_choose_basis": staff and placements.may_change_unit(placement),
        "may_edit": staff and placements.is_editable(placement) and not signed,
        "may_amend": staff and placements.is_editable(placement) and signed,
        **_place(placement),
        **_student_answer(placement, role),
        **_agreement(placement),
        **(_for_staff(placement, days, signed) if staff else {}),
    }
    values["supervisor_form"] = supervisor_form(placement, formdata=None) if values["may_name"] else None
    values["basis_form"] = LegalBasisForm.on(placement, formdata=None) if values["may_choose_basis"] else None
    return values | forms
