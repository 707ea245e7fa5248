"""The Bot API server is right: two independent client libraries drive it and agree."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest

from tests.far_side.botapi import BotApi, Group, Person
from tests.far_side.botapi_clients import Aiogram, Client, PythonTelegramBot, Shown, Trouble

NOON = 1_760_000_000
MakeClient = Callable[[str, str], Client]


@pytest.fixture
async def server() -> AsyncIterator[BotApi]:
    async with BotApi(now=lambda: NOON) as api:
        yield api


@pytest.fixture(params=[Aiogram, PythonTelegramBot])
def library(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> MakeClient:
    # Without it, python-telegram-bot warns whenever it meets a 429.
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    made: MakeClient = request.param
    return made


@pytest.fixture
async def client(server: BotApi, library: MakeClient) -> AsyncIterator[Client]:
    async with library(server.url, server.token) as made:
        yield made


@pytest.fixture
async def stranger(server: BotApi, library: MakeClient) -> AsyncIterator[Client]:
    async with library(server.url, "43:OTHER") as made:
        yield made


@pytest.fixture
def ann(server: BotApi) -> Person:
    return server.person(7, "Ann")


@pytest.fixture
def friends(server: BotApi, ann: Person) -> Group:
    return server.group(-100, "Friends", owner=ann)


async def test_the_bot_knows_who_it_is(client: Client) -> None:
    """What getMe returns is a whole User with the id that the token names."""
    me = await client.me()

    assert (42, "anima_test_bot", True) == me


async def test_another_token_is_unauthorized(stranger: Client) -> None:
    """A wrong token is answered with 401."""
    trouble = await stranger.trouble(stranger.me())

    assert Trouble("unauthorized") == trouble


async def test_updates_stay_until_an_offset_confirms_them(
    server: BotApi, client: Client, ann: Person
) -> None:
    """The same updates come again until a poll asks for what lies above them."""
    first = server.says(ann, ann, "one")["update_id"]
    server.says(ann, ann, "two")

    unconfirmed = [await client.poll(), await client.poll()]
    rest = await client.poll(offset=first + 1)

    assert [[(1, "one"), (2, "two")]] * 2 == unconfirmed
    assert [(2, "two")] == rest
    assert 1 == server.pending


async def test_a_long_poll_ends_with_the_first_update(
    server: BotApi, client: Client, ann: Person
) -> None:
    """A poll that found nothing waits, and is answered when somebody writes."""
    async with asyncio.TaskGroup() as group:
        waiting = group.create_task(client.poll(timeout=15))
        await server.until(lambda: server.count["getUpdates"])
        server.says(ann, ann, "hello")

    assert [(1, "hello")] == waiting.result()


@pytest.mark.slow
async def test_a_long_poll_ends_with_nothing_after_its_time(client: Client) -> None:
    """A poll in silence is answered with an empty list when its timeout is over."""
    updates = await client.poll(timeout=1)

    assert [] == updates


async def test_a_negative_offset_forgets_all_but_the_last(
    server: BotApi, client: Client, ann: Person
) -> None:
    """Offset -1 leaves the newest update alone and drops the others."""
    for text in ("one", "two", "three"):
        server.says(ann, ann, text)

    updates = await client.poll(offset=-1)

    assert [(3, "three")] == updates
    assert 1 == server.pending


async def test_kinds_that_were_not_asked_for_never_come(
    server: BotApi, client: Client, ann: Person
) -> None:
    """allowed_updates is remembered, and keeps out what comes after it."""
    await client.poll(allowed=["edited_message"])
    said = server.says(ann, ann, "one")
    server.edits(said, "two")

    updates = await client.poll()

    assert [(1, None)] == updates


async def test_an_update_comes_again_though_it_is_confirmed(
    server: BotApi, client: Client, ann: Person
) -> None:
    """`again` delivers the same update with the same id, once."""
    said = server.says(ann, ann, "one")
    await client.poll(offset=2)

    server.again(said)
    updates = [await client.poll(offset=2), await client.poll(offset=2)]

    assert [[(1, "one")], []] == updates


async def test_a_second_poller_ends_the_first(server: BotApi, client: Client, ann: Person) -> None:
    """Of two polls at once the older one gets 409, and the newer one the update."""
    async with asyncio.TaskGroup() as group:
        older = group.create_task(client.trouble(client.poll(timeout=15)))
        await server.until(lambda: server.count["getUpdates"] == 1)
        newer = group.create_task(client.poll(timeout=15))
        await server.until(lambda: server.count["getUpdates"] == 2)
        server.says(ann, ann, "hello")

    other = "make sure that only one bot instance is running"
    expected = Trouble("conflict", f"terminated by other getupdates request; {other}")
    assert expected == older.result()
    assert [(1, "hello")] == newer.result()


async def test_a_poll_and_a_webhook_exclude_each_other(server: BotApi, client: Client) -> None:
    """With a webhook set the poll that waits ends with 409, and so does the next one."""
    async with asyncio.TaskGroup() as group:
        waiting = group.create_task(client.trouble(client.poll(timeout=15)))
        await server.until(lambda: server.count["getUpdates"])
        await client.hook(f"{server.url}/nobody", "s")
    next_one = await client.trouble(client.poll())

    assert Trouble("conflict", "terminated by setwebhook request") == waiting.result()
    assert "conflict" == next_one.kind
    assert str(next_one.fact).startswith("can't use getupdates method while webhook is active")


async def test_polling_works_again_without_the_webhook(client: Client, server: BotApi) -> None:
    """Calling deleteWebhook opens the way for getUpdates."""
    await client.hook(f"{server.url}/nobody", "s")

    await client.unhook()

    assert [] == await client.poll()
    assert ("", 0, None) == await client.hooked()


async def test_a_webhook_needs_https_away_from_here(client: Client) -> None:
    """Plain http is taken for loopback alone."""
    trouble = await client.trouble(client.hook("http://example.com/hook", "s"))

    assert "bad request" == trouble.kind
    assert "https url must be provided" in str(trouble.fact)


@pytest.mark.usefixtures("ann")
async def test_a_message_arrives_with_its_entities(server: BotApi, client: Client) -> None:
    """Text and entities, counted in UTF-16, come through; the answer is the bot's own message."""
    shown = await client.say(7, "👋 bold", [("bold", 3, 4)])

    assert Shown(1, "👋 bold", NOON, mine=True, entities=(("bold", 3, 4),)) == shown
    assert [(7, "👋 bold", ({"type": "bold", "offset": 3, "length": 4},))] == [
        (sent.chat_id, sent.text, sent.entities) for sent in server.sent
    ]


