"""A new amendment: first its kind, then what belongs to that kind and why."""

from __future__ import annotations

from flask import abort, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from placements.access import current_user, roles_allowed
from placements.blueprints.amendments import bp
from placements.blueprints.amendments.forms import AmendmentForm
from placements.clock import today
from placements.db import db
from placements.domain import amendment_choices, amendments, placements
from placements.domain.amendment_terms import Wanted
from placements.domain.rules import expect_version
from placements.models.amendments import Amendment, AmendmentKind, InterruptionCause
from placements.models.placements import Placement
from placements.web import attempt, back_to, get_or_404

Answer = str | BaseResponse | tuple[str, int]


def _coordinated(placement_id: int) -> Placement:
    return get_or_404(placements.coordinated_by(current_user), placement_id)


def _kind(placement: Placement) -> AmendmentKind | None:
    """The one chosen in the address; another word than the kinds' is nowhere."""
    asked = request.args.get("kind", "")
    kinds = {kind.value: kind for kind in amendment_choices.kinds_for(placement)}
    if asked and asked not in kinds:
        abort(404)
    return kinds.get(asked)


def _form(placement: Placement, kind: AmendmentKind) -> AmendmentForm:
    choices = amendment_choices.choices(db.session(), placement, kind, today=today())
    return AmendmentForm.on(placement, kind, choices)


def _page(placement: Placement, kind: AmendmentKind, form: AmendmentForm, status: int = 200) -> Answer:
    return render_template("amendments/new.html", placement=placement, kind=kind, form=form), status


def _wanted(form: AmendmentForm, kind: AmendmentKind) -> Wanted:
    typed = {name: value for name, value in form.data.items() if name in Wanted.__dataclass_fields__}
    cause = typed.pop("cause", None)
    return Wanted(kind=kind, **typed, cause=InterruptionCause(cause) if cause else None)


def _id(form: AmendmentForm, name: str) -> int | None:
    return int(form[name].data) if name in form and form[name].data else None


def _draft(placement: Placement, kind: AmendmentKind, form: AmendmentForm) -> Amendment:
    session = db.session()
    wanted = amendment_choices.chosen_records(
        session,
        amendment_choices.with_end(_wanted(form, kind), placement),
        unit_id=_id(form, "unit_id"),
        supervisor_id=_id(form, "supervisor_id"),
    )
    amendment = amendments.draft(session, placement, wanted, today=today())
    expect_version(placement, form.version_number)
    return amendment


def _show_new_end(placement: Placement, kind: AmendmentKind, form: AmendmentForm) -> None:
    """The day that was told stands in the field, to be saved or put right."""
    if "paused_from" in form and not form.ends_on.data:
        form.ends_on.process_data(amendment_choices.suggested_end(_wanted(form, kind), placement))


@bp.get("/new")
@roles_allowed("coordinator")
def new(placement_id: int) -> Answer:
    placement = _coordinated(placement_id)
    kind = _kind(placement)
    if kind is not None:
        return _page(placement, kind, _form(placement, kind))
    kinds = amendment_choices.kinds_for(placement)
    may_begin = amendments.may_begin(db.session(), placement)
    return render_template("amendments/kinds.html", placement=placement, kinds=kinds, may_begin=may_begin)


@bp.post("/new")
@roles_allowed("coordinator")
def create(placement_id: int) -> Answer:
    placement = _coordinated(placement_id)
    kind = _kind(placement)
    if kind is None:
        abort(404)
    form = _form(placement, kind)
    made: list[Amendment] = []
    if refused := attempt(form, lambda: made.append(_draft(placement, kind, form))):
        _show_new_end(placement, kind, form)
        return _page(placement, kind, form, refused)
    db.session.commit()
    return back_to(
        amendments.page_of(made[0]), message=gettext("Tillægget er skrevet. Læs det, og send det.")
    )
