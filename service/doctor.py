"""`anima doctor`: tries every configured part for real, and says what is wrong and what to do."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, TextIO

from anima.clock import SystemClock
from anima.errors import AnimaError, ConfigError
from anima.ports import Clock
from anima.private import redactor
from service import (
    doctor_discord,
    doctor_embedders,
    doctor_house,
    doctor_minds,
    doctor_telegram,
    doctor_tokenizers,
    doctor_voice,
    doctor_web,
)
from service.doctor_database import database
from service.findings import Finding, Part, off, ok, wrong
from service.settings import Settings, load, secrets
from service.wire import Wire

LIMIT_S: Final = 10.0
"""Nobody waits longer for one part, and all are tried at once."""

SKEW_S: Final = 60.0
"""A clock that is wrong by more than this spoils expiry, reminders and signed requests."""


async def doctor(config: Path | None, environ: Mapping[str, str], write: TextIO) -> int:
    """Examine what the settings of *config* and *environ* name, and *write* a line for each part.

    Returns 1 when anything is wrong.
    """
    try:
        settings = load(config, environ)
    except ConfigError as mistakes:
        findings = [Finding("WRONG", "settings", line) for line in str(mistakes).splitlines()]
        findings.append(off("all else", "is tried once the settings are right"))
        write.writelines(f"{finding}\n" for finding in findings)
        return 1
    return await examine(settings, write)


async def examine(settings: Settings, write: TextIO, *, clock: Clock | None = None) -> int:
    """Try all parts of *settings* at once, and *write* what was found in a fixed order."""
    clock = clock or SystemClock()
    redact = redactor(secrets(settings))
    sick = False
    async with Wire(clock) as wire, asyncio.TaskGroup() as group:
        trials = [group.create_task(attempt(part)) for part in parts(settings, wire, clock)]
        for trial in trials:
            for finding in await trial:
                sick |= _tell(write, redact(str(finding)))
    return int(_tell(write, str(time_of_day(wire.skews))) or sick)


def parts(settings: Settings, wire: Wire, clock: Clock) -> list[Part]:
    """All there is to try."""
    return [
        Part("versions", doctor_house.versions, ""),
        Part("settings", lambda: _settings(settings), ""),
        Part(
            "persona",
            lambda: doctor_house.persona(settings),
            "move the persona to a disk that answers",
        ),
        Part(
            "data",
            lambda: doctor_house.data_folder(settings.data),
            "put data on a disk that answers",
        ),
        Part("initiative", lambda: initiative(settings), ""),
        Part("database", lambda: database(settings), "see whether the server is overloaded"),
        Part("redis", lambda: doctor_house.redis(settings, clock), "see whether it is overloaded"),
        *doctor_minds.backends(settings, wire, clock),
        *doctor_tokenizers.tokenizers(settings),
        *doctor_embedders.embedders(settings, clock),
        *doctor_voice.voices(settings, clock),
        Part(
            "telegram",
            lambda: doctor_telegram.telegram(settings.telegram, wire, clock),
            "check the network, or a firewall on the way to telegram.api_base",
        ),
        Part(
            "discord",
            lambda: doctor_discord.discord(settings.discord, wire),
            "check the network, or a firewall on the way to discord.api_base",
        ),
        Part("web", lambda: doctor_web.web(settings.web, wire), "stop what listens on web.port"),
    ]


def time_of_day(skews: Mapping[str, float]) -> Finding:
    """Whether our clock agrees with those of the far sides; *skews* say how far ahead it is."""
    if not skews:
        return off("clock", "no far side answered, so there is nothing to compare it with")
    far_side, skew_s = max(skews.items(), key=lambda item: abs(item[1]))
    if abs(skew_s) <= SKEW_S:
        return ok("clock", f"agrees with {', '.join(sorted(skews))}")
    way = "ahead of" if skew_s > 0 else "behind"
    return wrong(
        "clock",
        f"{abs(skew_s):.0f} s {way} {far_side}",
        "set this machine's time, best by NTP: timedatectl set-ntp true",
    )


async def _settings(settings: Settings) -> Sequence[Finding]:
    del settings  # they were read, or we should not be here
    return [ok("settings", "no mistakes")]


async def initiative(settings: Settings) -> Sequence[Finding]:
    """Whether it writes first, and how often at most."""
    limits = settings.initiative
    if not (limits.enabled and limits.per_day):
        return [off("initiative", "it never writes first")]
    gap = f"{limits.min_gap_s / 3600:g} h apart"
    told = f"at most {limits.per_day} a day to one person, {gap}"
    told = f"{told}, {limits.calls_per_day} model calls"
    return [ok("initiative", told)]


async def attempt(part: Part, limit_s: float = LIMIT_S) -> Sequence[Finding]:
    """What *part* is like, or that it took longer than *limit_s*."""
    try:
        async with asyncio.timeout(limit_s):
            return await part.examine()
    except TimeoutError:
        return [wrong(part.name, f"no answer within {limit_s:g} s", part.advice)]
    except AnimaError as error:
        return [Finding("WRONG", part.name, line) for line in str(error).splitlines()]


def _tell(write: TextIO, line: str) -> bool:
    """Write *line* at once; whether it tells of something wrong."""
    write.write(f"{line}\n")
    write.flush()
    return line.startswith("WRONG")
