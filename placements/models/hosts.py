"""Where a practicum happens: organisations, their units, and the people there.

Names and owners are valid from a day to (not including) a day (D-05): a unit may change owner in the middle
of a cohort, and on 1 January 2027 two regions become one.
"""

from __future__ import annotations

import enum
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placements.db import Model, Versioned, table
from placements.models.events import Audited
from placements.models.users import User


class OrganisationKind(enum.StrEnum):
    REGION = "region"
    MUNICIPALITY = "municipality"
    ASSOCIATION = "association"


class Sector(enum.StrEnum):
    REGIONAL = "regional"
    MUNICIPAL = "municipal"
    CIVIL = "civil"


class ValidPeriod:
    """Valid from a day to a day; an open end is empty. The end is the first day it no longer holds."""

    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


class Organisation(Audited, Versioned, Model):
    """`cvr` has eight digits; `ean`, the number that bills are sent to (GLN), thirteen."""

    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[OrganisationKind]
    cvr: Mapped[str | None] = mapped_column(index=True)
    ean: Mapped[str | None]

    names: Mapped[list[OrganisationName]] = relationship(
        back_populates="organisation", cascade="all, delete-orphan", order_by="OrganisationName.valid_from"
    )

    def name_on(self, day: date) -> str:
        return next((name.name for name in self.names if name.holds_on(day)), self.names[-1].name)


class OrganisationName(ValidPeriod, Audited, Versioned, Model):
    __table_args__ = table(CheckConstraint("valid_to IS NULL OR valid_from < valid_to", "period"))

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str]

    organisation: Mapped[Organisation] = relationship(back_populates="names")

    def history_of(self) -> tuple[str, int]:
        return "organisation", self.organisation_id


class Unit(Audited, Versioned, Model):
    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    sector: Mapped[Sector] = mapped_column(index=True)
    address: Mapped[str | None]
    municipality: Mapped[str | None]
    phone: Mapped[str | None]
    about: Mapped[str | None]
    ean: Mapped[str | None]

    periods: Mapped[list[UnitPeriod]] = relationship(
        back_populates="unit", cascade="all, delete-orphan", order_by="UnitPeriod.valid_from"
    )
    contacts: Mapped[list[Contact]] = relationship(
        back_populates="unit", cascade="all, delete-orphan", order_by="Contact.name"
    )

    def period_on(self, day: date) -> UnitPeriod:
        return next((period for period in self.periods if period.holds_on(day)), self.periods[-1])

    def name_on(self, day: date) -> str:
        return self.period_on(day).name


class UnitPeriod(ValidPeriod, Audited, Versioned, Model):
    """What a unit was called, and who owned it, in a span of time."""

    __table_args__ = table(CheckConstraint("valid_to IS NULL OR valid_from < valid_to", "period"))

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str]

    unit: Mapped[Unit] = relationship(back_populates="periods")
    organisation: Mapped[Organisation] = relationship()

    def history_of(self) -> tuple[str, int]:
        return "unit", self.unit_id


class Contact(Audited, Versioned, Model):
    """A person at a unit: signs for it, supervises there, or both. The user is empty until invited."""

    __table_args__ = table()

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"), index=True)
    name: Mapped[str]
    title: Mapped[str | None]
    email: Mapped[str | None]
    phone: Mapped[str | None]
    is_host: Mapped[bool] = mapped_column(default=False)
    is_supervisor: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)

    unit: Mapped[Unit] = relationship(back_populates="contacts")
    user: Mapped[User | None] = relationship()

    @property
    def shared(self) -> bool:
        """Whether several people sign in with its address."""
        return self.user is not None and self.user.shared

    def history_of(self) -> tuple[str, int]:
        return "unit", self.unit_id
