"""Turn a document as it came into a clean one: the whole way on one screen.

In: a ``Document`` of any kind. Out: a ``CleanDocument``. No input raises; what a reader should know
stands in ``notes``. HTML is the affair of ``html``, lines are that of ``cuts``.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from searchidx.clean.evidence import Evidence, Seen
from searchidx.types import CleanDocument, Document, Removed

if TYPE_CHECKING:
    from searchidx.clean.metadata import Facts
    from searchidx.clean.rules import RuleSet

HTML_BEGINS_WITHIN = 1_000  # characters of comments and declarations before the first tag


def clean_document(
    document: Document, *, evidence: Evidence | None = None, rules: "RuleSet | None" = None
) -> CleanDocument:
    """Separate what the author wrote from what the site put around it.

    ``evidence`` tells which lines repeat over the documents of a source; ``rules`` are those of the
    package and a user's own (``rules.load_rules``).
    """
    # The rooms behind compile their patterns when they are imported: 20 ms that who only asks is spared.
    match document.kind:
        case "body":
            from searchidx.clean.metadata import given_facts

            return _assemble(document, document.content, facts=given_facts(document))
        case "text":
            return _clean_text(document, evidence, rules)
        case "html":
            from searchidx.clean.html import read_html

            within = _Within(evidence, group_of(document)) if evidence else None
            body, facts, notes = read_html(document, evidence=within, rules=rules)
            return _assemble(document, body, facts=facts, notes=notes)


@dataclass(frozen=True, slots=True)
class _Within:
    """The evidence of one group, whatever the page calls its site."""

    evidence: Evidence
    group: str

    def seen(self, line: str, _source: str, /) -> Seen:
        """Tell in how many documents of the group a line stands."""
        return self.evidence.seen(line, self.group)


def flatten_document(document: Document, reason: str, rules: "RuleSet | None" = None) -> CleanDocument:
    """Clean a page without parsing it; the note says why."""
    from searchidx.clean.html import flatten_page

    body, facts, notes = flatten_page(document, rules, reason)
    return _assemble(document, body, facts=facts, notes=notes)


def compared_text(document: Document) -> str:
    """Give the text whose lines are compared with those of other documents; none for clean ones."""
    match document.kind:
        case "text":
            return document.content
        case "html":
            from searchidx.clean.flatten import flatten

            return flatten(document.content)
        case "body":
            return ""


def group_of(document: Document) -> str:
    """Give whose lines a document's are compared with: those of its source, or else of its folder or file."""
    from searchidx.clean.metadata import host_of

    if source := document.source or host_of(document.url):
        return source
    return f"{document.path if document.line else document.path.rpartition('/')[0]}/"


def _clean_text(document: Document, evidence: Evidence | None, rules: "RuleSet | None") -> CleanDocument:
    from searchidx.clean.cuts import cut, find_cuts
    from searchidx.clean.metadata import host_of, lift_facts

    rules = rules and rules.for_source(host_of(document.url), document.source)
    removed, notes = find_cuts(document.content, source=group_of(document), evidence=evidence, rules=rules)
    body = cut(document.content, removed)
    facts = lift_facts(document, body, removed, rules=rules)
    return _assemble(document, body, facts=facts, removed=removed, notes=notes)


def clean(text: str, *, html: bool | None = None) -> CleanDocument:
    r"""Clean one text; whether it is HTML is seen from its beginning unless told.

    >>> clean("Talks end in Istanbul\n\nBoth sides met for an hour.\nShare on Facebook\n").body
    'Talks end in Istanbul\n\nBoth sides met for an hour.\n'
    """
    is_html = looks_like_html(text) if html is None else html
    return clean_document(Document(doc_id="", path="", content=text, kind="html" if is_html else "text"))


def looks_like_html(text: str) -> bool:
    """Tell whether a text is a page: it begins with a tag, and soon says so."""
    beginning = text[:HTML_BEGINS_WITHIN].lstrip("\ufeff \t\r\n").lower()
    return beginning.startswith("<") and ("<html" in beginning or "<!doctype" in beginning)


def _assemble(
    document: Document,
    body: str,
    *,
    facts: "Facts",
    removed: tuple[Removed, ...] = (),
    notes: tuple[str, ...] = (),
) -> CleanDocument:
    return CleanDocument(
        doc_id=document.doc_id,
        path=document.path,
        line=document.line,
        raw=document.content,
        body=body,
        kind=document.kind,
        removed=removed,
        url=facts.url,
        source=facts.source,
        title=facts.title,
        byline=facts.byline,
        published=facts.published,
        published_from=facts.published_from,
        language=facts.language,
        notes=notes,
        meta=document.meta,
    )
