"""One message on its way: what it carries, and what it can do without."""

import asyncio
import base64
import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import discord
from discord.http import HTTPClient, MultipartParameters, Route, handle_message_parameters
from discord.utils import MISSING

from anima.sound import VoiceNote
from bots.discord.refusals import TooStrangeError

VOICE_FILE: Final = "voice-message.ogg"
"""What Discord's own clients call it."""

_ANSWER_S: Final = 30
_UPLOAD_S: Final = 120
_BAD_REQUEST: Final = 400
_FORBIDDEN: Final = 403
_TOO_LARGE: Final = 413
_MAY_NOT_QUOTE: Final = 160002
"""We may not read the past of that channel, so that nothing in it can be answered."""


@dataclass(slots=True)
class Outbound:
    """What is said in *channel* under our *key*. *wordless*: the *file* stands for the text.

    A *note* is heard in place of all that. *spare* are the words for a *file* that cannot be sent,
    and *part* tells one message from another that has the same key.
    """

    http: HTTPClient
    channel: int
    key: int
    text: str
    reply_to: str = ""
    view: discord.ui.View | None = None
    file: tuple[str, bytes] | None = None
    wordless: bool = False
    note: VoiceNote | None = None
    spare: str = ""
    part: str = ""

    async def post(self) -> str:
        """Send it; the id that Discord gives it, the same when it had it already."""
        nonce = f"{self.key}{self.part}"
        with self._parameters(nonce=nonce, reference=self._reference()) as parameters:
            async with asyncio.timeout(self._within_s):
                return id_of(await self.http.send_message(self.channel, params=parameters))

    async def post_by(self, route: Route, query: Mapping[str, str]) -> str:
        """Send it by a webhook, which knows neither keys nor quotes; the id that it gets."""
        with self._parameters() as parameters:
            async with asyncio.timeout(self._within_s):
                if parameters.files:
                    sent = await self.http.request(
                        route, files=parameters.files, form=parameters.multipart, params=query
                    )
                else:
                    sent = await self.http.request(route, json=parameters.payload, params=query)
                return id_of(sent)

    @property
    def _within_s(self) -> float:
        return _UPLOAD_S if self.file or self.note else _ANSWER_S

    def without(self, error: discord.HTTPException) -> str:
        """Drop what *error* may be about, and say what; nothing where there is nothing to drop."""
        forbids = error.status == _FORBIDDEN and bool(self.file and self.spare)
        refuses = error.status in {_BAD_REQUEST, _TOO_LARGE} or forbids
        quarrels = refuses or error.code == _MAY_NOT_QUOTE
        if not quarrels:
            return ""
        if self.file and error.code != _MAY_NOT_QUOTE:
            self.file, self.wordless = None, False
            self.text, self.spare = self.spare or self.text, ""
            return "file"
        if self.reply_to or (self.view and self.view.children):
            self.reply_to, self.view = "", None
            return "form"
        return ""

    def _parameters(
        self, nonce: str | None = None, reference: Any = MISSING
    ) -> MultipartParameters:
        """Nobody is called by what we say but whom it answers."""
        mentions = discord.AllowedMentions(
            everyone=False, users=False, roles=False, replied_user=reference is not MISSING
        )
        if self.note:
            return handle_message_parameters(
                file=_Spoken(self.note),
                flags=discord.MessageFlags(voice=True),
                nonce=nonce,
                allowed_mentions=mentions,
                message_reference=reference,
            )
        return handle_message_parameters(
            content=MISSING if self.wordless else self.text,
            nonce=nonce,
            file=self._uploaded(),
            view=self.view if self.view and self.view.children else MISSING,
            allowed_mentions=mentions,
            message_reference=reference,
        )

    def _uploaded(self) -> discord.File:
        if self.file is None:
            nothing: discord.File = MISSING
            return nothing
        name, content = self.file
        return discord.File(io.BytesIO(content), filename=name)

    def _reference(self) -> Any:
        """What we answer may have been deleted meanwhile; the answer is sent all the same."""
        if not self.reply_to:
            return MISSING
        return {
            "message_id": self.reply_to,
            "channel_id": str(self.channel),
            "fail_if_not_exists": False,
        }


class _Spoken(discord.File):
    """A file that Discord takes for a voice message; its client knows of none."""

    def __init__(self, note: VoiceNote) -> None:
        super().__init__(io.BytesIO(note.ogg), filename=VOICE_FILE)
        self._note = note

    def to_dict(self, index: int) -> dict[str, Any]:
        waveform = base64.b64encode(self._note.waveform).decode()
        facts = {"duration_secs": self._note.duration_s, "waveform": waveform}
        return {**super().to_dict(index), **facts}


def id_of(made: Any) -> str:
    """The id of what Discord answers with. Raises `TooStrangeError` where there is none."""
    if not isinstance(made, dict) or not isinstance(made.get("id"), str):
        raise TooStrangeError("the answer names nothing")
    return str(made["id"])
