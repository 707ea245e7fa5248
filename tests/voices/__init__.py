"""Real small voices and a real ear, end to end: called by `make test-voices`."""
