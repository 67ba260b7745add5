"""Example sheets, for `flask pdf-samples` and the tests. People and places are invented."""

from __future__ import annotations

from placements.pdf.attendance_sheet.values import Values

SAMPLE: Values = {
    "dated": "2024-09-09",
    "issuer": "Recovery-skolen",
    "module": "1. Recovery",
    "cohort": "Viborg 2024",
    "sheets": [
        {
            "day": day,
            "time": "kl. 13.00-16.00",
            "place": f"Recovery-skolen, lokale {room}",
            "teachers": "Anders Lykke, Camilla Ravn",
            "names": [
                "Amalie Kjær Nørgaard",
                "Bo Toft Lauridsen",
                "Cecilie Dam",
                "David Aslan",
                "Esther Ladegaard",
                "Fatima El-Amin",
                "Gorm Aamann Poulsen",
                "Helle Winther",
            ],
        }
        for day, room in (("mandag 9. september 2024 (uge 37)", 2), ("onsdag 11. september 2024 (uge 37)", 4))
    ],
}

_LONG = (
    "Anne-Margrethe Elisabeth Wilhelmine Østergaard-Kjærsgaard von Hessenstein Christoffersen "
    "Sørensen-Bjerregaard Aagesen-Ål"
)

WORST: Values = {
    **SAMPLE,
    "issuer": "Lokalpsykiatrisk Center for Rehabilitering, Recovery og Brobygning, Afsnit Nordøst",
    "module": "12. Menneskerettigheder, medborgerskab og samarbejde i organisationer under forandring",
    "sheets": [
        {
            **SAMPLE["sheets"][0],
            "place": "Hospitalsparken ved Den Gamle Kystvej 1234, bygning 17, opgang C, 3. sal, 2970",
            "teachers": f"{_LONG}, {_LONG}",
            "names": [_LONG] * 28,
        }
    ],
}
