"""The shapes of a choice of people, of a correction, and of a revocation."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import DateField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from placements.domain.diplomas import LONGEST_NAME, LONGEST_REASON
from placements.fields import one_line, several_lines
from placements.models.diplomas import DiplomaKind
from placements.web import Form


def kind_in(asked: MultiDict[str, str]) -> DiplomaKind:
    """A diploma, unless a certificate is asked for."""
    return asked.get("kind", DiplomaKind.DIPLOMA, type=DiplomaKind)


def people_in(asked: MultiDict[str, str]) -> set[int]:
    return set(asked.getlist("enrolment", type=int))


class ReissueForm(Form):
    name = StringField(
        _l("Navn på beviset"),
        [
            DataRequired(_l("Skriv det navn, der skal stå på beviset.")),
            Length(max=LONGEST_NAME, message=_l("Navnet kan højst fylde %(max)d tegn.")),
        ],
        filters=[one_line],
    )
    issued_on = DateField(_l("Dato på beviset"), [InputRequired(_l("Vælg datoen på beviset."))])


class RevokeForm(Form):
    UNPRINTED = frozenset({"reason"})
    reason = TextAreaField(
        _l("Hvorfor?"),
        [
            DataRequired(_l("Skriv, hvorfor beviset trækkes tilbage.")),
            Length(max=LONGEST_REASON, message=_l("Her er plads til %(max)d tegn.")),
        ],
        filters=[several_lines],
    )
