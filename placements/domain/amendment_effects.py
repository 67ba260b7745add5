"""What an amendment does to its placement: checked at each step, done when all have signed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from placements.domain import amendment_terms, placement_changes, placement_fit, placements
from placements.domain.amendment_states import stands_on_newest
from placements.domain.amendment_terms import day_of
from placements.domain.legal_details import MOST_WEEKS
from placements.domain.placement_states import RUNNING
from placements.domain.rules import RuleBroken
from placements.i18n import _
from placements.models.amendments import Amendment, AmendmentKind
from placements.models.placements import LegalBasis, Placement

K = AmendmentKind
OUTDATED = _(
    "Forløbet eller aftalen er ændret, siden tillægget blev skrevet. "
    "Koordinatoren trækker det tilbage og skriver et nyt."
)
Check = Callable[[Session, Amendment], None]


# Refusals


def check(session: Session, amendment: Amendment, *, today: date) -> None:
    """It still changes what it says that it changes, and what it leads to holds by the placement's rules."""
    placement = amendment.placement
    if not placements.is_editable(placement):
        raise RuleBroken(placement_changes.OVER)
    now = amendment_terms.terms(placement, amendment.kind, today=today)
    if not stands_on_newest(amendment) or _without_names(now) != _without_names(amendment.before):
        raise RuleBroken(OUTDATED)
    CHECKS[amendment.kind](session, amendment)


def _without_names(terms: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in terms.items() if key not in {"unit", "supervisor"}}


def _period(placement: Placement, amendment: Amendment) -> tuple[date, date]:
    after = amendment.after
    return day_of(after, "starts_on", placement.starts_on), day_of(after, "ends_on", placement.ends_on)


def _check_period(session: Session, amendment: Amendment) -> None:
    placement = amendment.placement
    first, last = _period(placement, amendment)
    if (first, last) == (placement.starts_on, placement.ends_on):
        raise RuleBroken(_("Det er den periode, der allerede gælder. Vælg en anden dag."), field="ends_on")
    if placement.status in RUNNING and first != placement.starts_on:
        raise RuleBroken(_("Praktikken er begyndt, så den første dag står fast."), field="starts_on")
    _check_practicum_end(placement, last, amendment.past_practicum)
    placement_fit.check_period(placement.cohort, first, last, may_end_later=True)
    _check_weeks(placement, first, last)
    placement_fit.check_overlap(session, placement.enrolment, first, last, without=placement.id)


def _check_practicum_end(placement: Placement, last: date, said_yes: bool) -> None:
    end = placement.cohort.practicum_ends_on
    if end is not None and last > end and not said_yes:
        raise RuleBroken(
            _(
                "Holdets praktik slutter %(end)s. Sæt kryds, hvis forløbet må slutte senere, "
                "eller vælg en tidligere dag.",
                end=end,
            ),
            field="past_practicum",
        )


def _check_weeks(placement: Placement, first: date, last: date) -> None:
    """Through the job centre there is a limit that no amendment moves (D-06)."""
    latest = first + timedelta(weeks=MOST_WEEKS, days=-1)
    if placement.legal_basis is LegalBasis.JOB_CENTRE and last > latest:
        raise RuleBroken(
            _(
                "Virksomhedspraktik varer højst %(most)s uger, så den sidste dag kan senest være %(latest)s. "
                "Tal med jobcentret, hvis der skal være mere.",
                most=MOST_WEEKS,
                latest=latest,
            ),
            field="ends_on",
        )


def _check_extension(session: Session, amendment: Amendment) -> None:
    placement = amendment.placement
    if day_of(amendment.after, "ends_on", placement.ends_on) <= placement.ends_on:
        raise RuleBroken(
            _("Vælg en dag efter den sidste dag, der gælder nu (%(day)s).", day=placement.ends_on),
            field="ends_on",
        )
    _check_period(session, amendment)


