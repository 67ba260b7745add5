"""What stands on a certificate of participation: as on a diploma, of what was attended."""

from __future__ import annotations

from placements.pdf.diploma.values import STAMPED, Values

__all__ = ["STAMPED", "Values"]
