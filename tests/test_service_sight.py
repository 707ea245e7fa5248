"""Pictures, files, albums and quotes from the update to the prompt, through the whole service."""

import base64
import logging
from collections.abc import Sequence
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from structlog.testing import capture_logs

from tests.far_side import replies
from tests.far_side.botapi import Fault
from tests.far_side.replies import Body, Reply
from tests.inside import Inside, living_inside
from tests.pictures import jpeg

pytestmark = [pytest.mark.jumping, pytest.mark.slow]

SEES: Sequence[dict[str, object]] = [{"name": "KU1.0", "model": "base", "sees": True}]
FOX = {320: jpeg(320, 240) + b"small canary", 1280: jpeg(1280, 960) + b"large canary"}
RAIN = {1280: jpeg(1280, 853) + b"rain canary"}
SEA = {1280: jpeg(1280, 720) + b"sea canary"}

ROOMY = 32_768
"""A context that has room for several pictures."""

LOOK = {"en": "What is this?", "zh": "这是什么动物？", "ja": "これは何ですか？"}
LANGUAGE = {"en": "English", "zh": "Chinese", "ja": "Japanese"}


def newest(inside: Inside, which: int = -1) -> str:
    """The words of the message that the model is to answer."""
    content = inside.model.requests[which].body["messages"][-1]["content"]
    return str(content if isinstance(content, str) else content[0]["text"])


def heard(inside: Inside) -> str:
    """What was just heard, without the late block."""
    return newest(inside).rpartition("\n\n")[2]


def pictures(inside: Inside, which: int = -1) -> list[bytes]:
    """The pictures that the model was shown with it."""
    content = inside.model.requests[which].body["messages"][-1]["content"]
    parts: list[Any] = [] if isinstance(content, str) else content[1:]
    urls = [part["image_url"]["url"] for part in parts]
    assert all(url.startswith("data:image/jpeg;base64,") for url in urls)
    return [base64.b64decode(url.partition(",")[2]) for url in urls]


def numbered(body: Body) -> str:
    """Another answer to each question, lest one be taken for a repeat."""
    return f"Seen {len(body['messages'])}."


@pytest.mark.parametrize("language", ["en", "zh", "ja"])
async def test_a_picture_reaches_a_model_that_sees(language: str, tmp_path: Path) -> None:
    """In the size that fits, with its caption, and answered in the caption's language."""
    async with living_inside(tmp_path, souls=SEES) as inside:
        ann = inside.person(language=language)
        inside.telegram.shows(ann, ann, FOX, LOOK[language])

        await inside.gets(ann)

        assert [FOX[1280]] == pictures(inside)
        assert f"[photo] {LOOK[language]}" == heard(inside)
        assert f"answer in {LANGUAGE[language]}" in newest(inside)


async def test_old_pictures_are_words(tmp_path: Path) -> None:
    """What stands before the newest message is the same bytes as before, for who sees as well."""
    async with living_inside(tmp_path, souls=SEES) as inside:
        inside.model.otherwise = numbered
        ann = inside.person()
        inside.telegram.shows(ann, ann, FOX, "look")
        await inside.gets(ann)
        inside.telegram.says(ann, ann, "cute?")
        await inside.gets(ann, 2)

        inside.telegram.shows(ann, ann, RAIN)
        await inside.gets(ann, 3)

        talk = inside.model.requests[-1].body["messages"][1:-1]
        assert ["[photo] look", "cute?"] == [one["content"] for one in talk[::2]]
        assert [[FOX[1280]], [], [RAIN[1280]]] == [pictures(inside, n) for n in (0, 1, 2)]


async def test_a_model_that_does_not_see_is_told_in_words(tmp_path: Path) -> None:
    """And nothing is fetched for it."""
    async with living_inside(tmp_path) as inside:
        ann = inside.person()
        inside.telegram.shows(ann, ann, FOX, "look")

        await inside.gets(ann)

        assert "[photo] look" == heard(inside)
        assert [] == pictures(inside)
        assert 0 == inside.telegram.count["getFile"]


