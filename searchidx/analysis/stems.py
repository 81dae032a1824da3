"""Say which terms are forms of one word: Snowball stems, hyphens and British spelling evened out.

In: a term and a language. Out: a stem key; terms of one key are forms of one word. Keys are never
shown and never searched: they lead from a word asked for to the terms of the index.
"""

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from Stemmer import Stemmer

DEFAULT_LANGUAGE = "en"  # of documents whose language is not known

SNOWBALL = {
    "ar": "arabic",
    "ca": "catalan",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "tr": "turkish",
    "yi": "yiddish",
}

# British and American spelling, on Snowball's English stems. A key is never shown, so a rule may
# also change words it was not made for, as long as two words do not meet (tests/analysis/test_stems).
_BRITISH = (
    (re.compile(r"(?<=[^aeiou]..)our(?=$|abl$|hood$|it$|less$|i$)|(?<=[^aeiou].)our(?=$|abl$|it$)"), "or"),  # colour
    (re.compile(r"(?<=.{3})is(?=$|at$)"), "iz"),  # organise, organisation
    (re.compile(r"(?<=al)ys$"), "yz"),  # analyse
    (re.compile(r"(?<=.{2}[ae])nc$|(?<=.{3}[ie])nc$"), "ns"),  # defence, licence
    (re.compile(r"^(cent|theat|met|lit|fib|lust|sab|calib|somb|spect)er$"), r"\1r"),  # centre
    (re.compile(r"(?<=.{3}[ao])gu$"), "g"),  # catalogue, dialogue
    (re.compile(r"(?<=gra)mm$"), "m"),  # programme
    (re.compile(r"(?<=dg)ement$"), "ment"),  # judgement
    (re.compile(r"(?<=.{2}[ae])ll$"), "l"),  # enrol, fulfil: travell- is Snowball's own work
    (re.compile(r"^(an|h|p|gyn|encyclop|orthop|leuk)ae(?=.)"), r"\1e"),  # anaesthetic, haemorrhage
)
_IRREGULAR = {
    "aluminium": "aluminum",
    "grey": "gray",
    "jewelleri": "jewelri",
    "manoeuvr": "maneuv",
    "mould": "mold",
    "plough": "plow",
    "sceptic": "skeptic",
    "moustach": "mustach",
    "ageing": "age",
}
_NOT_BRITISH = frozenset({"scour"})  # would meet "score"


@cache
def _stemmer(language: str) -> "Stemmer | None":
    if language not in SNOWBALL:
        return None
    from Stemmer import Stemmer

    return Stemmer(SNOWBALL[language])


def stem_language(language: str | None) -> str:
    """Give the language whose stems stand for a document: its own, or the default where unknown."""
    return (language or DEFAULT_LANGUAGE).partition("-")[0].lower()


@lru_cache(maxsize=200_000)
def stem_key(term: str, language: str) -> str:
    """Give the key that all forms of a word share in a language.

    >>> stem_key("cease-fires", "en") == stem_key("ceasefire", "en")
    True
    >>> stem_key("defence", "en") == stem_key("defense", "en")
    True
    """
    joined = term.replace("-", "")
    if any(c.isdigit() for c in joined):
        return joined  # Tu-95, 30-day: codes and numbers have no forms
    stemmer = _stemmer(language)
    if stemmer is None:
        return joined
    stem: str = stemmer.stemWord(joined)
    return _american(stem) if language == "en" else stem


def _american(stem: str) -> str:
    if stem in _NOT_BRITISH:
        return stem
    for pattern, replacement in _BRITISH:
        stem = pattern.sub(replacement, stem)
    return _IRREGULAR.get(stem, stem)