@pytest.mark.usefixtures("ann")
async def test_white_space_around_a_text_goes_away(client: Client) -> None:
    """The platform trims a text and moves the entities along."""
    shown = await client.say(7, "\n 👋 bold \n", [("bold", 5, 6)])

    assert ("👋 bold", (("bold", 3, 4),)) == (shown.text, shown.entities)


@pytest.mark.usefixtures("ann")
@pytest.mark.parametrize(
    ("entity", "words"),
    [
        (("bold", 1, 2), "entity begins in a middle of a utf-16 symbol"),
        (("bold", 0, 1), "entity beginning at utf-16 offset 0 ends in a middle"),
        (("bold", 0, 9), "entity beginning at utf-16 offset 0 ends after the end"),
        (("bold", 9, 1), "entity begins after the end of the text"),
        (("sparkle", 0, 2), "unsupported type specified"),
        (("text_link", 0, 2), 'can\'t find field "url"'),
    ],
)
async def test_a_wrong_entity_is_refused(
    client: Client, entity: tuple[str, int, int], words: str
) -> None:
    """An entity out of range, across a surrogate pair, incomplete or of no known type is a 400."""
    trouble = await client.trouble(client.say(7, "👋 hi", [entity]))

    assert "bad request" == trouble.kind
    assert words in str(trouble.fact)


