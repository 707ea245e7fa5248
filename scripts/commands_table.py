"""Writes `docs/commands.md` from the one table of commands; `--check` only compares."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from anima.offers import Offer
from service.commands.offered import offered
from service.commands.offering import offers
from service.commands.table import Command, form

PAGE: Final = Path(__file__).parent.parent / "docs" / "commands.md"
HEAD: Final = """# Commands

Written by `scripts/commands_table.py`; change the tables in `service/commands/` instead.

One table says what a command is called, what it wants to be told, who may use it, and what it is
for in English, Chinese and Japanese. Every platform is built from it:

- **Text** is understood everywhere: on Telegram, Discord, the chat page and in `anima chat`.
  `/help` lists what you may use.
- **Telegram** shows the commands when somebody types a slash: in private, in groups, and to each
  admin (`[access] admins`, once they have written to the bot) all of them, in the language of
  their client. `https://t.me/BOT?start=invite_CODE` sends `/start invite_CODE`.
- **Discord** lists them as slash commands with their arguments, names and help in the reader's
  language, and completes versions and personas for admins. Install the app to a server, or to
  yourself to take the avatar along into any chat: there `/ask` is how you talk. Answers are shown
  to you alone, but for those marked *aloud*.

Both are told when the table has changed, a few seconds after the start, and not else. What a list
shows gives nobody a right: who may is asked where the command is done. *Alone* means: only in a
private chat.

| command | who | English | 中文 | 日本語 |
|---|---|---|---|---|"""


class _Nobody:
    """Stands for every part: who asks for help asks for nothing else."""

    def __getattr__(self, name: str) -> "_Nobody":
        return self


def page() -> str:
    """The whole page."""
    nobody: Any = _Nobody()
    table = offered(*[nobody] * 9, {}, nobody, nobody)
    rows = (row for one in table for row in _rows(one.name, one, one))
    return "\n".join([HEAD, *rows, ""])


def _rows(path: str, one: Command, top: Command) -> Iterator[str]:
    if one.subcommands:
        for sub in one.subcommands:
            yield from _rows(f"{path} {sub.name}", sub, top)
        return
    offer = offers((one,))[0]
    cells = (f"`{form(path, one)}`", _who(offer, top), one.help.en, one.help.zh, one.help.ja)
    yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _who(offer: Offer, top: Command) -> str:
    marks = ["alone"] * offer.alone + ["aloud"] * offer.aloud
    only = [f"only {name.capitalize()}" for name in top.only]
    return ", ".join([top.who, *marks, *only])


def main() -> int:
    """Write the page, or say that it is old."""
    if "--check" not in sys.argv:
        PAGE.write_text(page(), encoding="utf-8")
        return 0
    if page() != PAGE.read_text(encoding="utf-8"):
        print(f"{PAGE.name} is not current; run scripts/commands_table.py", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
