"""The settings of what it thinks and remembers with."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Final, Literal

from pydantic import Field

from service.secrets import Secret
from service.settings_forms import (
    EMPTY,
    PerhapsWebAddress,
    PerhapsWebAddresses,
    Positive,
    Seconds,
    Table,
    Texts,
)


class Backend(Table):
    """One server of models."""

    kind: Literal["builtin", "scripted", "openai", "vllm", "maas", "xfyun"] = Field(
        default="builtin",
        description="`builtin` brings a small model of its own and needs no key, `openai` is any "
        "compatible server, `vllm` one that loads adapters at run time, `maas` and `xfyun` are "
        "iFLYTEK's over HTTP and WebSocket, `scripted` is a stand-in that says what it is.",
    )
    base_url: PerhapsWebAddresses = Field(
        default="", description="Where the server is, mostly up to /v1; vllm takes several."
    )
    api_key: Secret = Field(default=EMPTY, description="The key that the server wants.")
    headers: dict[str, str] = Field(default={}, repr=False, description="Sent with every request.")
    body: dict[str, object] = Field(
        default={}, repr=False, description="Merged into every request."
    )
    weights: str = Field(
        default="",
        description="builtin: a `.gguf` file or a name from `anima model list`; empty: the first "
        "that can be had; `off`: none, and a stand-in answers.",
    )
    hub: PerhapsWebAddress = Field(
        default="https://huggingface.co",
        description="builtin: the model hub that weights may come from; empty: never asked.",
    )
    context: Positive = Field(
        default=8192,
        description="Tokens that the model takes, answer included. Not set, builtin has 4096.",
    )
    max_tokens: Positive = Field(
        default=1024,
        description="Tokens that one answer may have. Not set, builtin has 400.",
    )
    timeout_first_s: Seconds = Field(
        default=30, description="Longest wait for the first word. Not set, builtin waits 120."
    )
    timeout_between_s: Seconds = Field(default=20, description="Longest silence in mid-answer.")
    timeout_total_s: Seconds = Field(default=180, description="Longest time for a whole answer.")
    tools: Literal["native", "prompt", "off"] = Field(
        default="prompt",
        description="How the model is offered the persona's tools: by the server's own function "
        "calls, in the prompt's words, or not at all. Small models are offered none.",
    )
    url: str = Field(
        default="wss://maas-api.cn-huabei-1.xf-yun.com/v1.1/chat",
        description="xfyun: the WebSocket address.",
    )
    app_id: str = Field(default="", description="xfyun: the application's id.")
    api_secret: Secret = Field(default=EMPTY, description="xfyun: signs the address.")
    domain: str = Field(
        default="", description="xfyun: the model's domain, for souls that name no model."
    )

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where the server is, or its replicas are."""
        return self.base_url if isinstance(self.base_url, tuple) else (self.base_url,)

    def fitted(self) -> "Backend":
        """The same, with what suits a small model on this machine where nothing else was set."""
        if self.kind != "builtin":
            return self
        return self.model_copy(
            update={key: value for key, value in SMALL.items() if key not in self.model_fields_set}
        )


SMALL: Final[Mapping[str, object]] = MappingProxyType(
    {"context": 4096, "max_tokens": 400, "timeout_first_s": 120.0, "timeout_total_s": 300.0}
)
"""A cold prompt of a thousand tokens takes a processor six seconds, and some have to queue."""

COOL: Final = 0.3
"""The temperature at which a small model still knows who it is."""


class Soul(Table):
    """One version of the soul."""

    name: str = Field(min_length=1, description="The version's name.")
    backend: str = Field(default="default", description="The backend that serves it.")
    model: str = Field(default="", description="The name under which the backend serves it.")
    adapter: str = Field(
        default="", description="vllm: the adapter's path; maas and xfyun: its resource id."
    )
    temperature: Annotated[float, Field(ge=0, le=2)] = Field(
        default=0.9, description="How freely it speaks, from 0 to 2."
    )
    top_p: Annotated[float, Field(gt=0, le=1)] | None = Field(
        default=None, description="Leaves out unlikely words, from 0 to 1; not set: the server's."
    )
    sees: bool = Field(
        default=False,
        description="Its model understands pictures, and is shown those that people send.",
    )
    tokenizer: str = Field(
        default="",
        description="Its `tokenizer.json`, which counts what a prompt costs and needs the extra "
        "`tokenizers`; empty: that is estimated, rather too high.",
    )
    dataset: str = Field(default="", description="The hash of the data that it was trained on.")
    notes: str = Field(default="", description="What `/model info` shall tell of it.")
    fallback: Texts = Field(default=(), description="Souls to ask when this one is out of reach.")


class Player(Table):
    """One more persona in the same house, under a name of yours."""

    path: Annotated[Path, Field(strict=False)] = Field(
        default=Path("personas/harrow"), description="Its folder, or a character card."
    )
    souls: Texts = Field(
        default=(), description="The versions it may speak with, its own first; empty: all."
    )


class Memory(Table):
    """What it remembers."""

    embeddings: Literal["builtin", "openai", "off"] = Field(
        default="builtin",
        description="What finds memories by their meaning: a small model in this process, any "
        "compatible server, or nothing, and they are found by their words alone.",
    )
    second: bool = Field(
        default=False,
        description="One more model beside it, which finds more and takes six times as long; it "
        "needs the extra `second`.",
    )
    base_url: PerhapsWebAddress = Field(
        default="", description="openai: where the server is, mostly up to /v1."
    )
    api_key: Secret = Field(default=EMPTY, description="openai: its key.")
    model: str = Field(
        default="",
        description="openai: the model's name; under another one all memories are read again.",
    )
    timeout_s: Seconds = Field(default=10, description="openai: longest wait for its vectors.")
    cached_mb: Annotated[int, Field(ge=1)] = Field(
        default=256,
        description="At most so many megabytes of it are held in the process, 0.6 kB a line; of "
        "what is not held, a question first reads a thousand lines in 15 ms.",
    )
    distil: bool = Field(
        default=True,
        description="Let the soul's own model sum up talks and note facts while nobody waits; "
        "without it rules do.",
    )
    distil_calls: Annotated[int, Field(ge=0)] = Field(
        default=200, description="How often a day a model may be asked for that."
    )
