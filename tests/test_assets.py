"""Where pages find their files, and that only what we may use is kept."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from placements import assets


@pytest.fixture
def own_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(assets, "STATIC", tmp_path)
    file = tmp_path / "board.css"
    file.write_text("a { color: red }")
    return file


def test_asset_path_names_a_package_with_its_version() -> None:
    version = json.loads((assets.ROOT / "package.json").read_text())["dependencies"]["htmx.org"]
    assert assets.asset_path("htmx.js") == f"/static/vendor/htmx.org-{version}/htmx.min.js"


def test_asset_path_of_an_own_file_changes_with_its_content(own_file: Path) -> None:
    before = assets.asset_path("board.css")
    own_file.write_text("a { color: darkred }")
    after = assets.asset_path("board.css")
    assert re.fullmatch(r"/static/board\.css\?v=[0-9a-f]{10}", before)
    assert after != before


def test_asset_path_refuses_a_file_that_does_not_exist(own_file: Path) -> None:
    with pytest.raises(assets.AssetMissing, match=r"no-such\.css is missing"):
        assets.asset_path("no-such.css")


def test_asset_path_without_an_installation_says_what_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assets, "MANIFEST", tmp_path / "manifest.json")
    with pytest.raises(assets.AssetMissing, match=r"run `python -m placements\.assets`"):
        assets.asset_path("htmx.js")


def test_is_immutable_only_where_the_version_is_in_the_address() -> None:
    assert assets.is_immutable("", assets.asset_path("dkfds.css"))
    assert not assets.is_immutable("", "/static/board.css")
    assert not assets.is_immutable("", "/static/vendor/manifest.json")


def test_keep_stops_when_a_package_lost_a_file(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"has no dist/htmx\.min\.js any more"):
        assets.keep(tmp_path, tmp_path / "kept", {"dist/htmx.min.js": ""})


def test_keep_woff2_only_leaves_one_format_for_each_face(tmp_path: Path) -> None:
    fonts = tmp_path / "fonts"
    fonts.mkdir()
    (fonts / "A.woff2").touch()
    (fonts / "Unused.woff2").touch()
    css = tmp_path / "css" / "page.css"
    css.parent.mkdir()
    css.write_text(
        '@font-face{src:url(../fonts/A.woff) format("woff"),url(../fonts/A.woff2) format("woff2")}'
    )
    assets.keep_woff2_only(css)
    assert css.read_text() == '@font-face{src:url(../fonts/A.woff2) format("woff2")}'
    assert [file.name for file in fonts.iterdir()] == ["A.woff2"]


def test_kept_stylesheet_has_no_data_images_and_no_other_font_format() -> None:
    css = next((assets.STATIC / "vendor").glob("dkfds-*/css/dkfds.min.css")).read_text()
    assert "data:" not in css
    assert set(re.findall(r"\.(woff2?|eot|ttf|otf)\)", css)) == {"woff2"}


def test_the_marks_of_other_portals_are_not_kept() -> None:
    names = [file.name for file in (assets.STATIC / "vendor").rglob("*")]
    assert len(names) > 100
    assert [name for name in names if re.search(r"borger|virk", name, re.IGNORECASE)] == []


def test_every_package_keeps_its_licence() -> None:
    folders = [folder for folder in (assets.STATIC / "vendor").iterdir() if folder.is_dir()]
    licences = sorted(file.parent.name for folder in folders for file in folder.glob("LICENSE*"))
    assert licences == sorted(folder.name for folder in folders)
    assert len(list(assets.FONTS.glob("*-LICENSE.txt"))) == len(assets.FACES)


def test_documents_find_their_fonts_as_truetype() -> None:
    faces = [f"{family}-{style}.ttf" for family, styles in assets.FACES.values() for style in styles]
    assert [face for face in faces if not (assets.FONTS / face).is_file()] == []


def test_locks_name_no_registry() -> None:
    locks = [assets.ROOT / "package-lock.json", *assets.ROOT.glob("requirements*.txt")]
    assert len(locks) == 4
    assert [
        lock.name for lock in locks if re.search(r"https?://|--index|--find-links", lock.read_text())
    ] == []
