"""What the sheet `Praktik` would do: a draft for each row, on seats that the unit offers."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date

from placements.domain import enrolments, impossible_units, offers, placement_fit
from placements.domain.cohort_import_headings import closest
from placements.domain.cohort_import_known import Known
from placements.domain.cohort_import_plans import (
    Noun,
    Plan,
    PlannedContact,
    PlannedPlacement,
    PlannedSite,
    Verb,
    differences,
)
from placements.domain.cohort_import_problems import Problem
from placements.domain.cohort_import_rows import PracticumRow, Rows, folded
from placements.domain.cohort_import_sites import Sites, called
from placements.domain.placement_states import RELEASED, is_draft
from placements.domain.rules import RuleBroken
from placements.formatting import hours, short_period
from placements.i18n import _
from placements.models.placements import Placement
from placements.models.users import User

START, END, HOURS, SUPERVISOR = _("Start"), _("Slut"), _("Timer pr. uge"), _("Vejleder")


@dataclass(slots=True)
class Laying:
    """What this workbook has laid so far: who is on the list, whose time and which seats are taken."""

    known: Known
    students: set[str]
    sites: dict[str, list[PlannedSite]]
    spans: dict[str, list[tuple[date, date, int]]] = field(default_factory=lambda: defaultdict(list))
    seats: Counter[int] = field(default_factory=Counter)


def plan(plan: Plan, rows: Rows, known: Known, sites: Sites) -> None:
    by_name: dict[str, list[PlannedSite]] = defaultdict(list)
    for site in sites.values():
        by_name[folded(site.name)].append(site)
    laying = Laying(known, {student.row.email for student in plan.students}, by_name)
    for row in rows.practicum:
        if {row.email, folded(row.unit)} & rows.unfinished:
            continue
        answer = _lay(plan, row, laying)
        if isinstance(answer, Problem):
            plan.problems.append(answer)
        else:
            plan.placements.append(answer)


def _lay(plan: Plan, row: PracticumRow, laying: Laying) -> PlannedPlacement | Problem:
    known = laying.known
    user = known.users.get(row.email)
    site = _student_problem(row, user, laying) or _site(row, laying)
    if isinstance(site, Problem):
        return site
    first, last = _period(row, site, known)
    before = _before(user, site, known)
    problem = _term_problem(row, first, last, known) or _overlap(row, user, before, first, last, laying)
    if before is None:
        problem = problem or _impossible(row, user, site, known) or _seat_problem(row, site, laying)
    if problem:
        return problem
    changed = _changed(row, before) if before else []
    if before and changed and not is_draft(before):
        sentence = _("Forløbet er kommet videre end kladde. Ret det på dets egen side.")
        return row.problem("unit", row.unit, sentence)
    laying.spans[row.email].append((first, last, row.number))
    supervisor = _supervisor(plan, row, site)
    verb = Verb.NEW if before is None else Verb.CHANGED if changed else Verb.SAME
    plan.add(
        Noun.PLACEMENT,
        verb,
        f"{(user.name if user else row.email)} – {site.name}",
        changed or [short_period(first, last)],
    )
    return PlannedPlacement(row, site, user, supervisor, before, verb)


# The student


def _student_problem(row: PracticumRow, user: User | None, laying: Laying) -> Problem | None:
    known = laying.known
    enrolment = known.enrolments.get(user.id) if user else None
    if enrolment is None and row.email not in laying.students:
        everybody = laying.students | {e.user.email for e in known.enrolments.values()}
        sentence = _("Ingen på holdet eller i arket Studerende har den e-mail.")
        return row.problem("email", row.email, sentence, closest(row.email, everybody))
    if enrolment is not None and not enrolments.is_active(enrolment):
        sentence = _("%(name)s er ikke længere aktiv på holdet.", name=enrolment.user.name)
        return row.problem("email", row.email, sentence)
    return None


def _before(user: User | None, site: PlannedSite, known: Known) -> Placement | None:
    """The student's placement at this unit, whatever became of it: the same file twice lays it once."""
    enrolment = known.enrolments.get(user.id) if user else None
    if enrolment is None or site.unit is None:
        return None
    there = [p for p in known.placements.get(enrolment.id, []) if p.unit_id == site.unit.id]
    return there[-1] if there else None


# The unit and its seats


def _site(row: PracticumRow, laying: Laying) -> PlannedSite | Problem:
    found = laying.sites.get(folded(row.unit), [])
    if not found:
        for owner, unit in laying.known.units_called(row.unit):
            site = PlannedSite(None, row.unit, owner, unit=unit, offers=laying.known.offers[unit.id])
            found.append(site)
        laying.sites[folded(row.unit)] = found
    if not found:
        names = [site.name for some in laying.sites.values() for site in some]
        sentence = _("Afsnittet står ikke i arket Praktiksteder og har ikke tilbudt holdet pladser.")
        return row.problem("unit", row.unit, sentence, closest(row.unit, names))
    if len(found) > 1:
        sentence = _("Flere afsnit hedder sådan. Giv dem hvert sit navn i arket Praktiksteder.")
        return row.problem("unit", row.unit, sentence)
    return found[0]


