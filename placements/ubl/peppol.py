"""PEPPOL BIS Billing 3.0: EN 16931 in UBL 2.1, with the rules for Danish sellers."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from placements.ubl.values import Bill, Contact
from placements.ubl.writing import denmark, invoice, kroner, part, said

CUSTOMIZATION = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
PROFILE = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
INVOICE = "380"
TO_BANK_ACCOUNT = "42"
GLN, CVR = "0088", "0184"
EXEMPT, EDUCATION = "E", "VATEX-EU-132-1I"


def peppol(bill: Bill) -> bytes:
    return invoice(
        said("CustomizationID", CUSTOMIZATION),
        said("ProfileID", PROFILE),
        said("ID", bill.number),
        said("IssueDate", bill.issued_on.isoformat()),
        said("DueDate", bill.due_on.isoformat()),
        said("InvoiceTypeCode", INVOICE),
        said("DocumentCurrencyCode", "DKK"),
        said("BuyerReference", bill.payer.reference or bill.number),
        part("AccountingSupplierParty", _seller(bill)),
        part("AccountingCustomerParty", _payer(bill)),
        _payment(bill),
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
        part("PartyName", said("Name", seller.name)),
        part(
            "PostalAddress",
            said("StreetName", seller.street),
            said("CityName", seller.city),
            said("PostalZone", seller.postal_code),
            denmark(),
        ),
        part("PartyTaxScheme", said("CompanyID", seller.vat_number), _vat()),
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
        part("PartyName", said("Name", payer.name)),
        part("PostalAddress", said("CityName", payer.town), denmark()),
        part("PartyLegalEntity", said("RegistrationName", payer.name)),
        _contact(payer.contact),
    )


def _contact(contact: Contact) -> Element:
    return part(
        "Contact",
        said("Name", contact.name),
        said("Telephone", contact.phone),
        said("ElectronicMail", contact.email),
    )


def _vat() -> Element:
    return part("TaxScheme", said("ID", "VAT"))


def _payment(bill: Bill) -> Element:
    bank, account = bill.seller.account
    return part(
        "PaymentMeans",
        said("PaymentMeansCode", TO_BANK_ACCOUNT),
        said("PaymentID", bill.number),
        part(
            "PayeeFinancialAccount",
            said("ID", account),
            part("FinancialInstitutionBranch", said("ID", bank)),
        ),
    )


def _tax(bill: Bill) -> Element:
    category = part(
        "TaxCategory",
        said("ID", EXEMPT),
        said("Percent", "0"),
        said("TaxExemptionReasonCode", EDUCATION),
        said("TaxExemptionReason", bill.exemption),
        _vat(),
    )
    subtotal = part(
        "TaxSubtotal", kroner("TaxableAmount", bill.kroner), kroner("TaxAmount", "0.00"), category
    )
    return part("TaxTotal", kroner("TaxAmount", "0.00"), subtotal)


def _totals(bill: Bill) -> Element:
    names = ("LineExtensionAmount", "TaxExclusiveAmount", "TaxInclusiveAmount", "PayableAmount")
    return part("LegalMonetaryTotal", *(kroner(name, bill.kroner) for name in names))


def _line(bill: Bill) -> Element:
    return part(
        "InvoiceLine",
        said("ID", "1"),
        said("InvoicedQuantity", "1", unitCode="EA"),
        kroner("LineExtensionAmount", bill.kroner),
        part(
            "Item",
            said("Name", bill.text),
            part("ClassifiedTaxCategory", said("ID", EXEMPT), said("Percent", "0"), _vat()),
        ),
        part("Price", kroner("PriceAmount", bill.kroner)),
    )
