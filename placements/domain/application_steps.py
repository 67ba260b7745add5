"""The pages of an application, one thing on each, made of the programme's criteria; what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from placements.domain import residence
from placements.domain.application_answers import Answers
from placements.domain.rules import Requirement, RuleBroken, Unmet
from placements.i18n import _
from placements.models.cohorts import Cohort
from placements.models.programmes import Criterion, CriterionKind, FeePayer, Programme

ADULT = 18
AGE, RESIDENCE = "age", "residence"
"""The computed criteria that are known: what the pages on birth and on where one lives answer."""

ALREADY_AGREED, ASKING = "agreed", "asking"


@dataclass(frozen=True, slots=True)
class Step:
    """One page. `kind`: contact, born, residence, declared, written, reference, payment."""

    key: str
    kind: str
    title: str
    criterion: Criterion | None = None


def steps(programme: Programme, answers: Answers, *, on: date) -> list[Step]:
    """In the order they are asked. `on`: the day the cohort begins, for the region of that day."""
    criteria = programme.criteria
    pages = [
        Step("contact", "contact", _("Hvem er du?")),
        Step("born", "born", _("Hvornår er du født?")),
        Step("residence", "residence", _("Hvor bor du?")),
    ]
    if any(one.kind is CriterionKind.DECLARED for one in criteria):
        pages.append(Step("declared", "declared", _("Passer det på dig?")))
    pages += [
        Step(f"written-{one.position}", "written", _("Fortæl selv"), one)
        for one in criteria
        if one.kind is CriterionKind.REVIEWED
    ]
    pages.append(Step("reference", "reference", _("Må vi spørge en, der kender dig?")))
    if asks_about_payment(programme, answers, on=on):
        pages.append(Step("payment", "payment", _("Hvem betaler?")))
    return pages


def asks_about_payment(programme: Programme, answers: Answers, *, on: date) -> bool:
    return bool(payments(programme, answers, on=on))


def payments(programme: Programme, answers: Answers, *, on: date) -> list[str]:
    """What can be chosen where a municipality pays: agreed, asking, or a waiver by its name; else nothing."""
    fee = _fee(programme, answers, on)
    if fee is None or fee.payer is not FeePayer.MUNICIPALITY:
        return []
    return [ALREADY_AGREED, ASKING, *fee.waivers]


def _fee(programme: Programme, answers: Answers, on: date) -> residence.Fee | None:
    if not answers.municipality:
        return None
    return residence.fee_for(programme, residence.of(programme, answers.municipality, on=on))


def step_of(pages: Sequence[Step], key: str) -> Step | None:
    return next((page for page in pages if page.key == key), None)


def after(pages: Sequence[Step], step: Step) -> Step | None:
    """The next page; None: it was the last, and the summary follows."""
    place = pages.index(step) + 1
    return pages[place] if place < len(pages) else None


def before(pages: Sequence[Step], step: Step) -> Step | None:
    place = pages.index(step)
    return pages[place - 1] if place else None


def declared(programme: Programme) -> list[Criterion]:
    return [one for one in programme.criteria if one.kind is CriterionKind.DECLARED]


# What is still missing


def is_answered(step: Step, programme: Programme, answers: Answers, *, on: date) -> bool:
    """The page about a reference may be left empty. What cannot be chosen any more is no answer."""
    if step.criterion is not None:
        return bool(answers.written.get(step.criterion.key))
    return {
        "contact": bool(answers.name),
        "born": answers.born_on is not None,
        "residence": bool(answers.municipality),
        "declared": all(one.key in answers.declared for one in declared(programme)),
        "payment": answers.payment in payments(programme, answers, on=on),
    }.get(step.kind, True)


def checks(cohort: Cohort, answers: Answers) -> list[Requirement]:
    """One line for each page, as the summary lists them."""
    programme = cohort.programme
    on = cohort.starts_on
    return [
        Requirement(page.key, page.title, is_answered(page, programme, answers, on=on))
        for page in steps(programme, answers, on=on)
    ]


def unmet(cohort: Cohort, answers: Answers) -> list[Unmet]:
    return [check for check in checks(cohort, answers) if not check.met]


def refuse_too_young(cohort: Cohort, born_on: date, *, today: date) -> None:
    """Where the programme asks for it: eighteen on the day the cohort begins (V-11)."""
    if not date(1900, 1, 1) <= born_on <= today:
        raise RuleBroken(_("Se på datoen igen. Skriv den dag, du er født."), field="born_on")
    if any(one.key == AGE for one in cohort.programme.criteria) and not is_adult(
        born_on, on=cohort.starts_on
    ):
        raise RuleBroken(
            _("Du skal være fyldt 18 år, når holdet begynder. Du er velkommen til at søge senere."),
            field="born_on",
        )


def is_adult(born_on: date, *, on: date) -> bool:
    """Whoever is born on 29 February is a year older on 1 March."""
    turned = on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))
    return turned >= ADULT
