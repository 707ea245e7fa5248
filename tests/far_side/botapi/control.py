"""A way to drive the server from another process: `/control/…`, JSON in and out."""

import dataclasses
from typing import Any

from aiohttp import web

from tests.far_side.botapi import wire
from tests.far_side.botapi.journal import Journal
from tests.far_side.botapi.people import People
from tests.far_side.botapi.places import Group, Person
from tests.far_side.botapi.wire import Json, Params, Refusal, Upload
from tests.far_side.faults import Fault, Faults

_FAULTS = frozenset({"status", "slow_down", "gateway", "garbage", "cut", "torn", "hang", "slow"})


async def answer(people: People, faults: Faults, request: web.BaseRequest) -> web.Response:
    """Answer one request of whoever conducts."""
    params, journal = await wire.read(request), people.world.journal
    match request.method, request.path.removeprefix("/control/"):
        case "POST", "says":
            return wire.answered(_says(people, params))
        case "POST", "push":
            return wire.answered(people.push(dict(params)))
        case "POST", "fault":
            return wire.answered(_plan(faults, params))
        case "POST", "reset":
            people.world.forget()
            faults.clear()
            return wire.answered(result=True)
        case "GET", "sent":
            return wire.answered(await _since(journal, journal.sent, params))
        case "GET", "calls":
            return wire.answered(await _since(journal, journal.calls, params))
        case _:
            raise Refusal(404, "Not Found")


def _says(people: People, params: Params) -> Json:
    """`{"person": {"id", "name", "language"}, "group": {"id", "title"}, "text", "at", ...}`."""
    fields = dict(params)
    person = Person(**_object(fields.pop("person", {"id": 7, "name": "Ann"}), "person"))
    group = fields.pop("group", None)
    chat = Group(**_object(group, "group")) if group else person
    return people.says(chat, person, **fields)


def _plan(faults: Faults, params: Params) -> bool:
    """`{"method": "sendMessage", "kind": "slow_down", "with": {...}, "times", "after", "chat"}`."""
    kind, chat = params.text("kind"), params.text("chat")
    if kind not in _FAULTS:
        raise Refusal(400, f"Bad Request: kind is one of {', '.join(sorted(_FAULTS))}")
    try:
        fault: Fault = getattr(Fault, kind)(**_object(params.get("with", {}), "with"))
    except TypeError as error:
        raise Refusal(400, f"Bad Request: {error}") from None
    faults.add(
        params.text("method") or "*",
        fault.afterwards() if params.flag("after") else fault,
        times=params.get("times", 1),
        when=(lambda call: str(call.get("chat_id")) == chat) if chat else None,
    )
    return True


async def _since(journal: Journal, things: list[Any], params: Params) -> list[Json]:
    """Those from `since` on; waits up to `timeout` seconds until there are `count` in all."""
    count = params.whole("count")
    if count:
        await journal.until(lambda: len(things) >= count, params.whole("timeout", 10))
    return [_shown(one) for one in things[params.whole("since") :]]


def _shown(one: Any) -> Json:
    return {field.name: _plain(getattr(one, field.name)) for field in dataclasses.fields(one)}


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {key: one.name if isinstance(one, Upload) else one for key, one in value.items()}
    return value


def _object(value: Any, name: str) -> Json:
    if not isinstance(value, dict):
        raise Refusal(400, f"Bad Request: {name} is an object")
    return value
