"""The doctor at Telegram: the token, what the bot may read, and the road by which updates come."""

from collections.abc import Mapping, Sequence
from typing import Final

from anima.errors import ConfigError, Unavailable
from anima.ports import Clock
from bots.telegram.deep_links import deep_link
from service.findings import Finding, off, ok, wrong
from service.hooks import PATH
from service.settings_places import Telegram
from service.wire import Wire, host

PART: Final = "telegram"
UNKNOWN: Final = frozenset({401, 404})
FRESH_S: Final = 600
"""A failure of the last ten minutes is one of now."""

PRIVACY: Final = (
    "privacy mode is on, so in groups it hears only what is meant for it; "
    "@BotFather /setprivacy changes that"
)

Fields = Mapping[str, object]


async def telegram(chosen: Telegram, wire: Wire, clock: Clock) -> Sequence[Finding]:
    """Whether the bot is known, and whether its updates reach us the way the settings say."""
    if not chosen.token.get_secret_value():
        return [off(PART, "telegram.token is empty")]
    try:
        me = await _call(chosen, wire, "getMe")
        hook = await _call(chosen, wire, "getWebhookInfo")
    except ConfigError:
        advice = "copy it again from @BotFather into telegram.token"
        return [wrong(PART, "Telegram does not know this token", advice)]
    except Unavailable as error:
        return [wrong(PART, str(error), "check the network and telegram.api_base, then try again")]
    trouble = await _road(chosen, hook, wire, clock)
    return [trouble or ok(PART, *_about(chosen, me, hook))]


async def _call(chosen: Telegram, wire: Wire, method: str) -> Fields:
    """What *method* gives. Raises `ConfigError` for the token and `Unavailable` for the rest."""
    url = f"{chosen.api_base}/bot{chosen.token.get_secret_value()}/{method}"
    answer = await wire.ask("GET", url)
    result = answer.fields.get("result")
    if isinstance(result, dict):
        return result
    if answer.status in UNKNOWN and "error_code" in answer.fields:
        raise ConfigError("telegram.token: unknown")
    said = answer.fields.get("description", "which is not what a Bot API server says")
    raise Unavailable(f"{host(chosen.api_base)} answers {answer.status}, {said}")


async def _road(chosen: Telegram, hook: Fields, wire: Wire, clock: Clock) -> Finding | None:
    """What keeps updates from reaching us, if anything does."""
    registered = str(hook.get("url", ""))
    if chosen.mode == "polling":
        return _hooked(registered) if registered else None
    if registered and registered != chosen.public_url + PATH:
        what = f"the webhook leads to another address, at {host(registered)}"
        advice = "start Anima, which registers ours; if that one is alive, stop it"
        return wrong(PART, what, advice)
    if error := _last_error(hook, clock):
        advice = f"see that telegram.public_url leads to this web server and passes on {PATH}"
        return wrong(PART, f"Telegram could not bring updates: {error}", advice)
    return await _door(chosen, wire)


def _hooked(registered: str) -> Finding:
    what = f"a webhook is set at {host(registered)}, so Telegram refuses to be polled"
    advice = 'remove it by calling deleteWebhook, or set telegram.mode to "webhook"'
    return wrong(PART, what, advice)


def _last_error(hook: Fields, clock: Clock) -> str:
    at = hook.get("last_error_date")
    fresh = isinstance(at, int) and clock.now().timestamp() - at < FRESH_S
    return str(hook.get("last_error_message", "")) if fresh else ""


async def _door(chosen: Telegram, wire: Wire) -> Finding | None:
    """Knock without the secret: only our own door answers in these words."""
    advice = "start Anima, and let the proxy pass this address on to web.host and web.port"
    try:
        answer = await wire.ask("POST", chosen.public_url + PATH)
    except Unavailable as error:
        return wrong(PART, f"telegram.public_url: {error}", advice)
    if answer.text == "wrong secret":
        return None
    said = f"{host(chosen.public_url)} answers {answer.status}"
    what = f"telegram.public_url does not lead to us: {said}"
    return wrong(PART, what, advice)


def _about(chosen: Telegram, me: Fields, hook: Fields) -> list[str]:
    pending = hook.get("pending_update_count")
    registered = bool(hook.get("url")) or chosen.mode == "polling"
    return [
        f"@{me.get('username', me.get('id'))}, by {chosen.mode}",
        deep_link(str(me["username"])) if me.get("username") else "",
        f"{pending} updates wait for us" if pending else "",
        "" if me.get("can_read_all_group_messages") else PRIVACY,
        "" if registered else "the webhook is registered at the next start",
    ]
