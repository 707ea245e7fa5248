"""The doctor at Discord: what is wrong with the bot, and what to do about it."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from service.doctor import examine
from service.settings import Settings
from tests.far_side.discord import Discord, Fault

pytestmark = pytest.mark.slow

CONTENT = 1 << 18


async def told(folder: Path, far: Discord, **more: object) -> tuple[int, str]:
    """The exit code and the line about Discord."""
    settings = Settings.model_validate(
        {
            "data": str(folder),
            "web": {"port": 0},
            "database": {"url": f"sqlite:///{folder / 'anima.db'}"},
            "backends": {"default": {"kind": "scripted"}},
            "memory": {"embeddings": "off"},
            "discord": {"token": far.token, "api_base": far.api, **more},
        }
    )
    write = io.StringIO()
    code = await examine(settings, write)
    assert "TEST.made-up" not in write.getvalue()
    lines = write.getvalue().splitlines()
    return code, next(line for line in lines if line.split()[1] == "discord:")


async def test_a_bot_that_is_well(tmp_path: Path) -> None:
    """It is known, may read, and no connection is begun for it."""
    async with Discord() as far:
        code, line = await told(tmp_path, far)

    assert (0, "ok    discord: @anima_test_bot") == (code, line)
    assert (0, 1) == (far.count["connect"], far.count["get_gateway_bot"])


async def test_none_is_off(tmp_path: Path) -> None:
    """Without a token nobody is asked."""
    async with Discord() as far:
        code, line = await told(tmp_path, far, token="")

    assert (0, "off   discord: discord.token is empty") == (code, line)
    assert [] == far.calls


async def test_a_token_that_nobody_knows(tmp_path: Path) -> None:
    """Discord's 401 is about the token."""
    async with Discord() as far:
        code, line = await told(tmp_path, far, token="another")

    assert 1 == code
    assert line.startswith("WRONG discord: Discord does not know this token — copy it again")


async def test_a_bot_that_may_not_read(tmp_path: Path) -> None:
    """The Message Content Intent is a switch on Discord's page."""
    async with Discord() as far:
        application = far.world.application()
        flags = application["flags"] & ~CONTENT
        body = _json({**application, "flags": flags})
        far.faults.add("get_current_application", Fault.garbage(body))
        code, line = await told(tmp_path, far)

    assert 1 == code
    assert "may not read what people write — switch on the Message Content Intent" in line


async def test_too_few_shards_are_told(tmp_path: Path) -> None:
    """It works for a while, and Discord knows better; so does it of what is left today."""
    limit = {"total": 1000, "remaining": 0, "reset_after": 1000, "max_concurrency": 1}
    async with Discord() as far:
        body = _json({"url": far.gateway, "shards": 3, "session_start_limit": limit})
        far.faults.add("get_gateway_bot", Fault.garbage(body))
        code, line = await told(tmp_path, far)

    assert 0 == code
    assert "Discord would have 3 shards, and discord.shards is 1" in line
    assert "no connection may be begun today any more" in line


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (Fault.gateway(502), "answers 502"),
        (Fault.garbage("[]"), "which is not what Discord says"),
        (Fault.cut(), "does not answer"),
    ],
)
async def test_an_address_that_is_no_discord(fault: Fault, said: str, tmp_path: Path) -> None:
    """It is not blamed on the token."""
    async with Discord() as far:
        far.faults.add("get_current_user", fault)
        code, line = await told(tmp_path, far)

    assert 1 == code
    assert (True, True) == (said in line, "discord.api_base" in line)


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value)
