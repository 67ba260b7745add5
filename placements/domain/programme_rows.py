"""The rows of a programme file, written in place: a row that is there keeps its id, and what hangs on it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from placements.db import Base
from placements.domain import programme_parts as parts
from placements.domain.cohorts import practicum_end
from placements.domain.programme_exports import NO_FEE
from placements.domain.rules import RuleBroken
from placements.formatting import COPENHAGEN
from placements.i18n import _
from placements.models.attendance import OwnStatus
from placements.models.cohorts import Cohort, KeyDate
from placements.models.programmes import (
    Criterion,
    Module,
    ModuleRule,
    OutcomeGroup,
    Programme,
    ProgrammeOrganiser,
)

Columns = dict[str, Any]
_WEEKDAYS = list(parts.Weekday)


def write_programme(session: Session, programme: Programme, file: parts.ProgrammeFile) -> None:
    """Everything but the cohorts; what the file no longer says is removed."""
    _set(programme, _columns(file))
    _sync(session, programme.organisers, ProgrammeOrganiser, "position", _organisers(file))
    _sync(session, programme.outcomes, OutcomeGroup, "position", _outcomes(file))
    _sync(session, programme.criteria, Criterion, "key", _criteria(file))
    _sync_statuses(session, programme, file)
    numbers = {part.number for part in file.modules}
    for module in programme.modules:
        if module.number not in numbers:
            _expect_unused(session, module)
    _sync(session, programme.modules, Module, "number", {part.number: _module(part) for part in file.modules})
    rows = {module.number: module for module in programme.modules}
    for part in file.modules:
        _sync(session, rows[part.number].rules, ModuleRule, "audience", _rules(part))


def write_cohort(
    session: Session, cohort: Cohort, part: parts.Cohort, practicum: parts.Practicum | None
) -> None:
    """The cohort's last practicum day is only counted anew when the first one moves."""
    if practicum and part.practicum_starts_on and part.practicum_starts_on != cohort.practicum_starts_on:
        cohort.practicum_ends_on = practicum_end(part.practicum_starts_on, practicum.weeks)
    _set(
        cohort,
        {
            "name": part.name,
            "seats": part.seats,
            "starts_on": part.starts_on,
            "theory_weekdays": [_WEEKDAYS.index(weekday) for weekday in part.theory_weekdays or ()],
            "theory_time": part.theory_time,
            "theory_skip_weeks": list(part.theory_skip_weeks or ()),
            "practicum_starts_on": part.practicum_starts_on,
        },
    )
    _sync(session, cohort.key_dates, KeyDate, "kind", {day.kind: _key_date(day) for day in part.key_dates})


def _set(row: Any, columns: Columns) -> None:
    for name, value in columns.items():
        if getattr(row, name) != value:
            setattr(row, name, value)


def _sync(
    session: Session, rows: list[Any], kind: type, key: str, wanted: Mapping[Hashable, Columns]
) -> None:
    """Make the rows those wanted, each found again by its key."""
    found = {getattr(row, key): row for row in rows}
    for name, columns in wanted.items():
        if name in found:
            _set(found[name], columns)
        else:
            rows.append(kind(**{key: name}, **columns))
    for name in found.keys() - wanted.keys():
        session.delete(found[name])


def _sync_statuses(session: Session, programme: Programme, file: parts.ProgrammeFile) -> None:
    """A word that stands in a register stays there, out of use."""
    found = {status.name: status for status in programme.statuses}
    wanted = {part.name: part for part in file.statuses}
    for part in wanted.values():
        if part.name not in found:
            programme.statuses.append(OwnStatus(name=part.name, counts_as=part.counts_as))
        else:
            _expect_same(session, found[part.name], part)
            _set(found[part.name], {"counts_as": part.counts_as, "active": True})
    for status in (found[name] for name in found.keys() - wanted.keys()):
        if _is_used(session, status):
            _set(status, {"active": False})
        else:
            session.delete(status)


def _expect_same(session: Session, status: OwnStatus, part: parts.Status) -> None:
    """What a word in a kept register counts as stays: else the register would say something new."""
    if part.counts_as is not status.counts_as and _is_used(session, status):
        raise RuleBroken(
            _(
                "»%(name)s« er brugt i en protokol, så det skal blive ved med at tælle som det, det gør."
                " Lav et nyt ord i stedet.",
                name=status.name,
            )
        )


def _expect_unused(session: Session, module: Module) -> None:
    """A module that other records speak of stays."""
    if _is_used(session, module, besides=ModuleRule):
        raise RuleBroken(
            _(
                "Modul %(number)s, %(title)s, er i brug og kan ikke fjernes.",
                number=module.number,
                title=module.title,
            )
        )


