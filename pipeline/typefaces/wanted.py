"""The faces an office prints with, best first, and their names as font files give them."""

from collections.abc import Mapping

WANTED: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "title": (
        ("方正小标宋简体", "FZXiaoBiaoSong-B05S", "FZXBSJW--GB1-0"),
        ("方正小标宋_GBK", "FZXiaoBiaoSong-B05", "FZXBSK--GBK1-0"),
        ("华文中宋", "STZhongsong"),
    ),
    "hei": (
        ("黑体", "SimHei"),
        ("方正黑体_GBK", "FZHei-B01", "FZHTK--GBK1-0"),
        ("方正黑体简体", "FZHei-B01S", "FZHTJW--GB1-0"),
    ),
    "kai": (
        ("楷体_GB2312", "KaiTi_GB2312"),
        ("楷体", "KaiTi"),
        ("方正楷体_GBK", "FZKai-Z03", "FZKTK--GBK1-0"),
        ("方正楷体简体", "FZKai-Z03S", "FZKTJW--GB1-0"),
        ("华文楷体", "STKaiti"),
    ),
    "fang": (
        ("仿宋_GB2312", "FangSong_GB2312"),
        ("仿宋", "FangSong"),
        ("方正仿宋_GBK", "FZFangSong-Z02", "FZFSK--GBK1-0"),
        ("方正仿宋简体", "FZFangSong-Z02S", "FZFSJW--GB1-0"),
        ("华文仿宋", "STFangsong"),
    ),
    "song": (
        ("宋体", "SimSun"),
        ("方正书宋_GBK", "FZShuSong-Z01", "FZSSK--GBK1-0"),
        ("方正书宋简体", "FZShuSong-Z01S", "FZSSJW--GB1-0"),
        ("华文宋体", "STSong"),
    ),
}
"""By role: the faces that may print it, best first, each by its Chinese name and then its others.

GB/T 9704—2012 names 小标宋, 黑体, 楷体, 仿宋 and 宋体 without a maker. Offices hold 方正小标宋 and the
_GB2312 faces for the right ones; after them come those of Windows, of 麒麟 and 统信 (方正…_GBK) and of Office
(华文…).
宋体 is no stand-in for 小标宋: at the title's size it is too light, and the bundled face is nearer.
"""


def key(name: str) -> str:
    """A face's name for comparing: letter case and spaces do not count."""
    return "".join(name.split()).casefold()
