"""Takes calls of tools out of streaming speech, however they are dressed and it is cut.

For the engine, both wires end in the same values::

    visible = calls.feed(delta.text)    # behind the thoughts, before the bubbles; then close()
    asked = [*calls.calls, delta.call]  # in the prompt's words, and in the backend's protocol
    meant = understood(call, offered)   # (name, arguments) for Deeds.do, or None: drop it

What is a call is hidden whether or not its tool was offered; `drop` forgets speech that turned
out to be a thought.
"""

import re
from typing import Final

from anima.model import Call
from persona.dress import judge
from persona.meant import understood

__all__ = ["Calls", "understood"]

LONGEST: Final = 4096
"""What has not become a call in so many characters is speech."""

_PATIENT: Final = 200  # from here on we look again only when something may have ended

_SLIP: Final = 1  # a line may begin with a stray character
_MAYBE = re.compile("[{<`\\[｛]|\n[ \t]*\\S?[\"'“]")
_BEGINNING = re.compile("[{<`\\[｛\"'“]")
_MAY_END = re.compile("[}\\])>`\n\"'”｝]")
_QUOTES: Final = "\"'“"
_FENCE = re.compile(r"`{3,}[^`\n]*\n")
_FENCE_END = re.compile(r"(?:\A|\n)[ \t]*`{3,}")
_CLOSER = re.compile(
    r"\s*(?:</[^<>\s]{1,40}>|<[|｜][^<>\n]{1,60}(?:end|sep|e[om]t|call|end_of_turn)[|｜]>"
    r"|[}\])｝;]|`{1,4}(?=\s|\Z)|\[/TOOL_CALLS\]|[,，](?=\s*(?:[{\[<]|\Z)))"
)
_CLOSER_BEGUN = re.compile(r"\s*(?:</?[^<>\s]{0,60}|\[/?[A-Z_]{0,12})?\Z")


class Calls:
    """Lets the speech of one answer through and keeps the `calls` in it."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self._held = ""  # what may yet be a call, or belong to the one before it
        self._begun = 0  # characters in this line so far, white space apart
        self._fenced = False  # in a block of code that is speech
        self._closing = False  # a call has just ended
        self._line = ""  # of that block, as far as it may end it

    def feed(self, text: str) -> str:
        """The speech that is sure by now."""
        if not self._held and not self._closing and not self._fenced and not self._suspects(text):
            return self._passed(text)
        if len(self._held) > _PATIENT and not _MAY_END.search(text):
            self._held += text
            return self._overlong()
        return self._sorted(self._held + text, final=False)

    def close(self) -> str:
        """The speech that was waiting when the answer ended."""
        return self._sorted(self._held, final=True)

    def drop(self) -> None:
        """Forget all until now: it was a thought, and who only thinks of a tool asks for none."""
        self.calls.clear()
        self._held, self._begun, self._fenced, self._closing = "", 0, False, False

    def _sorted(self, text: str, *, final: bool) -> str:
        said = []
        while text:
            step = self._step(text, final=final)
            if step is None:
                break
            visible, done = step
            said.append(self._passed(visible))
            text = text[done:]
        self._held = text
        return "".join([*said, self._overlong()])

    def _step(self, text: str, *, final: bool) -> tuple[str, int] | None:
        """What of *text* may be said, and how much of it that deals with; None to wait."""
        if self._closing:
            return self._closed(text, final=final)
        if self._fenced:
            return self._in_fence(text)
        if at := self._beginning(text):
            return text[:at], at
        judged = judge(text, final=final)
        if judged is None:
            return None
        if judged.calls is not None:
            self.calls += judged.calls
            self._closing = True
            return "", judged.end
        fence = _FENCE.match(text)
        self._fenced = bool(fence) and not self._begun
        end = fence.end() if fence and self._fenced else judged.end
        return text[:end], end

    def _closed(self, text: str, *, final: bool) -> tuple[str, int] | None:
        """Takes away what closed the dress of the call before."""
        closer = _CLOSER.match(text)
        unsure = closer is not None and closer.end() == len(text) and closer[0][-1] in "`,，"
        if not final and (unsure or _CLOSER_BEGUN.match(text)):
            return None
        self._closing = closer is not None
        return "", closer.end() if closer else 0

    def _in_fence(self, text: str) -> tuple[str, int]:
        line = self._line + text
        if end := _FENCE_END.search(line):
            done = len(text) - (len(line) - end.end())
            self._fenced, self._line = False, ""
            return text[:done], done
        last = line.rpartition("\n")[2]
        self._line = last if not last.strip(" \t`") else "…"
        return text, len(text)

    def _beginning(self, text: str) -> int:
        """Where something begins that may be a call; a quote does so only where a line begins."""
        for found in _BEGINNING.finditer(text):
            at = found.start()
            line = text.rfind("\n", 0, at) + 1
            begun = len(text[line:at].strip()) + (0 if line else self._begun)
            if found[0] not in _QUOTES or begun <= _SLIP:
                return at
        return len(text)

    def _suspects(self, text: str) -> bool:
        if _MAYBE.search(text):
            return True
        return self._begun <= _SLIP and any(quote in text for quote in _QUOTES)

    def _passed(self, text: str) -> str:
        line = text.rpartition("\n")
        self._begun = len(line[2].strip()) + (0 if line[1] else self._begun)
        return text

    def _overlong(self) -> str:
        if len(self._held) <= LONGEST:
            return ""
        text, self._held = self._held, ""
        return self._passed(text)
