"""What a PDF says of itself, as XMP (ISO 16684-1): the same as its Info dictionary, and what it conforms to.

Source: ISO 19005-2, 6.6 (PDF/A identification and extension schemas); ISO 14289-1, 5 (PDF/UA identification).
"""

import datetime
from collections.abc import Mapping

from msgspec import Struct

from pipeline.render.word_text import text

TOOL = "make-report"

_SPACES = "".join(
    f' xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "dc": "http://purl.org/dc/elements/1.1/",
        "xmp": "http://ns.adobe.com/xap/1.0/",
        "pdf": "http://ns.adobe.com/pdf/1.3/",
        "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
        "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
        "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
        "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
        "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
    }.items()
)
_UA_SCHEMA = (
    '<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    "<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    '<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    "<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    "<pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>PDF/UA part</pdfaProperty:description>"
    "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>"
)
"""PDF/A knows PDF/UA's mark only where the file explains it."""


class Properties(Struct, frozen=True):
    """A file's properties. ``part`` of PDF/A is 2, or 3 where files are attached; both at level A."""

    title: str
    author: str
    subject: str
    date: datetime.date
    part: int = 2

    @property
    def stamp(self) -> str:
        """Midnight of the date in China, as PDF writes it (ISO 32000-1, 7.9.4)."""
        return f"D:{self.date:%Y%m%d}000000+08'00'"

    @property
    def entries(self) -> Mapping[str, str]:
        """Those of the Info dictionary (ISO 32000-1, 14.3.3)."""
        return {
            "/Title": self.title,
            "/Author": self.author,
            "/Subject": self.subject,
            "/Creator": TOOL,
            "/Producer": TOOL,
            "/CreationDate": self.stamp,
            "/ModDate": self.stamp,
        }

    @property
    def packet(self) -> bytes:
        """The XMP packet that says the same."""
        moment = f"{self.date:%Y-%m-%d}T00:00:00+08:00"
        return (
            '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
            f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF{_SPACES}><rdf:Description rdf:about="">'
            "<dc:format>application/pdf</dc:format>"
            f"<dc:title>{_alternative(self.title)}</dc:title>"
            f"<dc:creator><rdf:Seq><rdf:li>{text(self.author)}</rdf:li></rdf:Seq></dc:creator>"
            f"<dc:description>{_alternative(self.subject)}</dc:description>"
            "<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>"
            f"<xmp:CreatorTool>{TOOL}</xmp:CreatorTool><pdf:Producer>{TOOL}</pdf:Producer>"
            f"<xmp:CreateDate>{moment}</xmp:CreateDate><xmp:ModifyDate>{moment}</xmp:ModifyDate>"
            f"<pdfaid:part>{self.part}</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>"
            f"<pdfuaid:part>1</pdfuaid:part>{_UA_SCHEMA}"
            '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
        ).encode()


def _alternative(words: str) -> str:
    return f'<rdf:Alt><rdf:li xml:lang="x-default">{text(words)}</rdf:li></rdf:Alt>'
