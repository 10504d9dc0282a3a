"""What a Word file's package says of its parts, as python-docx, which opens any Word file, reads it."""

import io

import pytest
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.package import OpcPackage

from pipeline.archive import deflated, packed
from pipeline.render.word_package import MAIN, PROPERTIES, Part, package_parts

FOOTER = Part("footer", "footer-even", "footer-even.xml", "<f/>")
CHART = Part("chart", "chart-3", "charts/chart-3.xml")


def opened(*parts):
    made = package_parts(parts) | {MAIN: b"<document/>", PROPERTIES: b"<coreProperties/>"}
    return OpcPackage.open(io.BytesIO(packed(deflated(name, part) for name, part in made.items())))


def test_the_package_leads_to_the_report_and_to_what_is_said_of_it():
    package = opened()
    assert package.main_document_part.partname == "/word/document.xml"
    assert package.main_document_part.content_type == CONTENT_TYPE.WML_DOCUMENT_MAIN
    properties = package.part_related_by(RELATIONSHIP_TYPE.CORE_PROPERTIES)
    assert (properties.partname, properties.content_type) == (
        "/docProps/core.xml",
        CONTENT_TYPE.OPC_CORE_PROPERTIES,
    )


def test_the_report_leads_to_each_part_by_the_reference_in_its_text():
    relationships = opened(FOOTER, CHART).main_document_part.rels
    footer, chart = relationships["footer-even"], relationships["chart-3"]
    assert (footer.reltype, chart.reltype) == (RELATIONSHIP_TYPE.FOOTER, RELATIONSHIP_TYPE.CHART)
    assert footer.target_part.content_type == CONTENT_TYPE.WML_FOOTER
    assert chart.target_part.content_type == CONTENT_TYPE.DML_CHART
    assert footer.target_part.blob.endswith(b"<f/>")


@pytest.mark.parametrize(
    ("kind", "content_type", "relation"),
    [
        ("styles", CONTENT_TYPE.WML_STYLES, RELATIONSHIP_TYPE.STYLES),
        ("fontTable", CONTENT_TYPE.WML_FONT_TABLE, RELATIONSHIP_TYPE.FONT_TABLE),
        ("settings", CONTENT_TYPE.WML_SETTINGS, RELATIONSHIP_TYPE.SETTINGS),
        ("theme", CONTENT_TYPE.OFC_THEME, RELATIONSHIP_TYPE.THEME),
        ("header", CONTENT_TYPE.WML_HEADER, RELATIONSHIP_TYPE.HEADER),
    ],
)
def test_a_part_of_each_kind_has_the_type_and_relation_word_knows_it_by(kind, content_type, relation):
    found = opened(Part(kind, "rId1", f"{kind}.xml", "<x/>")).main_document_part.rels["rId1"]
    assert (found.reltype, found.target_part.content_type) == (relation, content_type)


def test_a_kind_without_a_type_is_refused_for_word_would_not_open_the_file():
    with pytest.raises(KeyError):
        package_parts([Part("picture", "rId1", "picture.xml")])
