"""The diploma (uddannelsesbevis), from the records of the person who completed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Unpack

from placements.formatting import full_date, long_date, period
from placements.i18n import _
from placements.models.diploma_designs import DiplomaBlock, DiplomaDesign
from placements.models.diplomas import Diploma
from placements.models.enrolments import Enrolment
from placements.models.follow_up_days import FollowUpDay
from placements.models.placements import Placement, weeks_of
from placements.models.programmes import Module, ModuleRuleKind, Programme
from placements.pdf.diploma.examples import SAMPLE, WORST
from placements.pdf.diploma.values import Practicum, Proof, Signature, Values
from placements.pdf.language import said
from placements.words import duration

__all__ = [
    "FILENAME",
    "MAX_PAGES",
    "SAMPLE",
    "WORST",
    "build",
    "practicum",
    "renewed",
    "sample",
    "shows",
    "taught",
]

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
    design: DiplomaDesign,
    modules: Sequence[Module] | None = None,
    theory_minutes: int | None = None,
    last_taught_on: date | None = None,
    locale: str = "da",
) -> Values:
    """Everything must be loaded: nothing is queried here.

    `signatures` are name and title of both teachers and the leader; `code` is written as people type it;
    `verify_url` opens the page with the code, `verify_address` is what a person types. `modules` are those
    taken, `theory_minutes` their length for this person and `last_taught_on` the last day attended, where
    registers were kept; else the compulsory ones. `design` says what is left out.
    """
    enrolment = diploma.enrolment
    taken = compulsory_modules(enrolment) if modules is None else modules
    last_day = placement.ends_on if placement else last_taught_on or diploma.issued_on
    minutes = sum(module.minutes for module in taken) if theory_minutes is None else theory_minutes
    values: Values = {
        "heading": design.heading or _("Uddannelsesbevis"),
        "accent": design.accent.value,
        "number": diploma.number,
        "code": code,
        "verify_url": verify_url,
        "verify_address": verify_address,
        "dated": diploma.issued_on.isoformat(),
        "issuer": diploma.issuer,
        "programme": diploma.programme_name,
        "person": diploma.person_name,
        "period": period(enrolment.starts_on, last_day, locale=locale),
        "aim": design.aim or enrolment.cohort.programme.aim,
        "theory_hours": taught(minutes) if shows(design, DiplomaBlock.HOURS) else "",
        "modules": [module.title for module in taken] if shows(design, DiplomaBlock.MODULES) else [],
        "practicum": practicum(placement, design, locale) if placement else None,
        "follow_up_days": [full_date(day.held_on, locale=locale) for day in follow_up_days if day.held_on],
        "completion": _("Alle krav til gennemførelse er opfyldt."),
        "place_and_date": f"{place}, {long_date(diploma.issued_on, locale=locale)}",
        "signatures": [Signature(name=name, title=title) for name, title in signatures],
    }
    return said(values, locale)  # type: ignore[no-any-return]


def renewed(frozen: Values, diploma: Diploma, *, locale: str = "da", **proof: Unpack[Proof]) -> Values:
    """The same diploma or certificate with another name, date and number. All else stands as it did."""
    place = frozen["place_and_date"].rpartition(", ")[0]
    return {
        **frozen,
        **proof,
        "number": diploma.number,
        "person": diploma.person_name,
        "dated": diploma.issued_on.isoformat(),
        "place_and_date": f"{place}, {long_date(diploma.issued_on, locale=locale)}",
    }


def sample(design: DiplomaDesign, programme: Programme) -> Values:
    """The example in the look and the words of this design, to be seen before it is used."""
    people = SAMPLE["signatures"]
    leader = Signature(
        name=design.leader_name or people[2]["name"], title=design.leader_title or people[2]["title"]
    )
    example = SAMPLE["practicum"] if programme.practicum_weeks else None
    if example and not shows(design, DiplomaBlock.PRACTICUM_PLACE):
        example = {**example, "unit": "", "organisation": ""}
    if example and not shows(design, DiplomaBlock.SUPERVISOR):
        example = {**example, "supervisor": ""}
    titles = [module.title for module in programme.modules]
    return {
        **SAMPLE,
        "heading": design.heading or SAMPLE["heading"],
        "accent": design.accent.value,
        "programme": programme.name,
        "aim": design.aim or programme.aim,
        "theory_hours": SAMPLE["theory_hours"] if shows(design, DiplomaBlock.HOURS) else "",
        "modules": titles if shows(design, DiplomaBlock.MODULES) else [],
        "practicum": example,
        "follow_up_days": SAMPLE["follow_up_days"] if programme.practicum_weeks else [],
        "signatures": [*people[:2], leader],
    }


def compulsory_modules(enrolment: Enrolment) -> list[Module]:
    """Those that this participant's audience must take; a module without rules is for everybody."""

    def is_compulsory(module: Module) -> bool:
        rules = {rule.audience: rule.rule for rule in module.rules}
        return not rules or rules.get(enrolment.audience) is ModuleRuleKind.COMPULSORY

    return [module for module in enrolment.cohort.programme.modules if is_compulsory(module)]


def practicum(placement: Placement, design: DiplomaDesign, locale: str) -> Practicum:
    """Names as they were on the last day."""
    owner = placement.unit.period_on(placement.ends_on)
    with_place = shows(design, DiplomaBlock.PRACTICUM_PLACE)
    with_supervisor = placement.supervisor if shows(design, DiplomaBlock.SUPERVISOR) else None
    return {
        "weeks": str(len(weeks_of(placement.starts_on, placement.ends_on))),
        "period": period(placement.starts_on, placement.ends_on, locale=locale),
        "unit": owner.name if with_place else "",
        "organisation": owner.organisation.name_on(placement.ends_on) if with_place else "",
        "supervisor": with_supervisor.name if with_supervisor else "",
    }


def taught(minutes: int) -> str:
    """78 where they are whole hours, else 71 timer 20 min., just as the pages about it say."""
    return duration(minutes) if minutes % 60 else str(minutes // 60)


def shows(design: DiplomaDesign, block: DiplomaBlock) -> bool:
    return block.value in design.blocks
