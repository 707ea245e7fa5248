"""The commands as Discord's own list shows them."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from anima.offers import Help, Offer
from bots.discord.slash_forms import LONGEST, cut, forms
from bots.discord.slash_sync import alike, synced
from tests.backend_fakes import Notes
from tests.far_side.botapi import Fault
from tests.far_side.discord.commands import check
from tests.jump import JumpClock
from tests.slash_stage import TABLE, wired

FORMS = {one["name"]: one for one in forms(TABLE)}


def leaves(
    form: Mapping[str, Any], path: str = ""
) -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    """The commands in a *form* that do something, and their options."""
    whole = f"{path} {form['name']}".strip()
    inner = [one for one in form["options"] if one["type"] in {1, 2}]
    if not inner:
        yield whole, form["options"]
    for one in inner:
        yield from leaves(one, whole)


def each(form: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """A *form* and everything in it that has a name."""
    yield form
    for one in form.get("options", ()):
        yield from each(one)


def test_discord_is_offered_all_of_it() -> None:
    """Every command with every argument, and whether it has to be given."""
    expected = {
        path: {one.name: one.required for one in leaf.arguments}
        for top in TABLE
        for path, leaf in top.leaves()
    }

    told = [leaf for form in FORMS.values() for leaf in leaves(form)]

    assert expected == {
        path: {one["name"]: one["required"] for one in options} for path, options in told
    }


def test_discord_takes_it() -> None:
    """Names, lengths, numbers and orders are what the platform demands."""
    for form in FORMS.values():
        check(dict(form))

    assert len(FORMS) <= 100


def test_names_and_help_are_in_the_readers_language() -> None:
    """Simplified characters for all Chinese; a name is told once among its neighbours."""
    memory = FORMS["memory"]

    assert {"zh-CN": "记忆", "zh-TW": "记忆", "ja": "記憶"} == memory["name_localizations"]
    assert "我记得你的什么" == memory["description_localizations"]["zh-TW"]
    assert "あなたについての記憶" == memory["description_localizations"]["ja"]
    for form in (one for top in FORMS.values() for one in each(top)):
        for locale in ("zh-CN", "ja"):
            names = [one["name_localizations"][locale] for one in form.get("options", ())]
            assert len(set(names)) == len(names)


def test_what_has_no_other_name_keeps_its_own() -> None:
    """Discord shows the English one then."""
    (form,) = forms((Offer("xyzzy", {"en": "a", "zh": "b", "ja": "c"}),))

    assert "name_localizations" not in form


def test_it_goes_wherever_somebody_brings_it() -> None:
    """What is for two alone is offered there alone; who manages a server sees what is hidden."""
    assert [0, 1] == FORMS["ask"]["integration_types"]
    assert ([0, 1, 2], [1]) == (FORMS["memory"]["contexts"], FORMS["private"]["contexts"])
    assert None is FORMS["memory"]["default_member_permissions"]
    assert "32" == FORMS["model"]["default_member_permissions"]


def test_arguments_are_chosen_completed_or_written() -> None:
    """Whatever helps most: a few options, what the house knows just now, or free text."""
    options = {
        path: {one["name"]: one for one in found}
        for top in FORMS.values()
        for path, found in leaves(top)
    }

    assert ["here", "everywhere"] == [
        one["value"] for one in options["model use"]["where"]["choices"]
    ]
    assert 21 == len(options["language"]["language"]["choices"])
    assert all(
        one["autocomplete"]
        for one in (
            options["model use"]["version"],
            options["persona use"]["persona"],
            options["replay"]["turn"],
        )
    )
    assert 2000 == options["ask"]["words"]["max_length"]


def test_what_must_be_given_comes_first() -> None:
    """Discord demands it; people may write it in the other order all the same."""
    (canary,) = [found for path, found in leaves(FORMS["model"]) if path == "model canary"]

    assert ["share", "version"] == [one["name"] for one in canary]


def test_a_command_in_a_command_in_a_command() -> None:
    """Is a group of commands."""
    help_: Help = {"en": "a", "zh": "b", "ja": "c"}
    inner = Offer("inner", help_)
    nested = Offer("top", help_, subcommands=(Offer("group", help_, subcommands=(inner,)),))

    (form,) = forms((nested,))

    assert (2, 1) == (form["options"][0]["type"], form["options"][0]["options"][0]["type"])


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("short", "short"),
        ("x" * 100, "x" * 100),
        ("字" * 101, f"{'字' * 99}…"),
        ("word " * 30, f"{'word ' * 18}word…"),
        (f"{'y' * 98} and more", f"{'y' * 98}…"),
    ],
)
def test_long_help_ends_with_a_word(text: str, shown: str) -> None:
    """A hundred characters is all that Discord takes."""
    assert (shown, True) == (cut(text), len(cut(text)) <= LONGEST)


@pytest.mark.jumping
async def test_discord_is_told_once(clock: JumpClock, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the first start all of it; at the next one it only compares."""
    async with wired(clock, monkeypatch) as (far, wire):
        notes = Notes()

        await synced(wire, TABLE, clock, notes)
        await synced(wire, TABLE, clock, notes)

        assert 1 == far.count["bulk_overwrite_global_application_commands"]
        assert 2 == far.count["get_global_application_commands"]
        assert set(FORMS) == {one["name"] for one in far.commands()}
        assert [("slash commands changed", {"count": len(FORMS)})] == notes.noted


