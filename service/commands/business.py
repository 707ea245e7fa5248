"""`/business`: the chats in which the persona writes in its owner's place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from anima.mandate import Entrusted, Mandate, Mandates
from anima.model import NOTHING, Beside, Button
from anima.orders import Obeyed
from anima.ports import Clock
from anima.steps import Represented
from service.commands import business_words as say
from service.commands.parts import narrow, short
from service.commands.table import Argument, Command, Wish
from service.commands.words import Language, listed

_MOST_LISTED: Final = 20
_MOST_BUTTONS: Final = 8
_MOST_NAME: Final = 24

SWITCH: Final = Argument(
    "switch",
    "choice",
    "on|off",
    say.SWITCH,
    options=("on", "off"),
    required=False,
    otherwise="on",
)
CHAT: Final = Argument("chat", "text", "NAME", say.NAME, required=False)

_Given = Sequence[tuple[Mandate, Sequence[Entrusted]]]


@dataclass(frozen=True, slots=True)
class Business:
    """Tells of the chats, and switches them."""

    mandates: Mandates
    clock: Clock

    @property
    def command(self) -> Command:
        """`/business [on|off] [NAME]`, for admins, where nobody else reads it."""
        return Command(
            "business",
            say.HELP,
            who="admins",
            arguments=(SWITCH, CHAT),
            how=self.business,
            alone=True,
        )

    async def business(self, wish: Wish) -> Obeyed:
        """Who reaches us on Telegram is told of the chats that are their own."""
        speaker = wish.order.heard.speaker
        mine = speaker.address if speaker.platform == "telegram" else ""
        given = await self.mandates.all(mine)
        if not given:
            return Obeyed(say.NONE.to(wish.language))
        if "switch" not in wish.given:
            return self._list(given, wish.language)
        if "chat" in wish.given:
            return self._switch_one(given, wish)
        return self._switch(given, wish)

    def _list(self, given: _Given, language: Language) -> Obeyed:
        now = self.clock.now()
        lines = [line for one in given for line in _page(*one, language, now)]
        chats = [chat for _, chats in given for chat in chats][:_MOST_BUTTONS]
        buttons = tuple(_button(chat, language, now) for chat in chats)
        return Obeyed("\n".join(lines), beside=Beside(buttons) if buttons else NOTHING)

    def _switch(self, given: _Given, wish: Wish) -> Obeyed:
        steps = tuple(self._step(mandate, "", wish) for mandate, _ in given)
        name = say.EVERYWHERE.to(wish.language)
        return Obeyed(_done(name, wish), steps)

    def _switch_one(self, given: _Given, wish: Wish) -> Obeyed:
        word = wish.given["chat"]
        all_ = [(mandate, chat) for mandate, chats in given for chat in chats]
        found = [one for one in all_ if one[1].conversation.chat == word] or [
            one for one in all_ if narrow(one[1].name) == narrow(word)
        ]
        if len(found) == 1:
            ((mandate, chat),) = found
            step = self._step(mandate, chat.conversation.chat, wish)
            return Obeyed(_done(chat.name, wish), (step,))
        told, line = (found, say.SEVERAL) if found else (all_, say.UNKNOWN)
        names = [_numbered(chat) if found else chat.name for _, chat in told[:_MOST_LISTED]]
        known = listed(names, wish.language) or "–"
        return Obeyed(line.to(wish.language, word=short(word), known=known))

    def _step(self, mandate: Mandate, chat: str, wish: Wish) -> Represented:
        return Represented(
            mandate.platform,
            mandate.bot,
            mandate.id,
            chat,
            answers=wish.given["switch"] == "on",
            by=wish.order.heard.speaker.address,
            at=self.clock.now(),
        )


def _page(
    mandate: Mandate, chats: Sequence[Entrusted], language: Language, now: datetime
) -> list[str]:
    owner, state = mandate.owner.name, _given(mandate, language)
    lines = [say.CONNECTED.to(language, owner=owner, state=state)]
    lines += [
        say.CHAT.to(language, name=short(one.name), state=_state(one, language, now))
        for one in chats[:_MOST_LISTED]
    ]
    if len(chats) > _MOST_LISTED:
        lines.append(say.MORE.to(language, count=len(chats) - _MOST_LISTED))
    return lines if chats else [*lines, say.NOBODY_YET.to(language)]


def _given(mandate: Mandate, language: Language) -> str:
    """What the owner allows, by us and by the platform."""
    if not mandate.enabled:
        return say.DISCONNECTED.to(language)
    if "can_reply" not in mandate.rights:
        return say.NO_REPLY.to(language)
    states = [_switched(language, on=mandate.answers)]
    states += [say.READS.to(language)] if "can_read_messages" in mandate.rights else []
    return listed(states, language)


def _state(chat: Entrusted, language: Language, now: datetime) -> str:
    if chat.answers and chat.silent(now):
        return say.SILENT.to(language, until=f"{chat.silent_until:%H:%M} UTC")
    return _switched(language, on=chat.answers)


def _button(chat: Entrusted, language: Language, now: datetime) -> Button:
    """Switches the chat to what it is not."""
    on = not chat.answers or chat.silent(now)
    name = short(chat.name, _MOST_NAME)
    shown = say.BUTTON.to(language, name=name, state=_switched(language, on=on))
    return Button(shown, f"/business {'on' if on else 'off'} {chat.conversation.chat}")


def _done(name: str, wish: Wish) -> str:
    state = _switched(wish.language, on=wish.given["switch"] == "on")
    return say.DONE.to(wish.language, name=name, state=state)


def _switched(language: Language, *, on: bool) -> str:
    return (say.ON if on else say.OFF).to(language)


def _numbered(chat: Entrusted) -> str:
    return f"{chat.conversation.chat} ({chat.name})"
