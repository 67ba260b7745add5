"""Reviewing: blind to each other by every route, conflicts respected, interviews, the ranking and moves."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placements.clock import now
from placements.db import writing
from placements.domain import application_lists, applications
from placements.models.application_reviews import (
    ApplicationConflict,
    ApplicationDeviation,
    ApplicationInterview,
    ApplicationNote,
    ApplicationReview,
    ApplicationScore,
)
from placements.models.applications import Application, ApplicationStatus
from placements.models.cohorts import Cohort
from placements.models.looks import Look
from placements.models.programmes import CriterionKind
from placements.models.users import User
from tests.blueprints.filled_forms import filled
from tests.conftest import Client
from tests.factories import Factory
from tests.mailbox import Mailbox

As = Callable[[User], Client]
Count = Callable[[Callable[[], object]], int]
PLANTED = "Sølvgran"


class Scene:
    """A cohort whose coordinator and teacher both read Asta's application."""

    def __init__(self, make: Factory, as_user: As) -> None:
        self.make, self.as_user = make, as_user
        self.programme = make.programme()
        for key, kind in (("danish", CriterionKind.DECLARED), ("wish", CriterionKind.REVIEWED)):
            make.criterion(self.programme, key, kind)
        self.cohort: Cohort = make.window(make.cohort(self.programme, slug="viborg-2025"))
        self.coordinator = make.coordinator(self.programme)
        self.teacher = make.teacher(self.programme)
        self.asta = self.applied("Asta Ager")

    def applied(self, name: str) -> Application:
        return self.make.application(self.cohort, name, reference=f"2025-{name.split()[0].upper()}")

    def post(self, user: User, path: str, page: str = "", **typed: str) -> int:
        """The form on a page, filled in by this person."""
        browser = self.as_user(user)
        form = filled(browser.get(page or path).text, path).to_dict() | typed
        return browser.post(path, data=form).status_code

    def token(self, application: Application) -> str:
        with writing():
            token = applications.make_link(self.make.session, application.id, now=now())
            self.make.session.commit()
        return token


@pytest.fixture
def scene(make: Factory, as_user: As) -> Scene:
    return Scene(make, as_user)


def pages(app: Flask, scene: Scene, user: User) -> dict[str, str]:
    """Every page of applications that can be asked for, as this person is answered."""
    values = {
        "application_id": scene.asta.id,
        "slug": scene.cohort.slug,
        "token": scene.token(scene.asta),
        "key": "contact",
    }
    found = {}
    for rule in app.url_map.iter_rules():
        asked = "GET" in (rule.methods or ()) and rule.rule.startswith(("/application", "/apply"))
        if asked and rule.arguments <= set(values):
            path = app.url_map.bind("").build(rule.endpoint, {k: values[k] for k in rule.arguments})
            found[rule.rule] = scene.as_user(user).get(path).data.decode(errors="replace")
    return found


def naming(found: dict[str, str], word: str) -> list[str]:
    return sorted(route for route, page in found.items() if word in page)


def review(scene: Scene, user: User, points: str, reason: str, *, send: bool) -> int:
    page = f"/applications/{scene.asta.id}"
    typed = {"points_1": points, "reason_1": reason} | ({"send": "1"} if send else {})
    return scene.post(user, f"{page}/review", page, **typed)


