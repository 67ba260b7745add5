"""Each task of a host, from its mail to done: sign-in is one page, the task the other; five fields at most.

On a narrow phone, without JavaScript; from a mailbox that a ward shares (row 95), which asks one thing more
than a person's own address does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from playwright.sync_api import Locator, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.clock import now
from placements.domain import history, hours
from placements.domain.hours_weeks import Line
from placements.models.agreement_remarks import AgreementRemark
from placements.models.agreements import AgreementSignature
from placements.models.hours import Activity, HoursWeek
from placements.models.placements import Placement, PlacementStatus
from tests.browser.guards import assert_no_sideways_scroll
from tests.browser.test_host_in_two_pages import Walk, asked, do, propose, send_agreement, walk
from tests.factories import Factory

__all__ = ["asked", "walk"]
VISIBLE = "input:visible, select:visible, textarea:visible"
ACCEPTED, DECLINED = PlacementStatus.ACCEPTED, PlacementStatus.DECLINED


def accepted_without_supervisor(session: Session, placement: Placement) -> None:
    """The mail that asked leads to naming the supervisor as well, as long as nobody is named."""
    propose(session, placement)

    def act() -> None:
        session.get_one(Placement, placement.id).status = ACCEPTED

    do(session, act)


def send_hours(session: Session, placement: Placement) -> None:
    def act() -> None:
        record = session.get_one(Placement, placement.id)
        record.status = PlacementStatus.ACTIVE
        day = record.starts_on
        lines = [Line(day, Activity.INDIVIDUAL, 180)]
        week = hours.write(
            session, record, day, lines=lines, note=None, version=0, today=max(day, date(2025, 2, 3))
        )
        session.flush()
        hours.submit(session, week, now=now())

    do(session, act)


def accept(form: Locator) -> None:
    form.get_by_label("Praktikvejleder (valgfrit)", exact=True).select_option("Vita Vejleder")


def decline(form: Locator) -> None:
    form.get_by_label("Begrundelse").fill("Afsnittet flytter i foråret.")


def name_supervisor(form: Locator) -> None:
    form.get_by_label("Praktikvejleder").select_option("Vita Vejleder")


def say_what_does_not_fit(form: Locator) -> None:
    form.get_by_label("Hvad passer ikke?").fill("Telefonnummeret er et andet.")


def sign(form: Locator) -> None:
    form.get_by_label("Jeg har læst aftalen og er enig").check()


def leave_as_it_is(form: Locator) -> None:
    """Every week is ticked already."""


@dataclass(frozen=True)
class Job:
    """`opens` is what is folded away, `ends` the button, `kept` what is stored afterwards."""

    prepare: Callable[[Session, Placement], None]
    action: str
    fill: Callable[[Locator], None]
    ends: str
    kept: Callable[[Session, Placement], object]
    opens: str = ""


def state_of(session: Session, placement: Placement) -> tuple[PlacementStatus, bool]:
    record = session.get_one(Placement, placement.id)
    return record.status, record.supervisor_id is not None


JOBS = {
    "accept": Job(
        propose, "/accept", accept, "Sig ja til pladsen", lambda s, p: state_of(s, p) == (ACCEPTED, True)
    ),
    "decline": Job(
        propose, "/decline", decline, "Sig nej", lambda s, p: state_of(s, p)[0] is DECLINED, "Sig nej tak"
    ),
    "name the supervisor": Job(
        accepted_without_supervisor,
        "/supervisor",
        name_supervisor,
        "Gem praktikvejleder",
        lambda s, p: state_of(s, p) == (ACCEPTED, True),
    ),
    "check the data": Job(
        send_agreement,
        "/agreement/remarks/new",
        say_what_does_not_fit,
        "Send til koordinatoren",
        lambda s, p: s.scalar(select(AgreementRemark.text)) == "Telefonnummeret er et andet.",
        "Noget passer ikke",
    ),
    "sign": Job(
        send_agreement,
        "/agreement/sign",
        sign,
        "Underskriv aftalen",
        lambda s, p: s.scalar(select(AgreementSignature.id)) is not None,
    ),
    "confirm hours": Job(
        send_hours,
        "/hours/confirm",
        leave_as_it_is,
        "Bekræft de valgte uger",
        lambda s, p: s.scalar(select(HoursWeek.confirmed_by_name)) is not None,
    ),
}


CASES = [(name, True) for name in JOBS] + [("decline", False), ("confirm hours", False)]


@pytest.mark.parametrize(
    ("name", "shared"), CASES, ids=[f"{name}, {'shared' if shared else 'own'}" for name, shared in CASES]
)
def test_task_is_done_on_the_second_page(
    walk: Walk, asked: Placement, session: Session, make: Factory, name: str, shared: bool
) -> None:
    job = JOBS[name]
    if shared:
        do(session, lambda: setattr(session.merge(walk.host), "shared", True))
    job.prepare(session, asked)
    walk.page.set_viewport_size({"width": 320, "height": 700})
    walk.from_the_mail()
    if job.opens:
        walk.page.get_by_text(job.opens, exact=True).click()
    form = walk.page.locator(f'form[action$="{job.action}"]')
    job.fill(form)
    if shared:
        form.get_by_label("Navn, hvis du ikke står på listen").fill("Bo Berg")
    assert form.locator(VISIBLE).count() <= 5
    assert_no_sideways_scroll(walk.page)
    assert len(walk.pages) == 2, walk.pages
    form.get_by_role("button", name=job.ends, exact=True).click()
    expect(walk.page.locator("#status .message, .message-good").first).to_be_visible()
    session.rollback()
    assert job.kept(session, asked)
    newest = history.of(session, session.get_one(Placement, asked.id))[0].actor
    assert newest == (f"Bo Berg ({walk.host.name})" if shared else walk.host.name)
