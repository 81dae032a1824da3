"""Texts for the properties of this room: anything at all, but rich in what the analyzer takes apart."""

from hypothesis import strategies as st

_PIECES = (
    *(
        "A-50",
        "Tu-95",
        "Tu95",
        "cease-fire",
        "hit-and-run-by-night",
        "U.S.",
        "U.S",
        "Gen.",
        "p.m.",
        "8.7",
        "12,000",
    ),
    *(
        "1.234,5",
        "Web’s",
        "Web's",
        "O'Brien",
        "l’État",
        "dell'Ucraina",
        "Çırağan",
        "İSTANBUL",
        "ılık",
        "STRASSE",
        "ß",
    ),
    *(
        "Київ",
        "ёлка",
        "Й",
        "ΟΔΟΣ",
        "ᾳ",
        "習近平",
        "が",
        "ﾊﾝﾄﾞ",
        "한국",
        "हिन्दी",
        "ไทย",
        "القذافي",
        "ﷺ",
        "ﬁ",
        "Ａ－５０",
        "①",
        "½",
    ),
    *(
        "_",
        "-",
        "--",
        "’",
        "'",
        ".",
        ",",
        "…",
        "“",
        "\u00ad",
        "\u200b",
        "\u0301",
        "\u0307",
        "\u0345",
        "\ud800",
        "😀",
        "🇺🇦",
        "‏",
    ),
    *(" ", "\n", "\t", "\u00a0", "\u2028", "\x00", "\x02s"),
)
# What a keyboard or a wire service writes: no half characters, no characters of older encodings.
_PLAIN_PIECES = tuple(
    piece for piece in _PIECES if piece not in ("\ud800", "\u0345", "ﷺ", "Ａ－５０", "½", "①", "ﾊﾝﾄﾞ", "ﬁ")
)

any_text = st.lists(st.sampled_from(_PIECES) | st.characters(), max_size=30).map("".join)
plain_text = st.lists(st.sampled_from(_PLAIN_PIECES), max_size=20).map("".join)
plain_words = st.lists(st.sampled_from(_PLAIN_PIECES), max_size=20).map(" ".join)
