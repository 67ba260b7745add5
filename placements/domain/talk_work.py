"""Talks that somebody is to hold, read or deal with, on the homes and on the placement's page."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from placements.domain import own_enrolments, placements, talk_states, talks
from placements.domain.actors import Actor
from placements.domain.placement_states import RUNNING
from placements.domain.tasks import PlacementLink, Task, TaskGroup, at_unit, group
from placements.i18n import Text, _
from placements.models.placements import Placement
from placements.models.talks import Talk, TalkKind
from placements.words import word

BEFORE = timedelta(days=7)
"""So long before the last day the final evaluation is due for the coordinator, and the mid-way talk is shown
to the host; the final evaluation is shown there twice as long before."""


def _without(kind: TalkKind) -> ColumnElement[bool]:
    """Placements where the talk of this kind has not been shared with the student."""
    shared = select(Talk.placement_id).where(Talk.kind == kind, Talk.status.not_in(talk_states.UNSHARED))
    return Placement.id.not_in(shared)


def _midway_due(placement: Placement, today: date) -> bool:
    return talks.halfway(placement.starts_on, placement.ends_on) <= today


# The host and the student


def of_host(session: Session, actor: Actor, today: date) -> list[Task]:
    """Talks to hold from a week before their day, in practicums that are running."""
    if not actor.unit_ids:
        return []
    running = talks.written_by(actor).where(
        Placement.unit_id.in_(actor.unit_ids), Placement.status.in_(RUNNING)
    )
    by_name = Placement.student_name, Placement.id
    midway = [
        placement
        for placement in session.scalars(running.where(_without(TalkKind.MIDWAY)).order_by(*by_name))
        if _midway_due(placement, today + BEFORE)
    ]
    final = running.where(_without(TalkKind.FINAL), Placement.ends_on <= today + 2 * BEFORE)
    return [
        *(
            _to_hold(placement, TalkKind.MIDWAY)
            for placement in midway
            if _midway_due(placement, today + BEFORE)
        ),
        *(_to_hold(placement, TalkKind.FINAL) for placement in session.scalars(final.order_by(*by_name))),
    ]


def _to_hold(placement: Placement, kind: TalkKind) -> Task:
    if kind is TalkKind.MIDWAY:
        text = _("Hold midtvejssamtalen med %(name)s", name=placement.student_name)
    else:
        text = _("Hold slutevalueringen med %(name)s", name=placement.student_name)
    day = talks.suggested_day(placement, kind)
    return Task(text, talks.page_of(placement.id, kind), _("Foreslået dag: %(day)s", day=day))


def of_student(session: Session, actor: Actor, today: date) -> list[Task]:
    """What has been shared and waits for their answer."""
    own = own_enrolments.ids_of(actor)
    chosen = (
        talks.visible_to(actor)
        .join(Placement, Placement.id == Talk.placement_id)
        .where(Placement.enrolment_id.in_(own), Talk.status.in_(talk_states.WAITING))
        .order_by(Talk.id)
    )
    return [
        Task(_("Læs, og svar: %(talk)s", talk=word(talk.kind)), talks.page_of(talk.placement_id, talk.kind))
        for talk in session.scalars(chosen)
    ]


# The coordinator


def _rows(
    session: Session, chosen: Select[Placement], kind: TalkKind, *, today: date
) -> list[tuple[Placement, Task]]:
    ordered = chosen.order_by(Placement.ends_on, Placement.student_name, Placement.id)
    return [
        (
            placement,
            Task(
                _("%(name)s hos %(unit)s", name=placement.student_name, unit=unit),
                talks.page_of(placement.id, kind),
            ),
        )
        for placement, unit in at_unit(session, ordered, today=today)
    ]


def midway_due(session: Session, actor: Actor, *, today: date) -> TaskGroup:
    """Past the middle of the practicum, and nothing has been shared with the student."""
    chosen = placements.coordinated_by(actor).where(
        Placement.status.in_(RUNNING),
        Placement.starts_on < today,
        Placement.ends_on >= today,
        _without(TalkKind.MIDWAY),
    )
    rows = _rows(session, chosen, TalkKind.MIDWAY, today=today)
    return group(
        "talks-midway",
        _("Midtvejssamtaler, der skal holdes"),
        _("Alle midtvejssamtaler er holdt til tiden."),
        [task for placement, task in rows if _midway_due(placement, today)],
    )


def final_missing(session: Session, actor: Actor, *, today: date) -> TaskGroup:
    """A week before the last day or later, and there is no final evaluation."""
    chosen = placements.coordinated_by(actor).where(
        Placement.status.in_(RUNNING), Placement.ends_on <= today + BEFORE, _without(TalkKind.FINAL)
    )
    return group(
        "talks-final",
        _("Slutevalueringer, der mangler"),
        _("Ingen slutevaluering mangler."),
        [task for _placement, task in _rows(session, chosen, TalkKind.FINAL, today=today)],
    )


def disagreed(session: Session, actor: Actor, *, today: date) -> TaskGroup:
    """A student does not agree with what was shared."""
    tasks: list[Task] = []
    for kind in TalkKind:
        with_it = select(Talk.placement_id).where(Talk.kind == kind, Talk.status.in_(talk_states.DISAGREED))
        chosen = placements.coordinated_by(actor).where(Placement.id.in_(with_it))
        tasks += [task for _placement, task in _rows(session, chosen, kind, today=today)]
    return group(
        "talks-disagreed",
        _("Samtaler, som den studerende ikke er enig i"),
        _("Ingen er uenige om en samtale."),
        tasks,
    )


# The placement's page


def warnings(session: Session, placement: Placement, today: date) -> list[Text]:
    """On the last day and after: no final evaluation. It hinders nothing, as with hours (decision 040)."""
    if placement.status not in RUNNING or today < placement.ends_on:
        return []
    talk = session.scalar(talks.of_kind(select(Talk), placement, TalkKind.FINAL))
    if talk_states.is_shared(talk):
        return []
    return [_("Slutevalueringen er ikke holdt. Se på den, før du afslutter praktikken.")]


def link(session: Session, placement: Placement, actor: Actor) -> PlacementLink | None:
    if not talks.is_begun(placement):
        return None
    shown = session.scalars(talks.visible_to(actor).where(Talk.placement_id == placement.id))
    known = {talk.kind: word(talk.status) for talk in shown}
    midway, final = (known.get(kind, _("Ikke holdt endnu")) for kind in TalkKind)
    note = _("Midtvejs: %(midway)s. Til slut: %(final)s.", midway=midway, final=final)
    return PlacementLink(_("Samtaler og evaluering"), f"/placements/{placement.id}/talks", note)
