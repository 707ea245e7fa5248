"""What comes with Telegram's messages besides words, as we keep it, and what they quote."""

from typing import Any

import pytest

from anima.model import Attachment, Incoming, Quote, Speaker
from bots.telegram.incoming import Reader

READER = Reader("42", "kokoro_bot", lambda: {"": ("Kokoro",)})
LIN = {"id": 7, "is_bot": False, "first_name": "林", "last_name": "月", "language_code": "zh-hans"}
KEN = {"id": 8, "is_bot": False, "first_name": "健", "language_code": "ja"}
US = {"id": 42, "is_bot": True, "first_name": "Kokoro", "username": "kokoro_bot"}
ROBOT = {"id": 43, "is_bot": True, "first_name": "Weather"}
PRIVATE = {"id": 7, "type": "private", "first_name": "林"}
GROUP = {"id": -1001, "type": "supergroup", "title": "深夜食堂"}
DATE = 1_790_000_000
FILE = {"file_id": "f", "file_unique_id": "u"}


def heard(chat: dict[str, Any] = PRIVATE, **fields: Any) -> Incoming:
    """What a message with these *fields* means."""
    message = {"message_id": 5, "date": DATE, "chat": chat, "from": LIN, **fields}
    arrival = READER.arrival({"update_id": 900, "message": message})
    assert arrival is not None
    assert isinstance(arrival.meaning, Incoming)
    return arrival.meaning


def size(side: int, file_size: int = 1000) -> dict[str, Any]:
    """One of the sizes of a picture."""
    measures = {"width": side, "height": side * 3 // 4, "file_size": file_size}
    return {"file_id": f"p{side}", "file_unique_id": f"u{side}", **measures}


SIZES = [size(90), size(320), size(800), size(1280)]


@pytest.mark.parametrize(
    ("sizes", "taken"),
    [
        (SIZES, "p1280"),
        ([*SIZES, size(2560)], "p1280"),
        ([*SIZES[:3], size(1280, 2_000_000)], "p800"),
        ([size(2560), size(1920)], "p1920"),
        (SIZES[::-1], "p1280"),
    ],
    ids=["all fit", "one is huge", "one is heavy", "none fits", "in no order"],
)
def test_a_picture_is_taken_in_the_size_that_a_model_wants(
    sizes: list[dict[str, Any]], taken: str
) -> None:
    """The largest that fits; where none does, the smallest there is."""
    (one,) = heard(photo=sizes).attachments

    assert ("photo", taken, "image/jpeg") == (one.kind, one.reference, one.mime)
    assert (one.width, one.height) == (int(taken[1:]), int(taken[1:]) * 3 // 4)


STICKER = {"type": "regular", "is_animated": False, "is_video": False, "width": 512, "height": 512}


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        (
            {"voice": {**FILE, "duration": 3, "mime_type": "audio/ogg", "file_size": 9}},
            Attachment("voice", "f", "audio/ogg", 9, duration_s=3),
        ),
        (
            {"video_note": {**FILE, "duration": 8, "length": 240}},
            Attachment("video_note", "f", duration_s=8, width=240, height=240),
        ),
        (
            {"video": {**FILE, "duration": 4, "width": 640, "height": 360, "file_name": "a.mp4"}},
            Attachment("video", "f", duration_s=4, name="a.mp4", width=640, height=360),
        ),
        (
            {"audio": {**FILE, "duration": 200, "title": "夜に駆ける", "mime_type": "audio/mpeg"}},
            Attachment("audio", "f", "audio/mpeg", duration_s=200, name="夜に駆ける"),
        ),
        (
            {"document": {**FILE, "file_name": "简历.pdf", "mime_type": "application/pdf"}},
            Attachment("document", "f", "application/pdf", name="简历.pdf"),
        ),
        (
            {
                "animation": {**FILE, "duration": 1, "width": 5, "height": 6},
                "document": {"file_id": "other", "file_unique_id": "u"},
            },
            Attachment("animation", "f", duration_s=1, width=5, height=6),
        ),
        (
            {"sticker": {**FILE, **STICKER, "emoji": "🥺", "set_name": "Cats"}},
            Attachment("sticker", "f", name="Cats", width=512, height=512),
        ),
        (
            {"location": {"latitude": -33.8568, "longitude": 151.2153}},
            Attachment("location", name="-33.86, 151.22"),
        ),
        (
            {"contact": {"phone_number": "+491234", "first_name": "Mei"}},
            Attachment("contact", name="Mei"),
        ),
    ],
    ids=[
        *("voice", "round video", "video", "audio", "document", "GIF", "sticker", "location"),
        "contact",
    ],
)
def test_what_comes_along_is_described(fields: dict[str, Any], kept: Attachment) -> None:
    """Kind, reference and all that Telegram tells of it."""
    assert (kept,) == heard(**fields).attachments


