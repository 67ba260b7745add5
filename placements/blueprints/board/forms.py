"""What the board's address says, and the shape of a row that is being changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired

from placements.domain.board import SORTS, Change, Filter
from placements.domain.board_choices import RowChoices
from placements.domain.placement_search import words_of
from placements.fields import HoursField
from placements.models.hosts import Sector
from placements.models.placements import Placement, PlacementStatus
from placements.web import Form, chosen, said
from placements.words import word

NEWEST_FIRST = "-start"
NOBODY = -1  # the id of a cohort that is not there, or not theirs
SECTORS = {sector.value: sector for sector in Sector}
STATES = {status.value: status for status in PlacementStatus}


@dataclass(frozen=True, slots=True)
class Asked:
    """The address of the board, as texts; what cannot be read filters nothing.

    `after` is how many rows came before this page, a point, and the last of them: "50.1234".
    """

    cohort: str = ""
    sector: str = ""
    status: str = ""
    unit: str = ""
    q: str = ""
    sort: str = NEWEST_FIRST
    after: str = ""

    @classmethod
    def read(cls, args: Mapping[str, str]) -> Asked:
        typed = {name: args.get(name, "").strip() for name in NAMES}
        readable = {
            "sector": typed["sector"] in SECTORS,
            "status": typed["status"] in STATES,
            "unit": _is_id(typed["unit"]),
            "sort": typed["sort"].removeprefix("-") in SORTS,
            "after": all(map(_is_id, typed["after"].split("."))) and typed["after"].count(".") == 1,
        }
        return cls(**{name: text for name, text in typed.items() if text and readable.get(name, True)})

    def filter(self, cohort_id: int | None) -> Filter:
        return Filter(
            cohort_id=NOBODY if self.cohort and cohort_id is None else cohort_id,
            unit_id=self.unit_id,
            sector=SECTORS.get(self.sector),
            status=STATES.get(self.status),
            words=words_of(self.q),
            sort=self.sort.removeprefix("-"),
            descending=self.sort.startswith("-"),
            after=int(self.after.partition(".")[2]) if self.after else None,
        )

    @property
    def unit_id(self) -> int | None:
        return int(self.unit) if self.unit else None

    def from_the_first(self) -> Asked:
        return replace(self, after="") if self.after else self

    @property
    def is_too_short(self) -> bool:
        """Something was typed, but nothing that can be looked for."""
        return bool(self.q) and not words_of(self.q)

    @property
    def passed(self) -> int:
        """Rows before this page."""
        return int(self.after.partition(".")[0]) if self.after else 0

    def query(self, **changes: str) -> str:
        """The same with some of it changed, from the first page unless said."""
        texts = {name: getattr(self, name) for name in NAMES} | {"after": ""} | changes
        return urlencode({name: text for name, text in texts.items() if text and text != DEFAULTS[name]})

    def address(self, **changes: str) -> str:
        query = self.query(**changes)
        return f"/placements?{query}" if query else "/placements"


DEFAULTS: dict[str, Any] = {field.name: field.default for field in fields(Asked)}
NAMES = tuple(DEFAULTS)


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 18


def _id_or_none(value: Any) -> int | None:
    return int(value) if value else None


class RowForm(Form):
    """The row's values; a status is the one it has, or one it may get next."""

    status = SelectField(_l("Status"), coerce=PlacementStatus, validate_choice=False)
    unit_id = SelectField(_l("Praktiksted"), coerce=int, validate_choice=False)
    supervisor_id = SelectField(_l("Praktikvejleder"), coerce=_id_or_none, validate_choice=False)
    starts_on = DateField(_l("Første dag"), [InputRequired(_l("Vælg en dato."))])
    ends_on = DateField(_l("Sidste dag"), [InputRequired(_l("Vælg en dato."))])
    weekly_minutes = HoursField(
        _l("Timer om ugen"),
        [InputRequired(_l("Skriv antallet af timer."))],
        name="weekly_hours",
        render_kw={"inputmode": "decimal"},
    )
    offered: RowChoices

    def offer(self, offered: RowChoices) -> RowForm:
        """Let people choose among what the placement may have."""
        self.offered = offered
        self.status.choices = [SelectChoice(state.value, said(word(state))) for state in offered.states]
        self.unit_id.choices = [
            SelectChoice(str(id_), _with_seats(*unit)) for id_, unit in offered.units.items()
        ]
        grouped = len(offered.units) > 1
        self.supervisor_id.choices = [SelectChoice("", gettext("Ikke valgt endnu"))] + [
            SelectChoice(str(id_), name, optgroup=unit if grouped else None)
            for id_, (name, unit) in offered.supervisors.items()
        ]
        return self

    def stored(self, record: Placement) -> Form:
        """A status that cannot be had from the one it has got in the meantime is not worth a question."""
        if self.status.data not in self.offered.states:
            self.status.data = record.status
        form = super().stored(record)
        assert isinstance(form, RowForm)  # noqa: S101
        return form.offer(self.offered)

    def change(self) -> Change:
        return Change(
            version=self.version_number,
            unit_id=self.unit_id.data,
            supervisor_id=self.supervisor_id.data,
            starts_on=chosen(self.starts_on),
            ends_on=chosen(self.ends_on),
            weekly_minutes=self.weekly_minutes.data or 0,
            status=self.status.data,
        )


def _with_seats(name: str, seats: int | None) -> str:
    if seats is None:
        return name
    if not seats:
        return str(gettext("%(unit)s – ingen ledige pladser", unit=name))
    if seats == 1:
        return str(gettext("%(unit)s – 1 ledig plads", unit=name))
    return str(gettext("%(unit)s – %(seats)s ledige pladser", unit=name, seats=seats))
