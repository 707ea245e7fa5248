"""A story is played into the ledger as if it had happened."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Row, Table, select

from memory.address import to_url
from memory.database import Database
from memory.holder import Holder
from memory.ledger import SqlLedger
from memory.schema import upgrade
from memory.tables import conversation, heard, said, turn
from service.memory_lines import Said
from service.memory_story import Story, StoryClock

BEGIN = datetime(2026, 3, 2, 19, tzinfo=UTC)


class Told:
    """A story over a database of its own."""

    def __init__(self, database: Database) -> None:
        self.database = database
        clock = StoryClock()
        ledger = SqlLedger(database, clock, Holder.me(), lease_s=20, rang=lambda _: None)
        self.story = Story(database, ledger, clock)
        self._count = 0

    def says(self, user: str, text: str, chat: str = "c", kind: str = "dm") -> None:
        """*user* says *text*, a minute after what was said before; the first line is called 1."""
        self._count += 1
        line = {"op": "msg", "id": self._count, "chat": chat, "chat_type": kind, "user": user}
        time = (BEGIN + timedelta(minutes=self._count)).isoformat()
        self.story.says(Said.model_validate(line | {"time": time, "text": text}))

    async def rows(self, table: Table) -> list[Row[Any]]:
        """All of *table*, by age."""
        return await self.database.read(
            lambda found: list(found.execute(select(table).order_by(*table.primary_key)).all())
        )


@pytest.fixture
async def told(tmp_path: Path) -> AsyncIterator[Told]:
    """Nothing happened yet."""
    async with Database(to_url(f"sqlite:///{tmp_path / 'story.db'}")) as database:
        await upgrade(database)
        yield Told(database)


async def test_what_people_say_is_answered_in_one_turn(told: Told) -> None:
    """Until we have spoken: what comes after that is another one."""
    for user, text in (("u", "hello"), ("u", "it's me"), ("bot", "Hi!"), ("u", "bye")):
        told.says(user, text)

    places = await told.story.plays()

    assert [1, 1] == list(places)
    lines, answers, turns = [await told.rows(one) for one in (heard, said, turn)]
    assert [("hello", "answered"), ("it's me", "answered"), ("bye", "answered")] == [
        (row.text, row.state) for row in lines
    ]
    assert [("Hi!", "delivered")] == [(row.text, row.state) for row in answers]
    assert [turns[0].id, turns[0].id, turns[1].id] == [row.turn_id for row in lines]
    assert BEGIN + timedelta(minutes=1) == lines[0].at


async def test_each_line_is_found_by_its_own_name(told: Told) -> None:
    """Whether it was heard or said."""
    told.says("u", "hello")
    told.says("bot", "Hi!")
    await told.story.plays()
    (line,), (answer,) = await told.rows(heard), await told.rows(said)

    assert {("heard", line.id): "1", ("said", answer.id): "2"} == told.story.told


async def test_chats_are_places_of_their_kind(told: Told) -> None:
    """We may be the first who speaks; a group is none that is private."""
    told.says("bot", "Good morning, all!", "g", "group")
    told.says("u", "hello", "d")

    places = await told.story.plays()

    known = {row.id: row.private for row in await told.rows(conversation)}
    assert [False, True] == [known[place] for place in places]
    assert places[1] == await told.story.place("d", "dm")
    assert () == tuple(await told.story.plays())
