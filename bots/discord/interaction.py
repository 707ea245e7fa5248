"""What Discord tells when somebody uses a command, as far as we trust and need it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Final

from pydantic import BaseModel, Field

from bots.discord.events import moment

COMMAND: Final = 2
COMPLETION: Final = 4

_NESTED: Final = frozenset({1, 2})
_WITH_US: Final = 1
_PRIVATE_CHANNEL: Final = 1

Id = Annotated[str, Field(pattern=r"^\d{1,20}$")]


class Person(BaseModel):
    """An account."""

    id: Id
    username: str = ""
    global_name: str | None = None


class Member(BaseModel):
    """An account in a server."""

    user: Person
    nick: str | None = None


class Channel(BaseModel):
    """Where it was used."""

    type: int | None = None
    name: str | None = None


class Option(BaseModel):
    """A subcommand, or an argument with its *value*; *focused* while somebody is typing it."""

    name: str
    type: int = 0
    value: str | int | float | bool | None = None
    options: Sequence["Option"] = ()
    focused: bool = False


class Data(BaseModel):
    """The command and what was given for its arguments."""

    name: str = ""
    options: Sequence[Option] = ()


class Interaction(BaseModel):
    """Somebody uses a command, or is about to."""

    id: Id
    application_id: Id
    type: int
    token: str
    data: Data = Data()
    channel_id: Id
    channel: Channel = Channel()
    guild_id: Id | None = None
    context: int | None = None
    locale: str = ""
    member: Member | None = None
    user: Person | None = None

    @property
    def at(self) -> datetime:
        """When it was used."""
        return moment(self.id)

    @property
    def person(self) -> Person | None:
        """Who uses it."""
        return self.member.user if self.member else self.user

    @property
    def name(self) -> str:
        """What they are called there."""
        person = self.person or Person(id="0")
        names = (self.member and self.member.nick, person.global_name, person.username)
        return next((one for one in names if one and one.strip()), person.id)

    @property
    def private(self) -> bool:
        """Whether they are alone with us; a private talk of theirs with others is none of ours."""
        if self.context is not None:
            return self.context == _WITH_US
        return self.guild_id is None and self.channel.type == _PRIVATE_CHANNEL

    @property
    def path(self) -> str:
        """The whole command: `model use`."""
        names, options = [self.data.name], self.data.options
        while options and options[0].type in _NESTED:
            names.append(options[0].name)
            options = options[0].options
        return " ".join(names)

    @property
    def given(self) -> Mapping[str, str]:
        """What is given for each argument."""
        return {one.name: str(one.value) for one in self._arguments if one.value is not None}

    @property
    def typing(self) -> Option | None:
        """The argument that is being typed."""
        return next((one for one in self._arguments if one.focused), None)

    @property
    def _arguments(self) -> Sequence[Option]:
        options = self.data.options
        while options and options[0].type in _NESTED:
            options = options[0].options
        return options