async def test_an_answer_carries_the_message_it_answers(
    server: BotApi, client: Client, ann: Person
) -> None:
    """reply_parameters are kept and shown; a message that nobody knows is refused."""
    asked = server.says(ann, ann, "how are you?")["message"]["message_id"]

    shown = await client.say(7, "fine", reply_to=asked)
    trouble = await client.trouble(client.say(7, "what?", reply_to=99))

    assert asked == shown.reply_to == server.sent[0].reply_to
    assert Trouble("bad request", "message to be replied not found") == trouble


@pytest.mark.usefixtures("ann")
@pytest.mark.parametrize("text", ["", " \n\t "])
async def test_an_empty_text_is_refused(client: Client, text: str) -> None:
    """Nothing but white space is no message."""
    trouble = await client.trouble(client.say(7, text))

    assert Trouble("bad request", "message text is empty") == trouble


@pytest.mark.usefixtures("ann")
async def test_a_text_is_measured_in_utf16(server: BotApi, client: Client) -> None:
    """4096 units pass, one more is refused; an emoji counts as two."""
    fits = await client.say(7, "👋" * 2048)
    trouble = await client.trouble(client.say(7, "👋" * 2048 + "!"))

    assert 2048 == len(fits.text)
    assert Trouble("bad request", "message is too long") == trouble
    assert 1 == len(server.sent)


async def test_who_is_unknown_cannot_be_written_to(client: Client) -> None:
    """A chat that never was is a 400."""
    trouble = await client.trouble(client.say(12345, "hello?"))

    assert Trouble("bad request", "chat not found") == trouble


async def test_who_blocked_the_bot_gets_nothing(
    server: BotApi, client: Client, ann: Person
) -> None:
    """After a block sending is a 403, and the bot was told; letting it in again opens the chat."""
    server.blocks(ann)

    trouble = await client.trouble(client.say(7, "still there?"))
    server.unblocks(ann)
    shown = await client.say(7, "back again")

    assert Trouble("forbidden", "bot was blocked by the user") == trouble
    assert "back again" == shown.text
    assert 2 == len(await client.poll())


async def test_a_group_that_threw_the_bot_out_is_closed(
    server: BotApi, client: Client, friends: Group, ann: Person
) -> None:
    """After a kick sending to the group is a 403."""
    server.kicks(friends, ann)

    trouble = await client.trouble(client.say(friends.id, "hello"))

    assert Trouble("forbidden", "bot was kicked from the group chat") == trouble


async def test_an_upgraded_group_says_where_it_went(
    server: BotApi, client: Client, friends: Group, ann: Person
) -> None:
    """Sending to a group that became a supergroup names the new chat, which takes it."""
    new = server.migrates(friends, ann, -1_000_000_000_777)

    trouble = await client.trouble(client.say(friends.id, "hello"))
    await client.say(new.id, "hello")

    assert Trouble("moved", new.id) == trouble
    assert ["hello"] == server.texts(new)


async def test_a_message_can_be_edited_once_to_each_text(
    server: BotApi, client: Client, ann: Person
) -> None:
    """An edit shows the new text; the same text again, or another's message, is refused."""
    mine = await client.say(7, "helo")
    theirs = server.says(ann, ann, "hi")["message"]["message_id"]

    edited = await client.edit(7, mine.id, "hello")
    same = await client.trouble(client.edit(7, mine.id, "hello"))
    foreign = await client.trouble(client.edit(7, theirs, "hello"))
    unknown = await client.trouble(client.edit(7, 99, "hello"))

    assert (mine.id, "hello") == (edited.id, edited.text)
    assert str(same.fact).startswith("message is not modified")
    assert Trouble("bad request", "message can't be edited") == foreign
    assert Trouble("bad request", "message to edit not found") == unknown


@pytest.mark.usefixtures("ann")
async def test_a_message_is_deleted_once(client: Client) -> None:
    """What is deleted cannot be deleted again."""
    mine = await client.say(7, "oops")

    deleted = await client.delete(7, mine.id)
    trouble = await client.trouble(client.delete(7, mine.id))

    assert deleted
    assert Trouble("bad request", "message to delete not found") == trouble


