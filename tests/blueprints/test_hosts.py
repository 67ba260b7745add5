"""The list of hosts, a unit's and an organisation's page, and changes of name and owner."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.models.hosts import Organisation, Sector, Unit, UnitPeriod
from placements.models.users import User
from tests.conftest import Client
from tests.factories import Factory

AsUser = Callable[[User], Client]
UNIT = {"name": "Team Nord", "sector": "municipal", "address": "Søndergade 1", "municipality": "Viborg"}


@pytest.fixture
def coordinator(make: Factory, as_user: AsUser) -> Client:
    return as_user(make.coordinator(make.programme()))


def periods_of(session: Session, unit: Unit) -> list[tuple[str, int, date, date | None]]:
    rows = session.scalars(
        select(UnitPeriod).where(UnitPeriod.unit_id == unit.id).order_by(UnitPeriod.valid_from)
    )
    return [(row.name, row.organisation_id, row.valid_from, row.valid_to) for row in rows]


# The list


def test_list_shows_units_under_their_owner(make: Factory, coordinator: Client) -> None:
    unit = make.unit("Team Nord", organisation=make.organisation("Viborg Kommune"))
    page = coordinator.get("/hosts").text
    assert page.index("Viborg Kommune") < page.index(f'href="/hosts/{unit.id}">Team Nord</a>')


def test_list_answers_htmx_with_the_same_table_alone(make: Factory, coordinator: Client) -> None:
    make.unit("Team Nord", sector=Sector.CIVIL)
    make.unit("Team Syd")
    address = "/hosts?q=team&sector=civil"
    fragment = coordinator.htmx("GET", address).text
    assert fragment.strip().startswith('<div id="results">')
    assert "<h1>" not in fragment
    assert "Team Nord" in fragment
    assert "Team Syd" not in fragment
    assert fragment.strip() in coordinator.get(address).text


def test_list_without_hits_offers_to_take_each_filter_away(make: Factory, coordinator: Client) -> None:
    make.unit("Team Nord")
    page = coordinator.get("/hosts?q=vest&sector=civil").text
    assert 'href="/hosts?sector=civil"' in page
    assert 'href="/hosts?q=vest"' in page
    assert "Ingen praktiksteder passer" in page


def test_list_ignores_what_it_cannot_read(make: Factory, coordinator: Client) -> None:
    make.unit("Team Nord")
    assert "Team Nord" in coordinator.get("/hosts?sector=mars&after=x").text


def test_list_of_a_host_holds_own_units_only(make: Factory, as_user: AsUser) -> None:
    own = make.unit("Team Nord", organisation=make.organisation("Viborg Kommune"))
    make.unit("Team Syd", organisation=make.organisation("Randers Kommune"))
    page = as_user(make.host(own)).get("/hosts").text
    assert "Team Nord" in page
    assert "Team Syd" not in page
    assert "Randers" not in page
    assert 'href="/hosts/new"' not in page


def test_empty_list_offers_the_first_step(coordinator: Client) -> None:
    assert (
        'href="/hosts/organisations/new">Tilføj den første organisation</a>' in coordinator.get("/hosts").text
    )


def test_list_costs_the_same_for_one_and_for_three_units(
    make: Factory, coordinator: Client, query_count: Callable[[Callable[[], object]], int]
) -> None:
    counts = []
    for number in (1, 2):
        for _number in range(number):
            make.contact(make.unit())
        counts.append(query_count(lambda: coordinator.get("/hosts")))
    assert counts[0] == counts[1]


# One unit


def test_unit_page_shows_people_offers_and_names(make: Factory, as_user: AsUser) -> None:
    programme = make.programme()
    unit = make.unit("Team Nord", organisation=make.organisation("Viborg Kommune"))
    make.contact(unit, "Vita Vejleder", email="vita@example.org")
    make.host(unit)
    own = make.offer(unit, make.cohort(programme, name="Hold Viborg"))
    make.offer(unit, make.cohort(name="Hold Fremmed"))
    page = as_user(make.coordinator(programme)).get(f"/hosts/{unit.id}").text
    for told in ("Vita Vejleder", "Viborg Kommune", "Vera Vært", f'href="/offers/{own.id}">Hold Viborg</a>'):
        assert told in page
    assert "Hold Fremmed" not in page


def test_unit_page_of_a_host_offers_no_administration(make: Factory, as_user: AsUser) -> None:
    unit = make.unit()
    make.contact(unit, "Hanne", is_host=True, email="hanne@example.org")
    page = as_user(make.host(unit)).get(f"/hosts/{unit.id}").text
    assert f'href="/hosts/{unit.id}/edit"' in page
    assert f'href="/hosts/{unit.id}/name"' not in page
    assert "/invite" not in page
    assert "/close" not in page


def test_unit_page_of_an_administrator_says_nothing_of_offers(make: Factory, as_user: AsUser) -> None:
    unit = make.unit()
    make.offer(unit, make.cohort(name="Hold Viborg"))
    page = as_user(make.admin()).get(f"/hosts/{unit.id}").text
    assert "Hold Viborg" not in page
    assert 'id="offers"' not in page


def test_foreign_unit_is_not_found(make: Factory, as_user: AsUser) -> None:
    host = as_user(make.host(make.unit()))
    other = make.unit()
    assert host.get(f"/hosts/{other.id}").status_code == 404
    assert host.get(f"/hosts/organisations/{other.periods[0].organisation_id}").status_code == 404
    assert host.post(f"/hosts/{other.id}/edit", data={"address": "Vej 1"}).status_code == 404


@pytest.mark.parametrize("path", ["/hosts", "/hosts/1", "/hosts/new", "/hosts/organisations/new"])
def test_teacher_and_student_are_turned_away(make: Factory, as_user: AsUser, path: str) -> None:
    assert as_user(make.teacher(make.programme())).get(path).status_code == 403
    assert as_user(make.grant(make.user(), "student")).get(path).status_code == 403


def test_host_may_not_create_or_rename(make: Factory, as_user: AsUser) -> None:
    unit = make.unit()
    host = as_user(make.host(unit))
    answers = [host.post(path, data=UNIT).status_code for path in ("/hosts/new", f"/hosts/{unit.id}/name")]
    assert answers == [403, 403]


def test_create_organisation_and_unit(session: Session, coordinator: Client) -> None:
    answer = coordinator.post(
        "/hosts/organisations/new", data={"name": "Viborg  Kommune", "kind": "municipality"}
    )
    organisation = session.scalars(select(Organisation)).one()
    assert answer.location == f"/hosts/organisations/{organisation.id}"
    answer = coordinator.post("/hosts/new", data=UNIT | {"organisation_id": organisation.id})
    unit = session.scalars(select(Unit)).one()
    assert answer.location == f"/hosts/{unit.id}"
    assert (unit.name_on(date(2025, 2, 3)), unit.sector, unit.phone) == ("Team Nord", Sector.MUNICIPAL, None)
    assert unit.period_on(date(2025, 2, 3)).organisation.name_on(date(2025, 2, 3)) == "Viborg Kommune"


def test_create_unit_with_bad_input_keeps_the_text(
    make: Factory, session: Session, coordinator: Client
) -> None:
    make.organisation()
    answer = coordinator.post("/hosts/new", data={"name": "Team Nord", "address": "Søndergade 1"})
    assert answer.status_code == 422
    assert 'value="Søndergade 1"' in answer.text
    assert "Vælg en sektor." in answer.text
    assert "Vælg den organisation, stedet hører under." in answer.text
    assert session.scalars(select(Unit)).all() == []


def test_create_unit_with_a_name_of_spaces_is_refused(
    make: Factory, session: Session, coordinator: Client
) -> None:
    organisation = make.organisation()
    answer = coordinator.post("/hosts/new", data=UNIT | {"organisation_id": organisation.id, "name": "  "})
    assert (answer.status_code, "Skriv navnet." in answer.text) == (422, True)
    assert session.scalars(select(Unit)).all() == []


def test_create_organisation_twice_is_refused_at_the_name(make: Factory, coordinator: Client) -> None:
    make.organisation("Viborg Kommune")
    answer = coordinator.post(
        "/hosts/organisations/new", data={"name": "VIBORG KOMMUNE", "kind": "municipality"}
    )
    assert answer.status_code == 422
    assert 'id="name-error">Der er allerede en organisation, der hedder Viborg Kommune.' in answer.text
    assert 'value="VIBORG KOMMUNE"' in answer.text


@pytest.mark.usefixtures("with_csrf")
def test_create_organisation_needs_the_token(session: Session, coordinator: Client) -> None:
    answer = coordinator.post("/hosts/organisations/new", data={"name": "SIND", "kind": "association"})
    assert answer.status_code == 400
    assert session.scalars(select(Organisation)).all() == []


# Editing


def test_edit_by_a_host_leaves_the_sector(make: Factory, as_user: AsUser) -> None:
    unit = make.unit(sector=Sector.REGIONAL)
    data = {"address": "Nygade 2", "sector": "civil", "version": unit.version}
    answer = as_user(make.host(unit)).post(f"/hosts/{unit.id}/edit", data=data)
    assert answer.status_code == 303
    assert (unit.address, unit.sector) == ("Nygade 2", Sector.REGIONAL)


def test_edit_on_an_old_version_shows_both_values(make: Factory, coordinator: Client) -> None:
    unit = make.unit(address="Gamlegade 1")
    first = {"sector": "regional", "address": "Nygade 2", "version": unit.version}
    second = first | {"address": "Vestergade 3"}
    assert coordinator.post(f"/hosts/{unit.id}/edit", data=first).status_code == 303
    answer = coordinator.post(f"/hosts/{unit.id}/edit", data=second)
    assert answer.status_code == 409
    assert "Nygade 2" in answer.text
    assert 'value="Vestergade 3"' in answer.text
    assert unit.address == "Nygade 2"
    again = second | {"version": unit.version}
    assert coordinator.post(f"/hosts/{unit.id}/edit", data=again).status_code == 303
    assert unit.address == "Vestergade 3"


# Name and owner over time


def change(unit: Unit, **values: Any) -> dict[str, Any]:
    current = unit.periods[-1]
    same = {"name": current.name, "organisation_id": current.organisation_id, "version": current.version}
    return same | {"since": "change", "from_day": "2025-03-01"} | values


def test_new_owner_from_a_day_keeps_the_old_period(
    make: Factory, session: Session, coordinator: Client
) -> None:
    unit, owner = make.unit("Team Nord"), make.organisation("Region Østdanmark")
    before = unit.periods[0].organisation_id
    data = change(unit, organisation_id=owner.id, from_day="2027-01-01")
    assert coordinator.post(f"/hosts/{unit.id}/name", data=data).location == f"/hosts/{unit.id}"
    day = date(2027, 1, 1)
    assert periods_of(session, unit) == [
        ("Team Nord", before, date(1900, 1, 1), day),
        ("Team Nord", owner.id, day, None),
    ]
    page = coordinator.get(f"/hosts/{unit.id}").text
    assert "Der kommer en ændring 1. januar 2027" in page


def test_correction_changes_the_name_without_a_new_period(
    make: Factory, session: Session, coordinator: Client
) -> None:
    unit = make.unit("Team Nrod")
    data = change(unit, name="Team Nord", since="correction", from_day="")
    assert coordinator.post(f"/hosts/{unit.id}/name", data=data).status_code == 303
    assert [row[0] for row in periods_of(session, unit)] == ["Team Nord"]


def test_change_without_a_day_is_refused_at_the_day(
    make: Factory, session: Session, coordinator: Client
) -> None:
    unit = make.unit("Team Nord")
    answer = coordinator.post(f"/hosts/{unit.id}/name", data=change(unit, name="Team Vest", from_day=""))
    assert answer.status_code == 422
    assert 'id="from_day-error">Vælg den første dag, det nye gælder.' in answer.text
    assert 'value="Team Vest"' in answer.text
    assert [row[0] for row in periods_of(session, unit)] == ["Team Nord"]


def test_two_changes_at_once_give_a_conflict(make: Factory, session: Session, coordinator: Client) -> None:
    unit = make.unit("Team Nord")
    first = change(unit, name="Team Vest", since="correction")
    second = change(unit, name="Team Øst", from_day="2025-04-01")
    assert coordinator.post(f"/hosts/{unit.id}/name", data=first).status_code == 303
    answer = coordinator.post(f"/hosts/{unit.id}/name", data=second)
    assert answer.status_code == 409
    assert "Team Vest" in answer.text
    assert 'value="Team Øst"' in answer.text
    assert [row[0] for row in periods_of(session, unit)] == ["Team Vest"]


def test_planned_change_can_be_called_off(make: Factory, session: Session, coordinator: Client) -> None:
    unit = make.unit("Team Nord")
    coordinator.post(f"/hosts/{unit.id}/name", data=change(unit, name="Team Vest"))
    planned = unit.periods[-1].id
    page = coordinator.get(f"/hosts/{unit.id}").text
    assert f'action="/hosts/{unit.id}/name/{planned}/call-off"' in page
    assert coordinator.post(f"/hosts/{unit.id}/name/{planned}/call-off").status_code == 303
    assert [(row[0], row[3]) for row in periods_of(session, unit)] == [("Team Nord", None)]


def test_change_that_has_happened_cannot_be_called_off(make: Factory, coordinator: Client) -> None:
    unit, other = make.unit("Team Nord"), make.unit()
    coordinator.post(f"/hosts/{unit.id}/name", data=change(unit, name="Team Vest", from_day="2025-02-01"))
    begun = unit.periods[-1].id
    assert coordinator.post(f"/hosts/{unit.id}/name/{begun}/call-off").status_code == 422
    assert coordinator.post(f"/hosts/{other.id}/name/{begun}/call-off").status_code == 404
    assert unit.name_on(date(2025, 2, 3)) == "Team Vest"


def test_rename_organisation_from_a_day(make: Factory, coordinator: Client) -> None:
    """1 January 2027: Region Hovedstaden becomes part of Region Østdanmark (D-05)."""
    region = make.organisation("Region Hovedstaden")
    unit = make.unit("Klinik Nord", organisation=region)
    data = {
        "name": "Region Østdanmark",
        "since": "change",
        "from_day": "2027-01-01",
        "version": region.names[0].version,
    }
    address = f"/hosts/organisations/{region.id}"
    assert coordinator.post(f"{address}/name", data=data).location == address
    page = coordinator.get(f"/hosts/{unit.id}").text
    assert "Til 31. december 2026" in page
    assert "ejeren er Region Østdanmark" in page
    page = coordinator.get(address).text
    assert f'href="{address}/name"' in page
    assert f'action="{address}/name/{region.names[-1].id}/call-off"' in page
    coordinator.post(f"{address}/name/{region.names[-1].id}/call-off")
    assert [(name.name, name.valid_to) for name in region.names] == [("Region Hovedstaden", None)]


def test_edit_organisation_changes_its_kind(make: Factory, coordinator: Client) -> None:
    organisation = make.organisation()
    address = f"/hosts/organisations/{organisation.id}"
    data = {"kind": "association", "version": organisation.version}
    assert coordinator.post(f"{address}/edit", data=data).status_code == 303
    assert organisation.kind == "association"
    assert coordinator.post(f"{address}/edit", data=data).status_code == 409


def test_history_tells_the_change_in_words(make: Factory, coordinator: Client) -> None:
    unit, owner = make.unit("Team Nord"), make.organisation("Viborg Kommune")
    coordinator.post(f"/hosts/{unit.id}/name", data=change(unit, organisation_id=owner.id))
    history = coordinator.get(f"/hosts/{unit.id}").text.split('id="history"')[1]
    for told in ("Karen Koordinator", "Navn og ejer skrevet", "Viborg Kommune", "1. marts 2025"):
        assert told in history
