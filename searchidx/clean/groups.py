"""Join things that are alike, pair by pair, into groups (union-find)."""

from collections import defaultdict


class Groups:
    """Numbers from 0 on, each alone at first; the smallest of a group stands for it."""

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))

    def root(self, number: int) -> int:
        """Give the number that stands for a number's group."""
        parent = self._parent
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    def join(self, one: int, other: int) -> None:
        """Put the groups of two numbers together."""
        low, high = sorted((self.root(one), self.root(other)))
        self._parent[high] = low

    def members(self) -> list[list[int]]:
        """Give the groups, in order.

        >>> groups = Groups(4)
        >>> groups.join(3, 1)
        >>> groups.members()
        [[0], [1, 3], [2]]
        """
        found: dict[int, list[int]] = defaultdict(list)
        for number in range(len(self._parent)):
            found[self.root(number)].append(number)
        return list(found.values())
