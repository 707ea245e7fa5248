"""The settings of how it behaves: its pace, whom it talks to, when it writes first."""

from typing import Annotated, Literal

from pydantic import Field

from service.settings_forms import Positive, Seconds, Speakers, Table


class Pace(Table):
    """How fast it answers, and how it stops."""

    linger_s: Annotated[float, Field(ge=0)] = Field(
        default=1.2, description="Quiet time after which a burst of messages becomes one turn."
    )
    typing: bool = Field(
        default=True, description="false: bubbles leave as soon as they are ready."
    )
    drain_s: Seconds = Field(default=25, description="Time to finish what is running when stopped.")


class Access(Table):
    """Who may talk to it."""

    admins: Speakers = Field(default=(), description='Who may command, like "telegram:123".')
    who: Literal["everyone", "listed", "paired"] = Field(
        default="everyone",
        description="Who may talk. `paired`: a stranger gets a code that an admin "
        "confirms with `/allow`.",
    )
    listed: Speakers = Field(default=(), description='Who may talk when `who` is not "everyone".')


class Limits(Table):
    """What keeps one from taking the place of many."""

    per_minute: Positive = Field(
        default=20,
        description="Turns that a person may start in a minute; over 1000: any. Admins have no "
        "limits.",
    )
    per_group_minute: Positive = Field(
        default=30, description="Turns in which it speaks in one group in a minute; over 1000: any."
    )
    tokens_per_day: Annotated[int, Field(ge=0)] = Field(
        default=0, description="Tokens that the answers to one person may cost in a day; 0: any."
    )
    tokens_per_day_total: Annotated[int, Field(ge=0)] = Field(
        default=0, description="Tokens that all answers together may cost in a day; 0: any."
    )
    max_age_s: Seconds = Field(
        default=900, description="A message that is older after an outage expires visibly."
    )
    conversations: Positive = Field(
        default=1000, description="Conversations that one process attends to at once."
    )


class Initiative(Table):
    """When it writes first."""

    enabled: bool = Field(default=True, description="Whether it ever writes first.")
    per_day: Annotated[int, Field(ge=0)] = Field(
        default=3, description="Unasked messages to one person in a day."
    )
    min_gap_s: Annotated[float, Field(ge=0)] = Field(
        default=7200, description="Least time between two of them."
    )
    catch_up_s: Annotated[float, Field(ge=0)] = Field(
        default=21600,
        description="What was due while it was down is still said within this time after it.",
    )
    calls_per_day: Positive = Field(
        default=60, description="Model calls a day for one person whom nobody answers."
    )
