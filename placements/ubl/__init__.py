"""A bill as a file that an accounting system reads: UBL 2.1, as PEPPOL BIS Billing 3 and as OIOUBL 2.1.

Plain values in, bytes out. Both forms have one line, in kroner, exempt from VAT as teaching is.
"""

from placements.ubl.oioubl import oioubl
from placements.ubl.peppol import peppol
from placements.ubl.values import Bill, Contact, Payer, Seller

__all__ = ["Bill", "Contact", "Payer", "Seller", "oioubl", "peppol"]
