"""The register keeps every version as it was when it first spoke."""

import asyncio
from dataclasses import replace

import pytest

from anima.errors import ConfigError
from memory.register import Register, Written
from memory.tables import choice, feedback, soul, turn
from tests.contracts.databases import Store, later, opened
from tests.contracts.ledgers import START, SqlLedgers

KU5 = Written("KU5.0", "gpu", "ku-5", "loras/ku5", 0.9, 0.95, 800, "sha256:5", "the first")
KU6 = Written("KU6.0", "gpu", "ku-6")


@pytest.fixture
async def store(sql_ledgers: SqlLedgers) -> Store:
    """An empty database of each kind."""
    return await opened(sql_ledgers)


@pytest.fixture
def register(store: Store) -> Register:
    """Its register."""
    return Register(store.database, store.ledgers.clock)


async def names(register: Register) -> list[str]:
    """Who is in it, the retired ones in brackets."""
    return [f"({one.name})" if one.retired_at else one.name for one in await register.versions()]


async def test_a_new_version_is_enrolled(register: Register) -> None:
    """All that makes a version is kept, with the time of its coming."""
    await register.enrol([KU5])

    version = await register.version("KU5.0")

    assert version is not None
    assert KU5 == Written(*(getattr(version, key) for key in KU5.__slots__))
    assert (START, None) == (version.registered_at, version.retired_at)


async def test_what_is_not_set_stays_so(register: Register) -> None:
    """A version without sampling of its own has none in the register."""
    await register.enrol([KU6])

    version = await register.version("KU6.0")

    assert version is not None
    assert (None, None, None) == (version.temperature, version.top_p, version.max_tokens)


async def test_versions_come_in_the_order_in_which_they_are_written(register: Register) -> None:
    """The order of the settings is kept, whatever the names are; later ones come after."""
    await register.enrol([replace(KU6, name=name) for name in ("b", "c", "a")])
    await register.enrol([replace(KU6, name=name) for name in ("0", "c", "b", "a")])

    assert ["b", "c", "a", "0"] == await names(register)


async def test_nobody_has_a_name_that_was_never_written(register: Register) -> None:
    """An unknown name finds nothing, nor does one that no database could hold."""
    await register.enrol([KU5])

    found = [await register.version(name) for name in ("KU7.0", "ku5.0", "", "\0", "\ud800")]

    assert [None] * 5 == found


async def test_the_same_again_changes_nothing(store: Store, register: Register) -> None:
    """A restart leaves the register as it is, also for one that has spoken."""
    await register.enrol([KU5, KU6])
    await store.speaks("KU5.0")
    before = await register.versions()
    store.ledgers.clock.advance(60)

    await register.enrol([KU5, KU6])

    assert before == await register.versions()


async def test_a_version_that_never_spoke_may_change(register: Register) -> None:
    """Until its first word a version is what is written last, under its first date."""
    await register.enrol([KU5])
    other = Written("KU5.0", "cpu", "other", "", None, None, 5, "", "new")

    await register.enrol([other])

    (version,) = await register.versions()
    assert other == Written(*(getattr(version, key) for key in KU5.__slots__))


@pytest.mark.parametrize(
    ("key", "value", "change"),
    [
        ("backend", "cpu", "backend 'gpu' and cannot become 'cpu'"),
        ("model", "ku-6", "model 'ku-5' and cannot become 'ku-6'"),
        ("adapter", "", "adapter 'loras/ku5' and cannot become ''"),
        ("temperature", 1.0, "temperature 0.9 and cannot become 1.0"),
        ("top_p", None, "top_p 0.95 and cannot become unset"),
        ("max_tokens", 801, "max_tokens 800 and cannot become 801"),
        ("dataset", "sha256:6", "dataset 'sha256:5' and cannot become 'sha256:6'"),
    ],
)
async def test_a_version_that_has_spoken_never_changes(
    store: Store, register: Register, key: str, value: object, change: str
) -> None:
    """The line names the version, what it was and would be, and what to do instead."""
    await register.enrol([KU5])
    await store.speaks("KU5.0")

    with pytest.raises(ConfigError) as refused:
        await register.enrol([replace(KU5, **{key: value})])

    assert (
        f"souls: 'KU5.0' has spoken as {change};"
        " a version never changes: give the new one a name of its own"
    ) == str(refused.value)


async def test_a_refused_change_leaves_all_as_it_was(store: Store, register: Register) -> None:
    """There is a line for each change, and nothing else of that start is kept."""
    await register.enrol([KU5, replace(KU6, name="KU1.0")])
    await store.speaks("KU5.0")
    before = await register.versions()

    with pytest.raises(ConfigError) as refused:
        await register.enrol([KU6, replace(KU5, model="other", top_p=None, notes="new")])

    assert 2 == len(str(refused.value).splitlines())
    assert before == await register.versions()


async def test_the_notes_may_change(store: Store, register: Register) -> None:
    """What is said about a version is no part of it."""
    await register.enrol([KU5])
    await store.speaks("KU5.0")

    await register.enrol([replace(KU5, notes="kinder than KU4.0")])

    version = await register.version("KU5.0")
    assert version is not None
    assert "kinder than KU4.0" == version.notes


