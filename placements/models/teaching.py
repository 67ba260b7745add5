"""The theory as it is taught: a module runs one or more times, in sessions, each with its teachers."""

from __future__ import annotations

import enum
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, Versioned, table
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.events import Audited
from placements.models.programmes import Module
from placements.models.users import User


class TeacherKind(enum.StrEnum):
    """H-20, V-07."""

    PEER = "peer"
    PROFESSIONAL = "professional"
    EXTERNAL = "external"


class ModuleRun(Audited, Versioned, Model):
    """A module, taught once. It belongs to the cohort that it was planned for.

    With `sign_up` participants of the whole programme choose it (H-17), as many as it has seats. Without, all
    in the cohort to whom the module is offered are in it (V).
    """

    __table_args__ = table(
        UniqueConstraint("cohort_id", "module_id", "number"), CheckConstraint("seats > 0", "seats")
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"))
    module_id: Mapped[int] = mapped_column(ForeignKey("module.id"), index=True)
    number: Mapped[int] = mapped_column(default=1)
    sign_up: Mapped[bool] = mapped_column(default=False)
    seats: Mapped[int | None]

    cohort: Mapped[Cohort] = relationship()
    module: Mapped[Module] = relationship()
    sessions: Mapped[list[TeachingSession]] = relationship(
        back_populates="run",
        cascade="all, delete-orphan",
        order_by="TeachingSession.held_on, TeachingSession.starts_at",
    )

    def history_of(self) -> tuple[str, int]:
        return "cohort", self.cohort_id


class TeachingSession(Audited, Versioned, Model):
    """One teaching meeting. Times are on the wall clock in Copenhagen; the end is on the same day.

    `audiences` are those it is for; empty: all who are in the run (H-16). `extra_minutes` come after the end
    for an audience (H-14). Without `register_kept_at` nobody has kept the register yet. `clash_reason`: why
    it is held on a holiday, or at the same time as another.
    """

    __table_args__ = table(
        CheckConstraint("starts_at < ends_at", "times"),
        Index(None, "held_on", "starts_at", "id"),
        Index(None, "run_id", "held_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("module_run.id"))
    held_on: Mapped[date]
    starts_at: Mapped[time]
    ends_at: Mapped[time]
    audiences: Mapped[list[str]] = mapped_column(default=list)
    extra_minutes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    place: Mapped[str | None]
    link: Mapped[str | None]
    clash_reason: Mapped[str | None]
    register_kept_at: Mapped[datetime | None]
    register_kept_by_id: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"), index=True)

    run: Mapped[ModuleRun] = relationship(back_populates="sessions")
    teachers: Mapped[list[SessionTeacher]] = relationship(
        back_populates="session", cascade="all, delete-orphan", order_by="SessionTeacher.id"
    )


class SessionTeacher(Audited, Model):
    """Somebody who teaches a session: with an account, or (an external teacher) by name alone."""

    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("teaching_session.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"), index=True)
    name: Mapped[str]
    kind: Mapped[TeacherKind]
    leads: Mapped[bool] = mapped_column(default=False)

    session: Mapped[TeachingSession] = relationship(back_populates="teachers")
    user: Mapped[User | None] = relationship()

    def history_of(self) -> tuple[str, int]:
        return "teaching_session", self.session_id


class RunSignUp(Audited, Model):
    """A participant has chosen this run; who signs off again leaves no row."""

    __table_args__ = table(UniqueConstraint("run_id", "enrolment_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("module_run.id"), index=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    signed_up_at: Mapped[datetime]

    run: Mapped[ModuleRun] = relationship()
    enrolment: Mapped[Enrolment] = relationship()

    def history_of(self) -> tuple[str, int]:
        return "enrolment", self.enrolment_id


class StudyGroup(Audited, Versioned, Model):
    """Students who prepare and reflect together between the sessions (V-05)."""

    __table_args__ = table(UniqueConstraint("cohort_id", "name"))

    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"))
    name: Mapped[str]

    cohort: Mapped[Cohort] = relationship()
    members: Mapped[list[StudyGroupMember]] = relationship(
        back_populates="group", cascade="all, delete-orphan"
    )

    def history_of(self) -> tuple[str, int]:
        return "cohort", self.cohort_id


class StudyGroupMember(Audited, Model):
    """A student is in one study group at most."""

    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("study_group.id"), index=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), unique=True)

    group: Mapped[StudyGroup] = relationship(back_populates="members")
    enrolment: Mapped[Enrolment] = relationship()

    def history_of(self) -> tuple[str, int]:
        return "cohort", self.group.cohort_id
