"""`/start` and `/help`."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Final

from anima.model import Heard
from anima.orders import Obeyed
from anima.roles import Cast
from service.commands.table import Argument, Command, Table, Who, Wish, form
from service.commands.words import Language, Words
from service.invitation import invitation

_JUST_WRITE: Final = Words(
    en="Just write to me, as you would to anybody.",
    zh="直接跟我说话就好。",
    ja="ふつうに話しかけてください。",
)
_LINE: Final = Words(en="{form}: {help}", zh="{form}：{help}", ja="{form}：{help}")


Invited = Callable[[str, Heard], Awaitable[Obeyed | None]]
"""What is said to who comes with this code and may not come in; none: they may."""

CODE: Final = Argument(
    "code",
    "text",
    "CODE",
    Words(en="a code that you were given", zh="别人给你的码", ja="もらったコード"),
    required=False,
)


@dataclass(frozen=True, slots=True)
class Greeting:
    """Lets the persona greet whoever comes in, and may; *invited* knows the codes of links."""

    cast: Cast
    invited: Invited

    async def start(self, wish: Wish) -> Obeyed:
        """`/start`, and `/start invite_CODE`, which a link makes people say."""
        heard = wish.order.heard
        if code := invitation(heard):
            refused = await self.invited(code, heard)
            if refused is not None:
                return refused
        persona = self.cast.of(wish.order.claim).persona
        return Obeyed(persona.greeting(wordless(heard)), talk=True)


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