def test_nobody_sees_anothers_scores_before_all_are_in(app: Flask, scene: Scene, session: Session) -> None:
    """By any route, whether draft or submitted; also not whoever coordinates."""
    for person in (scene.coordinator, scene.teacher):
        scene.make.review(scene.asta, person)
    assert review(scene, scene.teacher, "4", f"{PLANTED} kladde", send=False) == 303
    assert naming(pages(app, scene, scene.teacher), PLANTED) == ["/applications/<int:application_id>"]
    assert review(scene, scene.teacher, "4", PLANTED, send=True) == 303
    note = {"text": f"{PLANTED} i samtalen"}
    page = f"/applications/{scene.asta.id}"
    assert scene.post(scene.teacher, f"{page}/notes", page, **note) == 303
    asked = pages(app, scene, scene.coordinator)
    assert (naming(asked, PLANTED), naming(asked, "4,00")) == ([], [])
    assert len(asked) >= 9
    assert review(scene, scene.coordinator, "2", "Fordi.", send=True) == 303
    asked = pages(app, scene, scene.coordinator)
    assert naming(asked, PLANTED) == ["/applications/<int:application_id>"]
    assert naming(asked, "3,00") == ["/applications/cohort/<slug>/ranking"]
    assert review_is_final(scene)
    kept = [
        reason
        for reason in session.scalars(select(ApplicationScore.reason).order_by(ApplicationScore.id))
        if reason
    ]
    assert [PLANTED in reason for reason in kept] == [False, False]


def review_is_final(scene: Scene) -> bool:
    data = {"points_1": "5", "reason_1": "Nej", "version": "3"}
    answer = scene.as_user(scene.teacher).post(f"/applications/{scene.asta.id}/review", data=data)
    return answer.status_code == 422 and "kan ikke ændres" in answer.text


@pytest.mark.usefixtures("with_csrf")
def test_review_without_a_token_is_refused(scene: Scene, make: Factory) -> None:
    make.review(scene.asta, scene.teacher)
    answer = scene.as_user(scene.teacher).post(
        f"/applications/{scene.asta.id}/review", data={"points_1": "1"}
    )
    assert answer.status_code == 400
    assert review(scene, scene.teacher, "4", "Fordi.", send=True) == 303


def test_submit_asks_for_points_and_a_reason(scene: Scene, session: Session) -> None:
    scene.make.review(scene.asta, scene.teacher)
    assert review(scene, scene.teacher, "3", "", send=True) == 422
    page = scene.as_user(scene.teacher).post(f"/applications/{scene.asta.id}/review", data={"send": "1"}).text
    assert [
        page.count(f">Kravet om wish. – {told}<")
        for told in ("Vælg et tal fra 1 til 5.", "Skriv kort hvorfor.")
    ] == [1, 1]
    assert review(scene, scene.teacher, "6", "Fordi.", send=True) == 422
    assert review(scene, scene.teacher, "3", "010190-1234", send=False) == 422
    assert session.execute(select(func.count(ApplicationScore.id))).scalar_one() == 0


def test_conflict_takes_the_application_away_by_every_route(
    app: Flask, scene: Scene, session: Session, make: Factory
) -> None:
    """Of a coordinator too. A third reads it instead, and the reason is nobody's business."""
    third = make.grant(make.user("Tredje"), "teacher", programme=scene.programme)
    for person in (scene.coordinator, scene.teacher):
        make.review(scene.asta, person, 4)
    make.interview(scene.cohort, scene.asta)
    scene.applied("Bo Berg")
    page = f"/applications/{scene.asta.id}"
    assert scene.post(scene.coordinator, f"{page}/conflict", page) == 303
    reading = select(ApplicationReview.reviewer_id).order_by(ApplicationReview.id)
    assert list(session.scalars(reading)) == [scene.teacher.id, third.id]
    own = {
        route: text
        for route, text in pages(app, scene, scene.coordinator).items()
        if not route.startswith("/application/<token>")
    }
    assert naming(own, "ASTA") + naming(own, "Asta") == []
    assert naming({route: own[route] for route in own if "application_id" not in route}, page) == []
    for path in (page, f"{page}/place"):
        assert scene.as_user(scene.coordinator).get(path).status_code == 404
    assert session.execute(select(func.count(ApplicationConflict.id))).scalar_one() == 1
    scene.as_user(scene.coordinator).post(f"/applications/cohort/{scene.cohort.slug}/assign")
    assert scene.coordinator.id not in set(
        session.scalars(
            select(ApplicationReview.reviewer_id).where(ApplicationReview.application_id == scene.asta.id)
        )
    )


