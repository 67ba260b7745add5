"""The list of offers, one offer's page, and the way from draft to closed."""

from __future__ import annotations

from collections.abc import Callable

from flask import render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.offers import bp
from placements.blueprints.offers.forms import (
    CopyForm,
    ExceptionForm,
    NewOfferForm,
    OfferFilter,
    OfferForm,
    VersionForm,
)
from placements.clock import now, today
from placements.db import db
from placements.domain import (
    history,
    host_directory,
    offer_copies,
    offer_list,
    offer_tasks,
    offer_terms,
    offers,
    task_shares,
)
from placements.domain.rules import expect_version
from placements.history_words import tell
from placements.models.cohorts import Cohort
from placements.models.hosts import Unit
from placements.models.offers import Accessibility, Offer, WayOfWorking
from placements.web import asked_id, attempt, back_to, get_or_404, page_or_fragment
from placements.words import choices

Answer = str | Response | tuple[str, int]


@bp.get("/offers")
@roles_allowed("coordinator", "host")
def index() -> Answer:
    session, after = db.session(), request.args.get("after", type=asked_id)
    wanted = OfferFilter(request.args).among(offers.cohorts_to_filter(session, current_user))
    found = offer_list.page(session, current_user, wanted.wanted(), day=today(), after=after)
    cohort = wanted.chosen_cohort
    return page_or_fragment(
        "offers/index.html",
        "offers/_table.html",
        found=found,
        wanted=wanted,
        tags=[(label, value, wanted.address(without=name)) for name, label, value in wanted.in_words()],
        sectors=offers.balance(session, current_user, cohort) if cohort else {},
        next_href=wanted.address(after=found.after) if found.after else "",
        first_href=wanted.address() if after else "",
    )


def _offer(offer_id: int) -> Offer:
    return get_or_404(offers.visible_to(current_user), offer_id)


@bp.get("/offers/<int:offer_id>")
@roles_allowed("coordinator", "host")
def show(offer_id: int) -> Answer:
    return _page(_offer(offer_id))


def _page(offer: Offer, form: ExceptionForm | None = None) -> str:
    session, plan = db.session(), offer_terms.plan_of(offer)
    may_except = offer_tasks.may_except(current_user, offer)
    return render_template(
        "offers/show.html",
        plan=plan,
        plan_minutes=offer_terms.minutes_of(plan),
        places=choices(Accessibility),
        share=task_shares.peer_share(offer.task_lines),
        exception=offer_tasks.exception_to(offer),
        lacks_exception=offer_tasks.lacks_exception(offer),
        exception_form=form or (ExceptionForm(version=offer.version, formdata=None) if may_except else None),
        offer=offer,
        left=offers.open_seats(session, [offer.id])[offer.id],
        placed=offer_list.placed(session, current_user, offer.id),
        ways=choices(WayOfWorking),
        verbs=offers.verbs_for(offer),
        may_edit=offers.is_editable(offer),
        may_place=offers.may_place(current_user, offer),
        entries=tell(session, history.of(session, offer)),
    )


@bp.get("/offers/new")
@roles_allowed("coordinator", "host")
def new() -> Answer:
    form = _new_form(unit_id=request.args.get("unit", ""), cohort_id=request.args.get("cohort", ""))
    earlier = offer_copies.earlier(db.session(), current_user, current_user.unit_ids)
    return render_template("offers/new.html", form=form, earlier=earlier)


def _wants_more() -> bool:
    """The button for more lines was pressed: nothing is to be saved yet."""
    return "more" in request.form


def _new_form(**values: str) -> NewOfferForm:
    units = host_directory.names(db.session(), current_user, day=today())
    cohorts = offers.offerable_cohorts(db.session(), current_user, today=today())
    return NewOfferForm(**values).among(units, cohorts)


