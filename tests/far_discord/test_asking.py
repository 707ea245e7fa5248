"""Commands, buttons and forms of the local Discord, answered by the real discord.py."""

import asyncio
from typing import Any

import aiohttp
import discord
import pytest
from discord import app_commands

from tests.far_side.discord import Channel, Discord, Person
from tests.far_side.discord_clients import Bot


@pytest.fixture
def ann(far: Discord) -> Person:
    return far.person("Ann", language="ja")


class Why(discord.ui.Modal, title="What was wrong?"):
    """A form with one field."""

    why: discord.ui.Label[Any] = discord.ui.Label(
        text="Why?", component=discord.ui.TextInput(custom_id="why", required=False)
    )

    async def on_submit(self, interaction: discord.Interaction) -> None:
        assert isinstance(self.why.component, discord.ui.TextInput)
        await interaction.response.send_message(f"so: {self.why.component.value}", ephemeral=True)


async def offer(bot: Bot) -> None:
    """Put a command with a group, an option that is completed, choices and a person."""
    model = app_commands.Group(name="model", description="The model")

    @model.command(name="use", description="Use another one")
    @app_commands.choices(where=[app_commands.Choice(name="here", value="h")])
    async def use(
        interaction: discord.Interaction,
        version: str,
        where: str = "h",
        who: discord.Member | None = None,
    ) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        name = who.display_name if who else "nobody"
        await interaction.followup.send(f"{version} {where} {name} {interaction.locale}")

    @use.autocomplete("version")
    async def complete(
        _interaction: discord.Interaction, current: str
    ) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=f"{current}!", value=f"{current}1")]

    bot.tree.add_command(model)
    await bot.tree.sync()


async def test_a_command_is_put_used_and_answered(
    far: Discord, bot: Bot, ann: Person, general: Channel
) -> None:
    """A deferred answer is seen to be thought of, and then read by the person alone."""
    await offer(bot)

    asked = far.uses(ann, general, "model use", version="v3", where="here", who=ann)
    await far.sees(lambda: asked.texts)

    assert (["v3 h Ann ja"], [True], True) == (asked.texts, asked.hidden, asked.ephemeral)
    assert not asked.thinking
    assert [] == far.messages(general)
    assert [True] == [sent.ephemeral for sent in far.sent]
    assert 1 == far.count["bulk_overwrite_global_application_commands"]
    assert ["model"] == [one["name"] for one in far.commands(general)]


async def test_an_option_is_completed(
    far: Discord, bot: Bot, ann: Person, general: Channel
) -> None:
    """What the bot offers for a half typed option is what people see."""
    await offer(bot)

    asked = far.completes(ann, general, "model use", "version", "v")
    await far.sees(lambda: asked.choices)

    assert [("v!", "v1")] == asked.choices


async def test_a_command_that_is_not_offered_cannot_be_used(
    far: Discord, bot: Bot, ann: Person, general: Channel
) -> None:
    """People's clients let them use what was put, with the options that it has."""
    await offer(bot)

    for command, options in (
        ("sing", {}),
        ("model", {}),
        ("model drop", {}),
        ("model use", {}),
        ("model use", {"version": 3}),
        ("model use", {"version": "v", "where": "nowhere"}),
        ("model use", {"version": "v", "more": "x"}),
    ):
        with pytest.raises(AssertionError):
            far.uses(ann, general, command, **options)

    assert not bot.all("interaction")


async def test_a_command_keeps_its_id_while_it_keeps_its_name(bot: Bot) -> None:
    """Putting the same commands again changes no id."""
    await offer(bot)
    first = await bot.tree.fetch_commands()

    second = await bot.tree.sync()

    assert [one.id for one in first] == [one.id for one in second]


