"""Telegram, by aiogram as its typed client."""
