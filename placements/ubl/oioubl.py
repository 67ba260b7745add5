"""OIOUBL 2.1, the older Danish form that NemHandel takes: UBL 2.1 with the lists of the Danish agency."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from placements.ubl.values import Bill, Contact
from placements.ubl.writing import AGENCY, denmark, invoice, kroner, part, said

PROFILE = "urn:www.nesubl.eu:profiles:profile5:ver2.0"
LISTS = {
    "profile": "urn:oioubl:id:profileid-1.2",
    "type": "urn:oioubl:codelist:invoicetypecode-1.1",
    "address": "urn:oioubl:codelist:addressformatcode-1.1",
    "channel": "urn:oioubl:codelist:paymentchannelcode-1.1",
    "category": "urn:oioubl:id:taxcategoryid-1.1",
    "scheme": "urn:oioubl:id:taxschemeid-1.1",
}
CVR, SE, GLN = "DK:CVR", "DK:SE", "GLN"


def oioubl(bill: Bill) -> bytes:
    reference = bill.payer.reference
    return invoice(
        said("UBLVersionID", "2.1"),
        said("CustomizationID", "OIOUBL-2.1"),
        said("ProfileID", PROFILE, schemeID=LISTS["profile"], schemeAgencyID=AGENCY),
        said("ID", bill.number),
        said("CopyIndicator", "false"),
        said("IssueDate", bill.issued_on.isoformat()),
        said("InvoiceTypeCode", "380", listID=LISTS["type"], listAgencyID=AGENCY),
        said("DocumentCurrencyCode", "DKK"),
        part("OrderReference", said("ID", reference)),
        part("AccountingSupplierParty", _seller(bill)),
        part("AccountingCustomerParty", _payer(bill)),
        _payment(bill),
        part("PaymentTerms", said("ID", "1"), said("PaymentMeansID", "1"), kroner("Amount", bill.kroner)),
        _tax(bill),
        _totals(bill),
        _line(bill),
    )


def _seller(bill: Bill) -> Element:
    seller = bill.seller
    return part(
        "Party",
        said("EndpointID", seller.ean, schemeID=GLN)
        if seller.ean
        else said("EndpointID", seller.vat_number, schemeID=CVR),
        part("PartyIdentification", said("ID", seller.vat_number, schemeID=CVR)),
        part("PartyName", said("Name", seller.name)),
        part(
            "PostalAddress",
            _lax(),
            said("StreetName", seller.street),
            said("CityName", seller.city),
            said("PostalZone", seller.postal_code),
            denmark(),
        ),
        part("PartyTaxScheme", said("CompanyID", seller.vat_number, schemeID=SE), _vat()),
        part(
            "PartyLegalEntity",
            said("RegistrationName", seller.name),
            said("CompanyID", seller.vat_number, schemeID=CVR),
        ),
        _contact(seller.contact),
    )


def _payer(bill: Bill) -> Element:
    payer = bill.payer
    return part(
        "Party",
        said("EndpointID", payer.ean, schemeID=GLN),
        part("PartyIdentification", said("ID", payer.ean, schemeID=GLN)),
        part("PartyName", said("Name", payer.name)),
        part("PostalAddress", _lax(), said("CityName", payer.town), denmark()),
        _contact(payer.contact),
    )


def _lax() -> Element:
    return said("AddressFormatCode", "StructuredLax", listID=LISTS["address"], listAgencyID=AGENCY)


def _contact(contact: Contact) -> Element:
    """The form wants an id of the contact; people are known by their names."""
    return part(
        "Contact",
        said("ID", contact.name),
        said("Name", contact.name),
        said("Telephone", contact.phone),
        said("ElectronicMail", contact.email),
    )


def _vat() -> Element:
    return part(
        "TaxScheme", said("ID", "63", schemeID=LISTS["scheme"], schemeAgencyID=AGENCY), said("Name", "Moms")
    )


def _payment(bill: Bill) -> Element:
    bank, account = bill.seller.account
    return part(
        "PaymentMeans",
        said("ID", "1"),
        said("PaymentMeansCode", "42"),
        said("PaymentDueDate", bill.due_on.isoformat()),
        said("PaymentChannelCode", "DK:BANK", listID=LISTS["channel"], listAgencyID=AGENCY),
        part(
            "PayeeFinancialAccount",
            said("ID", account),
            said("PaymentNote", bill.number),
            part("FinancialInstitutionBranch", said("ID", bank)),
        ),
    )


def _tax(bill: Bill) -> Element:
    """Exempt is said as rated with zero: the list has no word for it, and the reason is written."""
    category = part(
        "TaxCategory", _zero(), said("Percent", "0.00"), said("TaxExemptionReason", bill.exemption), _vat()
    )
    subtotal = part(
        "TaxSubtotal", kroner("TaxableAmount", bill.kroner), kroner("TaxAmount", "0.00"), category
    )
    return part("TaxTotal", kroner("TaxAmount", "0.00"), subtotal)


def _zero() -> Element:
    return said("ID", "ZeroRated", schemeID=LISTS["category"], schemeAgencyID=AGENCY)


def _totals(bill: Bill) -> Element:
    """In this form the amount called exclusive of tax is the tax itself."""
    return part(
        "LegalMonetaryTotal",
        kroner("LineExtensionAmount", bill.kroner),
        kroner("TaxExclusiveAmount", "0.00"),
        kroner("TaxInclusiveAmount", bill.kroner),
        kroner("PayableAmount", bill.kroner),
    )


def _line(bill: Bill) -> Element:
    return part(
        "InvoiceLine",
        said("ID", "1"),
        said("InvoicedQuantity", "1", unitCode="EA"),
        kroner("LineExtensionAmount", bill.kroner),
        _tax(bill),
        part("Item", said("Name", bill.text)),
        part("Price", kroner("PriceAmount", bill.kroner)),
    )
