"""What is listened to of all that people send, and what becomes of what nobody understands."""

from dataclasses import replace

import pytest

from anima.audible import MOST, Ears, Reach
from anima.errors import HearingUnavailable, Inaudible, SlowDown, Unfetched, Unreachable
from anima.model import Attachment, Heard, Speaker
from tests.cast import ANN, BOT, HOME, NOON, Notebook
from tests.sounds import VOICE, Ear
from tests.test_sight import Shelf

pytestmark = pytest.mark.jumping

SEA = {"en": "I live by the sea", "zh": "我住在海边", "ja": "海のそばに住んでいる"}


def heard(*things: Attachment, text: str = "[voice message]", who: Speaker = ANN) -> Heard:
    """Somebody's message with *things*."""
    return Heard(1, who, text, NOON, NOON, "1", attachments=things)


def ears(ear: Ear, *, within_s: float = 25, notebook: Notebook | None = None) -> Ears:
    """Who listens, to what lies on a shelf."""
    files = {"AwAC-1": b"sound", "b": b"other", "gone": Unfetched("gone")}
    more: dict[str, bytes | Exception] = {"away": Unreachable("away"), "many": SlowDown(3)}
    reach = Reach(within_s=within_s)
    return Ears({BOT: Shelf({**files, **more})}, ear, notebook or Notebook(), reach)


@pytest.mark.parametrize(("language", "words"), SEA.items())
async def test_words_stand_behind_what_they_came_as(language: str, words: str) -> None:
    """In one line, and whose language it is was a hint."""
    ear = Ear({b"sound": f" {words[:3]}\0\ud800\n{words[3:]} "})
    who = replace(ANN, language=f"{language}-Latn")

    (found,) = await ears(ear).listen(HOME, [heard(VOICE, who=who)])

    assert f"[voice message] {words}".replace(" ", "") == found.text.replace(" ", "")
    assert [replace(VOICE, sound="clear")] == list(found.attachments)
    assert [("audio/ogg", language)] == ear.asked
    assert "[voice message]" == found.before


async def test_a_chosen_language_is_the_better_hint() -> None:
    """Their client may speak another."""
    ear = Ear({b"sound": "はい"})

    await ears(ear).listen(HOME, [replace(heard(VOICE), tongue="ja")])

    assert [("audio/ogg", "ja")] == ear.asked


@pytest.mark.parametrize("fault", ["", Inaudible("silent")], ids=["not clear", "silent"])
async def test_what_nobody_understands_is_said_to_be_so(fault: str | Exception) -> None:
    """So that who answers can ask back."""
    (found,) = await ears(Ear({b"sound": fault})).listen(HOME, [heard(VOICE)])

    assert ("[voice message] (unclear)", "unclear") == (found.text, found.attachments[0].sound)


async def test_a_caption_stays_and_every_sound_is_listened_to() -> None:
    """What else came along is left as it is."""
    song = Attachment("audio", "b", "audio/mpeg", 5, 9.0)
    photo = Attachment("photo", "p")
    one = heard(VOICE, photo, song, text="[voice message] look")

    (found,) = await ears(Ear({b"sound": "here", b"other": "there"})).listen(HOME, [one])

    assert "[voice message] look here there" == found.text
    assert ["clear", "", "clear"] == [each.sound for each in found.attachments]


@pytest.mark.parametrize("reference", ["gone", "away", "many"])
async def test_what_cannot_be_had_stays_what_it_came_as(reference: str) -> None:
    """The others are heard, and it is noted."""
    notebook = Notebook()
    lost = heard(replace(VOICE, reference=reference))

    found = await ears(Ear({b"sound": "hi"}), notebook=notebook).listen(HOME, [lost, heard(VOICE)])

    assert ["[voice message] hi"] == [one.text for one in found]
    assert ["not heard"] == [event for event, _ in notebook.noted]


@pytest.mark.parametrize(
    "ear",
    [Ear({b"sound": HearingUnavailable("busy")}), Ear({b"sound": "late"}, takes_s=99)],
    ids=["busy", "late"],
)
async def test_nobody_waits_for_ears_that_are_away(ear: Ear) -> None:
    """The turn goes on with what the message is called."""
    notebook = Notebook()

    assert [] == await ears(ear, notebook=notebook).listen(HOME, [heard(VOICE)])
    assert 1 == notebook.count("not heard")


async def test_where_nothing_can_be_fetched_nothing_is_heard() -> None:
    """A platform that has no way to its files is no trouble."""
    notebook = Notebook()

    assert () == await Ears({}, Ear(), notebook).listen(HOME, [heard(VOICE)])
    assert [] == notebook.noted


@pytest.mark.parametrize(
    ("thing", "worth"),
    [
        (VOICE, True),
        (replace(VOICE, kind="video_note"), True),
        (replace(VOICE, kind="audio"), True),
        (replace(VOICE, kind="video"), False),
        (replace(VOICE, reference=""), False),
        (replace(VOICE, sound="unclear"), False),
        (replace(VOICE, duration_s=301), False),
        (replace(VOICE, size_bytes=20_000_001), False),
    ],
    ids=["voice", "round", "song", "film", "nowhere", "known", "long", "large"],
)
async def test_what_is_worth_listening_to(thing: Attachment, *, worth: bool) -> None:
    """What somebody says, within bounds, once."""
    assert worth == bool(ears(Ear()).audible([heard(thing)]))


async def test_of_many_notes_the_newest_are_heard() -> None:
    """Nobody answers a dozen at once."""
    many = [replace(heard(VOICE), id=number) for number in range(9)]

    assert list(range(9 - MOST, 9)) == [one.id for one in ears(Ear()).audible(many)]