async def test_commands_may_be_of_one_guild(
    far: Discord, bot: Bot, ann: Person, general: Channel
) -> None:
    """A guild's own command is offered there and not in private."""
    guild = bot.guilds[0]

    @bot.tree.command(guild=guild, description="Here alone")
    async def here(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("I am here")

    await bot.tree.sync(guild=guild)
    asked = far.uses(ann, general, "here")
    await far.sees(lambda: asked.texts)

    assert (["I am here"], [False]) == (asked.texts, asked.hidden)
    assert [("Anima", "I am here")] == [(one.author, one.text) for one in far.messages(general)]
    assert ([], 1) == (
        far.commands(ann),
        far.count["bulk_overwrite_guild_application_commands"],
    )


@pytest.mark.parametrize(
    "command",
    [
        {"name": "Shout", "description": "x"},
        {"name": "quiet", "description": ""},
        {"name": "quiet", "description": "x" * 101},
        {"name": "静か", "description": "x", "description_localizations": {"ja": "長" * 101}},
        {"name": "quiet", "description": "x", "name_localizations": {"ja": "静か に"}},
        {
            "name": "quiet",
            "description": "x",
            "options": [{"type": 3, "name": f"o{one}", "description": "x"} for one in range(26)],
        },
        {
            "name": "quiet",
            "description": "x",
            "options": [
                {
                    "type": 3,
                    "name": "a",
                    "description": "x",
                    "choices": [{"name": "", "value": "x"}],
                }
            ],
        },
        {
            "name": "quiet",
            "description": "x",
            "options": [
                {
                    "type": 3,
                    "name": f"o{one}",
                    "description": "x" * 100,
                    "choices": [{"name": "y" * 100, "value": str(each)} for each in range(4)],
                }
                for one in range(20)
            ],
        },
        {
            "name": "quiet",
            "description": "x",
            "options": [
                {"type": 3, "name": "a", "description": "x"},
                {"type": 3, "name": "b", "description": "x", "required": True},
            ],
        },
        {
            "name": "quiet",
            "description": "x",
            "options": [{"type": 3, "name": "a", "description": "x"}] * 2,
        },
        {
            "name": "quiet",
            "description": "x",
            "options": [
                {
                    "type": 3,
                    "name": "a",
                    "description": "x",
                    "choices": [{"name": str(one), "value": "x"} for one in range(26)],
                }
            ],
        },
    ],
)
async def test_a_command_that_breaks_the_rules_is_refused(
    far: Discord, bot: Bot, command: Any
) -> None:
    """Names are small letters, texts have at most 100 characters, what is required comes first."""
    with pytest.raises(discord.HTTPException) as refused:
        await bot.http.bulk_upsert_global_commands(42, [command])

    assert (400, 50035) == (refused.value.status, refused.value.code)
    assert [] == far.commands()


async def test_commands_have_each_their_name(far: Discord, bot: Bot) -> None:
    """Two of one name are refused, and more than a hundred."""
    one: Any = {"name": "quiet", "description": "x"}
    many: Any = [{"name": f"quiet{number}", "description": "x"} for number in range(101)]

    for commands in ([one, one], many):
        with pytest.raises(discord.HTTPException) as refused:
            await bot.http.bulk_upsert_global_commands(42, commands)
        assert 50035 == refused.value.code

    assert [] == far.commands()


async def test_the_first_answer_may_be_given_once(
    far: Discord, bot: Bot, ann: Person, general: Channel
) -> None:
    """A second first answer is refused, and so is one that comes too late."""
    await offer_raw(bot)
    far.uses(ann, general, "ask")
    (first,) = await far.sees(lambda: bot.all("interaction"))
    await first.response.send_message("one")
    first.response._response_type = None
    late = far.uses(ann, general, "ask")
    second = (await far.sees(lambda: bot.all("interaction")[1:]))[0]
    late.expire()

    with pytest.raises(discord.HTTPException) as again:
        await first.response.send_message("two")
    with pytest.raises(discord.NotFound) as too_late:
        await second.response.defer()

    assert (40060, 10062) == (again.value.code, too_late.value.code)


async def test_answers_are_changed_and_taken_back(far: Discord, bot: Bot, ann: Person) -> None:
    """The first answer and those that follow are edited, fetched and deleted by the token."""
    await offer_raw(bot)
    asked = far.uses(ann, ann, "ask")
    (heard,) = await far.sees(lambda: bot.all("interaction"))
    await heard.response.send_message("one")
    more = await heard.followup.send("two", wait=True, ephemeral=True)
    await heard.edit_original_response(content="one and a half")
    await more.edit(content="two and a half")
    original = await heard.original_response()

    assert ["one and a half", "two and a half"] == asked.texts
    assert [False, True] == asked.hidden
    assert "one and a half" == original.content
    assert ["one and a half"] == [one.text for one in far.messages(ann)]

    await more.delete()
    await heard.delete_original_response()

    assert ([], []) == (asked.texts, far.messages(ann))


async def test_a_deferred_answer_stands_there_before_it_is_given(
    far: Discord, bot: Bot, ann: Person, general: Channel
) -> None:
    """While the bot thinks everybody sees it; what it says then takes that place."""
    await offer_raw(bot)
    asked = far.uses(ann, general, "ask")
    (heard,) = await far.sees(lambda: bot.all("interaction"))

    await heard.response.defer(thinking=True)
    thinking = asked.thinking, asked.texts, len(far.messages(general))
    await heard.edit_original_response(content="here")

    assert (True, [], 1) == thinking
    assert (False, ["here"], 1) == (asked.thinking, asked.texts, len(far.messages(general)))
    assert ["here"] == far.texts(general)


async def test_a_token_that_is_over_answers_no_more(
    far: Discord, bot: Bot, ann: Person, general: Channel
) -> None:
    """After its quarter of an hour a token is worth nothing."""
    await offer_raw(bot)
    asked = far.uses(ann, general, "ask")
    (heard,) = await far.sees(lambda: bot.all("interaction"))
    await heard.response.defer()
    asked.expire()

    with pytest.raises(discord.HTTPException) as refused:
        await heard.followup.send("too late")

    assert (401, 50027) == (refused.value.status, refused.value.code)


async def test_a_followup_needs_a_first_answer(
    far: Discord, bot: Bot, ann: Person, general: Channel
) -> None:
    """What has not been acknowledged cannot be followed up."""
    await offer_raw(bot)
    far.uses(ann, general, "ask")
    (heard,) = await far.sees(lambda: bot.all("interaction"))

    with pytest.raises(discord.NotFound) as refused:
        await heard.followup.send("too early")

    assert 10015 == refused.value.code


async def test_a_button_brings_a_form(
    far: Discord, bot: Bot, ann: Person, general: Channel
) -> None:
    """A pressed button is answered with a form, and the form with words."""
    view: discord.ui.LayoutView = discord.ui.LayoutView(timeout=None)
    row: discord.ui.ActionRow[Any] = discord.ui.ActionRow()
    button: discord.ui.Button[Any] = discord.ui.Button(label="👎", custom_id="fb:88:-1")

    async def pressed(interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(Why())

    button.callback = pressed  # type: ignore[method-assign] # it is how the library is told
    row.add_item(button)
    view.add_item(discord.ui.TextDisplay("the answer"))
    view.add_item(row)
    await bot.get_partial_messageable(general.id).send(view=view)

    asked = far.presses(ann, far.sent[0], "👎")
    await far.sees(lambda: asked.form)
    filled = far.submits(asked, why="she lives in 京都")
    await far.sees(lambda: filled.texts)

    assert (["so: she lives in 京都"], [True]) == (filled.texts, filled.hidden)
    assert asked.form is not None
    assert "What was wrong?" == asked.form["title"]


async def test_a_pressed_message_may_be_changed(
    far: Discord, bot: Bot, ann: Person, general: Channel
) -> None:
    """The answer to a button may be the message itself, with another text and no button."""
    view: discord.ui.View = discord.ui.View(timeout=None)
    view.add_item(discord.ui.Button(label="yes", custom_id="yes"))
    message = await bot.get_partial_messageable(general.id).send("sure?", view=view)

    far.presses(ann, far.sent[0], "yes")
    (heard,) = await far.sees(lambda: bot.all("interaction"))
    await heard.response.edit_message(content="done", view=None)

    assert [(message.id, "done", True)] == [
        (one.id, one.text, one.edited) for one in far.messages(general)
    ]
    with pytest.raises(AssertionError):
        far.presses(ann, far.sent[0], "yes")


async def offer_raw(bot: Bot) -> None:
    """Put a command that the test itself answers."""

    @bot.tree.command(description="Ask")
    async def ask(interaction: discord.Interaction) -> None:
        """What is done is done by the test."""

    await bot.tree.sync()


async def test_a_bot_of_ones_own_is_asked_anywhere(far: Discord, bot: Bot, ann: Person) -> None:
    """A command that people install themselves works where the bot is not, by its token alone."""

    @bot.tree.command(description="Ask anywhere")
    @app_commands.allowed_installs(guilds=False, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def anywhere(interaction: discord.Interaction) -> None:
        where = interaction.context
        await interaction.response.send_message(f"{where.guild} {where.private_channel}")

    @bot.tree.command(description="Ask here")
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    async def near(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("never")

    await bot.tree.sync()
    ben = far.person("Ben")
    guild = far.channel(far.elsewhere("Strangers", ben, ann), "lobby")
    private = far.between(ann, ben)
    asked = [far.uses(ann, place, "anywhere") for place in (guild, private)]
    far.says(ben, private, "what is that?")
    await far.sees(lambda: all(one.texts for one in asked))

    assert [["True False"], ["False True"]] == [one.texts for one in asked]
    assert ["anywhere"] == [one["name"] for one in far.commands(private)]
    assert [] == bot.all("message")
    for place in (guild, private, ann):
        with pytest.raises(AssertionError):
            far.uses(ann, place, "near")
    with pytest.raises(discord.Forbidden):
        await bot.get_partial_messageable(guild.id).send("hello")


async def test_one_command_is_made_changed_and_unmade(far: Discord, bot: Bot) -> None:
    """Commands are also put one by one; one that is gone is unknown."""
    guild = bot.guilds[0].id
    http = bot.http
    one: Any = {"name": "静か", "description": "x"}

    made = await http.upsert_global_command(42, one)
    same = await http.upsert_global_command(42, one)
    changed = await http.edit_global_command(42, int(made["id"]), {"description": "y"})
    theirs = await http.upsert_guild_command(42, guild, one)
    await http.edit_guild_command(42, guild, int(theirs["id"]), {"description": "z"})

    assert (made["id"], "y") == (same["id"], changed["description"])
    assert "y" == (await http.get_global_command(42, int(made["id"])))["description"]
    assert "z" == (await http.get_guild_command(42, guild, int(theirs["id"])))["description"]
    assert ["静か"] == [each["name"] for each in await http.get_guild_commands(42, guild)]

    await http.delete_global_command(42, int(made["id"]))
    await http.delete_guild_command(42, guild, int(theirs["id"]))

    assert [] == far.commands()
    with pytest.raises(discord.NotFound) as unknown:
        await http.delete_global_command(42, int(made["id"]))
    assert 10063 == unknown.value.code
    with pytest.raises(discord.NotFound):
        await http.get_global_commands(43)


async def test_files_and_numbers_are_given_to_a_command(
    far: Discord, bot: Bot, ann: Person, general: Channel
) -> None:
    """Every kind of option reaches the bot as what it is."""
    got: list[Any] = []

    @bot.tree.command(description="Take all")
    async def take(
        interaction: discord.Interaction,
        file: discord.Attachment,
        where: discord.TextChannel,
        times: int,
        sure: bool,
    ) -> None:
        got.extend([await file.read(), where.id, times, sure])
        await interaction.response.send_message("taken")

    await bot.tree.sync()
    asked = far.uses(ann, general, "take", file=("a.txt", b"x"), where=general, times=3, sure=True)
    await far.sees(lambda: asked.texts)

    assert [b"x", general.id, 3, True] == got


async def test_a_menu_is_chosen_from(far: Discord, bot: Bot, ann: Person, general: Channel) -> None:
    """What Ann chooses reaches the bot, which may put off its answer to the message."""
    view: discord.ui.View = discord.ui.View(timeout=None)
    options = [discord.SelectOption(label=one) for one in ("red", "blue")]
    menu: discord.ui.Select[Any] = discord.ui.Select(custom_id="colour", options=options)
    view.add_item(menu)
    await bot.get_partial_messageable(general.id).send("which?", view=view)

    asked = far.presses(ann, far.sent[0], "colour", values=["blue"])
    (heard,) = await far.sees(lambda: bot.all("interaction"))
    await heard.response.defer()
    await heard.edit_original_response(content="blue it is", view=None)
    await heard.followup.send("well chosen", ephemeral=True)

    assert ["blue"] == heard.data["values"]
    assert ["blue it is"] == [one.text for one in far.messages(general)]
    assert ["blue it is", "well chosen"] == asked.texts


async def test_buttons_under_hidden_answers_can_be_pressed(
    far: Discord, bot: Bot, ann: Person, general: Channel
) -> None:
    """An answer that one person sees has buttons for that person."""
    await offer_raw(bot)
    asked = far.uses(ann, general, "ask")
    (heard,) = await far.sees(lambda: bot.all("interaction"))
    view: discord.ui.View = discord.ui.View(timeout=None)
    view.add_item(discord.ui.Button(label="ok", custom_id="ok"))
    view.add_item(discord.ui.Button(label="off", custom_id="off", disabled=True))
    await heard.response.send_message("sure?", view=view, ephemeral=True)

    far.presses(ann, far.sent[-1], "ok")
    pressed = (await far.sees(lambda: bot.all("interaction")[1:]))[0]
    await pressed.response.edit_message(content="done")

    assert ["done"] == asked.texts
    assert [] == far.messages(general)
    with pytest.raises(AssertionError):
        far.presses(ann, far.sent[-1], "off")
    with pytest.raises(AssertionError):
        far.presses(ann, {"id": "5", "channel_id": str(general.id)}, "ok")


async def test_too_much_cannot_be_offered(
    far: Discord, bot: Bot, ann: Person, general: Channel
) -> None:
    """26 choices are refused, one with a long name too, and choices for what is no completion."""
    await offer_raw(bot)
    far.uses(ann, general, "ask")
    (heard,) = await far.sees(lambda: bot.all("interaction"))
    url = f"{far.api}/interactions/{heard.id}/{heard.token}/callback"
    many = [{"name": str(one), "value": "x"} for one in range(26)]
    answers = []
    async with aiohttp.ClientSession() as http:
        for kind, choices in ((8, many), (8, many[:1]), (1, [])):
            answer = await http.post(url, json={"type": kind, "data": {"choices": choices}})
            answers.append((answer.status, (await answer.json())["code"]))

    assert [(400, 50035)] * 3 == answers


@pytest.mark.jumping
@pytest.mark.parametrize(("wait_s", "expected"), [(2.5, 0), (3.5, 10062)])
async def test_an_answer_must_come_at_once(
    far: Discord, bot: Bot, ann: Person, wait_s: float, expected: int
) -> None:
    """After three seconds nobody waits for the first answer any more."""
    await offer_raw(bot)
    far.uses(ann, ann, "ask")
    (heard,) = await far.sees(lambda: bot.all("interaction"))
    got = 0

    await asyncio.sleep(wait_s)
    try:
        await heard.response.defer()
    except discord.NotFound as refused:
        got = refused.code

    assert expected == got


@pytest.mark.jumping
async def test_a_token_lasts_a_quarter_of_an_hour(far: Discord, bot: Bot, ann: Person) -> None:
    """Fourteen minutes after a question it is still answered, sixteen minutes after not."""
    await offer_raw(bot)
    asked = far.uses(ann, ann, "ask")
    (heard,) = await far.sees(lambda: bot.all("interaction"))
    await heard.response.defer(thinking=True)

    await asyncio.sleep(14 * 60)
    await heard.followup.send("at last")
    await asyncio.sleep(2 * 60)

    assert ["at last"] == asked.texts
    with pytest.raises(discord.HTTPException) as refused:
        await heard.followup.send("too late")
    assert 50027 == refused.value.code


async def test_only_what_is_there_is_changed(
    far: Discord, bot: Bot, ann: Person, general: Channel
) -> None:
    """An answer that was not given, or is gone, is an unknown message; so is a lost button's."""
    await offer_raw(bot)
    far.uses(ann, general, "ask")
    (heard,) = await far.sees(lambda: bot.all("interaction"))
    view: discord.ui.View = discord.ui.View(timeout=None)
    view.add_item(discord.ui.Button(label="ok", custom_id="ok"))
    await heard.response.send_message("sure?", view=view)
    more = await heard.followup.send("more", wait=True)
    far.presses(ann, far.sent[0], "ok")
    pressed = (await far.sees(lambda: bot.all("interaction")[1:]))[0]
    await heard.delete_original_response()
    await more.delete()

    for call in (heard.original_response(), more.edit(content="x"), pressed.response.defer()):
        with pytest.raises(discord.NotFound) as refused:
            await call
        assert 10008 == refused.value.code
