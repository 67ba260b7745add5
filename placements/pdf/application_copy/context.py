"""What an applicant has written, to keep."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from placements.formatting import moment
from placements.i18n import _
from placements.models.applications import Application
from placements.pdf.application_copy.examples import EMPTY, SAMPLE, WORST
from placements.pdf.application_copy.values import Values
from placements.pdf.language import said

__all__ = ["EMPTY", "FILENAME", "SAMPLE", "WORST", "build"]

FILENAME = "kopi-{dated}.pdf"


def build(
    application: Application, name: str, told: Sequence[tuple[str, Sequence[str]]], *, on: date, locale: str
) -> Values:
    """`told`: each question with the lines said to it, none where it was left empty."""
    cohort, sent = application.cohort, application.submitted_at
    values: Values = {
        "dated": on.isoformat(),
        "issuer": cohort.programme.organiser_on(on),
        "programme": cohort.programme.name,
        "cohort": cohort.name,
        "number": application.reference or "",
        "sent": _("Sendt %(when)s", when=moment(sent, locale=locale)) if sent else "",
        "name": name,
        "told": [{"question": question, "lines": list(lines)} for question, lines in told],
    }
    return said(values, locale)  # type: ignore[no-any-return]
