"""Find what in a user's alias files is at odds with itself.

In: a table of the user's files alone. Out: a line for each fault, with its places in the files. Nothing of
it stops a query: ``!`` wins over the rest, and a name in a circle is added once. The time is that of reading.
"""

from collections.abc import Iterator
from typing import TypeAlias

from searchidx.names.aliases import AliasTable, Name, Rule, name_terms

# Names and one-way rules (by number) lead to each other in turn; so a long line costs its length.
_Node: TypeAlias = Name | int


def faults(table: AliasTable) -> Iterator[str]:
    """Yield contradictions, and one-way aliases that lead in a circle."""
    barring = [rule for rule in table.rules if rule.kind == "never"]
    saying = [rule for rule in table.rules if rule.kind != "never"]
    by_name: dict[Name, list[Rule]] = {}
    for rule in saying:
        for name in _terms(rule.asked):
            by_name.setdefault(name, []).append(rule)
    for never in barring:
        names = _terms(never.asked)
        for said in dict.fromkeys(rule for name in names for rule in by_name.get(name, ())):
            for one in sorted(names & _terms(said.asked))[:1]:
                for other in sorted((names & _terms(said.found)) - {one})[:1]:
                    yield (
                        f"{said.source} and {never.source} contradict each other: {_text(one)} and "
                        f"{_text(other)} are taken for different things"
                    )
    yield from _circles([rule for rule in saying if rule.kind == "one way"])


def _circles(rules: list[Rule]) -> Iterator[str]:
    """Name the rules that lead back to a name they began with; not each way round, but one of each knot."""
    asking: dict[Name, list[int]] = {}
    for number, rule in enumerate(rules):
        for name in _terms(rule.asked):
            asking.setdefault(name, []).append(number)
    done: set[_Node] = set()
    for start in asking:
        path: list[_Node] = []
        places: dict[_Node, int] = {}
        stack: list[tuple[_Node, int]] = [(start, 0)]
        while stack:
            node, depth = stack.pop()
            while len(path) > depth:
                del places[path.pop()]
            if node in places:
                yield _circle([*path[places[node] :], node], rules)
            elif node not in done:
                done.add(node)
                places[node] = len(path)
                path.append(node)
                # A rule that keeps the name asked for (a => a, b) leads nowhere by that.
                following: list[_Node] = (
                    sorted(_terms(rules[node].found) - _terms(rules[node].asked))
                    if isinstance(node, int)
                    else list(asking.get(node, ()))
                )
                stack += [(other, depth + 1) for other in following]


def _circle(circle: list[_Node], rules: list[Rule]) -> str:
    lines = dict.fromkeys(rules[node].source for node in circle if isinstance(node, int))
    names = [node for node in circle if not isinstance(node, int)]
    if isinstance(circle[0], int):
        names.append(names[0])
    way = " => ".join(map(_text, names))
    return f"{', '.join(lines)}: {way} is a circle; write the names as one line with commas"


def _terms(names: tuple[str, ...]) -> frozenset[Name]:
    return frozenset(map(name_terms, names))


def _text(name: Name) -> str:
    return " ".join(name)
