"""A Chart as a native Word chart: sharp at any size, in black and white, with words for who cannot see it.

Source: ECMA-376 part 1, 21.2 (DrawingML charts) and 20.4.2.8 (inline drawings). The numbers stand in the
chart itself, there is no workbook behind it.
"""

from collections.abc import Sequence

from pipeline.model.document import Chart, Series
from pipeline.render.bars import is_dark
from pipeline.render.measures import CHART_HEIGHT, CHART_SIZE, WORD_WIDTH, twentieths
from pipeline.render.word_styles import CAPTION, FIGURE, SONG
from pipeline.render.word_text import DECLARATION, attribute, paragraph, run, text

EMU = 635
"""A twentieth of a pt in the units of drawings."""

_CHARTS = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_INLINE = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_BLACK = '<a:srgbClr val="000000"/>'
_OUTLINE = f'<a:ln w="6350"><a:solidFill>{_BLACK}</a:solidFill></a:ln>'
_DARK = f'<c:spPr><a:solidFill><a:srgbClr val="404040"/></a:solidFill>{_OUTLINE}</c:spPr>'
_HATCHED = (
    f'<c:spPr><a:pattFill prst="wdUpDiag"><a:fgClr>{_BLACK}</a:fgClr>'
    f'<a:bgClr><a:srgbClr val="FFFFFF"/></a:bgClr></a:pattFill>{_OUTLINE}</c:spPr>'
)
_AXES = (1, 2)


def reference(block: int) -> str:
    """The relationship by which the document names the chart that is its block of this number."""
    return f"chart-{block}"


def chart_paragraphs(chart: Chart, block: int) -> str:
    """The picture in the line, and its caption under it."""
    inline = (
        f'<wp:inline xmlns:wp="{_INLINE}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{WORD_WIDTH * EMU}" cy="{twentieths(CHART_HEIGHT) * EMU}"/>'
        f'<wp:docPr id="{block}" name={attribute(chart.caption)} descr={attribute(chart.description)}/>'
        f'<wp:cNvGraphicFramePr/><a:graphic xmlns:a="{_DRAWING}"><a:graphicData uri="{_CHARTS}">'
        f'<c:chart xmlns:c="{_CHARTS}" r:id="{reference(block)}"/></a:graphicData></a:graphic></wp:inline>'
    )
    picture = paragraph(FIGURE, f"<w:r><w:drawing>{inline}</w:drawing></w:r>")
    return picture + paragraph(CAPTION, run(chart.caption))


def chart_xml(chart: Chart) -> str:
    """The chart part."""
    series = "".join(
        _series_xml(one, number, chart.categories, _DARK if is_dark(chart, number) else _HATCHED)
        for number, one in enumerate(chart.series)
    )
    axes = "".join(f'<c:axId val="{axis}"/>' for axis in _AXES)
    return (
        f'{DECLARATION}<c:chartSpace xmlns:c="{_CHARTS}" xmlns:a="{_DRAWING}"><c:date1904 val="0"/>'
        '<c:lang val="zh-CN"/><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea>'
        '<c:layout/><c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        f'{series}<c:gapWidth val="70"/>{axes}</c:barChart>{_category_axis()}{_value_axis()}</c:plotArea>'
        '<c:legend><c:legendPos val="t"/><c:overlay val="0"/></c:legend><c:plotVisOnly val="1"/>'
        f'<c:dispBlanksAs val="gap"/></c:chart>{_NO_FRAME}{_TYPE}</c:chartSpace>'
    )


def _series_xml(series: Series, number: int, categories: Sequence[str], fill: str) -> str:
    labels = (
        '<c:dLbls><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr><c:dLblPos val="outEnd"/>'
        '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>'
        '<c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
    )
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/><c:tx><c:v>{text(series.name)}</c:v></c:tx>'
        f'{fill}<c:invertIfNegative val="0"/>{labels}'
        f"<c:cat><c:strLit>{_points(categories)}</c:strLit></c:cat>"
        f"<c:val><c:numLit><c:formatCode>0</c:formatCode>{_points(series.numbers)}</c:numLit></c:val></c:ser>"
    )


def _points(values: Sequence[str]) -> str:
    points = "".join(
        f'<c:pt idx="{number}"><c:v>{text(value)}</c:v></c:pt>' for number, value in enumerate(values)
    )
    return f'<c:ptCount val="{len(values)}"/>{points}'


def _category_axis() -> str:
    own, other = _AXES
    return (
        f'<c:catAx><c:axId val="{own}"/><c:scaling><c:orientation val="minMax"/></c:scaling>'
        '<c:delete val="0"/><c:axPos val="b"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f'<c:spPr>{_OUTLINE}</c:spPr><c:crossAx val="{other}"/><c:crosses val="autoZero"/></c:catAx>'
    )


def _value_axis() -> str:
    """From 0, and unseen: every bar says its number."""
    other, own = _AXES
    return (
        f'<c:valAx><c:axId val="{own}"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling>'
        '<c:delete val="1"/><c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f'<c:crossAx val="{other}"/><c:crosses val="autoZero"/></c:valAx>'
    )


_NO_FRAME = "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
_TYPE = (
    f'<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="{CHART_SIZE * 100:.0f}">'
    f"<a:solidFill>{_BLACK}</a:solidFill>"
    f'<a:latin typeface="{SONG}"/><a:ea typeface="{SONG}"/></a:defRPr></a:pPr>'
    '<a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
)
