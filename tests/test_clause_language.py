"""The language of clauses: what can be said in it, and that nothing else ever runs."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from placements.clause_language import LONGEST, Names, problems, render

NAMES = Names(frozenset({"studerende", "periode.start"}), frozenset({"virksomhedspraktik", "ansættelse"}))
VALUES = {
    "studerende": "Amalie",
    "periode.start": "6. januar",
    "virksomhedspraktik": True,
    "ansættelse": False,
}


def found(source: str) -> list[tuple[int, str]]:
    return [(problem.line, str(problem.sentence)) for problem in problems(source, NAMES)]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{{ studerende }} begynder {{ periode.start }}.", "Amalie begynder 6. januar."),
        ("{% if virksomhedspraktik %}\nja\n{% else %}\nnej\n{% endif %}", "ja"),
        ("{% if ansættelse %}a{% elif studerende == 'Amalie' and not ansættelse %}b{% endif %}", "b"),
        ("{{ studerende|upper }}, {{ periode.start or 'senere' }}", "AMALIE, 6. januar"),
        ("<b>{{ studerende }}</b> & co", "<b>Amalie</b> & co"),
        ("{# en bemærkning #}tekst", "tekst"),
    ],
)
def test_text_variables_and_conditions_are_read(source: str, said: str) -> None:
    assert found(source) == []
    assert render(source, VALUES) == said


ESCAPES = [
    "{{ ''.__class__ }}",
    "{{ ''['__class__'] }}",
    "{{ {}.__class__.__base__.__subclasses__() }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "{{ self.__init__ }}",
    "{{ studerende.__class__ }}",
    "{{ periode.start.__class__ }}",
    "{{ periode }}",
    "{{ studerende|attr('__class__') }}",
    "{{ studerende|format }}",
    "{{ '%s'|format(studerende) }}",
    "{{ '{0.__class__}'.format(studerende) }}",
    "{{ '%999999999s' % studerende }}",
    "{{ 'a' * 10 ** 9 }}",
    "{{ range(10) }}",
    "{% for x in range(9999999) %}a{% endfor %}",
    "{{ 99999999999999999999 }}",
    "{{ namespace() }}",
    "{{ studerende ~ studerende }}",
    "{{ [studerende] }}",
    "{{ studerende is defined }}",
    "{{ 'a' if ansættelse else 'b' }}",
    "{% set x = studerende %}",
    "{% macro m() %}{% endmacro %}",
    "{% call m() %}{% endcall %}",
    "{% include 'x' %}",
    "{% import 'x' as x %}",
    "{% extends 'x' %}",
    "{% block x %}{% endblock %}",
    "{% filter upper %}x{% endfilter %}",
    "{% autoescape false %}x{% endautoescape %}",
    "{% with %}{% endwith %}",
    "{% if studerende > 3 %}{% endif %}",
    "{{ " + "(" * 2500 + "1" + ")" * 2500 + " }}",
    "{{ " + "not " * 900 + "studerende }}",
    "{% if ansættelse %}" * 60 + "{% endif %}" * 60,
]


@pytest.mark.parametrize("escape", ESCAPES, ids=range(len(ESCAPES)))
def test_escape_from_the_sandbox_is_refused_with_its_line(escape: str) -> None:
    """Each of them in the third line, and answered at once."""
    began = perf_counter()
    lines = [line for line, _sentence in found(f"Første linje\nanden linje\n{escape}")]
    assert lines
    assert set(lines) == {3}
    assert perf_counter() - began < 2


@pytest.mark.parametrize(
    ("source", "line", "sentence"),
    [
        ("a\n{{ studerend }}", 2, "»studerend« er ikke en variabel. Mente du »studerende«?"),
        ("{{ xyz }}", 1, "»xyz« er ikke en variabel. Vælg en fra listen."),
        ("{% if ansættelse %}\na", 2, "En betingelse er ikke afsluttet. Skriv endif, hvor den slutter."),
        ("a\n\n{% endif %}", 3, "»endif« står uden en betingelse før sig. Begynd med if."),
        ("{% nej %}", 1, "»nej« kan ikke bruges. Skriv kun if, elif, else og endif."),
        ("{# a", 1, "En bemærkning er ikke afsluttet. Skriv #}, hvor den slutter."),
        (
            "{{ ansættelse }}",
            1,
            "»ansættelse« er et ja eller nej og kan ikke skrives ud. "
            "Brug det i en betingelse: {% if ansættelse %} … {% endif %}",
        ),
        ("x" * (LONGEST + 1), 1, "Teksten kan højst fylde 6000 tegn. Gør den kortere."),
    ],
)
def test_mistake_is_told_with_what_to_write_instead(source: str, line: int, sentence: str) -> None:
    assert found(source) == [(line, sentence)]


def test_every_mistake_is_told_in_the_order_of_the_lines() -> None:
    assert [line for line, _sentence in found("{{ a }}\n{% for x in b %}{% endfor %}\n{{ c }}")] == [1, 2, 3]


MARKS = "{{ }} {% %} {# #} . | ( ) [ ] ' \\ 1 == -"
WORDS = "if else endif for in raw endraw studerende ansættelse __class__"
PIECES = st.sampled_from([*MARKS.split(), *WORDS.split(), "\n", " "])


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join))
def test_whatever_is_typed_is_either_refused_with_a_line_or_read_as_text(source: str) -> None:
    refused = problems(source, NAMES)
    if refused:
        assert all(1 <= problem.line <= source.count("\n") + 1 for problem in refused)
    else:
        said = render(source, VALUES)
        assert len(said) <= len(source) + 60 * source.count("{{")
        assert "<class" not in said
