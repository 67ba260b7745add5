"""Example forms, for `flask pdf-samples` and the tests. People and places are invented."""

from __future__ import annotations

from placements.pdf.talk.values import Values

LONG = "Amalie tager godt imod nye borgere, og hun ved, hvornår hun skal hente en kollega. " * 12

SAMPLE: Values = {
    "reference": "7-midway",
    "dated": "2025-02-20",
    "issuer": "Viborg Kommune",
    "title": "Midtvejssamtale",
    "programme": "Peer-uddannelsen Viborg, Hold 2024",
    "student": "Amalie Kjær Nørgaard",
    "unit": "Team Åbent Hus",
    "period": "6. januar – 6. april 2025",
    "held_on": "20. februar 2025",
    "questions": [
        {"title": "Hvad går godt?", "text": ["Samtalerne i caféen.", "Du møder til tiden."], "lines": 5},
        {"title": "Hvad skal der arbejdes med?", "text": ["At sige fra, når der er for meget."], "lines": 5},
        {"title": "Hvad har I aftalt at gøre nu?", "text": ["En gruppe om søvn fra uge 10."], "lines": 5},
    ],
    "scale": ["Ikke set endnu", "På vej", "Når det", "Når mere end det"],
    "groups": [
        {"title": "Peer-faglighed", "chosen": 3},
        {"title": "Samarbejde", "chosen": 2},
        {"title": "Egen recovery", "chosen": 4},
    ],
    "words": {
        "title": "Den studerendes egne ord",
        "text": ["Jeg har også holdt en gruppe alene."],
        "lines": 3,
    },
    "answer": "Ikke enig",
    "signatures": [
        {"role": "Praktikstedet", "name": "Sigrid Krogh Thomsen", "when": "20. februar 2025 kl. 14.10"},
        {"role": "Den studerende", "name": "Amalie Kjær Nørgaard", "when": "21. februar 2025 kl. 9.05"},
    ],
}

DRAFT: Values = {
    **SAMPLE,
    "held_on": "",
    "questions": [{**question, "text": []} for question in SAMPLE["questions"]],
    "groups": [{**group, "chosen": 0} for group in SAMPLE["groups"]],
    "words": {**SAMPLE["words"], "text": []},
    "answer": "",
    "signatures": [{**signature, "name": "", "when": ""} for signature in SAMPLE["signatures"]],
}

WORST: Values = {
    **SAMPLE,
    "student": "Anne-Margrethe Elisabeth Wilhelmine Østergaard-Kjærsgaard von Hessenstein Christoffersen",
    "unit": "Lokalpsykiatrisk Center for Rehabilitering, Recovery og Brobygning, Afsnit Nordøst",
    "questions": [{**question, "text": [LONG]} for question in SAMPLE["questions"]],
    "groups": [
        {**group, "title": group["title"] + " i mødet med mennesker " * 5} for group in SAMPLE["groups"]
    ],
    "words": {**SAMPLE["words"], "text": [LONG]},
}
