"""Loads aiogram so that each of its models is built when it is first used.

It has hundreds of them, of which we use a few dozen. To build all takes seconds at each start and a
hundred megabytes for good.
"""

import importlib
import sys
from collections.abc import Mapping
from typing import Any, Final

from pydantic import BaseModel

_MODEL: Final[Any] = BaseModel
_SHARED: Final = {"Message", "Default"}
"""Who names these is aiogram, with the names that all of its models share."""


def load() -> None:
    """Load it, if nobody has."""
    if "aiogram" in sys.modules:
        return
    config, rebuild = _MODEL.model_config, _MODEL.__dict__["model_rebuild"]
    names: dict[str, Any] = {}

    def put_off(_cls: type, *, _types_namespace: Mapping[str, Any]) -> None:
        """In the place of what aiogram and pydantic call for each model as it is loaded."""
        if _types_namespace.keys() >= _SHARED:
            names.update(_types_namespace)

    def named(
        cls: type, /, *, _types_namespace: Mapping[str, Any] | None = None, **how: Any
    ) -> bool | None:
        """What pydantic calls at the first use of a model."""
        known = {**names, **(_types_namespace or {})}
        built: bool | None = rebuild.__func__(cls, **how, _types_namespace=known)
        return built

    _MODEL.model_config = {**config, "defer_build": True}
    _MODEL.model_rebuild = classmethod(put_off)
    try:
        importlib.import_module("aiogram")
    finally:
        _MODEL.model_config, _MODEL.model_rebuild = config, rebuild
    named_ones = ("types", "TelegramObject"), ("methods", "TelegramMethod"), ("methods", "Response")
    for module, name in named_ones:
        base: Any = getattr(importlib.import_module(f"aiogram.{module}.base"), name)
        base.model_rebuild = classmethod(named)
