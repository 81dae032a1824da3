"""Tell whether a page may go to an HTML parser.

In: a page. Out: the reason why not, or "". Everything here takes linear time. The parsers do not:
on 100,000 attributes libxml2 takes a quarter of a minute, on 100,000 line breaks trafilatura takes
three seconds and on a million it never ends, and from a few hundred levels on text is lost without
a word. Limits are several times what the largest of 830 news pages needs (9,800 tags, depth 61,
an attribute list of 240,000 characters).
"""

import re

MAX_CHARS = 5_000_000
MAX_TAGS = 40_000
MAX_DEPTH = 250
LONG_TAG = 20_000
MAX_ATTRIBUTES = 1_000

TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,30})")
LONG = re.compile(rf"<[a-zA-Z][^<>]{{{LONG_TAG},}}")
# Tags without an end, or whose end is often left out: they would count as nesting.
FLAT = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr", "p", "li", "dt", "dd", "td", "th", "tr", "tbody", "thead", "tfoot", "colgroup",
    "option", "optgroup", "path", "rect", "circle", "line", "polygon", "polyline", "ellipse", "use",
    "stop",
})  # fmt: skip


def why_hostile(page: str) -> str:
    """Give the reason why a page must not be parsed, or "".

    >>> why_hostile("<p>talks</p>"), why_hostile("<div>" * 300)
    ('', 'more than 250 levels deep')
    """
    if len(page) > MAX_CHARS:
        return f"larger than {MAX_CHARS:,} characters"
    if page.count("<") > MAX_TAGS and sum(1 for _ in TAG.finditer(page)) > MAX_TAGS:
        return f"more than {MAX_TAGS:,} tags"
    if any(match[0].count("=") > MAX_ATTRIBUTES for match in LONG.finditer(page)):
        return f"more than {MAX_ATTRIBUTES:,} attributes in one tag"
    return f"more than {MAX_DEPTH} levels deep" if _is_deep(page) else ""


def _is_deep(page: str) -> bool:
    depth = 0
    for match in TAG.finditer(page):
        if match[2].lower() in FLAT:
            continue
        if match[1]:
            depth = max(0, depth - 1)
        else:
            depth += 1
            if depth > MAX_DEPTH:
                return True
    return False
