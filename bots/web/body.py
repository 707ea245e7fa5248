"""The body of a request, as long as it is of a size that we read."""

from starlette.requests import ClientDisconnect, Request


async def body_of(request: Request, largest_bytes: int) -> bytes | None:
    """The whole body, or none when it is too large or was cut off."""
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > largest_bytes:
                return None
    except ClientDisconnect:
        return None
    return bytes(body)