@pytest.mark.jumping
async def test_discord_is_told_what_changed(
    clock: JumpClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command that is gone, and one that says something else, are a change each."""
    async with wired(clock, monkeypatch) as (far, wire):
        await synced(wire, TABLE, clock, Notes())

        await synced(wire, TABLE[1:], clock, Notes())

        assert 2 == far.count["bulk_overwrite_global_application_commands"]
        assert "start" not in {one["name"] for one in far.commands()}


@pytest.mark.parametrize(
    "changed",
    [
        {"description": "other"},
        {"description_localizations": {"ja": "他"}},
        {"name_localizations": None},
        {"contexts": [1]},
        {"integration_types": [0]},
        {"default_member_permissions": "32"},
        {"options": []},
    ],
)
def test_every_difference_counts(changed: Mapping[str, Any]) -> None:
    """Whatever people would see is compared; what Discord adds of its own is not."""
    known = [{**one, "id": "1", "version": "2", "nsfw": False} for one in reversed(FORMS.values())]
    wanted = list(FORMS.values())
    other = [{**one, **changed} if one["name"] == "memory" else one for one in known]

    assert (True, False) == (alike(known, wanted), alike(other, wanted))


@pytest.mark.jumping
@pytest.mark.parametrize("fault", [Fault.cut(), Fault.garbage("<html>"), Fault.garbage("{}")])
@pytest.mark.parametrize(
    "call", ["get_global_application_commands", "bulk_overwrite_global_application_commands"]
)
async def test_a_failure_is_waited_out(
    clock: JumpClock, monkeypatch: pytest.MonkeyPatch, call: str, fault: Fault
) -> None:
    """A line that is cut, or an answer that is nonsense, is tried again."""
    async with wired(clock, monkeypatch) as (far, wire):
        far.faults.add(call, fault)
        notes = Notes()

        await synced(wire, TABLE, clock, notes)

        assert set(FORMS) == {one["name"] for one in far.commands()}
        assert ["slash commands changed"] == [event for event, _ in notes.noted]


@pytest.mark.jumping
@pytest.mark.parametrize(("status", "calls"), [(403, 1), (400, 1)])
async def test_a_refusal_is_noted_and_no_more(
    clock: JumpClock, monkeypatch: pytest.MonkeyPatch, status: int, calls: int
) -> None:
    """Asking again would not help, and nobody's talk depends on it."""
    async with wired(clock, monkeypatch) as (far, wire):
        far.faults.add("get_global_application_commands", Fault.status(status, "No"), times=None)
        notes = Notes()

        await synced(wire, TABLE, clock, notes)

        assert ["slash commands not changed"] == [event for event, _ in notes.noted]
        assert calls == far.count["get_global_application_commands"]
