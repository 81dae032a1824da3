"""How bytes become text."""

import codecs
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchidx.corpus.encodings import declared_in_page, decode
from searchidx.corpus.reader import UnreadableError

ENGLISH = "Delegations met in Istanbul on Monday, and the agreement was read out by the minister.\n"
RUSSIAN = "Переговоры в Стамбуле завершились без результата, сообщил министр иностранных дел.\n"
TURKISH = "Cumhurbaşkanı Erdoğan, İstanbul'daki görüşmelerin ardından açıklama yaptı. Çırağan Sarayı.\n"
FRENCH = "Les négociations à Istanbul se sont achevées sans résultat, a déclaré le ministre. Où est l’été?\n"
GREEK = "Οι διαπραγματεύσεις στην Κωνσταντινούπολη ολοκληρώθηκαν χωρίς αποτέλεσμα.\n"
CHINESE = "乌克兰与俄罗斯在伊斯坦布尔举行第二轮谈判，双方同意交换战俘。\n"
JAPANESE = "ウクライナとロシアはイスタンブールで第二回協議を行い、捕虜交換で合意した。\n"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_is_believed_and_dropped(encoding: str) -> None:
    assert decode(RUSSIAN.encode(encoding)) == (RUSSIAN, encoding.removesuffix("-sig"))


@pytest.mark.parametrize("order", ["be", "le"])
def test_both_byte_orders_are_known(order: str) -> None:
    mark = {"be": codecs.BOM_UTF16_BE, "le": codecs.BOM_UTF16_LE}[order]
    assert decode(mark + RUSSIAN.encode(f"utf-16-{order}"))[0] == RUSSIAN


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (TURKISH, "cp1254"),
        (FRENCH, "cp1252"),
        (GREEK, "cp1253"),
        (CHINESE, "gb18030"),
        (JAPANESE, "cp932"),
        (ENGLISH + "It’s – “quoted” …\n", "cp1252"),
        (ENGLISH * 2000 + RUSSIAN * 3, "cp1251"),
    ],
)
def test_other_encodings_are_guessed(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == (text, encoding)


@pytest.mark.parametrize(
    ("head", "encoding", "text"),
    [
        ('<meta charset="windows-1251">', "cp1251", "ба"),
        ("<META CHARSET=cp1251>", "cp1251", "ба"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">', "koi8_r", "ба"),
        ("<?xml version='1.0' encoding='iso-8859-5'?>", "iso8859_5", "ба"),
        ('<meta name="x"><meta charset = "gb2312">', "gb18030", "镕"),
        ('<meta charset="iso-8859-1">', "cp1252", "é’ "),
        ('<meta charset="shift_jis">', "cp932", "①"),
        ('<meta charset="iso-8859-9">', "cp1254", "ğ"),
    ],
)
def test_a_page_may_declare_its_encoding(head: str, encoding: str, text: str) -> None:
    data = (head + text).encode(encoding)  # too few letters for a guess
    assert decode(data, declared=declared_in_page(data)) == (head + text, encoding)


@pytest.mark.parametrize(
    "label", ["utf-8", "punycode", "zip", "rot13", "unicode_escape", "idna", "nonsense", ""]
)
def test_a_declaration_that_can_not_be_true_is_passed_over(label: str) -> None:
    assert decode(RUSSIAN.encode("cp1251"), declared=label) == (RUSSIAN, "cp1251")


def test_utf_8_outweighs_what_a_page_declares() -> None:
    assert decode(RUSSIAN.encode(), declared="windows-1251") == (RUSSIAN, "utf-8")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (RUSSIAN.encode()[:-2], RUSSIAN[:-2]),
        (ENGLISH.encode() + b"\xe2\x80", ENGLISH),
        (ENGLISH.encode() + b"\xed\xa0\x80!", ENGLISH + "\ufffd!"),
        (b"talks \xed\xa0\xbd\xed\xb8\x80", "talks 😀"),
        (RUSSIAN.encode() + b"\xff" + RUSSIAN.encode(), RUSSIAN + "\ufffd" + RUSSIAN),
        ("the minister’s “no” ".encode() + b"\xa0end", "the minister’s “no” \ufffdend"),
    ],
    ids=["cut", "cut behind ASCII", "half a pair", "two halves", "a broken byte", "punctuation"],
)
def test_damage_in_utf_8_costs_no_more_than_the_damaged_characters(data: bytes, text: str) -> None:
    assert decode(data) == (text, "utf-8")


@pytest.mark.parametrize(
    ("data", "text"),
    [(b"caf\xe9", "café"), (b"the minister\x92s word. " * 400, "the minister’s word. " * 400)],
)
def test_a_few_latin_letters_are_not_taken_for_damaged_utf_8(data: bytes, text: str) -> None:
    assert decode(data)[0] == text


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(1, 256)),
        b"a\0b",
        b"\xef\xbb\xbfa\0b",
        b"\xff\xfe" + b"\x00\xd8a" * 99,
        b"\xff\xfe\0\0" + b"\xff" * 99,
        "\ufeff\u3000\n".encode(),
    ],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        decode(data)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"a\r\nb\rc\n\r\n", "a\nb\nc\n\n"),
        ("a\u2028b\u0085c\x0c".encode(), "a\u2028b\u0085c\x0c"),
        ("a\ufeffb".encode(), "a\ufeffb"),
        (b"\x1b[31mred\x1b[0m\x07", "\x1b[31mred\x1b[0m\x07"),
    ],
)
def test_only_line_ends_are_evened_out(data: bytes, text: str) -> None:
    assert decode(data)[0] == text


@given(st.text(min_size=1).filter(lambda text: not set(text) & set("\0\r\ufeff") and not text.isspace()))
def test_utf_8_comes_back_to_the_letter(text: str) -> None:
    assert decode(text.encode()) == (text, "utf-8")


@settings(deadline=None)
@given(st.binary(max_size=400), st.sampled_from([None, "cp1252", "gb2312", "big5", "iso-8859-8"]))
def test_decoded_text_can_always_be_stored(data: bytes, declared: str | None) -> None:
    try:
        text, _ = decode(data, declared=declared)
    except UnreadableError:
        return
    assert text.encode().decode() == text
    assert not set(text) & set("\0\r")


def test_no_module_is_loaded_for_utf_8() -> None:
    program = "import sys, searchidx.corpus as c; list(c.parse('é, ’'.encode(), path='', file_format='txt'));"
    program += "print(*{'ftfy', 'charset_normalizer', 'bs4', 'lxml'} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
