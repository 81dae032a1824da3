"""Answers as JSON, the same on the command line and on the web.

In: ``Results`` and its like. Out: dictionaries with the keys of the contract, which others build on:
adding a key is free, renaming or removing one is a breaking change.
"""

import json
import re
from collections.abc import Sequence

from searchidx.timeline import Timeline
from searchidx.types import (
    CleanDocument,
    Counts,
    Expansion,
    Facets,
    Heading,
    Hit,
    ReindexReport,
    Relaxed,
    Results,
    Skipped,
    Snippet,
    Suggestion,
)

# Never written raw, whatever the documents hold: they would turn round the text on a screen.
_UNPRINTABLE = re.compile("[\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def to_json(value: object) -> str:
    """Write a value as one line of JSON that holds no control character and no direction override."""
    # A pattern: str.translate takes longer than all else that a large answer needs.
    text = json.dumps(value, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def results_dict(results: Results, *, ids_only: bool = False) -> dict[str, object]:
    """Give the object of ``searchidx query --json``; with ``ids_only`` a hit is [doc_id, score]."""
    return {
        "query": results.query,
        "interpreted": results.interpreted,
        "total": results.total,
        "total_is_exact": results.total_is_exact,
        "total_all_words": results.total_all_words,
        "took_ms": results.took_ms,
        "warnings": list(results.warnings),
        "expansions": expansions_list(results.expansions),
        "suggestion": results.suggestion,
        "hits": hits_list(results.hits, ids_only=ids_only),
        "relaxed": relaxed_dict(results.relaxed, ids_only=ids_only) if results.relaxed else None,
        **({} if results.total_folded is None else {"total_folded": results.total_folded}),
        **({} if results.facets is None else {"facets": facets_dict(results.facets)}),
    }


def relaxed_dict(relaxed: Relaxed, *, ids_only: bool = False) -> dict[str, object]:
    """Give the answer to a wider query; its hits are no hits of the query that was asked."""
    return {
        "interpreted": relaxed.interpreted,
        "note": relaxed.note,
        "keeps_filters": relaxed.keeps_filters,
        "total": relaxed.total,
        "hits": hits_list(relaxed.hits, ids_only=ids_only),
    }


def facets_dict(facets: Facets) -> dict[str, object]:
    """Give how all hits divide; the value is null where it is not known."""
    return {
        "sources": _counts(facets.sources),
        "languages": _counts(facets.languages),
        "years": _counts(facets.by(4)),
        "months": _counts(facets.by(7)),
        "undated": facets.undated,
    }


def timeline_dict(results: Results, timeline: Timeline) -> dict[str, object]:
    """Give the object of ``searchidx query --timeline --json``."""
    return {
        "query": results.query,
        "interpreted": results.interpreted,
        "total": results.total,
        "step": timeline.step,
        "undated": timeline.undated,
        "buckets": [
            {"start": bucket.start.isoformat(), "end": bucket.end.isoformat(), "count": bucket.count}
            for bucket in timeline.buckets
        ],
        "warnings": list(results.warnings),
    }


def _counts(counts: Counts) -> list[dict[str, object]]:
    return [{"value": value or None, "count": count} for value, count in counts]


def hits_list(hits: Sequence[Hit], *, ids_only: bool = False) -> list[object]:
    """Give hits; with ``ids_only`` one is [doc_id, score]."""
    return [[hit.doc_id, hit.score] if ids_only else hit_dict(hit) for hit in hits]


def hit_dict(hit: Hit) -> dict[str, object]:
    """Give one hit; "similar" stands only where near-copies are folded under it."""
    found: dict[str, object] = {
        "rank": hit.rank,
        "doc_id": hit.doc_id,
        "path": hit.path,
        "title": hit.title,
        "source": hit.source,
        "byline": list(hit.byline),
        "published": hit.published,
        "language": hit.language,
        "url": hit.url,
        "score": hit.score,
        "matches_all": hit.matches_all,
        "cluster": hit.cluster,
        "title_highlights": [list(span) for span in hit.title_highlights],
        "snippets": [snippet_dict(snippet) for snippet in hit.snippets],
    }
    return found | {"similar": [heading_dict(one) for one in hit.similar]} if hit.similar else found


def heading_dict(heading: Heading) -> dict[str, object]:
    """Give what a line about a document says."""
    return {
        "doc_id": heading.doc_id,
        "title": heading.title,
        "source": heading.source,
        "published": heading.published,
    }


def snippet_dict(snippet: Snippet) -> dict[str, object]:
    """Give one excerpt; "raw" stands only where it is of text that was cut."""
    found: dict[str, object] = {
        "text": snippet.text,
        "start": snippet.start,
        "highlights": [list(span) for span in snippet.highlights],
    }
    return found | {"raw": True} if snippet.raw else found


def expansions_list(expansions: Sequence[Expansion]) -> list[dict[str, object]]:
    """Give what was added to each word."""
    return [
        {
            "term": expansion.term,
            "added": [
                {"term": a.term, "kind": a.kind, "weight": a.weight, "why": a.why} for a in expansion.added
            ],
        }
        for expansion in expansions
    ]


def suggestions_dict(prefix: str, suggestions: Sequence[Suggestion]) -> dict[str, object]:
    """Give the object of ``searchidx suggest --json``."""
    return {
        "prefix": prefix,
        "suggestions": [{"text": one.text, "kind": one.kind, "count": one.count} for one in suggestions],
    }


def report_dict(report: ReindexReport) -> dict[str, object]:
    """Give the object of ``searchidx reindex --json``."""
    return {
        "documents": report.documents,
        "added": report.added,
        "changed": report.changed,
        "removed": report.removed,
        "skipped": [skipped_dict(skipped) for skipped in report.skipped],
        "lines_total": report.lines_total,
        "lines_removed": report.lines_removed,
        "lines_removed_by": dict(report.lines_removed_by),
        "generation": report.generation,
        "took_ms": round(report.took_ms, 3),
    }


def skipped_dict(skipped: Skipped) -> dict[str, object]:
    """Give a file or line that was skipped; "line" stands only where there is one."""
    place: dict[str, object] = {"path": skipped.path}
    if skipped.line is not None:
        place["line"] = skipped.line
    return place | {"reason": skipped.reason}


def document_dict(document: CleanDocument) -> dict[str, object]:
    """Give the object of ``searchidx clean --json``."""
    return {
        "path": document.path,
        "doc_id": document.doc_id,
        "title": document.title,
        "byline": list(document.byline),
        "source": document.source,
        "url": document.url,
        "published": document.published,
        "published_from": document.published_from,
        "language": document.language,
        "body": document.body,
        "removed": [
            {
                "start": cut.start,
                "end": cut.end,
                "text": document.raw[cut.start : cut.end],
                "rule": cut.rule,
                "why": cut.why,
            }
            for cut in document.removed
        ],
        "notes": list(document.notes),
    }
