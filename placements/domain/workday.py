"""What needs doing today, for staff. Every line leads to where it is done."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy.orm import Session

from placements.domain import (
    admissions,
    agreement_remarks,
    agreement_states,
    agreement_tasks,
    amendment_tasks,
    application_lists,
    application_payment_lists,
    application_work,
    completion_warnings,
    concerns,
    document_checks,
    follow_up_days,
    hours_work,
    network_places,
    placements,
    register_work,
    student_answers,
    suggestions,
    talk_work,
    teaching,
    workday_hosts,
)
from placements.domain.actors import Actor
from placements.domain.placement_states import FINISHED, OCCUPYING, RUNNING, UNACCEPTED, UNANSWERED
from placements.domain.tasks import Task, TaskGroup, at_unit, group
from placements.i18n import _
from placements.models.placements import Placement
from placements.models.users import Role

# Staff have what needs doing on the front page; hosts and students a page of their own.
HOMES = (
    (Role.COORDINATOR, "/"),
    (Role.TEACHER, "/"),
    (Role.ADMIN, "/"),
    (Role.HOST, "/host"),
    (Role.STUDENT, "/my"),
)
SOON = timedelta(days=14)


def home_of(actor: Actor) -> str | None:
    """The page with this person's own work; None for somebody without a role."""
    return next((path for role, path in HOMES if role in actor.roles), None)


def unanswered(session: Session, actor: Actor, *, today: date) -> TaskGroup:
    chosen = (
        placements.visible_to(actor)
        .where(Placement.status.in_(UNANSWERED))
        .order_by(Placement.starts_on, Placement.id)
    )
    tasks = [
        Task(
            _("%(name)s hos %(unit)s", name=placement.student_name, unit=unit), f"/placements/{placement.id}"
        )
        for placement, unit in at_unit(session, chosen, today=today)
    ]
    return group(
        "unanswered",
        _("Venter på svar fra praktikværten"),
        _("Alle praktikværter har svaret."),
        tasks,
        "/placements?status=proposed",
    )


def agreements_to_send(session: Session, actor: Actor, *, today: date) -> TaskGroup:
    """A host has said yes, and what is to be signed is not written, or has changed since it was sent."""
    chosen = (
        placements.coordinated_by(actor)
        .where(
            Placement.status.in_(OCCUPYING - UNACCEPTED - FINISHED),
            ~Placement.id.in_(agreement_states.sent_placement_ids()),
        )
        .order_by(Placement.starts_on, Placement.id)
    )
    tasks = [
        Task(
            _("%(name)s hos %(unit)s", name=placement.student_name, unit=unit),
            f"/placements/{placement.id}/agreement",
        )
        for placement, unit in at_unit(session, chosen, today=today)
    ]
    return group(
        "agreements",
        _("Aftaler, der skal skrives eller sendes"),
        _("Alle aftaler er skrevet og sendt."),
        tasks,
    )


def undated_days(session: Session, actor: Actor) -> TaskGroup:
    tasks = [
        Task(
            _("%(number)s. opfølgningsdag for %(cohort)s", number=day.number, cohort=day.cohort.name),
            f"/follow-up-days/{day.id}",
            action=_("Sæt dato"),
            action_href=f"/follow-up-days/{day.id}/edit",
        )
        for day in follow_up_days.undated(session, actor)
    ]
    tasks += [
        Task(
            _("Opfølgningsdagene for %(cohort)s er ikke oprettet", cohort=cohort.name),
            f"/follow-up-days?cohort={cohort.slug}",
        )
        for cohort in follow_up_days.not_made(session, actor)
    ]
    return group(
        "follow-up-days",
        _("Opfølgningsdage uden dato"),
        _("Alle opfølgningsdage har en dato."),
        tasks,
        "/follow-up-days",
    )


def not_offered_a_group(session: Session, actor: Actor) -> TaskGroup:
    """Peers who have not been offered a place in a network group (H-19)."""
    tasks = [
        Task(
            enrolment.user.name,
            f"/cohorts/{enrolment.cohort.slug}#people",
            enrolment.cohort.name,
            action=_("Tilbyd plads"),
            action_href="/network-groups#to-be-offered",
        )
        for enrolment in network_places.to_be_offered(session, actor)
    ]
    return group(
        "network-groups",
        _("Ikke tilbudt en netværksgruppe"),
        _("Alle er tilbudt en netværksgruppe."),
        tasks,
        "/network-groups#to-be-offered",
    )


def ending_soon(session: Session, actor: Actor, *, today: date) -> TaskGroup:
    """Running placements whose last day is within two weeks, or passed."""
    chosen = (
        placements.visible_to(actor)
        .where(Placement.status.in_(RUNNING), Placement.ends_on <= today + SOON)
        .order_by(Placement.ends_on, Placement.id)
    )
    tasks = [
        Task(
            _("%(name)s hos %(unit)s", name=placement.student_name, unit=unit),
            f"/placements/{placement.id}",
            _("Sidste dag er %(day)s", day=placement.ends_on),
        )
        for placement, unit in at_unit(session, chosen, today=today)
    ]
    return group(
        "ending", _("Praktikforløb, der snart slutter"), _("Ingen forløb slutter de næste to uger."), tasks
    )


def of_staff(session: Session, actor: Actor, *, today: date) -> list[TaskGroup]:
    """A coordinator's day; a teacher has no placements and so sees the days and the groups."""
    days = [
        register_work.unkept(session, actor, today=today),
        undated_days(session, actor),
        not_offered_a_group(session, actor),
    ]
    wrong = document_checks.changed_ones(session, actor)
    if not actor.programme_ids:
        return [*wrong, *application_lists.waiting(session, actor), *days]
    return [
        *wrong,
        *application_lists.waiting(session, actor),
        unanswered(session, actor, today=today),
        student_answers.turned_down(session, actor, today=today),
        suggestions.waiting(session, actor),
        admissions.waiting(session, actor),
        *application_work.to_settle(session, actor),
        *application_work.unsent(session, actor),
        *application_work.unanswered(session, actor),
        *application_work.free_seats(session, actor, today=today),
        application_payment_lists.not_promised(session, actor),
        agreements_to_send(session, actor, today=today),
        agreement_tasks.missing_signatures(session, actor, today=today),
        amendment_tasks.missing_signatures(session, actor, today=today),
        agreement_remarks.waiting(session, actor),
        completion_warnings.close_ones(session, actor),
        *days,
        teaching.lacking_teachers(session, actor, today=today),
        hours_work.unconfirmed(session, actor, today=today),
        hours_work.unwritten(session, actor, today=today),
        talk_work.disagreed(session, actor, today=today),
        talk_work.midway_due(session, actor, today=today),
        talk_work.final_missing(session, actor, today=today),
        ending_soon(session, actor, today=today),
        concerns.open_ones(session, actor, today=today),
        workday_hosts.expiring_clearances(session, actor, today=today),
        workday_hosts.to_follow_up(session, today=today),
    ]
