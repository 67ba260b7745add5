"""A mistake in a template or a style is named: by an error when it is printed, or by a check of the file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from placements.pdf import engine
from tests.pdf import checker, reading, semantics
from tests.pdf.breaking import Break, Outcome, outcomes

REFUSED = {
    "UndefinedError: 'aimm' is undefined": Break("diploma/template.html", "{{ aim }}", "{{ aimm }}"),
    "Warned: Image ": Break("diploma/template.html", 'alt="', 'title="'),
    "FatalURLFetchingError: not for a document: file": Break(
        "diploma/template.html", '<img src="', '<img src="file:///etc/?'
    ),
    "FatalURLFetchingError: not for a document: asset": Break(
        "diploma/style.css", "asset:rosette.svg", "asset:rose.svg"
    ),
    "Warned: Ignored `font-sise: 43pt`": Break("diploma/style.css", "font-size: 43pt", "font-sise: 43pt"),
    "MissingFonts: no face of the family 'Arial'": Break(
        "_shared/look.css", '"IBM Plex Serif"', '"Arial"', "diploma"
    ),
    "Warned: Missing required": Break("_shared/base.html", '<html lang="{{ locale }}">', "<html>", "diploma"),
    "MissingGlyph: 漢": Break("diploma/template.html", "{{ person }}</p>", "{{ person }} 漢</p>"),
}
"""What printing says, and what makes it say so."""

NOTICED = {
    "title: there is none": Break(
        "_shared/base.html", "<title>{% block title %}{% endblock %}</title>", "", "diploma"
    ),
    "language: 'en', not 'da'": Break("_shared/base.html", '"{{ locale }}"', '"en"', "diploma"),
    "headings: h3 after h1": Break("diploma/template.html", "<h2>{% block", "<h3>{% block"),
    "headings: 2 of the first level": Break("diploma/template.html", "<h1>", "<h1>Bevis</h1><h1>"),
    "headings: 0 of the first level": Break("diploma/template.html", "<h1>", "<p>"),
    "bookmarks: []": Break("_shared/look.css", "bookmark-level: 1", "bookmark-level: none", "diploma"),
    "tables: no scope on": Break("attendance_sheet/template.html", ' scope="col"', ""),
    "tables: no header in": Break(
        "agreement/template.html",
        '<th scope="row">{{ row.label }}</th>',
        "<td>{{ row.label }}</td>",
    ),
    "tables: no header for": Break("talk/template.html", '<th scope="col" class="step"', "<td"),
    "tables: rows of": Break("talk/template.html", "<tr><th", "<tr><td></td><th"),
    "tables: headers beside": Break(
        "attendance_sheet/template.html", "<td></td></tr>", '<th scope="row">x</th></tr>'
    ),
    "tables: a header without words": Break("attendance_sheet/template.html", '{{ _("Kom kl.") }}', ""),
    "figures: ": Break("diploma/style.css", ".seal img {", ".seal img { margin-left: 200mm;"),
    "pictures: one in the background": Break(
        "diploma/template.html",
        "{{ person }}</p>",
        '<b style="background: url({{ person|qr }})">&nbsp;</b></p>',
    ),
    "links: one without words": Break("diploma/template.html", ">%s</a>", "> </a>%s"),
    "addresses: praktik.example.org/verify": Break(
        "diploma/template.html", '<a href="%s">%s</a>', '<b title="%s">%s</b>'
    ),
    "lists: a list of ['P'": Break("diploma/template.html", "<li>{{ title }}</li>", "<p>{{ title }}</p>"),
    "order: ": Break("diploma/style.css", ".issuer {", ".issuer { position: relative; z-index: 1;"),
    "running: 'Viborg Kommune'": Break("agreement/style.css", "position: running(issuer)", "position: fixed"),
    "margins: only there: ": Break(
        "emergency_sheet/style.css",
        "",
        "@page { @bottom-left { content: element(end) } } .end { position: running(end) }",
    ),
}
"""What a check of the printed file says, and what makes it say so."""

SOUND = Break("diploma/template.html", "<b>{{ programme }}", '<b lang="sv">{{ programme }}')
"""A part in another language."""

TABLE = {**REFUSED, **NOTICED, "": SOUND}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    """All are printed in one process."""
    answers = outcomes(list(TABLE.values()), tmp_path_factory.mktemp("templates"))
    return dict(zip(TABLE, answers, strict=True))


@pytest.mark.parametrize("said", REFUSED)
def test_mistake_is_an_error_that_names_it(found: dict[str, Outcome], said: str) -> None:
    assert found[said].error.startswith(said)
    assert found[said].pdf == b""


@pytest.mark.parametrize("said", NOTICED)
def test_mistake_is_noticed_by_the_check_of_its_name(found: dict[str, Outcome], said: str) -> None:
    assert found[said].error == ""
    problems = semantics.problems(found[said].pdf)
    assert [problem for problem in problems if problem.startswith(said)] != [], problems


def test_every_check_has_a_template_that_it_notices() -> None:
    """Or cannot be broken by a template: the engine mends and embeds by itself."""
    names = {check.__name__[1:] for check in semantics.CHECKS}
    assert names - {said.partition(":")[0] for said in NOTICED} == {"empty", "fonts", "reachable"}


def test_part_in_another_language_says_so(found: dict[str, Outcome]) -> None:
    sound = found[""]
    languages = [element.language for element in reading.elements(sound.pdf) if element.language]
    assert (languages, sound.error, checker.problems(sound.pdf)) == (["sv"], "", [])


def test_missing_face_is_named(tmp_path: Path) -> None:
    fonts = tmp_path / "fonts"
    shutil.copytree(engine.FONTS, fonts)
    (fonts / "IBMPlexSerif-Light.ttf").unlink()
    (answer,) = outcomes([SOUND], tmp_path, fonts)
    assert answer.error == f"MissingFonts: not in {fonts}: IBMPlexSerif-Light.ttf"
