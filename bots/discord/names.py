"""Discord's marks for people, channels, roles and emoji, as what they are called."""

import re
from collections.abc import Mapping
from typing import Final

from bots.discord.events import Fields, each, perhaps, within, words
from bots.discord.rooms import Rooms

_MARK: Final = re.compile(
    r"<(?: @!?(?P<person>\d+) | @&(?P<role>\d+) | \#(?P<channel>\d+)"
    r" | a?:(?P<emoji>\w+):\d+ | (?P<command>/[^:<>]{1,120}):\d+ )>",
    re.VERBOSE | re.ASCII,
)
_AFTER_US: Final = re.compile(r"[\s,:，、：]*")


class Readable:
    """Makes the text of a message readable, for the account *me* that is called *name*."""

    def __init__(self, me: str, name: str, rooms: Rooms) -> None:
        self._me = me
        self._name = name
        self._rooms = rooms

    def __call__(self, text: str, message: Fields, guild: str) -> str:
        """*text* with names in it. That it begins by calling us is left out, if more follows."""
        if "<" not in text:
            return text
        begun = self._after_us(text, guild)
        people = _people(message)
        return _MARK.sub(lambda mark: self._named(mark, people, guild), begun or text)

    def _after_us(self, text: str, guild: str) -> str:
        found = _MARK.match(text.lstrip())
        if found is None or not self._means_us(found, guild):
            return text
        return _AFTER_US.sub("", text.lstrip()[found.end() :], count=1)

    def _means_us(self, mark: re.Match[str], guild: str) -> bool:
        return mark["person"] == self._me or bool(
            mark["role"] and self._rooms.is_mine(guild, mark["role"])
        )

    def _named(self, mark: re.Match[str], people: Mapping[str, str], guild: str) -> str:
        if person := mark["person"]:
            return f"@{self._name if person == self._me else people.get(person) or person}"
        if role := mark["role"]:
            return f"@{self._rooms.role(guild, role) or role}"
        if channel := mark["channel"]:
            room = self._rooms.find(channel)
            return f"#{room.name if room else channel}"
        return f":{mark['emoji']}:" if mark["emoji"] else mark["command"]


def called(user: Fields, member: Fields) -> str:
    """What somebody is called where they wrote; *user* is their account."""
    names = (words(member, "nick"), words(user, "global_name"), words(user, "username"))
    return next((name for name in names if name.strip()), perhaps(user, "id"))


def _people(message: Fields) -> Mapping[str, str]:
    return {
        perhaps(user, "id"): called(user, within(user, "member"))
        for user in each(message, "mentions")
    }
