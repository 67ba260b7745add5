"""What the preview shows of a plan: a page of what must be mended, and what would happen, in names."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from placements.domain.cohort_import_plans import NOUNS, VERBS, Noun, Plan, Step, Verb
from placements.domain.cohort_import_problems import Option, Problem
from placements.i18n import Text

ON_A_PAGE = 50
MOST_NAMES = 200
"""As many names as are listed of one kind; the number says how many there are."""


@dataclass(frozen=True, slots=True)
class Names:
    """What is new or changed of one kind, or is there already."""

    label: Text
    verb: Text
    number: int
    steps: list[Step]


def shown(plan: Plan, page: int) -> dict[str, Any]:
    pages = max(1, -(-len(plan.problems) // ON_A_PAGE))
    page = min(max(page, 1), pages)
    start = (page - 1) * ON_A_PAGE
    return {
        "problems": [(problem, buttons(problem)) for problem in plan.problems[start : start + ON_A_PAGE]],
        "first": start + 1,
        "page_number": page,
        "pages": pages,
        "fixable": sum(bool(problem.fix) for problem in plan.problems),
        "counts": counts(plan),
        "names": names(plan),
    }


def buttons(problem: Problem) -> list[tuple[Option, str]]:
    """Each way out, and what its button sends."""
    return [(option, json.dumps([option.key, option.value])) for option in problem.options]


def counts(plan: Plan) -> list[tuple[Text, list[int]]]:
    """A row for each kind: new, changed, there already."""
    return [(NOUNS[noun], [counted[verb] for verb in Verb]) for noun, counted in plan.counts.items()]


def names(plan: Plan) -> list[Names]:
    found = []
    for noun in Noun:
        for verb in Verb:
            steps = plan.of(noun, verb)
            if steps:
                found.append(Names(NOUNS[noun], VERBS[verb], len(steps), steps[:MOST_NAMES]))
    return found


def noun_words() -> list[tuple[Text, str]]:
    return [(text, noun.value) for noun, text in NOUNS.items()]
