"""Discord, by discord.py as its client and its plain objects as what it tells."""
