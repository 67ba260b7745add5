"""Letters to a payer and the basis of a bill: printed anew each time and kept nowhere."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from placements import pdf, ubl
from placements.domain import application_invoices, application_payments
from placements.models.application_payments import ApplicationPayment, InvoiceSender
from placements.models.applications import Residence
from placements.pdf._letter.values import Contact
from placements.pdf.invoice_basis import context as invoice_context
from placements.pdf.municipality_letter import context as municipality_context
from placements.printing import paper

FORMS = {"peppol": ubl.peppol, "oioubl": ubl.oioubl}


def municipality_letter(
    session: Session, payment: ApplicationPayment, *, on: date, locale: str
) -> pdf.Rendered:
    """It names the citizen, as it cannot be answered without, and nothing of the course."""
    sender = application_invoices.sender_of_letter(session, payment)
    cohort, application = payment.cohort, payment.application
    in_region = application is not None and application.residence is Residence.REGION
    waivers = in_region and cohort.programme.fee_waivers
    values = municipality_context.build(
        reference=payment.reference,
        issuer=sender.name,
        sender=application_invoices.address(sender),
        recipient=[payment.payer_name],
        municipality=payment.payer_name,
        applicant=application_payments.applicant_of(payment),
        starts_on=cohort.starts_on,
        ends_on=application_invoices.ends_on(cohort),
        amount=payment.amount,
        contact=_contact(sender),
        on=on,
        free_place_in=(cohort.programme.region or "") if waivers else "",
        locale=locale,
    )
    return paper.printed("municipality_letter", values, locale)


def invoice_basis(session: Session, payment: ApplicationPayment, *, on: date, locale: str) -> pdf.Rendered:
    invoice = application_invoices.of(session, payment, on=on)
    known = (payment.contact_name, payment.contact_phone, payment.contact_email)
    values = invoice_context.build(
        reference=payment.reference,
        issuer=invoice.sender.name,
        sender=application_invoices.address(invoice.sender),
        recipient=[payment.payer_name],
        payer=payment.payer_name,
        ean=payment.ean or "",
        payer_contact=[line for line in known if line],
        lines=[(invoice.text, invoice.amount)],
        status=invoice.status,
        contact=_contact(invoice.sender),
        on=on,
        payer_reference=payment.payer_reference or "",
        due_on=invoice.due_on,
        vat_note=application_invoices.VAT_NOTE,
        locale=locale,
    )
    return paper.printed("invoice_basis", values, locale)


def _contact(sender: InvoiceSender) -> Contact:
    return {
        "name": sender.contact_name,
        "title": "",
        "lines": [sender.contact_phone, sender.contact_email],
    }


def as_file(session: Session, payment: ApplicationPayment, form: str, *, on: date) -> bytes:
    """`form`: peppol or oioubl. Raises `RuleBroken` while something is missing."""
    invoice = application_invoices.of_file(session, payment, on=on)
    return FORMS[form](_bill(invoice))


def _bill(invoice: application_invoices.Invoice) -> ubl.Bill:
    sender, payment = invoice.sender, invoice.payment
    ours = ubl.Contact(sender.contact_name, sender.contact_phone, sender.contact_email)
    theirs = ubl.Contact(payment.contact_name or "", payment.contact_phone or "", payment.contact_email or "")
    return ubl.Bill(
        number=payment.reference,
        issued_on=invoice.issued_on,
        due_on=invoice.due_on,
        text=invoice.text,
        amount=invoice.amount,
        exemption=application_invoices.VAT_NOTE,
        seller=ubl.Seller(
            name=sender.name,
            cvr=sender.cvr,
            ean=sender.ean or "",
            street=sender.street,
            postal_code=sender.postal_code,
            city=sender.city,
            account=(sender.bank_registration, sender.bank_account),
            contact=ours,
        ),
        payer=ubl.Payer(
            name=payment.payer_name,
            ean=payment.ean or "",
            town=payment.municipality,
            contact=theirs,
            reference=payment.payer_reference or "",
        ),
    )
