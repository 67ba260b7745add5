"""Example answers, for `flask pdf-samples` and the tests: each of the four."""

from __future__ import annotations

from placements.pdf._letter.values import NOBODY
from placements.pdf.decision_letter.values import Values

SAMPLE: Values = {
    "dated": "2024-08-26",
    "day": "26. august 2024",
    "issuer": "Viborg Kommune",
    "sender": "Viborg Kommune, Søndersø Allé 4, 8800 Viborg",
    "recipient": ["Amalie Kjær Nørgaard", "Havremarken 12, 2. tv.", "8800 Viborg"],
    "reference": "A-2024-0031",
    "contact": {
        "name": "Mette Holm",
        "title": "Koordinator",
        "lines": ["87 87 40 10", "mette.holm@example.org"],
    },
    "kind": "offer",
    "person": "Amalie Kjær Nørgaard",
    "programme": "Peer-uddannelsen Viborg",
    "cohort": "Hold 2024",
    "begins": "mandag 9. september 2024 (uge 37)",
    "ends": "søndag 6. april 2025 (uge 14)",
    "place": 0,
    "reasons": [],
    "answer_by": "mandag 2. september 2024 (uge 36)",
    "opens": "",
    "paragraphs": [],
}

DRAFT: Values = {**SAMPLE, "kind": "waiting_list", "place": 3}

EMPTY: Values = {
    **SAMPLE,
    "kind": "next_year",
    "recipient": ["Frida Falk"],
    "reference": "A-2024-0008",
    "person": "Frida Falk",
    "cohort": "Hold 2025",
    "begins": "mandag 8. september 2025 (uge 37)",
    "contact": NOBODY,
    "ends": "",
    "answer_by": "",
}

WORST: Values = {
    **SAMPLE,
    "kind": "rejection",
    "issuer": "Partnerskabet bag Peer-Uddannelsen i Region Hovedstaden og de deltagende kommuner og "
    "foreninger",
    "sender": "Partnerskabet bag Peer-Uddannelsen i Region Hovedstaden",
    "recipient": [
        "Anne-Margrethe Elisabeth Wilhelmine Østergaard-Kjærsgaard von Hessenstein "
        "Christoffersen Sørensen-Bjerregaard Aagesen-Ål",
        "c/o Bartholomæus Christian Rosenkrantz-Thorvaldsen",
        "Gammel Kongevejs Sidegade 1134, 4. sal, dør 12",
        "2100 København Ø",
    ],
    "person": "Anne-Margrethe Elisabeth Wilhelmine Østergaard-Kjærsgaard von Hessenstein "
    "Christoffersen Sørensen-Bjerregaard Aagesen-Ål",
    "programme": "Peer-uddannelsen for medarbejdere, frivillige og kolleger i den regionale og kommunale "
    "psykiatri",
    "reasons": [
        "Vi fik mange flere ansøgninger, end der er pladser, og har måttet vælge.",
        "Vi sætter et hold sammen, hvor deltagerne har forskellige erfaringer med sig.",
        "Man skal være fyldt 18 år, når holdet begynder.",
        "Holdet er for borgere i bestemte kommuner, og vi har ikke en aftale med din.",
        "Undervisningen foregår på dansk, både i tale og på skrift, og uden tolk.",
        "Vi manglede nogle af de oplysninger, som vi bad om.",
        "Resten vil vi hellere sige til dig end skrive i et brev. Sig til, når det passer dig.",
    ],
    "opens": "16. juni 2025",
}
