"""Files that a document carries: the very bytes, listed once, dated by the paper, limited in size."""

from __future__ import annotations

import io
import zlib
from dataclasses import replace
from datetime import date
from random import Random

import pikepdf
import pytest

from placements import pdf
from placements.pdf import attachments
from placements.pdf.attachments import LARGEST, MOST
from placements.pdf.diploma.context import SAMPLE
from tests.pdf import checker

BADGE = pdf.Attachment(
    name="badge.jwt",
    content=b"eyJhbGciOiJFUzI1NiJ9.eyJ4IjoxfQ.c2lnbmF0dXJl\x00\xff",
    mimetype="application/vc+jwt",
    description="Beviset som digitalt bevis (Open Badges 3.0), så det kan læses af en maskine.",
    dated=date(2025, 4, 11),
)
OTHER = replace(BADGE, name="a.json", content=b"{}", mimetype="application/json")


def test_attachment_is_carried_as_it_is_and_the_file_still_conforms() -> None:
    rendered = pdf.render("diploma", SAMPLE, attachments=[BADGE, OTHER])
    assert checker.problems(rendered.pdf) == []
    with pikepdf.open(io.BytesIO(rendered.pdf)) as opened:
        assert list(opened.attachments) == ["a.json", "badge.jwt"]
        found = opened.attachments["badge.jwt"]
        assert found.description == BADGE.description
        assert str(found.relationship) == "/Data"
        file = found.get_file()
        assert file.read_bytes() == BADGE.content
        assert file.mime_type == "application/vc+jwt"
        assert str(file.obj.Params.CreationDate) == str(file.obj.Params.ModDate) == "D:20250411000000Z"
        associated = [str(one.UF) for one in opened.Root.AF]
    assert associated == ["a.json", "badge.jwt"]


def test_same_attachments_give_the_same_bytes_and_others_do_not() -> None:
    first = pdf.render("diploma", SAMPLE, attachments=[BADGE, OTHER])
    assert pdf.render("diploma", SAMPLE, attachments=[OTHER, BADGE]) == first
    bare = pdf.render("diploma", SAMPLE)
    assert bare.sha256 != first.sha256
    assert bare.template_version == first.template_version


def test_file_conforms_whatever_byte_a_stream_ends_in() -> None:
    """These end in CR and in LF when they are compressed."""
    for seed, last in ((15, b"\r"), (156, b"\n")):
        content = Random(seed).randbytes(300)
        compressed = zlib.compress(content, 9)
        assert compressed.endswith(last)
        printed = pdf.render("diploma", SAMPLE, attachments=[replace(BADGE, content=content)]).pdf
        assert compressed + b"\r\nendstream" in printed
        assert checker.problems(printed) == []


def test_kept_attachments_come_back_as_they_were() -> None:
    assert attachments.from_plain(attachments.as_plain([BADGE, OTHER])) == [OTHER, BADGE]


@pytest.mark.parametrize(
    "wrong",
    [
        {"content": b""},
        {"content": b"x" * (LARGEST + 1)},
        {"name": "../badge.jwt"},
        {"name": ".jwt"},
        {"name": "bevis på.jwt"},
        {"mimetype": "jwt"},
    ],
)
def test_attachment_that_is_empty_too_large_or_misnamed_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"bytes|file name"):
        replace(BADGE, **wrong)  # type: ignore[arg-type]


def test_too_many_and_two_of_one_name_are_refused() -> None:
    many = [replace(BADGE, name=f"{number}.jwt") for number in range(MOST + 1)]
    for refused in (many, [BADGE, BADGE]):
        with pytest.raises(ValueError, match="at most 4 attachments"):
            pdf.render("diploma", SAMPLE, attachments=refused)
