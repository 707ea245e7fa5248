"""A talk as lore sees it: who spoke in turn, and the moments at which an answer was due.

What comes to mind hangs on the lines alone; nothing is remembered beside them.
"""

from collections.abc import Sequence
from itertools import groupby

from anima.model import Heard, Line
from persona.lore_keys import Spoken


class Talk:
    """The talk of *lines* and what was just *heard*. What one speaker says in a row is one message.

    *moments* are where we answered, as counts of the messages until then; the last one is now.
    """

    def __init__(self, lines: Sequence[Line], heard: Sequence[Heard]) -> None:
        said = [(line.speaker.address if line.speaker else "", line.text) for line in lines]
        said += [(message.speaker.address, message.text) for message in heard]
        turns = [
            (who, "\n".join(text for _, text in texts))
            for who, texts in groupby(said, key=lambda one: one[0])
        ]
        ours = [at for at, (who, _) in enumerate(turns) if not who]
        self.moments = (*(at for at in ours if at), len(turns))
        self.spoken = Spoken([text for _, text in turns])
        self._windows: dict[int, list[int]] = {}
        self._unprompted = len(ours) - len(self.moments) + 1

    def windows(self, depth: int) -> Sequence[int]:
        """By moment, the last *depth* messages until then, a bit each."""
        if depth not in self._windows:
            self._windows[depth] = [
                (1 << end) - (1 << end - depth if end > depth else 1) for end in self.moments
            ]
        return self._windows[depth]

    def answers_before(self, moment: int) -> int:
        """How often we had spoken until then, a first word of ours included."""
        return moment + self._unprompted
