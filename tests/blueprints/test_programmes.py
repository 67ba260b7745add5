"""A programme's pages: what it says, its file, and the change of each part on screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from placements.domain.programme_files import read
from placements.models.programmes import Programme
from placements.models.users import User
from tests.conftest import Client
from tests.domain.test_programme_edits import export_changes, loaded
from tests.factories import Factory

As = Callable[[User], Client]


@pytest.fixture
def viborg(session: Session) -> Programme:
    return loaded(session, "viborg")


def test_export_is_the_file_of_the_programme(
    make: Factory, as_user: As, viborg: Programme, session: Session
) -> None:
    answer = as_user(make.coordinator(viborg)).get("/programmes/viborg.toml")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="viborg.toml"'
    file = read(answer.text, "viborg.toml")
    assert [cohort.slug for cohort in file.cohorts] == ["viborg-2024", "viborg-2025"]
    assert export_changes(session, viborg) == []
