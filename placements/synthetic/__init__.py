"""People, units and placements that nobody has ever met, in numbers, for measurements (`flask seed-load`)."""

from placements.synthetic.filling import fill

__all__ = ["fill"]
