"""The reader's own names are those python-docx has from the standard's schemas."""

import docx.opc.constants as docx
import pytest
from docx.oxml.ns import qn as docx_qn

from pipeline.verify import wordname


@pytest.mark.parametrize("name", ["w:p", "w:gridSpan", "m:t"])
def test_an_element_is_named_as_lxml_names_it(name):
    assert wordname.qn(name) == docx_qn(name)


def test_a_prefix_nobody_knows_is_refused():
    with pytest.raises(KeyError):
        wordname.qn("x:p")


@pytest.mark.parametrize(
    "relation",
    [
        "OFFICE_DOCUMENT",
        "HEADER",
        "FOOTER",
        "FOOTNOTES",
        "ENDNOTES",
        "COMMENTS",
        "STYLES",
        "SETTINGS",
        "NUMBERING",
        "THEME",
        "FONT_TABLE",
        "CORE_PROPERTIES",
    ],
)
def test_a_part_is_known_by_its_relation(relation):
    assert getattr(wordname, relation) == getattr(docx.RELATIONSHIP_TYPE, relation)


def test_the_main_part_is_known_by_its_type():
    assert wordname.MAIN_TYPE == docx.CONTENT_TYPE.WML_DOCUMENT_MAIN
