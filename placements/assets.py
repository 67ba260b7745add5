"""Where each front-end file is served from, and the recipe that installs the third-party ones.

`python -m placements.assets` installs the packages that package-lock.json pins (hashes checked, no install
scripts run) into `.cache/`, and copies what is named in KEPT, and nothing else, to `static/vendor/`. `--dev`
also installs what only the tests need. Nothing here needs the web framework: it runs before the
application can start.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "placements" / "static"
MANIFEST = STATIC / "vendor" / "manifest.json"
FONTS = ROOT / "placements" / "pdf" / "_shared" / "fonts"
VERSIONED = re.compile(r"/vendor/[^/]+-\d[^/]*/")

# package -> {file in the package: folder it is kept in}. A pattern without a file stops the installation, so
# that an upgrade loses nothing unseen. The borger.dk and Virk themes and logos are not ours to use.
KEPT = {
    "htmx.org": {"LICENSE": "", "dist/htmx.min.js": ""},
    "dkfds": {
        "LICENSE.md": "",
        "dist/css/dkfds.min.css": "css",
        "dist/js/dkfds.min.js": "js",
        "dist/img/all-svg-icons.svg": "img",
        "dist/img/logo-*placeholder.png": "img",
        "dist/img/svg-icons/*.svg": "img/svg-icons",
        "dist/fonts/IBMPlexSans/complete/woff2/license.txt": "fonts/IBMPlexSans/complete/woff2",
        "dist/fonts/IBMPlexSans/complete/woff2/*.woff2": "fonts/IBMPlexSans/complete/woff2",
    },
}
# What templates call a file -> (package, path as kept).
NAMES = {
    "htmx.js": ("htmx.org", "htmx.min.js"),
    "dkfds.css": ("dkfds", "css/dkfds.min.css"),
    "dkfds.js": ("dkfds", "js/dkfds.min.js"),
    "icons.svg": ("dkfds", "img/all-svg-icons.svg"),
    "plex-regular.woff2": ("dkfds", "fonts/IBMPlexSans/complete/woff2/IBMPlexSans-Regular.woff2"),
    "plex-semibold.woff2": ("dkfds", "fonts/IBMPlexSans/complete/woff2/IBMPlexSans-SemiBold.woff2"),
}
# Documents are set in these; as plain TrueType, because reading woff2 costs a renderer 90 ms a face.
FACES = {
    "@ibm/plex-sans": ("IBMPlexSans", ("Regular", "Italic", "Medium", "SemiBold", "Bold")),
    "@ibm/plex-serif": ("IBMPlexSerif", ("Light", "LightItalic", "Regular", "Italic", "Medium", "SemiBold")),
}


class AssetMissing(LookupError):
    """A page asks for a file that is not there; the sentence says what to do."""


def asset_path(name: str, *, static_url: str = "/static") -> str:
    """The address of a front-end file: `htmx.js` by its version, our own `board.css` by its content."""
    vendored = _manifest(_modified(MANIFEST))
    if name in vendored:
        return f"{static_url}/{vendored[name]}"
    own = STATIC / name
    return f"{static_url}/{name}?v={_fingerprint(own, _modified(own))}"


def is_immutable(path: str, url: str) -> bool:
    """For WhiteNoise: may a browser keep this file for ever, because its address changes with its content?"""
    return VERSIONED.search(url) is not None


def _modified(file: Path) -> int:
    try:
        return file.stat().st_mtime_ns
    except FileNotFoundError:
        advice = (
            "run `python -m placements.assets`"
            if file == MANIFEST
            else "there is no such file in placements/static"
        )
        raise AssetMissing(f"{file.name} is missing: {advice}") from None


@lru_cache(maxsize=1)
def _manifest(modified: int) -> dict[str, str]:
    names: dict[str, str] = json.loads(MANIFEST.read_text())
    return names


@lru_cache(maxsize=128)
def _fingerprint(file: Path, modified: int) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:10]


# The recipe.


def install(*, dev: bool = False) -> str:
    """Install the pinned packages and keep our part of them; returns one line that says what was kept."""
    modules = npm_ci(ROOT / ".cache" / ("assets-dev" if dev else "assets"), dev=dev)
    fresh = STATIC / "vendor.new"
    shutil.rmtree(fresh, ignore_errors=True)
    for package, files in KEPT.items():
        keep(modules / package, fresh / folder_name(modules, package), files)
    keep_woff2_only(fresh / folder_name(modules, "dkfds") / "css" / "dkfds.min.css")
    (fresh / "manifest.json").write_text(json.dumps(manifest(modules, fresh), indent=1) + "\n")
    compress(fresh)
    swap(fresh, STATIC / "vendor")
    write_fonts(modules)
    return summary(STATIC / "vendor", FONTS)


def npm_ci(folder: Path, *, dev: bool) -> Path:
    """Install into a folder of its own; the machine's npm settings and environment apply."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(ROOT / name, folder / name)
    kind = "--include=dev" if dev else "--omit=dev"
    subprocess.run([npm(), "ci", "--ignore-scripts", "--silent", kind], cwd=folder, check=True)
    return folder / "node_modules"


