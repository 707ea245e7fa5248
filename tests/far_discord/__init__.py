"""The local Discord, driven by the real discord.py."""
