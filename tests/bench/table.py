"""Tables for the terminal, which Markdown reads as well."""

from collections.abc import Iterator, Sequence

from tests.bench.contender import ANIMA, BARE
from tests.bench.measures import ALL, Measure, Results

_HEAD = ("measure", "", BARE.name, ANIMA.name, "ratio", "spread", "bar", "holds")


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """*rows* under *head*, in columns."""
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    lines = [head, ["-" * width for width in widths], *rows]
    return "\n".join(_line(line, widths) for line in lines)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *rest = zip(cells, widths, strict=True)
    numbers = (cell.rjust(width) for cell, width in rest)
    return f"| {' | '.join([first[0].ljust(first[1]), *numbers])} |"


def against_the_bare_bot(results: Results) -> str:
    """The table of contract and truth."""
    return table(_HEAD, [_row(measure, results) for measure in ALL])


def broken(results: Results) -> Iterator[Measure]:
    """The measures that do not hold."""
    return (one for one in ALL if not one.holds(results.ratio(one, ANIMA.name, BARE.name)))


def _row(measure: Measure, results: Results) -> Sequence[str]:
    theirs, ours = (results.middle(measure, bot.name) for bot in (BARE, ANIMA))
    ratio = results.ratio(measure, ANIMA.name, BARE.name)
    ratios = results.ratios(measure, ANIMA.name, BARE.name)
    bar = "" if measure.bar is None else f"{'≥' if measure.more else '≤'} {measure.bar:g}"
    holds = "" if measure.bar is None else "yes" if measure.holds(ratio) else "NO"
    return (
        measure.name,
        measure.unit,
        f"{theirs:.1f}",
        f"{ours:.1f}",
        f"{ratio:.2f}",
        f"{min(ratios):.2f}…{max(ratios):.2f}",
        bar,
        holds,
    )
