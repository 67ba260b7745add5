"""Every value that people see has its word, in one place."""

from __future__ import annotations

import enum

import pytest

from placements import words
from placements.db import Base
from placements.models import placements as _mapped  # noqa: F401

INTERNAL = {"Action", "DocumentKind", "FeeWhen", "SignInMethod"}


def enumerations() -> list[type[enum.StrEnum]]:
    columns = (column for table in Base.metadata.tables.values() for column in table.columns)
    found = {getattr(column.type, "enum_class", None) for column in columns} - {None}
    return sorted((kind for kind in found if kind.__name__ not in INTERNAL), key=lambda kind: kind.__name__)


@pytest.mark.parametrize("kind", enumerations(), ids=lambda kind: kind.__name__)
def test_every_value_has_a_word_of_its_own(kind: type[enum.StrEnum]) -> None:
    said = [words.word(member) for member in kind]
    assert len(set(said)) == len(said)


def test_equal_strings_of_two_enumerations_keep_their_words() -> None:
    from placements.models.offers import OfferStatus
    from placements.models.placements import PlacementStatus

    assert words.word(OfferStatus.OPEN) == "Åben"
    assert words.word(PlacementStatus.DRAFT) == "Kladde"


def test_equal_strings_of_two_enumerations_keep_their_looks() -> None:
    from placements.models.network_groups import NetworkPlaceStatus
    from placements.models.placements import PlacementStatus

    assert words.tone(PlacementStatus.DECLINED) == "bad"
    assert words.tone(NetworkPlaceStatus.DECLINED) == "neutral"
