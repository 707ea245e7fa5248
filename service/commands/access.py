"""`/allow`, `/ban` and `/unban`: who may talk with us, decided at run time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from anima.model import Beside, Button, Conversation
from anima.orders import Obeyed
from anima.ports import Clock
from memory.admitting import Person, Ruling
from service import codes
from service.access import INVITED
from service.commands import access_words as say
from service.commands.parts import narrow, short
from service.commands.table import Wish
from service.commands.whom import Unclear, Whom, called

_LISTED: Final = 20
"""Lines of one kind in a list; the newest are those whom somebody looks for."""
_BUTTONS: Final = 4
_LONGEST_REASON: Final = 200


class Admits(Protocol):
    """Lets people in and shuts them out. Raises `LedgerUnavailable`."""

    async def allow(self, person: Person, by: str, place: int) -> Ruling: ...

    async def confirm(self, digest: str, by: str, place: int) -> tuple[Person, Ruling] | None: ...

    async def ban(self, person: Person, reason: str, by: str, place: int) -> Ruling: ...

    async def unban(self, person: Person, by: str, place: int) -> Ruling: ...

    async def invite(self, digest: str, until: datetime, by: str, place: int) -> None: ...


class Lists(Protocol):
    """Those who are *waiting*, *allowed* or *banned*. Raises `LedgerUnavailable`."""

    async def those(self, kind: str, limit: int, past: int = 0) -> Sequence[tuple[Person, str]]: ...

    async def same(self, address: str) -> Sequence[str]: ...


class Links(Protocol):
    """The link by which a code is brought to us."""

    async def link(self, code: str, here: Conversation) -> str: ...


@dataclass(frozen=True, slots=True)
class Letting:
    """Does what admins say about people. *owns*: whether the settings name this address."""

    admissions: Admits
    lists: Lists
    whom: Whom
    links: Links
    owns: Callable[[str], bool]
    clock: Clock

    async def allow(self, wish: Wish) -> Obeyed:
        """`/allow [CODE|WHO|list|invite]`; in a reply it is about who wrote that."""
        word = wish.given.get("who", "")
        match narrow(word):
            case "list":
                return await self._lists(wish, ("waiting", "allowed"))
            case "invite":
                return await self._invite(wish)
            case "":
                if person := await self.whom.replied(wish.order):
                    return await self._allow(wish, person)
                return await self._lists(wish, ("waiting",))
        return await self._let(wish, word)

    async def ban(self, wish: Wish) -> Obeyed:
        """`/ban [WHO] [REASON]`; in a reply all of it may be the reason."""
        word, reason = wish.given.get("who", ""), wish.given.get("reason", "")
        language = wish.language
        if narrow(word) == "list" and not reason:
            return await self._lists(wish, ("banned",))
        replied = await self.whom.replied(wish.order)
        found = await self.whom.meant(word, language) if word else replied
        if replied and isinstance(found, Unclear):
            found, reason = replied, f"{word} {reason}".strip()
        if found is None:
            return Obeyed(say.WHOM.to(language, form="/ban telegram:123"))
        if isinstance(found, Unclear):
            return Obeyed(found.text)
        by = wish.order.heard.speaker.address
        everyone = await self.lists.same(found.address)
        if by in everyone:
            return Obeyed(say.NOT_YOURSELF.to(language))
        if any(map(self.owns, everyone)):
            return Obeyed(say.NOT_ADMINS.to(language, who=called(found)))
        why = short(reason, _LONGEST_REASON)
        ruling = await self.admissions.ban(found, why, by, wish.order.claim.id)
        return Obeyed(say.BANNED[ruling].to(language, who=called(found), address=found.address))

    async def unban(self, wish: Wish) -> Obeyed:
        """`/unban [WHO]`."""
        word, language = wish.given.get("who", ""), wish.language
        replied = await self.whom.replied(wish.order)
        found = await self.whom.meant(word, language) if word else replied
        if found is None:
            return Obeyed(say.WHOM.to(language, form="/unban telegram:123"))
        if isinstance(found, Unclear):
            return Obeyed(found.text)
        by = wish.order.heard.speaker.address
        ruling = await self.admissions.unban(found, by, wish.order.claim.id)
        return Obeyed(say.UNBANNED[ruling].to(language, who=called(found)))

    async def _let(self, wish: Wish, word: str) -> Obeyed:
        """Let in whoever got the code *word*, or else is called so."""
        language, code = wish.language, codes.meant(word, codes.PAIRING)
        if code:
            by, place = wish.order.heard.speaker.address, wish.order.claim.id
            confirmed = await self.admissions.confirm(codes.kept(code), by, place)
            if confirmed:
                person, ruling = confirmed
                return Obeyed(say.ALLOWED[ruling].to(language, who=called(person)))
        found = await self.whom.meant(word, language)
        if isinstance(found, Unclear):
            return Obeyed(say.NO_CODE.to(language, code=short(word)) if code else found.text)
        return await self._allow(wish, found)

    async def _allow(self, wish: Wish, person: Person) -> Obeyed:
        by = wish.order.heard.speaker.address
        ruling = await self.admissions.allow(person, by, wish.order.claim.id)
        return Obeyed(say.ALLOWED[ruling].to(wish.language, who=called(person)))

    async def _invite(self, wish: Wish) -> Obeyed:
        """A link where there are links, and else the words to say."""
        order, language = wish.order, wish.language
        if not order.claim.private:
            return Obeyed(say.NOT_ALOUD.to(language))
        code = codes.new(codes.INVITATION)
        until = self.clock.now() + INVITED
        by = order.heard.speaker.address
        await self.admissions.invite(codes.kept(code), until, by, order.claim.id)
        link = await self.links.link(code, order.claim.conversation)
        words = say.INVITATION_LINK if link else say.INVITATION
        return Obeyed(words.to(language, link=link, code=code, day=f"{until:%Y-%m-%d %H:%M}"))

    async def _lists(self, wish: Wish, kinds: Sequence[str]) -> Obeyed:
        """Who is in them; people's names are nothing for a group."""
        language = wish.language
        if not wish.order.claim.private:
            return Obeyed(say.NOT_ALOUD.to(language))
        lines: list[str] = []
        buttons: list[Button] = []
        for kind in kinds:
            people = await self.lists.those(kind, _LISTED)
            lines.append((say.LISTS if people else say.EMPTY)[kind].to(language))
            for person, reason in people:
                why = say.REASON.to(language, reason=reason) if reason else ""
                lines.append(f"· {called(person)}{why}")
            buttons += _buttons(kind, [person for person, _ in people], wish)
        lines.append(say.HOW[kinds[-1]].to(language))
        return Obeyed("\n".join(lines), beside=Beside(tuple(buttons)))


def _buttons(kind: str, people: Sequence[Person], wish: Wish) -> list[Button]:
    """What is wanted next, for the newest of them."""
    if kind == "allowed":
        return []
    word, shown = ("allow", say.ALLOW) if kind == "waiting" else ("unban", say.UNBAN)
    return [
        Button(
            shown.to(wish.language, name=short(one.name or one.address)), f"/{word} {one.address}"
        )
        for one in people[:_BUTTONS]
    ]
