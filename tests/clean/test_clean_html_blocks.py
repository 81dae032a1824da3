"""The way from a page to its text: blocks, their numbers, the model, the choice among them."""

import json
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchidx.clean import Evidence
from searchidx.clean.evidence import Seen
from searchidx.clean.html import read_html
from searchidx.clean.html_blocks import Block, Box, cut_blocks
from searchidx.clean.html_features import NAMES
from searchidx.clean.html_model import build_model, load_model
from searchidx.clean.html_page import parse, read_page
from searchidx.clean.html_text import HIGHEST, LOWEST, choose_blocks, find_bar, write_text
from searchidx.clean.train_html import label
from searchidx.types import Document

SENTENCES = [
    "Delegations from both towns met for two hours on Monday to talk about the bridge between them.",
    "The bridge has been closed since May, when an engineer found that two of its pillars had moved.",
    "Neither of the towns wants to pay for the repair, and the province says that it has no money left.",
    "A second meeting is planned for the end of the month, according to people who took part in the talks.",
]
ARTICLE = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)


def texts(page: str) -> list[str]:
    return [block.text for block in cut_blocks(parse(page))]


def body_of(inner: str, *, evidence: Evidence | None = None, source: str = "Example") -> str:
    page = f"<!DOCTYPE html><html><body><main><article>{inner}</article></main></body></html>"
    document = Document(doc_id="d", path="d", content=page, kind="html", source=source)
    return read_html(document, evidence=evidence)[0]


@pytest.mark.parametrize(
    ("page", "blocks"),
    [
        ("<p>Talks in <b>Kyiv</b> and <a href='/'>Lviv</a></p>", ["Talks in Kyiv and Lviv"]),
        ("<div>before<p>one</p>after</div>", ["before", "one", "after"]),
        ("<p>one<br>line<br><br>two</p>", ["one line", "two"]),
        ("<p>a</p><script>b</script><style>c</style><template>d</template><p>e</p>", ["a", "e"]),
        ("<p>a<!-- b -->c</p>", ["ac"]),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", ["a | b", "c"]),
        ("<table><tr><td><p>a</p><p>b</p></td></tr></table>", ["a", "b"]),
        ("<p>...</p><p>§</p><p>橋</p>", ["橋"]),
        ("<p>a\0b</p>", ["a b"]),
    ],
)
def test_a_page_is_cut_where_a_reader_sees_paragraphs(page: str, blocks: list[str]) -> None:
    assert texts(page) == blocks


def test_a_block_knows_its_links_and_its_boxes() -> None:
    (block,) = cut_blocks(
        parse("<div class='relatedLinks top' hidden><p>See <a>the bridge</a> <b>now</b></p></div>")
    )
    assert (block.link_chars, block.links, block.strong_chars) == (len("the bridge"), 1, 3)
    assert block.box.is_hidden
    assert block.box.parent is not None
    assert block.box.parent.names == ("related", "links", "top")


def test_every_block_has_all_numbers() -> None:
    reading = read_page(
        parse(f"<html><body><h1>The bridge</h1>{ARTICLE}<p>橋は月曜日から閉鎖されており</p></body></html>")
    )
    assert {len(row) for row in reading.rows} == {len(NAMES)}
    assert len(reading.rows) == len(reading.blocks) == 6
    assert reading.title_at == 0


def test_the_names_of_numbers_are_distinct_and_the_model_knows_them() -> None:
    assert len(set(NAMES)) == len(NAMES)
    assert set(load_model().features) <= set(NAMES)


def test_a_model_is_a_sum_of_trees() -> None:
    row = [0.0] * len(NAMES)
    model = build_model({"features": ["words"], "start": 0.0, "trees": [[0, 4.5, -1.0, 1.0], 0.5]})
    few, many = model.score(row), model.score([9.0, *row[1:]])
    assert few == pytest.approx(1 / (1 + 2.718281828**0.5))
    assert many == pytest.approx(1 / (1 + 2.718281828**-1.5))
    assert json.dumps([few, many])


def test_a_model_with_features_of_another_version_is_refused() -> None:
    with pytest.raises(ValueError, match="tuple"):
        build_model({"features": ["no such feature"], "start": 0.0, "trees": []})


def blocks_of(*shares: float, words: int = 20) -> tuple[list[Block], list[float]]:
    box = Box("p", None, 1, (), False)
    return [
        Block(f"{number} " + "word " * words, box, 0, 0, 0, False) for number, _ in enumerate(shares)
    ], list(shares)


def test_an_uncertain_page_sets_a_lower_bar() -> None:
    assert find_bar(*blocks_of(0.99, 0.98, 0.01)) == HIGHEST
    assert LOWEST <= find_bar(*blocks_of(0.5, 0.45, 0.4)) < 0.3
    assert find_bar(*blocks_of(0.1, 0.1)) == LOWEST
    assert find_bar([], []) == LOWEST


def test_a_text_is_kept_once() -> None:
    twice = cut_blocks(
        parse(f"<article><p>{SENTENCES[0]}</p><p>{SENTENCES[1]}</p><p>{SENTENCES[0]}</p></article>")
    )
    rows: Sequence[Sequence[float]] = [[0.0] * len(NAMES)] * 3
    assert [block.text for block in choose_blocks(twice, rows, [1.0, 1.0, 1.0])] == SENTENCES[:2]


