"""All servers of models behind one port: each soul is put through to its own."""

from collections.abc import AsyncGenerator, Mapping

from anima.model import Delta, Prompt, Soul
from anima.ports import Backend


class Switchboard:
    """The port Backend over *lines*, by the name of the backend that a soul is served by."""

    def __init__(self, lines: Mapping[str, Backend]) -> None:
        self._lines = lines

    def stream(self, prompt: Prompt, soul: Soul) -> AsyncGenerator[Delta, None]:
        return self._lines[soul.backend].stream(prompt, soul)
