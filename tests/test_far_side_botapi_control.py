"""The Bot API server can be driven with plain HTTP, from another process too."""

import asyncio
import io
import signal
import sys
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession

from tests.far_side.botapi import BotApi, Group, Person

ANN = {"id": 7, "name": "Ann"}


class Caller:
    """Plain HTTP with JSON answers."""

    def __init__(self, http: ClientSession, url: str) -> None:
        self._http = http
        self._url = url

    async def get(self, path: str) -> Any:
        async with self._http.get(self._url + path) as answer:
            return await answer.json()

    async def post(self, path: str, body: object = None) -> Any:
        async with self._http.post(self._url + path, json=body or {}) as answer:
            return await answer.json()


@pytest.fixture
async def server() -> AsyncIterator[BotApi]:
    async with BotApi() as api:
        yield api


@pytest.fixture
async def http() -> AsyncIterator[ClientSession]:
    async with ClientSession() as http:
        yield http


@pytest.fixture
def caller(http: ClientSession, server: BotApi) -> Caller:
    return Caller(http, server.url)


async def test_an_unknown_method_is_not_found(caller: Caller) -> None:
    """What the protocol does not know is a 404 in the protocol's own words."""
    answers = [await caller.get("/bot42:TEST/flyToTheMoon"), await caller.get("/elsewhere")]

    assert [{"ok": False, "error_code": 404, "description": "Not Found"}] * 2 == answers


@pytest.mark.parametrize("form", ["query", "form", "json", "multipart"])
async def test_parameters_come_in_every_form(
    server: BotApi, http: ClientSession, form: str
) -> None:
    """Query, form, JSON and multipart mean the same; a method's name may be in any case."""
    server.person(7)
    values = {"chat_id": "7", "text": "a&b ü"}
    url = f"{server.url}/bot42:TEST/SENDMESSAGE"

    match form:
        case "query":
            answer = await http.get(url, params=values)
        case "form":
            answer = await http.post(url, data=values)
        case "json":
            answer = await http.post(url, json=values | {"chat_id": 7})
        case _:
            answer = await http.post(url, data=values | {"unused": io.BytesIO(b"file")})

    assert "a&b ü" == (await answer.json())["result"]["text"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, "chat_id is empty"),
        ({"chat_id": "@channel"}, "chat not found"),
        ({"chat_id": 7, "text": "x", "entities": "[{"}, "can't parse entities JSON object"),
        ({"chat_id": 7, "text": "x", "entities": {"a": 1}}, "expected an Array of entities"),
        ({"chat_id": 7, "text": "x", "entities": ["a"]}, "expected an Object"),
        ({"chat_id": 7, "text": "x", "reply_parameters": [1]}, "object expected"),
        ({"chat_id": 7, "text": "x", "message_thread_id": "?"}, "invalid message_thread_id"),
        ({"chat_id": 7, "text": "x", "parse_mode": "HTML"}, "unsupported parse_mode"),
        ([], "object expected as request body"),
    ],
)
async def test_a_crooked_parameter_is_refused(
    server: BotApi, http: ClientSession, body: object, words: str
) -> None:
    """What cannot be read is a 400 that names it, never a 500."""
    server.person(7)

    async with http.post(f"{server.url}/bot42:TEST/sendMessage", json=body) as answer:
        said = await answer.json()

    assert (400, 400) == (answer.status, said["error_code"])
    assert words in said["description"]


async def test_mentions_and_commands_are_marked(server: BotApi) -> None:
    """What people write carries entities in UTF-16 units, as the platform finds them."""
    ann = server.person(7)

    said = server.says(ann, ann, "👋 @anima_bot /memory@anima_bot a@b.org 1/2")

    assert [
        {"type": "mention", "offset": 3, "length": 10},
        {"type": "bot_command", "offset": 14, "length": 17},
    ] == said["message"]["entities"]