def test_a_caption_told_before_is_not_told_again() -> None:
    caption = "The bridge between the towns, seen from the north"
    page = f"<figure><div>{caption} in May</div><figcaption>{caption}</figcaption></figure>"
    blocks = cut_blocks(parse(page))
    chosen = choose_blocks(blocks, [[0.0] * len(NAMES)] * 2, [1.0, 1.0])
    assert [block.text for block in chosen] == [f"{caption} in May"]


def test_items_and_rows_are_lines_of_one_block() -> None:
    listed = "<ul><li>one</li><li><p>two</p><p>more of two</p></li></ul>"
    page = f"<h2>Towns</h2>{listed}<table><tr><td>a</td><td>b</td></tr></table>"
    assert write_text(cut_blocks(parse(page))) == "Towns\n\n- one\n- two\n\nmore of two\n\n| a | b |"


def test_sub_heads_lists_and_quotes_stay() -> None:
    inner = (
        f"<h1>The bridge stays closed</h1>{ARTICLE}"
        f"<h2>Who pays for the repair</h2>{ARTICLE.replace('Monday', 'Friday')}"
        "<ul><li>The towns pay a third each, says one plan.</li>"
        "<li>The province pays all of it, says another.</li></ul>"
        "<blockquote><p>We have waited for this bridge long enough, said the mayor.</p></blockquote>"
        f"{ARTICLE.replace('May', 'June')}"
    )
    body = body_of(inner)
    assert "\n\nWho pays for the repair\n\n" in body
    assert "- The towns pay a third each, says one plan.\n- The province" in body
    assert "waited for this bridge" in body


def test_a_notice_about_cookies_over_the_page_goes() -> None:
    notice = (
        "<div class='cookie-consent modal'><p>We and our partners store information on your device, and "
        "you may change your mind at any time, as we explain in our policy.</p></div>"
    )
    assert "partners" not in body_of(f"<h1>The bridge stays closed</h1>{ARTICLE}{notice}")


def test_a_plea_for_support_goes_but_an_article_about_support_stays() -> None:
    plea = (
        "<div class='support-us'><p>We believe that news should be free for everyone, as you do.</p>"
        "<p>Support our newsroom, and contribute as little as $1 a month to keep it going.</p></div>"
    )
    body = body_of(f"<h1>The bridge stays closed</h1>{ARTICLE * 2}{plea}")
    assert "newsroom" not in body
    assert SENTENCES[3] in body
    donated = ARTICLE.replace("no money left", "to support it, and people donate for it")
    assert "donate for it" in body_of(f"<div class='support'><h1>The bridge stays closed</h1>{donated}</div>")


class Everything:
    """Says that each line is chrome of the site."""

    def seen(self, line: str, source: str, /) -> Seen:
        return Seen(9 if line and source == "Example" else 1, 9)


def test_what_repeats_over_a_site_goes_but_neither_running_text_nor_headings() -> None:
    long = (
        "The towns have been waiting for the bridge since May, and they will have to wait for it " * 2
        + "again."
    )
    inner = f"<h1>The bridge stays closed</h1>{ARTICLE}<p>{long}</p><h2>Who pays</h2><p>{long} Or not.</p>"
    body = body_of(inner, evidence=Everything())
    assert SENTENCES[0] not in body
    assert long in body
    assert SENTENCES[0] in body_of(inner, evidence=Everything(), source="Other")


def test_a_page_in_a_script_without_spaces_keeps_its_text() -> None:
    sentences = [
        "二つの町の代表は月曜日に会い、町の間にある橋について二時間にわたって話し合いました。",
        "この橋は、技師が二本の柱が動いたことを見つけた五月から閉鎖されています。",
        "どちらの町も修理の費用を払いたくないと言っており、県にもお金がありません。",
        "次の会議は月末に開かれる予定であると、話し合いに参加した人々が述べています。",
    ]
    body = body_of("<h1>橋は閉鎖されたまま</h1>" + "".join(f"<p>{one}</p>" for one in sentences))
    assert all(one in body for one in sentences)


@settings(max_examples=40)
@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<td>", "<tr>", "<li>", "<br>", "<a>", "<h1>", "<article>", "a b.", "<figure>"]
        ),
        max_size=40,
    ).map("".join)
)
def test_any_soup_is_cut_without_loss_of_words(content: str) -> None:
    tree = parse(f"<html><body>{content}</body></html>")
    found = " ".join(block.text for block in cut_blocks(tree))
    assert found.count("b.") == content.count("b.")


# ---- labels for learning --------------------------------------------------------------------------------


def test_blocks_are_labelled_by_the_gold_text_in_its_order() -> None:
    gold = f"{SENTENCES[0]}\nWho pays\n{SENTENCES[1]}"
    page = ["Home", SENTENCES[0], "Who pays", SENTENCES[1], "Who pays", SENTENCES[2], SENTENCES[0]]
    assert [share >= 0.5 for share in label(page, gold)] == [False, True, True, True, False, False, False]


def test_text_in_another_order_than_the_gold_is_content_all_the_same() -> None:
    gold = "\n".join((SENTENCES[0], SENTENCES[1], SENTENCES[2]))
    assert min(label([SENTENCES[2], SENTENCES[0], SENTENCES[1]], gold)) >= 0.5
