"""The diploma (uddannelsesbevis), from the records of the person who completed."""

from __future__ import annotations

from collections.abc import Sequence

from placements.formatting import full_date, hours, long_date, period
from placements.i18n import _
from placements.models.diplomas import Diploma
from placements.models.enrolments import Enrolment
from placements.models.follow_up_days import FollowUpDay
from placements.models.placements import Placement
from placements.models.programmes import Module, ModuleRuleKind
from placements.pdf.diploma.examples import SAMPLE, WORST
from placements.pdf.diploma.values import Practicum, Signature, Values
from placements.pdf.language import said

__all__ = ["FILENAME", "MAX_PAGES", "SAMPLE", "WORST", "build"]

FILENAME = "uddannelsesbevis-{number}.pdf"
MAX_PAGES = 1


def build(
    diploma: Diploma,
    *,
    placement: Placement | None,
    follow_up_days: Sequence[FollowUpDay],
    signatures: Sequence[tuple[str, str]],
    place: str,
    code: str,
    verify_url: str,
    verify_address: str,
    modules: Sequence[Module] | None = None,
    locale: str = "da",
) -> Values:
    """Everything must be loaded: nothing is queried here.

    `signatures` are name and title of both teachers and the leader; `code` is written as people type it;
    `verify_url` opens the page with the code, `verify_address` is what a person types. `modules` are those
    taken, else the compulsory ones.
    """
    enrolment = diploma.enrolment
    taken = compulsory_modules(enrolment) if modules is None else modules
    last_day = placement.ends_on if placement else diploma.issued_on
    values: Values = {
        "number": diploma.number,
        "code": code,
        "verify_url": verify_url,
        "verify_address": verify_address,
        "dated": diploma.issued_on.isoformat(),
        "issuer": diploma.issuer,
        "programme": diploma.programme_name,
        "person": diploma.person_name,
        "period": period(enrolment.starts_on, last_day, locale=locale),
        "aim": enrolment.cohort.programme.aim,
        "theory_hours": hours(sum(module.minutes for module in taken) / 60, locale=locale),
        "modules": [module.title for module in taken],
        "practicum": _practicum(placement, locale) if placement else None,
        "follow_up_days": [full_date(day.held_on, locale=locale) for day in follow_up_days if day.held_on],
        "completion": _("Alle krav til gennemførelse er opfyldt."),
        "place_and_date": f"{place}, {long_date(diploma.issued_on, locale=locale)}",
        "signatures": [Signature(name=name, title=title) for name, title in signatures],
    }
    return said(values, locale)  # type: ignore[no-any-return]


def compulsory_modules(enrolment: Enrolment) -> list[Module]:
    """Those that this participant's audience must take; a module without rules is for everybody."""

    def is_compulsory(module: Module) -> bool:
        rules = {rule.audience: rule.rule for rule in module.rules}
        return not rules or rules.get(enrolment.audience) is ModuleRuleKind.COMPULSORY

    return [module for module in enrolment.cohort.programme.modules if is_compulsory(module)]


def _practicum(placement: Placement, locale: str) -> Practicum:
    """Names as they were on the last day."""
    owner = placement.unit.period_on(placement.ends_on)
    return {
        "weeks": str(-(-((placement.ends_on - placement.starts_on).days + 1) // 7)),
        "period": period(placement.starts_on, placement.ends_on, locale=locale),
        "unit": owner.name,
        "organisation": owner.organisation.name_on(placement.ends_on),
        "supervisor": placement.supervisor.name if placement.supervisor else "",
    }