async def test_typing_and_reactions_are_taken(server: BotApi, client: Client, ann: Person) -> None:
    """A chat action and a reaction are true where the chat and the message exist."""
    said = server.says(ann, ann, "hi")["message"]["message_id"]

    taken = (await client.typing(7), await client.react(7, said))
    trouble = await client.trouble(client.react(7, 99))

    assert (True, True) == taken
    assert Trouble("bad request", "message to react not found") == trouble


async def test_a_pressed_button_is_answered_once(
    server: BotApi, client: Client, ann: Person
) -> None:
    """A callback query arrives, and its answer is taken one time."""
    await client.say(7, "sure?")
    pressed = server.presses(ann, server.sent[0], "yes")["callback_query"]["id"]

    updates = await client.poll()
    answered = await client.answer(pressed)
    trouble = await client.trouble(client.answer(pressed))

    assert [(1, None)] == updates
    assert answered
    assert str(trouble.fact).startswith("query is too old")


@pytest.mark.usefixtures("ann")
async def test_a_voice_note_can_be_fetched_again(server: BotApi, client: Client) -> None:
    """An upload arrives whole, with its caption, and getFile leads to the same bytes."""
    file_id, caption = await client.voice(7, b"OggS" * 400_000, "listen")

    fetched = await client.fetch(file_id)

    assert b"OggS" * 400_000 == fetched == server.content(server.sent[0])
    assert ("voice", "listen") == (server.sent[0].kind, caption)


@pytest.mark.usefixtures("ann")
async def test_a_photo_can_be_fetched_again(server: BotApi, client: Client) -> None:
    """A picture is taken the same way."""
    file_id = await client.photo(7, b"\xff\xd8\xff")

    assert b"\xff\xd8\xff" == await client.fetch(file_id) == server.content(server.sent[0])


@pytest.mark.usefixtures("ann")
async def test_a_document_keeps_its_name(server: BotApi, client: Client) -> None:
    """A file arrives whole, under the name that it was given in whatever letters."""
    file_id, name, caption = await client.document(7, b"PK\x03\x04", "思い出 1.zip", "yours")

    fetched = await client.fetch(file_id)

    assert b"PK\x03\x04" == fetched == server.content(server.sent[0])
    assert ("思い出 1.zip", "yours") == (name, caption)
    assert ("document", "yours") == (server.sent[0].kind, server.sent[0].text)


@pytest.mark.usefixtures("ann")
async def test_buttons_are_taken_away_once(server: BotApi, client: Client) -> None:
    """The text stays; where there is no button there is none to take."""
    message = await client.button(7, "sure?", "yes")

    stripped = await client.strip(7, message)
    trouble = await client.trouble(client.strip(7, message))
    unknown = await client.trouble(client.strip(7, 99))

    assert stripped
    assert [("sure?", 1)] == [(one.text, len(one.buttons)) for one in server.sent]
    assert str(trouble.fact).startswith("message is not modified")
    assert Trouble("bad request", "message to edit not found") == unknown


@pytest.mark.usefixtures("ann")
async def test_a_button_brings_64_bytes_and_no_more(client: Client) -> None:
    """What a button says to the bot is measured in bytes."""
    taken = await client.button(7, "ok", "ü" * 32)
    trouble = await client.trouble(client.button(7, "ok", "ü" * 32 + "x"))

    assert taken
    assert Trouble("bad request", "button_data_invalid") == trouble


async def test_a_file_of_a_person_can_be_fetched(
    server: BotApi, client: Client, ann: Person
) -> None:
    """What a person sent is on the platform's servers; a file that nobody sent is refused."""
    file = server.keeps(b"OggS", "voice.oga")
    server.says(ann, ann, voice=file | {"duration": 1})

    assert b"OggS" == await client.fetch(file["file_id"])
    assert "bad request" == (await client.trouble(client.fetch("file-99"))).kind


