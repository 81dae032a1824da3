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
_TITLES = "mr mrs ms dr prof st gen col lt sgt capt maj cpl adm brig cmdr gov sen rep hon rev jr sr"
_DAYS = "jan feb apr jun jul aug sep sept oct nov dec mon tue wed thu fri"
_OTHERS = "vs vol inc ltd co corp bros dept est approx al etc ca cf ed eds bzw evtl ggf usw"
_CYRILLIC = "им г гг ул тис млн млрд руб грн р рр ст стр см"
_KNOWN = frozenset(f"{_TITLES} {_DAYS} {_OTHERS} {_CYRILLIC}".split())
# Words of their own, too ("He said no."): abbreviations only before a number.
_KNOWN_BEFORE_NUMBER = frozenset(("no", "nos", "nr", "art", "fig", "mar", "sat", "sun", "p", "pp", "str"))
# A German date (2. Juni); where months are written small, no rule is needed.
_ORDINAL = re.compile(r"\d{1,2}")
_GERMAN_MONTHS = "januar jänner februar märz april mai juni juli august september oktober november dezember"
_MONTHS = frozenset(_GERMAN_MONTHS.split())
_ACRONYM = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}")  # U.S, p.m, Ph.D, т.е; not 8.7 or report.pdf
_CLOSING = r"[\"'”’“‘»«)\]]*"  # “ closes in German
_CJK_CLOSING = r"[\"'”’」』）]*"
# Each begins where its run of marks does, so that a long run is looked at once.
_END = re.compile(rf"[。！？]+{_CJK_CLOSING}\s*|(?<![.!?…])[.!?…]+{_CLOSING}\s+")
_OPENING = "\"'“‘«([„‹—–-¿¡ \t\u00a0"
_LAST_WORD = re.compile(r"[^\s(\[\"“‘«]{1,30}$")
_NOT_WORD = re.compile(r"\W")
MAX_LOOK_BACK = 40
# Enough text for Punkt to see the abbreviations of a collection; more costs seconds and changes little.
TRAINING_CHARS = 300_000


@dataclass(frozen=True, slots=True)
class SentenceRules:
    """What was learnt from a corpus: abbreviations, without their point, folded to lower case."""

    abbreviations: frozenset[str] = frozenset()
    starters: frozenset[str] = frozenset()  # words that begin sentences even after an abbreviation

    @classmethod
    def from_facts(cls, facts: object) -> "SentenceRules":
        """Read rules as ``as_facts`` gave them to the manifest of a generation; none from anything else."""
        lists = facts if isinstance(facts, dict) else {}
        return cls(frozenset(lists.get("abbreviations", ())), frozenset(lists.get("starters", ())))

    def as_facts(self) -> dict[str, list[str]]:
        """Give the rules as JSON can hold them."""
        return {"abbreviations": sorted(self.abbreviations), "starters": sorted(self.starters)}

    def ends_at(self, before: str, mark: str, after: str) -> bool:
        """Tell whether ``mark``, as found between ``before`` and ``after``, ends a sentence."""
        if mark[0] in "。！？":
            return True
        following = after.lstrip(_OPENING)
        if following[:1].islower():
            return False  # “Why?” asked Fox
        if mark[0] != "." or mark[1:2] in ("!", "?"):
            return True
        last = _LAST_WORD.search(before)
        word = last[0].lower() if last else ""
        next_word = _NOT_WORD.split(following, maxsplit=1)[0].lower()
        if word in _KNOWN_BEFORE_NUMBER and next_word[:1].isdigit():
            return False
        if _ORDINAL.fullmatch(word) and next_word in _MONTHS:
            return False
        return next_word in self.starters or not self._is_abbreviation(word)

    def _is_abbreviation(self, word: str) -> bool:
        if word in self.abbreviations:
            return word not in _KNOWN_BEFORE_NUMBER
        is_initial = len(word) == 1 and word.isalpha()
        return is_initial or word in _KNOWN or _ACRONYM.fullmatch(word) is not None


def paragraphs(text: str) -> Iterator[Span]:
    r"""Yield the spans of the paragraphs: lines, joined where the next one begins in lower case.

    Scraped text has a paragraph a line; text wrapped by hand goes on in lower case.

    >>> text = "One goes\non.\nTwo."
    >>> [text[a:b] for a, b in paragraphs(text)]
    ['One goes\non.\n', 'Two.']
    """
    start = at = 0
    has_words, after_blank = False, True
    for line in text.splitlines(keepends=True):
        first = line.lstrip()[:1]
        if first and has_words and (after_blank or not first.islower()):
            yield start, at
            start = at
        has_words, after_blank = has_words or bool(first), not first
        at += len(line)
    if has_words:
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
        before = text[max(start, match.start() - MAX_LOOK_BACK) : match.start()]
        if not rules.ends_at(before, match[0], text[match.end() : match.end() + MAX_LOOK_BACK]):
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
