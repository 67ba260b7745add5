"""Is a file what it claims to be? The one place that knows the validators that others wrote."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator

import outloud
import page

PROFILES = {"PDF/UA-1": page.ValidationProfile.PDF_UA_1, "PDF/A-3a": page.ValidationProfile.PDF_A_3A}
ASKED_BY_US = {
    "TBL-010": "takes a table with few rows under its headers, or one row of weeks, for a shredded one",
    "TBL-012": "takes a sheet to sign on for no table, because its cells are empty",
}
"""What outloud guesses about tables, and `semantics` asks for exactly."""


def problems(pdf: bytes) -> list[str]:
    """What breaks PDF/UA-1 or PDF/A-3a, and what a screen reader would stumble over; one line each."""
    return [*_failures(pdf), *_findings(pdf)]


def _failures(pdf: bytes) -> Iterator[str]:
    for name, profile in PROFILES.items():
        for failure in page.validate_pdf_bytes(pdf, profile=profile).failures:
            yield f"{name}: {failure.rule_id} {failure.message}"


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
