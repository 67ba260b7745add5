"""Example certificates, for `flask pdf-samples` and the tests. People, places and numbers are invented."""

from __future__ import annotations

from placements.pdf.diploma import examples as diploma
from placements.pdf.diploma.values import Values

SAYS = "Beviset gælder den undervisning, der står herunder."

SAMPLE: Values = {
    **diploma.SAMPLE,
    "heading": "Deltagerbevis",
    "number": "DB-2025-0002",
    "person": "Frida Falk",
    "period": "9. september – 20. november 2024",
    "theory_hours": "43 timer 30 min.",
    "modules": [
        "Peer-faglighed og erfaringskompetence (9 timer)",
        "Recovery og empowerment (12 timer)",
        "Stil skarpt på dig selv – en vej til recovery (12 timer)",
        "Diagnosemestring, sorg, krise og stigma (10 timer 30 min.)",
    ],
    "practicum": None,
    "follow_up_days": [],
    "completion": SAYS,
}

WORST: Values = {
    **diploma.WORST,
    "heading": "Deltagerbevis",
    "number": SAMPLE["number"],
    "theory_hours": "712 timer 15 min.",
    "modules": [f"{title} (101 timer 45 min.)" for title in diploma.WORST["modules"]],
    "completion": SAYS,
}
