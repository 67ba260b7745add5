"""The letter to the host, and the programme of a follow-up day, as their people open them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from placements.models.follow_up_days import FollowUpDay
from placements.models.users import User
from tests.conftest import Client
from tests.factories import Factory
from tests.pdf import reading

AsUser = Callable[[User], Client]


@pytest.mark.parametrize(("status", "named"), [("proposed", False), ("accepted", True)])
def test_letter_names_the_student_once_the_host_has_said_yes(
    make: Factory, coordinator: Client, place: Callable[..., Any], status: str, named: bool
) -> None:
    placement = place("Stine Holm", status=status)
    address = f"/placements/{placement.id}/host-letter.pdf"
    assert f'href="{address}"' in coordinator.get(f"/placements/{placement.id}").text
    answer = coordinator.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.headers["Content-Disposition"] == (
        f'inline; filename="brev-til-praktikstedet-P-{placement.id}.pdf"'
    )
    text = reading.text(answer.data)
    assert ("Stine Holm" in text, "I får navn og kontakt" in text) == (named, not named)


def test_letter_is_not_printed_for_another_programme_or_for_what_is_called_off(
    make: Factory, as_user: AsUser, coordinator: Client, place: Callable[..., Any]
) -> None:
    theirs = as_user(make.coordinator(make.programme(slug="anden")))
    placement = place(status="cancelled", reason="Flyttet")
    address = f"/placements/{placement.id}/host-letter.pdf"
    assert theirs.get(address).status_code == 404
    refused = coordinator.get(address)
    assert refused.status_code == 422
    assert "der er ikke noget brev at sende" in refused.text
    assert address not in coordinator.get(f"/placements/{placement.id}").text


def test_programme_is_for_those_who_see_the_day(
    make: Factory, as_user: AsUser, teacher: Client, place: Callable[..., Any], held: FollowUpDay
) -> None:
    placement, address = place(status="active"), f"/follow-up-days/{held.id}.pdf"
    make.grant(placement.enrolment.user, "student")
    student, host = as_user(placement.enrolment.user), as_user(make.host(placement.unit))
    elsewhere = as_user(make.host(make.unit()))
    assert f'href="{address}"' in teacher.get(f"/follow-up-days/{held.id}").text
    for person in (student, host):
        assert f'href="{address}"' in person.get(f"/placements/{placement.id}").text
        text = reading.text(person.get(address).data)
        assert "Program for opfølgningsdag 1" in text
        assert "mandag 3. februar 2025 (uge 6) Tid kl. 9.00-12.00 Sted Lokale 2" in text
        assert "Stine Holm" not in text
    assert elsewhere.get(address).status_code == 404