async def test_a_draft_is_for_private_chats(server: BotApi, caller: Caller) -> None:
    """A draft is taken from a private chat, also an empty one, and leaves no message."""
    ann, friends = server.person(7), server.group(-100)
    draft = {"draft_id": 5, "text": ""}

    answers = [
        await caller.post("/bot42:TEST/sendMessageDraft", draft | {"chat_id": ann.id}),
        await caller.post("/bot42:TEST/sendMessageDraft", {"chat_id": ann.id, "text": "a"}),
        await caller.post("/bot42:TEST/sendMessageDraft", draft | {"chat_id": friends.id}),
    ]

    assert [True, False, False] == [answer["ok"] for answer in answers]
    assert [] == server.sent


async def test_a_message_keeps_its_place_and_its_buttons(server: BotApi, caller: Caller) -> None:
    """Thread, business connection and inline buttons come back; a lenient reply stands alone."""
    ann = server.person(7)
    server.tells(server.connects(server.person(9), id="b1"), ann, "well?")
    buttons = {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}]]}
    message = {
        "chat_id": 7,
        "text": "sure?",
        "message_thread_id": 3,
        "business_connection_id": "b1",
        "reply_markup": buttons,
        "reply_parameters": {"message_id": 99, "allow_sending_without_reply": True},
    }

    taken = (await caller.post("/bot42:TEST/sendMessage", message))["result"]

    assert (3, "b1", buttons) == (
        taken["message_thread_id"],
        taken["business_connection_id"],
        taken["reply_markup"],
    )
    assert [(3, "b1", None)] == [
        (sent.thread, sent.connection, sent.reply_to) for sent in server.sent
    ]


