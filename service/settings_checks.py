"""What only several settings together can get wrong."""

import ipaddress
import re
from collections import Counter
from collections.abc import Iterator

from pydantic import SecretStr

from backend.headers import carried
from service.settings_embeddings import embeddings
from service.settings_minds import Backend, Soul
from service.settings_places import Discord, Telegram
from service.settings_tables import Settings
from service.settings_voice import sounding

ADAPTED = ("vllm", "maas", "xfyun")
LONGEST_NAME = 64
PERSONA = re.compile(rf"[\w-]{{1,{LONGEST_NAME}}}")


def mistakes(settings: Settings) -> list[str]:
    """What must be put right before anything starts, a line each."""
    return [
        *_telegram(settings.telegram),
        *_discord(settings.discord),
        *_web(settings),
        *(line for name, backend in settings.backends.items() for line in _backend(name, backend)),
        *_souls(settings),
        *_adapters(settings),
        *_personas(settings),
        *embeddings(settings.memory),
        *sounding(settings.voice, settings.hearing),
    ]


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach *host*."""
    try:
        return host.lower() == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _telegram(telegram: Telegram) -> Iterator[str]:
    if telegram.mode != "webhook":
        return
    if not telegram.public_url:
        yield (
            "telegram.public_url: missing; the webhook needs the https address that reaches us, "
            'or set telegram.mode to "polling"'
        )
    elif not telegram.public_url.startswith("https://"):
        yield f"telegram.public_url: {telegram.public_url!r} must begin with https://"


def _discord(discord: Discord) -> Iterator[str]:
    for shard in discord.shard_ids:
        if shard >= discord.shards:
            yield (
                f"discord.shard_ids: {shard} is none of {discord.shards}, which are numbered from 0"
            )


def _web(settings: Settings) -> Iterator[str]:
    web = settings.web
    if not web.password.get_secret_value() and not is_loopback(web.host):
        yield (
            f"web.password: missing; {web.host!r} can be reached from outside, so the owner needs "
            'one, or set web.host to "127.0.0.1"'
        )


def _backend(name: str, backend: Backend) -> Iterator[str]:
    if backend.kind in ("openai", "vllm", "maas") and not backend.base_url:
        yield f"backends.{name}.base_url: missing; say where the server is, like https://host/v1"
    if backend.kind != "vllm" and len(backend.addresses) > 1:
        yield f"backends.{name}.base_url: {backend.kind!r} has one address; only vllm takes several"
    if backend.kind == "xfyun":
        yield from _xfyun(name, backend)
    if backend.max_tokens >= backend.context:
        yield (
            f"backends.{name}.max_tokens: {backend.max_tokens} leaves no room for the question; "
            f"it must be less than context ({backend.context})"
        )


def _xfyun(name: str, backend: Backend) -> Iterator[str]:
    if not re.fullmatch(r"wss?://[^/\s@?#]+(?:/[^\s?#]*)?", backend.url):
        # what may be a password or a key is not quoted
        shown = "it" if re.search("[@?#]", backend.url) else repr(backend.url)
        like = "it is like wss://host/v1.1/chat"
        yield f"backends.{name}.url: {shown} is no WebSocket address; {like}"
    if backend.tools == "native":
        yield (
            f"backends.{name}.tools: 'xfyun' has no function calls of its own; use \"prompt\" or"
            ' "off"'
        )
    missing = [key for key in ("app_id", "api_key", "api_secret") if not _told(backend, key)]
    yield from (f"backends.{name}.{key}: missing; iFLYTEK's console shows it" for key in missing)


def _told(backend: Backend, key: str) -> object:
    value = getattr(backend, key)
    return value.get_secret_value() if isinstance(value, SecretStr) else value


def _adapters(settings: Settings) -> Iterator[str]:
    """What one server can serve under one name only."""
    seen: dict[tuple[str, str], str] = {}
    for place, soul in enumerate(settings.souls):
        backend = settings.backends.get(soul.backend)
        if backend is None or not soul.adapter:
            continue
        if backend.kind not in ADAPTED:
            yield (
                f"souls.{place}.adapter: {backend.kind!r} loads no adapters; use a backend of kind"
                " vllm, maas or xfyun, or name what it serves in model"
            )
        if backend.kind == "maas" and not carried(soul.adapter):
            key = f"souls.{place}.adapter"
            yield f"{key}: {soul.adapter!r} is no resource id; no header can carry it"
        if backend.kind == "vllm":
            name = soul.model or soul.name
            if seen.setdefault((soul.backend, name), soul.adapter) != soul.adapter:
                yield (
                    f"souls.{place}.model: {name!r} is the name of another adapter already; an"
                    " adapter is never replaced, so give each its own"
                )


def _souls(settings: Settings) -> Iterator[str]:
    names = Counter(soul.name for soul in settings.souls)
    for name, times in names.items():
        if times > 1:
            yield f"souls: {name!r} is there {times} times; each version needs its own name"
    for place, soul in enumerate(settings.souls):
        if soul.backend not in settings.backends:
            yield _no_backend(settings, place, soul)
        yield from _nameless(settings, place, soul)
        for other in soul.fallback:
            if other not in names or other == soul.name:
                yield f"souls.{place}.fallback: {other!r} is no other soul; {_known(names)}"


def _personas(settings: Settings) -> Iterator[str]:
    """Each needs a name of its own, versions that are served, and a place that knows it."""
    main, souls = main_persona(settings), Counter(soul.name for soul in settings.souls)
    if main in settings.personas:
        yield f"personas.{main}: that is what the main one is called; give it another name"
    for name, player in settings.personas.items():
        if not PERSONA.fullmatch(name) or name == "home":
            yield f"personas.{name}: a name is 1 to 64 letters, digits, - and _, and not home"
        unknown = [soul for soul in player.souls if soul not in souls]
        yield from (
            f"personas.{name}.souls: {one!r} is no soul; {_known(souls)}" for one in unknown
        )
    names = Counter([main, *settings.personas])
    for place in ("telegram", "discord", "web"):
        wanted = getattr(settings, place).persona
        if wanted and wanted not in names:
            yield f"{place}.persona: {wanted!r} is no persona; {_known(names)}"


def main_persona(settings: Settings) -> str:
    """What the house calls its main persona: after its folder, or its card."""
    return settings.persona.resolve().stem[:LONGEST_NAME] or "main"


def _nameless(settings: Settings, place: int, soul: Soul) -> Iterator[str]:
    """A WebSocket of iFLYTEK has no list of models from which one could be taken."""
    backend = settings.backends.get(soul.backend)
    if backend and backend.kind == "xfyun" and not (soul.model or backend.domain):
        yield f"souls.{place}.model: missing; name it here or in backends.{soul.backend}.domain"


def _no_backend(settings: Settings, place: int, soul: Soul) -> str:
    known = _known(settings.backends)
    if "souls" in settings.model_fields_set:
        return f"souls.{place}.backend: {soul.backend!r} is no backend; {known}"
    return f"souls: none is configured, and the default one needs backends.default; {known}"


def _known(names: Counter[str] | dict[str, Backend]) -> str:
    return "known: " + (", ".join(map(repr, sorted(names))) or "none")
