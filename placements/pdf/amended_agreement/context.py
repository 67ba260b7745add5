"""The agreement and its amendments as one document: what was signed word for word, then what changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from placements.formatting import long_date
from placements.models.amendments import Amendment
from placements.models.signatures import Party
from placements.pdf.agreement.context import signature_rows
from placements.pdf.amended_agreement import values as shape
from placements.pdf.amended_agreement.examples import SAMPLE, WORST
from placements.pdf.amended_agreement.values import Values
from placements.pdf.language import said
from placements.words import word

__all__ = ["FILENAME", "SAMPLE", "WORST", "build"]

FILENAME = "praktikaftale-{number}-v{version}-tillaeg-{amended}.pdf"


def build(
    agreement: Mapping[str, Any],
    earlier: Sequence[shape.Amendment],
    amendment: Amendment,
    *,
    changes: Sequence[tuple[str, str, str]],
    in_force: bool,
    names: Mapping[Party, str],
    on: date,
    locale: str = "da",
) -> Values:
    """`agreement` and `earlier` are what was frozen before; everything of `amendment` must be loaded.

    `changes` are label, before and after of each line; `names` are those who sign, where they have not yet;
    `on` is the day this is made.
    """
    now: shape.Amendment = {
        "number": amendment.number,
        "kind": word(amendment.kind),
        "sent": long_date(on, locale=locale),
        "signed": in_force,
        "reason": amendment.reason,
        "changes": [{"label": label, "before": before, "after": after} for label, before, after in changes],
        "signatures": list(signature_rows(amendment.signatures, amendment.asked, names, locale)),
    }
    added = {
        "dated": on.isoformat(),
        "amended": amendment.number,
        "amendments": [*earlier, said(now, locale)],
    }
    return {**agreement, **added}  # type: ignore[typeddict-item]
