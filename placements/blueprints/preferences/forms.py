"""The shapes of a window, an order of offers, what suits a student, and units that will not do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, time
from typing import Any

from babel.dates import get_day_names
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from wtforms import DateField, Field, HiddenField, RadioField, TimeField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Optional

from placements.domain import preferences
from placements.fields import CheckboxesField
from placements.formatting import local
from placements.models.cohorts import Cohort
from placements.models.offers import Accessibility
from placements.models.preferences import Reach, Wishes
from placements.web import Form, said
from placements.words import choices


class WindowForm(Form):
    """Two days and two times on the clock in Copenhagen; all empty: not open at all."""

    opens_on = DateField(_l("Åbner den"), [Optional()])
    opens_at = TimeField(_l("Åbner kl."), [Optional()])
    closes_on = DateField(_l("Lukker den"), [Optional()])
    closes_at = TimeField(_l("Lukker kl."), [Optional()])

    def stored(self, record: Any) -> Form:
        return window_form(record, formdata=None)

    @property
    def opens(self) -> tuple[date, time] | None:
        return _end(self.opens_on.data, self.opens_at.data, time(8, 0))

    @property
    def closes(self) -> tuple[date, time] | None:
        return _end(self.closes_on.data, self.closes_at.data, time(23, 59))


def _end(day: date | None, at: time | None, usual: time) -> tuple[date, time] | None:
    return (day, at or usual) if day else None


def window_form(cohort: Cohort, **values: Any) -> WindowForm:
    kept: dict[str, Any] = {"version": cohort.version}
    for name, moment in (("opens", cohort.preferences_open_at), ("closes", cohort.preferences_close_at)):
        if moment:
            kept |= {f"{name}_on": local(moment).date(), f"{name}_at": local(moment).time()}
    return WindowForm(data=kept, **values)


class OrderField(Field):
    """Ids in an order; on screen their names."""

    data: list[int]
    names: Mapping[int, str] = {}

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = [int(value) for value in valuelist if value.isdecimal()]

    def _value(self) -> str:
        return ", ".join(f"{place}. {self.names.get(key, '')}" for place, key in enumerate(self.data, 1))


class RankingForm(Form):
    """The order as it stands on the page, and the button that was pressed; `moved` was dragged there."""

    order = OrderField(_l("Rækkefølge"))
    up = HiddenField()
    down = HiddenField()
    add = HiddenField()
    remove = HiddenField()
    moved = HiddenField()

    def validate(self, extra_validators: Any = None) -> bool:
        """From here on the order is the one that is wanted, kept also when it is refused."""
        self.order.data = self._wanted()
        return bool(super().validate(extra_validators))

    def _wanted(self) -> list[int]:
        order = list(self.order.data)
        verb, key = self.pressed
        if verb in {"up", "down"}:
            return preferences.moved(order, key, -1 if verb == "up" else 1)
        if verb == "add" and key not in order:
            return [*order, key]
        return [other for other in order if other != key] if verb == "remove" else order

    @property
    def pressed(self) -> tuple[str, int]:
        for verb in ("up", "down", "add", "remove", "moved"):
            if str(self[verb].data or "").isdecimal():
                return verb, int(self[verb].data)
        return "", 0

    def stored(self, record: Any) -> Form:
        return ranking_form(record, self.order.names, formdata=None)


def ranking_form(kept: Wishes | None, names: Mapping[int, str], **values: Any) -> RankingForm:
    data = {"version": preferences.ranking_mark(kept), "order": preferences.ranking(kept)}
    form = RankingForm(data=data, **values)
    form.order.names = names
    return form


class TermsForm(Form):
    weekdays = CheckboxesField(_l("Dage, der passer dig"), coerce=int)
    reach = RadioField(
        _l("Hvor langt væk må det være?"), [InputRequired(_l("Vælg, hvor langt væk det må være."))]
    )
    needs = CheckboxesField(_l("Det har du brug for på stedet"))

    def stored(self, record: Any) -> Form:
        return terms_form(record, formdata=None)


def day_names() -> list[str]:
    """Monday first, in the reader's language."""
    names = get_day_names("wide", locale=str(get_locale()))
    return [names[day].capitalize() for day in range(7)]


def terms_form(kept: Wishes | None, **values: Any) -> TermsForm:
    data = {
        "version": preferences.terms_mark(kept),
        "weekdays": kept.weekdays if kept else [],
        "reach": (kept.reach if kept else Reach.ANYWHERE).value,
        "needs": kept.needs if kept else [],
    }
    form = TermsForm(data=data, **values)
    form.weekdays.choices = [SelectChoice(value=day, label=name) for day, name in enumerate(day_names())]
    form.reach.choices = [SelectChoice(value=value, label=said(text)) for value, text in choices(Reach)]
    form.needs.choices = [
        SelectChoice(value=value, label=said(text)) for value, text in choices(Accessibility)
    ]
    return form


class ExcludedForm(Form):
    unit_ids = CheckboxesField(_l("Ikke disse steder"), coerce=int)
    again: Callable[[Wishes | None], ExcludedForm]

    def stored(self, record: Any) -> Form:
        return self.again(record)


def excluded_form(kept: Wishes | None, units: Sequence[tuple[int, str]], **values: Any) -> ExcludedForm:
    data = {"version": preferences.excluded_mark(kept), "unit_ids": sorted(preferences.excluded(kept))}
    form = ExcludedForm(data=data, **values)
    form.unit_ids.choices = [SelectChoice(value=unit_id, label=name) for unit_id, name in units]
    form.again = lambda record: excluded_form(record, units, formdata=None)
    return form
