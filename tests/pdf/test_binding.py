"""Documents bound into one file: the very pages with their tags, in the order given."""

from __future__ import annotations

import io
import signal
from collections.abc import Sequence
from datetime import date
from itertools import accumulate
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, NameTree, NumberTree, Pdf, String

from placements import pdf
from placements.pdf import binding
from placements.pdf.agreement.context import SAMPLE as AGREEMENT
from placements.pdf.amended_agreement.context import SAMPLE as AMENDED
from placements.pdf.attachments import Attachment
from placements.pdf.certificate.context import SAMPLE as CERTIFICATE
from placements.pdf.diploma.context import SAMPLE as DIPLOMA
from tests.pdf import checker, reading

TITLE = "Beviser & aftaler"


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One of each kind; the diploma in English."""
    folder = tmp_path_factory.mktemp("parts")
    printed = {
        "diploma": pdf.render("diploma", DIPLOMA, locale="en"),
        "certificate": pdf.render("certificate", CERTIFICATE),
        "agreement": pdf.render("agreement", AGREEMENT),
        "amended_agreement": pdf.render("amended_agreement", AMENDED),
    }
    for name, rendered in printed.items():
        (folder / name).write_bytes(rendered.pdf)
    return {name: folder / name for name in printed}


def bound(documents: Sequence[Path], folder: Path) -> bytes:
    pdf.bind(documents, folder / "bound.pdf", title=TITLE)
    return (folder / "bound.pdf").read_bytes()


@pytest.fixture(scope="module")
def whole(parts: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return bound(list(parts.values()), tmp_path_factory.mktemp("whole"))


def test_bound_file_is_pdf_ua_1_and_pdf_a_3a(whole: bytes) -> None:
    assert checker.problems(whole) == []


def test_one_file_and_twenty_eight_are_pdf_ua_1_and_pdf_a_3a(parts: dict[str, Path], tmp_path: Path) -> None:
    diploma, certificate, agreement, amended = parts.values()
    one = bound([amended], tmp_path)
    usual = [diploma, certificate] * 12 + [agreement, amended] * 2
    many = bound(usual, tmp_path)
    assert [*checker.failures(one), *checker.failures(many)] == []
    assert len(reading.pages(many)) == sum(map(leaves, usual))


def leaves(part: Path) -> int:
    return len(reading.pages(part.read_bytes()))


def test_text_and_tags_are_those_of_the_parts_in_their_order(parts: dict[str, Path], whole: bytes) -> None:
    each = [part.read_bytes() for part in parts.values()]
    assert reading.pages(whole) == [page for one in each for page in reading.pages(one)]
    assert reading.spoken(whole) == " ".join(reading.spoken(one) for one in each)
    assert reading.file(whole).is_tagged
    tags = [tag for tag in reading.structure(whole) if tag != "Document"]
    assert tags == [tag for one in each for tag in reading.structure(one) if tag != "Document"]


def test_every_page_looks_as_it_did(parts: dict[str, Path], whole: bytes) -> None:
    pictures = [picture for part in parts.values() for picture in pictured(part.read_bytes())]
    assert pictured(whole) == pictures


def pictured(content: bytes) -> list[bytes]:
    with reading.opened(content) as document:
        return [page.render(scale=0.5).to_numpy().tobytes() for page in document]


def test_each_file_stands_below_the_whole_with_its_title_and_language(
    parts: dict[str, Path], whole: bytes
) -> None:
    assert (reading.title(whole), reading.language(whole)) == (TITLE, "da")
    with opened(whole) as document:
        files = list(document.Root.StructTreeRoot.K[0].K)
        assert [(str(one.S), str(one.Lang), str(one.T)) for one in files] == [
            ("/Document", "en" if name == "diploma" else "da", reading.title(part.read_bytes()))
            for name, part in parts.items()
        ]


def test_each_file_has_one_bookmark_above_its_own(parts: dict[str, Path], whole: bytes) -> None:
    titles = [reading.title(part.read_bytes()) for part in parts.values()]
    firsts = [0, *accumulate(map(leaves, [*parts.values()][:-1]))]
    with opened(whole) as document, document.open_outline() as outline:
        numbers = {page.obj.objgen: number for number, page in enumerate(document.pages)}
        assert [numbers[one.destination[0].objgen] for one in outline.root] == firsts
        assert [one.title for one in outline.root] == titles
        below = [[[deep.title for deep in one.children] for one in file.children] for file in outline.root]
        assert {one.is_closed for one in outline.root} == {True}
    for part, found in zip(parts.values(), below, strict=True):
        with opened(part.read_bytes()) as document, document.open_outline() as own:
            assert found == [[deep.title for deep in one.children] for one in own.root]


def test_tags_are_found_from_their_page_and_ids_are_used_once(whole: bytes) -> None:
    """A reader goes both ways: from the tags to the page, and from what is clicked to its tag."""
    with opened(whole) as document:
        root = document.Root.StructTreeRoot
        parents = NumberTree(root.ParentTree)
        for page in document.pages:
            for mcid, element in enumerate(parents[int(page.obj.StructParents)]):
                assert (mcid in list(element.K), element.Pg.objgen) == (True, page.obj.objgen)
        links = [link for page in document.pages for link in page.obj.get("/Annots", [])]
        for link in links:
            element = parents[int(link.StructParent)]
            assert link.objgen in [kid.Obj.objgen for kid in element.K if isinstance(kid, Dictionary)]
        assert links
        assert len(parents) == len(document.pages) + len(links)
        ids = NameTree(root.IDTree)
        headers = {name for cell in reading.elements(whole) for name in cell.headers}
        own = [str(cell.ID) for cell in tags(root.K[0]) if "/ID" in cell]
        assert len(own) == len(set(own))
        assert {str(key): str(ids[key].ID) for key in ids} == {one: one for one in own}
        assert headers <= set(own)
        assert headers


def tags(element: pikepdf.Object) -> list[pikepdf.Object]:
    kids = element.get("/K", [])
    below = [kid for kid in (kids if isinstance(kids, Array) else [kids]) if isinstance(kid, Dictionary)]
    return [element, *(deep for kid in below for deep in tags(kid))]


def opened(content: bytes) -> Pdf:
    return Pdf.open(io.BytesIO(content))


def test_what_is_the_same_is_kept_once_and_the_bytes_are_the_same_again(
    parts: dict[str, Path], tmp_path: Path
) -> None:
    """Four equal diplomas take little more than one."""
    first = bound([parts["diploma"]] * 4, tmp_path)
    assert len(first) < 1.25 * parts["diploma"].stat().st_size
    assert bound([parts["diploma"]] * 4, tmp_path) == first


def test_seal_and_attached_files_are_left_out_and_links_stay(tmp_path: Path) -> None:
    """They belong to the file of their own; what is left points at nothing that is gone."""
    attached = Attachment("bevis.json", b"{}", "application/json", "Beviset til maskiner", date(2025, 4, 11))
    source = tmp_path / "sealed.pdf"
    source.write_bytes(pdf.render("diploma", DIPLOMA, attachments=[attached]).pdf)
    dressed(source)
    whole = bound([source, source], tmp_path)
    assert checker.problems(whole) == []
    assert b"bevis.json" not in whole
    with opened(whole) as document:
        assert {"/AcroForm", "/AF", "/Names"} & set(document.Root.keys()) == set()
        for number, page in enumerate(document.pages):
            (link,) = page.obj.Annots
            element = NumberTree(document.Root.StructTreeRoot.ParentTree)[int(link.StructParent)]
            assert (str(element.S), element.K[0].Obj.objgen) == ("/Link", link.objgen)
            assert link.Dest[0].objgen == document.pages[number].obj.objgen
        assert {str(one.get("/S")) for one in tags(document.Root.StructTreeRoot.K[0])}.isdisjoint({"/Form"})


def dressed(source: Path) -> None:
    """With a seal's field, in its tag, and a link to a place with a name."""
    with Pdf.open(source, allow_overwriting_input=True) as document:
        page, root = document.pages[0].obj, document.Root.StructTreeRoot
        parents, whole = NumberTree(root.ParentTree), root.K[0]
        page.Annots = Array()
        for number, tag, look in (
            (1, Name.Form, {"/Subtype": Name.Widget, "/FT": Name.Sig, "/T": "seal", "/TU": "Segl"}),
            (2, Name.Link, {"/Subtype": Name.Link, "/Dest": String("top"), "/Contents": "Til toppen"}),
        ):
            look = {**look, "/Type": Name.Annot, "/Rect": Array([0, 0, 9, 9]), "/F": 4, "/P": page}
            annotation = document.make_indirect(Dictionary({**look, "/StructParent": number}))
            reference = Dictionary(Type=Name.OBJR, Obj=annotation, Pg=page)
            element = document.make_indirect(
                Dictionary(Type=Name.StructElem, S=tag, P=whole, K=reference, Alt=String("Til toppen"))
            )
            whole.K.append(element)
            page.Annots.append(annotation)
            parents[number] = element
        document.Root.AcroForm = Dictionary(Fields=[page.Annots[0]], SigFlags=3)
        names = document.Root.get("/Names", Dictionary())
        names.Dests = Dictionary(Names=[String("top"), Array([page, Name.Fit])])
        document.Root.Names = names
        document.save(source)


def test_file_that_is_none_is_refused_in_a_sentence(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The log says what and where, and no name of a file, which may be a person's."""
    (tmp_path / "Bo-Sten.pdf").write_bytes(b"no file at all")
    with pytest.raises(pdf.RenderError, match="kunne ikke samles"):
        bound([tmp_path / "Bo-Sten.pdf"], tmp_path)
    assert "PdfError at placements/pdf/binding/__main__.py:" in caplog.text
    assert "Bo-Sten" not in caplog.text
    assert not (tmp_path / "bound.pdf").exists()


def test_one_file_is_bound_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binding, "PATIENCE", 0.01)
    with binding._one, pytest.raises(pdf.NoneFree, match="en anden fil"):
        bound([], tmp_path)


def test_binding_ends_when_it_has_had_its_time(parts: dict[str, Path], tmp_path: Path) -> None:
    """The kernel ends what computes for longer, also when nobody is left who waits for it."""
    order = {"documents": [str(parts["diploma"])] * 2000, "into": str(tmp_path / "bound.pdf"), "seconds": 1}
    with pytest.raises(binding.NotBound, match=f"ended with -{signal.SIGXCPU}"):
        binding._run({**order, "title": TITLE, "language": "da"}, 60)