def _impossible(row: PracticumRow, user: User | None, site: PlannedSite, known: Known) -> Problem | None:
    enrolment = known.enrolments.get(user.id) if user else None
    if enrolment is None or site.unit is None or site.unit.id not in known.excluded.get(enrolment.id, ()):
        return None
    return row.problem("unit", row.unit, impossible_units.sentence(site.unit, today=known.today))


def _seat_problem(row: PracticumRow, site: PlannedSite, laying: Laying) -> Problem | None:
    """Seats as they will be when the sheet `Praktiksteder` is in."""
    open_now = [offer for offer in site.offers if offers.is_open(offer)]
    if not (site.needs_offer or open_now):
        sentence = _("%(unit)s har ingen åbne pladser til holdet.", unit=site.name)
        return row.problem("unit", row.unit, sentence)
    seats = site.seats if site.needs_offer else sum(offer.seats for offer in open_now)
    if site.offer_verb is Verb.CHANGED:
        seats = site.seats
    taken = sum(laying.known.taken.get(offer.id, 0) for offer in open_now)
    if taken + laying.seats[id(site)] >= (seats or 0):
        sentence = _("Der er %(seats)s pladser på %(unit)s, og de er taget.", seats=seats, unit=site.name)
        return row.problem("unit", row.unit, sentence)
    laying.seats[id(site)] += 1
    return None


# Period, hours, supervisor


def _period(row: PracticumRow, site: PlannedSite, known: Known) -> tuple[date, date]:
    """As the row says, else the unit's offer, else the cohort's practicum."""
    offer = next((one for one in site.offers if offers.is_open(one)), None)
    first = row.starts_on or (offer.starts_on if offer else known.cohort.practicum_starts_on)
    last = row.ends_on or (offer.ends_on if offer else known.cohort.practicum_ends_on)
    return first or date.min, last or date.min


def _term_problem(row: PracticumRow, first: date, last: date, known: Known) -> Problem | None:
    try:
        placement_fit.check_period(known.cohort, first, last)
    except RuleBroken as broken:
        key = broken.field or "starts_on"
        found = {"starts_on": row.starts_on, "ends_on": row.ends_on}.get(key)
        start, end = known.cohort.practicum_starts_on, known.cohort.practicum_ends_on
        fix = start if key == "starts_on" else end
        return row.problem(key, _dotted(found), broken.sentence, _dotted(fix))
    return None


def _dotted(day: date | None) -> str | None:
    return f"{day.day}.{day.month}.{day.year}" if day else None


def _overlap(
    row: PracticumRow, user: User | None, before: Placement | None, first: date, last: date, laying: Laying
) -> Problem | None:
    """The student is in one place at a time, in this workbook and besides."""
    for start, end, number in laying.spans[row.email]:
        if start <= last and first <= end:
            sentence = _("Den studerende er også i praktik i række %(row)s på samme tid.", row=number)
            return row.problem("email", row.email, sentence)
    for other in laying.known.busy.get(user.id, []) if user else []:
        if other is not before and other.starts_on <= last and first <= other.ends_on:
            sentence = _(
                "%(name)s har allerede et praktikforløb fra %(start)s til %(end)s.",
                name=other.student_name,
                start=other.starts_on,
                end=other.ends_on,
            )
            return row.problem("email", row.email, sentence)
    return None


def _changed(row: PracticumRow, before: Placement) -> list[str]:
    """What is over is history; a workbook does not change it."""
    if before.status in RELEASED:
        return []
    now = before.supervisor.name if before.supervisor else None
    wanted = now if row.supervisor and now and folded(now) == folded(row.supervisor) else row.supervisor
    return differences(
        [
            (START, before.starts_on, row.starts_on),
            (END, before.ends_on, row.ends_on),
            (HOURS, before.weekly_minutes, row.weekly_minutes),
            (SUPERVISOR, now, wanted),
        ],
        _shown,
    )


def _shown(value: object) -> str:
    if isinstance(value, date):
        return _dotted(value) or ""
    return hours(value / 60) if isinstance(value, int) else str(value or "")


def _supervisor(plan: Plan, row: PracticumRow, site: PlannedSite) -> PlannedContact | None:
    """Somebody at the unit by that name; whoever is not there yet is written down as a supervisor."""
    if row.supervisor is None:
        return None
    planned = site.contact_called(row.supervisor)
    if planned is None:
        contact = called(site.unit, row.supervisor)
        verb = Verb.SAME if contact else Verb.NEW
        planned = PlannedContact(row, row.supervisor, None, contact, True, verb)
        site.contacts.append(planned)
        plan.add(Noun.CONTACT, verb, row.supervisor, [site.name])
    return planned
