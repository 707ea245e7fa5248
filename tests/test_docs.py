"""The documentation is true."""

import json
import runpy
from pathlib import Path

import pytest

from service.settings import Settings, load
from service.settings_keys import Key, keys

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "settings.md"

PROMISED = """
persona data
telegram.token telegram.api_base telegram.mode telegram.public_url telegram.webhook_secret
discord.token discord.api_base
web.host web.port web.password
database.url redis.url
backends.*.kind backends.*.base_url backends.*.api_key backends.*.headers backends.*.body
backends.*.timeout_first_s backends.*.timeout_between_s backends.*.timeout_total_s
souls.*.name souls.*.backend souls.*.model souls.*.adapter souls.*.temperature souls.*.fallback
pace.linger_s pace.typing pace.drain_s
access.admins access.who access.listed
limits.per_minute limits.max_age_s
memory.embeddings
voice.mode voice.kind voice.base_url voice.api_key voice.model voice.sample
hearing.kind hearing.base_url hearing.api_key hearing.model
initiative.enabled initiative.per_day initiative.min_gap_s
"""
"""What people's files already say: it may grow, and never changes its name."""


def test_the_table_of_settings_is_current() -> None:
    """`docs/settings.md` is what `scripts/settings_table.py` writes today."""
    page = runpy.run_path(str(ROOT / "scripts" / "settings_table.py"))["page"]

    expected = page()

    assert expected == PAGE.read_text(encoding="utf-8")


def test_every_promised_key_exists() -> None:
    """No key that people rely on was lost or renamed."""
    known = {".".join(key.path) for key in keys()}

    lost = [key for key in PROMISED.split() if key not in known]

    assert [] == lost


def test_every_key_is_documented() -> None:
    """Each key stands in the table with a meaning and the variable that sets it."""
    page = PAGE.read_text(encoding="utf-8")
    leaves = [key for key in keys() if key.kind != "table" or key.default is not None]

    missing = [
        key.path
        for key in leaves
        if not key.meaning or (key.path[0] != "souls" and f"`{key.environment}`" not in page)
    ]

    assert [] == missing


def test_the_documented_file_holds_the_defaults(tmp_path: Path) -> None:
    """The file in the documentation loads, and means the same as no file."""
    example = PAGE.read_text(encoding="utf-8").split("```toml")[1].split("```")[0]
    (tmp_path / "anima.toml").write_text(example, encoding="utf-8")

    actual = load(tmp_path / "anima.toml", {})

    assert Settings() == actual


SETTABLE = [
    key for key in keys() if key.path[0] not in {"souls", "personas"} and key.default is not None
]


@pytest.mark.parametrize("key", SETTABLE, ids=lambda key: key.environment)
def test_every_variable_sets_its_key(key: Key) -> None:
    """The documented variable of each key takes the documented default."""
    default = key.default.get_secret_value() if key.kind == "secret" else key.default
    value = json.dumps(default) if key.kind in ("table", "list of texts") else str(default)

    actual = load(None, {key.environment.replace("__NAME__", "__DEFAULT__"): value})

    assert Settings() == actual
