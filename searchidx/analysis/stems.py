"""Say which terms are forms of one word: hyphens and British spelling evened out, then Snowball stems.

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

# British into American spelling, before Snowball, whose endings are American (it takes -ize off, not -ise).
# A key is never shown, so a rule may also change words it was not made for, as long as two words do
# not meet (tests/analysis/test_stems). First a piece without which the pattern can't match: most
# words hold none of them.
_INFLECTED = r"(?=(?:s|ed|ing|er|ers|est|ish|ness|y|ism|al|ally)?$)"
_BRITISH = (
    # colour, favourite, neighbourhood; two letters before it: not hour, pour, touring
    (
        "our",
        re.compile(
            r"(?<=..)our(?=(?:s|ed|ing|ings|er|ers|able|ably|ful|fully|less|ite|ites|itism|hood|hoods|ly|y|ies|al|ally"
            r"|ation|i[sz]\w+)?$)"
        ),
        "or",
    ),
    ("practis", re.compile(r"practis(?=e|ing$)"), "practic"),
    # organise; not what Americans write with an s too: advise, surprise, precise, praise, likewise
    (
        "is",
        re.compile(
            r"^(?!.*(?:[aouw]|[rdel]v|erv|rov|pr|parad|merchand|expert|vert|chast|mort|treat|pre[cm]|[nxr]c|circumc"
            r"|prom|surm|dem|desp|franch|sunr)is)(...+)is(?=(?:e|es|ed|ing|ings|er|ers|able|ation|ations|ational)$)"
        ),
        r"\1iz",
    ),
    ("lys", re.compile(r"(?<=[ao]l)ys(?=(?:e|es|ed|ing|er|ers)$)"), "yz"),  # analyse
    ("enc", re.compile(r"(?<=def|off|lic|ret)enc(?=e|ing$)"), "ens"),  # defence, licence, pretence
    (
        "re",
        re.compile(
            r"(cent|theat|(?:^|kilo|centi|milli)(?:met|lit)|fib|lust|sab|calib|somb|spect|scept|meag|mit)re(?=s?$|\w{4})"
        ),
        r"\1er",
    ),
    ("cent", re.compile("centr(?=ed$|ing$)"), "center"),
    ("logu", re.compile(r"(?<=...log)u(?:e(?=s?$)|(?=e|ing$))"), ""),  # catalogue, dialogue
    ("amme", re.compile(r"(?<=gra)mme(?=s?$)"), "m"),  # programme
    ("dgem", re.compile(r"(?<=dg)ement"), "ment"),  # judgement
    ("llo", re.compile(r"(?<=counse)ll(?=or)|(?<=counci)ll(?=or)"), "l"),
    ("ll", re.compile(r"(?<=[aeiou][ae])(?<!que)ll(?=(?:ed|ing|er|ers)$)"), "l"),  # fuelled
    ("ll", re.compile(r"(?<=woo)ll(?=en)|(?<=marve)ll(?=ous)"), "l"),
    ("ilful", re.compile(r"(?<=sk)ilful|(?<=w)ilful"), "illful"),
    ("ae", re.compile(r"^(an|h|p|gyn|encyclop|orthop|leuk|arch|medi)ae(?=[comdv])"), r"\1e"),  # anaesthetic
    ("ae", re.compile(r"(?<=^an)ae(?=s)"), "e"),
    ("oe", re.compile(r"^oe(?=s|d)|(?<=^f)oe(?=t)|(?<=rrh)oe(?=a)"), "e"),  # oestrogen, foetus
    ("manoeuvr", re.compile(r"manoeuvre?"), "maneuver"),
    ("grey", re.compile(rf"grey{_INFLECTED}"), "gray"),
    ("plough", re.compile("plough"), "plow"),
    ("mould", re.compile(rf"mould{_INFLECTED}"), "mold"),
    ("smould", re.compile("smoulder"), "smolder"),
    ("scep", re.compile(rf"sceptic{_INFLECTED}"), "skeptic"),
    ("moust", re.compile("moustach"), "mustach"),
    ("alumi", re.compile("aluminium"), "aluminum"),
    ("ageing", re.compile("^ageing$"), "aging"),
    ("jewellery", re.compile("jewellery"), "jewelry"),
    ("sulph", re.compile("sulph"), "sulf"),
    ("artef", re.compile("artefact"), "artifact"),
    ("disc", re.compile(r"^disc(?=s?$)"), "disk"),
    ("cos", re.compile(r"^cos(?=y$|ily$|iness$)"), "coz"),
)
_ANY_BRITISH = re.compile("|".join(dict.fromkeys(piece for piece, _, _ in _BRITISH)))
# Words that a rule would lead to another word: scouring to scoring, Gilmour to Gilmore.
_NOT_BRITISH = ("scour", "gilmour", "amour", "flour")


@cache
def _stemmer(language: str) -> "Stemmer | None":
    if language not in SNOWBALL:
        return None
    from Stemmer import Stemmer

    return Stemmer(SNOWBALL[language], 0)  # its own cache takes three times as long as stemming


def stem_language(language: str | None) -> str:
    """Give the language whose stems stand for a document: its own, or the default where unknown."""
    return (language or DEFAULT_LANGUAGE).replace("_", "-").partition("-")[0].lower()


@lru_cache(maxsize=200_000)
def stem_key(term: str, language: str) -> str:
    """Give the key that all forms of a word share in a language.

    >>> stem_key("cease-fires", "en") == stem_key("ceasefire", "en")
    True
    >>> stem_key("defence", "en") == stem_key("defense", "en")
    True
    """
    joined = term.replace("-", "")
    if not joined.isalpha() and any(c.isdigit() for c in joined):
        # Tu-95, 30-day: codes and numbers have no forms but a plural (F-16s, not 1990s).
        return joined[:-1] if joined[0].isalpha() and joined[-1] == "s" and joined[-2].isdigit() else joined
    stemmer = _stemmer(language)
    if stemmer is None:
        return joined
    stem: str = stemmer.stemWord(_american(joined) if language == "en" else joined)
    return stem


def _american(word: str) -> str:
    if not _ANY_BRITISH.search(word) or word.startswith(_NOT_BRITISH):
        return word
    for piece, pattern, replacement in _BRITISH:
        if piece in word:
            word = pattern.sub(replacement, word)
    return word
