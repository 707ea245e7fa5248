"""`anima db`: the database's own version, looked at and brought up to ours."""

from typing import TextIO

from memory.address import to_url
from memory.database import Database
from memory.longterm.integrity import Integrity
from memory.schema import differences, upgrade
from memory.tables import REVISION
from service.settings import Settings


async def upgraded(settings: Settings, write: TextIO) -> int:
    """Migrate, and say whether there was anything to do."""
    async with Database(to_url(settings.database.url.get_secret_value())) as database:
        changed = await upgrade(database)
    words = "upgraded to" if changed else "already at"
    write.write(f"the database is {words} version {REVISION}\n")
    return 0


async def checked(settings: Settings, write: TextIO) -> int:
    """Say whether the database is as this version wants it, and of one piece; 1 when it is not."""
    async with Database(to_url(settings.database.url.get_secret_value())) as database:
        found = await differences(database)
        if not found:
            found = tuple(map(str, await Integrity(database).check()))
    write.writelines(
        f"{line}\n"
        for line in found or (f"the database is at version {REVISION}, as it should be",)
    )
    return int(bool(found))
