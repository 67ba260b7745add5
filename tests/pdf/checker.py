"""Is a file what it claims to be? The one place that knows the validators that others wrote."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator

import outloud
import page
from pikepdf import Pdf

PROFILES = {"PDF/UA-1": page.ValidationProfile.PDF_UA_1, "PDF/A-3a": page.ValidationProfile.PDF_A_3A}
ASKED_BY_US = {
    "TBL-010": "takes a table with few rows under its headers, or one row of weeks, for a shredded one",
    "TBL-012": "takes a sheet to sign on for no table, because its cells are empty",
}
"""What outloud guesses about tables, and `semantics` asks for exactly."""


def problems(pdf: bytes) -> list[str]:
    """What breaks PDF/UA-1 or PDF/A-3a, and what a screen reader would stumble over; one line each."""
    return [*failures(pdf), *_findings(pdf)]


def failures(pdf: bytes) -> Iterator[str]:
    """What breaks the two norms alone: for files too long to be asked everything in a test."""
    for name, profile in PROFILES.items():
        for failure in page.validate_pdf_bytes(pdf, profile=profile).failures:
            if not _is_mistaken(failure, pdf):
                yield f"{name}: {failure.rule_id} {failure.message}"


def _is_mistaken(failure: page.ValidationFailure, pdf: bytes) -> bool:
    """It takes a CR that ends a stream for a part of the line break behind it; the length says otherwise.

    One stream in 256 ends so. Whether all have the length they say, qpdf knows.
    """
    if failure.rule_id != "PDFA3A-STREAM-LENGTH-001":
        return False
    with Pdf.open(io.BytesIO(pdf)) as document:
        return not document.check_pdf_syntax()


def _findings(pdf: bytes) -> Iterator[str]:
    """A check that broke is a finding as well."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        result = outloud.check(file.name, layers={"semantic"}, skip=set(ASKED_BY_US))
    if result.error:
        yield f"outloud: {result.error}"
    for run in result.runs:
        if run.status == "crashed":
            yield f"{run.rule}: {run.reason}"
    for finding in result.findings:
        if finding.severity != "info":
            yield f"{finding.rule}: {finding.message} ({finding.evidence or ''})"
