"""What an applicant has said, as questions and lines to read: on the summary, on paper, for the reviewers."""

from __future__ import annotations

from collections.abc import Sequence

from placements.domain import application_steps
from placements.domain.application_answers import Answers
from placements.domain.application_steps import ALREADY_AGREED, ASKING, Step
from placements.formatting import long_date
from placements.i18n import _
from placements.models.cohorts import Cohort
from placements.models.programmes import Programme

PAYMENTS = {
    ALREADY_AGREED: _("Min kommune har sagt ja til at betale"),
    ASKING: _("Jeg har ikke aftalt det endnu, eller min kommune er ved at se på det"),
}


def payment(value: str) -> str:
    """Agreed, asking, or a waiver by the programme's own name for it."""
    return PAYMENTS.get(value) or _("Jeg vil søge om %(what)s", what=value)


def question(step: Step) -> str:
    return step.criterion.text if step.criterion else step.title


def told(cohort: Cohort, answers: Answers, *, locale: str) -> list[tuple[str, list[str]]]:
    """Every page's question and the lines said to it; none where it was left empty."""
    return [(asked, said) for _step, asked, said in by_page(cohort, answers, locale=locale)]


def by_page(cohort: Cohort, answers: Answers, *, locale: str) -> list[tuple[Step, str, list[str]]]:
    pages = application_steps.steps(cohort.programme, answers, on=cohort.starts_on)
    return [(step, question(step), lines(step, cohort.programme, answers, locale=locale)) for step in pages]


def lines(step: Step, programme: Programme, answers: Answers, *, locale: str) -> list[str]:
    if step.criterion is not None:
        return _paragraphs(answers.written.get(step.criterion.key, ""))
    if step.kind == "declared":
        return [one.text for one in application_steps.declared(programme) if answers.declared.get(one.key)]
    found: dict[str, Sequence[str]] = {
        "contact": (answers.name, ", ".join(part for part in (answers.email, answers.phone) if part)),
        "born": (long_date(answers.born_on, locale=locale) if answers.born_on else "",),
        "residence": (answers.municipality,),
        "reference": (answers.contact_name, answers.contact_role, answers.contact_phone),
        "payment": (payment(answers.payment) if answers.payment else "",),
    }
    return [line for line in found[step.kind] if line]


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
