"""How the real server is asked, by us and past us."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from typing import Any, Final, Self

import httpx2

from anima.model import Delta, Message, Prompt, Soul
from tests.vllm.serving import TINY

BASE: Final = Soul("base", "real", model="base", temperature=0, max_tokens=40)
A: Final = Soul("A-1", "real", adapter=str(TINY / "adapter_a"), temperature=0, max_tokens=40)
B: Final = Soul("B-1", "real", adapter=str(TINY / "adapter_b"), temperature=0, max_tokens=40)
WIDE: Final = Soul("W-1", "real", adapter=str(TINY / "adapter_wide"), temperature=0)
NOWHERE: Final = Soul("N-1", "real", adapter=str(TINY / "nowhere"), temperature=0)

BLUNT: Final = {"chat_template_kwargs": {"enable_thinking": False}, "ignore_eos": True}

ENDLESS: Final = replace(A, max_tokens=900)
"""It takes 7 s to say all of this, told not to stop before."""

PATIENCE_S: Final = 5.0
"""A real server takes real time for what it does on its own."""


def told(text: str) -> Prompt:
    """A prompt whose last words are *text*."""
    return Message("system", "Be kind."), Message("user", text)


async def heard(deltas: AsyncGenerator[Delta, None]) -> list[Delta]:
    """All of an answer."""
    async with aclosing(deltas):
        return [delta async for delta in deltas]


def spoken(deltas: list[Delta]) -> str:
    """The text that is said."""
    return "".join(delta.text for delta in deltas)


def thought(deltas: list[Delta]) -> str:
    """The text that is not."""
    return "".join(delta.thought for delta in deltas)


class Line:
    """Plain HTTP to the server at *root*."""

    def __init__(self, root: str) -> None:
        self._client = httpx2.AsyncClient(base_url=root, trust_env=False, timeout=60)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.aclose()

    async def post(self, path: str, **body: object) -> httpx2.Response:
        """The server's answer to *body*."""
        return await self._client.post(path, json=body)

    async def models(self) -> list[dict[str, Any]]:
        """What it serves, the base model first."""
        found: list[dict[str, Any]] = (await self._client.get("/v1/models")).json()["data"]
        return found

    async def whole(self, prompt: Prompt, soul: Soul, **more: object) -> dict[str, Any]:
        """The message that *soul*, loaded before, answers in one piece, and its usage."""
        messages = [{"role": said.role, "content": said.content} for said in prompt]
        asked = {"temperature": soul.temperature, "max_tokens": soul.max_tokens, **more}
        model = soul.model or soul.name
        body = (
            await self.post("/v1/chat/completions", model=model, messages=messages, **asked)
        ).json()
        return {**body["choices"][0]["message"], "usage": body["usage"]}

    async def counted(self, name: str) -> float:
        """What the server itself counts under *name*."""
        lines = (await self._client.get("/metrics")).text.splitlines()
        return sum(float(line.rpartition(" ")[2]) for line in lines if line.startswith(name))

    async def until(self, name: str, wanted: float) -> None:
        """Wait until the server counts so many, much less long than an `ENDLESS` answer takes."""
        async with asyncio.timeout(PATIENCE_S):
            while await self.counted(name) != wanted:
                pass
