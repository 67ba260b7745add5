"""What a document may fetch: the ornaments drawn here, and images written out in the page. Nothing else."""

from __future__ import annotations

from typing import Any

from placements.pdf.ornament import ORNAMENTS


def make_fetcher(weasyprint: Any) -> Any:
    class Fetcher(weasyprint.urls.URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if url.startswith("data:image/png;base64,"):
                return super().fetch(url, headers)
            draw = ORNAMENTS.get(url.removeprefix("asset:")) if url.startswith("asset:") else None
            if draw is None:
                raise weasyprint.urls.FatalURLFetchingError(f"not for a document: {url[:80]}")
            return weasyprint.urls.URLFetcherResponse(url, draw(), {"Content-Type": "image/svg+xml"})

    return Fetcher()
