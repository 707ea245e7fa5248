"""A group's evening on Discord as people there see it: run with -s to read it."""

import asyncio
import base64
import sqlite3
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pytest

from tests.far_side.discord import Call, Channel, Discord, Interaction, Person
from tests.far_side.discord.wire import Json
from tests.far_side.model import ModelServer
from tests.far_side.replies import Body
from tests.living import Living, Nursery
from tests.pictures import png

pytestmark = pytest.mark.slow

PROMPT_S: Final = 30.0
POT: Final = png(640, 480)
STORY: Final = ("First the lake froze.", "Then the fox came.", "Since then nobody hunts there.")
ANSWERS: Final[Mapping[str, str]] = {
    "cook tonight": "Soup, I think.",
    "放什么": "豆腐和蘑菇。",
    "食後の曲": "「月の光」かな。",
    "rice take": "Twelve minutes.",
    "どの楽器": "ピアノがいいな。",
    "这是什么": "一锅汤，看起来很香。",
    "tell us a story": "\n\n".join(STORY),
    "Good night": "Good night, all of you.",
}


def newest(body: Body) -> str:
    """What is to be answered, without what is told beside it."""
    content = body["messages"][-1]["content"]
    text = content if isinstance(content, str) else content[0]["text"]
    return str(text).rpartition("‹now›")[2]


def answer(body: Body) -> str:
    """The same to the same question, whenever it is asked."""
    asked = newest(body)
    return next((said for words, said in ANSWERS.items() if words in asked), "Hm.")


def settings(far: Discord, model: ModelServer, admin: Person) -> str:
    """An `anima.toml` for these far sides."""
    return f"""
[discord]
token = "{far.token}"
api_base = "{far.api}"

[web]
port = 0

[access]
admins = ["discord:{admin.id}"]

[memory]
embeddings = "off"

[backends.default]
kind = "openai"
base_url = "{model.url}"
context = 32768

[[souls]]
name = "KU1.0"
model = "base"
sees = true

[pace]
linger_s = 0.5
typing = false
"""


@dataclass
class Evening:
    """Three people, their server, the avatar, and what each of them was told alone."""

    far: Discord
    model: ModelServer
    folder: Path
    people: Mapping[str, Person]
    general: Channel
    anima: Living
    alone: list[Interaction] = field(default_factory=list)

    async def hears(self, text: str, place: Channel | None = None) -> Json:
        """Wait for the bubble *text*, which is there once."""
        where = place or self.general

        def there() -> Json | None:
            found = [one for one in where.messages.values() if one["content"] == text]
            return found[0] if found else None

        return await self.far.sees(there, timeout=PROMPT_S)

    async def uses(self, name: str, command: str, **given: Any) -> Interaction:
        """What came of a command that somebody used."""
        asked = self.far.uses(self.people[name], self.general, command, **given)
        self.alone.append(asked)
        await self.far.sees(lambda: asked.texts, timeout=PROMPT_S)
        return asked

    def kills_at(self, text: str) -> asyncio.Event:
        """Kill it once the bubble *text* stands there, before it learns of that."""
        killed = asyncio.Event()

        def seen(call: Call) -> None:
            if call.fields.get("content") == text and not killed.is_set():
                self.anima.kill()
                killed.set()

        self.far.on("create_message", seen)
        return killed

    def said(self, place: Channel) -> list[str]:
        """All that the avatar said in *place*."""
        return [one.text for one in self.far.messages(place) if one.author == "Anima"]

    def told(self) -> str:
        """All that the model was ever told."""
        return str([request.body["messages"] for request in self.model.requests])

    def rows(self, query: str) -> list[Any]:
        """What the ledger holds."""
        with closing(sqlite3.connect(self.folder / "data" / "anima.db")) as ledger:
            return list(ledger.execute(query))

    def transcript(self, *places: Channel) -> str:
        """The evening as people saw it."""
        lines: list[str] = []
        for place in places:
            lines += ["", f"#{place.name}"]
            shown = self.far.messages(place)
            begins = {one.id: one.text[:24] for one in shown}
            for one in shown:
                points = f"  ↪ {begins.get(one.reply_to or 0, '…')}" if one.reply_to else ""
                files = "".join(f" 📎{name}" for name in one.files)
                edited = " (edited)" if one.edited else ""
                lines.append(f"  {one.author}: {one.text}{edited}{files}{_faces(place, one.id)}")
                lines += [f"      {points}"] if points else []
        for asked in self.alone:
            hidden = "only they see it" if all(asked.hidden) else "all see it"
            lines += ["", f"/{asked.body['data']['name']} by {asked.person.name}, {hidden}:"]
            lines += [f"    {line}" for text in asked.texts for line in text.splitlines()]
        return "\n".join(lines)


