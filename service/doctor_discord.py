"""The doctor at Discord: the token, what the bot may read, and the way to the gateway."""

from collections.abc import Mapping, Sequence
from typing import Final

from anima.errors import ConfigError, Unavailable
from service.findings import Finding, off, ok, wrong
from service.settings_places import Discord
from service.wire import Wire, host

PART: Final = "discord"
UNKNOWN: Final = 401
CONTENT: Final = 1 << 18 | 1 << 19
"""The flags of an application that may read messages: a large one, and one in few servers."""
PAGE: Final = "https://discord.com/developers/applications"

Fields = Mapping[str, object]


async def discord(chosen: Discord, wire: Wire) -> Sequence[Finding]:
    """Whether the bot is known, may read what people write, and is shown the gateway."""
    if not chosen.token.get_secret_value():
        return [off(PART, "discord.token is empty")]
    try:
        me = await _ask(chosen, wire, "/users/@me")
        application = await _ask(chosen, wire, "/applications/@me")
        gateway = await _ask(chosen, wire, "/gateway/bot")
    except ConfigError:
        advice = f"copy it again from the Bot page of {PAGE} into discord.token"
        return [wrong(PART, "Discord does not know this token", advice)]
    except Unavailable as error:
        return [wrong(PART, str(error), "check the network and discord.api_base, then try again")]
    return [_about(chosen, me, application, gateway)]


async def _ask(chosen: Discord, wire: Wire, path: str) -> Fields:
    """What is there. Raises `ConfigError` for the token and `Unavailable` for the rest."""
    token = chosen.token.get_secret_value()
    # whoever calls without such a name is turned away before anybody looks at the token
    headers = {"authorization": f"Bot {token}", "user-agent": "DiscordBot (anima, 1)"}
    answer = await wire.ask("GET", chosen.api_base + path, headers)
    if answer.status == UNKNOWN:
        raise ConfigError("discord.token: unknown")
    if answer.status == 200 and answer.fields:  # noqa: PLR2004 - it says what it does
        return answer.fields
    said = answer.fields.get("message", "which is not what Discord says")
    raise Unavailable(f"{host(chosen.api_base)} answers {answer.status}, {said}")


def _about(chosen: Discord, me: Fields, application: Fields, gateway: Fields) -> Finding:
    flags = application.get("flags")
    if not (isinstance(flags, int) and flags & CONTENT):
        advice = f"switch on the Message Content Intent on the Bot page of {PAGE}"
        return wrong(PART, "the bot may not read what people write", advice)
    wanted = gateway.get("shards")
    few = isinstance(wanted, int) and wanted > chosen.shards
    return ok(
        PART,
        f"@{me.get('username', me.get('id'))}",
        f"Discord would have {wanted} shards, and discord.shards is {chosen.shards}" if few else "",
        _sessions(gateway),
    )


def _sessions(gateway: Fields) -> str:
    limit = gateway.get("session_start_limit")
    left = limit.get("remaining") if isinstance(limit, dict) else None
    return "no connection may be begun today any more" if left == 0 else ""
