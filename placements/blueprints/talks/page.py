"""What the pages about talks hold, for each of those who may see them."""

from __future__ import annotations

from typing import Any

from flask import abort

from placements.access import current_user
from placements.blueprints.talks.forms import AnswerForm, MarksForm, PlanForm, TalkForm, marks_form
from placements.clock import today
from placements.db import db
from placements.domain import placements, talk_states, talks
from placements.models.placements import Placement
from placements.models.talks import Talk, TalkKind
from placements.models.users import Role


def kind_of(text: str) -> TalkKind:
    return talks.kind_called(text) or abort(404)


def known(placement: Placement, kind: TalkKind) -> Talk | None:
    visible = talks.visible_to(current_user)
    return db.session.scalar(talks.of_kind(visible, placement, kind))


def _writes(placement: Placement) -> bool:
    return not talks.is_own(placement, current_user)


def overview(placement: Placement) -> dict[str, Any]:
    """Both talks: what each holds, or the day it is suggested for."""
    return {
        "placement": placement,
        "own": talks.is_own(placement, current_user),
        "begun": talks.is_begun(placement),
        "lines": [(kind, known(placement, kind), talks.suggested_day(placement, kind)) for kind in TalkKind],
    }


def words_form(placement: Placement, kind: TalkKind, talk: Talk | None) -> TalkForm:
    """As it is kept; for a talk that nobody has written, the suggested day."""
    if talk is not None:
        return TalkForm(formdata=None, obj=talk)
    return TalkForm(
        formdata=None, data={"version": 0, "held_on": min(today(), talks.suggested_day(placement, kind))}
    )


def _plan_form(placement: Placement, kind: TalkKind, talk: Talk | None) -> PlanForm:
    if talk is not None:
        return PlanForm(formdata=None, obj=talk)
    return PlanForm(formdata=None, data={"version": 0, "held_on": talks.suggested_day(placement, kind)})


def _answer_form(placement: Placement, talk: Talk | None) -> AnswerForm | None:
    if talk is None or _writes(placement) or not talk_states.is_waiting(talk):
        return None
    return AnswerForm(formdata=None, data={"version": talk.version})


def values(placement: Placement, kind: TalkKind, talk: Talk | None, **forms: Any) -> dict[str, Any]:
    """One talk: to its writers as a form until it is shared, then as it was shared."""
    writes = _writes(placement) and talks.is_begun(placement) and talk_states.is_writable(talk)
    waits = talk_states.is_waiting(talk)
    coordinates = placements.speaks_as(placement, current_user) is Role.COORDINATOR
    may_plan = coordinates and writes and not talk_states.is_written(talk)
    return {
        "placement": placement,
        "kind": kind,
        "talk": talk,
        "own": talks.is_own(placement, current_user),
        "begun": talks.is_begun(placement),
        "shared": talk_states.is_shared(talk),
        "form": words_form(placement, kind, talk) if writes and "form" not in forms else None,
        "answer_form": _answer_form(placement, talk) if "answer_form" not in forms else None,
        "may_take_back": waits and _writes(placement),
        "may_close": coordinates and talk_states.is_disagreed(talk),
        "plan_form": _plan_form(placement, kind, talk) if may_plan and "plan_form" not in forms else None,
    } | forms


def sharing(placement: Placement, talk: Talk, form: MarksForm | None = None) -> dict[str, Any]:
    """The second page: the learning outcomes, and what is missing before it can be shared."""
    checks = talks.checks_for_share(talk, today=today())
    return {
        "placement": placement,
        "kind": talk.kind,
        "talk": talk,
        "missing": [check for check in checks if not check.met and not check.key.startswith("group_")],
        "form": form or form_of_marks(talk, formdata=None),
    }


def form_of_marks(talk: Talk, **options: Any) -> MarksForm:
    groups = talks.groups_of(talk.placement)
    form = marks_form(groups, talks.marks_of(talk), data={"version": talk.version}, **options)
    form.again = lambda: form_of_marks(talk, formdata=None)
    return form
