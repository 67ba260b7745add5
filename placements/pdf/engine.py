"""HTML and CSS to PDF inside the worker process. Everything that never changes is read once and kept."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from placements import printable
from placements.pdf import STAMPED, conformance, keeping, load_weasyprint
from placements.pdf.attachments import Attachment, from_plain
from placements.pdf.fetching import make_fetcher
from placements.pdf.language import catalogue
from placements.pdf.linking import linked
from placements.pdf.marks import picture
from placements.pdf.stamping import Stamper

VERSION = "70.0"
FOLDER = Path(__file__).parent
FONTS = printable.FACES
FACES = (
    "IBMPlexSans-Regular.ttf",
    "IBMPlexSans-Italic.ttf",
    "IBMPlexSans-Medium.ttf",
    "IBMPlexSans-SemiBold.ttf",
    "IBMPlexSerif-Light.ttf",
    "IBMPlexSerif-LightItalic.ttf",
    "IBMPlexSerif-Regular.ttf",
    "IBMPlexSerif-Medium.ttf",
)
SHAPING = (
    "attachments",
    "conformance",
    "engine",
    "keeping",
    "linking",
    "marks",
    "ornament",
    "qr",
    "stamped_file",
    "stamped_lines",
    "stamped_objects",
    "stamping",
)
FAMILIES = {"IBM Plex Sans", "IBM Plex Serif"}
_EXTENDS = re.compile(r'(?:{#.*?#}\s*)?{% extends "([^/"]+)/', re.DOTALL)
_SMALL_PAGE = "<html lang='da'><title>.</title><body><main><h1>Varm</h1><p>op</p></main></body></html>"


class MissingFonts(Exception):
    """A face file or a family is not there; the message names it."""


class MissingGlyph(Exception):
    """The message is the character."""


class TooManyPages(Exception):
    pass


class Warned(Exception):
    """WeasyPrint warned: the template or its style is wrong."""


class Engine:
    """Made once in a process; `render` may be called again and again, one document at a time."""

    def __init__(self) -> None:
        if missing := [name for name in FACES if not (FONTS / name).is_file()]:
            raise MissingFonts(f"not in {FONTS}: {', '.join(missing)}")
        self._weasyprint = load_weasyprint()
        if self._weasyprint.__version__ != VERSION:
            raise RuntimeError(f"the patches are for WeasyPrint {VERSION}")
        conformance.install(self._weasyprint)
        keeping.install(self._weasyprint)
        self._fetcher = make_fetcher(self._weasyprint)
        self._fonts = self._weasyprint.text.fonts.FontConfiguration()
        self._ornaments: dict[str, Any] = {}
        self._sheets: dict[str, Any] = {}
        self._environments: dict[str, Environment] = {}
        self._stamper = Stamper(self, self._weasyprint)

    def render(
        self,
        document: str,
        values: dict[str, Any],
        locale: str = "da",
        pages: int | None = None,
        attachments: Sequence[dict[str, str]] = (),
        stamped: bool = False,
    ) -> tuple[bytes, str]:
        """The PDF and the version of what it was made from. `stamped`: where the page allows it."""
        carried, told = from_plain(attachments), _composed(values)
        if stamped and (pdf := self._stamper.stamp(document, told, locale, pages, carried)):
            return pdf, f"{_version(document)}-{STAMPED}"
        laid_out = self.lay_out(document, self.page(document, told, locale), pages)
        return self.write(laid_out, carried), _version(document)

    def page(self, document: str, values: dict[str, Any], locale: str) -> str:
        """The document as HTML."""
        template = self._environment(locale).get_template(f"{document}/template.html")
        return linked(template.render(values, locale=locale))

    def lay_out(self, document: str, page: str, pages: int | None = None) -> Any:
        images = dict(self._ornaments)
        with _warnings_refused():
            laid_out = self._weasyprint.HTML(string=page, url_fetcher=self._fetcher).render(
                font_config=self._fonts,
                stylesheets=[self._sheet(path) for path in styles(document)],
                pdf_variant=conformance.VARIANT,
                cache=images,
            )
        _refuse_unknown_families(laid_out)
        if pages and len(laid_out.pages) > pages:
            raise TooManyPages(f"{len(laid_out.pages)} pages, {pages} allowed")
        self._ornaments = {key: image for key, image in images.items() if key.startswith("asset:")}
        return laid_out

    def write(
        self, laid_out: Any, carried: Sequence[Attachment] = (), see: Callable[[Any], None] | None = None
    ) -> bytes:
        """`see` is shown the objects before they are written."""

        def finish(document: Any, pdf: Any) -> None:
            conformance.finish(document, pdf, attachments=carried)
            if see:
                see(pdf)

        with _warnings_refused():
            pdf: bytes = laid_out.write_pdf(
                finisher=finish,
                pdf_variant=conformance.VARIANT,
                attachments=[self._attached(one) for one in carried],
            )
        keeping.forget(self._ornaments.values())
        return pdf

    def warm(self) -> None:
        """A first small page, so that the first document need not wait for faces, styles and ornaments."""
        for document in ("agreement", "diploma"):
            self.write(self.lay_out(document, _SMALL_PAGE))

    def _attached(self, one: Attachment) -> Any:
        day = datetime.combine(one.dated, time(), UTC)
        return self._weasyprint.Attachment(
            string=one.content,
            name=one.name,
            description=one.description,
            created=day,
            modified=day,
            relationship="Data",
        )

    def _sheet(self, path: str) -> Any:
        """Kept only when it was read without a warning."""
        if path not in self._sheets:
            with _warnings_refused():
                sheet = self._weasyprint.CSS(
                    string=(FOLDER / path).read_text(), url_fetcher=self._fetcher, font_config=self._fonts
                )
            self._sheets[path] = sheet
        return self._sheets[path]

    def _environment(self, locale: str) -> Environment:
        if locale not in self._environments:
            self._environments[locale] = make_environment(locale)
        return self._environments[locale]


def make_environment(locale: str) -> Environment:
    """No request, no user, no globals of the web: a template sees its values, `_` and nothing else."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(catalogue(locale), newstyle=True)  # type: ignore[attr-defined]
    environment.filters["qr"] = picture
    return environment


