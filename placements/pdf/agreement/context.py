"""The practicum agreement (praktikaftale)."""

from __future__ import annotations

from placements.pdf.agreement.examples import DRAFT, SAMPLE, WORST

__all__ = ["DRAFT", "FILENAME", "SAMPLE", "WORST"]

FILENAME = "praktikaftale-{number}-v{version}.pdf"
