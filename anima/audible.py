"""Listening to what people say aloud: fetched, understood, and put behind what it came as."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from anima.errors import Inaudible, Refused, SlowDown, Unavailable
from anima.model import Attachment, Conversation, Heard
from anima.ports import BotName, Fetches, Hearing, Witness
from anima.sound import Understood
from anima.steps import Transcribed

MOST: Final = 4
"""Messages that are listened to in one turn; of more, the newest."""
UNCLEAR: Final = "(unclear)"
"""Stands where nobody could understand a word."""

_KINDS: Final = frozenset({"voice", "video_note", "audio"})


@dataclass(frozen=True, slots=True)
class Reach:
    """What is listened to: so many seconds, so many bytes, and for no longer than *within_s*."""

    most_s: float = 300.0
    most_bytes: int = 20_000_000
    within_s: float = 25.0


class Ears:
    """The port `Hears` over what each bot *fetches* and one *hearing*."""

    def __init__(
        self,
        fetches: Mapping[BotName, Fetches],
        hearing: Hearing,
        witness: Witness,
        reach: Reach | None = None,
    ) -> None:
        self._fetches = fetches
        self._hearing = hearing
        self._witness = witness
        self._reach = reach or Reach()

    def audible(self, heard: Sequence[Heard]) -> Sequence[Heard]:
        return [one for one in heard if any(map(self._is_worth_it, one.attachments))][-MOST:]

    async def listen(
        self, conversation: Conversation, heard: Sequence[Heard]
    ) -> Sequence[Transcribed]:
        fetches = self._fetches.get((conversation.platform, conversation.bot))
        if fetches is None:
            return ()
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._in_time(fetches, conversation, one)) for one in heard]
        return [found for task in tasks if (found := task.result())]

    async def _in_time(
        self, fetches: Fetches, where: Conversation, one: Heard
    ) -> Transcribed | None:
        try:
            async with asyncio.timeout(self._reach.within_s):
                return await self._understood(fetches, where, one)
        except TimeoutError:
            self._witness.note("not heard", reason=f"not within {self._reach.within_s:g} s")
        except (Refused, Unavailable, SlowDown) as error:
            self._witness.note("not heard", reason=str(error))
        return None

    async def _understood(self, fetches: Fetches, where: Conversation, one: Heard) -> Transcribed:
        words, attachments = [one.text], list(one.attachments)
        for place, each in enumerate(attachments):
            if not self._is_worth_it(each):
                continue
            found = await self._words(await fetches.fetch(where, each), each, one)
            words.append(found or UNCLEAR)
            attachments[place] = replace(each, sound="clear" if found else "unclear")
        text = " ".join(part for part in words if part)
        return Transcribed(one.id, one.text, text, tuple(attachments))

    async def _words(self, sound: bytes, each: Attachment, one: Heard) -> str:
        language = one.tongue or one.speaker.language
        try:
            found = await self._hearing.transcribe(sound, each.mime, _primary(language))
        except Inaudible as error:
            self._witness.note("inaudible", reason=str(error))
            found = Understood("")
        return _plain(found.text)

    def _is_worth_it(self, one: Attachment) -> bool:
        short = one.duration_s <= self._reach.most_s
        fits = short and one.size_bytes <= self._reach.most_bytes
        return one.kind in _KINDS and bool(one.reference) and not one.sound and fits


def _primary(language: str) -> str:
    """`zh` of `zh-hans`."""
    return language.replace("_", "-").partition("-")[0].lower()


def _plain(text: str) -> str:
    """*text* in one line, of characters that any database takes."""
    whole = text.replace("\0", "").encode("utf-8", "ignore").decode("utf-8")
    return " ".join(whole.split())
