"""How many letters two words differ by."""


def within(one: str, other: str, edits: int) -> int | None:
    """Give the number of insertions, deletions, changes and swaps of neighbours, or None if over ``edits``.

    Optimal string alignment (Damerau 1964, restricted), a band at a time.

    >>> within("istanbul", "istambul", 1), within("kyiv", "kiev", 1)
    (1, None)
    """
    if abs(len(one) - len(other)) > edits:
        return None
    if one == other:
        return 0
    if edits == 1:
        return 1 if _is_one_edit(one, other) else None
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        above, row = row, [i]
        for j, against in enumerate(other, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > edits and (i == 1 or min(above) > edits):
            return None
        before = above
    return row[-1] if row[-1] <= edits else None


def _is_one_edit(one: str, other: str) -> bool:
    """Tell whether two different words, of lengths that differ by one at most, are one edit apart."""
    at = 0
    for letter, against in zip(one, other, strict=False):
        if letter != against:
            break
        at += 1
    if len(one) != len(other):
        return one[at + 1 :] == other[at:] if len(one) > len(other) else one[at:] == other[at + 1 :]
    rest = one[at + 1 :]
    if rest == other[at + 1 :]:
        return True
    return one[at : at + 2] == other[at : at + 2][::-1] and rest[1:] == other[at + 2 :]
