"""A student puts the open offers in order: by keyboard alone, by drag, and without JavaScript (row 41)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy.orm import Session

from placements.domain import preferences
from placements.models.users import User
from tests.browser.guards import assert_good_page, tab_to
from tests.domain.preference_scene import NAMES, Scene, lay_out, wishes_of
from tests.factories import Factory

SignIn = Callable[[Page, User], Page]


@pytest.fixture
def scene(make: Factory) -> Scene:
    return lay_out(make)


def open_page(page: Page, sign_in: SignIn, scene: Scene) -> Page:
    sign_in(page, scene.student.user)
    page.goto("/my")
    page.get_by_role("link", name="Fortæl, hvor du helst vil i praktik").or_(
        page.get_by_role("link", name="Dine ønsker til praktikken")
    ).first.click()
    return page


def button(page: Page, verb: str, offer_id: int) -> Locator:
    return page.locator(f'button[name="{verb}"][value="{offer_id}"]')


def names(page: Page) -> Locator:
    return page.locator("ol.ranking h3")


def kept(session: Session, scene: Scene) -> list[int]:
    session.rollback()
    return preferences.ranking(preferences.kept_of(session, scene.student))


def test_student_ranks_by_keyboard_alone(page: Page, sign_in: SignIn, session: Session, scene: Scene) -> None:
    open_page(page, sign_in, scene)
    for offer_id in scene.ids:
        tab_to(button(page, "add", offer_id))
        page.keyboard.press("Enter")
        expect(button(page, "up", offer_id)).to_be_visible()
    tab_to(button(page, "up", scene.ids[2]))
    for place in (2, 1):
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text(f"Team Vest er nu nr. {place} af 3.")
        expect(button(page, "up", scene.ids[2])).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(names(page)).to_have_text(["Team Nord", "Team Vest", "Team Syd"])
    expect(button(page, "down", scene.ids[2])).to_be_focused()
    assert kept(session, scene) == [scene.ids[0], scene.ids[2], scene.ids[1]]
    assert_good_page(page)


def test_student_ranks_by_drag(
    page: Page, sign_in: SignIn, session: Session, make: Factory, scene: Scene
) -> None:
    wishes_of(make, scene.student, ranked=scene.ids)
    open_page(page, sign_in, scene)
    items = page.locator("[data-ranked]")
    items.nth(2).locator("[data-handle]").drag_to(items.nth(0), target_position={"x": 40, "y": 4})
    expect(page.get_by_role("status")).to_contain_text("Team Vest er nu nr. 1 af 3.")
    expect(names(page)).to_have_text(["Team Vest", "Team Nord", "Team Syd"])
    assert kept(session, scene) == [scene.ids[2], *scene.ids[:2]]
    items.nth(0).locator("[data-handle]").drag_to(page.get_by_role("heading", level=1))
    expect(names(page)).to_have_text(["Team Vest", "Team Nord", "Team Syd"])


def test_student_ranks_without_javascript(
    page_without_js: Page, sign_in: SignIn, session: Session, scene: Scene
) -> None:
    page = open_page(page_without_js, sign_in, scene)
    for offer_id in scene.ids:
        button(page, "add", offer_id).click()
    button(page, "up", scene.ids[2]).click()
    expect(names(page)).to_have_text(["Team Nord", "Team Vest", "Team Syd"])
    expect(page.get_by_text("Team Vest er nu nr. 2 af 3.")).to_be_visible()
    assert [kept(session, scene).index(offer_id) for offer_id in scene.ids] == [0, 2, 1]
    assert NAMES == ("Team Nord", "Team Syd", "Team Vest")


def test_unsaved_days_survive_a_move_and_an_excluded_unit_leaves_the_order(
    page: Page, sign_in: SignIn, session: Session, make: Factory, scene: Scene
) -> None:
    wishes_of(make, scene.student, ranked=scene.ids)
    open_page(page, sign_in, scene)
    page.get_by_label("Tirsdag").check()
    button(page, "down", scene.ids[0]).click()
    expect(names(page)).to_have_text(["Team Syd", "Team Nord", "Team Vest"])
    page.locator("#excluded").get_by_label("Team Syd").check()
    page.locator("#excluded").get_by_role("button", name="Gem").click()
    expect(names(page)).to_have_text(["Team Nord", "Team Vest"])
    expect(page.get_by_label("Tirsdag")).to_be_checked()
    with page.expect_response("**/terms"):
        page.locator("#terms").get_by_role("button", name="Gem").click()
    session.rollback()
    wish = preferences.of_cohort(session, scene.cohort)[scene.student.id]
    assert (wish.ranks, wish.weekdays) == ({scene.ids[0]: 1, scene.ids[2]: 2}, {1})
    assert wish.excluded_unit_ids == {scene.offers[1].unit_id}
