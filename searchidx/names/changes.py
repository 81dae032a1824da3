"""What changes between two spellings, stretch by stretch, and beside what: a second, closer look.

In: two names as units and the weights of the verifier. Out: the best way from one to the other, the names
of what changes on it, and a score from weights learnt for these. The verifier weighs every unit by itself,
which is quick; whether -ie- for -e- or -rz for -r is a habit of a language or another name can only be
told from the stretch as a whole and from its neighbours. Only names that pass the first look get here.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

BEGIN, FINISH = "^", "$"
MOST_STRETCHES = 4  # told apart
MAX_LENGTH = 12


class Costs(Protocol):
    """What the best way is chosen by: ``verifier.Weights``."""

    def gaps(self, units: str) -> Sequence[float]:
        """Give the weight of leaving out each unit."""
        ...

    def row(self, one: str) -> Mapping[str, float]:
        """Give the weights of a unit against others, in the middle of a name."""
        ...

    def edge(self, one: str, other: str, place: str) -> float:
        """Give the weight of two units at the beginning or the end."""
        ...


def best_way(costs: Costs, one: str, other: str) -> list[tuple[str, str]]:
    """Give the units that stand for each other on the best way, empty for those left out or added.

    O(len(one) * len(other)) (Needleman and Wunsch, 1970).
    """
    gaps, others = costs.gaps(one), costs.gaps(other)
    rows = [costs.row(unit) for unit in one]
    last, end = len(one) - 1, len(other) - 1
    first_pair = costs.edge(one[0], other[0], "I")
    last_pair = costs.edge(one[-1], other[-1], "F") if last or end else first_pair
    value = 0.0
    above = [value, *[value := value + gap for gap in others]]
    lines = [above]
    for at, (row, gap) in enumerate(zip(rows, gaps, strict=True)):
        left = above[0] + gap
        line = [left]
        for n, mate in enumerate(other):
            best = above[n] + row[mate]
            if not n and not at:
                best = above[n] + first_pair
            elif n == end and at == last:
                best = above[n] + last_pair
            other_way = above[n + 1] + gap
            if other_way > best:
                best = other_way
            left += others[n]
            if best > left:
                left = best
            line.append(left)
        lines.append(line)
        above = line
    way: list[tuple[str, str]] = []
    at, n = len(one), len(other)
    while at and n:
        unit, mate, here = one[at - 1], other[n - 1], lines[at][n]
        pair = rows[at - 1][mate]
        if at == n == 1:
            pair = first_pair
        elif at > last and n > end:
            pair = last_pair
        if here == lines[at - 1][n - 1] + pair:
            way.append((unit, mate))
            at, n = at - 1, n - 1
        elif here == lines[at - 1][n] + gaps[at - 1]:
            way.append((unit, ""))
            at -= 1
        else:
            way.append(("", mate))
            n -= 1
    way += [(one[i], "") for i in range(at - 1, -1, -1)] + [("", other[i]) for i in range(n - 1, -1, -1)]
    way.reverse()
    return way


def changes(way: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Name what changes on a way: each stretch as a whole, with what stands before it and after it.

    >>> list(changes([("m", "m"), ("", "i"), ("e", "e"), ("d", "d")]))[:3]
    ['r|i', 'r|i|<m', 'r|i|>e']
    """
    at, count, stretches = 0, len(way), 0
    while at < count:
        if way[at][0] == way[at][1]:
            at += 1
            continue
        end = at
        while end < count and way[end][0] != way[end][1]:
            end += 1
        one, other = ("".join(side) for side in zip(*way[at:end], strict=True))
        before, after = way[at - 1][0] if at else BEGIN, way[end][0] if end < count else FINISH
        is_first, is_last, at = not at, end == count, end
        # The best way may drop a unit and add it again; what both sides begin or end with did not change.
        while one and other and one[0] == other[0]:
            before, one, other, is_first = one[0], one[1:], other[1:], False
        while one and other and one[-1] == other[-1]:
            after, one, other, is_last = one[-1], one[:-1], other[:-1], False
        if not one and not other:
            continue
        low, high = sorted((one, other))
        stretch = f"{low}|{high}"
        yield f"r{stretch}"
        yield f"r{stretch}|<{before}"
        yield f"r{stretch}|>{after}"
        if is_last:
            yield f"e{stretch}"
            yield f"e{before}{low}|{before}{high}"
        if is_first:
            yield f"s{stretch}"
        yield f"w{max(len(one), len(other))}"
        stretches += 1
    length = min(sum(bool(one) for one, _ in way), sum(bool(other) for _, other in way), MAX_LENGTH)
    stretches = min(stretches, MOST_STRETCHES)
    yield f"E{stretches}"
    yield f"E{stretches}#{length // 2}"
    yield f"#{length}"


def second_score(known: Mapping[str, float], costs: Costs, one: str, other: str, first: float) -> float:
    """Give the score of a pair whose first score is known: the logarithm of odds by what changes."""
    change = sum(known.get(name, 0.0) for name in changes(best_way(costs, one, other)))
    return change + known["*"] * first + known[""]
