"""Example agreements with amendments, for `flask pdf-samples` and the tests. Everything is invented."""

from __future__ import annotations

from placements.pdf.agreement.examples import SAMPLE as AGREEMENT
from placements.pdf.agreement.examples import WORST as LONGEST
from placements.pdf.agreement.values import Signature
from placements.pdf.amended_agreement.values import Amendment, Values


def _signed(when: str) -> list[Signature]:
    return [{**signature, "signed": when} for signature in AGREEMENT["signatures"]]


_INTERRUPTION: Amendment = {
    "number": 1,
    "kind": "Afbrydelse",
    "sent": "17. februar 2025",
    "signed": True,
    "reason": "Den studerende kommer tilbage mandag den 24. februar, og ugen holdes til sidst.",
    "changes": [
        {"label": "Afbrydelse", "before": "", "after": "17.-23. februar 2025"},
        {"label": "Årsag", "before": "", "after": "Sygdom"},
        {
            "label": "Sidste dag",
            "before": "søndag 6. april 2025 (uge 14)",
            "after": "søndag 13. april 2025 (uge 15)",
        },
    ],
    "signatures": _signed("18. februar 2025 kl. 9.05"),
}
_EXTENSION: Amendment = {
    "number": 2,
    "kind": "Forlængelse",
    "sent": "31. marts 2025",
    "signed": True,
    "reason": "Selvhjælpsgruppen slutter sidst i april, og den studerende følger den til ende.",
    "changes": [
        {
            "label": "Sidste dag",
            "before": "søndag 13. april 2025 (uge 15)",
            "after": "søndag 27. april 2025 (uge 17)",
        }
    ],
    "signatures": _signed("2. april 2025 kl. 13.40"),
}
_SUPERVISOR: Amendment = {
    "number": 3,
    "kind": "Ny praktikvejleder",
    "sent": "7. april 2025",
    "signed": False,
    "reason": "Den nuværende vejleder er væk resten af perioden.",
    "changes": [
        {"label": "Praktikvejleder", "before": "Sigrid Krogh Thomsen", "after": LONGEST["student"]},
    ],
    "signatures": LONGEST["signatures"],
}

SAMPLE: Values = {
    **AGREEMENT,
    "dated": "2025-04-02",
    "amended": 2,
    "amendments": [_INTERRUPTION, _EXTENSION],
}


def _as_number(number: int) -> Amendment:
    return {**_EXTENSION, "number": number, "reason": _LONG_REASON}


_LONG_REASON = "Vi har talt om, hvad der passer, og er blevet enige om det, der står her i tillægget. " * 11
WORST: Values = {
    **LONGEST,
    "state": "signed",
    "amended": 8,
    "amendments": [
        {**_INTERRUPTION, "reason": _LONG_REASON},
        *(_as_number(number) for number in range(2, 8)),
        {**_SUPERVISOR, "number": 8, "reason": "enusaedvanligtlangtordudenmellemrum" * 8},
    ],
}
