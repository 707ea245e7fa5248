"""When to hold speech back because it may turn out to be a thought that never was marked as one.

A soul whose thoughts begin without a tag is known only by the closing tag, which may come after
many words. What it has shown before decides how long we wait for it.
"""

import re
from typing import Literal

Habit = Literal["unknown", "plain", "aloud"]
"""What a soul has shown: nothing yet, plain speech, or thoughts without their opening tag."""

_PATIENCE_S = 1.0
"""How long after a bubble was ready an unknown soul may still take it back."""

_OPENING = 300
"""Characters in which reasoning gives itself away."""

_GLANCE = 40  # it is read again whenever it has grown by so many characters, not at each delta

_REASONING = re.compile(
    r"\bthe (?:user|person|human|speaker)(?:'s)?\b"
    r"|\b(?:user|person) (?:wants|asks|is asking|says)\b"
    r"|\b(?:I|we) (?:should|need to|have to) |\blet(?: me|'s) (?:think|see|analy[sz]e)\b"
    r"|\A\W*(?:okay|ok|alright|hmm+)\W{1,3}(?:so|let's|let me|we)\b"
    r"|\b(?:thinking process|step by step|system prompt)\b"
    r"|用户|我(?:应该|需要|得先)|\A\W*首先|让我(?:想|分析|思考)|\A\W*好的，(?:我|让|用)"
    r"|ユーザー|すべき|べきだ|考えてみ(?:よう|る)|必要がある",
    re.IGNORECASE,
)


def reasons(opening: str) -> bool:
    """Whether *opening*, the first words of an answer, sounds like thinking and not like talk."""
    return bool(_REASONING.search(opening[:_OPENING]))


class Reserve:
    """Decides for one answer when its first bubble may leave; all others then leave at once."""

    def __init__(self, habit: Habit) -> None:
        self._habit = habit
        self._free = False
        self._ready_at: float | None = None
        self._judged = 0  # how far the beginning has been looked at
        self._suspect = False

    def free(self) -> None:
        """From here on it is speech: its thought was marked, or has just been taken back."""
        self._free = True

    def releases(self, first: str, elapsed: float) -> bool:
        """Whether the bubble *first*, ready since the first call, may leave by now."""
        if self._free or self._habit == "aloud" or reasons(first):
            return self._free
        if self._ready_at is None:
            self._ready_at = elapsed
        self._free = self._habit == "plain" or elapsed - self._ready_at >= _PATIENCE_S
        return self._free

    def shows(self, beginning: str) -> bool:
        """Whether the *beginning* of the first bubble may be shown before it is whole."""
        grown = min(len(beginning), _OPENING) // _GLANCE
        if not self._free and grown > self._judged:
            self._judged, self._suspect = grown, reasons(beginning)
        return self._free or (self._habit == "plain" and not self._suspect)
