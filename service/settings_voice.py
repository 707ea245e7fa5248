"""The settings of how it speaks aloud and how it hears, and what they can get wrong together."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from backend.headers import carried
from service.secrets import Secret
from service.settings_forms import EMPTY, PerhapsWebAddress, Positive, Seconds, Table
from voice.whisper import MODEL_FILE


class Voice(Table):
    """How it speaks aloud."""

    mode: Literal["off", "mirror", "always"] = Field(
        default="mirror", description="mirror: a voice note is answered by a voice note."
    )
    kind: Literal["builtin", "openai", "coqui"] = Field(
        default="builtin",
        description="What speaks: small free voices (English, Chinese, Japanese), any server of "
        "`/audio/speech`, or coqui-tts, which clones one.",
    )
    base_url: PerhapsWebAddress = Field(
        default="",
        description="openai: where the server is, mostly up to /v1. coqui: where "
        "`voice.coqui_server` runs; empty: it is started here.",
    )
    api_key: Secret = Field(default=EMPTY, description="The key that the server wants.")
    model: str = Field(
        default="",
        description="openai: the model's name. coqui: a name or a folder; empty: XTTS v2.",
    )
    sample: str = Field(
        default="", description="A recording to clone; empty: the persona's `voice.wav`."
    )
    voice: str = Field(
        default="",
        description="The name of the engine's voice, where nothing is cloned and the persona names "
        "none.",
    )
    body: dict[str, object] = Field(
        default={},
        repr=False,
        description="openai: merged into every request; `{language}` in a text becomes `en`, `zh` "
        "or `ja`.",
    )
    max_s: Seconds = Field(default=60, description="Longest note.")
    long: Literal["text", "first"] = Field(
        default="text",
        description="What becomes of longer ones: all is written, or the first part is said and "
        "the rest is written.",
    )
    late_s: Seconds = Field(
        default=20, description="A note that is not ready by then is written instead."
    )
    keep_s: Seconds = Field(
        default=7 * 24 * 3600, description="So long the sound of what was said is kept."
    )
    emoji: Literal["strip", "strict"] = Field(
        default="strip",
        description="strip: emoji are left out of what is said. strict: what has any is written.",
    )
    mark: Literal["living", "always", "off"] = Field(
        default="living",
        description="Two soft tones at a note's end, which tell that nobody spoke: for the voice "
        "of a living person, always, or never.",
    )
    at_once: Positive = Field(default=2, description="Notes that are made at once.")
    waiting: Annotated[int, Field(ge=0)] = Field(
        default=8, description="Notes that may wait for that; of more the words are written."
    )
    licence: Literal["", "agreed"] = Field(
        default="",
        description="coqui: `agreed` says that you agree to the model's licence; XTTS v2 is for "
        "non-commercial use.",
    )
    python: str = Field(
        default=".venv-coqui/bin/python", description="coqui: the Python that has coqui-tts."
    )
    device: str = Field(default="cpu", description="coqui: cpu, cuda or mps.")


class Hearing(Table):
    """How it understands voice notes."""

    kind: Literal["off", "openai", "whisper"] = Field(
        default="off",
        description="What listens: nobody, any server of `/audio/transcriptions`, or faster-whisper"
        " in this process.",
    )
    base_url: PerhapsWebAddress = Field(default="", description="openai: where the server is.")
    api_key: Secret = Field(default=EMPTY, description="openai: its key.")
    model: str = Field(
        default="",
        description=f"openai: the model's name. whisper: the folder with its {MODEL_FILE}.",
    )
    max_s: Seconds = Field(default=300, description="Longest sound that is listened to.")
    late_s: Seconds = Field(default=30, description="Longest wait for the words.")
    at_once: Positive = Field(default=1, description="Sounds that are listened to at once.")
    waiting: Annotated[int, Field(ge=0)] = Field(
        default=8, description="Sounds that may wait for that."
    )


def sounding(voice: Voice, hearing: Hearing) -> Iterator[str]:
    """What must be put right in them before anything starts, a line each."""
    if voice.mode != "off":
        yield from _voice(voice)
    if hearing.kind == "openai":
        yield from _server("hearing", hearing, "makes words of sounds")
    if hearing.kind == "whisper" and not hearing.model:
        yield f"hearing.model: missing; name the folder with faster-whisper's {MODEL_FILE}"


def _voice(voice: Voice) -> Iterator[str]:
    if voice.kind == "openai":
        yield from _server("voice", voice, "speaks")
    elif voice.base_url and "kind" not in voice.model_fields_set:
        yield 'voice.kind: missing; with voice.base_url it is "openai" or "coqui"'
    if voice.kind == "coqui" and not voice.base_url and not voice.model and not voice.licence:
        yield (
            "voice.licence: missing; XTTS v2 is for non-commercial use (CPML). Write"
            ' licence = "agreed" if you agree, or name another model'
        )


def _server(name: str, table: Voice | Hearing, does: str) -> Iterator[str]:
    if not table.base_url:
        yield f"{name}.base_url: missing; say where the server is, like https://host/v1"
    if not table.model:
        yield f"{name}.model: missing; say which of the server's models {does}"
    if not carried(table.api_key.get_secret_value()):
        yield f"{name}.api_key: holds what no HTTP header can carry; it is plain letters and digits"