@pytest.mark.parametrize(
    ("method", "body", "words"),
    [
        ("sendVoice", {}, "there is no voice in the request"),
        ("sendVoice", {"voice": "file-99"}, "wrong file identifier"),
        ("sendChatAction", {"action": "dancing"}, "wrong parameter action"),
        ("setWebhook", {"url": "https://a.org", "secret_token": "a b"}, "unallowed characters"),
        ("setMyCommands", {}, "BOT_COMMANDS_TOO_MUCH"),
        ("setMyCommands", {"commands": [{"command": "a"}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ("getChatMember", {"user_id": 99}, "user not found"),
        ("getFile", {"file_id": "file-99"}, "invalid file_id"),
        ("editMessageText", {"message_id": 1, "text": ""}, "message to edit not found"),
    ],
)
async def test_a_wrong_call_is_refused(
    server: BotApi, caller: Caller, method: str, body: dict[str, object], words: str
) -> None:
    """Each method says what is wrong in the platform's words."""
    server.person(7)

    answer = await caller.post(f"/bot42:TEST/{method}", {"chat_id": 7, **body})

    assert 400 == answer["error_code"]
    assert words in answer["description"]


async def test_body_that_is_no_json_is_refused(server: BotApi, http: ClientSession) -> None:
    """Broken JSON is a 400."""
    headers = {"Content-Type": "application/json"}

    async with http.post(f"{server.url}/bot42:TEST/getMe", data="{", headers=headers) as answer:
        said = await answer.json()

    assert "Bad Request: can't parse JSON object" == said["description"]


async def test_an_update_is_no_loss_to_a_dead_poller(server: BotApi, caller: Caller) -> None:
    """What is delivered once more waits for a bot that lives, not for one that hung up."""
    ann = server.person(7)
    said = server.says(ann, ann, "one")
    await caller.get("/bot42:TEST/getUpdates?offset=2")
    asked = b"GET /bot42:TEST/getUpdates?offset=2&timeout=20 HTTP/1.1\r\nHost: x\r\n\r\n"
    _, dead = await asyncio.open_connection("127.0.0.1", int(server.url.rpartition(":")[2]))

    dead.write(asked)
    await server.until(lambda: server.count["getUpdates"] == 2)
    dead.close()
    await dead.wait_closed()
    await caller.get("/bot42:TEST/getMe")
    server.again(said)
    updates = await caller.get("/bot42:TEST/getUpdates?offset=2")

    assert [said] == updates["result"]


async def test_nonsense_is_delivered_as_it_is(server: BotApi, caller: Caller) -> None:
    """Anything may be pushed into the line of updates."""
    server.push({"update_id": 5, "message": {"bogus": True}})
    server.push({"surprise": "\ud83d"})
    server.push("noise")

    updates = await caller.get("/bot42:TEST/getUpdates")

    assert [
        {"update_id": 5, "message": {"bogus": True}},
        {"update_id": 6, "surprise": "\ud83d"},
        "noise",
    ] == updates["result"]


async def test_people_speak_by_remote_control(caller: Caller) -> None:
    """`says` and `push` queue updates, and everybody named there exists from then on."""
    group = {"id": -100, "title": "Friends"}
    await caller.post("/control/says", {"person": ANN, "text": "hi", "at": 5})
    await caller.post("/control/says", {"person": ANN, "group": group, "text": "all"})
    await caller.post("/control/push", {"strange": 1})

    updates = (await caller.get("/bot42:TEST/getUpdates"))["result"]

    assert [("hi", 5), ("all", "Friends"), 1] == [
        (updates[0]["message"]["text"], updates[0]["message"]["date"]),
        (updates[1]["message"]["text"], updates[1]["message"]["chat"]["title"]),
        updates[2]["strange"],
    ]


async def test_what_was_sent_can_be_waited_for(server: BotApi, caller: Caller) -> None:
    """`sent?count=` is answered as soon as there are as many."""
    server.person(7)

    async with asyncio.TaskGroup() as group:
        waiting = group.create_task(caller.get("/control/sent?count=2&since=1"))
        for text in ("one", "two"):
            await caller.post("/bot42:TEST/sendMessage", {"chat_id": 7, "text": text})
    calls = await caller.get("/control/calls")

    assert ["two"] == [sent["text"] for sent in waiting.result()["result"]]
    assert ["one", "two"] == [call["params"]["text"] for call in calls["result"]]


async def test_faults_are_planned_by_remote_control(server: BotApi, caller: Caller) -> None:
    """A fault has a kind and its arguments, and may be for one chat; a wrong one is refused."""
    server.person(7)
    plan = {"method": "sendMessage", "kind": "slow_down", "with": {"retry_after": 9}, "chat": 7}
    message = {"chat_id": 7, "text": "hi"}

    planned = await caller.post("/control/fault", plan | {"after": True})
    met = await caller.post("/bot42:TEST/sendMessage", message)
    wrong = await caller.post("/control/fault", {"kind": "earthquake"})
    odd = await caller.post("/control/fault", {"kind": "cut", "with": {"deep": 1}})

    assert planned["ok"]
    assert {"retry_after": 9} == met["parameters"]
    assert (400, 400) == (wrong["error_code"], odd["error_code"])
    assert 1 == len(server.sent)


async def test_a_reset_by_remote_control_begins_anew(server: BotApi, caller: Caller) -> None:
    """Afterwards nothing waits and nothing was sent."""
    await caller.post("/control/says", {"person": ANN, "text": "hi"})

    await caller.post("/control/reset")

    assert (0, []) == (server.pending, server.calls)
    assert 404 == (await caller.get("/control/nothing"))["error_code"]


def test_places_are_what_their_ids_say() -> None:
    """A group below -10^12 is a supergroup; a person carries all that a client shows."""
    small, large = Group(-5, "s"), Group(-1_000_000_000_005, "l")
    ann = Person(7, "Ann", "de", "ann")

    assert ("group", "supergroup") == (small.chat()["type"], large.chat()["type"])
    assert ("ann", "de") == (ann.chat()["username"], ann.shown()["language_code"])


@pytest.mark.slow
async def test_it_runs_as_a_process_of_its_own(http: ClientSession) -> None:
    """It prints its address, serves, and ends cleanly when it is told to."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.far_side.botapi",
        "--token",
        "9:T",
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    url = (await process.stdout.readline()).decode().strip()

    me = await Caller(http, url).get("/bot9:T/getMe")
    process.send_signal(signal.SIGTERM)
    ended = await process.wait()

    assert (9, 0) == (me["result"]["id"], ended)
