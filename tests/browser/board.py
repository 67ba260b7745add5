"""A board with three placements, and where things stand on it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from placements.models.placements import Placement
from placements.models.users import User
from tests.factories import Factory

AMALIE, BO, CLARA = "Amalie Anker", "Bo Bech", "Clara Clausen"
ADDRESS = "/placements?cohort=hold-2024&sort=student"


@dataclass
class Board:
    """One coordinator's board in one browser; `ids` are those of the placements, by student."""

    page: Page
    coordinator: User
    ids: dict[str, int]

    def open(self, address: str = ADDRESS) -> Board:
        self.page.goto(address)
        return self

    def row(self, name: str) -> Locator:
        return self.page.locator(f"#placement-{self.ids[name]}")

    def edit_link(self, name: str) -> Locator:
        return self.row(name).get_by_role("link", name=f"Ret {name}")

    def editor(self, name: str) -> Locator:
        return self.page.get_by_role("form", name=f"Ret forløbet for {name}")

    def edit(self, name: str) -> Locator:
        """The row's editor, open and ready for the keyboard."""
        self.edit_link(name).click()
        expect(self.editor(name).get_by_label("Status")).to_be_focused()
        return self.editor(name)

    def has_status(self, name: str, status: str) -> None:
        expect(self.row(name).locator("td[data-title=Status]")).to_have_text(status)

    def said(self) -> Locator:
        return self.page.get_by_role("status")

    def alarm(self) -> Locator:
        return self.page.get_by_role("alert")

    def shows_same_rows(self) -> None:
        """The filter and the order that the board was opened with."""
        expect(self.page).to_have_url(re.compile(r"/placements\?cohort=hold-2024&sort=student(#.*)?$"))
        expect(self.page.locator("table.board tbody tr")).to_have_count(3)


def lay_out(make: Factory) -> tuple[User, dict[str, int]]:
    """A coordinator, and the ids of three placements that a unit has been asked about."""
    programme = make.programme()
    cohort, unit = make.cohort(programme, slug="hold-2024"), make.unit("Team Nord")
    make.contact(unit, "Vita Vejleder")
    offer = make.offer(unit, cohort, seats=5)
    ids = {}
    for name in (AMALIE, BO, CLARA):
        student = make.enrolment(cohort, make.grant(make.user(name), "student"))
        values = {"cohort": cohort, "unit": unit, "enrolment": student, "offer_id": offer.id}
        placement: Placement = make.placement(status="proposed", **values)
        ids[name] = placement.id
    coordinator = make.coordinator(programme)
    make.session.rollback()
    return coordinator, ids
