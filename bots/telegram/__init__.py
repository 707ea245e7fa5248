"""Telegram, by aiogram as its typed client."""

from bots.telegram import lean

lean.load()
