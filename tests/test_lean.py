"""aiogram is loaded without what most of its models never need, and loses nothing by it."""

import subprocess
import sys

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


def test_each_model_is_built_when_it_is_used() -> None:
    """All of them can be, and models of others are built as ever."""
    ran = subprocess.run(
        [sys.executable, "-c", _ALL], capture_output=True, text=True, check=False, timeout=60
    )

    assert (ran.stdout.strip(), ran.returncode) == ("as it should be", 0), ran.stderr
