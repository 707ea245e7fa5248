"""`/start` and `/help`."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from anima.model import Heard
from anima.orders import Obeyed
from anima.roles import Cast
from service.commands.table import Argument, Command, Table, Who, Wish, form
from service.commands.words import Language, Words

_JUST_WRITE: Final = Words(
    en="Just write to me, as you would to anybody.",
    zh="直接跟我说话就好。",
    ja="ふつうに話しかけてください。",
)
_LINE: Final = Words(en="{form}: {help}", zh="{form}：{help}", ja="{form}：{help}")


Brought = Callable[[str, Heard], Awaitable[Obeyed | None]]
"""What becomes of a code that somebody brought; None where there is nothing to say of it."""

INVITE: Final = "invite"
"""What a code is for that does not say so itself, as when it is typed by hand."""
CODE: Final = Argument(
    "code",
    "text",
    "CODE",
    Words(en="a code that you were given", zh="别人给你的码", ja="もらったコード"),
    required=False,
)


@dataclass(frozen=True, slots=True)
class Greeting:
    """Lets the persona greet whoever comes in. *links* know the codes that a link may bring."""

    cast: Cast
    links: Mapping[str, Brought] = field(default_factory=dict)

    async def start(self, wish: Wish) -> Obeyed:
        """`/start`, `/start invite_CODE`, and whatever else a link brings along."""
        heard = wish.order.heard
        persona = self.cast.of(wish.order.claim).persona
        greeting = persona.greeting(wordless(heard))
        brought = await self._brought(wish.given.get("code", ""), heard)
        if brought is None:
            return Obeyed(greeting, talk=True)
        return replace(brought, text=f"{brought.text}\n\n{greeting}")

    async def _brought(self, payload: str, heard: Heard) -> Obeyed | None:
        kind, said, code = payload.partition("_")
        if not said:
            kind, code = INVITE, payload
        link = self.links.get(kind)
        return await link(code, heard) if link and code else None


def wordless(heard: Heard) -> Heard:
    """*heard* without its words: those of a command tell nothing of a language."""
    return replace(heard, text="")


def page(table: Table, who: Who, language: Language) -> str:
    """What somebody may use: a line for each command that does something."""
    allowed = (one for one in table if who == "admins" or one.who == "everyone")
    lines = [line for one in allowed for line in _lines(one.name, one, language)]
    return "\n".join([_JUST_WRITE.to(language), *lines])


def _lines(path: str, command: Command, language: Language) -> list[str]:
    if command.subcommands:
        subs = command.subcommands
        return [line for sub in subs for line in _lines(f"{path} {sub.name}", sub, language)]
    help_ = command.help.to(language)
    return [_LINE.to(language, form=form(path, command), help=help_)]
