"""What people say aloud on Discord is known as such, and fetched from nobody else."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from anima.errors import AnimaError, SlowDown, Unfetched, Unreachable
from anima.model import Attachment, Conversation
from bots.discord.attached import sounds
from bots.discord.fetching import MOST_BYTES, Fetching

HERE = Conversation("discord", "42", "7")
VOICE = 1 << 13
FILE: dict[str, Any] = {
    "id": "1",
    "filename": "voice-message.ogg",
    "size": 5,
    "url": "https://cdn.discordapp.com/a/voice-message.ogg",
    "content_type": "audio/ogg",
    "duration_secs": 2.5,
    "waveform": "AA==",
}
SONG = {"id": "2", "filename": "歌.mp3", "url": "https://x/y", "content_type": "audio/mpeg"}


def test_a_voice_message_is_known_as_one() -> None:
    """By its flag, with all that is told of it; a song is a song, and a picture is no sound."""
    picture = {**SONG, "content_type": "image/png"}

    (voice,) = sounds({"flags": VOICE, "attachments": [FILE]})
    (song,) = sounds({"flags": 0, "attachments": [SONG, picture, "strange"]})

    url = str(FILE["url"])
    assert Attachment("voice", url, "audio/ogg", 5, 2.5, "voice-message.ogg") == voice
    assert ("audio", "audio/mpeg", 0, 0.0, "歌.mp3") == (
        song.kind,
        song.mime,
        song.size_bytes,
        song.duration_s,
        song.name,
    )


@pytest.fixture
async def keeper() -> AsyncIterator[str]:
    """Where files are, and where they fail."""

    async def serve(request: web.Request) -> web.StreamResponse:
        kind = request.match_info["kind"]
        if kind.isdigit():
            return web.Response(status=int(kind), headers={"location": "/fine"})
        if kind == "huge":
            return web.Response(body=b"x" * (MOST_BYTES + 1))
        if kind == "slow":
            answer = web.StreamResponse()
            await answer.prepare(request)
            await answer.write(b"x")
            request.transport.close() if request.transport else None
            return answer
        return web.Response(body=b"sound")

    app = web.Application()
    app.router.add_get("/{kind}", serve)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    yield f"http://{host}:{port}"
    await runner.cleanup()


async def refused(keeper: str, address: str, within_s: float = 9, size: int = 0) -> AnimaError:
    """Why that is not to be had."""
    with pytest.raises(AnimaError) as wrong:
        await Fetching(f"{keeper}/api/v10", within_s).fetch(
            HERE, Attachment("voice", address, size_bytes=size)
        )
    return wrong.value


async def test_a_sound_comes_whole(keeper: str) -> None:
    """From where the settings say that Discord is."""
    found = await Fetching(f"{keeper}/api").fetch(HERE, Attachment("voice", f"{keeper}/fine"))

    assert b"sound" == found


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("404", Unfetched),
        ("302", Unfetched),
        ("500", Unreachable),
        ("429", SlowDown),
        ("huge", Unfetched),
        ("slow", Unreachable),
    ],
)
async def test_what_cannot_be_had_says_why(path: str, kind: type[AnimaError], keeper: str) -> None:
    """And never where it was looked for."""
    error = await refused(keeper, f"{keeper}/{path}")

    assert kind is type(error)
    assert "127.0.0.1" not in str(error)


async def test_a_sound_that_takes_too_long_is_left(keeper: str) -> None:
    """Somebody waits."""
    assert "did not come" in str(await refused(keeper, f"{keeper}/fine", within_s=0))


@pytest.mark.parametrize(
    ("address", "size"),
    [
        ("https://evil.example/a.ogg", 0),
        ("http://cdn.discordapp.com/a.ogg", 0),
        ("https://discordapp.com.evil.example/a.ogg", 0),
        ("https://evildiscordapp.com/a.ogg", 0),
        ("file:///etc/passwd", 0),
        ("http://[", 0),
        ("", 0),
        ("https://cdn.discordapp.com/a.ogg", MOST_BYTES + 1),
    ],
)
async def test_nothing_is_fetched_from_anybody_else(address: str, size: int, keeper: str) -> None:
    """Nor what is too large to begin with."""
    assert isinstance(await refused(keeper, address, size=size), Unfetched)