async def test_commands_are_kept(client: Client) -> None:
    """What setMyCommands was given getMyCommands returns; a name with capitals is refused."""
    kept = await client.command("memory", "What I remember")
    trouble = await client.trouble(client.command("Memory", "What I remember"))

    assert [("memory", "What I remember")] == kept
    assert Trouble("bad request", "bot_command_invalid") == trouble


@pytest.mark.usefixtures("ann")
async def test_commands_are_kept_by_scope_and_language(client: Client, friends: Group) -> None:
    """Each place has its own, each language of it, too; one is taken back without the others."""
    places: list[tuple[str, str, dict[str, int]]] = [
        ("default", "", {}),
        ("private", "", {}),
        ("private", "zh", {}),
        ("groups", "", {}),
        ("administrators", "", {}),
        ("chat", "ja", {"chat_id": 7}),
        ("chat", "", {"chat_id": friends.id}),
        ("chat administrators", "", {"chat_id": friends.id}),
        ("member", "", {"chat_id": friends.id, "user_id": 7}),
    ]
    for number, (scope, language, place) in enumerate(places):
        await client.command("memory", f"Number {number}", scope, language, **place)

    taken = await client.uncommand("private", "zh")

    told = [await client.commands(scope, language, **place) for scope, language, place in places]
    assert taken
    expected = [[("memory", f"Number {number}")] for number in range(len(places))]
    assert [*expected[:2], [], *expected[3:]] == told


@pytest.mark.usefixtures("ann")
@pytest.mark.parametrize(
    ("scope", "language", "place", "word"),
    [
        ("chat", "", {"chat_id": 99}, "chat not found"),
        ("member", "", {"chat_id": 7, "user_id": 7}, "can't change commands in private chats"),
        ("chat administrators", "", {"chat_id": 7}, "can't change commands in private chats"),
        ("default", "english", {}, "lang_code_invalid"),
    ],
)
async def test_commands_need_a_place_and_a_language(
    client: Client, scope: str, language: str, place: dict[str, int], word: str
) -> None:
    """A chat that nobody knows, members of a private one, a language of more than two letters."""
    trouble = await client.trouble(client.command("memory", "It", scope, language, **place))

    assert Trouble("bad request", word) == trouble


@pytest.mark.parametrize("length", [0, 1, 256, 257])
async def test_a_command_is_described_in_256_characters(client: Client, length: int) -> None:
    """At least one of them, in whatever alphabet."""
    trouble = await client.trouble(client.command("memory", "忆" * length))

    fits = 1 <= length <= 256
    assert ("none" if fits else "bad request") == trouble.kind


async def test_a_group_tells_its_title_and_its_members(
    server: BotApi, client: Client, friends: Group
) -> None:
    """Both getChat and getChatMember return whole objects."""
    server.person(8, "Ben")

    told = [await client.title(friends.id)]
    told += [await client.standing(friends.id, person) for person in (7, 8, 42)]

    assert ["Friends", "creator", "member", "member"] == told


@pytest.mark.usefixtures("ann")
async def test_message_ids_are_unique_in_their_chat_alone(client: Client, friends: Group) -> None:
    """Two chats count their messages apart, as the platform does."""
    ids = [(await client.say(chat, "hi")).id for chat in (7, friends.id, 7)]

    assert [1, 1, 2] == ids


async def test_a_restart_keeps_the_address_and_the_updates(
    server: BotApi, client: Client, ann: Person
) -> None:
    """While the server is down nothing answers; afterwards everything is as it was."""
    address = server.url
    server.says(ann, ann, "hello")

    await server.stop()
    down = await client.trouble(client.poll())
    await server.start()
    updates = await client.poll()

    assert Trouble("network") == down
    assert [(1, "hello")] == updates
    assert address == server.url


async def test_stopping_cuts_whoever_waits(server: BotApi, client: Client) -> None:
    """A long poll ends with the connection when the server stops."""
    async with asyncio.TaskGroup() as group:
        waiting = group.create_task(client.trouble(client.poll(timeout=15)))
        await server.until(lambda: server.count["getUpdates"])
        await server.stop()

    assert Trouble("network") == waiting.result()
