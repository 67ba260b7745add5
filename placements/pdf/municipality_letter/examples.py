"""Example letters, for `flask pdf-samples` and the tests. People and places are invented."""

from __future__ import annotations

from placements.pdf._letter.values import NOBODY
from placements.pdf.municipality_letter.values import Values

SAMPLE: Values = {
    "dated": "2024-08-26",
    "day": "26. august 2024",
    "issuer": "Viborg Kommune",
    "sender": "Viborg Kommune, Søndersø Allé 4, 8800 Viborg",
    "recipient": ["Skive Kommune", "Voksenområdet", "Torvegade 10", "7800 Skive"],
    "reference": "U-2024-0031",
    "contact": {
        "name": "Mette Holm",
        "title": "Koordinator",
        "lines": ["87 87 40 10", "mette.holm@example.org"],
    },
    "municipality": "Skive Kommune",
    "applicant": "Amalie Kjær Nørgaard",
    "period": "9. september 2024 – 6. april 2025",
    "amount": "14.000 kr.",
    "answer_by": "mandag 2. september 2024 (uge 36)",
    "free_place_in": "Region Midtjylland",
}

EMPTY: Values = {
    **SAMPLE,
    "recipient": ["Skive Kommune"],
    "contact": NOBODY,
    "applicant": "",
    "answer_by": "",
    "free_place_in": "",
}

WORST: Values = {
    **SAMPLE,
    "issuer": "Partnerskabet for Uddannelse og Beskæftigelse i Region Østdanmark og de deltagende "
    "kommuner og foreninger",
    "sender": "Partnerskabet for Uddannelse og Beskæftigelse i Region Østdanmark",
    "recipient": [
        "Bornholms Regionskommune",
        "Center for Økonomi, Personale og Borgernære Opgaver på Tværs af Forvaltningerne",
        "Att. Bartholomæus Christian Rosenkrantz-Thorvaldsen",
        "Gammel Kongevejs Sidegade 1134, 4. sal, dør 12",
        "3700 Rønne",
    ],
    "contact": {
        "name": "Frederikke Augusta Rosenkrantz-Thorvaldsen",
        "title": "Koordinator",
        "lines": ["87 87 40 10", "frederikke.augusta.rosenkrantz-thorvaldsen@partnerskabet.example.org"],
    },
    "municipality": "Bornholms Regionskommune",
    "applicant": "Anne-Margrethe Elisabeth Wilhelmine Østergaard-Kjærsgaard von Hessenstein "
    "Christoffersen Sørensen-Bjerregaard Aagesen-Ål",
    "amount": "1.234.567 kr.",
    "free_place_in": "Region Østdanmark",
}
