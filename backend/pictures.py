"""Messages as OpenAI's protocol has them: words, or words and pictures in parts."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import openai

from anima.model import Message, Picture, Prompt
from backend.reasons import FILTERED

_REFUSED: Final = frozenset({400, 404, 415, 422, 500})
"""With these servers answer a picture that their model cannot take."""


def spoken(message: Message) -> Mapping[str, object]:
    """*message* as it goes out; only one with pictures is sent in parts, which not all take."""
    if not message.pictures:
        return {"role": message.role, "content": message.content}
    words = {"type": "text", "text": message.content}
    return {"role": message.role, "content": [words, *map(_part, message.pictures)]}


def shows(prompt: Prompt) -> bool:
    """Whether there are pictures in *prompt*."""
    return any(message.pictures for message in prompt)


def wordy(prompt: Prompt) -> Prompt:
    """*prompt* without its pictures; its words say where they were."""
    return tuple(replace(one, pictures=()) if one.pictures else one for one in prompt)


def refuses_pictures(error: openai.APIStatusError) -> bool:
    """Whether *error* may be about the pictures in a question."""
    told = error.response.text.lower()
    named = any(
        word in told for word in ("image", "picture", "multimodal", "multi-modal", "mmproj")
    )
    return error.status_code in _REFUSED and error.code != FILTERED and named


def _part(picture: Picture) -> Mapping[str, object]:
    data = b64encode(picture.content).decode()
    return {"type": "image_url", "image_url": {"url": f"data:{picture.mime};base64,{data}"}}
