"""Example sheets, for `flask pdf-samples` and the tests. People, places and numbers are invented."""

from __future__ import annotations

from placements.pdf.emergency_sheet.values import Person, Values

SAMPLE: Values = {
    "dated": "2025-02-03",
    "issuer": "Team Åbent Hus",
    "student": "Amalie Kjær Nørgaard",
    "period": "6. januar – 6. april 2025",
    "address": "Skovbrynet 8, 8800 Viborg",
    "named": {"name": "Ida Kjær", "role": "søster", "lines": ["20 12 34 56"]},
    "at_unit": [
        {"name": "Sigrid Krogh Thomsen", "role": "Praktikvejleder", "lines": ["78 40 11 25"]},
        {"name": "Henrik Bach", "role": "Afdelingsleder", "lines": ["78 40 11 20"]},
        {"name": "Team Åbent Hus", "role": "", "lines": ["78 40 11 22"]},
    ],
    "coordinators": [{"name": "Mette Holm", "role": "", "lines": ["87 87 40 10", "mette@example.org"]}],
    "printed": "3. februar 2025",
}

_LONG = (
    "Anne-Margrethe Elisabeth Wilhelmine Østergaard-Kjærsgaard von Hessenstein Christoffersen "
    "Sørensen-Bjerregaard Aagesen-Ål"
)
_UNIT = "Lokalpsykiatrisk Center for Rehabilitering, Recovery og Brobygning, Afsnit Nordøst"

_COLLEAGUE: Person = {
    "name": _LONG,
    "role": "Udviklingssygeplejerske og praktikkoordinator",
    "lines": ["+45 78 40 11 25"],
}
_COORDINATOR: Person = {
    "name": _LONG,
    "role": "",
    "lines": ["+45 87 87 40 10", "anne-margrethe@example.org"],
}

WORST: Values = {
    **SAMPLE,
    "issuer": _UNIT,
    "student": _LONG,
    "address": "Hospitalsparken ved Den Gamle Kystvej 1234, bygning 17, opgang C, 3. sal, 2970 Hørsholm",
    "named": {"name": _LONG, "role": "bonusmor", "lines": ["+45 20 12 34 56"]},
    "at_unit": [*[_COLLEAGUE] * 3, {"name": _UNIT, "role": "", "lines": ["+45 78 40 11 22"]}],
    "coordinators": [_COORDINATOR] * 2,
}
