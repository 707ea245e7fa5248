"""A house whose souls live on every kind of backend, and a fence around all that it tells."""

import shutil
from collections.abc import AsyncIterator, MutableMapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from prometheus_client import generate_latest
from structlog.testing import capture_logs

from tests.far_side.botapi import Person
from tests.far_side.model import ModelServer
from tests.far_side.vllm import VllmServer, adapter
from tests.far_side.xfyun import XfyunServer
from tests.inside import KEY, Inside, living_inside
from tests.jump import JumpClock

GPU_KEY: Final = "made-up-gpu-key-0123456789"
CLOUD_KEY: Final = "made-up-cloud-key-0123456789"
SECRET: Final = "made-up-secret-of-nobody-5678"
OWNER: Final = 7
LORA: Final = "1947000000000000"
PATCH: Final = "2048000000000000"

SOULS: Final = {
    "KU5.0": {"backend": "gpu", "model": "ku-5"},
    "KU6.0": {"backend": "gpu", "model": "ku-6"},
    "KU7.0": {"backend": "cloud", "model": "xq", "adapter": LORA},
    "KU8.0": {"backend": "spark", "model": "xs", "adapter": PATCH},
    "KU1.0": {"backend": "default", "model": "base"},
}


@dataclass
class Mixed:
    """Two vLLM replicas, a MaaS and a Spark, with the house between them and Telegram."""

    folder: Path
    gpus: tuple[VllmServer, VllmServer]
    cloud: ModelServer
    spark: XfyunServer
    lines: list[MutableMapping[str, Any]]
    paths: dict[str, str]
    living: list[Inside] = field(default_factory=list)

    @property
    def inside(self) -> Inside:
        """The house that lives now."""
        return self.living[-1]

    @property
    def loads(self) -> list[str]:
        """All adapters that were loaded, wherever."""
        return sorted(name for gpu in self.gpus for name in gpu.loads)

    def events(self, event: str) -> list[MutableMapping[str, Any]]:
        """The lines of the log that tell of *event*."""
        return [line for line in self.lines if line["event"] == event]

    def talk(self, number: int = 7, name: str = "Ann", language: str = "en") -> "Talk":
        """A private chat with somebody; number 7 is the owner."""
        return Talk(self.inside, self.inside.person(number, name, language))

    @asynccontextmanager
    async def lives(self, *souls: str, **tables: Any) -> AsyncIterator[Inside]:
        """A house whose first soul is the first of *souls*; each falls back on KU1.0."""
        backends = {
            "gpu": {
                "kind": "vllm",
                "base_url": [gpu.url for gpu in self.gpus],
                "api_key": GPU_KEY,
            },
            "cloud": {"kind": "maas", "base_url": self.cloud.url, "api_key": CLOUD_KEY},
            "spark": {
                "kind": "xfyun",
                "url": self.spark.url,
                "app_id": self.spark.app_id,
                "api_key": self.spark.key,
                "api_secret": SECRET,
            },
        }
        for name, table in tables.pop("backends", {}).items():
            backends[name] = backends.get(name, {}) | table
        try:
            async with living_inside(
                self.folder,
                souls=[self._soul(name) for name in dict.fromkeys((*souls, *SOULS))],
                backends=backends,
                access={"admins": ["telegram:7"]},
                **tables,
            ) as inside:
                self.living.append(inside)
                yield inside
            self._fence(inside)
        finally:
            for far_side in (*self.gpus, self.cloud, self.spark):
                far_side.flow()
                far_side.delay_s = 0

    def _soul(self, name: str) -> dict[str, object]:
        soul: dict[str, object] = {"name": name, **SOULS[name]}
        if soul["backend"] == "gpu":
            soul["adapter"] = self.paths[name]
        return soul if name == "KU1.0" else {**soul, "fallback": ["KU1.0"]}

    def _fence(self, inside: Inside) -> None:
        """No key, secret or signature anywhere; no path or address where people read."""
        secrets = (KEY, GPU_KEY, CLOUD_KEY, self.spark.key, SECRET, "authorization=")
        chats = "\n".join(sent.text for sent in inside.telegram.sent if sent.chat_id != OWNER)
        owner = "\n".join(sent.text for sent in inside.telegram.sent if sent.chat_id == OWNER)
        metrics = generate_latest(inside.house.registry).decode()
        places = (str(self.folder), "127.0.0.1", "ws://", "http://", "Traceback", "Error")
        everything = f"{chats}\n{owner}\n{metrics}\n{self.lines}"
        for words, told in ((secrets, everything), (places, chats), (places[:4], metrics)):
            seen = [line for line in told.splitlines() if any(word in line for word in words)]
            assert not seen, seen


class Talk:
    """One person's private chat: *says* waits for the answer and returns it."""

    def __init__(self, inside: Inside, person: Person) -> None:
        self.inside, self.person = inside, person

    @property
    def texts(self) -> list[str]:
        """All that was said to them."""
        return self.inside.telegram.texts(self.person)

    def tells(self, text: str) -> None:
        """Say it and do not wait."""
        self.inside.telegram.says(self.person, self.person, text)

    async def says(self, text: str) -> str:
        known = len(self.texts)
        self.tells(text)
        return (await self.inside.gets(self.person, known + 1))[-1]


@asynccontextmanager
async def mixed(folder: Path) -> AsyncIterator[Mixed]:
    """All far sides, and no house yet."""
    async with AsyncExitStack() as stack:
        gpus = (VllmServer(key=GPU_KEY), VllmServer(key=GPU_KEY))
        cloud, spark = ModelServer(key=CLOUD_KEY), XfyunServer(JumpClock())
        for far_side in (*gpus, cloud, spark):
            await stack.enter_async_context(far_side)
        cloud.otherwise = lambda body: f"{body['model']} heard: {last(body['messages'])}"
        for gpu in gpus:
            gpu.otherwise = lambda body: f"{body['model']} heard: {last(body['messages'])}"
        paths = {name: adapter(folder / "adapters", name) for name in ("KU5.0", "KU6.0")}
        lines = stack.enter_context(capture_logs())
        yield Mixed(folder, gpus, cloud, spark, lines, paths)


def last(messages: Sequence[dict[str, str]]) -> str:
    """The last line that the model was told."""
    return messages[-1]["content"].splitlines()[-1]


def able(folder: Path, *tools: str) -> str:
    """Kokoro with these *tools* and no others."""
    copy = folder / "kokoro"
    shutil.copytree("personas/kokoro", copy)
    card = (copy / "persona.toml").read_text("utf-8")
    mine = "\n".join(line for line in card.splitlines() if not line.startswith("tools ="))
    (copy / "persona.toml").write_text(f"tools = {list(tools)}\n{mine}\n", "utf-8")
    return str(copy)


async def ended(inside: Inside, turns: int) -> list[Any]:
    """The outcomes of talk, once so many turns are over; what the owner is told is none."""
    query = "SELECT outcome FROM turn WHERE outcome NOT IN ('notice', 'command')"
    while len(inside.rows(query)) < turns:
        await inside.clock.sleep(2)
    return inside.rows(query)
