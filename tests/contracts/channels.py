"""The platforms over which the contract of `Channel` is proven, each with its far side."""

import io
import json
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from anima.ids import Ids
from anima.model import Conversation
from anima.ports import Channel
from bots.console import NAME, Console
from bots.discord.account import account
from bots.discord.outgoing import Outgoing as DiscordOutgoing
from bots.gate import Gates
from bots.telegram.client import client
from bots.telegram.outgoing import Outgoing as TelegramOutgoing
from bots.web.guests import Guest
from bots.web.tabs import Tabs
from bots.web.talk import Talk
from tests.backend_fakes import Notes
from tests.far_side.botapi import BotApi
from tests.far_side.discord import Discord, Fault
from tests.in_memory_ledger import InMemoryLedger
from tests.jump import JumpClock
from tests.living import TOKEN


@dataclass(frozen=True)
class Shown:
    """One message as people see it: its *text*, the *buttons* under it, the file that came."""

    text: str
    buttons: tuple[str, ...] = ()
    file: str = ""


@dataclass
class Stage:
    """A *channel*, the place *where* it speaks, and what people there see.

    *faults* are the platform's troubles by the name of our error; one with no wire has none.
    *sends* and *types* are the far side's calls for a bubble and for that we are writing.
    *knows_keys*: it takes the same key once.
    """

    channel: Channel
    where: Conversation
    seen: Callable[[], Sequence[Shown]]
    fails: Callable[[str, Fault], None]
    sends: str = ""
    types: str = ""
    faults: Mapping[str, Fault] = field(default_factory=dict)
    knows_keys: bool = False

    def texts(self) -> list[str]:
        """What was said there."""
        return [one.text for one in self.seen()]


Opened = Callable[[JumpClock], AbstractAsyncContextManager[Stage]]


def _no(status: int, code: int, words: str) -> Fault:
    return Fault(code=status, description=words, parameters={"code": code})


@asynccontextmanager
async def telegram(clock: JumpClock) -> AsyncIterator[Stage]:
    """A private chat on Telegram."""
    async with BotApi(TOKEN) as server:
        ann = server.person(7, "Ann")
        server.says(ann, ann, "hello")
        bot = client(TOKEN, server.url)

        def seen() -> list[Shown]:
            return [
                Shown(
                    one.text,
                    tuple(str(button["text"]) for button in one.buttons),
                    "document" if one.kind == "document" else "",
                )
                for one in server.sent
            ]

        yield Stage(
            TelegramOutgoing(bot, Gates(clock), Notes()),
            Conversation("telegram", str(bot.id), "7"),
            seen,
            server.faults.add,
            "sendMessage",
            "sendChatAction",
            {
                "SlowDown": Fault.slow_down(7),
                "Gone": Fault.status(403, "Forbidden: bot was blocked by the user"),
                "Undelivered": Fault.status(400, "Bad Request: message text is strange"),
                "Unreachable": Fault.gateway(502),
            },
        )
        await bot.session.close()


@asynccontextmanager
async def discord(clock: JumpClock) -> AsyncIterator[Stage]:
    """A channel of a server on Discord."""
    async with (
        Discord(now=lambda: clock.now().timestamp()) as far,
        account(far.token, far.api, clock, Notes()) as mine,
    ):
        await mine.introduced()
        room = far.channel(far.guild("Friends", far.person("Ann")), "general")

        def seen() -> list[Shown]:
            return [_on_discord(one) for _, one in sorted(room.messages.items())]

        yield Stage(
            DiscordOutgoing(mine.http, Gates(clock), Notes()),
            Conversation("discord", "42", str(room.id)),
            seen,
            far.faults.add,
            "create_message",
            "trigger_typing",
            {
                "SlowDown": Fault.status(429, "slowly", retry_after=7),
                "Gone": _no(403, 50007, "Cannot send messages to this user"),
                "Undelivered": _no(400, 50035, "Invalid Form Body"),
                "Unreachable": Fault.gateway(503),
            },
            knows_keys=True,
        )


@asynccontextmanager
async def web(clock: JumpClock) -> AsyncIterator[Stage]:
    """An open page; what was said is in the ledger before it is shown, so nothing fails there."""
    tabs, guest = Tabs(), Guest("ann")
    lines: dict[str, Shown] = {}
    with tabs.opened(guest.id) as tab:
        tab.catch_up()

        def seen() -> Sequence[Shown]:
            while tab._frames:
                _on_page(tab._frames.popleft(), lines)
            return list(lines.values())

        talk = Talk(InMemoryLedger(clock), tabs, clock, Ids(clock))
        yield Stage(talk, guest.conversation, seen, _nothing_fails)


@asynccontextmanager
async def console(clock: JumpClock) -> AsyncIterator[Stage]:
    """A terminal, which shows everything as lines."""
    written = io.StringIO()
    here = Conversation(*NAME, chat="ann")
    ledger = InMemoryLedger(clock)
    terminal = Console(io.StringIO(), written, "ann", ledger, clock, Ids(clock))
    yield Stage(terminal, here, lambda: _on_terminal(written.getvalue()), _nothing_fails)


STAGES: Final[Mapping[str, Opened]] = {
    "telegram": telegram,
    "discord": discord,
    "web": web,
    "console": console,
}


def _nothing_fails(name: str, fault: Fault) -> None:
    del name, fault


def _on_discord(message: Mapping[str, Any]) -> Shown:
    rows = message["components"]
    labels = tuple(one["label"] for row in rows for one in row["components"])
    files = message["attachments"]
    return Shown(message["content"], labels, "document" if files else "")


def _on_page(frame: str, lines: dict[str, Shown]) -> None:
    event, _, facts = frame.partition("event: ")[2].partition("\ndata: ")
    if event == "line":
        told = json.loads(facts)
        labels = tuple(one["shown"] for one in told["buttons"])
        lines[told["key"]] = Shown(told["text"], labels, "document" if told["file"] else "")


def _on_terminal(written: str) -> list[Shown]:
    """One message a line; below it where its file lies, and its buttons by number."""
    found: list[Shown] = []
    for line in written.splitlines():
        if line.startswith("[1] ") and found:
            labels = tuple(one.partition("] ")[2] for one in line.split("  "))
            found[-1] = Shown(found[-1].text, labels, found[-1].file)
        elif line.startswith("/") and found:
            found[-1] = Shown(found[-1].text, found[-1].buttons, "document")
        else:
            found.append(Shown(line))
    return found
