"""Each sample looks as it did when somebody last looked at it, and comes out the same in every process."""

from __future__ import annotations

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from placements import pdf
from placements.pdf.engine import FOLDER
from placements.pdf.talk.context import SAMPLE as TALK
from tests.pdf import golden
from tests.pdf.samples import printed

PRINT_ALL = """
from hashlib import sha256
from importlib import import_module
from placements.pdf import DOCUMENTS
from placements.pdf.engine import Engine
engine = Engine()
for name in reversed(DOCUMENTS):
    page, version = engine.render(name, import_module(f"placements.pdf.{name}.context").SAMPLE)
    print(name, sha256(page).hexdigest())
"""


@pytest.mark.parametrize("document", pdf.DOCUMENTS)
def test_sample_looks_as_it_was_kept(document: str) -> None:
    """Where it is meant to look otherwise: look at it, and `make golden`."""
    assert golden.differences(document, printed(f"{document}-sample")) == []


def test_same_values_give_the_same_bytes_in_every_process() -> None:
    """Whatever was printed before, and whatever order a set has there."""
    environment = {
        "FONTCONFIG_FILE": str(FOLDER / "_shared" / "fonts.conf"),
        "PATH": os.environ["PATH"],
        "PYTHONHASHSEED": "1",
    }
    answer = subprocess.run(
        [sys.executable, "-c", PRINT_ALL],
        cwd=Path(__file__).parents[2],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    there = dict(line.split() for line in answer.stdout.splitlines())
    here = {name: sha256(printed(f"{name}-sample")).hexdigest() for name in pdf.DOCUMENTS}
    assert there == here


def test_other_words_and_another_look_are_named_with_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(golden, "KEPT", tmp_path / "kept")
    monkeypatch.setattr(golden, "SEEN", tmp_path / "seen")
    golden.KEPT.mkdir()
    golden.keep("talk", printed("talk-sample"))
    other: dict[str, Any] = {**TALK, "student": "Benjamin Vester"}
    words, look = golden.differences("talk", pdf.render("talk", other).pdf)
    assert words.startswith("page 1 says ")
    assert "Benjamin" in words
    assert look.startswith("page 1: ")
    assert look.endswith(f" looks different: {golden.SEEN / 'talk-1.png'}")
    assert (golden.SEEN / "talk-1.png").is_file()


@pytest.mark.parametrize(("dots", "shade", "alike"), [(40, 0, True), (60, 0, False), (60, 230, True)])
def test_a_few_dots_or_a_faint_difference_look_alike(dots: int, shade: int, alike: bool) -> None:
    page, other = Image.new("L", (400, 250), 255), Image.new("L", (400, 250), 255)
    other.paste(shade, (0, 0, dots, 1))
    assert (golden.unlike(page, other) <= golden.SHARE) is alike


def test_a_page_of_another_size_is_all_different() -> None:
    assert golden.unlike(Image.new("L", (2, 2)), Image.new("L", (2, 3))) == 1.0