@bp.post("/offers/new")
@roles_allowed("coordinator", "host")
def create() -> Answer:
    form, session = _new_form(), db.session()
    if _wants_more():
        return render_template("offers/new.html", form=form.with_more_lines())
    made: list[Offer] = []

    def action() -> None:
        unit = session.get_one(Unit, int(form.unit_id.data))
        cohort = session.get_one(Cohort, int(form.cohort_id.data))
        made.append(offers.create(session, unit, cohort, **form.values()))

    if refused := attempt(form, action):
        return render_template("offers/new.html", form=form), refused
    session.commit()
    said = gettext("Pladserne er gemt som kladde. Frigiv dem, når de er klar til de studerende.")
    return back_to(f"/offers/{made[0].id}", message=said)


@bp.get("/offers/<int:offer_id>/edit")
@roles_allowed("coordinator", "host")
def edit(offer_id: int) -> Answer:
    offer = _offer(offer_id)
    return render_template("offers/edit.html", offer=offer, form=OfferForm(obj=offer))


@bp.post("/offers/<int:offer_id>/edit")
@roles_allowed("coordinator", "host")
def save(offer_id: int) -> Answer:
    offer = _offer(offer_id)
    form = OfferForm(obj=offer)
    if _wants_more():
        return render_template("offers/edit.html", offer=offer, form=form.with_more_lines())

    def action() -> None:
        expect_version(offer, form.version_number)
        offers.edit(db.session(), offer, **form.values())

    if refused := attempt(form, action, record=offer):
        return render_template("offers/edit.html", offer=offer, form=form), refused
    db.session.commit()
    return back_to(f"/offers/{offer.id}", message=gettext("Praktikpladserne er gemt."))


@bp.post("/offers/<int:offer_id>/release")
@roles_allowed("coordinator", "host")
def release(offer_id: int) -> Answer:
    said = gettext("Pladserne er frigivet. Nu kan der placeres studerende på dem.")
    return _move(_offer(offer_id), offers.release, said)


@bp.post("/offers/<int:offer_id>/close")
@roles_allowed("coordinator", "host")
def close(offer_id: int) -> Answer:
    said = gettext("Der er lukket for flere. De forløb, der er på pladserne, fortsætter.")
    return _move(_offer(offer_id), offers.close, said)


def _move(offer: Offer, verb: Callable[[Offer], None], said: str) -> Answer:
    expect_version(offer, VersionForm().version_number)
    verb(offer)
    db.session.commit()
    return back_to(f"/offers/{offer.id}", message=said)


# To a new cohort, and an exception


def _copy_form(offer: Offer) -> CopyForm:
    found = offer_copies.cohorts_for(db.session(), current_user, offer, today=today())
    return CopyForm().among(found)


@bp.get("/offers/<int:offer_id>/copy")
@roles_allowed("coordinator", "host")
def ask_for_cohort(offer_id: int) -> Answer:
    offer = _offer(offer_id)
    return render_template("offers/copy.html", offer=offer, form=_copy_form(offer))


@bp.post("/offers/<int:offer_id>/copy")
@roles_allowed("coordinator", "host")
def copy(offer_id: int) -> Answer:
    offer, session = _offer(offer_id), db.session()
    form = _copy_form(offer)
    made: list[Offer] = []

    def action() -> None:
        cohort = session.get_one(Cohort, int(form.cohort_id.data))
        made.append(offer_copies.copy(session, offer, cohort))

    if refused := attempt(form, action):
        return render_template("offers/copy.html", offer=offer, form=form), refused
    session.commit()
    said = gettext("Her er kladden til det nye hold. Se den igennem, og frigiv pladserne.")
    return back_to(f"/offers/{made[0].id}", message=said)


@bp.post("/offers/<int:offer_id>/exception")
@roles_allowed("coordinator")
def grant_exception(offer_id: int) -> Answer:
    offer = get_or_404(offer_tasks.coordinated_by(current_user), offer_id)
    form = ExceptionForm()

    def action() -> None:
        expect_version(offer, form.version_number)
        offer_tasks.grant_exception(offer, current_user, reason=form.reason.data or "", now=now())

    if refused := attempt(form, action, record=offer):
        return _page(offer, form), refused
    db.session.commit()
    return back_to(f"/offers/{offer.id}", message=gettext("Undtagelsen er gemt. Nu kan pladserne frigives."))
