"""The theme part every Word package must have (ECMA-376 part 1, 14.2.7); no style of the report uses it."""

from pipeline.render.word_text import DECLARATION

_COLOURS = {
    "dk1": "000000",
    "lt1": "FFFFFF",
    "dk2": "44546A",
    "lt2": "E7E6E6",
    "accent1": "4472C4",
    "accent2": "ED7D31",
    "accent3": "A5A5A5",
    "accent4": "FFC000",
    "accent5": "5B9BD5",
    "accent6": "70AD47",
    "hlink": "0563C1",
    "folHlink": "954F72",
}
"""The palette Word offers by default."""

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'


def theme_xml(face: str) -> str:
    """The smallest theme: the usual palette, one face for headings and text, plain fills and lines."""
    colours = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in _COLOURS.items())
    faces = f'<a:latin typeface="{face}"/><a:ea typeface="{face}"/><a:cs typeface=""/>'
    return (
        f'{DECLARATION}<a:theme xmlns:a="{_DRAWING}" name="report">'
        f'<a:themeElements><a:clrScheme name="report">{colours}</a:clrScheme>'
        f'<a:fontScheme name="report"><a:majorFont>{faces}</a:majorFont><a:minorFont>{faces}</a:minorFont>'
        f'</a:fontScheme><a:fmtScheme name="report">{_three("fillStyleLst", _FILL)}'
        f"{_three('lnStyleLst', f'<a:ln>{_FILL}</a:ln>')}"
        f"{_three('effectStyleLst', '<a:effectStyle><a:effectLst/></a:effectStyle>')}"
        f"{_three('bgFillStyleLst', _FILL)}</a:fmtScheme></a:themeElements></a:theme>"
    )


def _three(name: str, content: str) -> str:
    """A style list: a theme has subtle, moderate and intense ones, here all alike."""
    return f"<a:{name}>{content * 3}</a:{name}>"
