"""A user's own rule file: what it may say, and how it is told what is wrong."""

from pathlib import Path

import pytest

from searchidx.clean.document import clean_document, flatten_document
from searchidx.clean.lines import Line, level, strip_marks
from searchidx.clean.rulefiles import (
    find_user_file,
    parse_rules,
    parse_user_rules,
    rules_digest,
    shipped_texts,
)
from searchidx.clean.rules import RuleSet, load_rules
from searchidx.errors import SettingsError
from searchidx.types import Document, Kind

RULE = """
[[rule]]
name = "slogan"
phrases = ["The news of the valley"]
drops = ["THE NEWS OF THE VALLEY »"]
spares = ["The news of the valley came late"]
"""
SITE = """
keep = ['Advertisement in the .*']
off = ["en/menu-word"]
[site."www.Example.org"]
off = ["en/ad-mark"]
keep = ["Share"]
[[site."www.Example.org".rule]]
name = "clock"
line = 'Local time \\d\\d:\\d\\d'
drops = ["Local time 10:15"]
spares = ["Local time stood still"]
"""


def names(rules: RuleSet, line: str) -> list[str]:
    plain = level(line)
    return [rule.name for rule in rules.fitting(Line(0, len(line), plain, strip_marks(plain)))]


@pytest.fixture
def user_file(tmp_path: Path) -> Path:
    path = tmp_path / "clean.toml"
    path.write_text(SITE.replace("[site.", RULE + "\n[site.", 1), "utf-8")
    return path


def test_a_users_rule_is_found_beside_the_shipped_ones(user_file: Path) -> None:
    rules = load_rules(user_file)
    assert names(rules, "The news of the valley") == ["clean/slogan"]
    assert names(rules, "Skip to main content") == ["en/skip-link"]
    assert names(load_rules(), "The news of the valley") == []


def test_a_shipped_rule_can_be_switched_off(user_file: Path) -> None:
    assert "en/menu-word" in names(load_rules(), "Open main menu")
    assert "en/menu-word" not in names(load_rules(user_file), "Open main menu")


def test_a_section_holds_for_its_site_and_those_below(user_file: Path) -> None:
    rules = load_rules(user_file)
    for source in ("example.org", "news.Example.org"):
        assert names(rules.for_source(source), "Local time 10:15") == ["clean/www.Example.org/clock"]
        assert "en/ad-mark" not in names(rules.for_source(source), "Advertisement")
        assert rules.for_source(source).off == {"en/menu-word", "en/ad-mark"}
    for source in ("", "notexample.org", "example.org.uk"):
        assert rules.for_source(source) is rules
    assert load_rules().for_source("example.org") is load_rules()


SENTENCES = (
    "The council voted on Monday to keep the old bridge closed until the end of the winter.",
    "Engineers who looked at its piers in the autumn had found cracks below the water line.",
)
LINES = (SENTENCES[0], "Local time 10:15", SENTENCES[1])
PARAGRAPHS = "".join(f"<p>{line}</p>" for line in LINES)
ADDRESS = "https://news.example.org/bridge"
NAMED = '<meta property="og:site_name" content="The Example">'


@pytest.mark.parametrize(
    ("kind", "content", "url", "source"),
    [
        ("text", "\n".join(LINES), ADDRESS, "The Example"),
        ("text", "\n".join(LINES), "", "example.org"),
        ("html", f"<html><head>{NAMED}</head><body>{PARAGRAPHS}</body></html>", ADDRESS, ""),
        (
            "html",
            f"<html><head>{NAMED}<link rel='canonical' href='{ADDRESS}'></head>{PARAGRAPHS}</html>",
            "",
            "",
        ),
    ],
)
def test_a_section_holds_by_the_address_whatever_the_site_is_called(
    user_file: Path, kind: Kind, content: str, url: str, source: str
) -> None:
    document = Document(doc_id="a", path="a", content=content, kind=kind, url=url, source=source)
    for rules, is_cut in ((load_rules(user_file), True), (load_rules(), False)):
        body = clean_document(document, rules=rules).body
        assert ("Local time" not in body) is is_cut
        assert all(sentence in body for sentence in SENTENCES)


