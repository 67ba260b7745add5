"""English is complete: every Danish sentence of the code is in the catalogue, and the pages use it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup
from flask import Flask

from placements import words
from placements.i18n import _, translate
from placements.models.agreements import Party
from placements.models.placements import PlacementStatus
from placements.pdf import engine
from placements.pdf.agreement import context as agreement
from placements.pdf.language import catalogue
from tests.conftest import Client
from tests.factories import Factory
from tests.pdf import records
from tests.world import World

ROOT = Path(__file__).parent.parent
CATALOGUE = ROOT / "placements/translations/en/LC_MESSAGES/messages.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]")
SPOKEN = ("alt", "aria-label", "content", "data-title", "placeholder", "title", "value")
ADVICE = "run `make translations` and translate what is empty in"


def key(message_id: Any, context: str | None) -> tuple[str | None, str]:
    return context, message_id if isinstance(message_id, str) else " | ".join(message_id)


def forms(text: Any) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


def messages() -> list[Message]:
    with CATALOGUE.open("rb") as file:
        return [message for message in read_po(file, locale="en") if message.id]


def pairs() -> Iterator[tuple[str, str]]:
    """Each Danish sentence with its English, the singular and the plural apart."""
    for message in messages():
        yield from zip(forms(message.id), forms(message.string), strict=True)


def in_the_code() -> set[tuple[str | None, str]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["babel"]["mappings"]
    found = extract_from_dir(
        ROOT / "placements",
        [(mapping["pattern"], mapping["method"]) for mapping in settings],
        {mapping["pattern"]: mapping for mapping in settings},
        keywords={**DEFAULT_KEYWORDS, "_l": None},
    )
    return {key(message_id, context) for _file, _line, message_id, _comments, context in found}


# The catalogue


def test_catalogue_holds_exactly_the_sentences_of_the_code() -> None:
    kept = {key(message.id, message.context) for message in messages()}
    code = in_the_code()
    where = CATALOGUE.relative_to(ROOT)
    assert (code - kept, kept - code) == (set(), set()), f"(new, obsolete): {ADVICE} {where}"


def test_every_sentence_is_translated() -> None:
    empty = [danish for danish, english in pairs() if not english.strip()]
    fuzzy = [message.id for message in messages() if message.fuzzy]
    assert (empty, fuzzy) == ([], []), f"(empty, fuzzy): {ADVICE} {CATALOGUE.relative_to(ROOT)}"


def test_every_translation_keeps_the_placeholders() -> None:
    def placeholders(text: str) -> list[str]:
        return sorted(PLACEHOLDER.findall(text))

    changed = [
        (danish, english)
        for danish, english in pairs()
        if english and placeholders(danish) != placeholders(english)
    ]
    assert changed == []


def test_percent_sign_stands_doubled_and_only_beside_a_placeholder() -> None:
    """Values are put in with `%`, and a sentence without values is shown as it is."""
    texts = [text for pair in pairs() for text in pair]
    rest = {text: PLACEHOLDER.sub("", text) for text in texts if "%" in text}
    wrong = [text for text, rest_of in rest.items() if rest_of == text or "%" in rest_of.replace("%%", "")]
    assert wrong == []


def test_no_sentence_holds_markup() -> None:
    """Templates trust the sentences: a `"` would end the attribute it stands in."""
    assert [text for pair in pairs() for text in pair if re.search(r'[<>&"]', text)] == []


def test_compiled_catalogue_is_that_of_today() -> None:
    compiled = BytesIO()
    with CATALOGUE.open("rb") as file:
        write_mo(compiled, read_po(file, locale="en"))
    same = CATALOGUE.with_suffix(".mo").read_bytes() == compiled.getvalue()
    assert same, "the compiled catalogue is old: run `make translations`"


# What people see


def say(sentence: str) -> str:
    return translate(sentence, catalogue("en").gettext, locale="en")


def test_danish_needs_no_catalogue() -> None:
    assert catalogue("da").gettext("Praktikvært") == "Praktikvært"
    assert catalogue("da").ngettext("%(num)s plads", "%(num)s pladser", 2) == "%(num)s pladser"


def test_word_of_a_value_is_said_in_english() -> None:
    assert say(words.word(PlacementStatus.PROPOSED)) == "Waiting for the host"


def test_sentence_is_said_with_its_date_and_its_words_in_english() -> None:
    assert say(_("Sidste dag blev %(end)s.", end=date(2025, 4, 6))) == "The last day was 6 April 2025."
    parties = [words.word(Party.STUDENT), words.word(Party.HOST)]
    missing = _("Mangler underskrift fra %(parties)s", parties=parties)
    assert missing == "Mangler underskrift fra studerende, praktikvært"
    assert say(missing) == "Signature missing from student, host"


def test_agreement_is_said_in_english() -> None:
    values = agreement.build(
        records.version(sections={}),
        follow_up_days=records.days(),
        names={Party.HOST: "Henrik Bach"},
        coordinator_contact=[],
        on=date(2025, 2, 3),
        locale="en",
    )
    assert [section["title"] for section in values["sections"]][:4] == [
        "Parties",
        "Legal basis",
        "Purpose and learning goals",
        "Period",
    ]
    assert values["sections"][3]["rows"][0] == {
        "label": "First day",
        "value": "Monday 6 January 2025 (week 2)",
    }
    assert [signature["role"] for signature in values["signatures"]] == ["Student", "Host", "Coordinator"]
    template = engine.make_environment("en").get_template("agreement/template.html")
    assert "Practicum agreement" in template.render(values, locale="en")


@pytest.mark.parametrize("path", ["/", "/login", "/verify", "/privacy", "/was", "/no-such-page"])
def test_public_page_in_english_holds_no_danish_letter(client: Client, path: str) -> None:
    client.post("/language", data={"locale": "en"})
    page = client.get(path).get_data(as_text=True)
    assert BeautifulSoup(page, "html.parser").html["lang"] == "en"  # type: ignore[index]
    assert re.findall(r"[^<>]*[æøåÆØÅ][^<>]*", page) == []


def spoken(page: str) -> Iterator[str]:
    """Every text of the page as it is shown or read aloud."""
    soup = BeautifulSoup(page, "html.parser")
    yield from soup.stripped_strings
    for element in soup.find_all(True):
        yield from (str(element[name]).strip() for name in SPOKEN if element.has_attr(name))


@pytest.mark.on_sqlite_alone
@pytest.mark.parametrize("role", ["admin", "coordinator", "teacher", "host", "student"])
def test_page_in_english_holds_no_danish_sentence(app: Flask, make: Factory, role: str) -> None:
    danish = {danish for danish, english in pairs() if danish != english} - {
        english for _da, english in pairs()
    }
    world = World.of(app, make)
    browser = world.browser(role)
    browser.post("/language", data={"locale": "en"})
    found = {}
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.endpoint != "static":
            answer = browser.get(world.path(rule.rule))
            if answer.mimetype == "text/html" and (
                left := danish & set(spoken(answer.get_data(as_text=True)))
            ):
                found[rule.rule] = left
    assert found == {}
