"""A student's own page: what stands on it, and where the focus goes after a change of the order."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_babel import gettext

from placements.access import current_user
from placements.blueprints.preferences.forms import (
    ExcludedForm,
    RankingForm,
    TermsForm,
    day_names,
    excluded_form,
    ranking_form,
    terms_form,
)
from placements.clock import moment, today
from placements.db import db
from placements.domain import looks, offer_choices, own_enrolments, preference_window, preferences
from placements.domain.offer_choices import Choice
from placements.models.enrolments import Enrolment
from placements.models.offers import Accessibility, WayOfWorking
from placements.models.preferences import Wishes
from placements.web import get_or_404, said
from placements.words import choices

PAGE = 30
MOST = 3000


def load(enrolment_id: int) -> Enrolment:
    return get_or_404(own_enrolments.of(current_user), enrolment_id)


def _shown() -> int:
    asked = request.values.get("shown", PAGE, type=int)
    return min(max(asked, PAGE), MOST)


def ranking_of(enrolment: Enrolment, kept: Wishes | None, *, fresh: bool = False) -> RankingForm:
    """The order as it was sent, or (`fresh`) as it is kept."""
    sent = [
        int(key) for key in request.form.getlist("order") + request.form.getlist("add") if key.isdecimal()
    ]
    ids = {*preferences.ranking(kept), *sent}
    found = offer_choices.of_ids(db.session(), ids, day=today())
    names = {
        key: choice.name for key, choice in found.items() if choice.offer.cohort_id == enrolment.cohort_id
    }
    return ranking_form(kept, names, **({"formdata": None} if fresh else {}))


def excluded_of(enrolment: Enrolment, kept: Wishes | None, **values: Any) -> ExcludedForm:
    """Among the units that offer something; before the window opens nobody is told which these are."""
    known = preferences.excluded(kept)
    units = offer_choices.units(db.session(), enrolment.cohort, known, day=today())
    opened = preference_window.has_opened(enrolment.cohort, now=moment())
    return excluded_form(kept, [pair for pair in units if opened or pair[0] in known], **values)


def values(
    enrolment: Enrolment,
    *,
    ranking: RankingForm | None = None,
    terms: TermsForm | None = None,
    excluded: ExcludedForm | None = None,
) -> dict[str, Any]:
    """All that the page and its fragments say."""
    session, cohort = db.session(), enrolment.cohort
    kept = preferences.kept_of(session, enrolment)
    ranking = ranking or ranking_of(enrolment, kept, fresh=True)
    order = [key for key in ranking.order.data if key in ranking.order.names]
    found = offer_choices.of_ids(session, order, day=today())
    now = moment()
    opened = preference_window.has_opened(cohort, now=now)
    others, left = _others(enrolment, kept, order) if opened else ([], 0)
    return {
        "enrolment": enrolment,
        "cohort": cohort,
        "kept": kept,
        "address": f"/my/preferences/{enrolment.id}",
        "told": preference_window.told(cohort, now=now),
        "opened": opened,
        "may_edit": preference_window.is_open(cohort, now=now),
        "ranked": [found[key] for key in order],
        "others": others,
        "left": left,
        "shown": _shown(),
        "more": _shown() + PAGE,
        "ranking": ranking,
        "terms": terms or terms_form(kept, formdata=None),
        "excluded": excluded or excluded_of(enrolment, kept, formdata=None),
        **spoken(kept),
        "looks": looks.of(session, "wishes", enrolment.id),
    }


def spoken(kept: Wishes | None) -> dict[str, Any]:
    """Days, needs and ways of working as words."""
    days = day_names()
    access = {value: said(text) for value, text in choices(Accessibility)}
    return {
        "day_names": days,
        "access_words": access,
        "way_words": {value: said(text) for value, text in choices(WayOfWorking)},
        "weekdays": [days[day] for day in kept.weekdays] if kept else [],
        "needs": [access[need] for need in kept.needs] if kept else [],
    }


def _others(enrolment: Enrolment, kept: Wishes | None, order: list[int]) -> tuple[list[Choice], int]:
    return offer_choices.others(
        db.session(),
        enrolment.cohort,
        without=order,
        without_units=preferences.excluded(kept),
        near=enrolment.municipality,
        day=today(),
        limit=_shown(),
    )


def listed(enrolment: Enrolment, kept: Wishes | None) -> dict[str, list[int]]:
    """The two lists as they stand: what can be added, and what can be removed."""
    order = preferences.ranking(kept)
    others, _left = _others(enrolment, kept, order)
    return {"add": [choice.offer.id for choice in others], "remove": order}


def focus_of(form: RankingForm, before: dict[str, list[int]], values: dict[str, Any]) -> tuple[str, int]:
    """The button that has the focus: the moved one's own; in a list that got shorter, what took its place."""
    verb, key = form.pressed
    if verb in {"up", "down"}:
        return verb, key
    rest = [choice.offer.id for choice in values["others" if verb == "add" else "ranked"]]
    if verb in before and rest:
        was = before[verb]
        return verb, rest[min(was.index(key) if key in was else 0, len(rest) - 1)]
    return ("up", key) if verb == "moved" else ("", 0)


def place_of(form: RankingForm, values: dict[str, Any]) -> str:
    """Where a page that is loaded anew opens: at what was moved."""
    verb, key = form.pressed
    mark = f"offer-{key}" if key in form.order.data and verb != "add" else "ranking"
    more = f"?shown={values['shown']}" if values["shown"] > PAGE else ""
    return f"{values['address']}{more}#{mark}"


def said_of(form: RankingForm) -> str:
    """What is said aloud: Team Nord er nu nr. 2 af 5."""
    verb, key = form.pressed
    name, order = form.order.names.get(key, ""), form.order.data
    if key in order:
        place = order.index(key) + 1
        return str(
            gettext("%(name)s er nu nr. %(place)s af %(all)s.", name=name, place=place, all=len(order))
        )
    return str(gettext("%(name)s er taget af listen.", name=name) if verb == "remove" else gettext("Gemt."))