def test_a_page_that_is_flattened_obeys_the_users_rules(user_file: Path) -> None:
    content = f"<html><body>{PARAGRAPHS}</body></html>"
    document = Document(doc_id="a", path="a", content=content, kind="html", url=ADDRESS)
    assert "Local time" in flatten_document(document, "a test").body
    assert "Local time" not in flatten_document(document, "a test", load_rules(user_file)).body


def test_a_line_to_keep_fits_no_rule(user_file: Path) -> None:
    rules = load_rules(user_file)
    site = rules.for_source("example.org")
    share = Line(0, 5, "Share", "Share")
    assert rules.fitting(share)
    assert not site.fitting(share)
    assert (rules.keeps(share), site.keeps(share)) == (False, True)
    assert site.keeps(Line(0, 9, "Advertisement in the snow", "Advertisement in the snow"))


HOSTILE = RULE.replace('phrases = ["The news of the valley"]', "line = '(?:a+)+b'")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("rules = 1", "unknown key 'rules'"),
        ("keep = 1\noff = = 1", "line 2"),
        ("keep = 'a'", "keep is a list"),
        ("keep = ['(']", "keep: the pattern can't be read"),
        ("keep = ['(?:a|a)*b']", "hostile line"),
        ("off = ['en/shrae']", "no rule is called 'en/shrae'"),
        ("site = 1", r"\[site"),
        ("[site.'a.org']\nrules = 1", "site a.org"),
        (RULE.replace("THE NEWS", "NO NEWS"), "line 2: rule clean/slogan does not drop its example 'NO NEWS"),
        (RULE.replace(" came late", ""), "line 2: rule clean/slogan drops 'The news of the valley', which"),
        (
            RULE + HOSTILE.replace("slogan", "b"),
            "line 8: rule b: the pattern could take minutes on a hostile line",
        ),
        (RULE.replace('["The news of the valley"]', '["..."]'), "a phrase has no letters"),
        (RULE.replace('phrases = ["The news of the valley"]', ""), "a rule needs a pattern, line"),
        (RULE + RULE, "line 8: clean/slogan stands there twice"),
        (RULE.replace("phrases", "ignore_case = 1\nphrases"), "ignore_case is true or false"),
        (
            RULE.replace("[[rule]]", "[[site.'a.org'.rule]]").replace("THE", "NO"),
            "line 2: rule clean/a.org/slogan does not",
        ),
    ],
)
def test_what_is_wrong_is_said_with_line_and_reason(text: str, reason: str) -> None:
    known = {"en/share"}
    with pytest.raises(SettingsError, match=reason) as caught:
        parse_user_rules(text, "clean.toml", known=known)
    assert "clean.toml" in str(caught.value)


def test_a_file_that_is_not_there_or_no_text_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="can't be read"):
        load_rules(tmp_path / "clean.toml")
    (tmp_path / "clean.toml").write_bytes(b"\xff")
    with pytest.raises(SettingsError, match="can't be read"):
        load_rules(tmp_path / "clean.toml")


def test_the_file_lies_beside_the_corpus(user_file: Path) -> None:
    article = user_file.with_name("a.txt")
    article.write_text("The bridge", "utf-8")
    assert find_user_file(user_file.parent) == user_file
    assert find_user_file(article) == user_file
    user_file.unlink()
    assert find_user_file(article.parent) is None


def test_the_digest_changes_with_the_file(user_file: Path) -> None:
    before = rules_digest(user_file)
    assert before == rules_digest(user_file) != rules_digest()
    user_file.write_text("off = []", "utf-8")
    assert rules_digest(user_file) not in {before, rules_digest()}


def test_the_shipped_files_pass_the_checks_of_a_users_file() -> None:
    for name, text in shipped_texts():
        assert [rule.name for rule in parse_rules(text, name)] == [
            rule.name for rule in load_rules().rules if rule.name.startswith(name.removesuffix(".toml") + "/")
        ]