@pytest.mark.parametrize(
    ("method", "fault"),
    [
        ("getFile", Fault.status(400, "Bad Request: file is too big")),
        ("getFile", Fault.status(500, "Internal Server Error")),
        ("getFile", Fault.slow_down(30)),
        ("getFile", Fault.hang()),
        ("file", Fault.status(404, "Not Found")),
        ("file", Fault.cut()),
        ("file", Fault.torn()),
        ("file", Fault.hang()),
    ],
    ids=[
        *("too big", "500", "429", "never told where"),
        *("gone", "cut", "torn", "never comes"),
    ],
)
async def test_the_turn_goes_on_without_a_picture(
    method: str, fault: Fault, tmp_path: Path
) -> None:
    """It stays a word in brackets, and the answer comes."""
    async with living_inside(tmp_path, souls=SEES) as inside:
        ann = inside.person()
        inside.telegram.faults.add(method, fault, times=None)
        inside.telegram.shows(ann, ann, FOX, "look")

        with capture_logs() as lines:
            await inside.gets(ann)

        assert "[photo] look" == heard(inside)
        assert [] == pictures(inside)
        (unseen,) = [line for line in lines if line["event"] == "not seen"]
        assert "127.0.0.1" not in str(unseen)
        assert "42:TEST" not in str(unseen)


async def test_a_server_that_takes_no_pictures_costs_nobody_the_answer(tmp_path: Path) -> None:
    """Where the settings say that it sees, and it does not."""

    def picky(body: Body) -> str | Reply:
        shows = isinstance(body["messages"][-1]["content"], list)
        return replies.error(400, "no image input", "x") if shows else "I see."

    async with living_inside(tmp_path, souls=SEES) as inside:
        inside.model.otherwise = picky
        ann = inside.person()
        inside.telegram.shows(ann, ann, FOX)

        assert ["I see."] == await inside.gets(ann)


