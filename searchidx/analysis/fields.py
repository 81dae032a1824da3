"""The fields of the index, and how a clean document fills them.

In: ``CleanDocument`` and ``SentenceRules``. Out: ``IndexDocument``. Sentence and paragraph starts
are kept as positions of two reserved terms of the body, so any engine that keeps positions can
answer ``/s`` and ``/p``.
"""

from searchidx.analysis.analyzer import Positions
from searchidx.analysis.sentences import SentenceRules, paragraphs, sentences
from searchidx.analysis.stems import stem_language
from searchidx.types import CleanDocument, IndexDocument, Postings

TITLE, BODY, RAW = "title", "body", "raw"  # RAW: the text that the cleaner cut
SOURCE, BYLINE, LANGUAGE = "source", "byline", "language"
PUBLISHED = "published"  # one term, the day as YYYY-MM-DD
STEMS = "stems"  # one term, the language whose stems apply
TEXT_FIELDS = (TITLE, BODY)  # where a word is looked for that names no field

SENTENCE, PARAGRAPH = "\x02s", "\x02p"  # reserved terms: no analysed term holds a control character


def index_document(document: CleanDocument, rules: SentenceRules) -> IndexDocument:
    """Analyse a clean document."""
    title = Positions()
    title.add(document.title)
    body = body_positions(document.body, rules)
    fields: dict[str, Postings] = {TITLE: title.terms, BODY: body.terms}
    for name, text in (
        (RAW, "\n".join(document.raw[cut.start : cut.end] for cut in document.removed)),
        (SOURCE, document.source),
        (BYLINE, "\n".join(document.byline)),
    ):
        if text:
            positions = Positions()
            positions.add(text)
            fields[name] = positions.terms
    fields[LANGUAGE] = {document.language.lower(): (0,)} if document.language else {}
    fields[STEMS] = {stem_language(document.language): (0,)}
    fields[PUBLISHED] = {document.published[:10]: (0,)} if document.published else {}
    return IndexDocument(stored=document, fields=fields, lengths={TITLE: title.length, BODY: body.length})


def body_positions(text: str, rules: SentenceRules) -> Positions:
    """Analyse a body; the starts of its sentences and paragraphs become positions of reserved terms."""
    body = Positions()
    paragraph_starts, sentence_starts = [], []
    for begin, end in paragraphs(text):
        paragraph = text[begin:end]
        at_paragraph = body.length
        for start, stop in sentences(paragraph, rules):
            at = body.length
            body.add(paragraph[start:stop])
            if body.length > at:
                sentence_starts.append(at)
        if body.length > at_paragraph:
            paragraph_starts.append(at_paragraph)
    if sentence_starts:
        body.terms[SENTENCE] = sentence_starts
        body.terms[PARAGRAPH] = paragraph_starts
    return body
