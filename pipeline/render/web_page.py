"""The report as one web page: clean, whole in itself, to be put on a portal as it is.

No script and nothing from outside; the style sheet holds for screen, phone and paper.
"""

import re
from collections.abc import Sequence
from string import Template

from pipeline.model.document import Chart, Contents, Document
from pipeline.render.measures import LEADING, MARGINS_MM, SIZE, TITLE_SIZE
from pipeline.render.web_blocks import Dress, blocks
from pipeline.render.web_chart import HEIGHT, WIDTH, chart_picture
from pipeline.render.web_table import page_table
from pipeline.render.web_text import Attributes, element, lined, start, text

SCHEME = re.compile(r"^[a-z]+://", re.IGNORECASE)

STYLE = Template("""
html { color: #000; background: #fff; font: 1.125rem/1.75 FangSong, 仿宋, 仿宋_GB2312, STFangsong, serif; }
body { margin: 0; }
main { max-width: 54rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1, h2, h3, h4, h5 { font-size: 1em; font-weight: normal; line-height: 1.5; text-indent: 2em;
  margin: .8em 0 .4em; }
h1 { font: bold min(1.6em, 5.2vw)/1.5 方正小标宋简体, 小标宋, SimSun, 宋体, serif; text-align: center;
  text-indent: 0; margin: .5em 0 1.2em; text-wrap: balance; }
.level-1 { font-family: SimHei, 黑体, "Microsoft YaHei", sans-serif; }
.level-2 { font-family: KaiTi, 楷体, 楷体_GB2312, STKaiti, serif; }
nav h2 { text-align: center; text-indent: 0; letter-spacing: 1em; }
nav ul { list-style: none; padding: 0 2em; }
nav .level-2 { padding-left: 2em; }
nav a { color: inherit; }
p { margin: 0; text-align: justify; text-indent: 2em; overflow-wrap: anywhere; }
.frame { overflow-x: auto; margin: .8em 0 1.2em; }
table { width: 100%; border-collapse: collapse; font: .875rem/1.4 SimSun, 宋体, serif; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
th, td { border: 1px solid #000; padding: .3em .35em; font-weight: normal; text-align: center;
  text-wrap: balance; }
th[scope=row] { text-align: left; }
td { white-space: nowrap; }
figure { margin: 1em 0; text-align: center; break-inside: avoid; }
img { max-width: 100%; height: auto; }
.draft { position: sticky; top: 0; text-align: center; text-indent: 0; letter-spacing: 1em; font-weight: bold;
  background: #fff3bf; border: 1px solid #000; }
@media screen { table { min-width: var(--least); } }
@media print {
  @page { size: A4; margin: $margins; }
  html { font-size: ${size}pt; line-height: ${leading}pt; }
  main { max-width: none; padding: 0; }
  h1 { font-size: ${title}pt; }
  h1, h2, h3, h4, h5 { break-after: avoid; }
  nav { break-after: page; }
  nav a { text-decoration: none; }
  p { orphans: 2; widows: 2; }
  .frame { overflow: visible; }
  table { font-size: 10.5pt; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
  tr:not(:has(td)) { break-after: avoid; }
  .draft { position: fixed; top: 40%; left: 0; right: 0; font-size: 120pt; line-height: 1; color: #0002;
    background: none; border: none; transform: rotate(-45deg); }
}
""").substitute(
    margins=" ".join(f"{margin}mm" for margin in MARGINS_MM),
    size=f"{SIZE:g}",
    leading=f"{LEADING:g}",
    title=f"{TITLE_SIZE:g}",
)
"""GB/T 9704—2012 on paper; names of faces that Windows and WPS have, since a page can embed none of 17 MB."""


def _level(level: int) -> Attributes:
    return {"class": f"level-{level}"}


def _contents(block: Contents, anchors: Sequence[str]) -> str:
    """The headings as links within the page."""
    title, *_ = block.lines
    items = [
        element("li", element("a", text(entry.text), {"href": f"#{anchor}"}), _level(entry.level))
        for entry, anchor in zip(block.entries, anchors, strict=True)
    ]
    heading = element("h2", text(title), {"id": "contents", **_level(1)})
    return element("nav", lined(heading, element("ul", lined(*items))), {"aria-labelledby": "contents"})


def _figure(chart: Chart) -> str:
    picture = chart_picture(chart, {"width": str(WIDTH), "height": str(HEIGHT)})
    return element("figure", picture + element("figcaption", text(chart.caption)))


DRESS = Dress(
    title=("h1", {}),
    draft={"class": "draft"},
    heading=_level,
    contents=_contents,
    table=page_table,
    chart=_figure,
)


def render_page(document: Document) -> bytes:
    """The report's web page in UTF-8; the same document gives the same bytes."""
    main = element("main", lined(*blocks(document, DRESS)))
    page = element("html", lined(_head(document), element("body", lined(main))), {"lang": "zh-CN"})
    return f"<!DOCTYPE html>\n{page}\n".encode()


def _head(document: Document) -> str:
    """The head, with the tags a government site's article has (国办发〔2017〕47号, annex 2)."""
    named = {
        "viewport": "width=device-width, initial-scale=1",
        "ArticleTitle": document.title,
        "PubDate": document.date.isoformat(),
        "ContentSource": document.compiler or document.organ,
    }
    if document.website:
        named["SiteDomain"] = SCHEME.sub("", document.website).partition("/")[0]
    lines = (
        start("meta", {"charset": "utf-8"}),
        element("title", text(document.title)),
        *(start("meta", {"name": name, "content": content}) for name, content in named.items()),
        element("style", STYLE),
    )
    return element("head", lined(*lines))
