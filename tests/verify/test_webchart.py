"""The words in a picture that a page carries inside itself."""

from base64 import b64encode
from urllib.parse import quote

from selectolax.lexbor import LexborHTMLParser

from pipeline.verify.webchart import picture_descriptions, picture_words

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg"><text>2020年</text><text> 1&lt;9 3 </text><style>9</style></svg>'
)


def words(*addresses, extra=""):
    images = "".join(f'<p><img {extra} src="{address}"></p>' for address in addresses)
    return list(picture_words(LexborHTMLParser(f"<!DOCTYPE html>{images}").body))


def test_a_picture_is_read_however_it_is_written_into_its_address():
    based = "data:image/svg+xml;base64," + b64encode(SVG.encode()).decode()
    plain = "data:image/svg+xml;charset=utf-8," + quote(SVG)
    assert words(based, plain) == [("2020年", "1<93")] * 2


def test_a_damaged_picture_shows_nothing_and_one_of_another_kind_is_left_alone():
    assert words("data:image/svg+xml;base64,/w==", "data:image/svg+xml;base64,a") == [(), ()]
    assert words("data:image/png;base64,AAAA", "https://www.gov.cn/a.svg", "") == []


def test_a_hidden_picture_is_not_seen():
    assert words("data:image/svg+xml," + quote(SVG), extra="hidden") == []


def test_what_is_said_of_a_picture_is_read_and_may_be_missing():
    images = "".join(
        f'<img {said} src="data:image/svg+xml,{quote(SVG)}">' for said in ('alt="共 9 件"', "", "alt")
    )
    body = LexborHTMLParser(f"<!DOCTYPE html>{images}<img alt=1 src=a.png>").body
    assert list(picture_descriptions(body)) == ["共9件", "", ""]
