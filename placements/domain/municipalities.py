"""The 98 municipalities and the region of each on a day: two regions become one on 1 January 2027 (D-05)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache

from placements import config
from placements.domain.rules import RuleBroken
from placements.i18n import _

FILE = config.ROOT / "placements" / "data" / "municipalities.csv"
REGIONS_CHANGE = date(2027, 1, 1)
"""The first day of the later region in the file."""

SPELLINGS = str.maketrans({"æ": "ae", "ø": "o", "å": "aa", "ö": "o", "ä": "ae", "-": " "})
LIKELY = 0.6


@dataclass(frozen=True, slots=True)
class Municipality:
    code: str
    name: str
    region_before: str
    region_after: str

    def region_on(self, day: date) -> str:
        return self.region_before if day < REGIONS_CHANGE else self.region_after

    @property
    def authority(self) -> str:
        """What the municipality calls itself as an organisation."""
        return AUTHORITIES.get(self.name, f"{self.name} Kommune")


AUTHORITIES = {"København": "Københavns Kommune", "Bornholm": "Bornholms Regionskommune"}


@cache
def everyone() -> tuple[Municipality, ...]:
    """In the order of the file."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    return tuple(Municipality(*row) for row in rows)


def names() -> list[str]:
    """By the Danish alphabet."""
    alphabet = str.maketrans({"æ": "{", "ø": "|", "å": "}"})
    return sorted(
        (one.name for one in everyone()), key=lambda name: name.lower().replace("aa", "å").translate(alphabet)
    )


def regions_on(day: date) -> list[str]:
    return sorted({one.region_on(day) for one in everyone()})


def _plain(name: str) -> str:
    """Without the word municipality, and without what people spell in several ways."""
    words = name.casefold().translate(SPELLINGS).replace("oe", "o").split()
    return " ".join(word for word in words if word not in {"kommune", "kommunes", "regionskommune"})


@cache
def _by_plain_name() -> dict[str, Municipality]:
    genitives = {f"{_plain(one.name)}s": one for one in everyone()}
    return genitives | {_plain(one.name): one for one in everyone()}


def find(name: str) -> Municipality | None:
    """However it is spelled: Viborg, viborg kommune, Københavns Kommune, Århus."""
    return _by_plain_name().get(_plain(name))


def closest(name: str) -> str | None:
    """The name of the municipality that was most likely meant, also for a typing error."""
    found = find(name)
    if found is not None:
        return found.name
    likely = get_close_matches(_plain(name), _by_plain_name(), n=1, cutoff=LIKELY)
    return _by_plain_name()[likely[0]].name if likely else None


def region_of(name: str, day: date) -> str | None:
    found = find(name)
    return found.region_on(day) if found else None


def named(name: str | None) -> str | None:
    """As the municipality is called. Raises `RuleBroken`, with the likely one, when there is none."""
    if not name:
        return None
    found = find(name)
    if found is not None:
        return found.name
    likely = closest(name)
    if likely:
        sentence = _(
            "Vi kender ingen kommune, der hedder %(name)s. Mener du %(likely)s?", name=name, likely=likely
        )
    else:
        sentence = _("Vi kender ingen kommune, der hedder %(name)s. Skriv fx Viborg.", name=name)
    raise RuleBroken(sentence, field="municipality")
