"""Which links are safe to show? Those of documents, which anybody may have written.

In: a URL as the corpus holds it. Out: the link and the host it leads to, or nothing.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

SCHEMES = ("http", "https")
# Browsers drop some of these before they read the scheme, and take a backslash for a slash.
_TREACHEROUS = re.compile(r"[\x00-\x20\x7f-\xa0\\<>\"`\ud800-\udfff\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Link:
    """A link to another site, and the host as a reader should see it."""

    url: str
    host: str


def safe_link(url: str) -> Link | None:
    """Give a link to http or https, None for anything else.

    >>> safe_link("https://example.org/a?b=c")
    Link(url='https://example.org/a?b=c', host='example.org')
    >>> safe_link("javascript:alert(1)"), safe_link("//example.org/"), safe_link(" https://example.org")
    (None, None, None)
    """
    if _TREACHEROUS.search(url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:  # a bad IPv6 address, or letters that turn into "/" when they are normalised
        return None
    if parts.scheme not in SCHEMES or not host:
        return None
    return Link(url, host.removeprefix("www."))
