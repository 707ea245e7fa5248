"""What comes with Discord's messages besides words, as we keep it, and what they answer."""

from collections.abc import Mapping
from typing import Any

import pytest

from anima.model import Attachment, Edited, Incoming, Quote, Speaker
from bots.discord.attached import SCALED_SIDE, Source, attachments
from bots.discord.events import Event
from bots.discord.incoming import Reader
from bots.discord.rooms import Rooms
from bots.quoting import LONGEST

ME = "42"
LIN = {"id": "7", "username": "lin", "global_name": "林月"}
KEN = {"id": "8", "username": "ken", "global_name": "健"}
US = {"id": ME, "username": "anima", "bot": True}
AT = "https://cdn.discordapp.com/attachments/100/31/a?ex=1"
PROXY = "https://media.discordapp.net/attachments/100/31/a?ex=1"


def file(kind: str = "", name: str = "a", **more: Any) -> dict[str, Any]:
    """A file as a message carries it."""
    facts = {"id": "31", "filename": name, "size": 900, "url": AT, "content_type": kind}
    return {**facts, **more}


def said(text: str = "see", **more: Any) -> dict[str, Any]:
    """Lin's message in a channel of a server."""
    where = {"channel_id": "100", "guild_id": "900"}
    return {"id": "1450000000000000001", **where, "author": LIN, "content": text, **more}


def heard(message: Mapping[str, Any], kind: str = "MESSAGE_CREATE") -> Any:
    """What *message* means."""
    reader = Reader(ME, "Anima", lambda: {"": ("Kokoro",)}, Rooms(ME))
    (arrival,) = reader.arrivals(Event(kind, message))
    return arrival.meaning


def brought(*files: Mapping[str, Any], **more: Any) -> tuple[Attachment, ...]:
    """What a message with *files* brings."""
    found = heard(said(attachments=list(files), **more))
    assert isinstance(found, Incoming)
    return found.attachments


@pytest.mark.parametrize(
    ("kind", "named"),
    [
        ("image/png", "photo"),
        ("image/gif", "animation"),
        ("video/mp4", "video"),
        ("audio/mpeg", "audio"),
        ("text/plain; charset=utf-8", "document"),
        ("", "document"),
    ],
)
def test_a_file_is_of_a_kind(kind: str, named: str) -> None:
    """With all that Discord tells of it, and where it lies, by which message."""
    (one,) = brought(file(kind, "日记.txt", width=640, height=480, duration_secs=2.5))

    assert (named, kind, "日记.txt") == (one.kind, one.mime, one.name)
    assert (900, 640, 480, 2.5) == (one.size_bytes, one.width, one.height, one.duration_s)
    assert Source("1450000000000000001", "31", AT) == Source.of(one.reference)


def test_a_voice_message_lasts_so_long() -> None:
    """Discord marks the message; its waveform tells nobody anything."""
    (one,) = brought(file("audio/ogg", duration_secs=3.25, waveform="AAAA"), flags=8192)

    assert ("voice", 3.25, "") == (one.kind, one.duration_s, one.name)


def test_a_sticker_is_a_name() -> None:
    """It cannot be looked at; a poll is words alone."""
    found = heard(
        said(sticker_items=[{"id": "1", "name": "挥手"}], poll={"question": {"text": "?"}})
    )

    assert (Attachment("sticker", name="挥手"),) == found.attachments


def test_several_files_stand_in_their_order() -> None:
    """What is passed on comes after what is brought."""
    snapshot = {"message": {"content": "", "attachments": [file("image/png", "c", id="33")]}}
    found = brought(
        file(name="a"),
        file(name="b", id="32"),
        message_reference={"type": 1, "message_id": "5", "channel_id": "6"},
        message_snapshots=[snapshot],
    )

    assert ["a", "b", "c"] == [one.name for one in found]
    last = Source.of(found[-1].reference)
    assert last is not None
    assert ("1450000000000000001", "33") == (last.message, last.file)


@pytest.mark.parametrize(
    ("more", "smaller"),
    [
        ({"width": 4000, "height": 3000}, (1280, 960)),
        ({"width": 900, "height": 9000}, (128, 1280)),
        ({"width": 1000, "height": 800, "size": 9_000_000}, (1000, 800)),
        ({"size": 9_000_000}, (0, 0)),
    ],
    ids=["huge", "tall", "heavy", "measured by nobody"],
)
def test_a_picture_that_is_too_large_is_had_smaller(
    more: Mapping[str, Any], smaller: tuple[int, int]
) -> None:
    """Discord's proxy makes it so."""
    (one,) = brought(file("image/png", proxy_url=PROXY, **more))

    where = Source.of(one.reference)
    assert where is not None
    wide, high = smaller
    assert f"{PROXY}&format=webp&width={wide}&height={high}" == where.address
    assert (smaller, "image/webp", 0) == ((one.width, one.height), one.mime, one.size_bytes)
    assert max(smaller) <= SCALED_SIDE


