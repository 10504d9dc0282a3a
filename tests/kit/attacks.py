"""Text of others that would break a page if any of it were taken as markup, script or direction."""

HOSTILE = (
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    "<!--<script>",
    "]]>--><svg onload=alert(1)>",
    "\"'><b>粗</b>",
    "\u2028alert(1)\u2029",
    "\u202e倒着\u2066写\u2069",
    "${organ} $organ {{ 7*7 }}",
    "\\u003cscript\\u003e",
    "\x00\x07\ud800",
)

ALL = "".join(HOSTILE)