def _is_used(session: Session, row: Module | OwnStatus, *, besides: type[Base] | None = None) -> bool:
    """Whether a row of any table points to this one."""
    others = (
        table for table in Base.metadata.tables.values() if not besides or table is not besides.__table__
    )
    pointing = (
        column
        for table in others
        for column in table.columns
        if any(key.column.table is row.__table__ for key in column.foreign_keys)
    )
    return any(session.scalar(select(exists().where(column == row.id))) for column in pointing)


def _columns(file: parts.ProgrammeFile) -> Columns:
    return {
        "name": file.name,
        "aim": file.aim,
        "region": file.region,
        "partners": list(file.partners),
        "home_municipalities": list(file.home_municipalities),
        "assumptions": list(file.assumptions),
        **_fee(file.fee or NO_FEE),
        **_theory(file.theory),
        **_practicum(file.practicum),
        **_completion(file.completion),
        "network_offered_to": [str(audience) for audience in file.network.offered_to] if file.network else [],
        "network_partner": file.network.partner if file.network else None,
        "selection_seats": file.selection.seats if file.selection else None,
        "selection_reviewers": file.selection.reviewers if file.selection else None,
    }


def _minutes(hours: Decimal | None) -> int | None:
    return None if hours is None else int(hours * 60)


def _fee(fee: parts.Fee) -> Columns:
    return {
        "fee_payer": fee.payer,
        "fee_amount": fee.amount,
        "fee_when": fee.when,
        "fee_waivers": list(fee.waivers),
    }


def _theory(theory: parts.Theory | None) -> Columns:
    return {
        "theory_weeks": theory and theory.weeks,
        "sessions_per_week": theory and theory.sessions_per_week,
        "session_minutes": theory and _minutes(theory.hours_per_session),
        "teachers_required": [str(kind) for kind in theory.teachers_required] if theory else [],
    }


def _practicum(practicum: parts.Practicum | None) -> Columns:
    return {
        "practicum_weeks": practicum and practicum.weeks,
        "practicum_weekly_minutes": practicum and _minutes(practicum.hours_per_week),
        "follow_up_days": practicum.follow_up_days if practicum else 0,
        "follow_up_minutes": practicum and _minutes(practicum.follow_up_hours),
        "supervisions": practicum.supervisions if practicum else 0,
        "sector_shares": _shares(practicum) if practicum else {},
    }


def _shares(practicum: parts.Practicum) -> dict[str, float]:
    return {str(sector): float(share) for sector, share in practicum.sectors.items()}


def _completion(completion: parts.Completion) -> Columns:
    return {
        "attendance_percent": completion.attendance_percent,
        "attendance_scope": completion.attendance_scope,
        "deadline_months": completion.deadline_months,
        "excused_left_out": completion.excused is parts.Excused.LEFT_OUT,
    }


def _organisers(file: parts.ProgrammeFile) -> dict[Hashable, Columns]:
    found = file.organisers or (parts.Organiser(name=file.organiser or ""),)
    return {
        position: {"name": each.name, "valid_from": each.from_, "valid_to": each.to}
        for position, each in enumerate(found, start=1)
    }


def _outcomes(file: parts.ProgrammeFile) -> dict[Hashable, Columns]:
    return {
        position: {"title": each.group, "points": list(each.points)}
        for position, each in enumerate(file.outcomes, start=1)
    }


def _criteria(file: parts.ProgrammeFile) -> dict[Hashable, Columns]:
    found = file.selection.criteria if file.selection else ()
    return {
        each.key: {"position": position, "text": each.text, "kind": each.kind}
        for position, each in enumerate(found, start=1)
    }


def _module(part: parts.Module) -> Columns:
    return {"title": part.title, "minutes": _minutes(part.hours), "text": part.text}


def _rules(part: parts.Module) -> dict[Hashable, Columns]:
    return {
        audience: {
            "rule": rule,
            "introduction_days": part.introduction_days.get(audience),
            "extra_minutes": _minutes(part.extra_hours.get(audience, Decimal(0))),
        }
        for audience, rule in part.rules.items()
    }


def _key_date(part: parts.KeyDate) -> Columns:
    return {
        "starts_at": _moment(part.starts_at),
        "ends_at": _moment(part.ends_at) if part.ends_at else None,
        "registration": bool(part.registration),
        "place": part.place,
    }


def _moment(wall_time: datetime) -> datetime:
    return wall_time.replace(tzinfo=COPENHAGEN).astimezone(UTC)
