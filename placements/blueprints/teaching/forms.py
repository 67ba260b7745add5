"""The shapes of the list's filter, of one session and of a teacher."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, RadioField, SelectField, StringField, TimeField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, Optional, Regexp

from placements.domain.session_lines import Line, line_of
from placements.fields import CheckboxesField, one_line
from placements.models.programmes import Audience
from placements.models.teaching import TeacherKind, TeachingSession
from placements.models.users import User
from placements.web import Form, said
from placements.words import choices, word

WHERE = [Optional(), Length(max=160, message=_l("Her er plads til 160 tegn."))]
LINK = [
    Optional(),
    Length(max=400, message=_l("Linket kan højst fylde 400 tegn.")),
    Regexp(r"https?://\S+$", message=_l("Et link begynder med https://")),
]
SCOPES = (
    ("session", _l("Kun denne gang")),
    ("run", _l("Alle gange i modulforløbet")),
    ("all", _l("Hele skemaet")),
)


class ListFilter(Form):
    """What the list's address says."""

    class Meta:
        csrf = False

    cohort = StringField()
    when = StringField()

    @property
    def past(self) -> bool:
        return bool(self.when.data == "past")


class SessionForm(Form):
    UNPRINTED = frozenset({"reason"})
    held_on = DateField(_l("Dato"), [InputRequired(_l("Vælg en dato."))])
    starts_at = TimeField(_l("Begynder kl."), [InputRequired(_l("Skriv, hvornår det begynder."))])
    ends_at = TimeField(_l("Slutter kl."), [InputRequired(_l("Skriv, hvornår det slutter."))])
    place = StringField(_l("Sted"), WHERE, filters=[one_line])
    link = StringField(_l("Link til mødet"), LINK, filters=[one_line])
    audiences = CheckboxesField(_l("Hvem er det for?"))
    reason = StringField(_l("Hvorfor netop da?"), WHERE, filters=[one_line])

    offered: Sequence[Audience] = ()

    def among(self, audiences: Sequence[Audience]) -> SessionForm:
        """With one audience there is nothing to choose."""
        self.offered = audiences
        self.audiences.choices = [SelectChoice(value=a.value, label=said(word(a))) for a in audiences]
        if len(audiences) < 2:
            del self.audiences
        return self

    def line(self, taught: TeachingSession) -> Line:
        """Ticked by all or by none, it is for everybody."""
        old = line_of(taught)
        chosen = tuple(self.audiences.data or ()) if "audiences" in self else old.audiences
        everybody = set(chosen) == {audience.value for audience in self.offered}
        assert self.held_on.data  # noqa: S101
        assert self.starts_at.data is not None  # noqa: S101
        assert self.ends_at.data is not None  # noqa: S101
        return Line(
            module_id=old.module_id,
            held_on=self.held_on.data,
            starts_at=self.starts_at.data,
            ends_at=self.ends_at.data,
            place=self.place.data,
            link=self.link.data,
            audiences=() if everybody else chosen,
            extra_minutes=old.extra_minutes,
            session_id=old.session_id,
        )


def session_form(taught: TeachingSession, audiences: Sequence[Audience], **values: Any) -> SessionForm:
    form: SessionForm = type("FormOfSession", (SessionForm,), {})(
        data={
            name: getattr(taught, name)
            for name in ("held_on", "starts_at", "ends_at", "place", "link", "audiences", "version")
        },
        **values,
    ).among(audiences)
    form.stored = lambda record: session_form(record, audiences, formdata=None)  # type: ignore[method-assign]
    return form


class TeacherForm(Form):
    user_id = SelectField(_l("Underviser"), coerce=int, default=0)
    name = StringField(
        _l("Eller et navn"),
        [Optional(), Length(max=120, message=_l("Navnet kan højst fylde 120 tegn."))],
        filters=[one_line],
    )
    kind = RadioField(_l("Underviser som"), [InputRequired(_l("Vælg, hvad personen underviser som."))])
    leads = BooleanField(_l("Leder undervisningen"))
    scope = SelectField(_l("Sæt på"))

    def among(self, teachers: Sequence[User], *, sign_up: bool) -> TeacherForm:
        """What one signs up for has no timetable around it."""
        self.user_id.choices = [
            SelectChoice(value=0, label=gettext("En, der ikke logger ind")),
            *(SelectChoice(value=user.id, label=user.name) for user in teachers),
        ]
        self.kind.choices = [SelectChoice(value=v, label=said(text)) for v, text in choices(TeacherKind)]
        scopes = SCOPES[:2] if sign_up else SCOPES
        self.scope.choices = [SelectChoice(value=value, label=text) for value, text in scopes]
        return self
