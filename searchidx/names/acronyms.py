"""Find what an acronym stands for among the words beside it.

The alignment of Schwartz & Hearst 2003, "A simple algorithm for identifying abbreviation definitions in
biomedical text": the letters of the acronym are looked for from right to left, and its first must begin a
word. We also want most of the others to.
"""

from collections.abc import Sequence

MIN_LETTERS, MAX_LETTERS = 2, 10


def is_acronym(word: str) -> bool:
    """Tell whether a word is written as an acronym: two capitals or more, and few other letters.

    >>> is_acronym("ISW"), is_acronym("AfD"), is_acronym("War"), is_acronym("G7")
    (True, True, False, False)
    """
    letters = [letter for letter in word if letter.isalpha()]
    capitals = sum(letter.isupper() for letter in letters)
    return MIN_LETTERS <= len(word) <= MAX_LETTERS and capitals >= 2 and 2 * capitals > len(letters)


def long_form(words: Sequence[str], acronym: str) -> tuple[str, ...]:
    """Give the words at the end of ``words`` that the acronym stands for; empty if there are none.

    >>> long_form(["experts", "at", "the", "Institute", "for", "the", "Study", "of", "War"], "ISW")
    ('Institute', 'for', 'the', 'Study', 'of', 'War')
    >>> long_form(["the", "War"], "ISW")
    ()
    """
    letters = [letter for letter in acronym.casefold() if letter.isalnum()]
    reach = min(len(letters) + 5, 2 * len(letters))  # as in the paper
    text = " ".join(words[-reach:])
    folded = [letter.casefold()[:1] for letter in text]
    at = len(folded)
    for number in range(len(letters) - 1, -1, -1):
        at -= 1
        while at >= 0 and (folded[at] != letters[number] or (number == 0 and not _begins(text, at))):
            at -= 1
        if at < 0:
            return ()
    found = tuple(text[at:].split(" "))
    # A long form has more than one word, begins with a capital and doesn't hold the acronym itself.
    is_name = len(found) > 1 and found[0][:1].isupper() and acronym not in found
    return found if is_name and _initials_fit(found, letters) else ()


def _begins(text: str, at: int) -> bool:
    return at == 0 or not text[at - 1].isalnum()


def _initials_fit(words: Sequence[str], letters: Sequence[str]) -> bool:
    """Tell whether the letters begin words in order; of four or more one may stand within a word.

    The paper lets any letter but the first stand anywhere, which takes ISW for "It was the War".
    """
    initials = [part[:1].casefold() for word in words for part in word.split("-")]
    best = [0] * (len(letters) + 1)  # of the longest common subsequence with the initials so far
    for initial in initials:
        for at in range(len(letters), 0, -1):
            if letters[at - 1] == initial:
                best[at] = best[at - 1] + 1
        for at in range(1, len(best)):
            best[at] = max(best[at], best[at - 1])
    return best[-1] >= len(letters) - (len(letters) >= 4)
