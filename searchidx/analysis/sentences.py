"""Cut a text into paragraphs and sentences.

In: text and ``SentenceRules`` (abbreviations that do not end a sentence). Out: spans. The rules
are learnt from the corpus itself by NLTK's Punkt (Kiss & Strunk 2006), at build time only; applying
them is plain Python, so that a query never imports NLTK.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from searchidx.types import Span

# Abbreviations common in news that a small corpus may be too small to teach.
_KNOWN = frozenset(
    "mr mrs ms dr prof st gen col lt sgt capt maj cpl adm brig cmdr gov sen rep hon rev jr sr vs no nos vol art fig "
    "inc ltd co corp bros dept est approx jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun "
    "al etc ca cf ed eds pp им г гг ул тис млн млрд руб грн р рр ст стр см bzw ca evtl ggf nr str usw".split()
)
_END = re.compile(r"[.!?…。！？][.!?…]*[\"'”’»)\]]*(?:\s+|(?<=[。！？]))")
_OPENING = "\"'“‘«([„‹—–-¿¡ \t\u00a0"
_LAST_WORD = re.compile(r"[^\s(\[\"“‘«]{1,30}$")
_BLANK_LINE = re.compile(r"\n\s*\n")
MAX_LOOK_BACK = 40
# Enough text for Punkt to see the abbreviations of a collection; more costs seconds and changes little.
TRAINING_CHARS = 300_000


@dataclass(frozen=True, slots=True)
class SentenceRules:
    """What was learnt from a corpus: abbreviations, without their point, folded to lower case."""

    abbreviations: frozenset[str] = frozenset()
    starters: frozenset[str] = frozenset()  # words that begin sentences even after an abbreviation

    def ends_at(self, before: str, after: str) -> bool:
        """Tell whether a point between ``before`` and ``after`` ends a sentence."""
        last = _LAST_WORD.search(before)
        word = last[0].lower() if last else ""
        if len(word) == 1 and word.isalpha():
            return False  # an initial
        following = after.lstrip(_OPENING)
        if following[:1].islower():
            return False
        if word in self.abbreviations or word in _KNOWN or "." in word:
            return re.split(r"\W", following, maxsplit=1)[0].lower() in self.starters
        return True


def paragraphs(text: str) -> Iterator[Span]:
    """Yield the spans of the paragraphs: lines, joined where the next one begins in lower case.

    Scraped text has a paragraph a line; text wrapped by hand goes on in lower case.

    >>> text = "One goes\\non.\\nTwo."
    >>> [text[a:b] for a, b in paragraphs(text)]
    ['One goes\\non.\\n', 'Two.']
    """
    start = at = 0
    for line in text.splitlines(keepends=True):
        first = line.lstrip()[:1]
        blank_before = text[start:at].endswith("\n\n") or not text[start:at].strip()
        if at > start and first and not (first.islower() and not blank_before):
            yield start, at
            start = at
        at += len(line)
    if text[start:].strip():
        yield start, len(text)


def sentences(text: str, rules: SentenceRules) -> Iterator[Span]:
    """Yield the spans of the sentences of one paragraph.

    >>> text = "Gen. Fox left the U.S. on 2 June. He is back."
    >>> [text[a:b] for a, b in sentences(text, SentenceRules())]
    ['Gen. Fox left the U.S. on 2 June. ', 'He is back.']
    """
    start = 0
    for match in _END.finditer(text):
        if match.end() >= len(text):
            break
        if text[match.start()] == "." and match[0][1:2] not in ("!", "?"):
            before = text[max(start, match.start() - MAX_LOOK_BACK) : match.start()]
            if not rules.ends_at(before, text[match.end() : match.end() + MAX_LOOK_BACK]):
                continue
        yield start, match.end()
        start = match.end()
    if start < len(text):
        yield start, len(text)


def learn_sentence_rules(texts: Iterable[str]) -> SentenceRules:
    """Learn abbreviations from texts with NLTK's Punkt; reads at most ``TRAINING_CHARS``."""
    sample: list[str] = []
    room = TRAINING_CHARS
    for text in texts:
        sample.append(text[:room])
        room -= len(sample[-1])
        if room <= 0:
            break
    if not any("." in text for text in sample):
        return SentenceRules()
    from nltk.tokenize.punkt import PunktTrainer

    trainer = PunktTrainer()
    trainer.INCLUDE_ALL_COLLOCS = False
    trainer.train("\n\n".join(sample), finalize=True)
    learnt = trainer.get_params()
    return SentenceRules(
        abbreviations=frozenset(word.lower() for word in learnt.abbrev_types),
        starters=frozenset(word.lower() for word in learnt.sent_starters),
    )
