"""*Not this unit*, where somebody is placed: the unit is not possible, and nobody is told why.

Asked when a coordinator, a workbook or a suggestion places a student, and by nothing that a host can do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.db import chunks
from placements.domain.rules import RuleBroken
from placements.i18n import Text, _
from placements.models.enrolments import Enrolment
from placements.models.hosts import Unit
from placements.models.preferences import ExcludedUnit, Wishes

# Questions


def of(session: Session, enrolment_ids: Iterable[int]) -> dict[int, frozenset[int]]:
    """Enrolment to the units that will not do, for those who named any."""
    found: dict[int, set[int]] = defaultdict(set)
    for some in chunks(enrolment_ids):
        rows = select(Wishes.enrolment_id, ExcludedUnit.unit_id).join(ExcludedUnit.wishes)
        for enrolment_id, unit_id in session.execute(rows.where(Wishes.enrolment_id.in_(some))):
            found[enrolment_id].add(unit_id)
    return {enrolment_id: frozenset(units) for enrolment_id, units in found.items()}


# Refusals


def sentence(unit: Unit, *, today: date) -> Text:
    return _("%(unit)s er ikke en mulighed for den studerende. Vælg et andet sted.", unit=unit.name_on(today))


def refuse(session: Session, enrolment: Enrolment, unit: Unit, *, today: date, field: str) -> None:
    if unit.id in of(session, [enrolment.id]).get(enrolment.id, ()):
        raise RuleBroken(sentence(unit, today=today), field=field)
