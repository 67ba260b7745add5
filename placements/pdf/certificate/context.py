"""The certificate of participation (deltagerbevis): hours and modules attended, never a percentage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from placements.formatting import long_date, period
from placements.i18n import _
from placements.models.diploma_designs import DiplomaBlock, DiplomaDesign
from placements.models.diplomas import Diploma
from placements.models.placements import Placement
from placements.models.programmes import Module
from placements.pdf.certificate.examples import SAMPLE, WORST
from placements.pdf.diploma.context import practicum, shows, taught
from placements.pdf.diploma.values import Signature, Values
from placements.pdf.language import said
from placements.words import duration

__all__ = ["FILENAME", "MAX_PAGES", "SAMPLE", "WORST", "build"]

FILENAME = "deltagerbevis-{number}.pdf"
MAX_PAGES = 1


def build(
    diploma: Diploma,
    *,
    modules: Sequence[Module],
    minutes: Mapping[int, int],
    last_day: date,
    placement: Placement | None,
    signatures: Sequence[tuple[str, str]],
    place: str,
    code: str,
    verify_url: str,
    verify_address: str,
    design: DiplomaDesign,
    locale: str = "da",
) -> Values:
    """`minutes` are those attended, by module; `last_day` the last one attended. Arguments as a diploma's."""
    taken = [module for module in modules if minutes.get(module.id)]
    total = sum(minutes[module.id] for module in taken)
    with_hours = shows(design, DiplomaBlock.HOURS)
    values: Values = {
        "heading": _("Deltagerbevis"),
        "accent": design.accent.value,
        "number": diploma.number,
        "code": code,
        "verify_url": verify_url,
        "verify_address": verify_address,
        "dated": diploma.issued_on.isoformat(),
        "issuer": diploma.issuer,
        "programme": diploma.programme_name,
        "person": diploma.person_name,
        "period": period(diploma.enrolment.starts_on, last_day, locale=locale),
        "aim": design.aim or diploma.enrolment.cohort.programme.aim,
        "theory_hours": taught(total) if with_hours else "",
        "modules": [_titled(module, minutes[module.id], with_hours) for module in taken],
        "practicum": practicum(placement, design, locale) if placement else None,
        "follow_up_days": [],
        "completion": _("Beviset gælder den undervisning, der står herunder."),
        "place_and_date": f"{place}, {long_date(diploma.issued_on, locale=locale)}",
        "signatures": [Signature(name=name, title=title) for name, title in signatures],
    }
    return said(values, locale)  # type: ignore[no-any-return]


def _titled(module: Module, minutes: int, with_hours: bool) -> str:
    if not with_hours:
        return module.title
    return _("%(title)s (%(time)s)", title=module.title, time=duration(minutes))
