"""In the place of coqui-tts: as much of its interface as the server uses, over tones."""  # noqa: N999  # the package's name
