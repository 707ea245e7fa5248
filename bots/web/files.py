"""A file that came with a line, for whom it was meant."""

import asyncio
import stat
from typing import Final

from starlette.responses import FileResponse, Response

from anima.model import Beside

_NEVER_KEPT: Final = {"cache-control": "no-store"}
_KIND: Final = "application/octet-stream"
"""No browser shows it, whatever it is: it is to be kept."""


async def attachment(beside: Beside) -> Response | None:
    """The document, under the name that people know it by; nothing when it is gone."""
    if beside.document is None:
        return None
    try:
        found = await asyncio.to_thread(beside.document.stat)
    except OSError:
        return None
    if not stat.S_ISREG(found.st_mode):
        return None
    return FileResponse(
        beside.document,
        headers=_NEVER_KEPT,
        media_type=_KIND,
        filename=beside.called,
        stat_result=found,
    )
