"""Every example of every document, printed once in a test run."""

from __future__ import annotations

from functools import cache

from placements import pdf

EXAMPLES = {
    f"{document}-{variant.lower()}": (document, values) for document, variant, values in pdf.examples()
}


@cache
def printed(name: str) -> bytes:
    """ "agreement-sample", "diploma-worst" …"""
    return pdf.render(*EXAMPLES[name]).pdf


@cache
def in_english(name: str) -> bytes:
    """The template's own words in English."""
    return pdf.render(*EXAMPLES[name], locale="en").pdf
