"""`render`: the same bytes for the same values, nothing fetched or leaked, plain sentences when it fails."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from placements import pdf, printable
from placements.pdf import pool
from placements.pdf.agreement.context import SAMPLE as AGREEMENT
from placements.pdf.agreement.values import section
from placements.pdf.diploma.context import SAMPLE as DIPLOMA
from tests.pdf import checker, reading

ROOT = Path(__file__).parents[2]


def named(person: str) -> dict[str, Any]:
    return {**DIPLOMA, "person": person}


@pytest.fixture
def _fresh_workers() -> Iterator[None]:
    pool.close()
    yield
    pool.close()


def in_a_new_process(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_same_values_give_the_same_bytes_in_every_process() -> None:
    first = pdf.render("diploma", DIPLOMA)
    pdf.render("agreement", AGREEMENT)
    assert pdf.render("diploma", DIPLOMA) == first
    pool.close()
    assert pdf.render("diploma", DIPLOMA) == first
    assert first.sha256 == sha256(first.pdf).hexdigest()
    assert len(first.template_version) == 12


def test_threads_get_each_their_own_document() -> None:
    names = [f"Person Nummer {number}" for number in range(12)]
    with ThreadPoolExecutor(max_workers=6) as threads:
        printed = list(threads.map(lambda name: pdf.render("diploma", named(name)), names))
    texts = [reading.text(rendered.pdf) for rendered in printed]
    assert [[name for name in names if f"{name} har" in text] for text in texts] == [[name] for name in names]
    assert printed[3] == pdf.render("diploma", named(names[3]))


def test_weasyprint_is_never_loaded_by_the_one_who_asks() -> None:
    code = (
        "import sys; from placements import pdf; from placements.pdf.diploma.context import SAMPLE\n"
        "pdf.render('diploma', SAMPLE); print('weasyprint' in sys.modules)"
    )
    answer = in_a_new_process(code)
    assert (answer.stdout, answer.stderr) == ("False\n", "")


@pytest.mark.parametrize(
    "text",
    [
        "<img src=file:///etc/passwd>",
        "<script>alert(1)</script> & co",
        "{{ 7 * 7 }} {% for x in y %}",
        "<link rel=attachment href=file:///etc/passwd>",
        "%(number)s %s {number}",
    ],
)
def test_hostile_text_is_only_text(text: str) -> None:
    printed = pdf.render(
        "agreement", {**AGREEMENT, "sections": [section(1), section(3, text), section(17)]}
    ).pdf
    assert text in reading.text(printed)
    assert checker.problems(printed) == []
    assert b"root:" not in printed


def test_invisible_characters_that_turn_a_name_around_are_left_out() -> None:
    assert "Bo Holm har gennemført" in reading.text(
        pdf.render("diploma", named("Bo\u202e Ho\x01lm\u2066")).pdf
    )


def test_other_signs_for_the_end_of_a_line_are_one() -> None:
    assert pdf.render("diploma", named("Bo\u2028Holm")) == pdf.render("diploma", named("Bo\nHolm"))


def test_letters_written_in_two_parts_are_printed_as_one() -> None:
    apart = pdf.render("diploma", named("A\u030age Ho\u0308g"))
    assert apart.pdf == pdf.render("diploma", named("\u00c5ge H\u00f6g")).pdf


@pytest.mark.parametrize("name", ["Łukasz Żółć", "Nguyễn Thị Hương", "Óli á Løgmansbø", "Олена Шевченко"])
def test_names_from_other_languages_are_printed(name: str) -> None:
    assert name in reading.text(pdf.render("diploma", named(name)).pdf)
    assert printable.unprintable(name) is None


def test_what_is_taken_for_printable_is_printed() -> None:
    """Marks that join their letter and that do not, letters of one family alone, signs, what is not seen."""
    texts = [
        "İşıl Ağaoğlu",
        "Áki Bjarkhoð",
        "A\u030age",
        "q\u0323",
        "Ḥasan Ṭāhā",
        "Ṛtā",
        "e\u0302\u0301",
        "ж\u0301",
    ]
    texts += [
        "½ → ✓ № ™",
        "a\u2011b\u2009c\u3000d",
        "a\u200bb\u200dc\u2060d\ufeff",
        "An\u202en\x01",
        "a\u2028b",
    ]
    assert [printable.unprintable(text) for text in texts] == [None] * len(texts)
    assert pdf.render("diploma", named(", ".join(texts)) | {"aim": ""})
    assert pdf.render("agreement", {**AGREEMENT, "sections": [section(1), section(3, *texts), section(17)]})


@pytest.mark.parametrize(
    ("written", "character", "code"),
    [
        ("Ann 漢", "漢", "U+6F22"),
        ("Ann 😀", "😀", "U+1F600"),
        ("Ann ع", "ع", "U+0639"),
        ("Ann \U0001f469\u200d\U0001f393", "\U0001f469", "U+1F469"),
        ("A\u0336nn", "\u0336", "U+0336"),
        ("An\ufffd", "\ufffd", "U+FFFD"),
        ("Ann \u0301Li", "\u0301", "U+0301"),
        ("\u0301Ann", "\u0301", "U+0301"),
        ("Ann \ue000", "\ue000", "U+E000"),
        ("가람", "가", "U+AC00"),
        ("Ann ❤\ufe0f", "❤", "U+2764"),
    ],
)
def test_character_that_cannot_be_printed_is_refused_by_name(written: str, character: str, code: str) -> None:
    """No glyph for it, or for a part of it; a mark without its letter; a letter that was lost on the way.

    Whoever types it is told the same.
    """
    with pytest.raises(pdf.UnprintableText) as refused:
        pdf.render("diploma", named(written))
    assert refused.value.character == character == printable.unprintable(written)
    assert str(refused.value) == (
        f"Tegnet {character} ({code}) kan ikke trykkes i dokumentet. Skriv teksten uden det, og prøv igen."
    )


def test_letter_that_one_family_would_print_is_refused_for_all() -> None:
    """The serif has the line below, the sans has not; a name is set in both."""
    pdf.render("diploma", named("Ḏorit"))
    with pytest.raises(pdf.UnprintableText) as refused:
        pdf.render("agreement", {**AGREEMENT, "sections": [section(1), section(3, "Ḏorit"), section(17)]})
    assert refused.value.character == "Ḏ" == printable.unprintable("Ḏorit")


def test_text_that_runs_over_the_page_is_refused() -> None:
    with pytest.raises(pdf.RenderError, match=r"^Teksten fylder for meget til dokumentet\."):
        pdf.render("diploma", {**DIPLOMA, "aim": "Et meget langt mål. " * 60})


def test_value_that_no_template_prints_is_not_in_the_file() -> None:
    planted = {**DIPLOMA, "cpr": "010203-1234", "diagnosis": "hemmelig-plantet"}
    assert pdf.render("diploma", planted) == pdf.render("diploma", DIPLOMA)


def test_missing_value_is_an_error_and_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    without = {key: value for key, value in DIPLOMA.items() if key != "completion"}
    with pytest.raises(pdf.RenderError, match=r"^Dokumentet kunne ikke trykkes\."):
        pdf.render("diploma", without)
    assert "UndefinedError at " in caplog.text
    assert "is undefined" not in caplog.text


def test_values_that_are_not_plain_are_refused() -> None:
    with pytest.raises(TypeError, match="date is not JSON serializable"):
        pdf.render("diploma", {**DIPLOMA, "dated": date(2025, 4, 11)})


def test_unknown_document_is_refused() -> None:
    with pytest.raises(ValueError, match=r"no document is called '\.\./agreement'"):
        pdf.render("../agreement", AGREEMENT)


def test_english_document_says_so() -> None:
    assert reading.language(pdf.render("diploma", DIPLOMA, locale="en").pdf) == "en"


@pytest.mark.usefixtures("_fresh_workers")
def test_one_at_a_time_needs_one_worker() -> None:
    for _time in range(3):
        pdf.render("diploma", DIPLOMA)
    assert len(pool._pool.workers) == 1


@pytest.mark.usefixtures("_fresh_workers")
def test_worker_that_died_is_replaced() -> None:
    first = pdf.render("diploma", DIPLOMA)
    (worker,) = pool._pool.workers
    worker._process.kill()
    worker._process.wait()
    assert pdf.render("diploma", DIPLOMA) == first


@pytest.mark.usefixtures("_fresh_workers")
def test_worker_is_retired_after_many_documents_and_the_next_is_warm(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[pool.Worker] = []

    class Noted(pool.Worker):
        def __init__(self) -> None:
            super().__init__()
            made.append(self)

    monkeypatch.setattr(pool, "Worker", Noted)
    first = pdf.render("diploma", DIPLOMA)
    made[0]._served = pool.RENDERS_BEFORE_RETIRING - pool.RENDERS_OF_NOTICE
    assert pdf.render("diploma", DIPLOMA) == first
    while pool._pool._ready_next.empty():
        time.sleep(0.05)
    made[0]._served = pool.RENDERS_BEFORE_RETIRING
    assert pdf.render("diploma", DIPLOMA) == first
    assert [worker._served for worker in made] == [pool.RENDERS_BEFORE_RETIRING, 2]
    assert made[0]._process.wait(30) == 0


@pytest.mark.usefixtures("_fresh_workers")
def test_first_document_after_the_start_finds_a_warm_worker() -> None:
    pool.warm()
    while pool._pool._ready_next.empty():
        time.sleep(0.05)
    (warm,) = pool._pool.workers
    pdf.render("diploma", DIPLOMA)
    assert pool._pool.workers == {warm}
    assert warm._served == 2


def test_nothing_of_a_person_stays_in_the_process_that_prints() -> None:
    """What is kept for the next document is of the templates; all that Python can reach is looked through."""
    code = (
        "import gc; from placements.pdf.engine import Engine\n"
        "from placements.pdf.diploma.context import SAMPLE\n"
        "engine, (left, right) = Engine(), ('Plantet-', 'Navnesen')\n"
        "for stamped in (False, True):\n"
        "    engine.render('diploma', {**SAMPLE, 'person': left + right}, stamped=stamped)\n"
        "gc.collect()\n"
        "held = [str(one) for any in gc.get_objects() for one in gc.get_referents(any)"
        " if isinstance(one, (str, bytes))]\n"
        "print(len(held) > 10_000, [one for one in held if left + right in one])"
    )
    found = in_a_new_process(code, FONTCONFIG_FILE=str(ROOT / "placements/pdf/_shared/fonts.conf"))
    assert found.stdout == "True []\n"


@pytest.mark.usefixtures("_fresh_workers")
def test_document_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "SECONDS", 0.05)
    with pytest.raises(pdf.RenderError, match=r"^Det tog for lang tid at trykke dokumentet\."):
        pdf.render("diploma", DIPLOMA)
    assert pool._pool.workers == set()
    monkeypatch.setattr(pool, "SECONDS", 60.0)
    assert pdf.render("diploma", DIPLOMA).pdf.startswith(b"%PDF-1.7")


@pytest.mark.usefixtures("_fresh_workers")
def test_worker_knows_no_secret_of_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLACEMENTS_SECRET_KEY", "planted")
    pdf.render("diploma", DIPLOMA)
    (worker,) = pool._pool.workers
    environment = Path(f"/proc/{worker._process.pid}/environ").read_bytes()
    assert b"FONTCONFIG_FILE" in environment
    assert b"planted" not in environment


def test_forked_server_does_not_speak_to_its_parents_worker() -> None:
    code = (
        "import os; from placements import pdf; from placements.pdf.diploma.context import SAMPLE\n"
        "first = pdf.render('diploma', SAMPLE)\n"
        "child = os.fork()\n"
        "same = pdf.render('diploma', SAMPLE) == first\n"
        "if child: same = same and os.waitpid(child, 0)[1] == 0\n"
        "raise SystemExit(0 if same else 1)"
    )
    answer = in_a_new_process(code)
    assert (answer.returncode, answer.stderr) == (0, "")


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "http://127.0.0.1:9/x.png", "asset:unknown.svg", "data:text/css,p{}"]
)
def test_documents_fetch_nothing_from_outside(url: str) -> None:
    code = (
        "from placements.pdf import load_weasyprint; from placements.pdf.fetching import make_fetcher\n"
        "weasyprint = load_weasyprint()\n"
        f"try: make_fetcher(weasyprint).fetch({url!r})\n"
        "except weasyprint.urls.FatalURLFetchingError as refused: print(refused)"
    )
    assert in_a_new_process(code).stdout == f"not for a document: {url}\n"
