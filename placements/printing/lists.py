"""Lists and overviews of a cohort or a group: printed anew each time and kept nowhere."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from placements import pdf
from placements.domain import cohort_reports, network_lists, offers, participant_lists
from placements.domain.actors import Actor
from placements.domain.timelines import Timeline
from placements.models.cohorts import Cohort
from placements.models.network_groups import NetworkGroup
from placements.pdf.cohort_report import context as report_context
from placements.pdf.group_list import context as group_context
from placements.pdf.participant_list import context as participant_context
from placements.pdf.placement_overview import context as overview_context
from placements.printing import paper


def participant_list(
    session: Session, cohort: Cohort, actor: Actor, *, on: date, locale: str
) -> pdf.Rendered:
    found = participant_lists.of(session, cohort, actor)
    people = [(person.enrolment, person.unit) for person in found.people]
    values = participant_context.build(cohort, people, in_full=found.in_full, on=on, locale=locale)
    return paper.printed("participant_list", values, locale)


def group_list(session: Session, group: NetworkGroup, actor: Actor, *, on: date, locale: str) -> pdf.Rendered:
    found = network_lists.of(session, group, actor, today=on)
    members = [(member.name, member.cohort) for member in found.members]
    values = group_context.build(group, members, found.meetings, others=found.others, on=on, locale=locale)
    return paper.printed("group_list", values, locale)


def placement_overview(
    session: Session, cohort: Cohort, timeline: Timeline, actor: Actor, *, on: date, locale: str
) -> pdf.Rendered:
    """The timeline as it is on this person's screen, with the units and seats that they may see."""
    seats = offers.balance(session, actor, cohort)
    units = participant_lists.units_by_placement(session, cohort, actor)
    values = overview_context.build(cohort, timeline, units=units, seats=seats, on=on, locale=locale)
    return paper.printed("placement_overview", values, locale)


def cohort_report(session: Session, cohort: Cohort, *, on: date, locale: str) -> pdf.Rendered:
    values = report_context.build(cohort_reports.of_cohort(session, cohort, today=on), on=on, locale=locale)
    return paper.printed("cohort_report", values, locale)
