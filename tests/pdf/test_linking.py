"""Addresses in a document's text are links."""

from __future__ import annotations

import pytest

from placements.pdf.linking import linked


@pytest.mark.parametrize(
    ("written", "address", "rest"),
    [
        ("amalie@example.org", "mailto:amalie@example.org", ""),
        ("åse.møller-holm@praktik.example.org.", "mailto:åse.møller-holm@praktik.example.org", "."),
        ("https://example.org/a?b=1&amp;c=2).", "https://example.org/a?b=1&amp;c=2", ")."),
        ("http://example.org/", "http://example.org/", ""),
    ],
)
def test_address_becomes_a_link(written: str, address: str, rest: str) -> None:
    shown = address.removeprefix("mailto:")
    assert linked(f"<p>Skriv til {written}</p>") == f'<p>Skriv til <a href="{address}">{shown}</a>{rest}</p>'


@pytest.mark.parametrize(
    "html",
    [
        "<title>Til amalie@example.org</title>",
        '<p><a href="mailto:amalie@example.org"><b>amalie@example.org</b></a></p>',
        '<img alt="amalie@example.org" src="https://example.org/x.png">',
        "<p>kl. 9 @ caféen, javascript://x.dk, a@b</p>",
    ],
)
def test_the_rest_is_left_alone(html: str) -> None:
    assert linked(html) == html


def test_address_between_angle_brackets_takes_none_along() -> None:
    assert linked("<p>Bo &lt;bo@example.org&gt; &#34;https://x.dk&#34;</p>") == (
        '<p>Bo &lt;<a href="mailto:bo@example.org">bo@example.org</a>&gt; '
        '&#34;<a href="https://x.dk">https://x.dk</a>&#34;</p>'
    )
