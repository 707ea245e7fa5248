"""aiogram is loaded without what most of its models never need, and loses nothing by it."""

import subprocess
import sys

import pytest

_ALL = """
import bots.telegram
import aiogram.methods, aiogram.types
from pydantic import BaseModel

def models():
    for module in (aiogram.types, aiogram.methods):
        for name in module.__all__:
            found = getattr(module, name)
            if isinstance(found, type) and issubclass(found, BaseModel):
                yield found

unbuilt = [one for one in models() if not one.__pydantic_complete__]
assert len(unbuilt) > 300, len(unbuilt)
heard = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "hi"}
update = aiogram.types.Update.model_validate({"update_id": 1, "message": heard})
assert update.message.text == "hi"
assert aiogram.methods.SendMessage(chat_id=1, text="x").model_dump(exclude_none=True)["text"] == "x"
for one in models():
    one.model_rebuild()
    assert one.__pydantic_complete__, one

class Ours(BaseModel):
    number: int

assert Ours.__pydantic_complete__
assert BaseModel.model_config == {}
print("as it should be")
"""


_FIRST = """
from bots.telegram.client import ANSWERS, client
from aiogram.methods import SendMessage
from aiogram.types import Update

client("42:abc", "http://127.0.0.1:1")
assert all(one.__pydantic_complete__ for one in (*ANSWERS, SendMessage, Update))
print("as it should be")
"""


@pytest.mark.parametrize("program", [_ALL, _FIRST])
def test_models_are_built_when_they_are_used(program: str) -> None:
    """All of them can be, and models of others are built as ever; the first message finds its."""
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60
    )

    assert (ran.stdout.strip(), ran.returncode) == ("as it should be", 0), ran.stderr
