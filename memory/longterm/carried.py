"""The records in which somebody's memories travel: one JSON object a line, a header first."""

from typing import Annotated, Final, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter

VERSION: Final = 1


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Header(_Record):
    """Whose memories these are, and how they are written down."""

    kind: Literal["anima memory"] = "anima memory"
    version: int
    speakers: tuple[str, ...]
    at: AwareDatetime


class PlaceRecord(_Record):
    """A conversation, which others call by its *number*."""

    kind: Literal["place"] = "place"
    number: int
    platform: str
    bot: str
    connection: str
    chat: str
    thread: str
    private: bool
    title: str


class LineRecord(_Record):
    """Something that was said; nobody as *speaker*: by us."""

    kind: Literal["line"] = "line"
    place: int
    persona: str
    speaker: str
    name: str
    text: str
    language: str
    at: AwareDatetime
    digest: str


class FactRecord(_Record):
    """Something known of somebody; *sources* are the digests of the lines that it comes from."""

    kind: Literal["fact"] = "fact"
    place: int
    persona: str
    speaker: str
    name: str
    text: str
    language: str
    at: AwareDatetime
    subject: str
    slot: str
    norm: str
    quote: str
    valid_from: AwareDatetime | None
    valid_to: AwareDatetime | None
    precision: str
    negated: bool
    hearsay: bool
    confidence: float
    importance: int
    pinned: bool
    finder: str
    sources: tuple[str, ...]


class RelationRecord(_Record):
    """How close a persona is to somebody."""

    kind: Literal["relation"] = "relation"
    persona: str
    speaker: str
    closeness: float
    turns: int
    first_at: AwareDatetime
    last_at: AwareDatetime
    lately: float


class WishRecord(_Record):
    """What somebody wished for their own memories."""

    kind: Literal["wish"] = "wish"
    speaker: str
    wish: Literal["together"]
    at: AwareDatetime


Record = Header | PlaceRecord | LineRecord | FactRecord | RelationRecord | WishRecord

RECORD: Final[TypeAdapter[Record]] = TypeAdapter(Annotated[Record, Field(discriminator="kind")])
"""Reads and writes any of them."""