def test_a_picture_is_had_as_it_is_where_there_is_no_proxy() -> None:
    """Or where nothing has to be made smaller, and of files always."""
    large = {"width": 4000, "height": 3000}
    found = brought(
        file("image/png", **large),
        file("image/png", proxy_url=PROXY, width=2048, height=100),
        file("video/mp4", proxy_url=PROXY, **large),
    )

    assert [AT] * 3 == [where.address for one in found if (where := Source.of(one.reference))]


def test_a_question_mark_begins_what_a_proxy_is_asked() -> None:
    """Where its address has none."""
    (one,) = brought(file("image/png", proxy_url="https://x/a", width=4000, height=4000))

    assert one.reference.endswith("/31/https://x/a?format=webp&width=1280&height=1280")


@pytest.mark.parametrize("odd", [{}, {"id": "31"}, {"url": AT}, {"id": "31", "url": ""}])
def test_what_lies_nowhere_is_not_to_be_had(odd: Mapping[str, Any]) -> None:
    """It is told of all the same."""
    assert (Attachment("document"),) == brought(odd)


@pytest.mark.parametrize("odd", ["wide", None, -1, 0, float("inf"), float("nan"), [], True])
def test_odd_measures_are_none(odd: object) -> None:
    """Whatever Discord sends, the message is heard."""
    (one,) = brought(file("image/png", width=odd, duration_secs=odd))

    assert one.width in {0, 1}


def test_a_reference_of_another_form_is_no_source() -> None:
    """As there may be some by another version of ours."""
    assert [None, None] == [Source.of("x"), Source.of("")]


def test_who_brings_nothing_has_none() -> None:
    """And what is asked of a message alone is the same as what is heard."""
    message = said(attachments=[file()])

    assert () == brought()
    assert attachments(message) == heard(message).attachments


def test_an_edit_keeps_what_stands_in_the_message() -> None:
    """Its words are new, and its files are still told of."""
    edited = said("new", attachments=[file("image/png")], edited_timestamp="2026-01-05T09:05:00Z")

    found = heard(edited, "MESSAGE_UPDATE")
    assert isinstance(found, Edited)
    assert "[photo] new" == found.text


def reply(replied: Mapping[str, Any] | None, **more: Any) -> Any:
    """What a reply to *replied* means."""
    reference = {"message_id": "11", "channel_id": "100", "type": 0}
    return heard(said(type=19, message_reference=reference, referenced_message=replied, **more))


@pytest.mark.parametrize("words", ["I saw a fox", "我看见一只狐狸", "きつねを見た"])
def test_a_reply_quotes_somebody(words: str) -> None:
    """With who they are; their own marks are readable."""
    replied = {"id": "11", "author": KEN, "content": f"{words} <@8>", "mentions": [KEN]}

    assert Quote(f"{words} @健", Speaker("discord", "8", "健")) == reply(replied).quoted


@pytest.mark.parametrize(
    "whose",
    [{"author": US}, {"author": {"id": "5"}, "webhook_id": "5", "application_id": ME}],
    ids=["the account", "a persona behind a webhook"],
)
def test_a_reply_to_us_quotes_us(whose: Mapping[str, Any]) -> None:
    """Nobody else."""
    found = reply({"id": "11", "content": "Fine.", **whose})

    assert (Quote("Fine."), True) == (found.quoted, found.addressed)


def test_a_reply_to_another_bot_quotes_it() -> None:
    """By its name, as people see it."""
    robot = {"id": "9", "username": "weather", "bot": True}

    quoted = reply({"id": "11", "author": robot, "content": "Rain."}).quoted

    assert Quote("Rain.", Speaker("discord", "9", "weather")) == quoted


def test_a_quoted_file_is_called_what_it_is() -> None:
    """And a long text is cut."""
    shows = {"id": "11", "author": KEN, "content": "", "attachments": [file("image/png")]}
    long = {"id": "11", "author": KEN, "content": "好" * 3000}

    assert "[photo]" == reply(shows).quoted.text
    assert "好" * LONGEST == reply(long).quoted.text


@pytest.mark.parametrize(
    "replied",
    [None, {}, {"id": "11", "author": KEN, "content": " "}, {"id": "11", "content": "whose?"}],
    ids=["deleted", "empty", "wordless", "nobody's"],
)
def test_what_is_gone_is_not_quoted(replied: Mapping[str, Any] | None) -> None:
    """The reply is heard, and what it pointed at is still known by its id."""
    found = reply(replied)

    assert (None, "11", "see") == (found.quoted, found.reply_to, found.text)


def test_what_discord_leaves_out_is_not_quoted() -> None:
    """It does not always look it up; and what is passed on is no answer."""
    reference = {"message_id": "11", "channel_id": "100"}
    replied = {"id": "11", "author": KEN, "content": "there"}

    assert heard(said(type=19, message_reference=reference)).quoted is None
    forward = said(message_reference={**reference, "type": 1}, referenced_message=replied)
    assert heard(forward).quoted is None
