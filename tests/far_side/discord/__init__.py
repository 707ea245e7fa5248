"""Discord on loopback: the real protocol over real sockets, with faults on demand.

    async with Discord() as far:                     # or start() and stop(): the port stays
        Route.BASE = far.api                         # before the client is built
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(far.gateway)
        client = discord.Client(intents=..., guild_ready_timeout=0.01)
        ...  client.start(far.token)

        ann = far.person("Ann")
        guild = far.guild("Friends", ann)            # the bot is in it, Ann owns it
        general = far.channel(guild, "general")
        said = far.says(ann, general, f"hello {far.me.mention}")
        far.says(ann, ann, "hello")                  # a person as a place is the private one
        await far.sees(lambda: far.texts(general) == ["hi"])

What people do is told through the gateway at once: `says`, `edits`, `deletes`, `deletes_many`,
`reacts`, `unreacts`, `types`, `thread`, `post`, `removes`, `kicks`; `closes(place, code)` lets the
bot be refused there. A message is the protocol's object (a dict), or a `Sent` of the bot.
`far.sent` is what the bot said, `far.texts(place)` the same in one place, `far.messages(place)`
what stands there now, `far.calls` and `far.count` what it asked for, by the names of the
platform's documentation in snake case (`create_message`, `edit_message`).

    asked = far.uses(ann, general, "model use", version="v3")     # what the bot has put, only
    await far.sees(lambda: asked.texts)              # .hidden, .thinking, .ephemeral, .form
    far.completes(ann, general, "model use", "version", "v").choices
    pressed = far.presses(ann, far.sent[-1], "fb:1:-1")           # by custom id or label
    far.submits(pressed, why="...")                  # the form that `pressed` was answered with

`far.faults.add("create_message", Fault.gateway(502))` lets the next one fail; `far.refuses(name,
retry_after)` is a 429, `far.limit(name, times, per_s)` a real bucket; `connect` is the name of a
socket of the gateway that is being opened. Of the gateway: `drop_gateway`, `asks_to_reconnect`,
`invalidates`, `silence` and `speaks`, `garbles`, `dispatches`; and what became of it: `identified`,
`resumed`, `connected`.
"""

from tests.far_side.discord.interactions import Interaction
from tests.far_side.discord.journal import Sent
from tests.far_side.discord.people import Shown
from tests.far_side.discord.places import Channel, Guild, Kind, Person
from tests.far_side.discord.server import Discord
from tests.far_side.discord.wire import Call
from tests.far_side.faults import Fault, Faults

__all__ = [
    "Call",
    "Channel",
    "Discord",
    "Fault",
    "Faults",
    "Guild",
    "Interaction",
    "Kind",
    "Person",
    "Sent",
    "Shown",
]
