"""The parts of a programme file, key by key as they stand in it.

Lengths are hours, as people write them; times are on the wall clock in Copenhagen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from placements.domain.toml_values import length, number, whole, words
from placements.models.cohorts import KeyDateKind
from placements.models.follow_up_days import AttendanceStatus
from placements.models.hosts import Sector
from placements.models.programmes import (
    AttendanceScope,
    Audience,
    CriterionKind,
    FeePayer,
    FeeWhen,
    ModuleRuleKind,
)
from placements.models.teaching import TeacherKind

Name = Annotated[str, words(200)]
Sentence = Annotated[str, words(1000)]
Prose = Annotated[str, words(4000, lines=True)]
Slug = Annotated[str, words(60, pattern=r"[a-z0-9]+(-[a-z0-9]+)*", like="viborg-2024")]
Weeks = Annotated[int, whole(1, 104)]


class Weekday(StrEnum):
    """In the order of the week, so that an index counts from Monday = 0."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


class Excused(StrEnum):
    """What excused absence counts as: kept out of the percentage, or absence like any other."""

    LEFT_OUT = "left_out"
    ABSENT = "absent"


@dataclass(frozen=True, kw_only=True)
class Organiser:
    """From a day to (not including) a day (H-10); an open end is left out."""

    name: Name
    from_: date | None = None
    to: date | None = None


@dataclass(frozen=True, kw_only=True)
class Fee:
    """In whole kroner."""

    payer: FeePayer
    amount: Annotated[int, whole(0, 10_000_000)]
    when: FeeWhen
    waivers: tuple[Name, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Theory:
    """Without weeks where participants plan their own course (H-17)."""

    hours_per_session: Annotated[Decimal, length("24")]
    weeks: Annotated[int | None, whole(1, 104)] = None
    sessions_per_week: Annotated[int | None, whole(1, 7)] = None
    teachers_required: tuple[TeacherKind, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Practicum:
    weeks: Weeks
    follow_up_days: Annotated[int, whole(0, 50)]
    hours_per_week: Annotated[Decimal | None, length("60")] = None
    follow_up_hours: Annotated[Decimal | None, length("24")] = None
    supervisions: Annotated[int, whole(0, 100)] = 0
    sectors: Mapping[Sector, Annotated[Decimal, number("0", "1")]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Completion:
    """The percentage is of minutes; a deadline counts from the start of a participant."""

    attendance_percent: Annotated[int, whole(0, 100)]
    attendance_scope: AttendanceScope
    deadline_months: Annotated[int | None, whole(1, 120)] = None
    excused: Excused = Excused.LEFT_OUT


@dataclass(frozen=True, kw_only=True)
class Status:
    """The programme's own word in the register, and what it counts as."""

    name: Annotated[str, words(40)]
    counts_as: AttendanceStatus


@dataclass(frozen=True, kw_only=True)
class Network:
    offered_to: tuple[Audience, ...]
    partner: Annotated[str | None, words(200)] = None


@dataclass(frozen=True, kw_only=True)
class Criterion:
    key: Annotated[str, words(60, pattern=r"[a-z][a-z0-9_]*", like="own_experience")]
    text: Sentence
    kind: CriterionKind


@dataclass(frozen=True, kw_only=True)
class Selection:
    seats: Annotated[int | None, whole(1, 10_000)] = None
    reviewers: Annotated[int | None, whole(1, 20)] = None
    criteria: tuple[Criterion, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Outcome:
    group: Name
    points: tuple[Sentence, ...]


@dataclass(frozen=True, kw_only=True)
class Module:
    """`extra_hours` come on top for an audience.

    An introduction (H-13) gives each audience its days; its hours are those of the audience with most days.
    """

    number: Annotated[int, whole(1, 999)]
    title: Name
    hours: Annotated[Decimal, length("10000")]
    text: Prose
    rules: Mapping[Audience, ModuleRuleKind]
    introduction_days: Mapping[Audience, Annotated[int, whole(1, 60)]] = field(default_factory=dict)
    extra_hours: Mapping[Audience, Annotated[Decimal, length("1000")]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class KeyDate:
    """`registration` says whether one must sign up (V-04)."""

    kind: KeyDateKind
    starts_at: datetime
    ends_at: datetime | None = None
    registration: bool | None = None
    place: Annotated[str | None, words(200)] = None


@dataclass(frozen=True, kw_only=True)
class Cohort:
    """What a file leaves out of a cohort is None, and stays as people have set it on screen."""

    slug: Slug
    name: Name
    starts_on: date
    seats: Annotated[int | None, whole(1, 10_000)] = None
    theory_weekdays: tuple[Weekday, ...] | None = None
    theory_time: time | None = None
    theory_skip_weeks: tuple[Annotated[int, whole(1, 53)], ...] | None = None
    practicum_starts_on: date | None = None
    key_dates: tuple[KeyDate, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ProgrammeFile:
    """`assumptions` are sentences for people: what the file says and the programme's own text does not."""

    slug: Slug
    name: Name
    aim: Sentence
    organiser: Annotated[str | None, words(200)] = None
    partners: tuple[Name, ...] = ()
    home_municipalities: tuple[Name, ...] = ()
    region: Annotated[str | None, words(200)] = None
    assumptions: tuple[Sentence, ...] = ()
    organisers: tuple[Organiser, ...] = ()
    fee: Fee | None = None
    theory: Theory | None = None
    practicum: Practicum | None = None
    completion: Completion
    statuses: tuple[Status, ...] = ()
    network: Network | None = None
    selection: Selection | None = None
    outcomes: tuple[Outcome, ...] = ()
    modules: tuple[Module, ...]
    cohorts: tuple[Cohort, ...] = ()
