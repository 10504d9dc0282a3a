"""The theme is there because a Word package must have one."""

from lxml import etree

from pipeline.render.word_theme import theme_xml

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def test_the_theme_has_twelve_colours_three_of_each_style_and_the_body_face():
    elements = etree.fromstring(theme_xml("仿宋_GB2312").encode())[0]
    colours, faces, formats = elements
    assert len(colours) == 12
    assert {face.get("typeface") for face in faces.iter(f"{A}latin", f"{A}ea")} == {"仿宋_GB2312"}
    assert [len(styles) for styles in formats] == [3, 3, 3, 3]
