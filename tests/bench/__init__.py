"""How fast we are, against a bare bot in the same run on the same machine."""
