"""The shape of an offer, and the filter of the list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from placements import formatting
from placements.blueprints.offers.fields import WeekField
from placements.domain.offer_list import Filter
from placements.domain.offer_terms import Details
from placements.fields import CheckboxesField, HoursField, ListField, TaskLinesField, several_lines
from placements.models.cohorts import Cohort
from placements.models.hosts import Sector
from placements.models.offers import Accessibility, OfferStatus, WayOfWorking
from placements.web import Form, said
from placements.words import choices, word

LONG = [Optional(), Length(max=4000, message=_l("Her er plads til 4000 tegn."))]


class OfferFilter(Form):
    """`cohort`, `sector` and `status` in the address of the list; what cannot be read filters nothing."""

    class Meta:
        csrf = False

    cohort = StringField()
    sector = StringField()
    status = StringField()

    def among(self, cohorts: Sequence[Cohort]) -> OfferFilter:
        self.cohorts = cohorts
        return self

    @property
    def chosen_cohort(self) -> Cohort | None:
        return next((cohort for cohort in self.cohorts if cohort.slug == self.cohort.data), None)

    @property
    def chosen_sector(self) -> Sector | None:
        return next((sector for sector in Sector if sector.value == self.sector.data), None)

    @property
    def chosen_status(self) -> OfferStatus | None:
        return next((status for status in OfferStatus if status.value == self.status.data), None)

    def wanted(self) -> Filter:
        cohort = self.chosen_cohort
        return Filter(
            cohort_id=cohort.id if cohort else None, sector=self.chosen_sector, status=self.chosen_status
        )

    def cohort_choices(self) -> list[tuple[str, str]]:
        return [(cohort.slug, cohort.name) for cohort in self.cohorts]

    def sector_choices(self) -> list[tuple[str, str]]:
        return [(value, said(text)) for value, text in choices(Sector)]

    def status_choices(self) -> list[tuple[str, str]]:
        return [(value, said(text)) for value, text in choices(OfferStatus)]

    def in_words(self) -> list[tuple[str, str, str]]:
        """The filters in use: name, label and value."""
        cohort, sector, status = self.chosen_cohort, self.chosen_sector, self.chosen_status
        used = [
            ("cohort", gettext("Hold"), cohort.name if cohort else ""),
            ("sector", gettext("Sektor"), said(word(sector)) if sector else ""),
            ("status", gettext("Status"), said(word(status)) if status else ""),
        ]
        return [(name, label, value) for name, label, value in used if value]

    def address(self, *, without: str = "", after: int | None = None) -> str:
        """The list with these filters, but for one; from the beginning unless said."""
        cohort = self.chosen_cohort
        kept = {
            "cohort": cohort.slug if cohort else "",
            "sector": self.chosen_sector,
            "status": self.chosen_status,
            "after": after,
        }
        query = urlencode({name: value for name, value in kept.items() if value and name != without})
        return f"/offers?{query}" if query else "/offers"


def _some_way(_form: Form, field: CheckboxesField) -> None:
    if not field.data:
        raise ValidationError(gettext("Vælg mindst én ting, den studerende kan være med til."))


class WhereForm(Form):
    """Whose seats, and whom they are for."""

    unit_id = SelectField(_l("Afsnit"), [InputRequired(_l("Vælg det sted, der tilbyder pladserne."))])
    cohort_id = SelectField(_l("Hold"), [InputRequired(_l("Vælg det hold, pladserne er til."))])


class OfferForm(Form):
    """Days and hours left empty are those of the cohort."""

    UNPRINTED = frozenset({"practical", "good_to_know"})

    seats = IntegerField(
        _l("Antal pladser"),
        [
            InputRequired(_l("Skriv, hvor mange pladser der er.")),
            NumberRange(1, 99, _l("Skriv et antal mellem 1 og 99.")),
        ],
        render_kw={"inputmode": "numeric", "min": 1, "max": 99},
    )
    starts_on = DateField(_l("Første dag"), [Optional()])
    ends_on = DateField(_l("Sidste dag"), [Optional()])
    weekly_minutes = HoursField(_l("Timer om ugen"), [Optional()], render_kw={"inputmode": "decimal"})
    ways = CheckboxesField(_l("Hvad kan den studerende være med til?"), [_some_way])
    weekly_plan = WeekField(_l("Ugeplan"))
    tasks = TextAreaField(_l("Opgaver"), LONG, filters=[several_lines], render_kw={"rows": 5})
    task_lines = TaskLinesField(_l("Andele"))
    accessibility = CheckboxesField(_l("Stedet har"))
    languages = ListField(_l("Sprog ud over dansk"), [Optional()])
    practical = TextAreaField(_l("Praktisk"), LONG, filters=[several_lines], render_kw={"rows": 4})
    good_to_know = TextAreaField(
        _l("Godt at vide for den studerende"), LONG, filters=[several_lines], render_kw={"rows": 4}
    )

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.ways.choices = [SelectChoice(value, said(text)) for value, text in choices(WayOfWorking)]
        self.accessibility.choices = [
            SelectChoice(value, said(text)) for value, text in choices(Accessibility)
        ]

    def with_more_lines(self) -> OfferForm:
        """Nothing is saved yet: the same form, with room for more tasks."""
        self.task_lines.with_more()
        return self

    def values(self) -> dict[str, Any]:
        kept = ("seats", "starts_on", "ends_on", "weekly_minutes", "ways", "tasks", "practical")
        details = ("weekly_plan", "task_lines", "accessibility", "languages", "good_to_know")
        given = {name: self[name].data for name in details if self[name].data}
        return {name: self[name].data for name in kept} | {"details": Details(**given)}


class NewOfferForm(OfferForm, WhereForm):
    def among(self, units: Sequence[Any], cohorts: Sequence[Cohort]) -> NewOfferForm:
        named = [SelectChoice(str(unit_id), f"{name}, {owner}") for unit_id, name, owner in units]
        _let_choose(self.unit_id, named, gettext("Vælg et afsnit"))
        described = [SelectChoice(str(cohort.id), _described(cohort)) for cohort in cohorts]
        _let_choose(self.cohort_id, described, gettext("Vælg et hold"))
        return self


class CopyForm(Form):
    """Whom last year's seats are for this time."""

    cohort_id = SelectField(_l("Hold"), [InputRequired(_l("Vælg det hold, pladserne er til."))])

    def among(self, cohorts: Sequence[Cohort]) -> CopyForm:
        described = [SelectChoice(str(cohort.id), _described(cohort)) for cohort in cohorts]
        _let_choose(self.cohort_id, described, gettext("Vælg et hold"))
        return self


class ExceptionForm(Form):
    """Why fewer peer tasks than two thirds will do."""

    UNPRINTED = frozenset({"reason"})

    reason = TextAreaField(
        _l("Begrundelse for undtagelsen"),
        [
            InputRequired(_l("Skriv kort, hvorfor der er givet en undtagelse.")),
            Length(max=500, message=_l("Her er plads til 500 tegn.")),
        ],
        filters=[several_lines],
        render_kw={"rows": 3},
    )


class VersionForm(Form):
    """A button: the token, and which version of the offer it stood beside."""


def _described(cohort: Cohort) -> str:
    if cohort.practicum_starts_on is None or cohort.practicum_ends_on is None:
        return cohort.name
    period = formatting.period(cohort.practicum_starts_on, cohort.practicum_ends_on, locale=str(get_locale()))
    return f"{cohort.name} – {cohort.programme.name} ({period})"


def _let_choose(field: SelectField, found: list[SelectChoice], text: str) -> None:
    """Where there is only one, it is chosen."""
    field.choices = [SelectChoice("", text), *found] if len(found) > 1 else found
