"""Text that every database takes."""


def storable(text: str) -> str:
    """*text* without what no database stores: NUL, and halves of characters."""
    if text.isascii() and "\0" not in text:
        return text
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