def test_nobody_sees_their_own_by_any_route(app: Flask, scene: Scene, make: Factory) -> None:
    """Also whoever got an account after having applied, in another way to write the address."""
    make.fee(scene.programme)
    said = {"email": "Rie.Rask@Example.org", "municipality": "Silkeborg"}
    scene.asta = make.application(scene.cohort, "Rie Rask", reference="2025-RIE", answers=said)
    make.payment(scene.asta)
    make.decision(scene.asta)
    make.interview(scene.cohort, scene.asta)
    later = make.user("R. R.", email="rie.rask@example.org")
    make.grant(later, "teacher", programme=scene.programme)
    make.grant(later, "coordinator", programme=scene.programme)
    for person in (later, scene.teacher):
        make.review(scene.asta, person, 4)
    lists = [
        "/applications",
        *(f"/applications/cohort/viborg-2025/{name}" for name in ("ranking", "decisions", "payments")),
    ]
    for path in lists:
        page = scene.as_user(scene.coordinator).get(path).text
        assert "2025-RIE" in page or "Rie Rask" in page
    own = {
        route: page
        for route, page in pages(app, scene, later).items()
        if not route.startswith("/application/<token>")
    }
    assert (naming(own, "2025-RIE"), naming(own, "Rie Rask")) == ([], [])
    elsewhere = {route: page for route, page in own.items() if "application_id" not in route}
    assert naming(elsewhere, f"/applications/{scene.asta.id}") == []
    assert scene.as_user(later).get(f"/applications/{scene.asta.id}").status_code == 404


def test_applications_are_found_by_their_state(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, make: Factory
) -> None:
    """The choice stays while paging; a draft is nobody's to ask for, and what is no state filters nothing."""
    monkeypatch.setattr(application_lists, "A_PAGE", 1)
    for name in ("Bo Berg", "Cai Carl"):
        scene.applied(name).status = ApplicationStatus.WAITING
    make.application(scene.cohort, "Dan Dahl", status=ApplicationStatus.DRAFT, reference=None)
    browser = scene.as_user(scene.coordinator)

    def found(path: str) -> tuple[list[str], list[str]]:
        text = browser.get(path).text
        following = re.findall(r'rel="next" href="([^"]+)"', text)
        return re.findall(r"2025-[A-Z]+", re.sub(r"<a [^>]+>", "", text)), [
            html.unescape(one) for one in following
        ]

    names, following = found("/applications?status=waiting")
    assert (names, len(following)) == (["2025-BO"], 1)
    assert found(following[0]) == (["2025-CAI"], [])
    assert found("/applications?status=rejected") == ([], [])
    assert [found(f"/applications?status={none}")[0] for none in ("", "draft", "x")] == [["2025-ASTA"]] * 3


def test_looks_at_the_lists_are_written_down(scene: Scene, session: Session) -> None:
    browser, noted = scene.as_user(scene.coordinator), []
    address = f"/applications/cohort/{scene.cohort.slug}"
    for path in ("/applications", f"{address}/ranking", f"{address}/interviews"):
        assert browser.get(path).status_code == 200
        session.rollback()
        noted.append(session.scalars(select(Look.noun).where(Look.record_id == scene.cohort.id)).all())
    assert noted == [["cohort_applications"], ["cohort_applications"] * 2, ["cohort_applications"] * 3]


def test_anonymous_review_hides_who_it_is(scene: Scene, make: Factory) -> None:
    make.review_plan(scene.cohort, anonymous=True)
    make.review(scene.asta, scene.teacher)
    asta = make.application(
        scene.cohort, "Bo Berg", answers={"contact_name": "Carla", "written": {"wish": "Jeg vil."}}
    )
    make.review(asta, scene.teacher)
    texts = [
        scene.as_user(user).get(path).text
        for user in (scene.teacher, scene.coordinator)
        for path in ("/applications", f"/applications/{asta.id}")
    ]
    assert ["Bo Berg" in text for text in texts] == [False, False, True, True]
    assert ["Carla" in text for text in texts] == [False, False, False, True]
    assert ["20 30 40 50" in text for text in texts] == [False, False, False, True]