def npm() -> str:
    beside_python = str(Path(sys.executable).parent)
    found = shutil.which("npm", path=os.pathsep.join([os.environ.get("PATH", ""), beside_python]))
    if found is None:
        raise SystemExit(
            "npm was not found: install Node.js, or run `.venv/bin/pip install -r requirements-node.txt`."
        )
    return found


def folder_name(modules: Path, package: str) -> str:
    version = json.loads((modules / package / "package.json").read_text())["version"]
    return f"{package}-{version}"


def keep(source: Path, target: Path, files: dict[str, str]) -> None:
    for pattern, folder in files.items():
        found = sorted(source.glob(pattern))
        if not found:
            raise SystemExit(
                f"{source.name} has no {pattern} any more: look at KEPT in placements/assets.py."
            )
        (target / folder).mkdir(parents=True, exist_ok=True)
        for file in found:
            shutil.copy(file, target / folder / file.name)


def keep_woff2_only(css: Path) -> None:
    """One format for each face (the shipped order makes browsers take the larger woff); no unused faces."""
    text = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", css.read_text())
    css.write_text(re.sub(r"@font-face\{[^}]*\}", _only_woff2, text))
    used = set(re.findall(r"[\w-]+\.woff2", css.read_text()))
    for file in (css.parent.parent / "fonts").rglob("*.woff2"):
        if file.name not in used:
            file.unlink()
    gone = [url for url in re.findall(r"url\(([^)]+)\)", css.read_text()) if not (css.parent / url).exists()]
    if gone:
        raise SystemExit(f"{css.name} asks for files that are not kept: {', '.join(gone)}")


def _only_woff2(face: re.Match[str]) -> str:
    woff2 = re.search(r'url\([^)]+\.woff2\) format\("woff2"\)', face[0])
    return re.sub(r"src:[^;}]*", f"src:{woff2[0]}", face[0]) if woff2 else face[0]


def manifest(modules: Path, vendor: Path) -> dict[str, str]:
    paths = {name: f"{folder_name(modules, package)}/{file}" for name, (package, file) in NAMES.items()}
    gone = [path for path in paths.values() if not (vendor / path).is_file()]
    if gone:
        raise SystemExit(
            f"Named but not kept: {', '.join(gone)}; look at KEPT and NAMES in placements/assets.py."
        )
    return {name: f"vendor/{path}" for name, path in paths.items()}


def compress(folder: Path) -> None:
    """A .gz and a .br beside each file that gains by it; WhiteNoise picks by what the browser accepts."""
    from whitenoise.compress import Compressor

    compressor: Any = Compressor(quiet=True)
    for file in [*folder.rglob("*.css"), *folder.rglob("*.js"), *folder.glob("*/img/*.svg")]:
        compressor.compress(str(file))


def swap(fresh: Path, final: Path) -> None:
    """Put the new folder in the old one's place only when it is whole."""
    old = final.with_name("vendor.old")
    shutil.rmtree(old, ignore_errors=True)
    if final.exists():
        final.rename(old)
    fresh.rename(final)
    shutil.rmtree(old, ignore_errors=True)


def write_fonts(modules: Path) -> None:
    from fontTools.ttLib import woff2

    FONTS.mkdir(parents=True, exist_ok=True)
    for package, (family, styles) in FACES.items():
        source = modules / package / "fonts" / "complete" / "woff2"
        shutil.copy(source / "license.txt", FONTS / f"{family}-LICENSE.txt")
        for style in styles:
            woff2.decompress(source / f"{family}-{style}.woff2", FONTS / f"{family}-{style}.ttf")


def summary(*folders: Path) -> str:
    files = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
    size = sum(file.stat().st_size for file in files) // 1024
    places = " and ".join(str(folder.relative_to(ROOT)) for folder in folders)
    return f"{len(files)} files, {size} KiB kept in {places}"


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m placements.assets", description="Install the front-end files."
    )
    parser.add_argument("--dev", action="store_true", help="also what only the tests need")
    print(install(dev=parser.parse_args().dev))


if __name__ == "__main__":
    main()
