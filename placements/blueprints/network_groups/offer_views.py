"""Offers of places: to those who are ticked, or to everybody on the list in one step."""

from __future__ import annotations

from flask import request
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from placements.access import current_user, roles_allowed
from placements.blueprints.network_groups import bp
from placements.blueprints.network_groups.forms import OfferAllForm, OfferForm
from placements.blueprints.network_groups.views import list_page, listed
from placements.clock import now
from placements.db import db
from placements.domain import network_groups, network_offers, network_places, network_queue
from placements.web import attempt, back_to, fragment_or_redirect, get_or_404, page_or_fragment

Answer = str | Response | tuple[str, int]


@bp.post("/network-groups/offers")
@roles_allowed("coordinator", "teacher")
def offer() -> Answer:
    """One group to everybody who is ticked."""
    session, form = db.session(), OfferForm()
    listed(form)
    made: list[object] = []

    def action() -> None:
        group = get_or_404(network_groups.run_by(current_user), int(form.group_id.data))
        people = network_places.chosen(session, current_user, form.chosen_ids)
        made.extend(network_groups.offer_places(session, group, people, now=now()))

    if refused := attempt(form, action):
        return list_page(form, refused)
    db.session.commit()
    return fragment_or_redirect(
        "network_groups/_groups.html",
        "/network-groups#to-be-offered",
        message=ngettext(
            "Én har fået tilbudt en plads og får en mail.",
            "%(num)s har fået tilbudt en plads og får hver en mail.",
            len(made),
        ),
        offered=True,
        **listed(OfferForm(formdata=None)),
    )


# To everybody


def _all_page(form: OfferAllForm, status: int = 200) -> tuple[str, int]:
    plan = network_offers.plan(db.session(), form.groups, form.people)
    form.plan.data = plan.fingerprint
    return page_or_fragment(
        "network_groups/offer_all.html", "network_groups/_plan.html", status, form=form, plan=plan
    )


def _all_form(slug: str, **values: object) -> OfferAllForm:
    session = db.session()
    first = network_places.to_be_offered(session, current_user)
    groups = network_groups.groups_for(session, current_user, first, slug)
    free = network_queue.free_seats(session, [group.id for group in groups])
    return OfferAllForm(**values).among(slug, first, groups, free)


@bp.get("/network-groups/offer-all")
@roles_allowed("coordinator", "teacher")
def offer_all() -> Answer:
    """Who would get what in the groups that are ticked."""
    return _all_page(_all_form(request.args.get("programme", ""), formdata=request.args or None))


@bp.post("/network-groups/offer-all")
@roles_allowed("coordinator", "teacher")
def send_all() -> Answer:
    form = _all_form(request.form.get("programme", ""))
    made: list[network_offers.Plan] = []

    def action() -> None:
        made.append(
            network_groups.offer_to_all(
                db.session(), form.groups, form.people, fingerprint=str(form.plan.data), now=now()
            )
        )

    if refused := attempt(form, action):
        return _all_page(form, refused)
    db.session.commit()
    return back_to("/network-groups#to-be-offered", message=_said(made[0]))


def _said(plan: network_offers.Plan) -> str:
    offered = gettext("%(num)s har fået tilbudt en plads og får en mail.", num=plan.seated)
    if not plan.waiting:
        return str(offered)
    return f"{offered} {gettext('%(num)s står på venteliste.', num=plan.waiting)}"
