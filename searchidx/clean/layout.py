"""Where the lines of a text stand: before, among or after its paragraphs.

In: the lines still there. Out: a ``Layout``, on which the finders of ``blocks``, ``bylines`` and
``cuts`` work. It depends on nothing but the wording and the order of the lines.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from searchidx.clean.lines import Line, is_strong
from searchidx.clean.rules import Rule, RuleSet, Zone

Found = tuple[int, str]  # the number of a line in the layout, and the rule that names it


@dataclass(frozen=True, slots=True)
class Layout:
    """The lines of a text and what every finder asks about them."""

    lines: Sequence[Line]  # none of them blank
    fitting: Sequence[tuple[Rule, ...]]  # for each line the rules whose pattern it matches
    strong: Sequence[int]  # the numbers of the lines that read like a paragraph
    first_strong: int  # the number of lines if there is no paragraph …
    last_strong: int  # … and -1 here

    @property
    def has_paragraph(self) -> bool:
        """Whether there is a strong paragraph; without one nothing is its head or tail."""
        return self.last_strong >= 0

    @property
    def tail(self) -> range:
        """The numbers of the lines below the last paragraph."""
        return range(self.last_strong + 1 if self.has_paragraph else len(self.lines), len(self.lines))

    def is_in(self, number: int, zone: Zone) -> bool:
        """Tell whether a line stands in a zone."""
        match zone:
            case "any":
                return True
            case "head":
                return self.has_paragraph and number < self.first_strong
            case "tail":
                return self.has_paragraph and number > self.last_strong
            case "edges":
                return self.has_paragraph and not self.first_strong <= number <= self.last_strong

    def is_ruled(self, number: int) -> bool:
        """Tell whether a pattern names the line where it stands."""
        return any(self.is_in(number, rule.zone) for rule in self.fitting[number])


def lay_out(lines: Sequence[Line], rules: RuleSet) -> Layout:
    """Find the paragraphs among the lines."""
    fitting = [rules.fitting(line) for line in lines]
    strong = [
        number
        for number, line in enumerate(lines)
        if is_strong(line) and not any(rule.zone == "any" for rule in fitting[number])
    ]
    return Layout(
        lines,
        fitting,
        strong,
        strong[0] if strong else len(lines),
        strong[-1] if strong else -1,
    )


def find_patterns(layout: Layout) -> Iterator[Found]:
    """Name the lines that a rule file names."""
    for number, fits in enumerate(layout.fitting):
        for rule in fits:
            if layout.is_in(number, rule.zone):
                yield number, rule.name
                break
