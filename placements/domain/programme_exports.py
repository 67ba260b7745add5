"""A stored programme as the file that would load it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from placements.domain import programme_parts as parts
from placements.formatting import local
from placements.models.cohorts import Cohort, KeyDate, KeyDateKind
from placements.models.hosts import Sector
from placements.models.programmes import Audience, FeePayer, FeeWhen, Module, Programme
from placements.models.teaching import TeacherKind

NO_FEE = parts.Fee(payer=FeePayer.NONE, amount=0, when=FeeWhen.NEVER)
_KINDS = list(KeyDateKind)
_WEEKDAYS = list(parts.Weekday)


def as_file(programme: Programme, cohorts: Iterable[Cohort]) -> parts.ProgrammeFile:
    """The programme with these of its cohorts; equal to any file that says the same."""
    return normal_form(
        parts.ProgrammeFile(
            slug=programme.slug,
            name=programme.name,
            aim=programme.aim,
            partners=tuple(programme.partners),
            home_municipalities=tuple(programme.home_municipalities),
            region=programme.region,
            assumptions=tuple(programme.assumptions),
            organisers=tuple(
                parts.Organiser(name=each.name, from_=each.valid_from, to=each.valid_to)
                for each in programme.organisers
            ),
            fee=_fee(programme),
            theory=_theory(programme),
            practicum=_practicum(programme),
            completion=_completion(programme),
            statuses=tuple(
                parts.Status(name=each.name, counts_as=each.counts_as)
                for each in programme.statuses
                if each.active
            ),
            network=_network(programme),
            selection=_selection(programme),
            outcomes=tuple(
                parts.Outcome(group=each.title, points=tuple(each.points)) for each in programme.outcomes
            ),
            modules=tuple(_module(module) for module in programme.modules),
            cohorts=tuple(_cohort(cohort) for cohort in cohorts),
        )
    )


def normal_form(file: parts.ProgrammeFile) -> parts.ProgrammeFile:
    """The same programme said in one way: what two files agree on is then equal."""
    alone = file.organiser or _only_organiser(file.organisers)
    return replace(
        file,
        organiser=alone,
        organisers=() if alone else file.organisers,
        fee=None if file.fee == NO_FEE else file.fee,
        practicum=file.practicum and replace(file.practicum, sectors=_stored(file.practicum.sectors)),
        selection=None if file.selection == parts.Selection() else file.selection,
        statuses=tuple(sorted(file.statuses, key=lambda status: status.name)),
        modules=tuple(sorted(file.modules, key=lambda module: module.number)),
        cohorts=tuple(map(_in_order, file.cohorts)),
    )


def plan_of(cohort: Cohort) -> parts.Cohort:
    """The cohort alone, as a file says it."""
    return _in_order(_cohort(cohort))


def _in_order(cohort: parts.Cohort) -> parts.Cohort:
    return replace(cohort, key_dates=tuple(sorted(cohort.key_dates, key=lambda day: _KINDS.index(day.kind))))


def _only_organiser(organisers: tuple[parts.Organiser, ...]) -> str | None:
    """The name, where one organiser has run the programme always."""
    if len(organisers) != 1 or organisers[0].from_ or organisers[0].to:
        return None
    return organisers[0].name


def _stored(shares: Mapping[Sector, Decimal]) -> dict[Sector, Decimal]:
    """As they come back from a JSON column."""
    return {sector: Decimal(str(float(share))) for sector, share in shares.items()}


def _hours(minutes: int) -> Decimal:
    return Decimal(minutes) / 60


def _some_hours(minutes: int | None) -> Decimal | None:
    return None if minutes is None else _hours(minutes)


def _fee(programme: Programme) -> parts.Fee:
    return parts.Fee(
        payer=programme.fee_payer,
        amount=programme.fee_amount,
        when=programme.fee_when,
        waivers=tuple(programme.fee_waivers),
    )


def _theory(programme: Programme) -> parts.Theory | None:
    if programme.session_minutes is None:
        return None
    return parts.Theory(
        hours_per_session=_hours(programme.session_minutes),
        weeks=programme.theory_weeks,
        sessions_per_week=programme.sessions_per_week,
        teachers_required=tuple(TeacherKind(kind) for kind in programme.teachers_required),
    )


def _practicum(programme: Programme) -> parts.Practicum | None:
    if programme.practicum_weeks is None:
        return None
    return parts.Practicum(
        weeks=programme.practicum_weeks,
        follow_up_days=programme.follow_up_days,
        hours_per_week=_some_hours(programme.practicum_weekly_minutes),
        follow_up_hours=_some_hours(programme.follow_up_minutes),
        supervisions=programme.supervisions,
        sectors={Sector(sector): Decimal(str(share)) for sector, share in programme.sector_shares.items()},
    )


def _completion(programme: Programme) -> parts.Completion:
    return parts.Completion(
        attendance_percent=programme.attendance_percent,
        attendance_scope=programme.attendance_scope,
        deadline_months=programme.deadline_months,
        excused=parts.Excused.LEFT_OUT if programme.excused_left_out else parts.Excused.ABSENT,
    )


def _network(programme: Programme) -> parts.Network | None:
    if not programme.network_offered_to:
        return None
    return parts.Network(
        offered_to=tuple(Audience(audience) for audience in programme.network_offered_to),
        partner=programme.network_partner,
    )


def _selection(programme: Programme) -> parts.Selection:
    return parts.Selection(
        seats=programme.selection_seats,
        reviewers=programme.selection_reviewers,
        criteria=tuple(
            parts.Criterion(key=each.key, text=each.text, kind=each.kind) for each in programme.criteria
        ),
    )


def _module(module: Module) -> parts.Module:
    return parts.Module(
        number=module.number,
        title=module.title,
        hours=_hours(module.minutes),
        text=module.text,
        rules={rule.audience: rule.rule for rule in module.rules},
        introduction_days={r.audience: r.introduction_days for r in module.rules if r.introduction_days},
        extra_hours={
            rule.audience: _hours(rule.extra_minutes) for rule in module.rules if rule.extra_minutes
        },
    )


def _cohort(cohort: Cohort) -> parts.Cohort:
    return parts.Cohort(
        slug=cohort.slug,
        name=cohort.name,
        starts_on=cohort.starts_on,
        seats=cohort.seats,
        theory_weekdays=tuple(_WEEKDAYS[number] for number in cohort.theory_weekdays),
        theory_time=cohort.theory_time,
        theory_skip_weeks=tuple(cohort.theory_skip_weeks),
        practicum_starts_on=cohort.practicum_starts_on,
        key_dates=tuple(_key_date(key_date) for key_date in cohort.key_dates),
    )


def _key_date(key_date: KeyDate) -> parts.KeyDate:
    return parts.KeyDate(
        kind=key_date.kind,
        starts_at=_wall_time(key_date.starts_at),
        ends_at=_wall_time(key_date.ends_at) if key_date.ends_at else None,
        registration=key_date.registration,
        place=key_date.place,
    )


def _wall_time(moment: datetime) -> datetime:
    return local(moment).replace(tzinfo=None)