def test_weights_are_laid_before_scoring_and_stand_after(scene: Scene, make: Factory) -> None:
    make.criterion(scene.programme, "calm")
    address = f"/applications/cohort/{scene.cohort.slug}/reviewers"
    assert scene.post(scene.coordinator, address, weight_1="3") == 303
    make.review(scene.asta, scene.teacher, 1, 5)
    make.review(scene.asta, scene.coordinator, 1, 5)
    ranking = scene.as_user(scene.coordinator).get(f"/applications/cohort/{scene.cohort.slug}/ranking")
    assert "2,00" in ranking.text
    assert scene.post(scene.coordinator, address, weight_1="1") == 422
    assert scene.post(scene.coordinator, address) == 303


def test_reviewers_are_shared_out_and_set_right_by_hand(
    scene: Scene, session: Session, make: Factory
) -> None:
    third = make.grant(make.user("Tredje"), "teacher", programme=scene.programme)
    page, address = f"/applications/{scene.asta.id}", f"/applications/cohort/{scene.cohort.slug}"
    for _time in range(2):
        assert scene.post(scene.coordinator, f"{address}/assign", f"{address}/reviewers") == 303
    first = session.scalars(select(ApplicationReview).order_by(ApplicationReview.id)).all()
    assert len(first) == 2
    assert scene.post(scene.coordinator, f"{page}/reviewers", page) == 303
    assert (
        session.scalars(select(ApplicationReview.reviewer_id).order_by(ApplicationReview.id)).all()[-1]
        == third.id
    )
    remove = f"{page}/reviewers/{first[1].id}/remove"
    assert scene.post(scene.coordinator, remove, page) == 303
    assert session.execute(select(func.count(ApplicationReview.id))).scalar_one() == 2


def test_move_from_the_ranking_needs_a_reason(scene: Scene, session: Session, make: Factory) -> None:
    """It is kept with who and when, encrypted, and shown beside the ranking."""
    bo = scene.applied("Bo Berg")
    for application, points in ((scene.asta, 5), (bo, 3)):
        for person in (scene.coordinator, scene.teacher):
            make.review(application, person, points)
    address = f"/applications/{bo.id}/place"
    assert scene.post(scene.coordinator, address, place="1") == 422
    assert scene.post(scene.coordinator, address, place="2", reason="Derfor.") == 422
    assert scene.post(scene.coordinator, address, place="1", reason=PLANTED) == 303
    kept = session.scalars(select(ApplicationDeviation)).one()
    assert (kept.place, kept.author_id, PLANTED in kept.reason) == (1, scene.coordinator.id, False)
    text = scene.as_user(scene.coordinator).get(f"/applications/cohort/{scene.cohort.slug}/ranking").text
    assert PLANTED in text
    assert text.index("Bo Berg") < text.index("2025-BO") < text.index("Asta Ager") < text.index("2025-ASTA")


def test_whoever_has_an_answer_is_not_moved(scene: Scene, session: Session, make: Factory) -> None:
    """No page offers what would be refused; one who waits can still be moved."""
    bo = scene.applied("Bo Berg")
    for application in (scene.asta, bo):
        for person in (scene.coordinator, scene.teacher):
            make.review(application, person, 3)
    asta, other = (f"/applications/{one.id}/place" for one in (scene.asta, bo))
    pages = f"/applications/cohort/{scene.cohort.slug}/ranking", f"/applications/{scene.asta.id}", asta

    def shown(status: ApplicationStatus) -> tuple[list[bool], bool]:
        scene.asta.status = status
        make.keep(scene.asta)
        told = [scene.as_user(scene.coordinator).get(page).text for page in pages]
        return [f'href="{asta}"' in text or f'action="{asta}"' in text for text in told], other in told[0]

    assert shown(ApplicationStatus.WAITING) == ([True, True, True], True)
    form = filled(scene.as_user(scene.coordinator).get(asta).text, asta).to_dict()
    assert shown(ApplicationStatus.OFFERED) == ([False, False, False], True)
    refused = scene.as_user(scene.coordinator).post(asta, data=form | {"place": "2", "reason": "Nej."})
    assert (refused.status_code, "så den bliver, hvor den står" in refused.text) == (422, True)
    assert session.scalars(select(ApplicationDeviation)).all() == []


