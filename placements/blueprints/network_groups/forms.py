"""The shapes of a group, an offer to several people, a meeting and its register."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, IntegerField, RadioField, SelectField, StringField, TimeField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, NumberRange, Optional

from placements.domain.network_groups import GroupLine
from placements.domain.network_meetings import Attendee
from placements.fields import CheckboxesField, one_line
from placements.formatting import COPENHAGEN, local
from placements.models.enrolments import Enrolment
from placements.models.network_groups import MeetingForm, NetworkGroup, NetworkMeeting
from placements.models.programmes import Programme
from placements.models.users import User
from placements.web import Form, said
from placements.words import choices, word

SHORT = [Optional(), Length(max=160, message=_l("Her er plads til 160 tegn."))]
MOST_SEATS = 200


class GroupForm(Form):
    name = StringField(
        _l("Navn"),
        [
            DataRequired(_l("Skriv, hvad gruppen hedder.")),
            Length(max=120, message=_l("Navnet kan højst fylde 120 tegn.")),
        ],
        filters=[one_line],
    )
    partner = StringField(_l("Samarbejdspartner"), SHORT, filters=[one_line])
    place = StringField(_l("Sted"), SHORT, filters=[one_line])
    seats = IntegerField(
        _l("Pladser i gruppen"),
        [
            InputRequired(_l("Skriv, hvor mange pladser gruppen har.")),
            NumberRange(1, MOST_SEATS, _l("Skriv et tal mellem 1 og 200.")),
        ],
    )


class EditGroupForm(GroupForm):
    """With those who hold it together and whom else it is for; made by `edit_form`."""

    facilitator_ids = CheckboxesField(_l("Facilitatorer"), coerce=int)
    facilitator_names = StringField(_l("Andre facilitatorer"), SHORT, filters=[one_line])
    shared_ids = CheckboxesField(_l("Også for"), coerce=int)
    again: Callable[[], EditGroupForm]

    def stored(self, record: Any) -> Form:
        return self.again()

    @property
    def holding(self) -> dict[str, Any]:
        """What the domain asks for."""
        names = (name.strip() for name in (self.facilitator_names.data or "").split(","))
        return {
            "user_ids": set(self.facilitator_ids.data or ()),
            "names": [name for name in names if name],
            "programme_ids": set(self.shared_ids.data or ()),
        }


def edit_form(
    group: NetworkGroup, staff: Sequence[User], programmes: Sequence[Programme], **values: Any
) -> EditGroupForm:
    kept = {
        "facilitator_ids": [person.user_id for person in group.facilitators if person.user_id],
        "facilitator_names": ", ".join(person.name for person in group.facilitators if person.name),
        "shared_ids": [shared.programme_id for shared in group.shared_with],
    }
    form = EditGroupForm(obj=group, data=kept, **values)
    form.facilitator_ids.choices = [SelectChoice(value=user.id, label=user.name) for user in staff]
    form.shared_ids.choices = [SelectChoice(value=p.id, label=p.name) for p in programmes]
    form.again = lambda: edit_form(group, staff, programmes, formdata=None)
    return form


class NewGroupForm(GroupForm):
    programme_id = SelectField(_l("Uddannelse"), [InputRequired(_l("Vælg en uddannelse."))])

    def among(self, programmes: Sequence[Programme]) -> NewGroupForm:
        """With one programme there is nothing to choose."""
        self.programme_id.choices = [SelectChoice(value=str(p.id), label=p.name) for p in programmes]
        return self


class OfferForm(Form):
    """One group for those who are ticked: never offered before, or without a group after a no."""

    group_id = SelectField(_l("Gruppe"), [InputRequired(_l("Vælg en gruppe."))])
    first_ids = CheckboxesField(_l("Ikke tilbudt endnu"), coerce=int)
    again_ids = CheckboxesField(_l("Har takket nej eller forladt en gruppe"), coerce=int)

    def among(
        self, groups: Sequence[GroupLine], first: Sequence[Enrolment], again: Sequence[Enrolment]
    ) -> OfferForm:
        several = len({line.group.programme_id for line in groups}) > 1
        blank = [SelectChoice(value="", label=gettext("Vælg en gruppe"))] if len(groups) > 1 else []
        self.group_id.choices = blank + [_group_choice(line, several) for line in groups]
        self.first_ids.choices = [_person_choice(enrolment) for enrolment in first]
        self.again_ids.choices = [_person_choice(enrolment) for enrolment in again]
        return self

    def validate(self, extra_validators: Any = None) -> bool:
        """Somebody is ticked, on one of the lists or both."""
        valid = bool(super().validate(extra_validators))
        if not self.chosen_ids:
            asked = self.first_ids if self.first_ids.choices else self.again_ids
            asked.errors = [*asked.errors, gettext("Vælg mindst én, der skal have tilbuddet.")]
        return valid and bool(self.chosen_ids)

    @property
    def chosen_ids(self) -> set[int]:
        return {*(self.first_ids.data or ()), *(self.again_ids.data or ())}


def _with_room(group: NetworkGroup, free: int) -> str:
    return str(gettext("%(group)s (%(free)s ledige pladser)", group=group.name, free=max(free, 0)))


def _group_choice(line: GroupLine, several: bool) -> SelectChoice:
    text = _with_room(line.group, line.free)
    return SelectChoice(
        value=str(line.group.id), label=f"{text} · {line.group.programme.name}" if several else text
    )


def _person_choice(enrolment: Enrolment) -> SelectChoice:
    about = f"{enrolment.cohort.name}, {said(word(enrolment.audience)).lower()}"
    return SelectChoice(value=enrolment.id, label=f"{enrolment.user.name} ({about})")


class OfferAllForm(Form):
    """Groups for everybody on the list of one programme; `plan` is what was shown of it."""

    programme = HiddenField()
    plan = HiddenField()
    group_ids = CheckboxesField(_l("Grupper"), coerce=int)
    people: Sequence[Enrolment] = ()
    groups: Sequence[NetworkGroup] = ()
    about: Programme | None = None

    def among(
        self,
        slug: str,
        first: Sequence[Enrolment],
        groups: Sequence[NetworkGroup],
        free: Mapping[int, int],
    ) -> OfferAllForm:
        """Until somebody chooses, every group is chosen."""
        self.people = [person for person in first if person.cohort.programme.slug == slug]
        self.about = self.people[0].cohort.programme if self.people else None
        self.group_ids.choices = [
            SelectChoice(value=group.id, label=_with_room(group, free[group.id])) for group in groups
        ]
        if self.plan.data is None:
            self.group_ids.data = [group.id for group in groups]
        ticked = set(self.group_ids.data or ())
        self.groups = [group for group in groups if group.id in ticked]
        self.programme.data = slug
        return self


class AnswerForm(Form):
    """Two buttons."""

    answer = StringField(_l("Svar"), [AnyOf(("yes", "no"), _l("Tryk på det svar, du vil give."))])


class NetworkMeetingForm(Form):
    """A day and two times in Copenhagen."""

    theme = StringField(
        _l("Tema"),
        [
            DataRequired(_l("Skriv, hvad mødet handler om.")),
            Length(max=200, message=_l("Temaet kan højst fylde 200 tegn.")),
        ],
        filters=[one_line],
    )
    form = RadioField(_l("Form"), [InputRequired(_l("Vælg en form."))])
    held_on = DateField(_l("Dato"), [InputRequired(_l("Vælg en dato."))])
    starts_at = TimeField(_l("Begynder kl."), [InputRequired(_l("Skriv, hvornår mødet begynder."))])
    ends_at = TimeField(_l("Slutter kl."), [InputRequired(_l("Skriv, hvornår mødet slutter."))])
    place = StringField(_l("Sted"), SHORT, filters=[one_line])

    def stored(self, record: Any) -> Form:
        return meeting_form(record, formdata=None)

    @property
    def values(self) -> dict[str, Any]:
        """What the domain asks for, once the shape has been checked."""
        return {
            "starts_at": _moment(self.held_on.data, self.starts_at.data),
            "ends_at": _moment(self.held_on.data, self.ends_at.data),
            "theme": self.theme.data,
            "form": MeetingForm(self.form.data),
            "place": self.place.data,
        }


def _moment(day: date | None, at: time | None) -> datetime:
    assert day is not None  # noqa: S101
    assert at is not None  # noqa: S101
    return datetime.combine(day, at, tzinfo=COPENHAGEN)


def meeting_form(meeting: NetworkMeeting | None = None, **values: Any) -> NetworkMeetingForm:
    form = NetworkMeetingForm(data=_written(meeting) if meeting else None, **values)
    form.form.choices = [SelectChoice(value=value, label=said(text)) for value, text in choices(MeetingForm)]
    return form


def _written(meeting: NetworkMeeting) -> dict[str, Any]:
    start, end = local(meeting.starts_at), local(meeting.ends_at)
    kept = {"theme": meeting.theme, "form": meeting.form.value, "place": meeting.place}
    times = {"held_on": start.date(), "starts_at": start.time(), "ends_at": end.time()}
    return {**kept, **times, "version": meeting.version}


class AttendanceForm(Form):
    """Who came is ticked; made by `attendance_form`."""

    present_ids = CheckboxesField(_l("Hvem var med?"), coerce=int)
    people: Sequence[Attendee] = ()
    again: Callable[[], AttendanceForm]

    def stored(self, record: Any) -> Form:
        return self.again()

    @property
    def attendance(self) -> dict[int, bool]:
        present = set(self.present_ids.data or ())
        return {person.enrolment_id: person.enrolment_id in present for person in self.people}


def attendance_form(
    version: int, attendees: Callable[[], Sequence[Attendee]], **values: Any
) -> AttendanceForm:
    """Everybody counts as present until somebody says otherwise."""
    people = attendees()
    came = [person.enrolment_id for person in people if person.present is not False]
    form = AttendanceForm(data={"version": version, "present_ids": came}, **values)
    form.present_ids.choices = [SelectChoice(value=p.enrolment_id, label=p.name) for p in people]
    form.people = people
    form.again = lambda: attendance_form(version, attendees, formdata=None)
    return form
