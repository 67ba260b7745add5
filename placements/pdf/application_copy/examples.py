"""Example copies, for `flask pdf-samples` and the tests. People and texts are invented."""

from __future__ import annotations

from placements.pdf.application_copy.values import Values

SAMPLE: Values = {
    "dated": "2024-08-16",
    "issuer": "Viborg Kommune",
    "programme": "Peer-uddannelsen Viborg",
    "cohort": "Hold 2024",
    "number": "2024-KRBWTM",
    "sent": "Sendt 16. august 2024 kl. 14.05",
    "name": "Amalie Kjær Nørgaard",
    "told": [
        {"question": "Hvem er du?", "lines": ["Amalie Kjær Nørgaard", "amalie@example.org, 20 39 72 22"]},
        {"question": "Hvornår er du født?", "lines": ["4. maj 1989"]},
        {"question": "Hvor bor du?", "lines": ["Viborg"]},
        {
            "question": "Du har lyst til, at det, livet har lært dig, skal komme andre til gavn.",
            "lines": [
                "Jeg har selv haft glæde af at tale med en, der vidste, hvordan det er.",
                "Det vil jeg gerne kunne give videre.",
            ],
        },
        {"question": "Må vi spørge en, der kender dig?", "lines": []},
    ],
}

EMPTY: Values = {
    **SAMPLE,
    "number": "",
    "sent": "",
    "name": "",
    "told": [{"question": one["question"], "lines": []} for one in SAMPLE["told"]],
}

WORST: Values = {
    **SAMPLE,
    "issuer": "Partnerskabet bag Peer-Uddannelsen i Region Hovedstaden og deltagende kommuner",
    "name": "Anne-Margrethe Elisabeth Wilhelmine Østergaard-Kjærsgaard von Hessenstein "
    "Christoffersen Sørensen-Bjerregaard Aagesen-Ål",
    "told": [
        {
            "question": f"{number}. Du er nysgerrig på dig selv: hvad du er god til, og hvor du siger stop.",
            "lines": ["Jeg vil gerne lære mere. " * 30] * 4,
        }
        for number in range(1, 12)
    ],
}
