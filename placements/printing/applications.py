"""An applicant's own copy: printed anew each time and kept nowhere."""

from __future__ import annotations

from datetime import date

from placements import pdf
from placements.domain import application_answers, application_texts
from placements.models.applications import Application
from placements.pdf.application_copy import context
from placements.printing import paper


def copy(application: Application, *, on: date, locale: str) -> pdf.Rendered:
    answers = application_answers.read(application)
    told = application_texts.told(application.cohort, answers, locale=locale)
    return paper.printed(
        "application_copy", context.build(application, answers.name, told, on=on, locale=locale), locale
    )
