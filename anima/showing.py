"""What people see of an answer before it is said: that we write, and how the next bubble begins."""

from dataclasses import dataclass

from anima.model import Conversation
from anima.ports import Channel, Clock, Speaks

_TYPING_AGAIN_S = 4.0


@dataclass(slots=True)
class Showing:
    """Shows the making of one turn. *begun* is the beginning that was shown and not yet said.

    Of what will be said *aloud* no beginning is shown.
    """

    channel: Channel
    conversation: Conversation
    clock: Clock
    begun: str = ""
    aloud: bool = False

    async def typing(self, after_s: float, mark: int = 0) -> None:
        """Show that we write, from *after_s* on, until cancelled. Stopping it names the *mark*."""
        if after_s:
            await self.clock.sleep(after_s)
        while True:
            if self.aloud and isinstance(self.channel, Speaks):
                await self.channel.recording(self.conversation)
            else:
                await self.channel.typing(self.conversation, mark=mark)
            await self.clock.sleep(_TYPING_AGAIN_S)

    async def draft(self, text: str, mark: int) -> None:
        """The next bubble begins with *text*, whatever it was to begin with before."""
        if self.aloud:
            return
        if not text.startswith(self.begun):
            await self.take_back(mark)
        self.begun = text
        await self.channel.draft(self.conversation, text, mark=mark)

    async def take_back(self, mark: int) -> None:
        """Nothing comes of what has begun."""
        if self.begun:
            self.begun = ""
            await self.channel.draft(self.conversation, "", mark=mark)
