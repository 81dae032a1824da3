"""Keys under which names that may be one are found together.

In: the units of a name. Out: its loose keys: the classes of its consonants, one key for each way to
read it. Names that share no key are never compared; those that share one are (``verifier``).
"""

from functools import lru_cache

# The classes that each unit may stand for: S sibilants, K gutturals, V, P, T, L M N R; "" for silent.
CLASSES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys("szSZCЩßŚČĉžšÇцŝ", ("S",)),
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
_ENDINGS = ("s", "ot", "et")
VOWELS_BEFORE, VOWELS_AFTER = ("a", "e"), ("a", "e", "i", "o", "y", "ı")


@lru_cache(maxsize=50_000)
def loose_keys(units: str) -> tuple[str, ...]:
    """Give the loose keys of a row of units, the plainest reading first.

    >>> loose_keys("Щukin"), loose_keys("tyч")
    (('SKN',), ('TS', 'TK'))
    """
    keys = [""]
    for at, unit in enumerate(units):
        options = CLASSES.get(unit)
        follower = units[at + 1 : at + 2]
        if options is None:
            if unit != "u" or not (units[at - 1 : at] in VOWELS_BEFORE if at else follower in VOWELS_AFTER):
                continue
            options = ("", "V")  # Stanislaus, Stanislav; Уэбстер, Webster
        elif unit == "v" and at and units[at - 1] in "aeio" and follower:
            options = ("V", "")  # av is also au, and Pavutyna Pautina
        elif unit == "n" and follower and follower in "bpƂɃΦm":
            options = ("M",)  # Istanbul, Stambul
        elif unit in "cʒ" and follower and follower not in "ieYĭ":
            options = ("S",)
        if len(keys) * len(options) > MAX_KEYS:
            options = options[:1]
        keys = [_joined(key, option) for option in options for key in keys]
    if units.endswith("û"):  # Belarusian -oŭ: Rachkou, Рачков
        keys += [_joined(key, "V") for key in keys]
    if len(units) > 4 and units.endswith(_ENDINGS):
        keys += [key[:-1] for key in keys if len(key) > 2]
    return tuple(dict.fromkeys(key[:MAX_CHARS] for key in keys if key))[: MAX_KEYS + 2]


def _joined(key: str, option: str) -> str:
    return key + option[1:] if option and key.endswith(option[0]) else key + option
