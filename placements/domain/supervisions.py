"""Supervision during practicum, counted against what the programme promises (D-02)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from placements.domain import placements
from placements.domain.actors import Actor
from placements.domain.placement_states import BEGUN, RUNNING
from placements.domain.rules import RuleBroken
from placements.domain.tasks import PlacementLink
from placements.i18n import Text, _
from placements.models.placements import Placement
from placements.models.supervisions import Supervision, SupervisionForm

LONGEST = 8 * 60


# Visibility


def visible_to(actor: Actor) -> Select[Supervision]:
    return select(Supervision).where(Supervision.placement_id.in_(placements.visible_ids(actor)))


def registered_by(actor: Actor) -> Select[Supervision]:
    """Those of placements where this person speaks for the unit, or for the programme."""
    answered = placements.answered_by(actor).with_only_columns(Placement.id)
    return select(Supervision).where(Supervision.placement_id.in_(answered))


# Questions


def may_register(placement: Placement) -> bool:
    return placement.status in BEGUN


def of_placement(session: Session, placement: Placement) -> list[Supervision]:
    chosen = select(Supervision).where(Supervision.placement_id == placement.id)
    return list(session.scalars(chosen.order_by(Supervision.held_on, Supervision.id)))


def promised(placement: Placement) -> int:
    return placement.cohort.programme.supervisions


def held(session: Session, placement: Placement) -> int:
    return session.scalar(select(func.count()).where(Supervision.placement_id == placement.id)) or 0


def counted(number: int, promised: int) -> Text:
    """1 af 2; without a promise only how many."""
    return (
        _("%(held)s af %(all)s", held=number, all=promised) if promised else _("%(held)s i alt", held=number)
    )


def link(session: Session, placement: Placement, actor: Actor) -> PlacementLink | None:
    number = held(session, placement)
    if not (may_register(placement) and (promised(placement) or number)):
        return None
    href = f"/placements/{placement.id}/supervisions"
    return PlacementLink(_("Supervision"), href, counted(number, promised(placement)))


def warnings(session: Session, placement: Placement, today: date) -> list[Text]:
    """On the last day and after: fewer than the programme promises. It hinders nothing."""
    if placement.status not in RUNNING or today < placement.ends_on:
        return []
    number = held(session, placement)
    if number >= promised(placement):
        return []
    return [
        _(
            "Der er registreret %(held)s af %(all)s supervisioner. Se på dem, før du afslutter praktikken.",
            held=number,
            all=promised(placement),
        )
    ]


# Actions


def register(
    session: Session,
    placement: Placement,
    *,
    held_on: date,
    minutes: int,
    held_by: str,
    form: SupervisionForm,
    today: date,
) -> Supervision:
    if not may_register(placement):
        raise RuleBroken(_("Supervision kan registreres, når praktikken er i gang."))
    if held_on > today:
        raise RuleBroken(_("Datoen er ikke kommet endnu."), field="held_on")
    if not placement.starts_on <= held_on <= placement.ends_on:
        raise RuleBroken(
            _(
                "Datoen ligger uden for praktikken (%(first)s til %(last)s).",
                first=placement.starts_on,
                last=placement.ends_on,
            ),
            field="held_on",
        )
    if not 0 < minutes <= LONGEST:
        raise RuleBroken(_("Skriv timer mellem 0 og 8."), field="minutes")
    supervision = Supervision(
        placement_id=placement.id, held_on=held_on, minutes=minutes, held_by=held_by, form=form
    )
    session.add(supervision)
    return supervision


def remove(session: Session, supervision: Supervision) -> None:
    """Written by mistake. The history keeps that it was there."""
    session.delete(supervision)
