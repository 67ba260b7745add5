"""The demonstration: invented people and places around the dates and rules of the two shipped programmes.

It stands on Monday 3 February 2025, in the middle of Viborg's practicum. Everything is done through the
rules, as the people would have done it, so it cannot show what the software would refuse.
"""

from datetime import date

DAY = date(2025, 2, 3)
