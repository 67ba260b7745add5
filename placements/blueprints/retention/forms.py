"""The shape of a programme's policy."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField
from wtforms.validators import Optional

from placements.domain.application_retention import Policy
from placements.models.application_retention import ApplicationPolicy
from placements.web import Form


class PolicyForm(Form):
    """No number of days: nothing is deleted."""

    days = IntegerField(_l("Dage, før ansøgninger slettes"), [Optional()])
    export_first = BooleanField(_l("Gem en kopi i en fil, før der slettes"))
    with_seat = BooleanField(_l("Slet også ansøgninger fra dem, der fik en plads"))

    def stored(self, _record: ApplicationPolicy) -> PolicyForm:
        return PolicyForm(obj=_record, formdata=None)


def policy_form(policy: Policy) -> PolicyForm:
    return PolicyForm(obj=policy)
