"""A real coqui-tts over tiny random weights: called by `make test-coqui`."""
