"""The shapes of a cohort's plan: its dates to the minute (V-03), and its copy to another year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any, ClassVar

from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    IntegerField,
    SelectField,
    StringField,
    TimeField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Optional
from wtforms.widgets import HiddenInput

from placements import formatting
from placements.domain import programme_parts as parts
from placements.domain.programme_exports import plan_of
from placements.domain.programme_parts import Weekday
from placements.domain.toml_lines import Path
from placements.fields import CheckboxesField, FileForm, one_line
from placements.models.cohorts import Cohort, KeyDateKind
from placements.models.programmes import Programme
from placements.web import Form

WEEKDAYS = list(Weekday)
MEETINGS = (KeyDateKind.INFORMATION_MEETING, KeyDateKind.QUESTIONS_HOUR)
MINUTES = "%Y-%m-%dT%H:%M"
NUMBER = {"inputmode": "numeric"}


def _moment(label: Any) -> DateTimeLocalField:
    return DateTimeLocalField(label, [Optional()], format=[MINUTES])


class WeekNumbersField(StringField):
    """42, 7"""

    data: list[int]  # type: ignore[assignment]

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else ", ".join(map(str, self.data or ()))

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = str(valuelist[0]).replace(",", " ").split() if valuelist else []
        if not all(part.isdecimal() for part in typed):
            raise ValueError(gettext("Skriv ugenumre med komma imellem, fx 42, 7."))
        self.data = list(dict.fromkeys(map(int, typed)))


class CohortForm(FileForm):
    """`plan` gives the cohort as a programme file says it; what the form does not show stays as it was."""

    PLACES: ClassVar = {"practicum_starts_on": "starts_on"}

    name = StringField(_l("Navn"), [DataRequired(_l("Skriv, hvad holdet hedder."))], filters=[one_line])
    seats = IntegerField(_l("Pladser på holdet"), [Optional()], render_kw=NUMBER)
    starts_on = DateField(_l("Holdet begynder"), [InputRequired(_l("Vælg en dato."))])
    start_time = TimeField(_l("Kl. på den første dag"), [Optional()])
    theory_weekdays = CheckboxesField(_l("Ugedage med undervisning"))
    theory_time = TimeField(_l("Undervisningen begynder kl."), [Optional()])
    theory_skip_weeks = WeekNumbersField(
        _l("Uger uden undervisning"), [Optional()], description=_l("Ugenumre med komma imellem, fx 42, 7.")
    )
    applications_open_starts = _moment(_l("Ansøgningen åbner"))
    application_deadline_starts = _moment(_l("Ansøgningsfrist"))
    information_meeting_starts = _moment(_l("Begynder"))
    information_meeting_ends = _moment(_l("Slutter"))
    information_meeting_place = StringField(_l("Sted"), [Optional()], filters=[one_line])
    information_meeting_registration = BooleanField(_l("Man skal tilmelde sig"))
    questions_hour_starts = _moment(_l("Begynder"))
    questions_hour_ends = _moment(_l("Slutter"))
    questions_hour_place = StringField(_l("Sted"), [Optional()], filters=[one_line])
    questions_hour_registration = BooleanField(_l("Man skal tilmelde sig"))

    before: parts.Cohort | None = None

    @classmethod
    def of(cls, cohort: Cohort, **options: Any) -> CohortForm:
        plan = plan_of(cohort)
        form = cls(data={**_typed(plan), "version": cohort.version}, **options)
        form.before = plan
        return form

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        locale = str(get_locale())
        self.theory_weekdays.choices = [
            SelectChoice(day, formatting.weekday(number, locale=locale).capitalize())
            for number, day in enumerate(WEEKDAYS)
        ]

    def stored(self, record: Any) -> Form:
        return self.of(record, formdata=None)

    @property
    def meetings(self) -> list[tuple[KeyDateKind, list[Any]]]:
        return [(kind, [self[f"{kind}_{part}"] for part in _MEETING_PARTS]) for kind in MEETINGS]

    def plan(self, slug: str) -> parts.Cohort:
        starts_on = self.starts_on.data
        assert isinstance(starts_on, date)  # noqa: S101 - `attempt` has checked the shape
        known = self.before or parts.Cohort(slug=slug, name="", starts_on=starts_on)
        return replace(
            known,
            name=self.name.data or "",
            seats=self.seats.data,
            starts_on=starts_on,
            theory_weekdays=tuple(day for day in WEEKDAYS if day in (self.theory_weekdays.data or ())),
            theory_time=self.theory_time.data,
            theory_skip_weeks=tuple(self.theory_skip_weeks.data or ()),
            key_dates=tuple(self._key_dates(known, starts_on)),
        )

    def _key_dates(self, known: parts.Cohort, starts_on: date) -> list[parts.KeyDate]:
        """In the order of their kinds; one without a beginning is none."""
        before = {each.kind: each for each in known.key_dates}
        found = []
        for kind in KeyDateKind:
            begins = self._begins(kind, starts_on)
            if begins is None:
                continue
            old = before.get(kind) or parts.KeyDate(kind=kind, starts_at=begins, registration=False)
            found.append(self._meeting(old) if kind in MEETINGS else _from(old, begins))
        return found

    def _meeting(self, old: parts.KeyDate) -> parts.KeyDate:
        told = {name: self[f"{old.kind}_{part}"].data for part, name in _MEETING_PARTS.items()}
        return replace(old, **told)

    def _begins(self, kind: KeyDateKind, starts_on: date) -> datetime | None:
        if kind is KeyDateKind.START:
            at = self.start_time.data
            return datetime.combine(starts_on, at) if isinstance(at, time) else None
        begins: datetime | None = self[f"{kind}_starts"].data
        return begins

    def field_at(self, path: Path) -> str | None:
        """A key date is found by its kind."""
        if len(path) < 4 or path[2] != "key_dates" or not isinstance(path[3], int):
            return super().field_at(path)
        starts_on = self.starts_on.data or date.min
        known = self.before or parts.Cohort(slug="", name="", starts_on=starts_on)
        kind = self._key_dates(known, starts_on)[path[3]].kind
        if kind is KeyDateKind.START:
            return "start_time"
        part = next((part for part, name in _MEETING_PARTS.items() if name == path[-1]), "starts")
        return f"{kind}_{part}" if f"{kind}_{part}" in self else f"{kind}_starts"

    def sentence(self, fault: Any) -> str:
        """The page is about one cohort alone."""
        return super().sentence(replace(fault, about="", path=()))


_MEETING_PARTS = {
    "starts": "starts_at",
    "ends": "ends_at",
    "place": "place",
    "registration": "registration",
}


def _from(old: parts.KeyDate, begins: datetime) -> parts.KeyDate:
    """It lasts as long as it did."""
    return replace(old, starts_at=begins, ends_at=old.ends_at and old.ends_at + (begins - old.starts_at))


def _typed(plan: parts.Cohort) -> dict[str, Any]:
    kept = ("name", "seats", "starts_on", "theory_weekdays", "theory_time", "theory_skip_weeks")
    typed = {name: getattr(plan, name) for name in kept}
    for each in plan.key_dates:
        if each.kind is KeyDateKind.START:
            typed["start_time"] = each.starts_at.time()
        typed |= {f"{each.kind}_{part}": getattr(each, name) for part, name in _MEETING_PARTS.items()}
    return typed


class NewCohortForm(CohortForm):
    PLACES: ClassVar = {}

    programme = SelectField(_l("Uddannelse"), [InputRequired(_l("Vælg en uddannelse."))])
    practicum_starts_on = DateField(
        _l("Praktikken begynder"),
        [Optional()],
        description=_l("Den sidste dag regnes ud. Lad feltet stå tomt, hvis den ikke er lagt endnu."),
    )

    def among(self, programmes: list[Programme]) -> NewCohortForm:
        self.programme.choices = [SelectChoice(each.slug, each.name) for each in programmes]
        if not any(each.practicum_weeks for each in programmes):
            del self.practicum_starts_on
        return self

    def plan(self, slug: str) -> parts.Cohort:
        first = self.practicum_starts_on.data if "practicum_starts_on" in self else None
        return replace(super().plan(slug), practicum_starts_on=first)


class StartForm(Form):
    """The day that a copy is to begin, asked for in the address."""

    class Meta(Form.Meta):
        csrf = False

    starts_on = DateField(_l("Det nye hold begynder"), [InputRequired(_l("Vælg en dato."))])


class CopyForm(FileForm):
    starts_on = DateField(_l("Holdet begynder"), [InputRequired(_l("Vælg en dato."))], widget=HiddenInput())
    name = StringField(_l("Navn"), [DataRequired(_l("Skriv, hvad holdet hedder."))], filters=[one_line])
    slug = StringField(
        _l("Navn i adressen"),
        [DataRequired(_l("Skriv holdets navn i adressen."))],
        filters=[one_line],
        description=_l("Små bogstaver, tal og bindestreger, fx viborg-2026."),
    )
    seats = IntegerField(_l("Pladser på holdet"), [Optional()], render_kw=NUMBER)
