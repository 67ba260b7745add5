"""Is a file what it claims to be? The one place that knows the validator."""

from __future__ import annotations

import page

PROFILES = {"PDF/UA-1": page.ValidationProfile.PDF_UA_1, "PDF/A-3a": page.ValidationProfile.PDF_A_3A}


def problems(pdf: bytes) -> list[str]:
    """What breaks PDF/UA-1 or PDF/A-3a, one line each; none when the file is both."""
    return [
        f"{name}: {failure.rule_id} {failure.message}"
        for name, profile in PROFILES.items()
        for failure in page.validate_pdf_bytes(pdf, profile=profile).failures
    ]