def _faces(place: Channel, message: int) -> str:
    found = [emoji for (id_, emoji), people in place.reactions.items() if id_ == message and people]
    return f" {' '.join(found)}" if found else ""


@asynccontextmanager
async def evening(folder: Path, born: Nursery) -> AsyncIterator[Evening]:
    """The server, and a process that hears it."""
    async with Discord() as far, ModelServer() as model:
        model.otherwise = answer
        people = {
            "Ann": far.person("Ann"),
            "小波": far.person("小波", language="zh-CN"),
            "ゆき": far.person("ゆき", language="ja"),
        }
        general = far.channel(far.guild("Friends", *people.values()), "general")
        anima = Living(folder, born, settings(far, model, people["Ann"])).start()
        try:
            await far.sees(lambda: far.connected and far.commands(), timeout=PROMPT_S)
            yield Evening(far, model, folder, people, general, anima)
        finally:
            anima.kill()
            print(anima.log)  # noqa: T201 - shown when the test fails


async def test_an_evening_among_friends(tmp_path: Path, born: Nursery) -> None:
    """Mention, reply, name, edit, deletion, thumb, thread, picture, commands, and a kill."""
    async with evening(tmp_path, born) as night:
        far, general, us = night.far, night.general, night.far.me.mention
        ann, bo, yuki = night.people.values()

        # a mention, a reply, a name
        asked = far.says(ann, general, f"{us} what shall we cook tonight?")
        soup = await night.hears("Soup, I think.")
        far.says(bo, general, "好，放什么？", reply_to=soup)
        await night.hears("豆腐和蘑菇。")
        far.says(yuki, general, "Kokoro、食後の曲は？")
        moon = await night.hears("「月の光」かな。")

        # second thoughts
        rice = far.says(ann, general, f"{us} how long does rice ache?")
        far.edits(rice, f"{us} how long does rice take?")
        regret = far.says(bo, general, "别告诉别人：canary")
        far.deletes(regret)
        await night.hears("Twelve minutes.")

        # a thumb, a thread, a picture
        far.reacts(ann, soup, "👍")
        thread = far.thread(yuki, general, "音楽", moon)
        far.says(yuki, thread, f"{us} どの楽器？")
        await night.hears("ピアノがいいな。", thread)
        far.says(
            bo,
            general,
            f"{us} 这是什么？",
            attachments={"pot.png": POT},
            told={"width": 640, "height": 480},
        )
        await night.hears("一锅汤，看起来很香。")

        # commands
        dial = await night.uses("Ann", "talk", dial="3")
        memory = await night.uses("ゆき", "memory what")

        # killed with one bubble there and two to come
        killed = night.kills_at(STORY[0])
        far.says(ann, general, f"{us} tell us a story")
        await asyncio.wait_for(killed.wait(), PROMPT_S)
        night.anima.start()
        await night.hears(STORY[-1])
        far.says(ann, general, "Good night!", reply_to=soup)
        await night.hears("Good night, all of you.")

        print(night.transcript(general, thread))  # noqa: T201 - what it is for
        rated = night.rows("SELECT verdict, speaker FROM feedback")
        told, said, alone = night.told(), night.said(general), night.said(thread)
        pictures = base64.b64encode(POT).decode()

    assert [*_before_the_story(), *STORY, "Good night, all of you."] == said
    assert ["ピアノがいいな。"] == alone
    assert asked["id"] == soup["message_reference"]["message_id"]
    assert "‹answers you: “Soup, I think.”›" in told
    assert (True, False, False) == ("rice take" in told, "rice ache" in told, "canary" in told)
    assert pictures in told
    assert [("good", f"discord:{ann.id}")] == rated
    assert dial.texts[0].startswith("/talk 3 · ")
    assert all(memory.hidden)


def _before_the_story() -> list[str]:
    here = ("cook tonight", "放什么", "食後の曲", "rice take", "这是什么")
    return [ANSWERS[words] for words in here]