async def test_what_no_database_stores_is_no_change(store: Store, register: Register) -> None:
    """A version is compared as it is kept: a NUL or half a character is not seen as another one."""
    odd = replace(KU5, model="ku\0-5", notes="half \ud83d")
    await register.enrol([odd])
    await store.speaks("KU5.0")

    await register.enrol([odd])

    version = await register.version("KU5.0")
    assert version is not None
    assert ("ku-5", "half ?") == (version.model, version.notes)


async def test_a_version_that_never_spoke_is_forgotten(register: Register) -> None:
    """One that is not written any more and to which nothing refers is gone."""
    await register.enrol([KU5, KU6])

    await register.enrol([KU6])

    assert ["KU6.0"] == await names(register)


async def test_a_version_that_has_spoken_is_retired(store: Store, register: Register) -> None:
    """It is kept for as long as a turn refers to it, and comes last."""
    await register.enrol([KU5, KU6])
    await store.speaks("KU5.0")
    store.ledgers.clock.advance(60)

    await register.enrol([KU6])

    assert ["KU6.0", "(KU5.0)"] == await names(register)
    version = await register.version("KU5.0")
    assert version is not None
    assert later(60) == version.retired_at


async def test_a_version_that_was_chosen_is_retired(store: Store, register: Register) -> None:
    """A choice refers to it, also one that was taken back."""
    await register.enrol([KU5, KU6])
    row = {"soul": "KU5.0", "percent": 100.0, "by": "telegram:1", "at": START}
    await store.add(choice, id=1, undone_at=START, undone_by="telegram:1", **row)

    await register.enrol([KU6])

    assert ["KU6.0", "(KU5.0)"] == await names(register)


async def test_a_version_that_was_rated_is_retired(store: Store, register: Register) -> None:
    """What people thought of it refers to it, whoever the turn says has spoken."""
    await register.enrol([KU5, KU6])
    place = await store.speaks("KU6.0")
    row = {"turn_id": 1, "said_id": 10, "conversation_id": place, "speaker": "telegram:5"}
    await store.add(feedback, verdict="good", soul="KU5.0", at=START, **row)

    await register.enrol([KU6])

    assert ["KU6.0", "(KU5.0)"] == await names(register)


async def test_it_retires_once(store: Store, register: Register) -> None:
    """The day of its retirement stays the first one."""
    await register.enrol([KU5])
    await store.speaks("KU5.0")
    for _ in range(2):
        store.ledgers.clock.advance(60)
        await register.enrol([KU6])

    version = await register.version("KU5.0")

    assert version is not None
    assert later(60) == version.retired_at


async def test_it_may_come_back_as_it_was(store: Store, register: Register) -> None:
    """A version that is written again is retired no more, and stands where it stood."""
    await register.enrol([KU5])
    await store.speaks("KU5.0")
    await register.enrol([KU6])

    await register.enrol([KU6, KU5])

    assert {"KU5.0", "KU6.0"} == set(await names(register))


async def test_it_may_not_come_back_as_another(store: Store, register: Register) -> None:
    """Also one that is retired has spoken."""
    await register.enrol([KU5])
    await store.speaks("KU5.0")
    await register.enrol([KU6])

    with pytest.raises(ConfigError, match="has spoken as model 'ku-5'"):
        await register.enrol([KU6, replace(KU5, model="ku-5b")])

    assert ["KU6.0", "(KU5.0)"] == await names(register)


@pytest.mark.parametrize(("key", "longest"), [("name", 128), ("backend", 64), ("dataset", 128)])
async def test_what_has_no_room_is_refused_at_once(
    store: Store, register: Register, key: str, longest: int
) -> None:
    """As many characters as the register has room for are taken, one more is a clear line."""
    await register.enrol([replace(KU5, **{key: "灵" * longest})])

    with pytest.raises(ConfigError, match=f"there is room for {longest}$") as refused:
        await register.enrol([replace(KU5, **{key: "灵" * (longest + 1)})])

    assert 1 == len(str(refused.value).splitlines())
    assert ["灵" * longest] == [getattr(row, key) for row in await store.rows(soul)]


async def test_two_that_start_at_once_enrol_once(store: Store, register: Register) -> None:
    """Processes that start together wait for each other, and both find what they want."""
    other = await store.another()
    registers = [register, Register(other.database, store.ledgers.clock)]
    for one in registers:
        await one.versions()

    async with asyncio.TaskGroup() as group:
        for one in registers * 3:
            group.create_task(one.enrol([KU5, KU6]))

    assert ["KU5.0", "KU6.0"] == await names(register)


async def test_what_speaks_for_nobody_counts_for_nobody(store: Store, register: Register) -> None:
    """A turn of the house's own keeps no version from being forgotten."""
    await register.enrol([KU5, KU6])
    await store.talk(1, "/help", "Here.", outcome="command")

    await register.enrol([KU6])

    assert [""] == [row.soul for row in await store.rows(turn)]
    assert ["KU6.0"] == await names(register)
