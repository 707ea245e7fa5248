"""Writes down for somebody what is remembered of them (not yet)."""

from pathlib import Path

from memory.database import Database


class Exports:
    def __init__(self, database: Database, folder: Path) -> None:
        self.folder = folder
