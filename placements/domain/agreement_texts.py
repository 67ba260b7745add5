"""The text of an agreement's version: how its standing clauses read, and what it said when it was sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from placements.domain import clauses, clearances
from placements.domain.clause_values import values_of
from placements.i18n import Text, _
from placements.models.agreements import AgreementVersion, Party
from placements.models.clauses import AgreementText
from placements.models.clearances import Clearance
from placements.models.placements import Placement
from placements.words import word

# Questions


def clauses_now(
    session: Session, version: AgreementVersion, *, names: Mapping[Party, str], on: date, locale: str
) -> dict[int, str]:
    """The standing texts as they would be sent today, by section."""
    placement = version.agreement.placement
    values = values_of(placement, names=names, on=on, locale=locale)
    return clauses.rendered(clauses.of_programme(session, placement.programme_id), values, locale)


def certificates(session: Session, placement: Placement) -> dict[Text, Text]:
    """What the unit asks to see, and when it was requested and seen; never what it said."""
    asked = clearances.rules_of(session, placement.unit_id)
    held = clearances.of_students(session, [placement.enrolment_id])[placement.enrolment_id]
    held |= clearances.of_unit(session, placement.unit_id)
    return {word(rule.kind): _certificate(held.get(rule.kind)) for rule in asked}


def _certificate(clearance: Clearance | None) -> Text:
    if clearance and clearance.seen_on:
        return _("Set %(day)s", day=clearance.seen_on)
    if clearance and clearance.requested_on:
        return _("Indhentet %(day)s, ikke set endnu", day=clearance.requested_on)
    return _("Skal ses, før praktikken begynder")


def sent_before(version: AgreementVersion) -> AgreementVersion | None:
    """The last version that was sent before this one, with its text."""
    earlier = [one for one in version.agreement.versions if one.number < version.number and one.text]
    return earlier[-1] if earlier else None


# Actions


def keep(session: Session, version: AgreementVersion, *, said: dict[str, Any], changed: list[int]) -> None:
    """What everybody is asked to sign, in each language. It stays like this whatever changes around it."""
    saved = clauses.of_programme(session, version.agreement.placement.programme_id)
    numbers = {str(section): clauses.number_of(saved.get(section)) for section in clauses.SECTIONS}
    version.text = AgreementText(said=said, clauses=numbers, changed=changed)