def styles(document: str) -> list[str]:
    return ["_shared/look.css", *(f"{folder}/style.css" for folder in _lineage(document))]


@cache
def _lineage(document: str) -> list[str]:
    """The document's folder, after those whose templates it extends."""
    extended = _EXTENDS.match((FOLDER / document / "template.html").read_text())
    return [*(_lineage(extended[1]) if extended and extended[1] != "_shared" else []), document]


@cache
def _version(document: str) -> str:
    """Changes with every byte of the templates, their style, and the code that shapes a page."""
    digest = hashlib.sha256(VERSION.encode())
    folders = ("_shared", *_lineage(document))
    looks = [path for folder in folders for path in (FOLDER / folder).iterdir()]
    looks = [path for path in looks if path.suffix in (".html", ".css")]
    shaping = [Path(printable.__file__), *(FOLDER / f"{name}.py" for name in SHAPING)]
    for path in sorted([*looks, *shaping]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _composed(value: Any) -> Any:
    """Every text in it as it is printed."""
    if isinstance(value, dict):
        return {key: _composed(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_composed(inner) for inner in value]
    if not isinstance(value, str):
        return value
    text = printable.composed(value)
    if character := printable.lost(text):
        raise MissingGlyph(character)
    return text


@contextmanager
def _warnings_refused() -> Iterator[None]:
    handler = _Collected()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
    for record in handler.records:
        if record.msg.startswith(".notdef"):
            raise MissingGlyph(record.args[0])
    if handler.records:
        raise Warned("; ".join(record.getMessage() for record in handler.records))


class _Collected(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[Any] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


def _refuse_unknown_families(laid_out: Any) -> None:
    """fontconfig answers with some face whatever is asked for; only the style says what was wanted."""
    for page in laid_out.pages:
        for box in page._page_box.descendants():
            wanted = box.style["font_family"][0]
            if getattr(box, "text", "") and wanted not in FAMILIES:
                raise MissingFonts(f"no face of the family {wanted!r}")
