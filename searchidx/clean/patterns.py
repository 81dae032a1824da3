"""Look into a pattern without running it: how its lines begin, what they hold, how long it may take.

In: the source of a regular expression. Out: prefixes and words for the filter of ``rules``, and a
bound on the work for hostile lines. All answers err on the safe side: a prefix too many, a bound
too high. What is not understood counts as "anything".
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from typing import Any, TypeAlias

Node: TypeAlias = Any  # an (operator, argument) pair of Python's own parser, which has no types
Nodes: TypeAlias = Sequence[Node]

PREFIX_CHARS = 4
MAX_PREFIXES = 500  # a pattern that can begin in more ways is tried on more lines instead
MAX_CLASS = 80  # characters of a class that are told apart
REPEATS = {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}
ZERO_WIDTH = {"AT", "ASSERT", "ASSERT_NOT"}
# İ and ı both match i when case is ignored, and only case folding by language would join them.
APART = {0x130: "i", 0x131: "i", 0x2019: "'", 0x2BC: "'", 0x451: "е", 0x401: "е"}


class _Folds(dict[int, int | str]):
    """Fills itself with the characters that texts hold: other decimals count as 0."""

    def __missing__(self, code: int) -> int | str:
        found: int | str = "0" if code > 127 and chr(code).isdecimal() else code
        self[code] = found
        return found


FOLDS = _Folds(APART)
DIGITS = str.maketrans("123456789", "000000000")


def fold(text: str) -> str:
    """Give the form in which lines and patterns are compared, character by character.

    Two characters that match when case is ignored have the same form.

    >>> fold("PAYLAŞIN"), fold("L’article"), fold("٣ days")
    ('paylaşin', "l'article", '0 days')
    """
    return text.lower() if text.isascii() else text.translate(FOLDS).casefold()


def as_beginning(text: str) -> str:
    """Give the folded form with all digits alike: dates and counts begin in too many ways.

    >>> as_beginning("12 Mai")
    '00 mai'
    """
    return fold(text).translate(DIGITS)


def parse(pattern: str) -> Nodes:
    """Give the parts of a pattern; raises re.error if it is none."""
    return list(import_module("re._parser").parse(pattern))


def beginnings(nodes: Nodes) -> frozenset[str]:
    """Give prefixes of up to four characters; each line that fits begins with one of them.

    They are in the form of ``as_beginning``.

    >>> sorted(beginnings(parse("ads?|[Ss]hare .*|.* more"))), sorted(beginnings(parse("ads?|read on")))
    ([''], ['ad', 'read'])
    """
    found = {prefix for prefix, _ in _prefixes(nodes)}
    return frozenset(p for p in found if not any(p[:size] in found for size in range(len(p))))


def _prefixes(nodes: Nodes) -> set[tuple[str, bool]]:
    """Give prefixes, and whether the pattern ends there, so that what follows it goes on."""
    found = {("", True)}
    for node in nodes:
        if not any(is_open for _, is_open in found):
            break
        nexts = _node_prefixes(node)
        found = {
            joined
            for prefix, is_open in found
            for joined in (((prefix + more)[:PREFIX_CHARS], goes_on and len(prefix + more) < PREFIX_CHARS)
                           for more, goes_on in (nexts if is_open else (("", False),)))
        }  # fmt: skip
        if len(found) > MAX_PREFIXES:
            return {(prefix[:1], False) for prefix, _ in found}
    return found


def _node_prefixes(node: Node) -> set[tuple[str, bool]]:
    operator, argument = str(node[0]), node[1]
    if operator in REPEATS:
        least, most, body = int(argument[0]), int(argument[1]), argument[2]
        once, run = _prefixes(body), {("", True)}
        found = set(run) if least == 0 else set()
        for count in range(1, min(most, PREFIX_CHARS + least) + 1):
            run = {
                ((prefix + more)[:PREFIX_CHARS], goes_on and len(prefix + more) < PREFIX_CHARS)
                for prefix, is_open in run
                for more, goes_on in (once if is_open else (("", False),))
            }
            if len(run) > MAX_PREFIXES:
                return {(prefix[:1], False) for prefix, _ in found | run}
            found |= run if count >= least else {one for one in run if not one[1]}
            if not any(is_open for _, is_open in run):
                break
        return found
    if operator in ZERO_WIDTH:
        return {("", True)}
    inner = _inside(node)
    if inner is not None:
        return set().union(*(_prefixes(nodes) for nodes in inner))
    characters = _characters(node)
    return {("", False)} if characters is None else {(as_beginning(one), True) for one in characters}


def needed_words(nodes: Nodes) -> frozenset[str]:
    """Give folded strings one of which stands in each line that fits; {""} if none is known.

    >>> sorted(needed_words(parse(".{0,9}(?:trackbacks?|pings?).*")))
    ['ping', 'trackback']
    """
    best, run = frozenset({""}), ""
    for node in nodes:
        characters = _characters(node)
        folded = {fold(one) for one in characters} if characters else set()
        if len(folded) == 1:
            run += folded.pop()
            best = max(best, frozenset({run}), key=_shortest)
            continue
        run = ""
        inner = _inside(node)
        if inner is None and str(node[0]) in REPEATS and int(node[1][0]) > 0:
            inner = [node[1][2]]
        if inner is not None:
            best = max(best, frozenset().union(*(needed_words(part) for part in inner)), key=_shortest)
    return best


def _shortest(words: Iterable[str]) -> int:
    return min(map(len, words))


def work(nodes: Nodes, max_chars: int, after: Nodes = ()) -> float:
    r"""Give the common logarithm of a bound on the ways to read a hostile line of ``max_chars``.

    A repetition counts with the ways to end it, unless what follows can't begin like its body; a
    choice counts with its branches, unless they begin differently; both to the power of the
    repetitions around them. Possessive and atomic groups are left with one way.

    >>> [round(work(parse(one), 200), 1) for one in (r"(?:\w+ ){0,6}x", "(a+)+", "(a?){50}", "a.*b.*")]
    [0.8, 462.5, 15.1, 4.6]
    """
    total = 0.0
    for place, node in enumerate(nodes):
        operator, argument = str(node[0]), node[1]
        rest = [*nodes[place + 1 :], *after]
        if operator in {"POSSESSIVE_REPEAT", "ATOMIC_GROUP"}:
            # It is tried from each place once: what happens inside adds and does not multiply.
            body = argument[2] if operator == "POSSESSIVE_REPEAT" else argument
            total = max(total, work(body, max_chars, body))
        elif operator in {"ASSERT", "ASSERT_NOT"}:
            total = max(total, work(argument[1], max_chars))
        elif operator in REPEATS:
            least, most, body = int(argument[0]), min(int(argument[1]), max_chars), argument[2]
            inside = work(body, max_chars, [*body, *rest] if most > 1 else rest)
            total += inside * most
            if not _is_told_apart(body, rest):
                total += math.log10(most - least + 1)
        elif operator == "BRANCH":
            branches = argument[1]
            total += max(work(branch, max_chars, rest) for branch in branches)
            if not all(_is_told_apart(one, [*two, *rest]) for one, two in _pairs(branches)):
                total += math.log10(len(branches))
        elif (inner := _inside(node)) is not None:
            total += max(work(part, max_chars, rest) for part in inner)
    return total


def _pairs(branches: Sequence[Nodes]) -> Iterator[tuple[Nodes, Nodes]]:
    return ((one, two) for place, one in enumerate(branches) for two in branches[place + 1 :])


def _is_told_apart(one: Nodes, two: Nodes) -> bool:
    """Tell whether the next character alone says which of two parts goes on."""
    firsts, seconds = _first(one), _first(two)
    if firsts is None or seconds is None:
        return False
    return not any(_overlap(a, b) for a in firsts for b in seconds)


def _first(nodes: Nodes) -> list[Node] | None:
    """Give the parts that can match the first character; None if it can be any, or be none at all."""
    found: list[Node] = []
    for node in nodes:
        operator = str(node[0])
        if operator in REPEATS:
            inner = _first(node[1][2])
            if inner is None:
                return None
            found += inner
            if int(node[1][0]) > 0:
                return found
        elif operator in ZERO_WIDTH:
            continue
        elif (parts := _inside(node)) is not None:
            for part in parts:
                inner = _first(part)
                if inner is None:
                    return None
                found += inner
            return found
        elif operator in {"LITERAL", "NOT_LITERAL", "IN", "ANY"}:
            return [*found, node]
        else:
            return None
    # The line must end here: nothing else begins like that, unless the part was empty altogether.
    return found or None


def _overlap(one: Node, two: Node) -> bool:
    for a, b in ((one, two), (two, one)):
        characters = _characters(a)
        if characters is not None:
            forms = {form for c in characters for form in (c, c.lower(), c.upper())}
            return any(_holds(b, form) for form in forms)
    return True


def _holds(node: Node, character: str) -> bool:
    """Tell whether a part for one character may match that one."""
    operator, argument = str(node[0]), node[1]
    if operator == "LITERAL":
        return fold(chr(argument)) == fold(character)
    if operator == "RANGE":
        return any(
            argument[0] <= ord(c[:1] or " ") <= argument[1] for c in (character.lower(), character.upper())
        )
    if operator == "CATEGORY":
        word = {
            "DIGIT": character.isdecimal(),
            "SPACE": character.isspace(),
            "WORD": character.isalnum() or character == "_",
        }.get(str(argument).rsplit("_", 1)[-1])
        return True if word is None else word != ("_NOT_" in str(argument))
    if operator == "IN":
        if str(argument[0][0]) == "NEGATE":
            return not any(_holds(item, character) for item in argument[1:])
        return any(_holds(item, character) for item in argument)
    if operator == "NOT_LITERAL":
        return chr(argument) != character
    return True


def _inside(node: Node) -> list[Nodes] | None:
    """Give the ways through a group or a choice."""
    operator, argument = str(node[0]), node[1]
    if operator == "SUBPATTERN":
        return [argument[3]]
    if operator == "ATOMIC_GROUP":
        return [argument]
    if operator == "BRANCH":
        return list(argument[1])
    return None


def _characters(node: Node) -> list[str] | None:
    """Give the characters that a part for one character can match; None for too many to tell."""
    operator, argument = str(node[0]), node[1]
    if operator == "LITERAL":
        return [chr(argument)]
    if operator == "RANGE" and argument[1] - argument[0] < MAX_CLASS:
        return [chr(code) for code in range(argument[0], argument[1] + 1)]
    if operator == "CATEGORY" and str(argument).endswith("CATEGORY_DIGIT"):
        return list("0123456789")
    if operator == "IN":
        parts = [_characters(item) for item in argument]
        known = [part for part in parts if part is not None]
        return [one for part in known for one in part] if len(known) == len(parts) else None
    return None
