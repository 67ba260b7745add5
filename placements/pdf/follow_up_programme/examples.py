"""Example programmes, for `flask pdf-samples` and the tests. People and places are invented."""

from __future__ import annotations

from placements.pdf.follow_up_programme.values import Values

SAMPLE: Values = {
    "reference": "viborg-2024-1",
    "dated": "2025-01-20",
    "issuer": "Viborg Kommune",
    "programme": "Peer-uddannelsen Viborg",
    "cohort": "Hold 2024",
    "number": 1,
    "day": "onsdag 5. februar 2025 (uge 6)",
    "time": "kl. 9.00-12.00",
    "place": "Recovery-skolen, lokale 2, Skottenborg 12, 8800 Viborg",
    "teachers": ["Birgitte Toft Lauridsen", "Jonas Lykke Holm"],
    "contact": ["Mette Holm", "87 87 40 10", "mette.holm@example.org"],
    "topics": [
        {"text": "At dele sin historie, når det gavner den anden", "module": "5. Livshistoriefortælling"},
        {
            "text": "Når kolleger og jeg ser forskelligt på det",
            "module": "6. Kommunikation og konflikthåndtering",
        },
        {"text": "At passe på sig selv undervejs", "module": ""},
    ],
}

EMPTY: Values = {
    **SAMPLE,
    "day": "",
    "time": "",
    "place": "",
    "teachers": [],
    "contact": [],
    "topics": [],
}

WORST: Values = {
    **SAMPLE,
    "issuer": "Partnerskabet bag Peer-Uddannelsen i Region Hovedstaden og de deltagende kommuner og "
    "foreninger",
    "programme": "Peer-uddannelsen for medarbejdere, frivillige og kolleger i den regionale og kommunale "
    "psykiatri",
    "place": "Lokalpsykiatrisk Center for Rehabilitering, Recovery og Brobygning, Afsnit Nordøst, "
    "lokale 1134, Gammel Kongevejs Sidegade 12, 4. sal, 2100 København Ø",
    "teachers": [
        "Anne-Margrethe Elisabeth Wilhelmine Østergaard-Kjærsgaard von Hessenstein "
        "Christoffersen Sørensen-Bjerregaard Aagesen-Ål",
        *SAMPLE["teachers"],
    ],
    "topics": [
        {
            "text": f"{number}. emne: at blive i samtalen, også når den anden ser det helt anderledes, og "
            "finde en vej videre sammen med kolleger, pårørende og ledere, uden at nogen taber ansigt",
            "module": f"{number}. Kommunikation og konflikthåndtering i samarbejdet med kolleger og ledere",
        }
        for number in range(1, 13)
    ],
}
