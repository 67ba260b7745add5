"""Example invoice bases, for `flask pdf-samples` and the tests. People and places are invented."""

from __future__ import annotations

from placements.pdf._letter.values import NOBODY
from placements.pdf.invoice_basis.values import Values
from placements.pdf.municipality_letter import examples as asked

SAMPLE: Values = {
    "dated": "2024-09-09",
    "day": "9. september 2024",
    "issuer": "Viborg Kommune",
    "sender": "Viborg Kommune, Søndersø Allé 4, 8800 Viborg",
    "recipient": ["Skive Kommune", "Voksenområdet", "Torvegade 10", "7800 Skive"],
    "reference": "U-2024-0031",
    "contact": asked.SAMPLE["contact"],
    "payer": "Skive Kommune, Voksenområdet",
    "ean": "5790001234560",
    "ean_is_right": True,
    "payer_contact": ["Lone Kirk Madsen", "99 15 55 00", "lone.madsen@example.org"],
    "payer_reference": "Sag 24/18222",
    "status": "Lovet, ikke sendt endnu",
    "due": "9. oktober 2024",
    "lines": [
        {"text": "Uddannelsesforløb, 9. september 2024 – 6. april 2025", "amount": "14.000 kr."},
    ],
    "total": "14.000 kr.",
    "vat_note": "Undervisningen er fritaget for moms.",
}

EMPTY: Values = {
    **SAMPLE,
    "recipient": ["Skive Kommune"],
    "contact": NOBODY,
    "payer": "Skive Kommune",
    "ean": "",
    "ean_is_right": False,
    "payer_contact": [],
    "payer_reference": "",
    "due": "",
    "vat_note": "",
}

WORST: Values = {
    **SAMPLE,
    "issuer": asked.WORST["issuer"],
    "sender": asked.WORST["sender"],
    "recipient": asked.WORST["recipient"],
    "contact": asked.WORST["contact"],
    "payer": "Bornholms Regionskommune, Center for Økonomi, Personale og Borgernære Opgaver på Tværs af "
    "Forvaltningerne",
    "ean": "5790001234567",
    "ean_is_right": False,
    "payer_contact": [
        "Anne-Margrethe Elisabeth Wilhelmine Østergaard-Kjærsgaard von Hessenstein "
        "Christoffersen Sørensen-Bjerregaard Aagesen-Ål",
        "99 15 55 00",
    ],
    "payer_reference": "Sag 24/18222, personlig reference 1134-2024-000177, ordre 4500012345, aftale 17",
    "lines": [
        {
            "text": f"{number}. rate af uddannelsesforløb, 9. september 2024 – 6. april 2025, aftalt med "
            "borgerens egen kommune",
            "amount": "1.234.567 kr.",
        }
        for number in range(1, 25)
    ],
    "total": "29.629.608 kr.",
    "vat_note": "Undervisningen er fritaget for moms. Beløbet er det samme, uanset om den, der betaler, kan "
    "trække moms fra.",
}
