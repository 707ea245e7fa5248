"""A vLLM server as the avatar meets it: its list of models, its adapters, its errors."""

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from aiohttp import web

from tests.far_side import replies
from tests.far_side.model import CUT_S, ModelServer
from tests.far_side.replies import Body, Reply

BASE: Final = "base"


class VllmServer(ModelServer):
    """A `ModelServer` that serves *base* and the adapters it was told to load, until `restart`.

    It says in its answers which of them speaks. *updating* is what the environment variable
    VLLM_ALLOW_RUNTIME_LORA_UPDATING allows, *modules* are the adapters it is started with.
    """

    def __init__(
        self,
        *,
        key: str = "",
        max_lora_rank: int = 16,
        updating: bool = True,
        modules: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(models=(BASE,), key=key)
        self.max_lora_rank = max_lora_rank
        self.updating = updating
        self.modules = dict(modules or {})
        self.adapters = dict(self.modules)
        self.asked_loads: list[dict[str, Any]] = []
        self.loads: list[str] = []
        self.load_reply: Reply | None = None
        self.may_load = asyncio.Event()
        self.may_load.set()
        self.otherwise = named_echo

    async def start(self) -> None:
        """Listen, on the same port as the last time."""
        app = web.Application(client_max_size=64 << 20)
        app.router.add_get("/v1/models", self._models)
        app.router.add_post("/v1/chat/completions", self._completions)
        if self.updating:
            app.router.add_post("/v1/load_lora_adapter", self._load)
            app.router.add_post("/v1/unload_lora_adapter", self._unload)
        app.router.add_route("*", "/{anything:.*}", self._not_found)
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=CUT_S)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def restart(self) -> None:
        """Come back with what it is started with, having forgotten the rest."""
        await self.stop()
        self.adapters = dict(self.modules)
        await self.start()

    async def _models(self, request: web.Request) -> web.StreamResponse:
        self.asked_models += 1
        self._happened()
        if self.models_reply is not None:
            return await self._write(request, self.models_reply)
        if not self._knows(request):
            return await self._write(request, replies.unauthorized())
        cards = [card(name, f"./{name}", None) for name in self.models]
        cards += [card(name, path, self.models[0]) for name, path in self.adapters.items()]
        return web.json_response({"object": "list", "data": cards})

    async def _load(self, request: web.Request) -> web.StreamResponse:
        asked: dict[str, Any] = await request.json()
        self.asked_loads.append(asked)
        self._happened()
        if not self._knows(request):
            return await self._write(request, replies.unauthorized())
        await self.may_load.wait()
        refusal = self.load_reply or self._refusal(asked["lora_name"], asked["lora_path"])
        if refusal is not None:
            return await self._write(request, refusal)
        self.adapters[asked["lora_name"]] = asked["lora_path"]
        self.loads.append(asked["lora_name"])
        return _told(f"Success: LoRA adapter '{asked['lora_name']}' added successfully.")

    def _refusal(self, name: str, path: str) -> Reply | None:
        if name in self.models:
            text = f"The lora adapter '{name}' conflicts with a served base model."
            return replies.error(400, text, "InvalidUserInput")
        if name in self.adapters:
            return already_loaded(name)
        if not (Path(path) / "adapter_config.json").is_file():
            return no_adapter(name, path)
        rank = json.loads((Path(path) / "adapter_config.json").read_text())["r"]
        return rank_too_high(rank, self.max_lora_rank) if rank > self.max_lora_rank else None

    async def _unload(self, request: web.Request) -> web.StreamResponse:
        name = (await request.json())["lora_name"]
        if self.adapters.pop(name, None) is None:
            text = f"The lora adapter '{name}' cannot be found."
            return await self._write(request, replies.error(404, text, "NotFoundError"))
        return _told(f"Success: LoRA adapter '{name}' removed successfully.")

    async def _not_found(self, request: web.Request) -> web.StreamResponse:
        return await self._write(request, not_found())

    def _reply(self, request: web.Request, body: dict[str, Any]) -> Reply:
        name = body.get("model", "")
        if self._knows(request) and name not in {*self.models, *self.adapters}:
            return replies.no_model(name)
        return super()._reply(request, body)


def named_echo(body: Body) -> str:
    """The answer nobody scripted: who speaks, and what was said."""
    return f"{body['model']} heard: {body['messages'][-1]['content']}"


def card(name: str, root: str, parent: str | None) -> dict[str, Any]:
    """What the list of models says of one."""
    length = 1024 if parent is None else None
    head = {"id": name, "object": "model", "created": 1790000000, "owned_by": "vllm"}
    return {**head, "root": root, "parent": parent, "max_model_len": length, "permission": []}


def already_loaded(name: str) -> Reply:
    """400: the name is taken, which is no harm."""
    text = (
        f"The lora adapter '{name}' has already been loaded. If you want to load the adapter in"
        " place, set 'load_inplace' to True."
    )
    return replies.error(400, text, "InvalidUserInput")


def no_adapter(name: str, path: str) -> Reply:
    """404: the *path* leads to no adapter."""
    text = f"Loading lora {name} failed: No adapter found for {path}"
    return replies.error(404, text, "NotFoundError")


def rank_too_high(rank: int, limit: int) -> Reply:
    """500, and not 400: vLLM 0.32 reports every fault of an adapter as its own."""
    text = (
        "Call to add_lora method failed: Worker failed with error 'LoRA rank"
        f" {rank} is greater than max_lora_rank {limit}.', please check the stack trace above for"
        " the root cause"
    )
    return replies.error(500, text, "InternalServerError")


def engine_dead() -> Reply:
    """500: the process answers for an engine that is gone."""
    text = "EngineCore encountered an issue. See stack trace (above) for the root cause."
    return replies.error(500, text, "InternalServerError")


def not_found() -> Reply:
    """404 of a route that is not there."""
    return replies.failure(404, {"detail": "Not Found"})


def adapter(folder: Path, name: str, rank: int = 8) -> str:
    """The path of a new adapter of this *rank*."""
    path = folder / name
    path.mkdir(parents=True)
    (path / "adapter_config.json").write_text(json.dumps({"peft_type": "LORA", "r": rank}))
    return str(path)


def _told(text: str) -> web.Response:
    return web.Response(text=text, content_type="text/plain")
