"""What changed between two versions: by row and by sentence, in the order of the sections."""

from __future__ import annotations

from typing import Any

from placements.pdf.agreement.changes import between
from placements.pdf.agreement.context import SAMPLE
from placements.pdf.agreement.values import Section, section


def said(*parts: Section, **values: Any) -> dict[str, Any]:
    return {**SAMPLE, "sections": list(parts), **values}


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[tuple[int, str, str, str]]:
    return [
        (change["section"], change["label"], change["before"], change["after"])
        for change in between(before, after)
    ]


def test_the_same_text_has_no_changes() -> None:
    assert between(SAMPLE, SAMPLE) == []
    assert between(SAMPLE, {**SAMPLE, "signatures": [], "state": "draft", "version": 9}) == []


def test_rows_are_compared_by_their_label() -> None:
    before = said(section(4, rows={"Første dag": "6. januar", "Sidste dag": "30. marts"}))
    after = said(section(4, rows={"Første dag": "6. januar", "Sidste dag": "6. april", "Pause": "uge 7"}))
    assert differences(before, after) == [
        (4, "Sidste dag", "30. marts", "6. april"),
        (4, "Pause", "", "uge 7"),
    ]


def test_text_is_compared_sentence_by_sentence() -> None:
    before = said(section(10, "Ring før kl. 9. Sig ikke hvorfor. Tak.", points=["et", "to"]))
    after = said(section(10, "Ring før kl. 8. Sig ikke hvorfor. Tak.", points=["et", "tre"]))
    assert differences(before, after) == [
        (10, "", "Ring før kl. 9.", "Ring før kl. 8."),
        (10, "", "to", "tre"),
    ]


def test_standing_text_tables_and_new_sections_are_compared_too() -> None:
    table = {"head": ["Dag", "Tid"], "rows": [["mandag", "9-12"]]}
    later = {"head": ["Dag", "Tid"], "rows": [["mandag", "9-12"], ["onsdag", "9-12"]]}
    clause = {"paragraphs": ["Ingen løn."], "points": []}
    before = said(section(5, table=table))  # type: ignore[arg-type]
    after = said(section(5, table=later), section(14, clause=clause))  # type: ignore[arg-type]
    assert differences(before, after) == [(5, "", "", "onsdag · 9-12"), (14, "", "", "Ingen løn.")]


def test_another_supervisor_or_host_is_a_change_of_the_parties() -> None:
    other = [{**SAMPLE["parties"][1], "name": "Team Nyt Hus"}]
    after = {**SAMPLE, "parties": [SAMPLE["parties"][0], *other, SAMPLE["parties"][2]]}
    ((number, label, before, now),) = differences(dict(SAMPLE), after)
    assert (number, label) == (1, "Praktiksted")
    assert before.startswith("Team Åbent Hus, Region Midtjylland")
    assert now.startswith("Team Nyt Hus, Region Midtjylland")
