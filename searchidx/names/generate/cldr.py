"""Names of countries and of cities of time zones in many languages, from CLDR by way of Babel (Unicode)."""

from collections import Counter
from collections.abc import Iterator
from importlib import import_module

from searchidx.names import name_terms
from searchidx.names.generate.pack import Group
from searchidx.names.generate.words import is_english_word, is_foreign_word

SOURCE = "CLDR"
LOCALES = (
    "en", "af", "ar", "az", "be", "bg", "bn", "bs", "ca", "cs", "cy", "da", "de", "el", "es", "et", "eu",
    "fa", "fi", "fr", "ga", "gl", "he", "hi", "hr", "hu", "hy", "id", "is", "it", "ja", "ka", "kk", "ko",
    "ky", "lt", "lv", "mk", "mn", "ms", "nb", "nl", "pl", "pt", "pt_PT", "ro", "ru", "sk", "sl", "sq", "sr",
    "sr_Latn", "sv", "sw", "th", "tr", "uk", "ur", "uz", "vi", "zh", "zh_Hant",
)  # fmt: skip
MIN_LETTERS = 4
MAX_WORDS = 5


def groups() -> Iterator[Group]:
    """Yield the names of each country and city, in a fixed order."""
    found = _territories() | _cities()
    owners = Counter(term for terms in found.values() for term in terms)
    for _, terms in sorted(found.items()):
        # Congo, Guinea, Georgia (a country and islands): what two places are called leads to neither.
        kept = {term for term in terms if owners[term] == 1 and not is_foreign_word(term)}
        if len(kept) > 1:
            yield Group(tuple(sorted(kept)), SOURCE, frozenset(filter(is_english_word, kept)))


def _territories() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for locale in LOCALES:
        for code, name in import_module("babel").Locale.parse(locale).territories.items():
            if len(code) == 2:  # numbers stand for parts of the world
                _add(found, f"territory {code}", name)
    return found


def _cities() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    zones: set[str] = set(import_module("babel").Locale.parse("en").time_zones)
    parsed = [import_module("babel").Locale.parse(locale) for locale in LOCALES]
    zones |= {zone for locale in parsed for zone in locale.time_zones}
    for zone in zones:
        area, _, place = zone.rpartition("/")
        if area and area != "Etc":
            if "_" not in place:
                _add(found, zone, place)  # the English name where no other is given
            for locale in parsed:
                _add(found, zone, locale.time_zones.get(zone, {}).get("city", ""))
    return found


def _add(found: dict[str, set[str]], item: str, name: str) -> None:
    terms = name_terms(name)
    letters = "".join(terms)
    if terms and len(name.split()) <= MAX_WORDS and (len(letters) >= MIN_LETTERS or not letters.isascii()):
        found.setdefault(item, set()).add(" ".join(terms))
