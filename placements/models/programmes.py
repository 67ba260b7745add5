"""A programme and its rules, as data: everything a programme file (TOML) says."""

from __future__ import annotations

import enum
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, Versioned, table
from placements.models.events import Audited

if TYPE_CHECKING:
    from placements.models.attendance import OwnStatus


class Audience(enum.StrEnum):
    """Who takes part (H-02); V has students only."""

    PAID_PEER = "paid_peer"
    VOLUNTEER_PEER = "volunteer_peer"
    COLLEAGUE = "colleague"
    STUDENT = "student"


class ModuleRuleKind(enum.StrEnum):
    COMPULSORY = "compulsory"
    ELECTIVE = "elective"
    NOT_OFFERED = "not_offered"


class AttendanceScope(enum.StrEnum):
    MODULE = "module"
    OVERALL = "overall"


class CriterionKind(enum.StrEnum):
    COMPUTED = "computed"
    DECLARED = "declared"
    REVIEWED = "reviewed"


class FeeWhen(enum.StrEnum):
    ALWAYS = "always"
    NOT_HOME = "not_home"
    NEVER = "never"


class FeePayer(enum.StrEnum):
    MUNICIPALITY = "municipality"
    EMPLOYER = "employer"
    NONE = "none"


class Programme(Audited, Versioned, Model):
    """Rules that a programme does not have are empty (no weeks: no practicum). Lengths are in minutes.

    `excused_left_out`: excused absence is kept out of the percentage; else it counts as absence.
    """

    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    aim: Mapped[str]
    region: Mapped[str | None]
    partners: Mapped[list[str]] = mapped_column(default=list)
    home_municipalities: Mapped[list[str]] = mapped_column(default=list)
    assumptions: Mapped[list[str]] = mapped_column(default=list)
    fee_payer: Mapped[FeePayer] = mapped_column(default=FeePayer.NONE)
    fee_amount: Mapped[int] = mapped_column(default=0)
    fee_when: Mapped[FeeWhen] = mapped_column(default=FeeWhen.NEVER)
    fee_waivers: Mapped[list[str]] = mapped_column(default=list)
    theory_weeks: Mapped[int | None]
    sessions_per_week: Mapped[int | None]
    session_minutes: Mapped[int | None]
    teachers_required: Mapped[list[str]] = mapped_column(default=list)
    practicum_weeks: Mapped[int | None]
    practicum_weekly_minutes: Mapped[int | None]
    follow_up_days: Mapped[int] = mapped_column(default=0)
    follow_up_minutes: Mapped[int | None]
    supervisions: Mapped[int] = mapped_column(default=0)
    sector_shares: Mapped[dict[str, Any]] = mapped_column(default=dict)
    attendance_percent: Mapped[int]
    attendance_scope: Mapped[AttendanceScope]
    excused_left_out: Mapped[bool] = mapped_column(default=True)
    deadline_months: Mapped[int | None]
    network_offered_to: Mapped[list[str]] = mapped_column(default=list)
    network_partner: Mapped[str | None]
    selection_seats: Mapped[int | None]
    selection_reviewers: Mapped[int | None]

    organisers: Mapped[list[ProgrammeOrganiser]] = relationship(
        back_populates="programme", cascade="all, delete-orphan", order_by="ProgrammeOrganiser.position"
    )
    modules: Mapped[list[Module]] = relationship(
        back_populates="programme", cascade="all, delete-orphan", order_by="Module.number"
    )
    outcomes: Mapped[list[OutcomeGroup]] = relationship(
        back_populates="programme", cascade="all, delete-orphan", order_by="OutcomeGroup.position"
    )
    criteria: Mapped[list[Criterion]] = relationship(
        back_populates="programme", cascade="all, delete-orphan", order_by="Criterion.position"
    )
    statuses: Mapped[list[OwnStatus]] = relationship(back_populates="programme", order_by="OwnStatus.name")

    def organiser_on(self, day: date) -> str:
        """Who ran the programme that day (H-10)."""
        return next((o.name for o in self.organisers if o.holds_on(day)), self.organisers[-1].name)


class ProgrammePart(Audited):
    """A row that belongs to a programme's page."""

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)

    def history_of(self) -> tuple[str, int]:
        return "programme", self.programme_id


class ProgrammeOrganiser(ProgrammePart, Model):
    """An organiser, valid from a day to (not including) a day; both may be open."""

    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int]
    name: Mapped[str]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]

    programme: Mapped[Programme] = relationship(back_populates="organisers")

    def holds_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day < self.valid_to
        )


class Module(ProgrammePart, Model):
    __table_args__ = table(UniqueConstraint("programme_id", "number"))

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    title: Mapped[str]
    minutes: Mapped[int]
    text: Mapped[str]

    programme: Mapped[Programme] = relationship(back_populates="modules")
    rules: Mapped[list[ModuleRule]] = relationship(
        back_populates="module", cascade="all, delete-orphan", order_by="ModuleRule.audience"
    )

    @property
    def rules_by_audience(self) -> dict[Audience, ModuleRule]:
        return {rule.audience: rule for rule in self.rules}


class ModuleRule(Audited, Model):
    """What a module is for one audience (H-12 to H-15)."""

    __table_args__ = table(UniqueConstraint("module_id", "audience"))

    id: Mapped[int] = mapped_column(primary_key=True)
    module_id: Mapped[int] = mapped_column(ForeignKey("module.id"), index=True)
    audience: Mapped[Audience]
    rule: Mapped[ModuleRuleKind]
    introduction_days: Mapped[int | None]
    extra_minutes: Mapped[int] = mapped_column(default=0)

    module: Mapped[Module] = relationship(back_populates="rules")

    def history_of(self) -> tuple[str, int]:
        return "programme", self.module.programme_id


class OutcomeGroup(ProgrammePart, Model):
    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int]
    title: Mapped[str]
    points: Mapped[list[str]]

    programme: Mapped[Programme] = relationship(back_populates="outcomes")


class Criterion(ProgrammePart, Model):
    __table_args__ = table(UniqueConstraint("programme_id", "key"))

    id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int]
    key: Mapped[str]
    text: Mapped[str]
    kind: Mapped[CriterionKind]

    programme: Mapped[Programme] = relationship(back_populates="criteria")