def test_applicant_books_one_time_and_the_first_gets_it(
    client: Client, scene: Scene, session: Session, mailbox: Mailbox
) -> None:
    """Interviews (D-02)."""
    address = f"/applications/cohort/{scene.cohort.slug}/interviews"
    typed = {"day": "2025-02-20", "begins": "09:00", "minutes": "30", "count": "2", "place": "Lokale 2"}
    assert scene.post(scene.coordinator, address, **typed) == 303
    assert scene.post(scene.coordinator, address, **typed) == 422
    invite = f"{address}/invite"
    assert [scene.post(scene.coordinator, invite, address) for _time in range(2)] == [303, 303]
    assert len(mailbox.all()) == 1
    assert client.get(mailbox.link()).status_code == 200
    one, two = session.scalars(select(ApplicationInterview.id).order_by(ApplicationInterview.id))
    asta, bo = (
        f"/application/{scene.token(each)}/interview" for each in (scene.asta, scene.applied("Bo Berg"))
    )
    assert client.post(asta, data={"slot_id": str(one)}).status_code == 303
    assert client.post(bo, data={"slot_id": str(one)}).status_code == 422
    assert client.post(asta, data={"slot_id": str(two)}).status_code == 303
    assert client.post(bo, data={"slot_id": str(one)}).status_code == 303
    booked = select(ApplicationInterview.application_id).order_by(ApplicationInterview.id)
    session.rollback()
    assert list(session.scalars(booked))[1] == scene.asta.id
    assert client.post(f"{bo}/cancel").status_code == 303
    session.rollback()
    assert list(session.scalars(booked)) == [None, scene.asta.id]
    told = "Vi mødes til en samtale torsdag 20. februar 2025 (uge 8) kl. 9.30-10.00, Lokale 2."
    assert told in client.get(asta.removesuffix("/interview")).text


def test_withdrawn_application_takes_its_reviews_along(
    client: Client, scene: Scene, session: Session, make: Factory
) -> None:
    make.review(scene.asta, scene.teacher, 4)
    make.interview(scene.cohort, scene.asta)
    page = f"/applications/{scene.asta.id}"
    scene.post(scene.teacher, f"{page}/notes", page, text="En note.")
    client.post(f"/application/{scene.token(scene.asta)}/withdraw")
    session.rollback()
    for model in (ApplicationReview, ApplicationScore, ApplicationNote):
        assert session.execute(select(func.count()).select_from(model)).scalar_one() == 0
    assert session.scalars(select(ApplicationInterview.application_id)).all() == [None]


def test_pages_ask_no_more_for_three_than_for_one(scene: Scene, make: Factory, query_count: Count) -> None:
    people = (scene.coordinator, scene.teacher)
    for person in people:
        make.review(scene.asta, person, 4)
    make.interview(scene.cohort, scene.asta)
    paths = ["/applications", "/applications?status=submitted"] + [
        f"/applications/cohort/{scene.cohort.slug}/{page}" for page in ("reviewers", "ranking", "interviews")
    ]
    browser = scene.as_user(scene.coordinator)
    one = [query_count(partial(browser.get, path)) for path in paths]
    for number, name in enumerate(("Bo Berg", "Cai Carl")):
        more = scene.applied(name)
        for person in people:
            make.review(more, person, 4)
        make.interview(scene.cohort, more, 11 + number)
    assert [query_count(partial(browser.get, path)) for path in paths] == one
