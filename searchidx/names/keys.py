"""Keys under which names that may be one are found together.

In: the units of a name. Out: its loose keys: the classes of its consonants, one key for each way to
read it. Names that share no key are never compared; those that share one are (``verifier``).
"""

from functools import lru_cache

# The classes that each unit may stand for: S sibilants, K gutturals, V, P, T, L M N R; "" for silent.
CLASSES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys("szSZCЩŚČĉžšÇцŝ", ("S",)),
    "ß": ("S", "SK"),  # Schröder; Schiphol, Schetyna
    **dict.fromkeys("cʒ", ("S", "T")),  # Belarusian ць, дзь
    **dict.fromkeys("kgXГQğķҡ", ("K",)),
    **dict.fromkeys("bpƂ", ("P",)),
    **dict.fromkeys("tdD", ("T",)),
    **dict.fromkeys("fvF", ("V",)),
    **{letter: (letter.upper(),) for letter in "lmnr"},
    **dict.fromkeys("hħGγ", ("K", "")),
    **dict.fromkeys("wW", ("V", "")),
    **dict.fromkeys("ŧđţɟ", ("T", "S")),
    "к": ("K", "S"),
    "ч": ("S", "K"),
    "ģ": ("K", "S"),
    "Ĵ": ("S", "K"),
    "j": ("", "S", "K"),
    "x": ("KS", "S", "K"),
    "R": ("R", "S", "RS"),
    "в": ("V", "P"),
    "Φ": ("P", "V"),
    "T": ("T", "V"),  # Theodor, Fedor
    "Ɉ": ("S", "TR"),
    "J": ("S", "TS"),
    "Ƀ": ("P", "MP"),
    "Đ": ("T", "NT"),
    "Ĝ": ("K", "NK"),
    "ҋ": ("K", "SK"),
}
MAX_KEYS = 8
MAX_CHARS = 12
# Of Baltic and Greek nominatives, and what the French do not speak.
_ENDINGS = ("s", "ot", "et", "rt", "rd")
VOWELS_BEFORE, VOWELS_AFTER = ("a", "e"), ("a", "e", "i", "o", "y", "ı")


def loose_keys(units: str) -> tuple[str, ...]:
    """Give the loose keys of a row of units, the plainest reading first.

    >>> loose_keys("Щukin"), loose_keys("tyч")
    (('SKN',), ('TS', 'TK'))
    """
    return tuple([key for key, _ in places(units)])


@lru_cache(maxsize=50_000)
def places(units: str) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Give the loose keys and, for each letter of a key, which unit it stands for.

    A letter without a unit of its own, such as the second one of x, stands before a unit: that is given
    as the complement (``~at``).

    >>> places("Щukin"), places("xan")
    ((('SKN', (0, 2, 4)),), (('KSN', (0, -2, 2)), ('SN', (0, 2)), ('KN', (0, 2))))
    """
    found: list[tuple[str, tuple[int, ...]]] = [("", ())]
    for at, unit in enumerate(units):
        options = CLASSES.get(unit)
        follower = units[at + 1 : at + 2]
        if options is None:
            if unit != "u" or not (units[at - 1 : at] in VOWELS_BEFORE if at else follower in VOWELS_AFTER):
                continue
            options = ("", "V")  # Stanislaus, Stanislav; Уэбстер, Webster
        elif unit == "v" and at and units[at - 1] in "aeio" and follower:
            options = ("V", "")  # av is also au, and Pavutyna Pautina
        elif unit == "n" and follower and follower in "bpɃm":
            options = ("M",)  # Istanbul, Stambul
        elif unit == "n" and follower and follower in "ƂвΦ":
            options = ("M", "N")  # a vowel may stand between them unwritten
        elif unit in "cʒ" and follower and follower not in "iyeYĭ":
            options = ("S",)
        elif unit in "Wħ" and at:
            options = options[::-1]  # a vowel, likelier than a consonant
        if len(found) * len(options) > MAX_KEYS:
            options = options[:1]
        found = [_joined(key, of, option, at) for option in options for key, of in found]
    if units.endswith("û"):  # Belarusian -oŭ: Rachkou, Рачков
        found += [(key + "V", (*of, ~len(units))) for key, of in found if key and key[-1] != "V"]
    if len(units) > 4 and units.endswith(_ENDINGS):
        found += [(key[:-1], of[:-1]) for key, of in found if len(key) > 2]
    first: dict[str, tuple[int, ...]] = {}
    for key, of in found:
        if key:
            first.setdefault(key[:MAX_CHARS], of[:MAX_CHARS])
    return tuple(first.items())[: MAX_KEYS + 2]


def _joined(key: str, of: tuple[int, ...], option: str, at: int) -> tuple[str, tuple[int, ...]]:
    if not option:
        return key, of
    if key.endswith(option[0]):
        return key + option[1:], of + (~(at + 1),) * (len(option) - 1)
    return key + option, (*of, at) + (~(at + 1),) * (len(option) - 1)