async def test_no_log_has_a_picture(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Neither its bytes nor its letters, also when the model's server breaks."""
    caplog.set_level(logging.DEBUG)
    async with living_inside(tmp_path, souls=SEES) as inside:
        inside.model.script(replies.error(400, "odd", "x"))
        ann = inside.person()
        with capture_logs() as lines:
            inside.telegram.shows(ann, ann, FOX, "look")
            await inside.gets(ann)
            await inside.rests()

        told = f"{lines}{caplog.text}"
        assert "canary" not in told
        assert base64.b64encode(FOX[1280]).decode()[:40] not in told
        assert "canary" not in str(inside.rows("SELECT * FROM heard"))


async def test_an_album_is_one_turn(tmp_path: Path) -> None:
    """However its parts come: one answer, the caption once, all pictures."""
    async with living_inside(tmp_path, souls=SEES, context=ROOMY) as inside:
        ann = inside.person()
        inside.telegram.album(ann, ann, [FOX, RAIN, SEA], "我们的旅行")

        await inside.gets(ann)
        await inside.rests()

        assert 1 == len(inside.telegram.texts(ann)) == len(inside.model.requests)
        assert "[photo] ×3 我们的旅行" == heard(inside)
        assert [FOX[1280], RAIN[1280], SEA[1280]] == pictures(inside)


async def test_an_album_in_a_group_follows_its_caption(tmp_path: Path) -> None:
    """Only one part calls us, and not the first; all are seen, and the answer points at that."""
    async with living_inside(tmp_path, souls=SEES, context=ROOMY) as inside:
        ann, bob = inside.person(), inside.person(8, "Bob")
        group = inside.telegram.group(-100, "Friends")
        inside.telegram.says(group, bob, "hm")
        caption = "@anima_test_bot どう？"
        *_, captioned = inside.telegram.album(group, ann, [FOX, RAIN], caption, captioned=1)

        await inside.gets(group)
        await inside.rests()

        (sent,) = inside.telegram.sent
        assert captioned["message"]["message_id"] == sent.reply_to
        assert "‹Ann› [photo] ×2 @anima_test_bot どう？" == heard(inside)
        assert [FOX[1280], RAIN[1280]] == pictures(inside)


async def test_of_a_large_album_some_are_seen(tmp_path: Path) -> None:
    """Four, the newest; the words count all."""
    async with living_inside(tmp_path, souls=SEES, context=ROOMY) as inside:
        ann = inside.person()
        inside.telegram.album(ann, ann, [FOX] * 4 + [RAIN, SEA], "trip")

        await inside.gets(ann)

        assert "[photo] ×6 trip" == heard(inside)
        assert [FOX[1280], FOX[1280], RAIN[1280], SEA[1280]] == pictures(inside)


async def test_a_small_context_has_room_for_few_pictures(tmp_path: Path) -> None:
    """The newest is seen, and the words count all."""
    async with living_inside(tmp_path, souls=SEES) as inside:
        ann = inside.person()
        inside.telegram.album(ann, ann, [FOX, RAIN, SEA])

        await inside.gets(ann)

        assert "[photo] ×3" == heard(inside)
        assert SEA[1280] == pictures(inside)[-1]
        assert len(pictures(inside)) < 3


@pytest.mark.parametrize(
    ("name", "mime", "text"),
    [
        ("notes.md", "text/markdown", "# Rain\nBring a coat."),
        ("日记.txt", "text/plain", "今天下雨了。"),
        ("予定.csv", "text/comma-separated-values", "日,予定\n1,歯医者"),
    ],
    ids=["en", "zh", "ja"],
)
async def test_a_small_file_of_text_is_read(
    name: str, mime: str, text: str, tmp_path: Path
) -> None:
    """By every model, as what somebody sent; the next turn has its name alone."""
    async with living_inside(tmp_path) as inside:
        inside.model.otherwise = numbered
        ann = inside.person()
        inside.telegram.sends(ann, ann, text.encode(), name, mime=mime)
        await inside.gets(ann)
        first = heard(inside)

        inside.telegram.says(ann, ann, "ok")
        await inside.gets(ann, 2)

        assert first.startswith(f"[file: {name}]\n‹the file {name} that they sent;")
        assert first.endswith(f"{text}\n‹end of the file›")
        assert f"[file: {name}]" == inside.model.requests[-1].body["messages"][1]["content"]
        assert [f"[file: {name}]", "ok"] == inside.rows("SELECT text FROM heard")


async def test_other_files_are_names(tmp_path: Path) -> None:
    """Nothing of an archive is read."""
    async with living_inside(tmp_path) as inside:
        ann = inside.person()
        inside.telegram.sends(ann, ann, b"PK\x03\x04", "a.zip", mime="application/zip")

        await inside.gets(ann)

        assert "[file: a.zip]" == heard(inside)
        assert 0 == inside.telegram.count["getFile"]


async def test_what_is_quoted_is_told_with_whose_it_is(tmp_path: Path) -> None:
    """A line of another person from long before, and the part of ours that was picked."""
    async with living_inside(tmp_path) as inside:
        inside.model.otherwise = numbered
        ann, bob = inside.person(), inside.person(8, "小波", "zh")
        group = inside.telegram.group(-100, "Friends")
        fox = inside.telegram.says(group, bob, "我看见一只狐狸")
        for n in range(8):
            inside.telegram.says(group, ann, f"filler {n}")
        await inside.until(lambda: not inside.telegram.pending)
        await inside.rests()

        inside.telegram.says(group, ann, "@anima_test_bot true?", reply_to=fox)
        await inside.gets(group)
        first = heard(inside)
        (ours,) = inside.telegram.sent
        inside.telegram.says(group, ann, "本当？", reply_to=ours, quote="Seen")
        await inside.gets(group, 2)

        assert "‹Ann› ‹answers 小波: “我看见一只狐狸”› @anima_test_bot true?" == first
        assert "‹Ann› ‹answers you: “Seen”› 本当？" == heard(inside)


async def test_what_is_quoted_in_a_group_stays_there(tmp_path: Path) -> None:
    """In private nobody hears of it, and in the next turn it is not said again."""
    async with living_inside(tmp_path) as inside:
        inside.model.otherwise = numbered
        ann, bob = inside.person(), inside.person(8, "Bob")
        group = inside.telegram.group(-100, "Friends")
        secret = inside.telegram.says(group, bob, "the canary sings")
        await inside.until(lambda: not inside.telegram.pending)
        await inside.rests()
        inside.telegram.says(group, ann, "@anima_test_bot hm", reply_to=secret, quote="canary")
        await inside.gets(group)
        told = heard(inside)

        inside.telegram.says(ann, ann, "What does the canary do?")
        await inside.gets(ann)

        assert "‹answers Bob: “canary”›" in told
        assert "sings" not in str(inside.model.requests[-1].body)
        assert "‹answers" not in str(inside.model.requests[-1].body)


async def test_places_stickers_and_cards_are_told(tmp_path: Path) -> None:
    """About where, which set, and whose card; no number of anybody."""
    async with living_inside(tmp_path, pace={"linger_s": 1.2}) as inside:
        ann = inside.person()
        where = {"latitude": 52.51628, "longitude": 13.37770}
        venue = {"title": "Brandenburger Tor", "address": "Berlin", "location": where}
        look = {"type": "regular", "width": 9, "height": 9, "is_animated": False}
        file = inside.telegram.keeps(b"RIFF", "s.webp") | look | {"is_video": False}
        inside.telegram.says(ann, ann, venue=venue, location=where)
        inside.telegram.says(ann, ann, location=where)
        inside.telegram.says(ann, ann, sticker=file | {"emoji": "🦊", "set_name": "Foxes"})
        card = {"phone_number": "+49301234567", "first_name": "Mei"}
        inside.telegram.says(ann, ann, contact=card)

        await inside.gets(ann)

        assert [
            "[location: Brandenburger Tor · 52.52, 13.38]",
            "[location: 52.52, 13.38]",
            "[sticker: 🦊 · Foxes]",
            "[contact: Mei]",
        ] == heard(inside).splitlines()


def expressive(folder: Path) -> str:
    """Kokoro, who has reactions."""
    persona = folder / "persona"
    copytree(Path("personas/kokoro"), persona)
    toml = persona / "persona.toml"
    told = toml.read_text("utf-8")
    toml.write_text(told.replace("\n[", '\nreactions = ["❤", "👀"]\n\n[', 1), "utf-8")
    return str(persona)


@pytest.mark.parametrize("language", ["en", "zh", "ja"])
async def test_she_reacts_to_what_she_answers(language: str, tmp_path: Path) -> None:
    """The face is under the message; where that is all, nothing else is sent."""
    async with living_inside(tmp_path, persona=expressive(tmp_path)) as inside:
        inside.model.script("[react ❤]", f"[react 👀] {LOOK[language]}")
        ann = inside.person(language=language)
        group = inside.telegram.group(-100, "Friends")
        asked = inside.telegram.says(group, ann, f"@anima_test_bot {LOOK[language]}")
        await inside.until(lambda: inside.telegram.reactions(group))
        inside.telegram.says(ann, ann, LOOK[language])

        await inside.gets(ann)

        assert {asked["message"]["message_id"]: "❤"} == inside.telegram.reactions(group)
        assert [] == inside.telegram.texts(group)
        assert ["👀"] == [*inside.telegram.reactions(ann).values()]
        assert [LOOK[language]] == inside.telegram.texts(ann)
        assert "[react ❤], with one of ❤ 👀." in str(inside.model.requests[0].body)


async def test_where_nobody_may_react_the_face_is_sent(tmp_path: Path) -> None:
    """And in mid-trouble the reaction waits as words do."""
    async with living_inside(tmp_path, persona=expressive(tmp_path)) as inside:
        inside.model.script("[react ❤]")
        ann = inside.person()
        inside.telegram.faults.add("setMessageReaction", Fault.slow_down(3))
        refused = Fault.status(400, "Bad Request: REACTION_INVALID")
        inside.telegram.faults.add("setMessageReaction", refused)
        inside.telegram.says(ann, ann, "look")

        assert ["❤"] == await inside.gets(ann)
        assert 2 == inside.telegram.count["setMessageReaction"]
        assert {} == inside.telegram.reactions(ann)
