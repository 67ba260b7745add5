"""Example overviews, for `flask pdf-samples` and the tests. People and places are invented."""

from __future__ import annotations

from datetime import date, timedelta

from placements.formatting import long_date
from placements.pdf.placement_overview.values import Cell, Row, Values


def _cells(*parts: tuple[int, str, str]) -> list[Cell]:
    return [{"span": span, "kind": kind, "text": text} for span, kind, text in parts]


def _row(name: str, unit: str, state: str, *parts: tuple[int, str, str], pause: str = "") -> Row:
    pauses = [pause] if pause else []
    return {"name": name, "unit": unit, "state": state, "pauses": pauses, "cells": _cells(*parts)}


def _days(weeks: int, marked: dict[int, str], state: str) -> Row:
    parts = [(1, "follow_up" if n in marked else "empty", marked.get(n, "")) for n in range(weeks)]
    return _row("Opfølgningsdage", "", state, *parts)


_RUNNING = "i praktik fra 6. januar 2025 til 6. april 2025"
_MARKED = {4: "5. feb.", 9: "12. mar."}

SAMPLE: Values = {
    "dated": "2025-02-03",
    "slug": "viborg-2024",
    "issuer": "Viborg Kommune",
    "programme": "Peer-uddannelsen Viborg",
    "cohort": "Viborg 2024",
    "period": "6. januar – 6. april 2025",
    "printed": "3. februar 2025",
    "months": [
        {"name": "januar 2025", "weeks": 4},
        {"name": "februar", "weeks": 4},
        {"name": "marts", "weeks": 5},
    ],
    "weeks": [
        {"number": number + 2, "marked": number in _MARKED, "current": number == 4} for number in range(13)
    ],
    "days": _days(13, _MARKED, "2 af 2 opfølgningsdage har en dato"),
    "rows": [
        _row("Amalie Kjær Nørgaard", "Team Åbent Hus", _RUNNING, (13, "active", "i praktik")),
        _row("Bo Toft Lauridsen", "Psykiatrisk Afsnit Vest", _RUNNING, (13, "active", "i praktik")),
        _row(
            "Cecilie Dam",
            "Værestedet Kompasset",
            "i praktik fra 20. januar 2025 til 6. april 2025",
            (2, "empty", ""),
            (11, "active", "i praktik"),
        ),
        _row(
            "David Aslan",
            "Team Åbent Hus",
            _RUNNING,
            (5, "active", "i praktik"),
            (2, "break", "pause"),
            (6, "active", "i praktik"),
            pause="pause fra 10. februar 2025 til 23. februar 2025",
        ),
        _row(
            "Esther Ladegaard",
            "Klinik for Unge, Viborg",
            "stoppet før tid fra 6. januar 2025 til 24. januar 2025",
            (3, "stopped", "stoppet før tid"),
            (10, "empty", ""),
        ),
        _row(
            "Esther Ladegaard",
            "Bostøtten Nord",
            "planlagt fra 10. februar 2025 til 6. april 2025",
            (5, "empty", ""),
            (8, "planned", "planlagt"),
        ),
        _row("Fatima El-Amin", "Klinik for Unge, Viborg", _RUNNING, (13, "active", "i praktik")),
        _row(
            "Gorm Aamann Poulsen",
            "Bostøtten Nord",
            "gennemført fra 6. januar 2025 til 2. februar 2025",
            (4, "done", "gennemført"),
            (9, "empty", ""),
        ),
    ],
    "seats": [
        {"sector": "Regional", "secured": 4, "needed": 4},
        {"sector": "Kommunal", "secured": 3, "needed": 4},
    ],
}

_LONG = (
    "Anne-Margrethe Elisabeth Wilhelmine Østergaard-Kjærsgaard von Hessenstein Christoffersen "
    "Sørensen-Bjerregaard Aagesen-Ål"
)
_UNIT = "Lokalpsykiatrisk Center for Rehabilitering, Recovery og Brobygning, Afsnit Nordøst"


def _stopped(week: int) -> Row:
    """Stopped after five weeks, the second of them a pause."""
    first = date(2024, 9, 2) + timedelta(weeks=week)
    pause, last = first + timedelta(days=7), first + timedelta(days=34)
    return _row(
        _LONG,
        _UNIT,
        f"stoppet før tid fra {long_date(first)} til {long_date(last)}",
        *([(week, "empty", "")] if week else []),
        (1, "stopped", "stoppet før tid"),
        (1, "break", "pause"),
        (3, "stopped", "stoppet før tid"),
        (21 - week, "empty", ""),
        pause=f"pause fra {long_date(pause)} til {long_date(pause + timedelta(days=6))}",
    )


WORST: Values = {
    **SAMPLE,
    "issuer": _UNIT,
    "programme": "Peer-uddannelsen i Region Hovedstaden og Region Sjælland for ansatte og frivillige",
    "cohort": "Hovedstaden og Sjælland, forår 2025, hold for nye i satspuljeprojekterne",
    "period": "2. september 2024 – 2. marts 2025",
    "months": [
        {"name": "september 2024", "weeks": 5},
        {"name": "oktober", "weeks": 4},
        {"name": "november", "weeks": 4},
        {"name": "december", "weeks": 5},
        {"name": "januar 2025", "weeks": 4},
        {"name": "februar", "weeks": 4},
    ],
    "weeks": [
        {"number": (number + 35) % 52 + 1, "marked": number in _MARKED, "current": number == 22}
        for number in range(26)
    ],
    "days": _days(26, {4: "30. sep.", 9: "6. nov."}, "2 af 2 opfølgningsdage har en dato"),
    "rows": [_stopped(week) for week in range(16)]
    + [
        _row(
            _LONG,
            _UNIT,
            "i praktik fra 2. september 2024 til 2. marts 2025",
            (26, "active", "i praktik"),
        )
    ]
    * 12,
    "seats": [
        {"sector": "Regional", "secured": 31, "needed": 14},
        {"sector": "Kommunal", "secured": 0, "needed": 14},
        {"sector": "Civil", "secured": 3, "needed": 0},
    ],
}

EMPTY: Values = {
    **SAMPLE,
    "weeks": [{"number": number + 2, "marked": False, "current": False} for number in range(13)],
    "days": _days(13, {}, "0 af 2 opfølgningsdage har en dato"),
    "rows": [],
    "seats": [],
}
