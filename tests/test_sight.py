"""What is looked at of all that people send, and what becomes of what cannot be had."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from anima.errors import SlowDown, Unfetched, Unreachable
from anima.model import Attachment, Conversation, Heard, Scene, Soul
from anima.sight import LONGEST_SIDE, PICTURE_BYTES, TEXT_BYTES, TEXT_CHARACTERS, Sight
from tests.cast import ANN, BOT, HOME, NOON, Notebook
from tests.pictures import jpeg, png

SEES = Soul("KU5.0", "default", sees=True)
BLIND = Soul("KU1.0", "default")


@dataclass
class Shelf:
    """The port `Fetches`: gives out what lies there, or raises it; *fetched* in this order."""

    files: Mapping[str, bytes | Exception]
    fetched: list[str] = field(default_factory=list)
    together: int = 0
    _now: int = 0

    async def fetch(self, conversation: Conversation, attachment: Attachment) -> bytes:
        assert conversation == HOME
        self.fetched.append(attachment.reference)
        self._now += 1
        self.together = max(self.together, self._now)
        await asyncio.sleep(0)
        self._now -= 1
        found = self.files[attachment.reference]
        if isinstance(found, Exception):
            raise found
        return found


def photo(reference: str = "a", **more: int) -> Attachment:
    """A picture as a platform describes it."""
    return Attachment("photo", reference, "image/jpeg", **more)


def paper(
    reference: str = "t", name: str = "notes.md", mime: str = "", size: int = 9
) -> Attachment:
    """A file."""
    return Attachment("document", reference, mime, size, name=name)


def scene(*attachments: Attachment, soul: Soul = SEES, **more: object) -> Scene:
    """Each of *attachments* came with a message of its own, 1, 2 and so on."""
    heard = tuple(
        Heard(number, ANN, "[photo]", NOON, NOON, str(number), attachments=(one,))
        for number, one in enumerate(attachments, start=1)
    )
    return Scene(HOME, True, "", (), heard, NOON, (soul,), **more)  # type: ignore[arg-type] # any


def sight(shelf: Shelf, notebook: Notebook | None = None) -> Sight:
    """Who looks, by what lies on the *shelf*."""
    return Sight({BOT: shelf}, notebook or Notebook())


async def test_pictures_are_seen_by_who_sees() -> None:
    """Each with the message that it came with, all fetched at once."""
    shelf = Shelf({"a": jpeg(1280, 960), "b": png(3, 4)})

    seen = await sight(shelf).see(scene(photo("a"), photo("b")))

    sizes = [(one.heard, one.picture and (one.picture.mime, one.picture.width)) for one in seen]
    assert [(1, ("image/jpeg", 1280)), (2, ("image/png", 3))] == sizes
    assert 2 == shelf.together


async def test_who_does_not_see_is_shown_nothing() -> None:
    """And nothing is fetched for it."""
    shelf = Shelf({"a": jpeg(1, 1)})

    assert () == await sight(shelf).see(scene(photo("a"), soul=BLIND))
    assert [] == shelf.fetched


async def test_a_picture_that_was_sent_as_a_file_is_a_picture() -> None:
    """Some people send them so, lest they lose anything."""
    sent = Attachment("document", "a", "image/png", 900, name="fox.png")

    (one,) = await sight(Shelf({"a": png(30, 40)})).see(scene(sent))

    assert one.picture is not None
    assert sent == one.attachment


async def test_of_many_pictures_the_newest_are_seen() -> None:
    """Four in one turn; nobody needs more to know what it is about."""
    shelf = Shelf({name: jpeg(9, 9) for name in "abcdef"})

    seen = await sight(shelf).see(scene(*map(photo, "abcdef")))

    assert [3, 4, 5, 6] == [one.heard for one in seen]
    assert list("cdef") == shelf.fetched


@pytest.mark.parametrize(
    "attachment",
    [
        photo("a", size_bytes=PICTURE_BYTES + 1),
        photo("a", width=LONGEST_SIDE + 1, height=5),
        photo(""),
        Attachment("sticker", "a", width=512, height=512),
        Attachment("voice", "a", "audio/ogg", 9, 3.0),
        Attachment("video", "a", "video/mp4", 9, 3.0),
        Attachment("location", name="52.52, 13.40"),
        paper("a", "archive.zip", "application/zip"),
        paper("a", size=TEXT_BYTES + 1),
        paper("a", size=0),
    ],
    ids=[
        *("heavy", "large", "not to be had", "sticker", "voice", "video", "place", "archive"),
        *("long text", "text of unknown size"),
    ],
)
async def test_what_is_not_worth_a_look_is_not_fetched(attachment: Attachment) -> None:
    """What is too large, and what nobody can make use of."""
    shelf = Shelf({"a": jpeg(1, 1)})

    assert () == await sight(shelf).see(scene(attachment))
    assert [] == shelf.fetched


@pytest.mark.parametrize(
    ("attachment", "content", "text"),
    [
        (paper(name="LIES.MD"), "# 雨\n小心地滑".encode(), "# 雨\n小心地滑"),
        (paper(name="a", mime="text/x-python"), b"print(1)\n", "print(1)"),
        (paper(name="a.csv"), "\ufeffname,数\nMei,1".encode(), "name,数\nMei,1"),
        (paper(name="a.txt"), "こんにちは".encode("utf-16"), "こんにちは"),
        (paper(name="a.json", mime="application/json"), b"{}", "{}"),
        (paper(), b"x" * (TEXT_CHARACTERS + 1), "x" * TEXT_CHARACTERS + " […]"),
        (paper(), b"x" * TEXT_CHARACTERS, "x" * TEXT_CHARACTERS),
    ],
    ids=["markdown", "code", "with a mark", "utf-16", "json", "long", "just not too long"],
)
@pytest.mark.parametrize("soul", [SEES, BLIND], ids=["who sees", "who does not"])
async def test_small_files_of_text_are_read(
    attachment: Attachment, content: bytes, text: str, soul: Soul
) -> None:
    """By everybody, cut to what a prompt has room for."""
    (one,) = await sight(Shelf({"t": content})).see(scene(attachment, soul=soul))

    assert (1, attachment, None, text) == (one.heard, one.attachment, one.picture, one.text)


@pytest.mark.parametrize(
    ("attachment", "content"),
    [
        (photo("t"), b"%PDF"),
        (photo("t"), jpeg(LONGEST_SIDE + 1, 9)),
        (photo("t"), jpeg(9, 9) + b"\0" * PICTURE_BYTES),
        (paper(), b"\xff\xfe\x00\xd8"),
        (paper(), "中文".encode("gb18030")),
        (paper(), b"MZ\0\0"),
        (paper(), b"  \n"),
        (paper(), b"x" * (TEXT_BYTES + 1)),
        (photo("t"), Unfetched("gone")),
        (photo("t"), Unreachable("away")),
        (photo("t"), SlowDown(7)),
    ],
    ids=[
        *("no picture", "large after all", "heavy after all", "half a character", "other letters"),
        *("no text", "empty", "long after all", "gone", "away", "too many"),
    ],
)
async def test_what_cannot_be_seen_stays_what_its_message_says(
    attachment: Attachment, content: bytes | Exception
) -> None:
    """The others are seen, and it is noted, without a name and without a byte of it."""
    notebook, fine = Notebook(), photo("b")
    shelf = Shelf({"t": content, "b": jpeg(9, 9)})

    seen = await sight(shelf, notebook).see(scene(attachment, fine))

    assert [fine] == [one.attachment for one in seen]
    ((event, facts),) = notebook.noted
    assert ("not seen", {"kind", "reason"}) == (event, set(facts))
    assert "notes.md" not in str(facts)


async def test_what_was_seen_is_not_fetched_again() -> None:
    """Somebody adds a word before the answer: their pictures are there already."""
    shelf = Shelf({"a": jpeg(9, 9), "b": jpeg(8, 8)})
    first = await sight(shelf).see(scene(photo("a")))

    both = await sight(shelf).see(scene(photo("a"), photo("b"), seen=first))

    assert ["a", "b"] == shelf.fetched
    assert [1, 2] == [one.heard for one in both]


async def test_where_nothing_can_be_had_nothing_is_seen() -> None:
    """A platform that has no way to its files is no trouble."""
    notebook = Notebook()

    assert () == await Sight({}, notebook).see(scene(photo("a")))
    assert [] == notebook.noted
