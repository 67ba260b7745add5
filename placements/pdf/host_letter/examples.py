"""Example letters, for `flask pdf-samples` and the tests. People and places are invented."""

from __future__ import annotations

from placements.pdf._letter.values import NOBODY
from placements.pdf.host_letter.values import Values

LONGEST = (
    "Anne-Margrethe Elisabeth Wilhelmine Østergaard-Kjærsgaard von Hessenstein "
    "Christoffersen Sørensen-Bjerregaard Aagesen-Ål"
)

SAMPLE: Values = {
    "dated": "2024-12-02",
    "day": "2. december 2024",
    "issuer": "Viborg Kommune",
    "sender": "Viborg Kommune, Søndersø Allé 4, 8800 Viborg",
    "recipient": ["Region Midtjylland", "Team Åbent Hus", "Att. Henrik Bach", "Skovbrynet 8", "8800 Viborg"],
    "reference": "P-7",
    "contact": {
        "name": "Mette Holm",
        "title": "Koordinator",
        "lines": ["87 87 40 10", "mette.holm@example.org"],
    },
    "accepted": True,
    "to_whom": "Henrik Bach",
    "student": "Amalie Kjær Nørgaard",
    "student_lines": ["20 30 40 50", "amalie@example.org"],
    "programme": "Peer-uddannelsen Viborg",
    "cohort": "Hold 2024",
    "period": "6. januar – 6. april 2025",
    "hours": "6,5 timer",
    "supervisor": "Sigrid Krogh Thomsen",
    "supervisor_lines": ["78 40 11 25", "sigrid.thomsen@example.org"],
    "days": [
        "onsdag 5. februar 2025 (uge 6), kl. 9.00-12.00",
        "onsdag 12. marts 2025 (uge 11), kl. 9.00-12.00",
    ],
}

DRAFT: Values = {
    **SAMPLE,
    "accepted": False,
    "student": "",
    "student_lines": [],
    "supervisor": "",
    "supervisor_lines": [],
}

EMPTY: Values = {
    **DRAFT,
    "sender": "Viborg Kommune",
    "recipient": ["Region Midtjylland", "Team Åbent Hus"],
    "contact": NOBODY,
    "to_whom": "",
    "days": [],
}

WORST: Values = {
    **SAMPLE,
    "issuer": "Partnerskabet bag Peer-Uddannelsen i Region Hovedstaden og de deltagende kommuner og "
    "foreninger",
    "sender": "Partnerskabet bag Peer-Uddannelsen i Region Hovedstaden",
    "recipient": [
        "Region Østdanmark, Den Samlede Psykiatri og Socialområdet",
        "Lokalpsykiatrisk Center for Rehabilitering, Recovery og Brobygning, Afsnit Nordøst",
        "Att. Bartholomæus Christian Rosenkrantz-Thorvaldsen",
        "Gammel Kongevejs Sidegade 1134, 4. sal, dør 12",
        "2100 København Ø",
    ],
    "contact": {
        "name": LONGEST,
        "title": "Koordinator",
        "lines": [
            "87 87 40 10",
            "anne-margrethe.wilhelmine.oestergaard-kjaersgaard@partnerskabet.example.org",
        ],
    },
    "to_whom": "Bartholomæus Christian Rosenkrantz-Thorvaldsen",
    "student": LONGEST,
    "student_lines": [
        "20 30 40 50",
        "anne-margrethe.elisabeth.wilhelmine.oestergaard@privat.example.org",
    ],
    "programme": "Peer-uddannelsen for medarbejdere, frivillige og kolleger i den regionale og kommunale "
    "psykiatri",
    "supervisor": LONGEST,
    "days": SAMPLE["days"] * 2,
}