def test_words_alone_bring_nothing() -> None:
    """A text has no attachment, belongs to no album and quotes nobody."""
    meaning = heard(text="hi")

    assert ((), None, "") == (meaning.attachments, meaning.quoted, meaning.album)


def test_a_live_photo_is_a_picture() -> None:
    """Its still is taken."""
    live = {**FILE, "width": 1280, "height": 960, "duration": 2, "photo": SIZES}

    meaning = heard(live_photo=live)

    assert [("photo", "p1280")] == [(one.kind, one.reference) for one in meaning.attachments]


def test_a_venue_is_told_by_its_title() -> None:
    """What it is called, and about where it is."""
    spot = {"latitude": 35.7101, "longitude": 139.8107}
    venue = {"title": "東京スカイツリー", "address": "墨田区", "location": spot}

    meaning = heard(venue=venue, location=spot)

    assert "[location: 東京スカイツリー · 35.71, 139.81]" == meaning.text


def test_the_parts_of_an_album_know_their_album() -> None:
    """Telegram's name of it is kept as it is."""
    meaning = heard(photo=SIZES, media_group_id="13579", caption="看")

    assert ("13579", "[photo] 看") == (meaning.album, meaning.text)


def replied(author: dict[str, Any], chat: dict[str, Any] = GROUP, **fields: Any) -> dict[str, Any]:
    """An earlier message that is replied to."""
    return {"message_id": 3, "date": DATE, "chat": chat, "from": author, **fields}


@pytest.mark.parametrize(
    ("author", "speaker"),
    [
        (US, None),
        (KEN, Speaker("telegram", "8", "健", "ja")),
        (ROBOT, Speaker("telegram", "43", "Weather")),
    ],
    ids=["we", "somebody", "a bot"],
)
def test_a_reply_quotes_what_it_answers(author: dict[str, Any], speaker: Speaker | None) -> None:
    """All of it, with whose words they are."""
    meaning = heard(GROUP, text="真的吗", reply_to_message=replied(author, text="I saw a fox"))

    assert Quote("I saw a fox", speaker) == meaning.quoted
    assert "3" == meaning.reply_to


def test_the_part_that_was_picked_is_quoted() -> None:
    """Who marks two words means these."""
    earlier = replied(KEN, text="It rained, and I saw a fox.")
    part = {"text": "a fox", "position": 21, "is_manual": True}

    meaning = heard(GROUP, text="where?", reply_to_message=earlier, quote=part)

    assert meaning.quoted == Quote("a fox", Speaker("telegram", "8", "健", "ja"), chosen=True)


def test_a_channel_is_quoted_by_its_name() -> None:
    """A post in the name of a channel is the channel's."""
    post = {"id": -1002, "type": "channel", "title": "Daily Fox"}
    earlier = replied({**ROBOT, "id": 1087}, text="news", sender_chat=post)

    meaning = heard(GROUP, text="!", reply_to_message=earlier)

    assert Quote("news", Speaker("telegram", "-1002", "Daily Fox")) == meaning.quoted


def test_a_picture_is_quoted_by_what_stands_for_it() -> None:
    """Whoever answers a picture answers its caption."""
    meaning = heard(GROUP, text="cute", reply_to_message=replied(KEN, photo=SIZES, caption="猫"))

    assert meaning.quoted is not None
    assert "[photo] 猫" == meaning.quoted.text


def test_a_long_quote_is_cut() -> None:
    """Nobody needs a whole page to know what is meant."""
    meaning = heard(GROUP, text="?", reply_to_message=replied(KEN, text="長" * 4000))

    assert meaning.quoted is not None
    assert "長" * 1000 == meaning.quoted.text


@pytest.mark.parametrize(
    "fields",
    [
        {"reply_to_message": {"message_id": 3, "date": DATE, "chat": GROUP, "from": KEN}},
        {
            "external_reply": {
                "origin": {"type": "hidden_user", "date": DATE, "sender_user_name": "Mo"}
            },
            "quote": {"text": "secret", "position": 0, "is_manual": True},
        },
        {"reply_to_message": {"message_id": 3, "date": DATE, "chat": GROUP, "text": "nobody's"}},
    ],
    ids=["nothing to quote", "from another chat", "by nobody"],
)
def test_there_may_be_nothing_to_quote(fields: dict[str, Any]) -> None:
    """What has no words, no author, or was said elsewhere is not quoted."""
    assert heard(GROUP, text="hm", **fields).quoted is None
