"""A mistake in a template or a style is an error when it is printed, never a page that looks odd."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from placements.pdf import engine

ROOT = Path(__file__).parents[2]
PRINT = """
import sys, pathlib
from placements.pdf import engine
from placements.pdf.diploma.context import SAMPLE
engine.FOLDER = pathlib.Path(sys.argv[1])
engine.FONTS = pathlib.Path(sys.argv[2])
try:
    pdf, version = engine.Engine().render("diploma", SAMPLE)
    print("printed", len(version))
except BaseException as error:
    print(f"{type(error).__name__}: {error}")
"""


def printed_from(folder: Path, fonts: Path = engine.FONTS) -> str:
    environment = {
        "FONTCONFIG_FILE": str(engine.FOLDER / "_shared" / "fonts.conf"),
        "PATH": os.environ["PATH"],
    }
    answer = subprocess.run(
        [sys.executable, "-c", PRINT, folder, fonts],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return answer.stdout.strip()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the templates to spoil."""
    copy = tmp_path / "pdf"
    shutil.copytree(engine.FOLDER, copy, ignore=shutil.ignore_patterns("fonts", "__pycache__"))
    return copy


def spoil(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1))


def test_untouched_copy_is_printed(folder: Path) -> None:
    assert printed_from(folder) == "printed 12"


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("diploma/template.html", "{{ aim }}", "{{ aimm }}", "UndefinedError: 'aimm' is undefined"),
        ("diploma/template.html", 'alt="', 'title="', "Warned: Image "),
        ("diploma/template.html", '<img src="', '<img src="file:///etc/?', "FatalURLFetchingError: not for"),
        ("diploma/style.css", "asset:rosette.svg", "asset:rose.svg", "FatalURLFetchingError: not for"),
        ("diploma/style.css", "font-size: 43pt", "font-sise: 43pt", "Warned: Ignored `font-sise: 43pt`"),
        ("_shared/look.css", '"IBM Plex Serif"', '"Arial"', "MissingFonts: no face of the family 'Arial'"),
        ("_shared/base.html", '<html lang="{{ locale }}">', "<html>", "Warned: Missing required"),
    ],
)  # fmt: skip
def test_mistake_is_an_error_that_names_it(folder: Path, file: str, old: str, new: str, said: str) -> None:
    spoil(folder, file, old, new)
    assert printed_from(folder).startswith(said)


def test_missing_face_is_named(folder: Path, tmp_path: Path) -> None:
    fonts = tmp_path / "fonts"
    shutil.copytree(engine.FONTS, fonts)
    (fonts / "IBMPlexSerif-Light.ttf").unlink()
    assert printed_from(folder, fonts) == f"MissingFonts: not in {fonts}: IBMPlexSerif-Light.ttf"
