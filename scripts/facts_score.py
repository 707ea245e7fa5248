"""Prints how well the rules for facts do on the written lines, by language and slot."""

import sys

from tests.facts_scored import ZONES, Tally, score


def table(language: str, part: str, tally: Tally) -> None:
    """One part of a corpus."""
    slots = sorted({*tally.right, *tally.wrong, *tally.missed} - {"all"})
    for slot in ("all", *slots):
        print(
            f"{language} {part:8} {slot:10} precision {tally.precision(slot):.3f}"
            f" recall {tally.recall(slot):.3f} of {tally.right[slot] + tally.missed[slot]}"
        )


def main() -> None:
    """With `--slips` also what was wrong and missed in the tuned part, never in the other."""
    for language in ZONES:
        for held_out in (False, True):
            tally = score(language, held_out=held_out)
            table(language, "held out" if held_out else "tuned", tally)
            if "--slips" in sys.argv and not held_out:
                print(*tally.slips, sep="\n")


if __name__ == "__main__":
    main()