def _check_interruption(session: Session, amendment: Amendment) -> None:
    placement, after = amendment.placement, amendment.after
    first, last = date.fromisoformat(after["paused_from"]), date.fromisoformat(after["paused_to"])
    if last < first:
        raise RuleBroken(_("Sidste dag ligger før første dag. Vælg en senere dag."), field="paused_to")
    if not placement.starts_on <= first <= placement.ends_on:
        raise RuleBroken(
            _(
                "Afbrydelsen skal begynde i forløbet, som går fra %(first)s til %(last)s.",
                first=placement.starts_on,
                last=placement.ends_on,
            ),
            field="paused_from",
        )
    if day_of(after, "ends_on", placement.ends_on) < placement.ends_on:
        raise RuleBroken(
            _(
                "En afbrydelse gør ikke forløbet kortere. Den sidste dag er nu %(day)s.",
                day=placement.ends_on,
            ),
            field="ends_on",
        )
    if day_of(after, "ends_on", placement.ends_on) > placement.ends_on:
        _check_period(session, amendment)


def _check_hours(_session: Session, amendment: Amendment) -> None:
    minutes = amendment.after["weekly_minutes"]
    placement_fit.check_hours(minutes)
    if minutes == amendment.placement.weekly_minutes:
        raise RuleBroken(_("Det timetal gælder allerede. Skriv et andet."), field="weekly_minutes")


def _check_supervisor(session: Session, amendment: Amendment) -> None:
    placement = amendment.placement
    if amendment.supervisor_id == placement.supervisor_id:
        raise RuleBroken(_("Det er allerede praktikvejlederen. Vælg en anden."), field="supervisor_id")
    placement_fit.supervisor_at(session, placement.unit, amendment.supervisor_id or 0)


def _check_unit(session: Session, amendment: Amendment) -> None:
    placement, unit = amendment.placement, amendment.unit
    if unit is None or unit.id == placement.unit_id:
        raise RuleBroken(_("Vælg et andet praktiksted end det nuværende."), field="unit_id")
    placement_changes.open_offer(session, placement, unit)
    placement_fit.supervisor_at(session, unit, amendment.supervisor_id or 0)


def _check_early_end(_session: Session, amendment: Amendment) -> None:
    placement = amendment.placement
    placements.refuse_unless_open(placement, "end_early")
    if not placement.starts_on <= day_of(amendment.after, "ends_on", placement.ends_on) < placement.ends_on:
        raise RuleBroken(
            _(
                "Vælg en dag i forløbet, før den sidste dag, der gælder nu (%(day)s).",
                day=placement.ends_on,
            ),
            field="ends_on",
        )


CHECKS: dict[AmendmentKind, Check] = {
    K.PERIOD: _check_period,
    K.EXTENSION: _check_extension,
    K.INTERRUPTION: _check_interruption,
    K.HOURS: _check_hours,
    K.SUPERVISOR: _check_supervisor,
    K.UNIT: _check_unit,
    K.EARLY_END: _check_early_end,
}


# Actions


def take_effect(session: Session, amendment: Amendment, *, today: date, now: datetime) -> None:
    """The last signature is given: the placement is as was signed, seat and all, or nothing has happened."""
    check(session, amendment, today=today)
    placement = amendment.placement
    with session.no_autoflush:  # one amendment is one event of the placement
        if amendment.kind is K.EARLY_END:
            last = day_of(amendment.after, "ends_on", placement.ends_on)
            placements.end_early(session, placement, reason=amendment.reason, today=last, now=now)
            return
        if amendment.kind is K.UNIT and amendment.unit is not None:
            offer = placement_changes.open_offer(session, placement, amendment.unit)
            placement_changes.free_seat(placement)
            placement.offer, placement.unit, placement.unit_id = offer, amendment.unit, amendment.unit.id
        if amendment.kind in {K.UNIT, K.SUPERVISOR}:
            placement.supervisor = amendment.supervisor
        placement.starts_on, placement.ends_on = _period(placement, amendment)
        placement.weekly_minutes = amendment.after.get("weekly_minutes", placement.weekly_minutes)
        placements.refresh_search(session, placement, today=today)
