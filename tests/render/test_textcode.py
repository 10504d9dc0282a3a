"""Text as a page's operators."""

from kit.report import fonts
from pipeline.render.pdffont import Type0Font
from pipeline.render.textcode import TextCode


def test_lines_runs_and_scales_in_their_order() -> None:
    face = fonts().faces["ReportSong-Regular"]
    font = Type0Font(face)
    text = TextCode({face.name: font}.__getitem__)
    text.scale(85.5)
    text.begin_line(40, 690.2)
    text.add(face.name, 10.5, -0.25, "政1")
    one, two = (f"{face.glyph(sign):04x}" for sign in "政1")
    assert text.operators.splitlines() == [
        "BT",
        "85.5 Tz",
        "1 0 0 1 40 690.2 Tm",
        f"{font.resource} 10.5 Tf -0.25 Tc <{one}{two}> Tj",
        "ET",
    ]
