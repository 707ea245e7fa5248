"""Sound as a WAV file."""

import io
import wave

from voice.pcm import Pcm


def wav(sound: Pcm) -> bytes:
    """*sound* as a file of 16 bits and one channel."""
    written = io.BytesIO()
    with wave.open(written, "wb") as opened:
        opened.setnchannels(1)
        opened.setsampwidth(2)
        opened.setframerate(sound.rate)
        opened.writeframes(sound.samples)
    return written.getvalue()
