"""The shapes of a review, of how a cohort is reviewed, of interview times and notes, and of a move."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast
from urllib.parse import urlencode

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from placements.domain import (
    application_interviews,
    application_moderation,
    application_reviews,
    application_states,
    personal_numbers,
)
from placements.fields import CheckboxesField, one_line, several_lines
from placements.models.application_reviews import (
    ApplicationInterview,
    ApplicationReview,
    ApplicationReviewPlan,
)
from placements.models.applications import ApplicationStatus
from placements.models.cohorts import Cohort
from placements.models.users import User
from placements.web import Form, asked_id, said
from placements.words import word

TOO_LONG = _l("Her er plads til %(max)d tegn.")
LOWEST, HIGHEST = application_reviews.LOWEST, application_reviews.HIGHEST


class ApplicationFilter(Form):
    """`cohort` and `status` in the address of the list; what cannot be read filters nothing."""

    class Meta:
        csrf = False

    cohort = StringField()
    status = StringField()

    def among(self, cohorts: Sequence[Cohort]) -> ApplicationFilter:
        self.cohorts = cohorts
        return self

    @property
    def chosen_cohort(self) -> Cohort | None:
        """The one asked for, else the newest."""
        newest = self.cohorts[0] if self.cohorts else None
        return next((one for one in self.cohorts if one.slug == self.cohort.data), newest)

    @property
    def chosen_status(self) -> ApplicationStatus | None:
        return next((one for one in application_states.SENT if one.value == self.status.data), None)

    def cohort_choices(self) -> list[tuple[str, str]]:
        return [(cohort.slug, cohort.name) for cohort in self.cohorts]

    def status_choices(self) -> list[tuple[str, str]]:
        return [(status.value, said(word(status))) for status in application_states.SENT]

    def in_words(self) -> list[tuple[str, str, str]]:
        """The state that is chosen: label, value, and the list without it."""
        status = self.chosen_status
        return [(gettext("Status"), said(word(status)), self.address(status=None))] if status else []

    def address(self, **changes: object) -> str:
        """The list with these filters, but for the changes; from the beginning unless said."""
        cohort = self.chosen_cohort
        kept = {"cohort": cohort and cohort.slug, "status": self.chosen_status} | changes
        return f"/applications?{urlencode({name: value for name, value in kept.items() if value})}"


class ReviewForm(Form):
    """Points and a reason for each criterion; made by `review_form`."""

    keys: list[tuple[str, str]]

    def stored(self, record: Any) -> ReviewForm:
        return review_form(record, formdata=None)

    def rows(self) -> list[tuple[str, str, Any, Any]]:
        """Of each criterion its key, its text, the points and the reason."""
        return [
            (key, text, self[f"points_{number}"], self[f"reason_{number}"])
            for number, (key, text) in enumerate(self.keys, 1)
        ]

    def given(self) -> dict[str, Any]:
        """As `application_reviews.save` takes it. Raises `RuleBroken` for what must not be taken in."""
        points, reasons = {}, {}
        for number, (key, _text) in enumerate(self.keys, 1):
            reason = self[f"reason_{number}"].data or ""
            personal_numbers.refuse(reason, field=f"reason_{number}")
            points[key], reasons[key] = self[f"points_{number}"].data, reason
        return {"points": points, "reasons": reasons}


def review_form(review: ApplicationReview, *, whole: bool = False, **options: Any) -> ReviewForm:
    """Filled with what is saved. `whole`: every gap is told at once, as when it is to be sent."""
    keys = application_reviews.criteria(review.application.cohort.programme)
    kept = application_reviews.scores_of(review)
    unprinted = frozenset(f"reason_{number}" for number in range(1, len(keys) + 1))
    fields: dict[str, Any] = {"keys": keys, "UNPRINTED": unprinted}
    before: dict[str, Any] = {"version": review.version}
    pointed = InputRequired(_l("Vælg et tal fra 1 til 5.")) if whole else Optional()
    reasoned = DataRequired(_l("Skriv kort hvorfor.")) if whole else Optional()
    for number, (key, text) in enumerate(keys, 1):
        fields[f"points_{number}"] = RadioField(
            said(text),
            [pointed],
            choices=[SelectChoice(point, str(point)) for point in range(LOWEST, HIGHEST + 1)],
            coerce=int,
        )
        fields[f"reason_{number}"] = TextAreaField(
            said(text),
            [reasoned, Length(max=application_reviews.LONGEST, message=TOO_LONG)],
            filters=[several_lines],
            render_kw={"rows": 3},
        )
        if key in kept:
            before |= {f"points_{number}": kept[key].points, f"reason_{number}": kept[key].reason}
    made: ReviewForm = type("ReviewForm", (ReviewForm,), fields)(data=before, **options)
    return made


class PlanForm(Form):
    """How a cohort is reviewed, with a weight for each criterion; made by `plan_form`."""

    keys: list[tuple[str, str]]
    anonymous = BooleanField(_l("Bedøm uden navn"))
    reviewer_ids = CheckboxesField(_l("Hvem læser ansøgninger?"), coerce=int)

    def given(self) -> dict[str, Any]:
        weights = {key: self[f"weight_{number}"].data for number, (key, _text) in enumerate(self.keys, 1)}
        return {
            "anonymous": bool(self.anonymous.data),
            "weights": weights,
            "reviewer_ids": self.reviewer_ids.data or [],
        }

    def weight_fields(self) -> list[Any]:
        return [self[f"weight_{number}"] for number, _key in enumerate(self.keys, 1)]


def plan_form(cohort: Cohort, plan: ApplicationReviewPlan, people: list[User], **options: Any) -> PlanForm:
    keys = application_reviews.criteria(cohort.programme)
    before = {f"weight_{number}": plan.weights.get(key, 1) for number, (key, _text) in enumerate(keys, 1)} | {
        "anonymous": plan.anonymous,
        "reviewer_ids": plan.reviewer_ids or [one.id for one in people],
        "version": plan.version,
    }
    fields: dict[str, Any] = {"keys": keys} | {
        f"weight_{number}": IntegerField(
            said(text),
            [
                InputRequired(_l("Skriv et helt tal fra 0 til 10.")),
                NumberRange(0, 10, message=_l("Skriv et helt tal fra 0 til 10.")),
            ],
        )
        for number, (_key, text) in enumerate(keys, 1)
    }
    made: PlanForm = type("PlanForm", (PlanForm,), fields)(data=before, **options)
    made.reviewer_ids.choices = [SelectChoice(one.id, one.name) for one in people]
    return made


class ReviewerForm(Form):
    reviewer_id = SelectField(_l("Læser også"), coerce=asked_id)

    @classmethod
    def among(cls, people: list[User], **options: Any) -> ReviewerForm:
        form = cls(**options)
        form.reviewer_id.choices = [SelectChoice(one.id, one.name) for one in people]
        return form


class SlotsForm(Form):
    day = DateField(_l("Dag"), [InputRequired(_l("Vælg en dag."))])
    begins = TimeField(_l("Første samtale begynder"), [InputRequired(_l("Skriv et klokkeslæt."))])
    minutes = IntegerField(
        _l("Minutter til hver"),
        [InputRequired(_l("Skriv et antal minutter.")), NumberRange(5, 240, message=_l("Mellem 5 og 240."))],
        default=30,
    )
    count = IntegerField(
        _l("Antal samtaler"),
        [
            InputRequired(_l("Skriv, hvor mange.")),
            NumberRange(1, application_interviews.MOST, message=_l("Mellem 1 og 20.")),
        ],
        default=6,
    )
    place = StringField(
        _l("Sted"),
        [DataRequired(_l("Skriv, hvor I mødes.")), Length(max=200, message=TOO_LONG)],
        filters=[one_line],
    )

    def given(self) -> dict[str, Any]:
        names = ("day", "begins", "minutes", "count", "place")
        return {name: self[name].data for name in names}


class BookForm(Form):
    slot_id = RadioField(_l("Vælg en tid"), [InputRequired(_l("Vælg en tid."))], coerce=asked_id)


def book_form(slots: list[ApplicationInterview], labels: list[str], **options: Any) -> BookForm:
    form = BookForm(**options)
    form.slot_id.choices = [SelectChoice(slot.id, label) for slot, label in zip(slots, labels, strict=True)]
    return form


class NoteForm(Form):
    UNPRINTED = frozenset({"text"})
    text = TextAreaField(
        _l("Dine noter"),
        [Optional(), Length(max=application_interviews.LONGEST_NOTE, message=TOO_LONG)],
        filters=[several_lines],
        render_kw={"rows": 5},
    )

    def typed(self) -> str:
        personal_numbers.refuse(self.text.data or "", field="text")
        return self.text.data or ""


class MoveForm(Form):
    UNPRINTED = frozenset({"reason"})
    place = IntegerField(_l("Ny plads"), [InputRequired(_l("Skriv den nye plads."))])
    reason = TextAreaField(
        _l("Hvorfor?"),
        [
            DataRequired(_l("Skriv hvorfor. Det er det, I kan vise, hvis nogen spørger.")),
            Length(max=application_moderation.LONGEST, message=TOO_LONG),
        ],
        filters=[several_lines],
        render_kw={"rows": 3},
    )

    def given(self) -> dict[str, Any]:
        personal_numbers.refuse(self.reason.data or "", field="reason")
        return {"place": cast("int", self.place.data), "reason": self.reason.data or ""}
